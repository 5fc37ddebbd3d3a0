package renown.tables;

/**
 * How many credible accounts reacted to each post, decayed. Grain: one row per post that is young
 * or has reactions that have not faded.
 */
public final class PostReactions {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn POST_ID = Posts.POST_ID;

  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;

  public static final TableColumn POSTED_AT =
      TableColumn.instant(
              "posted_at", "When it was posted; null if the post itself was never seen.")
          .orNull();

  public static final TableColumn REACTOR_UNITS =
      TableColumn.whole(
              "reactor_units",
              "Sum of the credibility of the accounts that reacted, each counted once, in units of"
                  + " 2^-30, each halved once per score.half-life-days up to the end of the"
                  + " night.")
          .notNegative();

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "post_reactions")
          .purpose("Number of credible accounts that reacted to each post, decayed.")
          .grain("one row per post that is recent or whose reactions have not decayed")
          .writer("score")
          .key(NETWORK, POST_ID)
          .retention(
              "rewritten each night; kept for a month, longer while its reactors add"
                  + " up to 0.3")
          .columns(NETWORK, POST_ID, AUTHOR_KEY, POSTED_AT, REACTOR_UNITS, NIGHT);

  private PostReactions() {}
}
