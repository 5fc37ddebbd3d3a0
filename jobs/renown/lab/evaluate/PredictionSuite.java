package renown.lab.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import renown.night.publish.validation.Prediction;
import renown.night.score.accounts.NightsInMemory;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.Term;
import renown.run.RenownException;

/**
 * Do score and momentum tell whom people react to next, on networks that they never saw? The model
 * of each set of real events is fitted to all the others; what it is held against are the distinct
 * accounts that reacted later, unweighted, and common measures of influence predict them from the
 * same events.
 */
public final class PredictionSuite implements Suite {
  private static final int REPLICATES = 100;
  private static final long SEED = 20_260_105;

  /** Fewer accounts than this tell nothing by themselves. */
  private static final int LEAST_ACCOUNTS = 30;

  /** The weights of model 3, chosen by hand: what a fit begins with. */
  private static final Map<Measure, double[]> BEFORE =
      Map.of(
          Measure.SCORE,
          new double[] {0.5, 0.3, 0.1, 0.05, 0.1, 0.2, 0.05, 0.15, 0, 0, 0, 0, 0, 0.1, 0.1},
          Measure.MOMENTUM,
          new double[] {
            0.6, 0.1, 0.1, 0.05, 0.1, 0.3, 0.05, 0.05, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1
          });

