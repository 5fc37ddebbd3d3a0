package renown.tables;

import java.util.List;

/** What a stage of a night cost: the same columns in the journal and in {@code mart_run_health}. */
public final class StageCosts {
  public static final TableColumn ROWS_READ =
      TableColumn.whole("rows_read", "Rows read from files, all tables together.").notNegative();
  public static final TableColumn ROWS_WRITTEN =
      TableColumn.whole("rows_written", "Rows written to files, all tables together.")
          .notNegative();
  public static final TableColumn SECONDS =
      TableColumn.number("seconds", "Wall time.").notNegative();
  public static final TableColumn CPU_SECONDS =
      TableColumn.number(
              "cpu_seconds",
              "CPU time of the driver's process while the stage ran, all threads; stages that run at"
                  + " the same time share it.")
          .notNegative();
  public static final TableColumn BYTES_READ =
      TableColumn.whole("bytes_read", "Bytes read from files by Spark tasks.").notNegative();
  public static final TableColumn BYTES_WRITTEN =
      TableColumn.whole("bytes_written", "Bytes written to files by Spark tasks.").notNegative();
  public static final TableColumn BYTES_SHUFFLED =
      TableColumn.whole("bytes_shuffled", "Bytes written to shuffle files.").notNegative();
  public static final TableColumn SQL_EXECUTION_COUNT =
      TableColumn.whole("sql_execution_count", "Queries and commands that Spark SQL executed.")
          .notNegative();
  public static final TableColumn JOB_COUNT =
      TableColumn.whole("job_count", "Spark jobs.").notNegative();
  public static final TableColumn TASK_STAGE_COUNT =
      TableColumn.whole("task_stage_count", "Spark stages that ran, skipped ones not counted.")
          .notNegative();
  public static final TableColumn COMMIT_COUNT =
      TableColumn.whole("commit_count", "Commits to Delta tables.").notNegative();
  public static final TableColumn SNAPSHOT_COUNT =
      TableColumn.whole("snapshot_count", "Table snapshots loaded from a Delta log.").notNegative();

  /** All of them, in order. */
  public static final List<TableColumn> COLUMNS =
      List.of(
          ROWS_READ,
          ROWS_WRITTEN,
          SECONDS,
          CPU_SECONDS,
          BYTES_READ,
          BYTES_WRITTEN,
          BYTES_SHUFFLED,
          SQL_EXECUTION_COUNT,
          JOB_COUNT,
          TASK_STAGE_COUNT,
          COMMIT_COUNT,
          SNAPSHOT_COUNT);

  private StageCosts() {}
}
