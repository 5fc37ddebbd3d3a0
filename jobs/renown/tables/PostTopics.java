package renown.tables;

/** What posts are about. Grain: one row per post and topic. */
public final class PostTopics {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn POST_ID = Posts.POST_ID;
  public static final TableColumn RECORD_DATE = TableColumn.date("record_date", "As in posts.");
  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;
  public static final TableColumn TOPIC_ID =
      TableColumn.text(
          "topic_id",
          "Id of the topic, as in mart_topics; * in the one row that every post" + " has.");
  public static final TableColumn CONFIDENCE =
      TableColumn.number("confidence", "Confidence, above 0 to 1.")
          .withRule("confidence > 0 AND confidence <= 1");
  public static final TableColumn BASIS =
      TableColumn.text(
              "basis",
              "First signal of the topic: term, hashtag, site, co-occurrence (a hashtag that occurs"
                  + " with the topic, or words of topic_words), thread (inherited from the post it"
                  + " answers or quotes), child (a matched topic is below it), or seen in rows of"
                  + " *.")
          .oneOf("seen", "term", "hashtag", "site", "co-occurrence", "thread", "child");
  public static final TableColumn HAPPENED_AT = TableColumn.instant("happened_at", "As in posts.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /**
   * What a night looks a post up by. It grows with time where ids do, so that the posts of a few
   * days lie in a few row groups: of others no night has to look at the ids.
   */
  public static final TableColumn POST_PRINT_LOW =
      TableColumn.whole(
              "post_print_low",
              "Lower half of the fingerprint of post_id: the number that it ends with, or a part"
                  + " of its hash where it ends with none; null in rows of an earlier version.")
          .holding(PersonalData.HASH)
          .orNull();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("topics", "post_topics")
          .purpose("The topics of posts.")
          .grain("one row per post and topic")
          .writer("topics")
          .key(NETWORK, POST_ID, TOPIC_ID)
          .clusteredBy(NIGHT)
          .changesInPlace()
          .retention("kept until deleted or erased")
          .columns(
              NETWORK,
              POST_ID,
              RECORD_DATE,
              AUTHOR_KEY,
              TOPIC_ID,
              CONFIDENCE,
              BASIS,
              HAPPENED_AT,
              NIGHT,
              POST_PRINT_LOW);

  private PostTopics() {}
}
