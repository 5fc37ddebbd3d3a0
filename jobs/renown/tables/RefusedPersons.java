package renown.tables;

/**
 * Chains of linked accounts that are too long to be one person's. Grain: one row per account of
 * such a chain.
 */
public final class RefusedPersons {
  public static final TableColumn CHAIN_KEY =
      TableColumn.whole("chain_key", "Smallest account_key of the chain.")
          .holding(PersonalData.GROUP)
          .notNegative();

  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn ACCOUNT_COUNT =
      TableColumn.whole("account_count", "Accounts of the chain.").withRule("account_count >= 2");

  public static final TableColumn NETWORK_ACCOUNT_COUNT =
      TableColumn.whole("network_account_count", "Largest number of them on one network.")
          .withRule("network_account_count >= 1");

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "refused_persons")
          .purpose("Chains of linked accounts that are too long for one person.")
          .grain("one row per account of such a chain")
          .writer("persons")
          .key(ACCOUNT_KEY)
          .retention("rewritten each night")
          .columns(CHAIN_KEY, NETWORK, ACCOUNT_KEY, ACCOUNT_COUNT, NETWORK_ACCOUNT_COUNT, NIGHT);

  private RefusedPersons() {}
}
