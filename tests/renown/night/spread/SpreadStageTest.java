package renown.night.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.testing.Columns.rowOf;
import static renown.testing.Columns.values;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.kernels.keys.RecordPrint;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.night.OneStage;
import renown.tables.CascadeActs;
import renown.tables.Communities;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.MartPostSpread;
import renown.tables.PostReactions;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.RankRuns;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.AskedOfSpark;
import renown.testing.Columns;
import renown.testing.SparkTest;

class SpreadStageTest extends SparkTest {
  private Lake lake(SpreadTables tables) throws Exception {
    return lake(tables, "lake");
  }

  private Lake lake(SpreadTables tables, String name) throws Exception {
    Lake lake = new Lake(spark(), folder.resolve(name).toUri().toString());
    Set<TableSchema> all = new LinkedHashSet<>(new SpreadStage().inputs());
    all.addAll(new SpreadStage().outputs());
    lake.create(new ArrayList<>(all));
    for (TableSchema table : all) {
      lake.append(table, tables.rows(table));
    }
    return lake;
  }

  private static Set<List<Object>> set(ColumnRows rows, TableColumn... columns) {
    return new HashSet<>(values(rows, columns));
  }

  /** The tables of the stage hold what the kernels make; it takes one job and no query. */
  @Test
  void oneTaskReadsComputesAndWrites() throws Exception {
    Lake lake = lake(NightSpreadTest.first());
    long commits = lake.counts().commits();
    AskedOfSpark asked =
        OneStage.run(
            new SpreadStage(), lake, NightSpreadTest.NIGHT, NightSpreadTest.FIRST, Map.of());
    assertThat(asked.queries()).isZero();
    assertThat(asked.jobs()).isEqualTo(1);
    assertThat(asked.largestBroadcast()).isBetween(1L, 200_000L);
    assertThat(asked.largestResult()).isBetween(1L, 200_000L);
    assertThat(asked.windows()).isEmpty();
    assertThat(lake.counts().commits() - commits)
        .isLessThanOrEqualTo(new SpreadStage().outputs().size());
    // Communities are made anew, from the edges there are.
    ColumnRows spread = lake.files(MartPostSpread.TABLE).read(MartPostSpread.TABLE.columns());
    assertThat(set(spread, MartPostSpread.POST_ID, MartPostSpread.ACTOR_COUNT))
        .isEqualTo(Set.of(List.of("p", 5L), List.of("q", 2L)));
    ColumnRows expected = NightSpreadTest.run(NightSpreadTest.first()).get(CascadeActs.TABLE);
    ColumnRows acts = lake.files(CascadeActs.TABLE).read(CascadeActs.TABLE.columns());
    TableColumn[] columns = CascadeActs.TABLE.columns().toArray(SpreadInput.COLUMNS);
    assertThat(set(acts, columns)).isEqualTo(set(expected, columns)).isNotEmpty();
  }

