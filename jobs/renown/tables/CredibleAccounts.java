package renown.tables;

/**
 * The accounts that count where distinct credible accounts are counted. Grain: one row per credible
 * account.
 */
public final class CredibleAccounts {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "credible_accounts")
          .purpose(
              "Accounts that count as reached: from the night on which their credibility"
                  + " reaches audience.credibility-min until it falls below half of that or"
                  + " they are excluded.")
          .grain("one row per credible account")
          .writer("audience")
          .key(ACCOUNT_KEY)
          .retention("rewritten each night")
          .columns(NETWORK, ACCOUNT_KEY, NIGHT);

  private CredibleAccounts() {}
}
