package renown.tables;

/**
 * What a score and a momentum are made of: points by term, which add up to them. Grain: one row per
 * account with a score, measure and term.
 */
public final class MartScoreTerms {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn MEASURE = ScoreModels.MEASURE;

  public static final TableColumn TERM =
      TableColumn.text(
          "term",
          "authority, reactors, resonance, persistence, audience, regularity, conversation,"
              + " attestation, reaction_days or fading_reactors; of momentum also"
              + " reactors_6_hours, reactors_1_day, reactors_4_days, reactors_16_days or recency.");

  public static final TableColumn VALUE =
      TableColumn.number("value", "Value of the term; see meaning.").notNegative();

  public static final TableColumn WEIGHT =
      TableColumn.number("weight", "Its part is weight * ln(1 + value / scale).").notNegative();

  public static final TableColumn SCALE =
      TableColumn.number("scale", "In the unit of the value.").withRule("scale > 0");

  public static final TableColumn PART =
      TableColumn.number(
              "part", "weight * ln(1 + value / scale); earned attention is exp of their sum.")
          .notNegative();

  public static final TableColumn POINTS =
      TableColumn.number(
              "points",
              "The score (or momentum) split in proportion to the parts, which add" + " up to it.")
          .between(0, 100);

  public static final TableColumn MEANING = TableColumn.text("meaning", "Meaning of the value.");

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_score_terms")
          .purpose("Explanation of score and momentum: points by term, which add up to them.")
          .grain("one row per account with a score, measure and term")
          .writer("marts")
          .key(ACCOUNT_KEY, MEASURE, TERM)
          .clusteredBy(NETWORK)
          .retention("rewritten each night")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              MEASURE,
              TERM,
              VALUE,
              WEIGHT,
              SCALE,
              PART,
              POINTS,
              MEANING,
              NIGHT);

  private MartScoreTerms() {}
}
