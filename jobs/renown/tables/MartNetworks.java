package renown.tables;

/** The networks there are, and what is known of each. Grain: one row per network. */
public final class MartNetworks {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn FIRST_NIGHT =
      TableColumn.date("first_night", "First night with loaded files.");
  public static final TableColumn LAST_NIGHT =
      TableColumn.date("last_night", "Last night with loaded files.");
  public static final TableColumn NIGHT_COUNT =
      TableColumn.whole("night_count", "Nights with loaded files.").withRule("night_count > 0");
  public static final TableColumn LINE_COUNT =
      TableColumn.whole("line_count", "Lines read on all nights.").notNegative();
  public static final TableColumn REJECTED_COUNT =
      TableColumn.whole("rejected_count", "Of those, rejected lines.").notNegative();
  public static final TableColumn POST_COUNT =
      TableColumn.whole("post_count", "Posts loaded on all nights, deleted ones included.")
          .notNegative();
  public static final TableColumn ACT_COUNT =
      TableColumn.whole(
              "act_count",
              "Reposts, quotes, replies, mentions, likes, follows and list entries loaded on"
                  + " all nights, undone ones included.")
          .notNegative();
  public static final TableColumn HAS_FOLLOWS =
      TableColumn.flag(
          "has_follows",
          "Whether its dumps have follows. If not, followers are known at most as a number"
              + " that the network states.");
  public static final TableColumn HAS_LIKES =
      TableColumn.flag("has_likes", "Whether its dumps have likes.");
  public static final TableColumn ACCOUNT_COUNT =
      TableColumn.whole("account_count", "Accounts in mart_account_scores_latest.").notNegative();
  public static final TableColumn SCORED_COUNT =
      TableColumn.whole("scored_count", "Of those, accounts with a score.").notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_networks")
          .purpose("Networks and the data available for each.")
          .grain("one row per network")
          .writer("marts")
          .key(NETWORK)
          .rules(
              "first_night <= last_night",
              "last_night <= night",
              "rejected_count <= line_count",
              "scored_count <= account_count")
          .retention("rewritten each night")
          .columns(
              NETWORK,
              FIRST_NIGHT,
              LAST_NIGHT,
              NIGHT_COUNT,
              LINE_COUNT,
              REJECTED_COUNT,
              POST_COUNT,
              ACT_COUNT,
              HAS_FOLLOWS,
              HAS_LIKES,
              ACCOUNT_COUNT,
              SCORED_COUNT,
              NIGHT);

  private MartNetworks() {}
}
