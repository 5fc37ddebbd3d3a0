package renown.tables;

/**
 * What posts are about that were never seen themselves, by those who answered or quoted them.
 * Grain: one row per post and topic.
 */
public final class CitedPosts {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn POST_ID =
      TableColumn.text(
              "post_id",
              "A post that was answered or quoted, but is in no file, such as an old one.")
          .holding(PersonalData.RECORD_ID);

  public static final TableColumn TOPIC_ID =
      TableColumn.text(
          "topic_id",
          "Id of the topic, as in mart_topics; * in the one row that each post" + " has.");

  public static final TableColumn CONFIDENCE =
      TableColumn.number(
              "confidence",
              "Confidence: 0.8 times the mean, over the accounts that answered or quoted it"
                  + " with a post about any topic, of the confidence that theirs was about this"
                  + " one.")
          .withRule("confidence > 0 AND confidence <= 1");

  public static final TableColumn SINCE_AT =
      TableColumn.instant(
          "since_at",
          "Acts from here on count by it: the end of the night published before the deciding"
              + " one, so that acts undone later were counted.");

  public static final TableColumn NIGHT =
      TableColumn.date("night", "Night of the decision, which is final.");

  public static final TableColumn POST_PRINT_LOW = PostTopics.POST_PRINT_LOW;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("topics", "cited_posts")
          .purpose(
              "Topics of posts that were never seen, inferred from those who answered or"
                  + " quoted them.")
          .grain("one row per post, topic and deciding night")
          .writer("topics")
          .key(NETWORK, POST_ID, TOPIC_ID, NIGHT)
          .clusteredBy(NIGHT)
          .retention("kept; read for topics.reaction-days")
          .columns(NETWORK, POST_ID, TOPIC_ID, CONFIDENCE, SINCE_AT, NIGHT, POST_PRINT_LOW);

  private CitedPosts() {}
}
