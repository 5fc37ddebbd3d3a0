package renown.tables;

/**
 * The population against which rarity is measured: a histogram of earned attention in steps of 1.1
 * %. Grain: one row per network, measure, version and step that is not empty.
 */
public final class ReferencePopulations {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn MEASURE = ScoreModels.MEASURE;

  public static final TableColumn REFERENCE_VERSION =
      TableColumn.whole(
              "reference_version",
              "0 for provisional, tonight's own population: while few accounts of the network have"
                  + " evidence or it is young. Else the night on which it was taken, as yyyymmdd."
                  + " A new one is taken when score.model-version changes, and when twice or half"
                  + " as many accounts as at first reach what was its top tenth; the one before it"
                  + " is kept for 28 nights.")
          .notNegative();

  public static final TableColumn MODEL_VERSION =
      TableColumn.whole("model_version", "Version of the weights for which it was taken.");

  public static final TableColumn REFERENCE_NIGHT =
      TableColumn.date("reference_night", "Night on which it was taken.");

  public static final TableColumn STEP =
      TableColumn.whole(
          "step", "The step covers earned attention from 2^(step/64) to 2^((step+1)/64).");

  public static final TableColumn STEP_COUNT =
      TableColumn.whole("step_count", "Accounts in the step.").withRule("step_count > 0");

  public static final TableColumn AT_LEAST_COUNT =
      TableColumn.whole("at_least_count", "Accounts in this step and above.")
          .withRule("at_least_count > 0");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "reference_populations")
          .purpose(
              "Reference population for rarity: a histogram of earned attention in steps of"
                  + " 1.1 %.")
          .grain("one row per network, measure, version and non-empty step")
          .writer("score")
          .key(NETWORK, MEASURE, REFERENCE_VERSION, STEP)
          .retention(
              "kept while in force and 28 nights longer; version 0 is rewritten each night until"
                  + " the network is large and old enough")
          .columns(
              NETWORK,
              MEASURE,
              REFERENCE_VERSION,
              MODEL_VERSION,
              REFERENCE_NIGHT,
              STEP,
              STEP_COUNT,
              AT_LEAST_COUNT);

  private ReferencePopulations() {}
}
