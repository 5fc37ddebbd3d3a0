package renown.tables;

/**
 * Accounts that must not be scored nor counted as sources of attention, with the reason. Grain: one
 * row per excluded account.
 */
public final class Exclusions {
  public static final Column ACCOUNT_KEY =
      Column.whole(
              "account_key",
              "Dense key of the account, given once: network number * 2^40 + index "
                  + "within the network.")
          .notNegative();
  public static final Column REASON =
      Column.text(
              "reason",
              "opted out, protected, not discoverable, deleted, suspended or " + "deactivated.")
          .oneOf(
              "opted out", "protected", "not discoverable", "deleted", "suspended", "deactivated");
  public static final Column NIGHT = Column.date("night", "UTC day whose run wrote the row.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "exclusions")
          .purpose(
              "Accounts that must not be scored nor counted as sources of "
                  + "attention, with the reason.")
          .grain("one row per excluded account")
          .writer("ingest")
          .key(ACCOUNT_KEY)
          .retention("rewritten each night")
          .columns(ACCOUNT_KEY, REASON, NIGHT);

  private Exclusions() {}
}
