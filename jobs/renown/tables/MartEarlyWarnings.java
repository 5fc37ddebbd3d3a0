package renown.tables;

/**
 * Posts of the last hours that are on course to break out. Grain: one row per post, on the night on
 * which it was between 1 and 24 hours old.
 */
public final class MartEarlyWarnings {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn POST_ID = Posts.POST_ID;

  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;

  public static final TableColumn POSTED_AT =
      TableColumn.instant("posted_at", "When it was posted.");

  public static final TableColumn PLACE =
      TableColumn.whole("place", "1 for the least likely of the network on this night.")
          .withRule("place > 0");

  public static final TableColumn AGE_HOURS =
      TableColumn.whole("age_hours", "Age in whole hours at the end of the night.").between(1, 24);

  public static final TableColumn EXPECTED_COUNT =
      TableColumn.number(
              "expected_count",
              "Expected number of credible accounts in these hours: what mart_breakouts"
                  + " expects in 24 hours, times the share that the network's posts receive in"
                  + " this many hours.")
          .notNegative();

  public static final TableColumn OBSERVED_COUNT =
      TableColumn.whole(
              "observed_count",
              "Distinct accounts that reacted in these hours, weighted by credibility,"
                  + " rounded.")
          .withRule("observed_count > 0");

  public static final TableColumn TAIL_PROBABILITY = MartBreakouts.TAIL_PROBABILITY;

  public static final TableColumn ADJUSTED_PROBABILITY = MartBreakouts.ADJUSTED_PROBABILITY;

  public static final TableColumn WATCHED_COUNT =
      TableColumn.whole("watched_count", "Posts of the network of this age on this night.")
          .withRule("watched_count > 0");

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_early_warnings")
          .purpose("Recent posts that are on course to break out.")
          .grain(
              "one row per post, on the night at whose end it was between 1 and 24 hours" + " old")
          .writer("spread")
          .key(NETWORK, POST_ID)
          .clusteredBy(NIGHT, NETWORK)
          .rules("expected_count < observed_count")
          .retention("kept")
          .columns(
              NETWORK,
              POST_ID,
              AUTHOR_KEY,
              POSTED_AT,
              PLACE,
              AGE_HOURS,
              EXPECTED_COUNT,
              OBSERVED_COUNT,
              TAIL_PROBABILITY,
              ADJUSTED_PROBABILITY,
              WATCHED_COUNT,
              NIGHT);

  private MartEarlyWarnings() {}
}
