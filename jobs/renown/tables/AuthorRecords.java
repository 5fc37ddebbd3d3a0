package renown.tables;

/**
 * How many credible accounts the posts of an author drew within a day, decayed. Grain: one row per
 * author, kind of posts and night on which one was judged; the newest counts.
 */
public final class AuthorRecords {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn KIND =
      TableColumn.text(
              "kind",
              "post, quote or reply; separate, because posts draw more reactions than"
                  + " replies.")
          .oneOf("post", "quote", "reply");

  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;

  public static final TableColumn POST_UNITS =
      TableColumn.whole(
              "post_units",
              "Judged posts, in units of 2^-20, each halved once per 90 days up to the end of the"
                  + " night.")
          .notNegative();

  public static final TableColumn REACTOR_UNITS =
      TableColumn.whole(
              "reactor_units",
              "Credible accounts that reacted within 24 hours, with the same units and decay."
                  + " Each post counts at most three times what one in ten posts of authors"
                  + " with a similar audience draws, and 5.")
          .notNegative();

  public static final TableColumn SQUARE_UNITS =
      TableColumn.whole("square_units", "Squares of these numbers, with the same units and decay.")
          .notNegative();

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "author_records")
          .purpose(
              "How many credible accounts react to an author's posts within a day, decayed. The"
                  + " newest row of an author and kind counts.")
          .grain("one row per author, kind of posts and night on which one was judged")
          .writer("spread")
          .key(NETWORK, KIND, AUTHOR_KEY, NIGHT)
          .retention(
              "the newest row of each counts; the others go once they are half of all; dropped"
                  + " once the author's posts have decayed")
          .columns(NETWORK, KIND, AUTHOR_KEY, POST_UNITS, REACTOR_UNITS, SQUARE_UNITS, NIGHT);

  private AuthorRecords() {}
}
