package renown.tables;

/**
 * How likely an account answers a stranger. Grain: one row per account that strangers approached.
 */
public final class AccountReachabilities {
  public static final Column NETWORK = CommonColumns.NETWORK;

  public static final Column ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final Column APPROACH_COUNT =
      Column.whole("approach_count", "Approaches by strangers that were judged, ever.")
          .withRule("approach_count > 0");

  public static final Column APPROACH_UNITS =
      Column.whole(
              "approach_units",
              "Their weights, in units of 2^-30, each halved once per reachability.half-life-days.")
          .notNegative();

  public static final Column ANSWER_UNITS =
      Column.whole("answer_units", "Of those, approaches that were answered within seven days.")
          .notNegative();

  public static final Column REACHABILITY =
      Column.number(
              "reachability",
              "Probability that it answers a stranger's mention or reply within 7 days: beta-binomial, shrunk to the rate of its kind; null where fewer approaches than reachability.approaches-min were judged.")
          .orNull()
          .between(0, 1);

  public static final Column REACHABILITY_LOW =
      Column.number(
              "reachability_low",
              "Lower end of the 90 % interval of the probability; null with reachability.")
          .orNull()
          .between(0, 1);

  public static final Column REACHABILITY_HIGH =
      Column.number("reachability_high", "Upper end of it; null with reachability.")
          .orNull()
          .between(0, 1);

  public static final Column NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "account_reachabilities")
          .purpose("How likely an account answers a stranger.")
          .grain("one row per account that strangers approached")
          .writer("reachability")
          .key(ACCOUNT_KEY)
          .rules(
              "answer_units <= approach_units",
              "reachability IS NULL OR (reachability_low <= reachability AND reachability <= reachability_high)")
          .retention("rewritten each night; kept until erased")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              APPROACH_COUNT,
              APPROACH_UNITS,
              ANSWER_UNITS,
              REACHABILITY,
              REACHABILITY_LOW,
              REACHABILITY_HIGH,
              NIGHT);

  private AccountReachabilities() {}
}
