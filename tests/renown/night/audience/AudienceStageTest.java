package renown.night.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.testing.Columns.values;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.engine.shortlist.ReachedAccounts;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.night.OneStage;
import renown.tables.AudienceHours;
import renown.tables.CredibleAccounts;
import renown.tables.EdgeIncrements;
import renown.tables.MartAudienceSketches;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.TopicIncrements;
import renown.testing.AskedOfSpark;
import renown.testing.SparkTest;

class AudienceStageTest extends SparkTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 5);

  private static AudienceTables tables() {
    return new AudienceTables()
        .edge(1, 100, "follow", 1, NIGHT)
        .edge(2, 100, "like", 1, NIGHT)
        .edge(3, 100, "block", 1, NIGHT)
        .edge(9, 100, "follow", 1, NIGHT)
        .about("chess", 2, 100, "like", 1, NIGHT)
        .credible(1, 2, 3, 100)
        .scored(100)
        .scored(200)
        .edge(1, 200, "follow", 1, NIGHT)
        .expert(100, "chess")
        .act("like", 2, 100, "a", Timestamp.valueOf("2026-01-05 11:30:00"), 1, NIGHT)
        .post("a", "*", Timestamp.valueOf("2026-01-05 09:30:00"), NIGHT);
  }

  private Lake lake(AudienceTables tables) throws Exception {
    Lake lake = new Lake(spark(), folder.toUri().toString());
    Set<TableSchema> all = new LinkedHashSet<>(new AudienceStage().inputs());
    all.addAll(new AudienceStage().outputs());
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
    Lake lake = lake(tables());
    long commits = lake.counts().commits();
    AskedOfSpark asked = OneStage.run(new AudienceStage(), lake, NIGHT, null, Map.of());
    assertThat(asked.queries()).isZero();
    assertThat(asked.jobs()).isEqualTo(1);
    assertThat(asked.largestBroadcast()).isBetween(1L, 200_000L);
    assertThat(asked.largestResult()).isBetween(1L, 200_000L);
    assertThat(asked.windows()).isEmpty();
    assertThat(lake.counts().commits() - commits)
        .isLessThanOrEqualTo(new AudienceStage().outputs().size());
    Map<TableSchema, ColumnRows> expected = tables().rowsOf(NIGHT);
    ColumnRows sketches =
        lake.files(MartAudienceSketches.TABLE).read(MartAudienceSketches.TABLE.columns());
    TableColumn[] columns = {
      MartAudienceSketches.ACCOUNT_KEY,
      MartAudienceSketches.TOPIC_ID,
      MartAudienceSketches.REACHED_COUNT
    };
    assertThat(set(sketches, columns))
        .isEqualTo(set(expected.get(MartAudienceSketches.TABLE), columns))
        .isEqualTo(
            Set.of(List.of(100L, "*", 2L), List.of(100L, "chess", 1L), List.of(200L, "*", 1L)));
    assertThat(lake.files(AudienceHours.TABLE).read(AudienceHours.ACCOUNT_KEY).size()).isEqualTo(1);

    // The sets behind the sketches, as campaigns count them.
    for (String topic : List.of("*", "chess")) {
      assertThat(
              ReachedAccounts.of(
                      lake.read(EdgeIncrements.TABLE),
                      lake.read(TopicIncrements.TABLE),
                      topic,
                      rows("account_key bigint", row(100L)),
                      lake.read(CredibleAccounts.TABLE))
                  .collectAsList()
                  .stream()
                  .map(row -> row.<Long>getAs("src_key")))
          .containsExactlyInAnyOrder(topic.equals("*") ? new Long[] {1L, 2L} : new Long[] {2L});
    }

    // Once more: nothing changes, nothing is made again, and no row is written.
    OneStage.run(new AudienceStage(), lake, NIGHT.plusDays(1), NIGHT, Map.of());
    ColumnRows again =
        lake.files(MartAudienceSketches.TABLE).read(MartAudienceSketches.TABLE.columns());
    assertThat(set(again, columns)).isEqualTo(set(sketches, columns));
    assertThat(set(again, MartAudienceSketches.NIGHT))
        .isEqualTo(Set.of(List.of(NIGHT.toEpochDay())));
    assertThat(lake.files(MartAudienceSketches.TABLE).count()).isEqualTo(1);

    // One is followed by somebody new: its rows are replaced, the other's stays where it lies.
    LocalDate third = NIGHT.plusDays(2);
    lake.append(
        EdgeIncrements.TABLE,
        new AudienceTables().edge(3, 100, "follow", 1, third).rows(EdgeIncrements.TABLE));
    Lake waiting = lake.withWaiting(List.of(MartAudienceSketches.TABLE));
    OneStage.run(new AudienceStage(), waiting, third, NIGHT.plusDays(1), Map.of());
    Set<List<Object>> grown =
        Set.of(
            List.of(100L, "*", 3L, third.toEpochDay()),
            List.of(100L, "chess", 1L, third.toEpochDay()),
            List.of(200L, "*", 1L, NIGHT.toEpochDay()));
    TableColumn[] dated = {columns[0], columns[1], columns[2], MartAudienceSketches.NIGHT};
    ColumnRows now =
        waiting.files(MartAudienceSketches.TABLE).read(MartAudienceSketches.TABLE.columns());
    assertThat(set(now, dated)).isEqualTo(grown);
    assertThat(now.size()).isEqualTo(3);
    // One row each, for whoever reads it before it is committed and for whoever does afterwards.
    List<Row> before = read(waiting);
    assertThat(before).hasSize(3);
    assertThat(lake.files(MartAudienceSketches.TABLE).count()).isEqualTo(1);
    waiting.commitWaiting();
    assertThat(read(lake)).containsExactlyElementsOf(before);
    assertThat(lake.files(MartAudienceSketches.TABLE).count()).isEqualTo(2);
  }

  private static List<Row> read(Lake lake) {
    return lake.read(MartAudienceSketches.TABLE)
        .select("account_key", "topic_id", "reached_count", "night")
        .orderBy("account_key", "topic_id")
        .collectAsList();
  }
}
