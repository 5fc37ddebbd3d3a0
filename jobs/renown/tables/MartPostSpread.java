package renown.tables;

/**
 * How far posts went, and along which paths. Grain: one row per post and night on which something
 * was done to it.
 */
public final class MartPostSpread {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn POST_ID = Posts.POST_ID;
  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;
  public static final TableColumn POSTED_AT =
      TableColumn.instant(
              "posted_at",
              "When it was posted; null if the post was not seen in the month before it was"
                  + " reacted to.")
          .orNull();
  public static final TableColumn REPOST_COUNT =
      TableColumn.whole(
              "repost_count",
              "Reposts by accounts other than the author, up to the end of" + " the night.")
          .notNegative();
  public static final TableColumn QUOTE_COUNT =
      TableColumn.whole("quote_count", "Quotes, likewise.").notNegative();
  public static final TableColumn REPLY_COUNT =
      TableColumn.whole(
              "reply_count",
              "Replies by others to it and in its thread, up to the end of the night.")
          .notNegative();
  public static final TableColumn LIKE_COUNT =
      TableColumn.whole("like_count", "Likes, likewise.").notNegative();
  public static final TableColumn ACTOR_COUNT =
      TableColumn.whole("actor_count", "Distinct accounts that did any of these.")
          .withRule("actor_count > 0");
  public static final TableColumn CREDIBLE_ACTOR_SUM =
      TableColumn.number("credible_actor_sum", "Their total credibility.").notNegative();
  public static final TableColumn EXPOSURE_LOW =
      TableColumn.number(
              "exposure_low",
              "Lower bound of the distinct credible accounts that could see it: those that"
                  + " reacted, and the known followers of the author and of its sharers, each"
                  + " counted once, weighted by credibility; in networks of more than 100,000"
                  + " accounts estimated from a sample, as the lower bound of a 90 % interval.")
          .notNegative();
  public static final TableColumn EXPOSURE_HIGH =
      TableColumn.number(
              "exposure_high",
              "Upper bound of the accounts that could see it: the followers of the author and"
                  + " of its sharers, as stated by the network or known, whichever is more, as"
                  + " if no account followed two of them; null if unknown for any of them.")
          .orNull();
  public static final TableColumn DEPTH =
      TableColumn.whole(
              "depth",
              "Depth of the cascade: steps from the author to the account at the end of the"
                  + " longest chain; 1 if all came from the author.")
          .withRule("depth > 0");
  public static final TableColumn BREADTH =
      TableColumn.whole(
              "breadth",
              "Breadth of the cascade: most accounts at the same" + " distance from the author.")
          .withRule("breadth > 0");
  public static final TableColumn STRUCTURAL_VIRALITY =
      TableColumn.number(
              "structural_virality",
              "Structural virality: mean distance between all pairs of accounts in the"
                  + " cascade tree, the author included (Goel and others 2016); 1 to 2 for a"
                  + " broadcast, more for chains.")
          .withRule("structural_virality >= 1");
  public static final TableColumn RECORDED_SHARE =
      TableColumn.number(
              "recorded_share",
              "Share of the accounts whose parent the network records; the others' place in"
                  + " the tree is inferred.")
          .between(0, 1);
  public static final TableColumn CONFIDENCE_SHARE =
      TableColumn.number(
              "confidence_share",
              "Confidence in the tree: the mean over accounts of 1 if recorded, else of one"
                  + " over the number of accounts it may have come from.")
          .between(0, 1);
  public static final TableColumn HOURS_TO_HALF =
      TableColumn.number(
              "hours_to_half",
              "Hours until half of the accounts had reacted; null without posted_at.")
          .orNull()
          .notNegative();
  public static final TableColumn DAYS_ALIVE =
      TableColumn.number(
              "days_alive", "Days from the post to the last reaction; null without posted_at.")
          .orNull()
          .notNegative();
  public static final TableColumn BEYOND_AUDIENCE_SHARE =
      TableColumn.number(
              "beyond_audience_share",
              "Share of the accounts that neither followed the author nor had reacted to"
                  + " another of its posts.")
          .between(0, 1);
  public static final TableColumn COMMUNITY_COUNT =
      TableColumn.whole("community_count", "Distinct communities of the accounts.").notNegative();
  public static final TableColumn AUTHOR_SCORE =
      TableColumn.number("author_score", "The author's score on this night; null if it has none.")
          .orNull()
          .between(0, 100);
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_post_spread")
          .purpose("How far posts spread, and along which paths.")
          .grain("one row per post and night with activity on it")
          .writer("spread")
          .key(NETWORK, POST_ID, NIGHT)
          .clusteredBy(NIGHT, NETWORK)
          .rules("exposure_low <= exposure_high")
          .retention("kept")
          .columns(
              NETWORK,
              POST_ID,
              AUTHOR_KEY,
              POSTED_AT,
              REPOST_COUNT,
              QUOTE_COUNT,
              REPLY_COUNT,
              LIKE_COUNT,
              ACTOR_COUNT,
              CREDIBLE_ACTOR_SUM,
              EXPOSURE_LOW,
              EXPOSURE_HIGH,
              DEPTH,
              BREADTH,
              STRUCTURAL_VIRALITY,
              RECORDED_SHARE,
              CONFIDENCE_SHARE,
              HOURS_TO_HALF,
              DAYS_ALIVE,
              BEYOND_AUDIENCE_SHARE,
              COMMUNITY_COUNT,
              AUTHOR_SCORE,
              NIGHT);

  private MartPostSpread() {}
}
