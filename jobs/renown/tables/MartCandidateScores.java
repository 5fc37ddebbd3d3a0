package renown.tables;

/**
 * What other models make of a night's values, next to the scores of the model in force. Grain: one
 * row per account with a score, night and model.
 */
public final class MartCandidateScores {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  public static final TableColumn MODEL_VERSION =
      TableColumn.whole(
          "model_version", "Version of the candidate model; differs from that of the scores.");

  public static final TableColumn SCORE =
      TableColumn.number(
              "score",
              "With the candidate's weights, in points among the night's accounts; a"
                  + " reference population is taken when the candidate becomes the model.")
          .between(0, 100);

  public static final TableColumn MOMENTUM =
      TableColumn.number("momentum", "Likewise.").between(0, 100);

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_candidate_scores")
          .purpose("What other models would give, for comparison with the scores.")
          .grain(
              "one row per account with a score, night and model; none without"
                  + " score.candidate-model or rescore")
          .writer("score")
          .key(ACCOUNT_KEY, NIGHT, MODEL_VERSION)
          .clusteredBy(NIGHT)
          .retention("kept until erased")
          .columns(NETWORK, ACCOUNT_KEY, NIGHT, MODEL_VERSION, SCORE, MOMENTUM);

  private MartCandidateScores() {}
}
