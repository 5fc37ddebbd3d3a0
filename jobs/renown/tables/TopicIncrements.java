package renown.tables;

/**
 * What a night adds to the topics of accounts: their own posts, and the attention that others give.
 * Grain: one row per night, topic, source, destination and verb.
 */
public final class TopicIncrements {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn TOPIC_ID =
      TableColumn.text(
          "topic_id", "Id of the topic, or * for everything that was seen, topics or none.");
  public static final TableColumn SRC_KEY =
      TableColumn.whole(
              "src_key",
              "Account that acted; the same as dst_key in rows of posts and of everything.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn DST_KEY =
      TableColumn.whole("dst_key", "Account that was attended to.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn VERB =
      TableColumn.text(
              "verb",
              "post, or a verb of interactions; in rows of everything post, reaction, received or vote.")
          .oneOf(
              "post",
              "repost",
              "quote",
              "reply",
              "mention",
              "like",
              "list",
              "vote",
              "reaction",
              "received");
  public static final TableColumn ACT_COUNT =
      TableColumn.whole("act_count", "Acts, less those undone.");
  public static final TableColumn DECAYED_UNITS =
      TableColumn.whole(
          "decayed_units",
          "Sum over the acts of confidence * 2^(days since the landmark / topics.half-life-days), in units of 2^-30. The landmark is the latest multiple of four half-lives since 1970-01-01 up to the night of the row.");
  public static final TableColumn LATEST_POST_ID =
      TableColumn.text(
              "latest_post_id", "The latest post through which it came; null where it was none.")
          .holding(PersonalData.ID)
          .orNull();
  public static final TableColumn LATEST_AT =
      TableColumn.instant("latest_at", "When the latest of the acts happened.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("topics", "topic_increments")
          .purpose(
              "What a night adds to the topics of accounts: their own posts, and the attention that others give.")
          .grain("one row per night, topic, source, destination and verb")
          .writer("topics")
          .key(NIGHT, TOPIC_ID, SRC_KEY, DST_KEY, VERB)
          .retention("summed up every 32 days; kept until erased")
          .columns(
              NETWORK,
              TOPIC_ID,
              SRC_KEY,
              DST_KEY,
              VERB,
              ACT_COUNT,
              DECAYED_UNITS,
              LATEST_POST_ID,
              LATEST_AT,
              NIGHT);

  private TopicIncrements() {}
}
