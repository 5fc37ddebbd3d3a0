package renown.tables;

/** Who the attention of an account comes from. Grain: one row per account and place. */
public final class MartTopSources {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn PLACE = TopSources.PLACE;
  public static final TableColumn SOURCE_KEY =
      TableColumn.whole("source_key", "Account that attends to it.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn SOURCE_HANDLE =
      TableColumn.text("source_handle", "Handle; null if unknown.")
          .holding(PersonalData.NAME)
          .orNull();
  public static final TableColumn INFLUENCE_SHARE =
      TableColumn.number(
              "influence_share",
              "Share of the account's influence that comes from this" + " source.")
          .between(0, 1);
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_top_sources")
          .purpose("Whose attention an account's influence comes from.")
          .grain("one row per account and place")
          .writer("marts")
          .key(ACCOUNT_KEY, PLACE)
          .clusteredBy(NETWORK)
          .retention("rewritten each night")
          .columns(NETWORK, ACCOUNT_KEY, PLACE, SOURCE_KEY, SOURCE_HANDLE, INFLUENCE_SHARE, NIGHT);

  private MartTopSources() {}
}
