package renown.tables;

/** Lists and starter packs by which accounts recommend others. Grain: one row per list. */
public final class AccountLists {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn LIST_ID =
      TableColumn.text("list_id", "The network's own id of the list.").holding(PersonalData.ID);
  public static final TableColumn RECORD_DATE =
      TableColumn.date(
          "record_date", "Day that the id itself tells (or the time that belongs to it).");
  public static final TableColumn OWNER_KEY =
      TableColumn.whole("owner_key", "Account that keeps it.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn LIST_NAME =
      TableColumn.text("list_name", "Its name; null where the network does not say.")
          .holding(PersonalData.WORDS)
          .orNull();
  public static final TableColumn DESCRIPTION =
      TableColumn.text("description", "Its description; null where there is none.")
          .holding(PersonalData.WORDS)
          .orNull();
  public static final TableColumn PURPOSE =
      TableColumn.text(
              "purpose",
              "curation, moderation, reference or pack; null where the network " + "does not say.")
          .orNull();
  public static final TableColumn WITNESSED_AT =
      TableColumn.instant("witnessed_at", "Witness time of the freshest statement.");
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
