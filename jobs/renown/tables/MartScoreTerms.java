package renown.tables;

/**
 * What a score and a momentum are made of: points by term, which add up to them. Grain: one row per
 * account with a score, measure and term.
 */
public final class MartScoreTerms {
  public static final Column NETWORK = CommonColumns.NETWORK;

  public static final Column ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final Column MEASURE = ScoreModels.MEASURE;

  public static final Column TERM =
      Column.text(
          "term",
          "authority, reach, resonance, persistence, audience, regularity, conversation or attestation.");

  public static final Column VALUE =
      Column.number("value", "What the term measures; see meaning.").notNegative();

  public static final Column WEIGHT =
      Column.number("weight", "Its part is weight * ln(1 + value / scale).").notNegative();

  public static final Column SCALE =
      Column.number("scale", "In the unit of the value.").withRule("scale > 0");

  public static final Column PART =
      Column.number("part", "weight * ln(1 + value / scale); earned attention is exp of their sum.")
          .notNegative();

  public static final Column POINTS =
      Column.number("points", "The score (or momentum) in proportion to the parts: adds up to it.")
          .between(0, 100);

  public static final Column MEANING = Column.text("meaning", "What the value is.");

  public static final Column NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_score_terms")
          .purpose("What a score and a momentum are made of: points by term, which add up to them.")
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
