package renown.tables;

import java.util.List;

/**
 * Who reacts to whom, decayed fast: additive parts, to be summed by edge. Grain: one row per edge
 * and night (or compaction).
 */
public final class RecentEdges {
  public static final TableColumn SRC_KEY =
      TableColumn.whole("src_key", "Account that pays attention.")
          .holding(PersonalData.KEY)
          .notNegative();

  public static final TableColumn DST_KEY =
      TableColumn.whole("dst_key", "Account that receives it.")
          .holding(PersonalData.KEY)
          .notNegative();

  public static final TableColumn REACTION_UNITS_6_HOURS =
      units(
          "reaction_units_6_hours",
          "Reposts, quotes, replies, mentions and likes of the night",
          "6 hours");

  public static final TableColumn REACTION_UNITS_1_DAY =
      units(
          "reaction_units_1_day",
          "Reposts, quotes, replies, mentions and likes of the night",
          "day");

  public static final TableColumn REACTION_UNITS_4_DAYS =
      units(
          "reaction_units_4_days",
          "Reposts, quotes, replies, mentions and likes of the night",
          "4 days");

  public static final TableColumn REACTION_UNITS_16_DAYS =
      units(
          "reaction_units_16_days",
          "Reposts, quotes, replies, mentions and likes of the night",
          "16 days");

  public static final TableColumn REPLY_UNITS_6_HOURS =
      units("reply_units_6_hours", "Of those, replies", "6 hours");

  public static final TableColumn REPLY_UNITS_1_DAY =
      units("reply_units_1_day", "Of those, replies", "day");

  public static final TableColumn REPLY_UNITS_4_DAYS =
      units("reply_units_4_days", "Of those, replies", "4 days");

  public static final TableColumn REPLY_UNITS_16_DAYS =
      units("reply_units_16_days", "Of those, replies", "16 days");

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** Sums of reactions on the clocks of 6 hours, 1, 4 and 16 days. */
  public static final List<TableColumn> REACTION_UNITS =
      List.of(
          REACTION_UNITS_6_HOURS,
          REACTION_UNITS_1_DAY,
          REACTION_UNITS_4_DAYS,
          REACTION_UNITS_16_DAYS);

  /** The same of replies. */
  public static final List<TableColumn> REPLY_UNITS =
      List.of(REPLY_UNITS_6_HOURS, REPLY_UNITS_1_DAY, REPLY_UNITS_4_DAYS, REPLY_UNITS_16_DAYS);

  private static TableColumn units(String name, String what, String halfLife) {
    return TableColumn.whole(
        name,
        what
            + " in units of 2^-30, each halved once per "
            + halfLife
            + " up to the end of the night; negative where more was taken back.");
  }

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "recent_edges")
          .purpose("Who reacts to whom, with fast decay: parts to be summed by edge.")
          .grain("one row per edge and night on which it changed (or compaction)")
          .writer("score")
          .key(SRC_KEY, DST_KEY, NIGHT)
          .clusteredBy(NIGHT)
          .rules("src_key <> dst_key")
          .retention("compacted as it grows; sums below 1 % of an act are then dropped")
          .columns(
              SRC_KEY,
              DST_KEY,
              REACTION_UNITS_6_HOURS,
              REACTION_UNITS_1_DAY,
              REACTION_UNITS_4_DAYS,
              REACTION_UNITS_16_DAYS,
              REPLY_UNITS_6_HOURS,
              REPLY_UNITS_1_DAY,
              REPLY_UNITS_4_DAYS,
              REPLY_UNITS_16_DAYS,
              NIGHT);

  private RecentEdges() {}
}
