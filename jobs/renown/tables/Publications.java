package renown.tables;

/**
 * Which version of each table is the published one: one commit publishes a night. Grain: one row
 * per publication and table.
 */
public final class Publications {
  public static final TableColumn NIGHT = CommonColumns.NIGHT;
  public static final TableColumn REVISION =
      TableColumn.whole(
          "revision", "1 for the first publication of the night; the highest is" + " in effect.");
  public static final TableColumn RUN_ID =
      TableColumn.text(
          "run_id", "Run that published it: night, revision and fingerprint of the inputs.");
  public static final TableColumn TABLE_PATH =
      TableColumn.text("table_path", "Path of the table under the lake root.");
  public static final TableColumn VERSION =
      TableColumn.whole("version", "Delta version to read.").notNegative();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("runs", "publications")
          .purpose("The published version of each table: one commit publishes a night.")
          .grain("one row per publication and table")
          .writer("night")
          .key(NIGHT, REVISION, TABLE_PATH)
          .columns(NIGHT, REVISION, RUN_ID, TABLE_PATH, VERSION);

  private Publications() {}
}
