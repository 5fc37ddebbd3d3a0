package renown.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * Weighted PageRank of the attention graph. Grain: one row per account that is not excluded and has
 * an edge.
 */
public final class InfluenceRanks {
  public static final Column NETWORK = CommonColumns.NETWORK;
  public static final Column ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final Column RANK_SHARE =
      Column.number("rank_share", "Its part of all rank of the network; sums to 1.").between(0, 1);
  public static final Column REPLICATE_SHARES =
      new Column(
          "replicate_shares",
          DataTypes.createArrayType(DataTypes.DoubleType, false),
          false,
          "The same in each bootstrap replicate: what if a different sample of people had paid"
              + " attention.",
          null);
  public static final Column ACTOR_COUNT =
      Column.whole("actor_count", "Distinct accounts that attend to it.").notNegative();
  public static final Column NIGHT = Column.date("night", "Night of the ranking.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "influence_ranks")
          .purpose("Weighted PageRank of the attention graph.")
          .grain("one row per account that is not excluded and has an edge")
          .writer("influence")
          .key(ACCOUNT_KEY)
          .retention("rewritten each night")
          .columns(NETWORK, ACCOUNT_KEY, RANK_SHARE, REPLICATE_SHARES, ACTOR_COUNT, NIGHT);

  private InfluenceRanks() {}
}
