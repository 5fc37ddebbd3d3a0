package renown.tables;

/** Scores of the latest night, with who the account is. Grain: one row per account. */
public final class MartAccountScoresLatest {
  public static final Column NETWORK =
      Column.text("network", "Name of the network, as in the raw folder and in conf.");
  public static final Column ACCOUNT_KEY =
      Column.whole(
              "account_key",
              "Dense key of the account, given once: network number * 2^40 + index "
                  + "within the network.")
          .notNegative();
  public static final Column ACCOUNT_ID = Column.text("account_id", "The network's own id.");
  public static final Column HANDLE =
      Column.text("handle", "Name by which people address it; null where the network never said.")
          .orNull();
  public static final Column DISPLAY_NAME =
      Column.text("display_name", "Name it gives itself; null where the network never said.")
          .orNull();
  public static final Column NIGHT = Column.date("night", "UTC day whose run wrote the row.");
  public static final Column SCORE =
      Column.number("score", "Points, 0 to 100; null where evidence is insufficient.")
          .orNull()
          .between(0, 100);
  public static final Column PLACE =
      Column.whole(
              "place",
              "1 for the highest score of the network; equal scores in order of "
                  + "account_key; null without score.")
          .orNull()
          .withRule("place > 0");
  public static final Column EVIDENCE =
      Column.text("evidence", "sufficient or insufficient.").oneOf("sufficient", "insufficient");
  public static final Column EARNED_ATTENTION =
      Column.number(
              "earned_attention",
              "What the score ranks: influence as a multiple of the mean of the " + "network.")
          .notNegative();
  public static final Column ACTOR_COUNT =
      Column.whole("actor_count", "Distinct accounts that attend to it.").notNegative();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_account_scores_latest")
          .purpose("Scores of the latest night, with who the account is.")
          .grain("one row per account")
          .writer("marts")
          .key(ACCOUNT_KEY)
          .clusteredBy(NETWORK)
          .retention("rewritten each night")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              ACCOUNT_ID,
              HANDLE,
              DISPLAY_NAME,
              NIGHT,
              SCORE,
              PLACE,
              EVIDENCE,
              EARNED_ATTENTION,
              ACTOR_COUNT);

  private MartAccountScoresLatest() {}
}
