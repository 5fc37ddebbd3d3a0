package renown.tables;

/**
 * Records that were deleted at the source, so that a copy that arrives later is not taken in.
 * Grain: one row per deleted record and deleter.
 */
public final class Deletions {
  /** In place of an account: the network itself reports the deletion, whoever owned the record. */
  public static final long BY_THE_NETWORK = Long.MAX_VALUE;

  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn RECORD_ID =
      TableColumn.text("record_id", "The network's own id of the deleted record.")
          .holding(PersonalData.RECORD_ID);
  public static final TableColumn RECORD_DATE =
      TableColumn.date(
              "record_date",
              "Day encoded in the id; null if there is none: then all days are searched.")
          .orNull();
  public static final TableColumn DELETER_KEY =
      TableColumn.whole(
              "deleter_key",
              "Account that deleted it; only deletes by the record's owner count."
                  + " 9223372036854775807 if the network itself reports it gone, whoever owned"
                  + " it.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn WITNESSED_AT =
      TableColumn.instant("witnessed_at", "Time of the deletion, as stated by the network.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "deletions")
          .purpose(
              "Records deleted at the source, so that copies that arrive later are not"
                  + " loaded.")
          .grain(
              "one row per deleted record and deleting account; another one for each time that"
                  + " it was deleted after it had been done again")
          .writer("ingest")
          .key(NETWORK, RECORD_ID, DELETER_KEY, WITNESSED_AT)
          .clusteredBy(RECORD_DATE, NIGHT)
          .columns(NETWORK, RECORD_ID, RECORD_DATE, DELETER_KEY, WITNESSED_AT, NIGHT);

  private Deletions() {}
}
