package renown.tables;

/**
 * When to post: what an account may expect of the best hours of the week, on its audience's clock
 * and in UTC. Grain: one row per account, topic and hour.
 */
public final class MartPostingHours {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn TOPIC_ID =
      TableColumn.text("topic_id", "Id of the topic, as in mart_topics, or * for all its posts.");
  public static final TableColumn PLACE =
      TableColumn.whole("place", "1 for the hour of the largest expected_gain_share.")
          .between(1, 24);
  public static final TableColumn POST_WEEKDAY =
      TableColumn.whole(
              "post_weekday", "Day of the week on its audience's clock: 1 is Monday, 7 Sunday.")
          .between(1, 7);
  public static final TableColumn POST_HOUR =
      TableColumn.whole(
              "post_hour", "Hour of the day on its audience's clock: 13 is from 13:00 to 13:59.")
          .between(0, 23);
  public static final TableColumn UTC_OFFSET_HOURS =
      TableColumn.whole(
              "utc_offset_hours",
              "Whole hours that its audience's clock is ahead of UTC, summer time included, as the"
                  + " hours show at which those who attend to it are about; in weeks of other"
                  + " clocks the same hour of theirs is another in UTC.")
          .between(-12, 13);
  public static final TableColumn UTC_WEEKDAY =
      TableColumn.whole("utc_weekday", "Day of the week in UTC: 1 is Monday, 7 Sunday.")
          .between(1, 7);
  public static final TableColumn UTC_HOUR =
      TableColumn.whole("utc_hour", "Hour of the day in UTC.").between(0, 23);
  public static final TableColumn EXPECTED_GAIN_SHARE =
      TableColumn.number(
              "expected_gain_share",
              "Expected relative gain in reactions within a day for a post in this hour,"
                  + " compared with the account's current posting hours: 0.2 is a fifth more,"
                  + " -0.2 a fifth fewer.")
          .withRule("expected_gain_share >= -1");
  public static final TableColumn AUDIENCE_RATIO =
      TableColumn.number(
              "audience_ratio",
              "How much more its audience reacts in this hour than the network's would to the"
                  + " same posts, as a multiple of its mean hour; shrunk to 1 if there is"
                  + " little data.")
          .notNegative();
  public static final TableColumn REACTION_SHARE =
      TableColumn.number(
              "reaction_share",
              "Share of the reactions to its posts that come in this hour, decayed.")
          .between(0, 1);
  public static final TableColumn POST_SHARE =
      TableColumn.number("post_share", "Share of its posts written in this hour, decayed.")
          .between(0, 1);
  public static final TableColumn REACTION_COUNT =
      TableColumn.number(
              "decayed_reaction_count", "Reactions that this is based on, over all hours, decayed.")
          .notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_posting_hours")
          .purpose(
              "When to post: the 24 hours of the week of which most reactions can be expected, on"
                  + " the audience's clock and in UTC, for accounts and topics with at least"
                  + " audience.hours-reactions-min reactions.")
          .grain("one row per account, topic and hour")
          .writer("audience")
          .key(ACCOUNT_KEY, TOPIC_ID, PLACE)
          .clusteredBy(NETWORK, TOPIC_ID)
          .retention(
              "one part in seven of the accounts is rewritten each night, others where who is told"
                  + " of has changed")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              TOPIC_ID,
              PLACE,
              POST_WEEKDAY,
              POST_HOUR,
              UTC_OFFSET_HOURS,
              UTC_WEEKDAY,
              UTC_HOUR,
              EXPECTED_GAIN_SHARE,
              AUDIENCE_RATIO,
              REACTION_SHARE,
              POST_SHARE,
              REACTION_COUNT,
              NIGHT);

  private MartPostingHours() {}
}
