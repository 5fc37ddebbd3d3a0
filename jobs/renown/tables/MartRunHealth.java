package renown.tables;

/**
 * What each stage of each night read, wrote and took; the only table with wall time, so the only
 * one that differs between two runs of the same night. Grain: one row per night and stage.
 */
public final class MartRunHealth {
  public static final TableColumn NIGHT = CommonColumns.NIGHT;
  public static final TableColumn RUN_ID =
      TableColumn.text("run_id", "Night, revision and fingerprint of what went in.");
  public static final TableColumn STAGE =
      TableColumn.text("stage", "Stage of the night, up to the one that writes this table.");
  public static final TableColumn STAGE_NUMBER =
      TableColumn.whole("stage_number", "Its place in the night, from 1.");
  public static final TableColumn ROWS_READ =
      TableColumn.whole("rows_read", "Rows read from files, all tables together.").notNegative();
  public static final TableColumn ROWS_WRITTEN =
      TableColumn.whole("rows_written", "Rows written to files, all tables together.")
          .notNegative();
  public static final TableColumn SECONDS =
      TableColumn.number("seconds", "Wall time.").notNegative();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_run_health")
          .purpose(
              "What each stage of each night read, wrote and took; the only table "
                  + "with wall time, so the only one that differs between two runs of "
                  + "the same night.")
          .grain("one row per night and stage")
          .writer("marts")
          .key(NIGHT, STAGE)
          .columns(NIGHT, RUN_ID, STAGE, STAGE_NUMBER, ROWS_READ, ROWS_WRITTEN, SECONDS);

  private MartRunHealth() {}
}
