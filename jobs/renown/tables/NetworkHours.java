package renown.tables;

/**
 * When a network reacts to posts of an hour, decayed: sums that a night adds to. Grain: one row per
 * network and hour of the week in which posts are written.
 */
public final class NetworkHours {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn POST_HOUR =
      TableColumn.whole(
              "post_hour",
              "Hour of the week of the posts, on the clocks of their authors' audiences: 0 is"
                  + " Monday 0:00.")
          .between(0, 167);
  public static final TableColumn POST_UNITS =
      TableColumn.whole("post_units", "Posts in that hour, as post_units of audience_hours.")
          .notNegative();
  public static final TableColumn REACTION_UNITS =
      AudienceHours.hours(
          "reaction_units",
          "Reactions to them by whole hours from that of the post to that of the reaction, 0 to 23;"
              + " in the same units.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "network_hours")
          .purpose(
              "When a network reacts to the posts of each hour, as decayed sums to which"
                  + " every night adds.")
          .grain("one row per network and hour of the week with posts")
          .writer("audience")
          .key(NETWORK, POST_HOUR)
          .retention("rewritten each night")
          .columns(NETWORK, POST_HOUR, POST_UNITS, REACTION_UNITS, NIGHT);

  private NetworkHours() {}
}
