package renown.tables;

/**
 * Posts that went far beyond what their author's record predicts. Grain: one row per post, on the
 * night on which it had been out for 24 hours.
 */
public final class MartBreakouts {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn POST_ID = Posts.POST_ID;

  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;

  public static final TableColumn AUTHOR_HANDLE =
      TableColumn.text("author_handle", "Handle; null if unknown.")
          .holding(PersonalData.NAME)
          .orNull();

  public static final TableColumn POSTED_AT =
      TableColumn.instant("posted_at", "When it was posted.");

  public static final TableColumn PLACE =
      TableColumn.whole("place", "1 for the least likely of the network on this night.")
          .withRule("place > 0");

  public static final TableColumn EXPECTED_COUNT =
      TableColumn.number(
              "expected_count",
              "Expected number of credible accounts within 24 hours: the mean of the author's"
                  + " posts of this kind (posts, quotes and replies are separate), shrunk to"
                  + " the mean of authors with a similar audience (or as many followers, if the"
                  + " network states more); the fewer posts, the stronger.")
          .notNegative();

  public static final TableColumn OBSERVED_COUNT =
      TableColumn.whole(
              "observed_count",
              "Distinct accounts that reacted within 24 hours, weighted by credibility,"
                  + " rounded.")
          .withRule("observed_count > 0");

  public static final TableColumn TAIL_PROBABILITY =
      TableColumn.number(
              "tail_probability",
              "Probability of at least as many for a post like the author's others: a"
                  + " negative binomial distribution fitted to the network's authors.")
          .between(0, 1);

  public static final TableColumn ADJUSTED_PROBABILITY =
      TableColumn.number(
              "adjusted_probability",
              "The same, adjusted for the number of posts tested (Benjamini and Hochberg"
                  + " 1995): the expected share of false positives among all posts listed with"
                  + " this value or less.")
          .between(0, 1);

  public static final TableColumn JUDGED_COUNT =
      TableColumn.whole("judged_count", "Posts of the network tested on this night.")
          .withRule("judged_count > 0");

  public static final TableColumn AUTHOR_POST_COUNT =
      TableColumn.number(
              "author_post_count",
              "The author's other posts of this kind in its record," + " decayed.")
          .notNegative();

  public static final TableColumn AUDIENCE_COUNT =
      TableColumn.whole(
              "audience_count",
              "Accounts that attend to the author, without those that this post brought.")
          .notNegative();

  public static final TableColumn AUTHOR_SCORE = MartPostSpread.AUTHOR_SCORE;

  public static final TableColumn TOPIC_ID =
      TableColumn.text(
              "topic_id",
              "Its topic with the highest confidence, as in mart_topics;" + " null if none.")
          .orNull();

  public static final TableColumn LANGUAGE =
      TableColumn.text("language", "BCP 47 as stated by the network; null if unknown.").orNull();

  public static final TableColumn FIRST_HOUR_ACTOR_COUNT =
      TableColumn.whole(
              "first_hour_actor_count", "Distinct accounts that reacted within the first hour.")
          .notNegative();

  public static final TableColumn FIRST_HOUR_SHARER_COUNT =
      TableColumn.whole(
              "first_hour_sharer_count",
              "Of those, distinct accounts that reposted or" + " quoted.")
          .notNegative();

  public static final TableColumn FIRST_HOUR_BEYOND_COUNT =
      TableColumn.whole(
              "first_hour_beyond_count",
              "Of those that reacted, accounts outside the author's audience.")
          .notNegative();

  public static final TableColumn FIRST_HOUR_COMMUNITY_COUNT =
      TableColumn.whole("first_hour_community_count", "Distinct communities they belong to.")
          .notNegative();

  public static final TableColumn FIRST_HOUR_DEPTH =
      TableColumn.whole("first_hour_depth", "Longest chain from the author to one of them.")
          .notNegative();

  public static final TableColumn DEPTH = MartPostSpread.DEPTH;

  public static final TableColumn STRUCTURAL_VIRALITY = MartPostSpread.STRUCTURAL_VIRALITY;

  public static final TableColumn COMMUNITY_COUNT = MartPostSpread.COMMUNITY_COUNT;

  public static final TableColumn BEYOND_AUDIENCE_SHARE = MartPostSpread.BEYOND_AUDIENCE_SHARE;

  public static final TableColumn WAS_WARNED =
      TableColumn.flag(
          "was_warned", "Whether it was in mart_early_warnings on the previous night.");

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_breakouts")
          .purpose("Posts that spread far beyond what their author's record predicts.")
          .grain("one row per post, on the night by which it had been out for 24 hours")
          .writer("spread")
          .key(NETWORK, POST_ID)
          .clusteredBy(NIGHT, NETWORK)
          .rules("expected_count < observed_count")
          .retention("kept")
          .columns(
              NETWORK,
              POST_ID,
              AUTHOR_KEY,
              AUTHOR_HANDLE,
              POSTED_AT,
              PLACE,
              EXPECTED_COUNT,
              OBSERVED_COUNT,
              TAIL_PROBABILITY,
              ADJUSTED_PROBABILITY,
              JUDGED_COUNT,
              AUTHOR_POST_COUNT,
              AUDIENCE_COUNT,
              AUTHOR_SCORE,
              TOPIC_ID,
              LANGUAGE,
              FIRST_HOUR_ACTOR_COUNT,
              FIRST_HOUR_SHARER_COUNT,
              FIRST_HOUR_BEYOND_COUNT,
              FIRST_HOUR_COMMUNITY_COUNT,
              FIRST_HOUR_DEPTH,
              DEPTH,
              STRUCTURAL_VIRALITY,
              COMMUNITY_COUNT,
              BEYOND_AUDIENCE_SHARE,
              WAS_WARNED,
              NIGHT);

  private MartBreakouts() {}
}
