package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.lake.Lake;
import renown.night.OneStage;
import renown.tables.EdgeIncrements;
import renown.tables.TableSchema;
import renown.testing.AskedOfSpark;
import renown.testing.NightRuns;
import renown.testing.SharedLake;
import renown.testing.SparkTest;

/** The stage in the driver, and in tasks that read and write their own files. */
class ShardedScoresTest extends SparkTest {
  private static final LocalDate NIGHT = LocalDate.parse(SharedLake.THIRD);

  /** On it the edges are eight days old, and compacted. */
  private static final LocalDate COMPACTION = LocalDate.parse(SharedLake.SECOND).plusDays(8);

  private static final Map<String, String> SETTINGS =
      Map.of("score.reference-accounts-min", "100", "credibility.vouching-networks", "x");

  private static AskedOfSpark run(Lake lake, LocalDate night, long rows) throws Exception {
    Map<String, String> settings = new TreeMap<>(SETTINGS);
    settings.put("score.shard-rows-max", Long.toString(rows));
    return OneStage.run(new ScoreStage(), lake, night, NIGHT.minusDays(1), settings);
  }

  private static Map<String, List<String>> tables(Lake lake) {
    Map<String, List<String>> tables = new TreeMap<>();
    for (TableSchema table : new ScoreStage().outputs()) {
      if (lake.has(table)) {
        tables.put(
            table.path(),
            lake.read(table).collectAsList().stream().map(Row::toString).sorted().toList());
      }
    }
    return tables;
  }

  @Test
  void anyNumberOfTasksWritesTheSameRows() throws Exception {
    Lake driver = copy("driver");
    long edgeRows = driver.files(EdgeIncrements.TABLE).rowCount();
    Lake three = copy("three");
    Lake many = copy("many");
    for (LocalDate night : List.of(NIGHT, COMPACTION)) {
      assertThat(run(driver, night, 1_000_000).jobs()).isZero();
      assertThat(run(three, night, edgeRows).jobs()).isPositive();
      run(many, night, edgeRows / 8);
      Map<String, List<String>> expected = tables(driver);
      assertThat(expected).hasSizeGreaterThan(8);
      for (Lake sharded : List.of(three, many)) {
        Map<String, List<String>> found = tables(sharded);
        expected.forEach((table, rows) -> assertThat(found.get(table)).as(table).isEqualTo(rows));
      }
    }
    assertThat(many.files(EdgeIncrements.TABLE).count())
        .isGreaterThan(driver.files(EdgeIncrements.TABLE).count());
  }

  private Lake copy(String name) throws Exception {
    Path to = folder.resolve(name);
    NightRuns.copy(SharedLake.lake(), to);
    return new Lake(spark(), to.toUri().toString());
  }
}
