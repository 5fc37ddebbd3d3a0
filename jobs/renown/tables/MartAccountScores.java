package renown.tables;

/** Scores over time. Grain: one row per account and night. */
public final class MartAccountScores {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  public static final TableColumn SCORE =
      TableColumn.number(
              "score",
              "12.5 * log10(1 / share of the reference population that earns at least as"
                  + " much): 12.5 = top 10 %, 25 = top 1 %, 50 = one in 10,000, at most 100;"
                  + " null if evidence is insufficient.")
          .orNull()
          .between(0, 100);

  public static final TableColumn SCORE_LOW =
      TableColumn.number(
              "score_low",
              "Lower bound of the score's 90 % interval, for a different sample of people"
                  + " paying attention; null without score.")
          .orNull()
          .between(0, 100);

  public static final TableColumn SCORE_HIGH =
      TableColumn.number(
              "score_high", "Upper bound of the score's 90 % interval; null without score.")
          .orNull()
          .between(0, 100);

  public static final TableColumn MOMENTUM =
      TableColumn.number(
              "momentum",
              "Forecast for the coming week at the current pace, in points of the same scale;"
                  + " null without score.")
          .orNull()
          .between(0, 100);

  public static final TableColumn EVIDENCE =
      TableColumn.text(
              "evidence",
              "sufficient, or insufficient if too few distinct accounts attend to it or their"
                  + " total credibility is too low.")
          .oneOf("sufficient", "insufficient");

  public static final TableColumn EARNED_ATTENTION =
      TableColumn.number(
              "earned_attention",
              "Earned attention, which the score ranks: exp(sum over terms of weight * ln(1 +"
                  + " value / scale)).")
          .notNegative();

  public static final TableColumn ACTOR_COUNT =
      TableColumn.whole("actor_count", "Distinct accounts that attend to it.").notNegative();

  public static final TableColumn CREDIBLE_ACTOR_SUM =
      TableColumn.number(
              "credible_actor_sum",
              "Total credibility of the attending accounts, each" + " decaying with its last acts.")
          .notNegative();

  public static final TableColumn REFERENCE_VERSION =
      TableColumn.whole(
          "reference_version",
          "Version of the reference population: the night on which it was taken, as yyyymmdd; 0"
              + " while it is provisional, tonight's own.");

  public static final TableColumn MODEL_VERSION =
      TableColumn.whole("model_version", "Version of the weights.");

  public static final TableColumn EARLIER_SCORE =
      TableColumn.number(
              "earlier_score",
              "The score on the reference population before, in the 28 nights after it was"
                  + " replaced; else null.")
          .orNull()
          .between(0, 100);

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_account_scores")
          .purpose("Scores over time.")
          .grain("one row per account and night")
          .writer("marts")
          .key(ACCOUNT_KEY, NIGHT)
          .clusteredBy(NIGHT, ACCOUNT_KEY)
          .rules(
              "(score IS NULL) = (evidence = 'insufficient')",
              "score_low <= score AND score <= score_high")
          .retention("kept until erased")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              NIGHT,
              SCORE,
              SCORE_LOW,
              SCORE_HIGH,
              MOMENTUM,
              EVIDENCE,
              EARNED_ATTENTION,
              ACTOR_COUNT,
              CREDIBLE_ACTOR_SUM,
              REFERENCE_VERSION,
              MODEL_VERSION,
              EARLIER_SCORE);

  private MartAccountScores() {}
}
