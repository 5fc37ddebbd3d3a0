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
          .holding(PersonalData.ACCOUNT_ID);
  public static final TableColumn HANDLE =
      TableColumn.text("handle", "Handle; null until known.").holding(PersonalData.NAME).orNull();
  public static final TableColumn DISPLAY_NAME =
      TableColumn.text("display_name", "Display name; null until known.")
          .holding(PersonalData.NAME)
          .orNull();
  public static final TableColumn DESCRIPTION =
      TableColumn.text("description", "Profile text and profile URL; null until known.")
          .holding(PersonalData.WORDS)
          .orNull();
  public static final TableColumn CREATED_AT =
      TableColumn.instant("created_at", "Creation time as stated by the network; null if unknown.")
          .orNull();
  public static final TableColumn FOLLOWER_COUNT =
      TableColumn.whole("follower_count", "Followers as stated by the network; null if unknown.")
          .orNull()
          .notNegative();
  public static final TableColumn FOLLOWING_COUNT =
      TableColumn.whole(
              "following_count", "Accounts it follows, as stated by the network; null if unknown.")
          .orNull()
          .notNegative();
  public static final TableColumn POST_COUNT =
      TableColumn.whole("post_count", "Posts as stated by the network; null if unknown.")
          .orNull()
          .notNegative();
  public static final TableColumn LISTED_COUNT =
      TableColumn.whole(
              "listed_count", "Lists it is on, as stated by the network; null if unknown.")
          .orNull()
          .notNegative();
  public static final TableColumn IS_PROTECTED =
      TableColumn.flag("is_protected", "Only followers may read it; null if unknown.").orNull();
  public static final TableColumn IS_AUTOMATED =
      TableColumn.flag("is_automated", "Declares itself automated; null if unknown.").orNull();
  public static final TableColumn IS_VERIFIED =
      TableColumn.flag("is_verified", "Verified by the network; null if unknown.").orNull();
  public static final TableColumn IS_DISCOVERABLE =
      TableColumn.flag(
              "is_discoverable",
              "False if the account asks not to be found by strangers; null if unknown.")
          .orNull();
  public static final TableColumn PROFILE_AT =
      TableColumn.instant(
              "profile_at", "Witness time of the latest profile; null before the first.")
          .orNull();
  public static final TableColumn STATUS =
      TableColumn.text("status", "active, deactivated, suspended or deleted, as last stated.")
          .oneOf("active", "deactivated", "suspended", "deleted");
  public static final TableColumn STATUS_AT =
      TableColumn.instant(
              "status_at", "Witness time of the status; null if active was only assumed.")
          .orNull();
  public static final TableColumn FIRST_NIGHT =
      TableColumn.date(
          "first_night", "Night on which the account was first seen and given its key.");
  public static final TableColumn FIELD_LAGS =
      AudienceHours.hours(
              "field_lags",
              "By how many microseconds each of the columns handle to is_discoverable was witnessed"
                  + " before profile_at, in their order (0 where it is null); null if all were"
                  + " witnessed at profile_at.")
          .orNull();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "accounts")
          .purpose(
              "Dictionary of all accounts ever seen, as actor or target, with the latest"
                  + " profile of each.")
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
              FIRST_NIGHT,
              FIELD_LAGS);

  private Accounts() {}
}
