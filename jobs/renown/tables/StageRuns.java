package renown.tables;

import java.util.List;

/**
 * Journal of the stages that ran, with the table versions they left: where a run that died goes on.
 * Grain: one row per run, stage and table it may write.
 */
public final class StageRuns {
  public static final TableColumn RUN_ID =
      TableColumn.text("run_id", "Night, revision and fingerprint of the inputs.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;
  public static final TableColumn STAGE = TableColumn.text("stage", "Stage that ended.");
  public static final TableColumn STAGE_NUMBER =
      TableColumn.whole("stage_number", "Position of the stage in the night, from 1.");
  public static final TableColumn TABLE_PATH =
      TableColumn.text("table_path", "Path of the table under the lake root.");
  public static final TableColumn VERSION =
      TableColumn.whole(
              "version",
              "Delta version of the table at the end of the stage, changes that wait left out; null"
                  + " where nobody has written it so far.")
          .notNegative()
          .orNull();

  public static final TableColumn WAITING_FILES =
      TableColumn.texts(
              "waiting_files",
              "Of a mart: the files that the stage has written for it and those that they replace,"
                  + " each as JSON; committed when the night is published; null where nothing"
                  + " waits.")
          .orNull();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("runs", "stage_runs")
          .purpose(
              "Journal of completed stages with the table versions they left; a failed run"
                  + " resumes from it.")
          .grain("one row per run, stage and table it may write")
          .writer("night")
          .key(RUN_ID, STAGE, TABLE_PATH)
          .columns(
              List.of(RUN_ID, NIGHT, STAGE, STAGE_NUMBER, TABLE_PATH, VERSION, WAITING_FILES),
              StageCosts.COLUMNS);

  private StageRuns() {}
}
