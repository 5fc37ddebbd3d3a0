package renown.lab.evaluate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import renown.lake.Lake;
import renown.night.publish.validation.Outcomes;
import renown.night.publish.validation.Prediction;
import renown.run.RenownException;
import renown.tables.AccountScores;
import renown.tables.Credibilities;
import renown.tables.EarnedAttentions;

/**
 * Does a day's score predict whom people react to next? Real events up to a cut-off go through the
 * night; later events are the ground truth, and common influence measures predict from the same
 * events as baselines.
 */
final class PredictionSuite implements Suite {
  private static final int REPLICATES = 200;
  private static final long SEED = 20_260_105;

  /** Spreads neighbouring keys, so that ties are in no order that means anything. */
  private static final long SCATTER = 0x9E3779B97F4A7C15L;

  private static final Map<String, Prediction.Quality> QUALITIES =
      new TreeMap<>(
          Map.of(
              "Spearman", Prediction::spearman,
              "NDCG@100", Prediction::ndcg,
              "lift of the top 1 %", Prediction::topLift));

  @Override
  public String name() {
    return "prediction";
  }

  @Override
  public boolean takesData() {
    return true;
  }

  @Override
  public String description() {
    return "Score and momentum against the distinct credible accounts that reacted next (or"
        + " the data's own measure of standing), compared with baselines. An advantage"
        + " is the 90 % interval, by paired bootstrap, of the measure's quality minus"
        + " the baseline's.";
  }

  /** Predictors of an account on the day; NaN if unknown. */
  private record Candidate(
      long key,
      String id,
      double score,
      double momentum,
      double earned,
      double momentumEarned,
      double followers,
      double following) {}

  @Override
  public List<Measurement> measure(Laboratory laboratory) throws Exception {
    if (laboratory.data().isEmpty()) {
      throw RenownException.configuration(
          "Suite %s requires real events: give --data NAME=PATH (see"
              + " jobs/renown/lab/evaluate/README.md).",
          name());
    }
    List<Measurement> measurements = new ArrayList<>();
    for (Map.Entry<String, Path> one : laboratory.data().entrySet()) {
      for (RealEvents.Split split :
          RealEvents.write(
              one.getKey(), one.getValue(), network -> laboratory.folder(network).resolve("raw"))) {
        measurements.addAll(measure(laboratory, split));
      }
    }
    return measurements;
  }

  private static List<Measurement> measure(Laboratory laboratory, RealEvents.Split split)
      throws Exception {
    Map<String, String> settings = Map.of("ingest.formats", split.name() + "=" + split.format());
    Lake lake = laboratory.scoredNights(split.name(), settings, split.night());
    List<Candidate> candidates = candidates(lake);
    Baselines baselines = baselines(lake);
    Map<Long, Double> outcome = new TreeMap<>();
    if (split.outcome().isEmpty()) {
      LocalDate next = split.night().plusDays(1);
      laboratory.scoredNights(split.name(), settings, next);
      Outcomes.reactors(
              Laboratory.core(lake)
                  .interactions()
                  .where(col("night").equalTo(lit(java.sql.Date.valueOf(next)))),
              Laboratory.published(lake, Credibilities.TABLE))
          .collectAsList()
          .forEach(row -> outcome.put(row.getLong(0), row.getDouble(1)));
    } else {
      candidates.forEach(
          one -> outcome.put(one.key(), split.outcome().getOrDefault(one.id(), 0.0)));
    }
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(Measurement.of(split.name(), "days ahead", split.daysAhead()));
    measurements.addAll(
        compare(
            split.name() + ", with a score",
            candidates.stream().filter(one -> !Double.isNaN(one.score())).toList(),
            baselines,
            outcome,
            true));
    measurements.addAll(compare(split.name() + ", all", candidates, baselines, outcome, false));
    return measurements;
  }

