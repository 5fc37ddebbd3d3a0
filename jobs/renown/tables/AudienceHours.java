package renown.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * At which hours of the week an account posts and is reacted to, on its audience's clock, decayed:
 * sums that a night adds to. Grain: one row per account, topic and night on which it changed; the
 * newest counts.
 */
public final class AudienceHours {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn TOPIC_ID =
      TableColumn.text("topic_id", "Id of the topic, as in mart_topics, or * for everything.");
  public static final TableColumn POST_HOURS =
      hours(
          "post_hours",
          "Hours of the week at which it posted, on the clock of its audience: 0 is Monday 0:00,"
              + " 167 Sunday 23:00.");
  public static final TableColumn POST_UNITS =
      hours(
          "post_units",
          "Its posts in each of post_hours, in units of 2^-20, each halved once per"
              + " audience.hours-half-life-days up to the end of the night.");
  public static final TableColumn REACTION_HOURS =
      hours("reaction_hours", "Hours of the week at which it was reacted to, as post_hours.");
  public static final TableColumn REACTION_UNITS =
      hours(
          "reaction_units",
          "Reposts, quotes, replies and likes of its posts by credible accounts within 24"
              + " hours, by hour of the reaction, less those undone within a week; in the same"
              + " units.");
  public static final TableColumn BASE_OFFSET_HOURS =
      TableColumn.whole(
              "base_offset_hours",
              "Whole hours that its audience's clock is ahead of UTC, as activity shows, but for"
                  + " clock_change_hours.")
          .between(-11, 12);
  public static final TableColumn CLOCK_CHANGE_HOURS =
      TableColumn.whole(
              "clock_change_hours",
              "Hours that the clocks of its language and offset have been put forward since they"
                  + " are known: 1 or 0 in summer, 0 or -1 in winter.")
          .between(-1, 1);
  public static final TableColumn ACTIVE_UNITS =
      hours(
          "active_units",
          "In rows of *: when those who attend to it are about, by hour of the day, UTC plus"
              + " clock_change_hours, decayed as the others; empty in rows of topics.");
  public static final TableColumn RECENT_UNITS =
      hours(
          "recent_units",
          "In rows of *: the same of the last days, half-life two days, by hour of the day,"
              + " UTC; empty in rows of topics.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "audience_hours")
          .purpose(
              "Hours of the week at which an account posts and receives reactions, as decayed sums"
                  + " to which every night adds, and the clock of its audience. The newest row of"
                  + " an account and topic counts.")
          .grain("one row per account, topic and night on which it changed")
          .writer("audience")
          .key(ACCOUNT_KEY, TOPIC_ID, NIGHT)
          .retention(
              "the newest row of each counts; the others go once they are half of all; kept until"
                  + " decayed")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              TOPIC_ID,
              POST_HOURS,
              POST_UNITS,
              REACTION_HOURS,
              REACTION_UNITS,
              BASE_OFFSET_HOURS,
              CLOCK_CHANGE_HOURS,
              ACTIVE_UNITS,
              RECENT_UNITS,
              NIGHT);

  private AudienceHours() {}

  static TableColumn hours(String name, String comment) {
    return new TableColumn(
        name, DataTypes.createArrayType(DataTypes.LongType, false), false, comment, null);
  }
}
