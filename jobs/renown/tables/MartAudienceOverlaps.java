package renown.tables;

/**
 * How far the leaders of a topic reach the same accounts. Grain: one row per topic and ordered pair
 * of leaders of a network.
 */
public final class MartAudienceOverlaps {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn TOPIC_ID =
      TableColumn.text("topic_id", "Id of the topic, as in mart_topics.");
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn OTHER_KEY =
      TableColumn.whole("other_key", "The other account.").holding(PersonalData.KEY).notNegative();
  public static final TableColumn REACHED_COUNT =
      TableColumn.whole(
              "reached_count", "As in mart_audience_sketches, for account_key on the topic.")
          .withRule("reached_count > 0");
  public static final TableColumn SHARED_COUNT =
      TableColumn.whole(
              "shared_count",
              "Distinct credible accounts that both reach on the topic; exact if both"
                  + " reached_count are, else estimated from the sketches.")
          .notNegative();
  public static final TableColumn SHARED_SHARE =
      TableColumn.number("shared_share", "shared_count / reached_count, at most 1.").between(0, 1);
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_audience_overlaps")
          .purpose(
              "Audience overlap of a topic's leaders: the first audience.overlap-leaders of"
                  + " each network, pairwise.")
          .grain("one row per topic and ordered pair of leaders of a network")
          .writer("audience")
          .key(TOPIC_ID, ACCOUNT_KEY, OTHER_KEY)
          .clusteredBy(NETWORK, TOPIC_ID)
          .rules("account_key <> other_key")
          .retention("rewritten each night")
          .columns(
              NETWORK,
              TOPIC_ID,
              ACCOUNT_KEY,
              OTHER_KEY,
              REACHED_COUNT,
              SHARED_COUNT,
              SHARED_SHARE,
              NIGHT);

  private MartAudienceOverlaps() {}
}
