package renown.tables;

/**
 * What came back on the posts of an account, decayed: sums that a night adds to. Grain: one row per
 * account that posted or was reacted to.
 */
public final class AccountReactions {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn REACTOR_UNITS =
      TableColumn.whole(
              "reactor_units",
              "Sum of the credibility of reactors over posts and reactors, in units of 2^-30,"
                  + " each halved once per score.half-life-days up to the end of the night.")
          .notNegative();

  public static final TableColumn TIMED_UNITS =
      TableColumn.whole("timed_units", "Of those, reactions to posts with a known time.")
          .notNegative();

  public static final TableColumn LATE_UNITS =
      TableColumn.whole("late_units", "Of those, reactions more than 24 hours after the post.")
          .notNegative();

  public static final TableColumn POST_UNITS =
      TableColumn.whole(
              "post_units",
              "Posts that were not deleted, in units of 2^-30, each halved once per"
                  + " score.half-life-days.")
          .notNegative();

  public static final TableColumn RECENT_REACTOR_UNITS =
      TableColumn.whole("recent_reactor_units", "As reactor_units, halved once per 8 days.")
          .notNegative();

  public static final TableColumn RECENT_POST_UNITS =
      TableColumn.whole("recent_post_units", "As post_units, halved once per 8 days.")
          .notNegative();

  public static final TableColumn DAY_UNITS =
      TableColumn.whole(
              "day_units",
              "Days on which others reacted to the account, in units of 2^-30, each worth the"
                  + " credibility of those who did, at most 1, and halved once per"
                  + " score.half-life-days.")
          .notNegative();

  public static final TableColumn LAST_DAY =
      TableColumn.whole(
              "last_day",
              "The last day counted in day_units, as days since 1970-01-01; null if none is.")
          .orNull();

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "account_reactions")
          .purpose(
              "Reactions to each account's posts, as decayed sums to which every night" + " adds.")
          .grain("one row per account that posted or received a reaction")
          .writer("score")
          .key(ACCOUNT_KEY)
          .retention("rewritten each night; kept until erased")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              REACTOR_UNITS,
              TIMED_UNITS,
              LATE_UNITS,
              POST_UNITS,
              RECENT_REACTOR_UNITS,
              RECENT_POST_UNITS,
              DAY_UNITS,
              LAST_DAY,
              NIGHT);

  private AccountReactions() {}
}
