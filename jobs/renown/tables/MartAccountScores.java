package renown.tables;

/** Scores over time. Grain: one row per account and night. */
public final class MartAccountScores {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  public static final TableColumn SCORE = AccountScores.SCORE;

  public static final TableColumn SCORE_LOW = AccountScores.SCORE_LOW;

  public static final TableColumn SCORE_HIGH = AccountScores.SCORE_HIGH;

  public static final TableColumn MOMENTUM = AccountScores.MOMENTUM;

  public static final TableColumn EVIDENCE = AccountScores.EVIDENCE;

  public static final TableColumn EARNED_ATTENTION = AccountScores.EARNED_ATTENTION;

  public static final TableColumn ACTOR_COUNT = InfluenceRanks.ACTOR_COUNT;

  public static final TableColumn CREDIBLE_ACTOR_SUM = AccountScores.CREDIBLE_ACTOR_SUM;

  public static final TableColumn REFERENCE_VERSION =
      TableColumn.whole("reference_version", "Version of the reference population.");

  public static final TableColumn MODEL_VERSION =
      TableColumn.whole("model_version", "Version of the weights.");

  public static final TableColumn EARLIER_SCORE = AccountScores.EARLIER_SCORE;

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
