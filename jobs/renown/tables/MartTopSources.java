package renown.tables;

/** Who the attention of an account comes from. Grain: one row per account and place. */
public final class MartTopSources {
  public static final Column NETWORK = CommonColumns.NETWORK;
  public static final Column ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final Column PLACE = TopSources.PLACE;
  public static final Column SOURCE_KEY =
      Column.whole("source_key", "Account that attends to it.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final Column SOURCE_HANDLE =
      Column.text("source_handle", "Its name; null where the network never said.")
          .holding(PersonalData.NAME)
          .orNull();
  public static final Column INFLUENCE_SHARE =
      Column.number(
              "influence_share", "Part of the account's influence that came from this source.")
          .between(0, 1);
  public static final Column NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_top_sources")
          .purpose("Who the attention of an account comes from.")
          .grain("one row per account and place")
          .writer("marts")
          .key(ACCOUNT_KEY, PLACE)
          .clusteredBy(NETWORK)
          .retention("rewritten each night")
          .columns(NETWORK, ACCOUNT_KEY, PLACE, SOURCE_KEY, SOURCE_HANDLE, INFLUENCE_SHARE, NIGHT);

  private MartTopSources() {}
}
