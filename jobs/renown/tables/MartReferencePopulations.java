package renown.tables;

/**
 * The scale of scores: from earned attention to points. Grain: one row per network, measure and
 * step of the reference in use.
 */
public final class MartReferencePopulations {
  public static final Column NETWORK = CommonColumns.NETWORK;

  public static final Column MEASURE = ScoreModels.MEASURE;

  public static final Column REFERENCE_VERSION =
      Column.whole("reference_version", "As in mart_account_scores.");

  public static final Column STEP = Column.whole("step", "Of a step that holds accounts.");

  public static final Column STEP_START =
      Column.number("step_start", "Earned attention at which it begins, 2^(step/64).")
          .withRule("step_start > 0");

  public static final Column SHARE =
      Column.number("share", "Share of the population that earns at least as much.")
          .withRule("share > 0 AND share <= 1");

  public static final Column NEXT_START =
      Column.number(
              "next_start", "Where the next step that holds accounts begins; null for the last.")
          .orNull();

  public static final Column NEXT_SHARE =
      Column.number("next_share", "Share at the next step; null for the last.").orNull();

  public static final Column IS_TAIL =
      Column.flag(
          "is_tail",
          "Whether the power law of the tail begins with this step: from here on share = tail share * (earned attention / step_start)^-tail_exponent.");

  public static final Column TAIL_EXPONENT =
      Column.number("tail_exponent", "Exponent of the tail, fitted by maximum likelihood.")
          .withRule("tail_exponent > 0");

  public static final Column TAIL_DISTANCE =
      Column.number("tail_distance", "Kolmogorov-Smirnov distance of that fit, 0 perfect, 1 worst.")
          .between(0, 1);

  public static final Column TAIL_COUNT =
      Column.whole("tail_count", "Accounts that it was fitted to.").withRule("tail_count > 0");

  public static final Column NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_reference_populations")
          .purpose("The scale of scores: from earned attention to points.")
          .grain("one row per network, measure and step of the reference in use")
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