  private static final Map<String, Prediction.Quality> QUALITIES =
      new TreeMap<>(Map.of("Spearman", Prediction::spearman, "NDCG@100", Prediction::ndcg));

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
    return "Leave one set out: each set's model is fitted to the others. Momentum against the"
        + " distinct accounts that reacted in the next days, score against those of all the rest"
        + " (or the data's own measure of standing), over all accounts that anybody reacted to."
        + " An advantage is the 90 % interval, by paired bootstrap, of the measure's quality minus"
        + " the baseline's.";
  }

  /**
   * A set, as a night sees it.
   *
   * @param examples by measure: features are logarithms of the terms
   */
  record Seen(
      OpenSet set,
      int[] judged,
      NightsInMemory.Found found,
      Map<Measure, PooledFit.Examples> examples) {
    static Seen of(OpenSet set, NightsInMemory.Settings settings) {
      NightsInMemory.Found found =
          new NightsInMemory(settings)
              .night(set.profiles, set.posts, set.texts, set.interactions, OpenSet.NIGHT);
      int[] judged =
          Arrays.stream(set.judged()).filter(account -> found.values()[account] != null).toArray();
      Map<Measure, PooledFit.Examples> examples = new TreeMap<>();
      for (Measure measure : Measure.values()) {
        double[][] values = measure == Measure.SCORE ? found.values() : found.momentumValues();
        double[] outcome = measure == Measure.SCORE ? set.rest : set.next;
        double[][] features = new double[judged.length][Term.values().length];
        double[] ofJudged = new double[judged.length];
        for (int i = 0; i < judged.length; i++) {
          ofJudged[i] = outcome[judged[i]];
          for (Term term : Term.values()) {
            features[i][term.ordinal()] =
                EarnedAttentionModel.logarithm(term, measure, values[judged[i]][term.ordinal()]);
          }
        }
        examples.put(measure, new PooledFit.Examples(features, ofJudged));
      }
      return new Seen(set, judged, found, examples);
    }

    /** By account what a model says. */
    double[] predicted(Measure measure, double[] weights) {
      double[][] features = examples.get(measure).features();
      double[] predicted = new double[features.length];
      for (int i = 0; i < predicted.length; i++) {
        for (int term = 0; term < weights.length; term++) {
          predicted[i] += weights[term] * features[i][term];
        }
      }
      return predicted;
    }

    double quality(Measure measure, double[] weights) {
      return Prediction.spearman(predicted(measure, weights), examples.get(measure).outcome());
    }
  }

  /** The sets of all data that are given, as a night sees them. */
  static List<Seen> sets(Map<String, java.nio.file.Path> data, NightsInMemory.Settings settings)
      throws java.io.IOException {
    List<Seen> sets = new ArrayList<>();
    for (Map.Entry<String, java.nio.file.Path> one : data.entrySet()) {
      for (OpenSet set : OpenSet.read(one.getKey(), one.getValue())) {
        sets.add(Seen.of(set, settings));
      }
    }
    return sets;
  }

  /**
   * The weights of both measures that fit all sets of real events at once.
   *
   * @param data paths by name, as for the suite
   * @return by measure, in the order of {@link Term}
   */
  public static Map<Measure, double[]> fitted(Map<String, java.nio.file.Path> data)
      throws java.io.IOException {
    List<Seen> sets = sets(data, NightsInMemory.Settings.standard());
    Map<Measure, double[]> fitted = new TreeMap<>();
    for (Measure measure : Measure.values()) {
      fitted.put(measure, fit(sets, null, measure));
    }
    return fitted;
  }

  /** The fit of a measure to all sets but one. */
  static double[] fit(List<Seen> sets, Seen without, Measure measure) {
    boolean[] offered = new boolean[Term.values().length];
    for (Term term : Term.values()) {
      // Whose reactions come early would gain by silence, since persistence is shrunk to the mean.
      // Conversation is what two make by agreeing to: it predicts, and a ring of five that reply to
      // one another once would gain four points by it alone.
      offered[term.ordinal()] =
          term.isOf(measure) && term != Term.PERSISTENCE && term != Term.CONVERSATION;
    }
    return PooledFit.fit(
        sets.stream()
            .filter(one -> one != without)
            .map(one -> one.examples().get(measure))
            .toList(),
        BEFORE.get(measure),
        offered);
  }

  @Override
  public List<Measurement> measure(Laboratory laboratory) throws Exception {
    if (laboratory.data().isEmpty()) {
      throw RenownException.configuration(
          "Suite %s requires real events: give --data NAME=PATH (see"
              + " jobs/renown/lab/evaluate/README.md).",
          name());
    }
    return measure(laboratory.data(), NightsInMemory.Settings.standard());
  }

  static List<Measurement> measure(
      Map<String, java.nio.file.Path> data, NightsInMemory.Settings settings)
      throws java.io.IOException {
    List<Seen> sets = sets(data, settings);
    List<Measurement> measurements = new ArrayList<>();
    Map<String, int[]> verdicts = new LinkedHashMap<>();
    for (Measure measure : Measure.values()) {
      for (Seen one : sets) {
        if (one.judged().length >= LEAST_ACCOUNTS) {
          // A single set has no others: then it is judged by the weights in force.
          double[] weights = sets.size() > 1 ? fit(sets, one, measure) : inForce(settings, measure);
          measurements.addAll(compare(one, measure, weights, verdicts));
        }
      }
    }
    if (sets.size() > 1) {
      for (Measure measure : Measure.values()) {
        double[] weights = fit(sets, null, measure);
        for (Term term : Term.values()) {
          if (term.isOf(measure)) {
            measurements.add(
                Measurement.of(
                    "model of all sets",
                    measure.word() + ": weight of " + term.word(),
                    weights[term.ordinal()]));
          }
        }
      }
    }
    verdicts.forEach(
        (what, ahead) -> {
          String[] parts = what.split("\n");
          measurements.add(Measurement.of("all sets", parts[0] + ": sets", ahead[2]));
          Measurement share =
              Measurement.of(
                  "all sets", parts[0] + ": share certainly ahead", (double) ahead[0] / ahead[2]);
          measurements.add(share.atLeast(0.5));
        });
    return measurements;
  }

  static double[] inForce(NightsInMemory.Settings settings, Measure measure) {
    EarnedAttentionModel model = measure == Measure.SCORE ? settings.score() : settings.momentum();
    return Arrays.stream(Term.values()).mapToDouble(model::weight).toArray();
  }

  private static List<Measurement> compare(
      Seen one, Measure measure, double[] weights, Map<String, int[]> verdicts) {
    String subject = one.set().name;
    double[] outcome = one.examples().get(measure).outcome();
    Map<String, double[]> all = new LinkedHashMap<>();
    all.put(measure.word(), one.predicted(measure, weights));
    all.putAll(baselines(one));
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(Measurement.of(subject, measure.word() + ": accounts", outcome.length));
    measurements.add(
        Measurement.of(
            subject,
            measure.word() + ": days ahead",
            measure == Measure.SCORE ? one.set().restDays : one.set().nextDays));
    QUALITIES.forEach(
        (quality, of) -> {
          all.forEach(
              (name, predicted) ->
                  measurements.add(
                      Measurement.of(
                          subject,
                          (name.equals(measure.word()) ? name : measure.word() + " / " + name)
                              + ": "
                              + quality,
                          of.of(predicted, outcome))));
          double[][] replicates =
              Prediction.replicates(of, new ArrayList<>(all.values()), outcome, REPLICATES, SEED);
          int place = 0;
          for (String name : all.keySet()) {
            if (place > 0) {
              double[] interval = Prediction.advantage(replicates[0], replicates[place]);
              String what = measure.word() + " over " + name + ", " + quality;
              measurements.add(Measurement.of(subject, what + ": 5 %", interval[0]));
              measurements.add(Measurement.of(subject, what + ": 95 %", interval[1]).atLeast(0));
              int[] verdict = verdicts.computeIfAbsent(what, any -> new int[3]);
              verdict[0] += interval[0] > 0 ? 1 : 0;
              verdict[1] += interval[1] < 0 ? 1 : 0;
              verdict[2]++;
            }
            place++;
          }
        });
    return measurements;
  }

  private static Map<String, double[]> baselines(Seen one) {
    long[] keys = Arrays.stream(one.judged()).asLongStream().toArray();
    return new Baselines(one.set().acts())
        .values(keys, of(one.judged(), one.set().followers), of(one.judged(), one.set().following));
  }

  private static double[] of(int[] accounts, double[] values) {
    return Arrays.stream(accounts).mapToDouble(account -> values[account]).toArray();
  }
}
