package renown.tables;

/**
 * Dictionary and freshest profile of every account that was ever seen, as actor or as target.
 * Grain: one row per account.
 */
public final class Accounts {
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_ID =
      TableColumn.text("account_id", "The network's own id, as text (a DID, a number, a URI).")
          .holding(PersonalData.ID);
  public static final TableColumn HANDLE =
      TableColumn.text("handle", "Name by which people address it; null until the network says it.")
          .holding(PersonalData.NAME)
          .orNull();
  public static final TableColumn DISPLAY_NAME =
      TableColumn.text("display_name", "Name it gives itself; null until the network says it.")
          .holding(PersonalData.NAME)
          .orNull();
  public static final TableColumn DESCRIPTION =
      TableColumn.text(
              "description",
              "Profile text, and the address that the profile gives beside it; null until the network says it.")
          .holding(PersonalData.WORDS)
          .orNull();
  public static final TableColumn CREATED_AT =
      TableColumn.instant(
              "created_at",
              "When the account was made, as the network says; null where it does " + "not.")
          .orNull();
  public static final TableColumn FOLLOWER_COUNT =
      TableColumn.whole("follower_count", "Followers the network states; null where it does not.")
          .orNull()
          .notNegative();
  public static final TableColumn FOLLOWING_COUNT =
      TableColumn.whole(
              "following_count",
              "Accounts it follows, as the network states; null where it does not.")
          .orNull()
          .notNegative();
  public static final TableColumn POST_COUNT =
      TableColumn.whole("post_count", "Posts the network states; null where it does not.")
          .orNull()
          .notNegative();
  public static final TableColumn LISTED_COUNT =
      TableColumn.whole(
              "listed_count", "Lists it is on, as the network states; null where it does not.")
          .orNull()
          .notNegative();
  public static final TableColumn IS_PROTECTED =
      TableColumn.flag(
              "is_protected", "Only followers may read it; null where the network does not say.")
          .orNull();
  public static final TableColumn IS_AUTOMATED =
      TableColumn.flag(
              "is_automated", "Declares itself automated; null where the network does not say.")
          .orNull();
  public static final TableColumn IS_VERIFIED =
      TableColumn.flag(
              "is_verified", "Verified by the network; null where the network does not say.")
          .orNull();
  public static final TableColumn IS_DISCOVERABLE =
      TableColumn.flag(
              "is_discoverable",
              "False where it asks not to be found by strangers; null where the "
                  + "network does not say.")
          .orNull();
  public static final TableColumn PROFILE_AT =
      TableColumn.instant(
              "profile_at",
              "Witness time of the freshest profile statement; null before the " + "first.")
          .orNull();
  public static final TableColumn STATUS =
      TableColumn.text("status", "active, deactivated, suspended or deleted, as last heard.")
          .oneOf("active", "deactivated", "suspended", "deleted");
  public static final TableColumn STATUS_AT =
      TableColumn.instant(
              "status_at",
              "Witness time of the status; null where it was only assumed to be " + "active.")
          .orNull();
  public static final TableColumn FIRST_NIGHT =
      TableColumn.date("first_night", "Night on which it was first seen and got its key.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "accounts")
          .purpose(
              "Dictionary and freshest profile of every account that was ever "
                  + "seen, as actor or as target.")
          .grain("one row per account")
          .writer("ingest")
          .key(ACCOUNT_KEY)
          .changesInPlace()
          .retention("kept until erased")
          .columns(
              ACCOUNT_KEY,
              NETWORK,
              ACCOUNT_ID,
              HANDLE,
              DISPLAY_NAME,
              DESCRIPTION,
              CREATED_AT,
              FOLLOWER_COUNT,
              FOLLOWING_COUNT,
              POST_COUNT,
              LISTED_COUNT,
              IS_PROTECTED,
              IS_AUTOMATED,
              IS_VERIFIED,
              IS_DISCOVERABLE,
              PROFILE_AT,
              STATUS,
              STATUS_AT,
              FIRST_NIGHT);

  private Accounts() {}
}
