package renown.tables;

/** The weights and scales of the terms. Grain: one row per measure and term. */
public final class ScoreModels {
  public static final TableColumn MEASURE =
      TableColumn.text("measure", "score or momentum.").oneOf("score", "momentum");

  public static final TableColumn TERM =
      TableColumn.text(
          "term",
          "authority, reactors, resonance, persistence, audience, regularity, conversation,"
              + " attestation, reaction_days or fading_reactors; of momentum also"
              + " reactors_6_hours, reactors_1_day, reactors_4_days, reactors_16_days or recency.");

  public static final TableColumn PLACE =
      TableColumn.whole("place", "Position of the term in term_values, from 1.")
          .withRule("place > 0");

  public static final TableColumn WEIGHT =
      TableColumn.number("weight", "Its part is weight * ln(1 + value / scale).").notNegative();

  public static final TableColumn SCALE =
      TableColumn.number("scale", "In the unit of the value.").withRule("scale > 0");

  public static final TableColumn MEANING = TableColumn.text("meaning", "Meaning of the value.");

  public static final TableColumn MODEL_VERSION =
      TableColumn.whole("model_version", "Version of the weights: score.model-version.");

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "score_models")
          .purpose("Weights and scales of the terms.")
          .grain("one row per measure and term")
          .writer("score")
          .key(MEASURE, TERM)
          .retention("rewritten each night")
          .columns(MEASURE, TERM, PLACE, WEIGHT, SCALE, MEANING, MODEL_VERSION, NIGHT);

  private ScoreModels() {}
}
