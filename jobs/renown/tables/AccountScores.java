package renown.tables;

/**
 * Score of each account on the rarity scale. Grain: one row per account that is not excluded, for
 * one night.
 */
public final class AccountScores {
  public static final Column NETWORK =
      Column.text("network", "Name of the network, as in the raw folder and in conf.");
  public static final Column ACCOUNT_KEY =
      Column.whole(
              "account_key",
              "Dense key of the account, given once: network number * 2^40 + index "
                  + "within the network.")
          .notNegative();
  public static final Column NIGHT = Column.date("night", "UTC day whose run wrote the row.");
  public static final Column EARNED_ATTENTION =
      Column.number(
              "earned_attention",
              "What is ranked: authority, the PageRank as a multiple of the mean "
                  + "of the network.")
          .notNegative();
  public static final Column ACTOR_COUNT =
      Column.whole("actor_count", "Distinct accounts that attend to it.").notNegative();
  public static final Column EVIDENCE =
      Column.text(
              "evidence",
              "sufficient, or insufficient where too few distinct accounts attend " + "to it.")
          .oneOf("sufficient", "insufficient");
  public static final Column SCORE =
      Column.number(
              "score",
              "12.5 * log10(1 / share of the reference population that earns at "
                  + "least as much), at most 100; null where evidence is insufficient.")
          .orNull()
          .between(0, 100);
  public static final Column REFERENCE_VERSION =
      Column.whole("reference_version", "Reference population used.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "account_scores")
          .purpose("Score of each account on the rarity scale.")
          .grain("one row per account that is not excluded, for one night")
          .writer("score")
          .key(ACCOUNT_KEY)
          .rules("(score IS NULL) = (evidence = 'insufficient')")
          .retention("rewritten each night")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              NIGHT,
              EARNED_ATTENTION,
              ACTOR_COUNT,
              EVIDENCE,
              SCORE,
              REFERENCE_VERSION);

  private AccountScores() {}
}
