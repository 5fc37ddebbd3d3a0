package renown.tables;

/**
 * The scale of scores: from earned attention to points. Grain: one row per network, measure and
 * step of the reference in use.
 */
public final class MartReferencePopulations {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn MEASURE = ScoreModels.MEASURE;

  public static final TableColumn REFERENCE_VERSION =
      TableColumn.whole("reference_version", "As in mart_account_scores.");

  public static final TableColumn STEP = TableColumn.whole("step", "A non-empty step.");

  public static final TableColumn STEP_START =
      TableColumn.number("step_start", "Earned attention at its start, 2^(step/64).")
          .withRule("step_start > 0");

  public static final TableColumn SHARE =
      TableColumn.number("share", "Share of the population that earns at least as much.")
          .withRule("share > 0 AND share <= 1");

  public static final TableColumn NEXT_START =
      TableColumn.number("next_start", "Start of the next non-empty step; null for the last.")
          .orNull();

  public static final TableColumn NEXT_SHARE =
      TableColumn.number("next_share", "Share at the next step; null for the last.").orNull();

  public static final TableColumn IS_TAIL =
      TableColumn.flag(
          "is_tail",
          "Whether the power-law tail starts with this step: from here on share = tail share"
              + " * (earned attention / step_start)^-tail_exponent.");

  public static final TableColumn TAIL_EXPONENT =
      TableColumn.number("tail_exponent", "Exponent of the tail, fitted by maximum likelihood.")
          .withRule("tail_exponent > 0");

  public static final TableColumn TAIL_DISTANCE =
      TableColumn.number(
              "tail_distance", "Kolmogorov-Smirnov distance of the fit, 0 perfect, 1 worst.")
          .between(0, 1);

  public static final TableColumn TAIL_COUNT =
      TableColumn.whole("tail_count", "Accounts in the fit.").withRule("tail_count > 0");

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_reference_populations")
          .purpose("The scale of scores: maps earned attention to points.")
          .grain("one row per network, measure and step of the current reference")
          .writer("marts")
          .key(NETWORK, MEASURE, STEP)
          .clusteredBy(NETWORK)
          .retention("rewritten each night")
          .columns(
              NETWORK,
              MEASURE,
              REFERENCE_VERSION,
              STEP,
              STEP_START,
              SHARE,
              NEXT_START,
              NEXT_SHARE,
              IS_TAIL,
              TAIL_EXPONENT,
              TAIL_DISTANCE,
              TAIL_COUNT,
              NIGHT);

  private MartReferencePopulations() {}
}
