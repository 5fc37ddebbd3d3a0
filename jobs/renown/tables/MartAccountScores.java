package renown.tables;

/** Scores over time. Grain: one row per account and night. */
public final class MartAccountScores {
  public static final Column NETWORK =
      Column.text("network", "Name of the network, as in the raw folder and in conf.");
  public static final Column ACCOUNT_KEY =
      Column.whole(
              "account_key",
              "Dense key of the account, given once: network number * 2^40 + index "
                  + "within the network.")
          .notNegative();
  public static final Column NIGHT = Column.date("night", "UTC day whose run wrote the row.");
  public static final Column SCORE =
      Column.number(
              "score",
              "Points, 0 to 100: 12.5 = top 10 %, 25 = top 1 %, 50 = one in "
                  + "10,000; null where evidence is insufficient.")
          .orNull()
          .between(0, 100);
  public static final Column EVIDENCE =
      Column.text(
              "evidence",
              "sufficient, or insufficient where too few distinct accounts attend " + "to it.")
          .oneOf("sufficient", "insufficient");
  public static final Column EARNED_ATTENTION =
      Column.number(
              "earned_attention",
              "What the score ranks: influence as a multiple of the mean of the " + "network.")
          .notNegative();
  public static final Column ACTOR_COUNT =
      Column.whole("actor_count", "Distinct accounts that attend to it.").notNegative();
  public static final Column REFERENCE_VERSION =
      Column.whole("reference_version", "Reference population used.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_account_scores")
          .purpose("Scores over time.")
          .grain("one row per account and night")
          .writer("marts")
          .key(ACCOUNT_KEY, NIGHT)
          .clusteredBy(NIGHT, NETWORK)
          .rules("(score IS NULL) = (evidence = 'insufficient')")
          .retention("kept until erased")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              NIGHT,
              SCORE,
              EVIDENCE,
              EARNED_ATTENTION,
              ACTOR_COUNT,
              REFERENCE_VERSION);

  private MartAccountScores() {}
}
