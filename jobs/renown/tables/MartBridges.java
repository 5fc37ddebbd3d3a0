package renown.tables;

/**
 * Who carried posts from one community into another. Grain: one row per account, pair of
 * communities, topic and night; counts of nights may be added up.
 */
public final class MartBridges {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY =
      TableColumn.whole(
              "account_key",
              "Account that reached a post through another community, and through which"
                  + " others of its own community reached it.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn FROM_COMMUNITY_KEY =
      TableColumn.whole("from_community_key", "Community that the posts came from.")
          .holding(PersonalData.GROUP)
          .notNegative();
  public static final TableColumn TO_COMMUNITY_KEY =
      TableColumn.whole("to_community_key", "Its own community, to which it carried them.")
          .holding(PersonalData.GROUP)
          .notNegative();
  public static final TableColumn TOPIC_ID =
      TableColumn.text(
          "topic_id", "Topic of the posts, as in mart_topics; * for all posts, of any topic.");
  public static final TableColumn POST_COUNT =
      TableColumn.whole("post_count", "Posts with which it reached somebody tonight.")
          .withRule("post_count > 0");
  public static final TableColumn RECIPIENT_COUNT =
      TableColumn.whole(
              "recipient_count",
              "Accounts of its community that reached these posts through it tonight,"
                  + " directly or through others of the community.")
          .withRule("recipient_count > 0");
  public static final TableColumn CREDIBLE_RECIPIENT_SUM =
      TableColumn.number("credible_recipient_sum", "Their total credibility.").notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_bridges")
          .purpose("Bridges: who carried posts from one community into another.")
          .grain("one row per account, pair of communities, topic and night")
          .writer("spread")
          .key(ACCOUNT_KEY, FROM_COMMUNITY_KEY, TO_COMMUNITY_KEY, TOPIC_ID, NIGHT)
          .clusteredBy(NIGHT, NETWORK)
          .rules("from_community_key <> to_community_key")
          .retention("kept")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              FROM_COMMUNITY_KEY,
              TO_COMMUNITY_KEY,
              TOPIC_ID,
              POST_COUNT,
              RECIPIENT_COUNT,
              CREDIBLE_RECIPIENT_SUM,
              NIGHT);

  private MartBridges() {}
}
