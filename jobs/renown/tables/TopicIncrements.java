package renown.tables;

/**
 * What a night adds to the topics of accounts: their own posts, and the attention that others give.
 * Grain: one row per night, topic, source, destination and verb.
 */
public final class TopicIncrements {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn TOPIC_ID =
      TableColumn.text("topic_id", "Id of the topic, or * for all posts, with or without topics.");
  public static final TableColumn SRC_KEY =
      TableColumn.whole(
              "src_key", "Account that acted; equal to dst_key in rows of posts and in rows of *.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn DST_KEY =
      TableColumn.whole("dst_key", "Account that received the attention.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn VERB =
      TableColumn.text(
              "verb",
              "post, or a verb of interactions; in rows of *: post, reaction, received or"
                  + " vote.")
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
      TableColumn.whole("act_count", "Acts minus undone acts.");
  public static final TableColumn DECAYED_UNITS =
      TableColumn.whole(
          "decayed_units",
          "Sum over the acts of confidence * 2^(days since the landmark /"
              + " topics.half-life-days), in units of 2^-30. The landmark is the latest"
              + " multiple of four half-lives since 1970-01-01 up to the night of the row.");
  public static final TableColumn LATEST_POST_ID =
      TableColumn.text(
              "latest_post_id",
              "The latest post through which it came; null if there is" + " none.")
          .holding(PersonalData.RECORD_ID)
          .orNull();
  public static final TableColumn LATEST_AT =
      TableColumn.instant("latest_at", "Time of the latest act.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("topics", "topic_increments")
          .purpose(
              "Nightly increments to the topics of accounts: their own posts, and the"
                  + " attention that others pay.")
          .grain("one row per night, topic, source, destination and verb")
          .writer("topics")
          .key(NIGHT, TOPIC_ID, SRC_KEY, DST_KEY, VERB)
          .retention("compacted every 32 days; kept until erased")
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
