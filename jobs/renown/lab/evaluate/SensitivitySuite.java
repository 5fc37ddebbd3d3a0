package renown.lab.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import renown.kernels.rarity.RarityScale;
import renown.night.score.accounts.NightsInMemory;
import renown.night.score.model.CredibilityModel;
import renown.night.score.model.Measure;
import renown.run.RenownException;

/**
 * What each constant of credibility does: prediction on open sets, and what known attacks gain,
 * with the constant halved and doubled. By the kernels of a night; no night is run.
 */
final class SensitivitySuite implements Suite {
  /** A probability cannot be doubled beyond this. */
  private static final double MOST_PROBABILITY = 0.99;

  /** Points that somebody would notice to have lost. */
  private static final double NOTICED = 3;

  /** Seeds for work on the defence; the others are the red team's report. */
  private static final long SEED = 1;

  /** No constant, halved or doubled, may change the mean rank correlation by more than this. */
  private static final double MOST_CHANGE = 0.02;

  @Override
  public String name() {
    return "sensitivity";
  }

  @Override
  public boolean takesData() {
    return true;
  }

  @Override
  public String description() {
    return "Each constant of credibility halved and doubled: change of the mean rank correlation of"
        + " momentum over the sets given, and points that the best of the known attacks gains.";
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

  static List<Measurement> measure(Map<String, Path> data, NightsInMemory.Settings settings)
      throws java.io.IOException {
    List<OpenSet> sets = new ArrayList<>();
    for (Map.Entry<String, Path> one : data.entrySet()) {
      sets.addAll(OpenSet.read(one.getKey(), one.getValue()));
    }
    double[] now = numbers(sets, settings);
    List<Measurement> measurements = new ArrayList<>();
    for (OpenSet set : sets) {
      measurements.add(
          Measurement.of(
              set.name,
              "share of accounts that credibility.vouching-networks costs more than "
                  + (int) NOTICED
                  + " points",
              lowered(set, settings)));
    }
    measurements.add(Measurement.of("as they are", "mean rank correlation", now[0]));
    measurements.add(Measurement.of("as they are", "points gained by known attacks", now[1]));
    for (CredibilityModel.Constant constant : CredibilityModel.Constant.all()) {
      Map<String, Double> values = new HashMap<>();
      values.put("halved", constant.value() / 2);
      double doubled = constant.value() * 2;
      boolean isShare = constant.value() < 1 && doubled >= 1;
      values.put("doubled", isShare ? MOST_PROBABILITY : doubled);
      for (String how : List.of("halved", "doubled")) {
        double[] other =
            numbers(
                sets, settings.with(CredibilityModel.standard().with(constant, values.get(how))));
        String subject = constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        measurements.add(
            Measurement.of(
                    subject + " " + how + ": " + values.get(how),
                    "change of the mean rank correlation",
                    other[0] - now[0])
                .atLeast(-MOST_CHANGE));
        measurements.add(
            Measurement.of(
                subject + " " + how + ": " + values.get(how),
                "change of points gained by known attacks",
                other[1] - now[1]));
      }
    }
    return measurements;
  }

  /**
   * How often a defence hits honest accounts: the share of those that anybody reacted to whose
   * score falls noticeably, on the scale of before.
   */
  static double lowered(OpenSet set, NightsInMemory.Settings settings) {
    NightsInMemory.Found before = found(set, settings);
    NightsInMemory.Found after = found(set, settings.withVouching(Set.of(set.name)));
    TreeMap<Long, Long> steps = new TreeMap<>();
    for (int account = 0; account < before.values().length; account++) {
      if (before.values()[account] != null) {
        steps.merge(RarityScale.step(Math.exp(before.attention()[account])), 1L, Long::sum);
      }
    }
    RarityScale scale =
        new RarityScale(
            steps.keySet().stream().mapToLong(Long::longValue).toArray(),
            steps.values().stream().mapToLong(Long::longValue).toArray());
    int[] judged = set.judged();
    long lowered =
        Arrays.stream(judged)
            .filter(
                account ->
                    scale.score(Math.exp(before.attention()[account]))
                            - scale.score(Math.exp(after.attention()[account]))
                        > NOTICED)
            .count();
    return lowered / (double) judged.length;
  }

  private static NightsInMemory.Found found(OpenSet set, NightsInMemory.Settings settings) {
    return new NightsInMemory(settings)
        .night(set.profiles, set.posts, set.texts, set.interactions, OpenSet.NIGHT);
  }

  /** Mean rank correlation of momentum, and what the best of the known attacks gains. */
  private static double[] numbers(List<OpenSet> sets, NightsInMemory.Settings settings) {
    double sum = 0;
    for (OpenSet set : sets) {
      sum +=
          PredictionSuite.Seen.of(set, settings)
              .quality(Measure.MOMENTUM, PredictionSuite.inForce(settings, Measure.MOMENTUM));
    }
    RedTeamSuite.Target target = new RedTeamSuite.Target(SEED, null, settings);
    double most =
        RedTeamSuite.known().values().stream()
            .mapToDouble(strategy -> target.gain(strategy, 1))
            .max()
            .orElseThrow();
    return new double[] {sum / sets.size(), most};
  }
}
