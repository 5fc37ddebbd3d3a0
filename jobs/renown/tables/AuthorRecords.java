package renown.tables;

/**
 * How many credible accounts the posts of an author drew within a day, decayed. Grain: one row per
 * author and kind of posts that were judged.
 */
public final class AuthorRecords {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn KIND =
      TableColumn.text(
              "kind",
              "post, quote or reply: what an author says to all draws more than its answers, so each has a record of its own.")
          .oneOf("post", "quote", "reply");

  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;

  public static final TableColumn POST_UNITS =
      TableColumn.whole(
              "post_units",
              "Posts that were judged, in units of 2^-20, each halved once per 90 days.")
          .notNegative();

  public static final TableColumn REACTOR_UNITS =
      TableColumn.whole(
              "reactor_units",
              "Credible accounts that reacted to them within 24 hours, each post counting at most three times what one in ten posts of authors with a like audience draws, and 5; likewise.")
          .notNegative();

  public static final TableColumn SQUARE_UNITS =
      TableColumn.whole("square_units", "The squares of these numbers, likewise.").notNegative();

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "author_records")
          .purpose("How many credible accounts the posts of an author drew within a day, decayed.")
          .grain("one row per author and kind of posts that were judged")
          .writer("spread")
          .key(NETWORK, KIND, AUTHOR_KEY)
          .retention("rewritten each night; an author whose posts have faded is forgotten")
          .columns(NETWORK, KIND, AUTHOR_KEY, POST_UNITS, REACTOR_UNITS, SQUARE_UNITS, NIGHT);

  private AuthorRecords() {}
}
