package renown.night.score.points;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.night.score.model.ModelKeys;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.tables.AccountScores;
import renown.tables.EarnedAttentions;
import renown.tables.MartCandidateScores;
import renown.tables.ReferencePopulations;
import renown.tables.TableSchema;

/** Maps earned attention to points on the rarity scale. */
public final class ScoreStage implements Stage {
  public static final ConfigKey<Long> LEAST_ACTORS =
      ConfigKey.integer(
          "score.actors-min",
          3,
          1,
          1_000_000,
          "Minimum distinct accounts that attend to an account; below it the evidence is"
              + " insufficient: no score.");

  public static final ConfigKey<Double> LEAST_CREDIBLE =
      ConfigKey.number(
          "score.credible-actors-min",
          0.5,
          0,
          1_000_000,
          "Minimum total credibility of the accounts that attend to an account; below it the"
              + " evidence is insufficient: no score.");

  static final ConfigKey<Long> LEAST_REFERENCE =
      ConfigKey.integer(
          "score.reference-accounts-min",
          1000,
          10,
          1_000_000_000,
          "A network's reference population is fixed on the night on which this many accounts"
              + " have sufficient evidence, and kept until the model's version rises. Until"
              + " then it is provisional and renewed each night.");

  static final ConfigKey<Optional<Config>> CANDIDATE_MODEL =
      ConfigKey.parsed(
          "score.candidate-model",
          "",
          "a path on the driver's machine, or empty",
          "A model file from calibrate, whose scores are published next to the current ones,"
              + " in mart_candidate_scores. For past nights use the job rescore.",
          file -> file.isEmpty() ? Optional.empty() : Optional.of(ModelKeys.read(Path.of(file))));

  @Override
  public String name() {
    return "score";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(LEAST_ACTORS, LEAST_CREDIBLE, LEAST_REFERENCE, CANDIDATE_MODEL);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(EarnedAttentions.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(ReferencePopulations.TABLE, AccountScores.TABLE, MartCandidateScores.TABLE);
  }

  @Override
  public void run(Night night) {
    Lake lake = night.lake();
    Column sufficient = Scores.isSufficient(night.value(LEAST_ACTORS), night.value(LEAST_CREDIBLE));
    Dataset<Row> earned = night.kept(lake.read(EarnedAttentions.TABLE));
    writeReferences(night, earned, sufficient);
    Map<Scores.Kind, Scores.Reference> references =
        Scores.references(lake.read(ReferencePopulations.TABLE));
    lake.overwrite(
        AccountScores.TABLE, Scores.scores(earned, references, sufficient, night.literal()));
    writeCandidates(night, earned);
  }

  private static void writeCandidates(Night night, Dataset<Row> earned) {
    Optional<Config> candidate = night.value(CANDIDATE_MODEL);
    if (candidate.isEmpty()) {
      return;
    }
    Config model = candidate.get();
    if (CandidateScores.isOf(earned, model.value(ModelKeys.MODEL_VERSION))) {
      throw RenownException.configuration(
          "The file of %s has model version %d, the same as the current scores: give it"
              + " another %s.",
          CANDIDATE_MODEL.name(),
          model.value(ModelKeys.MODEL_VERSION),
          ModelKeys.MODEL_VERSION.name());
    }
    CandidateScores.replace(
        night.lake(),
        night.kept(CandidateScores.underModel(earned, model)),
        night.value(LEAST_ACTORS),
        night.value(LEAST_CREDIBLE),
        night.date());
  }

  /**
   * Networks whose reference was taken for the current model keep it; the others get tonight's
   * population, under the model's version.
   */
  private static void writeReferences(Night night, Dataset<Row> earned, Column sufficient) {
    Lake lake = night.lake();
    Dataset<Row> references = night.kept(lake.read(ReferencePopulations.TABLE));
    Map<String, Long> kept = new HashMap<>();
    references
        .groupBy("network")
        .agg(max("reference_version").as("version"))
        .collectAsList()
        .forEach(row -> kept.put(row.getAs("network"), row.getAs("version")));
    Map<String, Long> due = new TreeMap<>();
    for (Row row :
        earned
            .groupBy("network")
            .agg(
                count(when(sufficient, lit(1))).as("evident_count"),
                max("model_version").as("model_version"))
            .collectAsList()) {
      String network = row.getAs("network");
      long version = kept.getOrDefault(network, 0L);
      long model = row.getAs("model_version");
      boolean large = row.<Long>getAs("evident_count") >= night.value(LEAST_REFERENCE);
      if (large && version < model) {
        due.put(network, model);
      } else if (version == 0) {
        due.put(network, 0L);
      }
    }
    if (!due.isEmpty()) {
      lake.overwrite(
          ReferencePopulations.TABLE,
          references
              .where(col("reference_version").gt(0))
              .unionByName(Scores.reference(earned, due, night.literal()))
              .coalesce(1));
    }
  }
}
