package renown.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * Who reacts to whom, decayed fast: sums that a night adds to. Grain: one row per edge with a
 * reaction that has not faded.
 */
public final class RecentEdges {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn SRC_KEY =
      TableColumn.whole("src_key", "Account that pays attention.")
          .holding(PersonalData.KEY)
          .notNegative();

  public static final TableColumn DST_KEY =
      TableColumn.whole("dst_key", "Account that receives it.")
          .holding(PersonalData.KEY)
          .notNegative();

  public static final TableColumn REACTION_UNITS =
      new TableColumn(
          "reaction_units",
          DataTypes.createArrayType(DataTypes.LongType, false),
          false,
          "Reposts, quotes, replies, mentions and likes in units of 2^-30, each halved once"
              + " per 6 hours, 1, 4 and 16 days up to the end of the night: four sums.",
          null);

  public static final TableColumn REPLY_UNITS =
      new TableColumn(
          "reply_units",
          DataTypes.createArrayType(DataTypes.LongType, false),
          false,
          "Of those, replies, with the same units and decay.",
          null);

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "recent_edges")
          .purpose("Who reacts to whom, with fast decay, as sums to which every night adds.")
          .grain("one row per edge with a reaction that has not decayed")
          .writer("score")
          .key(NETWORK, SRC_KEY, DST_KEY)
          .rules("src_key <> dst_key")
          .retention("rewritten each night; sums below 1 % of an act are dropped")
          .columns(NETWORK, SRC_KEY, DST_KEY, REACTION_UNITS, REPLY_UNITS, NIGHT);

  private RecentEdges() {}
}
