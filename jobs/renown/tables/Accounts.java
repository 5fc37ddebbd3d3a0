package renown.tables;

/**
 * Dictionary and freshest profile of every account that was ever seen, as actor or as target.
 * Grain: one row per account.
 */
public final class Accounts {
  public static final Column ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final Column NETWORK = CommonColumns.NETWORK;
  public static final Column ACCOUNT_ID =
      Column.text("account_id", "The network's own id, as text (a DID, a number, a URI).")
          .holding(PersonalData.ID);
  public static final Column HANDLE =
      Column.text("handle", "Name by which people address it; null until the network says it.")
          .holding(PersonalData.NAME)
          .orNull();
  public static final Column DISPLAY_NAME =
      Column.text("display_name", "Name it gives itself; null until the network says it.")
          .holding(PersonalData.NAME)
          .orNull();
  public static final Column DESCRIPTION =
      Column.text(
              "description",
              "Profile text, and the address that the profile gives beside it; null until the network says it.")
          .holding(PersonalData.WORDS)
          .orNull();
  public static final Column CREATED_AT =
      Column.instant(
              "created_at",
              "When the account was made, as the network says; null where it does " + "not.")
          .orNull();
  public static final Column FOLLOWER_COUNT =
      Column.whole("follower_count", "Followers the network states; null where it does not.")
          .orNull()
          .notNegative();
  public static final Column FOLLOWING_COUNT =
      Column.whole(
              "following_count",
              "Accounts it follows, as the network states; null where it does not.")
          .orNull()
          .notNegative();
  public static final Column POST_COUNT =
      Column.whole("post_count", "Posts the network states; null where it does not.")
          .orNull()
          .notNegative();
  public static final Column LISTED_COUNT =
      Column.whole("listed_count", "Lists it is on, as the network states; null where it does not.")
          .orNull()
          .notNegative();
  public static final Column IS_PROTECTED =
      Column.flag(
              "is_protected", "Only followers may read it; null where the network does not say.")
          .orNull();
  public static final Column IS_AUTOMATED =
      Column.flag("is_automated", "Declares itself automated; null where the network does not say.")
          .orNull();
  public static final Column IS_VERIFIED =
      Column.flag("is_verified", "Verified by the network; null where the network does not say.")
          .orNull();
  public static final Column IS_DISCOVERABLE =
      Column.flag(
              "is_discoverable",
              "False where it asks not to be found by strangers; null where the "
                  + "network does not say.")
          .orNull();
  public static final Column PROFILE_AT =
      Column.instant(
              "profile_at",
              "Witness time of the freshest profile statement; null before the " + "first.")
          .orNull();
  public static final Column STATUS =
      Column.text("status", "active, deactivated, suspended or deleted, as last heard.")
          .oneOf("active", "deactivated", "suspended", "deleted");
  public static final Column STATUS_AT =
      Column.instant(
              "status_at",
              "Witness time of the status; null where it was only assumed to be " + "active.")
          .orNull();
  public static final Column FIRST_NIGHT =
      Column.date("first_night", "Night on which it was first seen and got its key.");

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
