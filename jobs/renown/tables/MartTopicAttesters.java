package renown.tables;

/**
 * Who attests an expertise, and through which posts. Grain: one row per account, topic and place.
 */
public final class MartTopicAttesters {
  public static final Column NETWORK =
      Column.text("network", "Name of the network, as in the raw folder and in conf.");
  public static final Column ACCOUNT_KEY =
      Column.whole(
              "account_key",
              "Dense key of the account, given once: network number * 2^40 + index within the network.")
          .notNegative();
  public static final Column TOPIC_ID =
      Column.text("topic_id", "Id of the topic, as in mart_topics.");
  public static final Column PLACE =
      Column.whole("place", "1 for the largest source.").withRule("place > 0");
  public static final Column SOURCE_KEY =
      Column.whole("source_key", "Account that attests.").notNegative();
  public static final Column SOURCE_HANDLE =
      Column.text("source_handle", "Its name; null where the network never said.").orNull();
  public static final Column EARNED_SHARE =
      Column.number(
              "earned_share", "Part of the rank received on the topic that came from this source.")
          .between(0, 1);
  public static final Column ACT_COUNT =
      Column.whole("act_count", "Reactions, mentions and listings behind it.");
  public static final Column LATEST_POST_ID =
      Column.text(
              "latest_post_id",
              "The latest post through which it came; null where it was none, as with lists.")
          .orNull();
  public static final Column NIGHT = Column.date("night", "UTC day whose run wrote the row.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_topic_attesters")
          .purpose("Who attests an expertise, and through which posts.")
          .grain("one row per account, topic and place")
          .writer("topics")
          .key(ACCOUNT_KEY, TOPIC_ID, PLACE)
          .clusteredBy(NETWORK, TOPIC_ID)
          .retention("rewritten each night")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              TOPIC_ID,
              PLACE,
              SOURCE_KEY,
              SOURCE_HANDLE,
              EARNED_SHARE,
              ACT_COUNT,
              LATEST_POST_ID,
              NIGHT);

  private MartTopicAttesters() {}
}
