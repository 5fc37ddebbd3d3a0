package renown.night;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import renown.lake.Lake;
import renown.tables.StageRuns;
import renown.tables.TableSchema;

/** The stages that a run has ended, and the table versions after them; kept in the lake itself. */
final class Journal {
  private final Lake lake;
  private final LocalDate night;
  private final String runId;
  private final Map<String, Map<String, Long>> versionsByStage = new HashMap<>();

  /** Opens the journal of a run, with what an earlier attempt at it left. */
  Journal(Lake lake, LocalDate night, String runId) {
    this.lake = lake;
    this.night = night;
    this.runId = runId;
    for (Row row : lake.read(StageRuns.TABLE).where(col("run_id").equalTo(runId)).collectAsList()) {
      versionsByStage
          .computeIfAbsent(row.getAs("stage"), stage -> new HashMap<>())
          .put(row.getAs("table_path"), row.getAs("version"));
    }
  }

  /** Whether the run ended this stage. */
  boolean hasEnded(Stage stage) {
    return versionsByStage.containsKey(stage.name());
  }

  /** The versions of the stage's tables when it ended. */
  Map<String, Long> versionsAfter(Stage stage) {
    return versionsByStage.get(stage.name());
  }

  /** Writes down that a stage ended: one commit. */
  synchronized void record(Stage stage, int number, Map<String, Long> versions, StageCost cost) {
    List<Row> rows = new ArrayList<>();
    for (TableSchema table : stage.outputs()) {
      Object[] values = {
        runId,
        java.sql.Date.valueOf(night),
        stage.name(),
        (long) number,
        table.path(),
        versions.get(table.path())
      };
      rows.add(
          RowFactory.create(
              Stream.concat(Arrays.stream(values), Arrays.stream(cost.values())).toArray()));
    }
    lake.append(
        StageRuns.TABLE,
        lake.spark().createDataFrame(rows, StageRuns.TABLE.structType()).coalesce(1));
  }
}
