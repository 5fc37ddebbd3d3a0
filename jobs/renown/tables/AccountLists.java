package renown.tables;

/** Lists and starter packs by which accounts recommend others. Grain: one row per list. */
public final class AccountLists {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn LIST_ID =
      TableColumn.text("list_id", "The network's own id of the list.")
          .holding(PersonalData.RECORD_ID);
  public static final TableColumn RECORD_DATE =
      TableColumn.date("record_date", "Day encoded in the id, or of the time that belongs to it.");
  public static final TableColumn OWNER_KEY =
      TableColumn.whole("owner_key", "Owner of the list.").holding(PersonalData.KEY).notNegative();
  public static final TableColumn LIST_NAME =
      TableColumn.text("list_name", "Name of the list; null if the network does not say.")
          .holding(PersonalData.WORDS)
          .orNull();
  public static final TableColumn DESCRIPTION =
      TableColumn.text("description", "Description of the list; null if there is none.")
          .holding(PersonalData.WORDS)
          .orNull();
  public static final TableColumn PURPOSE =
      TableColumn.text(
              "purpose",
              "curation, moderation, reference or pack; null if the network does not say.")
          .orNull();
  public static final TableColumn WITNESSED_AT =
      TableColumn.instant("witnessed_at", "Witness time of the latest statement about the list.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "account_lists")
          .purpose("Lists and starter packs by which accounts recommend others.")
          .grain("one row per list")
          .writer("ingest")
          .key(NETWORK, LIST_ID)
          .changesInPlace()
          .retention("kept until deleted or erased")
          .columns(
              NETWORK,
              LIST_ID,
              RECORD_DATE,
              OWNER_KEY,
              LIST_NAME,
              DESCRIPTION,
              PURPOSE,
              WITNESSED_AT,
              NIGHT);

  private AccountLists() {}
}
