package renown.tables;

/**
 * How probable it is that the attention of an account is an independent person's, and what that
 * follows from. Grain: one row per account that is not excluded.
 */
public final class Credibilities {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn CREDIBILITY =
      TableColumn.number(
              "credibility",
              "p^3 / (p^2 + 0.15^2), where p / (1 - p), the odds that it is a person, are 0.85 /"
                  + " 0.15 times a likelihood ratio for each thing known: age, regularity (0.8 +"
                  + " 0.4 * regularity_share), profile (0.5 to 1.2, 5 if verified),"
                  + " balance_share^2, diversity_share, original_share^2, 1 - automated_share,"
                  + " trade ((1 - 0.9 * (s - 0.3) / 0.7)^3, s ="
                  + " trading_share * v / (v + 5), v what it gives in all), (1 - blocked_share)^2."
                  + " What is not known has the ratio 1. The cube makes small values negligible,"
                  + " however many accounts have them. 1 for trusted accounts.")
          .withRule("credibility > 0 AND credibility <= 1");
  public static final TableColumn AGE_DAYS =
      TableColumn.number(
              "age_days",
              "Days since creation as the network says; if it does not say, since first seen; where"
                  + " accounts can claim any age, the claim as far as the account may have been"
                  + " there before the lake (credibility.claimed-ages).")
          .notNegative();
  public static final TableColumn AGE_SHARE =
      TableColumn.number(
              "age_share",
              "age^2 / (age^2 + credibility.age-days^2); its square times 1.25 is the ratio. An age"
                  + " of which nothing is known counts as far as the account may not have been"
                  + " there before the lake.")
          .between(0, 1);
  public static final TableColumn REGULARITY_SHARE =
      TableColumn.number("regularity_share", "Decayed share of weeks with activity.").between(0, 1);
  public static final TableColumn PROFILE_SHARE =
      TableColumn.number(
              "profile_share",
              "Completeness of display name and description, 1 if verified; 0.5 if the"
                  + " network states no profile.")
          .between(0, 1);
  public static final TableColumn BALANCE_SHARE =
      TableColumn.number(
              "balance_share",
              "sqrt((followers + 100) / (following + 100)), at most 1; the larger of the"
                  + " stated and the observed value.")
          .between(0, 1);
  public static final TableColumn DIVERSITY_SHARE =
      TableColumn.number(
              "diversity_share",
              "(n + 1) / (n + 1 + 4 e / (e + 5)), where n is the effective number of accounts it"
                  + " attends to, the inverse of the sum of squared shares of its attention, and"
                  + " e what it gives beyond one act to each.")
          .between(0, 1);
  public static final TableColumn ORIGINAL_SHARE =
      TableColumn.number(
              "original_share",
              "(1 - 0.9 * repeated posts / (posts + 5)) * (1 - 0.5 * posts of a bare link / (posts"
                  + " + 5)), decayed.")
          .between(0, 1);
  public static final TableColumn AUTOMATED_SHARE =
      TableColumn.number("automated_share", "0.98 if it declares itself automated, else 0.")
          .between(0, 1);
  public static final TableColumn TRADING_SHARE =
      TableColumn.number(
              "trading_share",
              "How much of its attention is closed trading: the share that is returned, times"
                  + " how closed the circle of those who return it is, 1 - (1 - clustering"
                  + " share of the circle) * (1 - sum of the squared shares of its members).")
          .between(0, 1);
  public static final TableColumn BLOCKED_SHARE =
      TableColumn.number(
              "blocked_share",
              "0.5 * b / (b + attending accounts + 10), where b is the number of blocks, each"
                  + " weighted by the square of the product of the blocker's other factors:"
                  + " blocks by new accounts are negligible.")
          .between(0, 1);
  public static final TableColumn IS_TRUSTED =
      TableColumn.flag("is_trusted", "Listed in the credibility.trusted file.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "credibilities")
          .purpose(
              "Credibility: the estimated probability that an account's attention is a"
                  + " person's own, with its factors.")
          .grain("one row per account that is not excluded")
          .writer("score")
          .key(ACCOUNT_KEY)
          .retention("rewritten each night")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              CREDIBILITY,
              AGE_DAYS,
              AGE_SHARE,
              REGULARITY_SHARE,
              PROFILE_SHARE,
              BALANCE_SHARE,
              DIVERSITY_SHARE,
              ORIGINAL_SHARE,
              AUTOMATED_SHARE,
              TRADING_SHARE,
              BLOCKED_SHARE,
              IS_TRUSTED,
              NIGHT);

  private Credibilities() {}
}
