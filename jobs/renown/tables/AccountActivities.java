package renown.tables;

/**
 * What an account wrote and how regularly it is there, decayed: sums that a night adds to. Grain:
 * one row per account that ever did something.
 */
public final class AccountActivities {
  private static final String UNITS =
      ", in units of 2^-30, each halved once per credibility.half-life-days up to the end of the"
          + " night.";

  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn POST_UNITS =
      TableColumn.whole("post_units", "Posts written and not deleted" + UNITS).notNegative();
  public static final TableColumn LINK_POST_UNITS =
      TableColumn.whole("link_post_units", "Of those, posts with a link and almost no text" + UNITS)
          .notNegative();
  public static final TableColumn REPEATED_POST_UNITS =
      TableColumn.whole(
              "repeated_post_units",
              "Of those, posts repeating text that the account had already posted that night"
                  + UNITS)
          .notNegative();
  public static final TableColumn WEEK_UNITS =
      TableColumn.whole(
              "week_units", "Weeks with activity, counted from the first act in each" + UNITS)
          .notNegative();
  public static final TableColumn LAST_WEEK =
      TableColumn.whole("last_week", "The latest active week: weeks of 7 days since 1970-01-01.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "account_activities")
          .purpose(
              "Each account's output and regularity, as decayed sums to which every night"
                  + " adds.")
          .grain("one row per account that was ever active")
          .writer("score")
          .key(ACCOUNT_KEY)
          .retention("rewritten each night; kept until erased")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              POST_UNITS,
              LINK_POST_UNITS,
              REPEATED_POST_UNITS,
              WEEK_UNITS,
              LAST_WEEK,
              NIGHT);

  private AccountActivities() {}
}
