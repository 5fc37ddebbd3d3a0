package renown.tables;

/**
 * Hashtags that no taxonomy knows, and the topics they come with. Grain: one row per night,
 * network, hashtag and topic.
 */
public final class HashtagIncrements {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn HASHTAG =
      TableColumn.text("hashtag", "Letters and digits, lower case, without accents.")
          .holding(PersonalData.WORDS);
  public static final TableColumn TOPIC_ID =
      TableColumn.text(
          "topic_id", "A topic found by other signals in the same posts, or * for all posts.");
  public static final TableColumn POST_COUNT =
      TableColumn.whole("post_count", "Posts of the night.").withRule("post_count > 0");
  public static final TableColumn AUTHOR_COUNT =
      TableColumn.whole("author_count", "Distinct authors of those posts.")
          .withRule("author_count > 0");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("topics", "hashtag_increments")
          .purpose("Hashtags that are not in the taxonomy, and the topics they occur with.")
          .grain("one row per night, network, hashtag and topic")
          .writer("topics")
          .key(NIGHT, NETWORK, HASHTAG, TOPIC_ID)
          .clusteredBy(NIGHT)
          .columns(NETWORK, HASHTAG, TOPIC_ID, POST_COUNT, AUTHOR_COUNT, NIGHT);

  private HashtagIncrements() {}
}