  /**
   * A month of other posts, which were loaded the night before, with what was done to them and by
   * whom: a night that does not name them reads no row more, and finds the same.
   */
  @Test
  void historyCostsNoRows() throws Exception {
    List<Object[]> posts = new ArrayList<>();
    List<Object[]> topics = new ArrayList<>();
    List<Object[]> acts = new ArrayList<>();
    List<Object[]> edges = new ArrayList<>();
    for (long i = 0; i < 500; i++) {
      String id = "old" + i;
      long at = Timestamp.valueOf("2025-12-10 00:00:00").getTime() * 1000 + i * 3_600_000_000L;
      Timestamp posted = new Timestamp(at / 1000);
      posts.add(
          rowOf(
              Posts.TABLE,
              Posts.NETWORK,
              "x",
              Posts.POST_ID,
              id,
              Posts.RECORD_DATE,
              NightSpreadTest.FIRST,
              Posts.AUTHOR_KEY,
              100 + i % 7,
              Posts.HAPPENED_AT,
              posted,
              Posts.HASHTAGS,
              new String[] {"old"},
              Posts.NIGHT,
              NightSpreadTest.FIRST));
      topics.add(
          rowOf(
              PostTopics.TABLE,
              PostTopics.NETWORK,
              "x",
              PostTopics.POST_ID,
              id,
              PostTopics.RECORD_DATE,
              NightSpreadTest.FIRST,
              PostTopics.AUTHOR_KEY,
              100 + i % 7,
              PostTopics.TOPIC_ID,
              "chess",
              PostTopics.CONFIDENCE,
              0.9,
              PostTopics.BASIS,
              "term",
              PostTopics.HAPPENED_AT,
              posted,
              PostTopics.NIGHT,
              NightSpreadTest.FIRST));
      acts.add(
          rowOf(
              CascadeActs.TABLE,
              CascadeActs.NETWORK,
              "x",
              CascadeActs.POST_ID,
              id,
              CascadeActs.AUTHOR_KEY,
              100 + i % 7,
              CascadeActs.ACTOR_KEY,
              200 + i % 11,
              CascadeActs.VERB,
              "repost",
              CascadeActs.HAPPENED_AT,
              posted,
              CascadeActs.RECORD_HASH,
              i,
              CascadeActs.PARENT_KEY,
              100 + i % 7,
              CascadeActs.IS_RECORDED,
              false,
              CascadeActs.CONFIDENCE_SHARE,
              1.0,
              CascadeActs.IN_AUDIENCE,
              false,
              CascadeActs.CHANGE,
              1,
              CascadeActs.NIGHT,
              NightSpreadTest.FIRST,
              CascadeActs.POST_PRINT_LOW,
              RecordPrint.of(id).low()));
      edges.add(Columns.row("x", 200 + i, 100L, "like", 1L, 1L << 30, NightSpreadTest.FIRST));
    }
    List<AskedOfSpark> asked = new ArrayList<>();
    List<Set<List<Object>>> found = new ArrayList<>();
    for (boolean isOld : List.of(false, true)) {
      Lake lake = lake(detected(NightSpreadTest.first()), isOld ? "old" : "new");
      if (isOld) {
        lake.append(Posts.TABLE, Columns.rows(Posts.TABLE, posts.toArray(Object[][]::new)));
        lake.append(
            PostTopics.TABLE, Columns.rows(PostTopics.TABLE, topics.toArray(Object[][]::new)));
        lake.append(
            CascadeActs.TABLE, Columns.rows(CascadeActs.TABLE, acts.toArray(Object[][]::new)));
        lake.append(
            EdgeIncrements.TABLE,
            Columns.rows(EdgeIncrements.TABLE, edges.toArray(Object[][]::new)));
      }
      asked.add(
          OneStage.run(
              new SpreadStage(), lake, NightSpreadTest.NIGHT, NightSpreadTest.FIRST, Map.of()));
      found.add(
          set(
              lake.files(MartPostSpread.TABLE).read(MartPostSpread.TABLE.columns()),
              MartPostSpread.TABLE.columns().toArray(SpreadInput.COLUMNS)));
    }
    assertThat(asked.get(1).rowsRead()).isEqualTo(asked.get(0).rowsRead()).isPositive();
    assertThat(found.get(1)).isEqualTo(found.get(0)).isNotEmpty();
  }

  /** Communities were detected the night before, and the networks have hardly grown since. */
  private static SpreadTables detected(SpreadTables tables) {
    List<Object[]> communities = new ArrayList<>();
    List<Object[]> runs = new ArrayList<>();
    for (String network : List.of("x", "bluesky")) {
      long member = network.equals("x") ? 1 : 2;
      communities.add(Columns.row(network, member, member, NightSpreadTest.FIRST));
      for (LocalDate night : List.of(NightSpreadTest.FIRST, NightSpreadTest.NIGHT)) {
        runs.add(Columns.row(network, night, 20L, 100L, 5L, 0.0, 0.85, 1e-9));
      }
    }
    return tables
        .with(
            Communities.TABLE,
            Columns.rows(Communities.TABLE, communities.toArray(Object[][]::new)))
        .with(RankRuns.TABLE, Columns.rows(RankRuns.TABLE, runs.toArray(Object[][]::new)));
  }

  /** Every sixteenth night drops the acts on posts that have been quiet for a month. */
  @Test
  void quietPostsAreForgotten() throws Exception {
    LocalDate purge = LocalDate.ofEpochDay(16 * 1300);
    Lake lake = lake(NightSpreadTest.first());
    OneStage.run(new SpreadStage(), lake, NightSpreadTest.NIGHT, NightSpreadTest.FIRST, Map.of());
    assertThat(count(lake, CascadeActs.TABLE)).isPositive();
    assertThat(purge).isAfter(NightSpreadTest.NIGHT.plusDays(31));
    OneStage.run(new SpreadStage(), lake, purge, NightSpreadTest.NIGHT, Map.of());
    assertThat(count(lake, CascadeActs.TABLE)).isZero();
    assertThat(count(lake, Interactions.TABLE)).isPositive();
    assertThat(count(lake, PostReactions.TABLE)).isPositive();
  }

  private static int count(Lake lake, TableSchema table) {
    return lake.files(table).read(table.columns()).size();
  }
}
