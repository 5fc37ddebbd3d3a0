package renown.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * At which hours an account posts and is reacted to, decayed: sums that a night adds to. Grain: one
 * row per account and topic.
 */
public final class AudienceHours {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn TOPIC_ID =
      TableColumn.text("topic_id", "Id of the topic, as in mart_topics, or * for everything.");
  public static final TableColumn POST_UNITS =
      hours(
          "post_units",
          "Its posts by hour of the day, 0 to 23 UTC, in units of 2^-20, each halved once per"
              + " audience.hours-half-life-days up to the end of the night.");
  public static final TableColumn REACTION_UNITS =
      hours(
          "reaction_units",
          "Reposts, quotes, replies and likes of its posts by credible accounts within 24"
              + " hours, by hour of the reaction, less those undone within a week; in the same"
              + " units.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "audience_hours")
          .purpose(
              "Hours at which an account posts and receives reactions, as decayed sums to"
                  + " which every night adds.")
          .grain("one row per account and topic")
          .writer("audience")
          .key(ACCOUNT_KEY, TOPIC_ID)
          .retention("rewritten each night; kept until decayed")
          .columns(NETWORK, ACCOUNT_KEY, TOPIC_ID, POST_UNITS, REACTION_UNITS, NIGHT);

  private AudienceHours() {}

  static TableColumn hours(String name, String comment) {
    return new TableColumn(
        name, DataTypes.createArrayType(DataTypes.LongType, false), false, comment, null);
  }
}
