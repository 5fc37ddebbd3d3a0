package renown.night.score.points;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.run.Config;
import renown.tables.AccountState;
import renown.tables.MartCandidateScores;

/** Scores a night's values with a candidate model. */
public final class CandidateScores {
  private CandidateScores() {}

  /**
   * Those accounts of a night that earn attention.
   *
   * @param state rows of {@code account_state}
   */
  public static Dataset<Row> earned(Dataset<Row> state) {
    return state.where(AccountState.EARNED_ATTENTION.col().isNotNull());
  }

  /**
   * Whether a night was scored under a model of this version.
   *
   * @param earned of one night, by {@link #earned}
   */
  public static boolean isOf(Dataset<Row> earned, long version) {
    List<Row> inForce = earned.select("model_version").takeAsList(1);
    return !inForce.isEmpty() && inForce.get(0).getLong(0) == version;
  }

  /**
   * The same rows under another model; see {@link Scores#underModel}.
   *
   * @param earned of one night, by {@link #earned}
   * @param model with {@link ModelKeys#ALL}
   */
  public static Dataset<Row> underModel(Dataset<Row> earned, Config model) {
    return Scores.underModel(
        earned,
        new EarnedAttentionModel(Measure.SCORE, model.value(ModelKeys.WEIGHTS)),
        new EarnedAttentionModel(Measure.MOMENTUM, model.value(ModelKeys.MOMENTUM_WEIGHTS)),
        model.value(ModelKeys.MODEL_VERSION));
  }

  /**
   * Writes the points of a night's accounts among one another to {@code mart_candidate_scores}, in
   * place of those that the model gave them before. Nothing if there are no accounts.
   *
   * @param candidates from {@link #underModel}; read several times
   * @param leastActors accounts to which fewer attend get no points
   * @param leastCredible nor do those whose actors' credibility adds up to less
   */
  public static void replace(
      Lake lake, Dataset<Row> candidates, long leastActors, double leastCredible, LocalDate date) {
    List<Row> present = candidates.select("network", "model_version").distinct().collectAsList();
    if (present.isEmpty()) {
      return;
    }
    Map<String, Long> networks = new TreeMap<>();
    present.forEach(row -> networks.put(row.getString(0), 0L));
    Column night = lit(java.sql.Date.valueOf(date));
    Map<Scores.Kind, Scores.Reference> its =
        Scores.references(Scores.reference(candidates, networks, night));
    lake.replaceWhere(
        MartCandidateScores.TABLE,
        "night = DATE'" + date + "' AND model_version = " + present.get(0).getLong(1),
        Scores.scores(candidates, its, Scores.isSufficient(leastActors, leastCredible), night)
            .where(col("score").isNotNull())
            .select(MartCandidateScores.TABLE.cols()));
  }
}