  private static List<Candidate> candidates(Lake lake) {
    String[] account = {"account_key"};
    List<Candidate> candidates = new ArrayList<>();
    Laboratory.published(lake, EarnedAttentions.TABLE)
        .select("account_key", "earned_attention", "momentum_earned_attention")
        .join(
            Laboratory.published(lake, AccountScores.TABLE)
                .select("account_key", "score", "momentum"),
            account)
        .join(
            Laboratory.core(lake)
                .accounts()
                .select("account_key", "account_id", "follower_count", "following_count"),
            account)
        .select(
            col("account_key"),
            col("account_id"),
            number("score"),
            number("momentum"),
            number("earned_attention"),
            number("momentum_earned_attention"),
            number("follower_count"),
            number("following_count"))
        .collectAsList()
        .forEach(
            row ->
                candidates.add(
                    new Candidate(
                        row.getLong(0),
                        row.getString(1),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getDouble(6),
                        row.getDouble(7))));
    candidates.sort(Comparator.comparingLong(one -> (one.key() + 1) * SCATTER));
    return candidates;
  }

  private static Column number(String column) {
    return coalesce(col(column).cast("double"), lit(Double.NaN));
  }

  private static Baselines baselines(Lake lake) {
    Dataset<Row> acts = Laboratory.core(lake).interactions().where(col("change").equalTo(1));
    List<Row> rows =
        acts.groupBy("actor_key", "target_key", "verb")
            .agg(functions.count(lit(1)).as("act_count"))
            .sort("actor_key", "target_key", "verb")
            .collectAsList();
    return new Baselines(
        rows.stream()
            .map(
                row ->
                    new Baselines.Acts(
                        row.getLong(0), row.getLong(1), row.getString(2), row.getLong(3)))
            .toList());
  }

  /**
   * @param hasScore whether to go by score and momentum as published, not by what they rank
   */
  private static List<Measurement> compare(
      String subject,
      List<Candidate> candidates,
      Baselines baselines,
      Map<Long, Double> outcomes,
      boolean hasScore) {
    long[] keys = candidates.stream().mapToLong(Candidate::key).toArray();
    double[] outcome = new double[keys.length];
    double[] score = new double[keys.length];
    double[] momentum = new double[keys.length];
    for (int i = 0; i < keys.length; i++) {
      Candidate one = candidates.get(i);
      outcome[i] = outcomes.getOrDefault(keys[i], 0.0);
      score[i] = hasScore ? one.score() : one.earned();
      momentum[i] = hasScore ? one.momentum() : one.momentumEarned();
    }
    Map<String, double[]> ours = new LinkedHashMap<>();
    ours.put("momentum", momentum);
    ours.put("score", score);
    Map<String, double[]> theirs =
        baselines.values(
            keys,
            candidates.stream().mapToDouble(Candidate::followers).toArray(),
            candidates.stream().mapToDouble(Candidate::following).toArray());
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(Measurement.of(subject, "accounts judged", keys.length));
    Map<String, double[]> all = new LinkedHashMap<>(ours);
    all.putAll(theirs);
    all.forEach(
        (name, predicted) ->
            QUALITIES.forEach(
                (quality, of) ->
                    measurements.add(
                        Measurement.of(
                            subject, name + ": " + quality, of.of(predicted, outcome)))));
    ours.forEach(
        (name, own) ->
            theirs.forEach(
                (other, predicted) ->
                    QUALITIES.forEach(
                        (quality, of) -> {
                          double[] interval =
                              Prediction.advantage(of, own, predicted, outcome, REPLICATES, SEED);
                          String what = name + " over " + other + ", " + quality;
                          measurements.add(Measurement.of(subject, what + ": 5 %", interval[0]));
                          Measurement most = Measurement.of(subject, what + ": 95 %", interval[1]);
                          measurements.add(
                              hasScore && quality.equals("Spearman") ? most.atLeast(0) : most);
                        })));
    return measurements;
  }
}
