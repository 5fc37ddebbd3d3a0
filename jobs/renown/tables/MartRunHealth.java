package renown.tables;

import java.util.List;

/**
 * What each stage of each night read, wrote and took; the only table with wall time, so the only
 * one that differs between two runs of the same night. Grain: one row per night and stage.
 */
public final class MartRunHealth {
  public static final TableColumn NIGHT = CommonColumns.NIGHT;
  public static final TableColumn RUN_ID =
      TableColumn.text("run_id", "Night, revision and fingerprint of the inputs.");
  public static final TableColumn STAGE =
      TableColumn.text("stage", "Stage of the night, up to the one that writes this table.");
  public static final TableColumn STAGE_NUMBER =
      TableColumn.whole("stage_number", "Position of the stage in the night, from 1.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_run_health")
          .purpose(
              "Rows read, rows written and duration of each stage of each night. The only"
                  + " table with wall time, and so the only one that differs between two runs"
                  + " of the same night.")
          .grain("one row per night and stage")
          .writer("marts")
          .key(NIGHT, STAGE)
          .columns(List.of(NIGHT, RUN_ID, STAGE, STAGE_NUMBER), StageCosts.COLUMNS);

  private MartRunHealth() {}
}
