package renown.tables;

/**
 * Scores of the latest night, with who the account is, and why in a sentence. Grain: one row per
 * account.
 */
public final class MartAccountScoresLatest {
  public static final Column NETWORK =
      Column.text("network", "Name of the network, as in the raw folder and in conf.");

  public static final Column ACCOUNT_KEY =
      Column.whole(
              "account_key",
              "Dense key of the account, given once: network number * 2^40 + index within the network.")
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
      Column.number(
              "score",
              "12.5 * log10(1 / share of the reference population that earns at least as much): 12.5 = top 10 %, 25 = top 1 %, 50 = one in 10,000, at most 100; null where evidence is insufficient.")
          .orNull()
          .between(0, 100);

  public static final Column SCORE_LOW =
      Column.number(
              "score_low",
              "Lower end of the 90 % interval of the score: what if a different sample of people had paid attention; null without score.")
          .orNull()
          .between(0, 100);

  public static final Column SCORE_HIGH =
      Column.number("score_high", "Upper end of it; null without score.").orNull().between(0, 100);

  public static final Column MOMENTUM =
      Column.number(
              "momentum",
              "The coming week as things go now, in points of the same scale; null without score.")
          .orNull()
          .between(0, 100);

  public static final Column PLACE =
      Column.whole(
              "place",
              "1 for the highest score of the network; equal scores in order of account_key; null without score.")
          .orNull()
          .withRule("place > 0");

  public static final Column EVIDENCE =
      Column.text(
              "evidence",
              "sufficient, or insufficient where too few distinct accounts attend to it or their credibility adds up to too little.")
          .oneOf("sufficient", "insufficient");

  public static final Column EARNED_ATTENTION =
      Column.number(
              "earned_attention",
              "What the score ranks: exp(sum over terms of weight * ln(1 + value / scale)).")
          .notNegative();

  public static final Column ACTOR_COUNT =
      Column.whole("actor_count", "Distinct accounts that attend to it.").notNegative();

  public static final Column CREDIBLE_ACTOR_SUM =
      Column.number(
              "credible_actor_sum", "Their credibility added up, each fading with its last acts.")
          .notNegative();

  public static final Column EXPLANATION_EN =
      Column.text("explanation_en", "The score in a sentence, English.");

  public static final Column EXPLANATION_ES =
      Column.text("explanation_es", "The score in a sentence, Spanish.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_account_scores_latest")
          .purpose("Scores of the latest night, with who the account is, and why in a sentence.")
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
              SCORE_LOW,
              SCORE_HIGH,
              MOMENTUM,
              PLACE,
              EVIDENCE,
              EARNED_ATTENTION,
              ACTOR_COUNT,
              CREDIBLE_ACTOR_SUM,
              EXPLANATION_EN,
              EXPLANATION_ES);

  private MartAccountScoresLatest() {}
}
