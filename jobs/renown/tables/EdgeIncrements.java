package renown.tables;

/**
 * Who attends to whom, how often, decayed: additive parts, to be summed by edge and verb. Grain:
 * one row per edge, verb and night (or compaction).
 */
public final class EdgeIncrements {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn SRC_KEY =
      TableColumn.whole("src_key", "Account that pays attention.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn DST_KEY =
      TableColumn.whole("dst_key", "Account that receives it.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn VERB = TableColumn.text("verb", "As in interactions.");
  public static final TableColumn ACT_COUNT =
      TableColumn.whole("act_count", "Acts minus undone acts.");
  public static final TableColumn DECAYED_UNITS =
      TableColumn.whole(
          "decayed_units",
          "Sum of 2^30 * 2^((happened_at - landmark) / half-life) over those acts, each"
              + " rounded to an integer, so that sums are exact in any order.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "edge_increments")
          .purpose("The attention graph: decayed increments, to be summed by edge and verb.")
          .grain("one row per edge, verb and night (or compaction)")
          .writer("score")
          .key(NETWORK, SRC_KEY, DST_KEY, VERB, NIGHT)
          .clusteredBy(NIGHT)
          .rules("src_key <> dst_key")
          .retention("compacted as it grows; kept until erased")
          .columns(NETWORK, SRC_KEY, DST_KEY, VERB, ACT_COUNT, DECAYED_UNITS, NIGHT);

  private EdgeIncrements() {}
}
