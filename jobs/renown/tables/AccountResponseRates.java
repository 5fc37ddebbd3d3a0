package renown.tables;

/**
 * How likely an account answers a stranger. Grain: one row per account that strangers approached.
 */
public final class AccountResponseRates {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn APPROACH_COUNT =
      TableColumn.whole("approach_count", "Approaches by strangers judged so far.")
          .withRule("approach_count > 0");

  public static final TableColumn APPROACH_UNITS =
      TableColumn.whole(
              "approach_units",
              "Their decayed weights, in units of 2^-30, each halved once per"
                  + " response.half-life-days.")
          .notNegative();

  public static final TableColumn ANSWER_UNITS =
      TableColumn.whole("answer_units", "Of those, approaches answered within seven days.")
          .notNegative();

  public static final TableColumn RESPONSE_RATE =
      TableColumn.number(
              "response_rate",
              "Probability that the account answers a stranger's mention or reply within 7"
                  + " days: beta-binomial estimate with its kind's rate as prior; null with"
                  + " fewer judged approaches than response.approaches-min.")
          .orNull()
          .between(0, 1);

  public static final TableColumn RESPONSE_RATE_LOW =
      TableColumn.number(
              "response_rate_low",
              "Lower bound of the probability's 90 % interval; null with response_rate.")
          .orNull()
          .between(0, 1);

  public static final TableColumn RESPONSE_RATE_HIGH =
      TableColumn.number(
              "response_rate_high",
              "Upper bound of the probability's 90 % interval; null with response_rate.")
          .orNull()
          .between(0, 1);

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "account_response_rates")
          .purpose("How likely an account answers a stranger.")
          .grain("one row per account approached by a stranger")
          .writer("response")
          .key(ACCOUNT_KEY)
          .rules(
              "answer_units <= approach_units",
              "response_rate IS NULL OR (response_rate_low <= response_rate AND response_rate <= response_rate_high)")
          .retention("rewritten each night; kept until erased")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              APPROACH_COUNT,
              APPROACH_UNITS,
              ANSWER_UNITS,
              RESPONSE_RATE,
              RESPONSE_RATE_LOW,
              RESPONSE_RATE_HIGH,
              NIGHT);

  private AccountResponseRates() {}
}
