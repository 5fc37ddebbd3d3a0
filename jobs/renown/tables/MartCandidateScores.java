package renown.tables;

/**
 * What other models make of a night's values, beside the scores of the model in force. Grain: one
 * row per account with a score, night and model.
 */
public final class MartCandidateScores {
  public static final Column NETWORK = CommonColumns.NETWORK;

  public static final Column ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final Column NIGHT = CommonColumns.NIGHT;

  public static final Column MODEL_VERSION =
      Column.whole("model_version", "Version of the candidate: another than that of the scores.");

  public static final Column SCORE =
      Column.number(
              "score",
              "Under the candidate's weights, in points among the night's accounts: its reference"
                  + " population is taken when it becomes the model.")
          .between(0, 100);

  public static final Column MOMENTUM = Column.number("momentum", "Likewise.").between(0, 100);

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_candidate_scores")
          .purpose("What other models would make of the nights, beside the scores.")
          .grain(
              "one row per account with a score, night and model; none without score.candidate-model"
                  + " or rescore")
          .writer("score")
          .key(ACCOUNT_KEY, NIGHT, MODEL_VERSION)
          .clusteredBy(NIGHT)
          .retention("kept until erased")
          .columns(NETWORK, ACCOUNT_KEY, NIGHT, MODEL_VERSION, SCORE, MOMENTUM);

  private MartCandidateScores() {}
}
