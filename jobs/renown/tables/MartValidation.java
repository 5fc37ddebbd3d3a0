package renown.tables;

/**
 * How well past scores told what happened next, beside simpler predictors on the same accounts.
 * Grain: one row per network, night, measure and predictor, from the night on that is long enough
 * after a published one.
 */
public final class MartValidation {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  public static final TableColumn MEASURE =
      TableColumn.text(
              "measure",
              "momentum, as of the night 7 days before, or score, as of the night 28 days"
                  + " before.")
          .oneOf("score", "momentum");

  public static final TableColumn PREDICTOR =
      TableColumn.text(
          "predictor",
          "The measure itself, or a baseline: authority, reactors, audience (terms of that"
              + " night), attending accounts, recency (momentum's term) or PageRank.");

  public static final TableColumn HORIZON_DAYS =
      TableColumn.whole("horizon_days", "Days between the prediction and this night.")
          .withRule("horizon_days > 0");

  public static final TableColumn ACCOUNT_COUNT =
      TableColumn.whole(
              "account_count",
              "Accounts that were evaluated, with a score or still without: all that anybody"
                  + " attended to, or a sample by key.")
          .withRule("account_count > 0");

  public static final TableColumn SPEARMAN =
      TableColumn.number(
              "spearman",
              "Rank correlation of the predictor with the distinct credible accounts that"
                  + " reacted since (for score: per week in which the account posted).")
          .between(-1, 1);

  public static final TableColumn NDCG =
      TableColumn.number(
              "ndcg", "Normalised discounted cumulative gain of its top 100, 1 for the best order.")
          .between(0, 1);

  public static final TableColumn TOP_LIFT =
      TableColumn.number(
              "top_lift",
              "Lift: mean outcome of its top 1 %, at least one account, as a multiple of the"
                  + " overall mean.")
          .notNegative();

  public static final TableColumn ADVANTAGE =
      TableColumn.number(
              "advantage",
              "The measure's spearman minus this predictor's; null for the measure itself.")
          .orNull();

  public static final TableColumn ADVANTAGE_LOW =
      TableColumn.number(
              "advantage_low",
              "Lower bound of its 90 % interval, a paired bootstrap over accounts; null for"
                  + " the measure itself.")
          .orNull();

  public static final TableColumn ADVANTAGE_HIGH =
      TableColumn.number(
              "advantage_high", "Upper bound of its 90 % interval; null for the measure itself.")
          .orNull();

  public static final TableColumn VERDICT_EN =
      TableColumn.text(
              "verdict_en",
              "Whether the measure told better what came: than this predictor, or, in the row of"
                  + " the measure itself, than each of them. In English; null on nights of earlier"
                  + " versions.")
          .orNull();

  public static final TableColumn VERDICT_ES =
      TableColumn.text("verdict_es", "The same in Spanish; null on nights of earlier versions.")
          .orNull();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_validation")
          .purpose(
              "How well past scores predicted what happened next, compared with simpler"
                  + " baselines on the same accounts.")
          .grain(
              "one row per network, night, measure and predictor, from the first night that"
                  + " is long enough after a published one")
          .writer("validation")
          .key(NETWORK, NIGHT, MEASURE, PREDICTOR)
          .clusteredBy(NIGHT, NETWORK)
          .retention("kept")
          .columns(
              NETWORK,
              NIGHT,
              MEASURE,
              PREDICTOR,
              HORIZON_DAYS,
              ACCOUNT_COUNT,
              SPEARMAN,
              NDCG,
              TOP_LIFT,
              ADVANTAGE,
              ADVANTAGE_LOW,
              ADVANTAGE_HIGH,
              VERDICT_EN,
              VERDICT_ES);

  private MartValidation() {}
}
