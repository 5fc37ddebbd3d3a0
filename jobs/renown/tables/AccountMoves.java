package renown.tables;

/**
 * Accounts that moved, by what they and the accounts they moved to say. Grain: one row per pair of
 * accounts of which either said so.
 */
public final class AccountMoves {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY =
      TableColumn.whole("account_key", "Account that moved.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn MOVED_TO_KEY =
      TableColumn.whole("moved_to_key", "Account it moved to.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn MOVED_SAID_AT =
      TableColumn.instant(
              "moved_said_at",
              "Witness time of the latest statement by the account that it moved there; null"
                  + " if only the other account claims it.")
          .orNull();
  public static final TableColumn ALIAS_SAID_AT =
      TableColumn.instant(
              "alias_said_at",
              "Witness time of the latest statement by the other account that this one is its"
                  + " own too; null if only this account says that it moved.")
          .orNull();
  public static final TableColumn CONFIRMED_NIGHT =
      TableColumn.date(
              "confirmed_night",
              "First night on which both had confirmed the move: attention paid to the"
                  + " account on later days counts for the other; null until then.")
          .orNull();
  public static final TableColumn ENDED_NIGHT =
      TableColumn.date(
              "ended_night",
              "Night on which the account was found to have moved elsewhere or back:"
                  + " attention on later days is its own again; null while the move is in"
                  + " effect.")
          .orNull();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "account_moves")
          .purpose("Account moves, as stated by the old and the new account.")
          .grain("one row per pair of accounts of which at least one claimed the move")
          .writer("ingest")
          .key(ACCOUNT_KEY, MOVED_TO_KEY)
          .retention("kept until erased")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              MOVED_TO_KEY,
              MOVED_SAID_AT,
              ALIAS_SAID_AT,
              CONFIRMED_NIGHT,
              ENDED_NIGHT);

  private AccountMoves() {}
}
