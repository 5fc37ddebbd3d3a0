package renown.tables;

/**
 * Which account had which handle when, on networks whose dumps name accounts by handle alone
 * (GitHub): handles are given up and taken by others. Grain: one row per handle, account and night
 * with news of it.
 */
public final class AccountHandles {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn HANDLE =
      TableColumn.text("handle", "Handle in small letters.").holding(PersonalData.NAME);
  public static final TableColumn ACCOUNT_ID =
      TableColumn.text("account_id", "The account that had it, as in accounts.")
          .holding(PersonalData.ACCOUNT_ID);
  public static final TableColumn FIRST_SEEN_AT =
      TableColumn.instant(
          "first_seen_at", "Time of the first line of the night that shows both together.");
  public static final TableColumn LAST_SEEN_AT =
      TableColumn.instant("last_seen_at", "Time of the last such line of the night.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "account_handles")
          .purpose(
              "Accounts that had a handle, and when, where lines of dumps name accounts by handle"
                  + " alone.")
          .grain("one row per handle, account and night that told more than was known")
          .writer("ingest")
          .key(NETWORK, HANDLE, ACCOUNT_ID, NIGHT)
          .retention("kept until erased")
          .columns(NETWORK, HANDLE, ACCOUNT_ID, FIRST_SEEN_AT, LAST_SEEN_AT, NIGHT);

  private AccountHandles() {}
}
