package renown.tables;

/**
 * Who attends to whom, how often, decayed: additive parts, to be summed by edge and verb. Grain:
 * one row per edge, verb and night (or compaction).
 */
public final class EdgeIncrements {
  public static final Column NETWORK = CommonColumns.NETWORK;
  public static final Column SRC_KEY =
      Column.whole("src_key", "Account that pays attention.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final Column DST_KEY =
      Column.whole("dst_key", "Account that receives it.").holding(PersonalData.KEY).notNegative();
  public static final Column VERB = Column.text("verb", "As in interactions.");
  public static final Column ACT_COUNT = Column.whole("act_count", "Acts done less acts undone.");
  public static final Column DECAYED_UNITS =
      Column.whole(
          "decayed_units",
          "Sum of 2^30 * 2^((happened_at - landmark) / half-life) over those "
              + "acts, each rounded to a whole number: sums are exact in any order.");
  public static final Column NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "edge_increments")
          .purpose(
              "Who attends to whom, how often, decayed: additive parts, to be "
                  + "summed by edge and verb.")
          .grain("one row per edge, verb and night (or compaction)")
          .writer("graph")
          .key(NETWORK, SRC_KEY, DST_KEY, VERB, NIGHT)
          .clusteredBy(NIGHT)
          .rules("src_key <> dst_key")
          .retention("compacted as it grows; kept until erased")
          .columns(NETWORK, SRC_KEY, DST_KEY, VERB, ACT_COUNT, DECAYED_UNITS, NIGHT);

  private EdgeIncrements() {}
}
