package renown.tables;

/** Which languages accounts write in. Grain: one row per account and language. */
public final class AccountLanguages {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn LANGUAGE =
      TableColumn.text("language", "ISO 639 code: as stated by the network, else detected.");
  public static final TableColumn POST_COUNT =
      TableColumn.whole("post_count", "Posts written in it.").withRule("post_count > 0");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("topics", "account_languages")
          .purpose("The languages in which accounts write.")
          .grain("one row per account and language")
          .writer("topics")
          .key(ACCOUNT_KEY, LANGUAGE)
          .retention("rewritten each night")
          .columns(NETWORK, ACCOUNT_KEY, LANGUAGE, POST_COUNT, NIGHT);

  private AccountLanguages() {}
}
