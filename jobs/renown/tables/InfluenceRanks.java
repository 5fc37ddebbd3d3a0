package renown.tables;

/**
 * Weighted PageRank of the attention graph. Grain: one row per account that is not excluded and has
 * an edge.
 */
public final class InfluenceRanks {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn RANK_SHARE =
      TableColumn.number("rank_share", "Share of the network's total rank; sums to 1.")
          .between(0, 1);
  public static final TableColumn ACTOR_COUNT =
      TableColumn.whole("actor_count", "Distinct accounts that attend to it.").notNegative();
  public static final TableColumn NIGHT = TableColumn.date("night", "Night of the ranking.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "influence_ranks")
          .purpose("Weighted PageRank of the attention graph.")
          .grain("one row per account that is not excluded and has an edge")
          .writer("score")
          .key(ACCOUNT_KEY)
          .retention("rewritten each night")
          .columns(NETWORK, ACCOUNT_KEY, RANK_SHARE, ACTOR_COUNT, NIGHT);

  private InfluenceRanks() {}
}
