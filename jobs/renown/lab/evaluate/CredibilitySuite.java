package renown.lab.evaluate;

import static org.apache.spark.sql.functions.col;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.night.score.accounts.NightsInMemory;
import renown.tables.AccountState;

/**
 * Is credibility the probability that it says it is? Accounts are grouped by what a night states,
 * and of each group the share is told that turned out to be independent persons: in a generated
 * society by the planted truth, in real ratings by what others said of them later.
 */
final class CredibilitySuite implements Suite {
  private static final int ACCOUNTS = 1500;
  private static final int DAYS = 3;

  /** Where the groups begin; the last ends at 1. */
  private static final double[] BEGINNINGS = {0, 0.1, 0.3, 0.5, 0.7, 0.9};

  /** Stated and observed shares may differ by so much, mean over accounts. */
  private static final double MOST_ERROR = 0.1;

  /** How well it has to tell persons from others where the truth is planted. */
  private static final double LEAST_AUC = 0.9;

  /** Fewer later ratings than this say nothing of an account. */
  private static final int LEAST_RATINGS = 3;

  /** Automated accounts, and those that one maker made. */
  private static final Set<String> NO_PERSONS = Set.of("chatter", "farm", "sybil");

  /** A person whose attention is in part traded is neither. */
  private static final String RING = "ring";

  @Override
  public String name() {
    return "credibility";
  }

  @Override
  public boolean takesData() {
    return true;
  }

  @Override
  public String description() {
    return "Credibility as stated against what turned out: in a generated society of "
        + ACCOUNTS
        + " accounts a network the planted role (automated, farm and sybil accounts are no"
        + " independent persons); in ratings, by --data NAME=PATH, whether more accounts rated it"
        + " below 0 later than above, of those with "
        + LEAST_RATINGS
        + " later ratings or more.";
  }

  @Override
  public List<Measurement> measure(Laboratory laboratory) throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    if (!laboratory.isDataAlone()) {
      measurements.addAll(society(laboratory));
    }
    for (Map.Entry<String, Path> one : laboratory.data().entrySet()) {
      for (OpenSet set : OpenSet.read(one.getKey(), one.getValue())) {
        measurements.addAll(ratings(set));
      }
    }
    return measurements;
  }

  private static List<Measurement> society(Laboratory laboratory) throws Exception {
    laboratory.generate(
        "society",
        Map.of(
            "generate.accounts", Integer.toString(ACCOUNTS),
            "generate.days", Integer.toString(DAYS),
            "generate.networks", "bluesky,x"));
    Lake lake =
        laboratory.scoredNights("society", Map.of(), Laboratory.FIRST_DATE.plusDays(DAYS - 1));
    List<Row> rows =
        Laboratory.published(lake, AccountState.TABLE)
            .where(col(AccountState.CREDIBILITY.name()).isNotNull())
            .select("account_key", "credibility")
            .join(
                Laboratory.core(lake).accounts().select("account_key", "network", "account_id"),
                "account_key")
            .join(
                laboratory
                    .truth("society")
                    .select(
                        col("network").as("true_network"),
                        col("account_id").as("true_id"),
                        col("role")),
                col("network")
                    .equalTo(col("true_network"))
                    .and(col("account_id").equalTo(col("true_id"))))
            .where(col("role").notEqual(RING))
            .select("network", "credibility", "role")
            .collectAsList();
    List<Measurement> measurements = new ArrayList<>();
    for (String network : List.of("bluesky", "x")) {
      List<Row> its = rows.stream().filter(row -> row.getString(0).equals(network)).toList();
      double[] stated = its.stream().mapToDouble(row -> row.getDouble(1)).toArray();
      boolean[] isPerson = new boolean[stated.length];
      for (int i = 0; i < isPerson.length; i++) {
        isPerson[i] = !NO_PERSONS.contains(its.get(i).getString(2));
      }
      measurements.addAll(reliability(network, stated, isPerson));
      measurements.add(
          Measurement.of(network, "AUC, persons above others", auc(stated, isPerson))
              .atLeast(LEAST_AUC));
    }
    return measurements;
  }

  /** Of a set with ratings; nothing where there are none below 0. */
  static List<Measurement> ratings(OpenSet set) {
    double[] credibility =
        new NightsInMemory(NightsInMemory.Settings.standard())
            .night(set.profiles, set.posts, set.texts, set.interactions, OpenSet.NIGHT)
            .credibility();
    int[] judged =
        Arrays.stream(set.acting())
            .filter(account -> set.rest[account] + set.blocked[account] >= LEAST_RATINGS)
            .toArray();
    double[] stated = Arrays.stream(judged).mapToDouble(account -> credibility[account]).toArray();
    boolean[] isPerson = new boolean[judged.length];
    for (int i = 0; i < judged.length; i++) {
      isPerson[i] = set.rest[judged[i]] >= set.blocked[judged[i]];
    }
    List<Measurement> measurements = new ArrayList<>(reliability(set.name, stated, isPerson));
    measurements.add(
        Measurement.of(set.name, "AUC, trusted above distrusted later", auc(stated, isPerson)));
    return measurements;
  }

  /**
   * Stated and observed shares by group, and how far they differ.
   *
   * @param stated probabilities
   * @param isTrue what turned out
   */
  static List<Measurement> reliability(String subject, double[] stated, boolean[] isTrue) {
    List<Measurement> measurements = new ArrayList<>();
    double error = 0;
    double squares = 0;
    for (int group = 0; group < BEGINNINGS.length; group++) {
      double from = BEGINNINGS[group];
      double to = group + 1 < BEGINNINGS.length ? BEGINNINGS[group + 1] : 1 + 1e-9;
      int count = 0;
      double sum = 0;
      double observed = 0;
      for (int i = 0; i < stated.length; i++) {
        if (stated[i] >= from && stated[i] < to) {
          double outcome = isTrue[i] ? 1 : 0;
          count++;
          sum += stated[i];
          observed += outcome;
          squares += (stated[i] - outcome) * (stated[i] - outcome);
        }
      }
      if (count > 0) {
        String what = String.format(Locale.ROOT, "%.1f to %.1f: ", from, Math.min(1, to));
        measurements.add(Measurement.of(subject, what + "accounts", count));
        measurements.add(Measurement.of(subject, what + "mean stated", sum / count));
        measurements.add(Measurement.of(subject, what + "observed", observed / count));
        error += Math.abs(sum - observed);
      }
    }
    double of = stated.length;
    measurements.add(Measurement.of(subject, "Brier score", squares / of));
    measurements.add(Measurement.of(subject, "calibration error", error / of).atMost(MOST_ERROR));
    return measurements;
  }

  /** The probability that one that is true is stated above one that is not; ties are halves. */
  static double auc(double[] stated, boolean[] isTrue) {
    return RankQuality.areaUnderCurve(of(stated, isTrue, true), of(stated, isTrue, false));
  }

  private static double[] of(double[] stated, boolean[] isTrue, boolean wanted) {
    return IntStream.range(0, stated.length)
        .filter(i -> isTrue[i] == wanted)
        .mapToDouble(i -> stated[i])
        .toArray();
  }
}
