package renown.tables;

/**
 * Accounts that must not be scored nor counted as sources of attention, with the reason. Grain: one
 * row per excluded account.
 */
public final class Exclusions {
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn REASON =
      TableColumn.text(
              "reason",
              "opted out, protected, not discoverable, deleted, suspended or " + "deactivated.")
          .oneOf(
              "opted out", "protected", "not discoverable", "deleted", "suspended", "deactivated");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "exclusions")
          .purpose(
              "Accounts that must not be scored or counted as sources of attention, with the"
                  + " reason.")
          .grain("one row per excluded account")
          .writer("ingest")
          .key(ACCOUNT_KEY)
          .retention("rewritten each night")
          .columns(ACCOUNT_KEY, REASON, NIGHT);

  private Exclusions() {}
}
