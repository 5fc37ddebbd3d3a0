package renown.tables;

/**
 * Records that were deleted at the source, so that a copy that arrives later is not taken in.
 * Grain: one row per deleted record and deleter.
 */
public final class Deletions {
  /** In place of an account: the network itself says so, of whoever's record it is. */
  public static final long BY_THE_NETWORK = Long.MAX_VALUE;

  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn RECORD_ID =
      TableColumn.text("record_id", "The network's own id of what was deleted.")
          .holding(PersonalData.ID);
  public static final TableColumn RECORD_DATE =
      TableColumn.date(
              "record_date",
              "Day that the id tells; null where it does not: then any day is " + "searched.")
          .orNull();
  public static final TableColumn DELETER_KEY =
      TableColumn.whole(
              "deleter_key",
              "Account that deleted it; only the record's own counts. 9223372036854775807 where the "
                  + "network itself says that it is gone, whoever's it was.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn WITNESSED_AT =
      TableColumn.instant("witnessed_at", "When the network said so.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "deletions")
          .purpose(
              "Records that were deleted at the source, so that a copy that "
                  + "arrives later is not taken in.")
          .grain("one row per deleted record and deleter")
          .writer("ingest")
          .key(NETWORK, RECORD_ID, DELETER_KEY)
          .clusteredBy(RECORD_DATE, NIGHT)
          .columns(NETWORK, RECORD_ID, RECORD_DATE, DELETER_KEY, WITNESSED_AT, NIGHT);

  private Deletions() {}
}
