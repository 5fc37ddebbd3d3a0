package renown.tables;

/**
 * Who attests an expertise, and through which posts. Grain: one row per account, topic and place.
 */
public final class MartTopicAttesters {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn TOPIC_ID = MartTopicScores.TOPIC_ID;
  public static final TableColumn PLACE = TopSources.PLACE;
  public static final TableColumn SOURCE_KEY =
      TableColumn.whole("source_key", "Account that attests.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn SOURCE_HANDLE =
      TableColumn.text("source_handle", "Handle; null if unknown.")
          .holding(PersonalData.NAME)
          .orNull();
  public static final TableColumn EARNED_SHARE =
      TableColumn.number(
              "earned_share",
              "Share of the rank received on the topic that comes from this" + " source.")
          .between(0, 1);
  public static final TableColumn ACT_COUNT =
      TableColumn.whole("act_count", "Reactions, mentions and listings behind it.");
  public static final TableColumn LATEST_POST_ID =
      TableColumn.text(
              "latest_post_id",
              "The latest post through which it came; null if there is none, as with lists.")
          .holding(PersonalData.RECORD_ID)
          .orNull();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

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
