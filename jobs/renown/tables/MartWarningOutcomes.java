package renown.tables;

/**
 * How the warnings of the night before turned out. Grain: one row per network and night with a
 * warning on the night before or a breakout that could have been warned of.
 */
public final class MartWarningOutcomes {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn WARNED_COUNT =
      TableColumn.whole("warned_count", "Posts with an early warning on the previous night.")
          .notNegative();

  public static final TableColumn BREAKOUT_COUNT =
      TableColumn.whole(
              "breakout_count",
              "Posts that broke out by this night and were between 1 and 24 hours old at the"
                  + " end of the previous night.")
          .notNegative();

  public static final TableColumn CONFIRMED_COUNT =
      TableColumn.whole("confirmed_count", "Posts in both groups.").notNegative();

  public static final TableColumn PRECISION =
      TableColumn.number(
              "precision",
              "Precision: share of the warnings followed by a breakout; null without"
                  + " warnings.")
          .orNull()
          .between(0, 1);

  public static final TableColumn RECALL =
      TableColumn.number(
              "recall",
              "Recall: share of the breakouts with a warning; null without" + " breakouts.")
          .orNull()
          .between(0, 1);

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_warning_outcomes")
          .purpose("Outcomes of the previous night's early warnings.")
          .grain(
              "one row per network and night with a warning on the previous night or a"
                  + " breakout that could have been warned of")
          .writer("spread")
          .key(NETWORK, NIGHT)
          .rules("confirmed_count <= warned_count", "confirmed_count <= breakout_count")
          .retention("kept")
          .columns(
              NETWORK, WARNED_COUNT, BREAKOUT_COUNT, CONFIRMED_COUNT, PRECISION, RECALL, NIGHT);

  private MartWarningOutcomes() {}
}
