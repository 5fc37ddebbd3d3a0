package renown.night.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.testing.Columns.values;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.night.OneStage;
import renown.tables.CascadeActs;
import renown.tables.Interactions;
import renown.tables.MartPostSpread;
import renown.tables.PostReactions;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.AskedOfSpark;
import renown.testing.SparkTest;

class SpreadStageTest extends SparkTest {
  private Lake lake(SpreadTables tables) throws Exception {
    Lake lake = new Lake(spark(), folder.toUri().toString());
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

  /** Every sixteenth night drops the acts on posts that have been quiet for a month. */
  @Test
  void quietPostsAreForgotten() throws Exception {
    LocalDate purge = LocalDate.ofEpochDay(16 * 1300);
    Lake lake = lake(NightSpreadTest.first());
    OneStage.run(new SpreadStage(), lake, NightSpreadTest.NIGHT, NightSpreadTest.FIRST, Map.of());
    assertThat(rows(lake, CascadeActs.TABLE)).isPositive();
    assertThat(purge).isAfter(NightSpreadTest.NIGHT.plusDays(31));
    OneStage.run(new SpreadStage(), lake, purge, NightSpreadTest.NIGHT, Map.of());
    assertThat(rows(lake, CascadeActs.TABLE)).isZero();
    assertThat(rows(lake, Interactions.TABLE)).isPositive();
    assertThat(rows(lake, PostReactions.TABLE)).isPositive();
  }

  private static int rows(Lake lake, TableSchema table) {
    return lake.files(table).read(table.columns()).size();
  }
}
