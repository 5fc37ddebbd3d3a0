package renown.tables;

/**
 * How many credible accounts reacted to each post, decayed: additive parts, to be summed by post.
 * Grain: one row per post and night (or compaction).
 */
public final class PostReactions {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn POST_ID = Posts.POST_ID;

  public static final TableColumn POST_PRINT_HIGH =
      TableColumn.whole(
              "post_print_high",
              "Upper half of the post's fingerprint, a hash of 128 bits of its network and id.")
          .holding(PersonalData.HASH);

  public static final TableColumn POST_PRINT_LOW =
      TableColumn.whole("post_print_low", "Lower half of the post's fingerprint.")
          .holding(PersonalData.HASH);

  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;

  public static final TableColumn POSTED_AT =
      TableColumn.instant(
              "posted_at", "When it was posted; null if the post itself was never seen.")
          .orNull();

  public static final TableColumn REACTOR_UNITS =
      TableColumn.whole(
          "reactor_units",
          "Sum of the credibility of the accounts that began to count on the night, each counted"
              + " once, less those that stopped, in units of 2^-30, each halved once per"
              + " score.half-life-days up to the end of the night.");

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "post_reactions")
          .purpose("Number of credible accounts that reacted to each post, decayed.")
          .grain("one row per post and night on which it changed (or compaction)")
          .writer("score")
          .key(NETWORK, POST_ID, NIGHT)
          .clusteredBy(NIGHT)
          .retention(
              "compacted as it grows; a post is kept for a month, longer while its reactors add"
                  + " up to 0.3")
          .columns(
              NETWORK,
              POST_ID,
              POST_PRINT_HIGH,
              POST_PRINT_LOW,
              AUTHOR_KEY,
              POSTED_AT,
              REACTOR_UNITS,
              NIGHT);

  private PostReactions() {}
}
