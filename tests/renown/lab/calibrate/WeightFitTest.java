package renown.lab.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeightFitTest {
  private static final double[] PLANTED = {0.6, 0.3, 0, 0.1, 0.2};
  private static final double[] EVEN = {0.24, 0.24, 0.24, 0.24, 0.24};

  /** Judges who follow the planted weights as far as the logistic model lets them. */
  private static List<Pair> judgements(int count, int accounts, double certainty, long seed) {
    Random random = new Random(seed);
    double[][] terms = new double[accounts][];
    for (int i = 0; i < accounts; i++) {
      terms[i] = random.doubles(PLANTED.length, 0, 5).toArray();
    }
    List<Pair> pairs = new ArrayList<>();
    while (pairs.size() < count) {
      int a = random.nextInt(accounts);
      int b = random.nextInt(accounts);
      double[] difference = new double[PLANTED.length];
      double lead = 0;
      for (int i = 0; i < PLANTED.length; i++) {
        difference[i] = terms[a][i] - terms[b][i];
        lead += certainty * PLANTED[i] * difference[i];
      }
      if (a != b) {
        pairs.add(
            new Pair(
                "account " + a,
                "account " + b,
                difference,
                random.nextDouble() < 1 / (1 + Math.exp(-lead))));
      }
    }
    return pairs;
  }

  @Test
  void plantedWeightsAreFoundAgainFromJudgements() {
    double[] fitted = WeightFit.fit(judgements(30_000, 400, 2, 1), EVEN);
    assertThat(Arrays.stream(fitted).sum()).isCloseTo(1.2, within(1e-9));
    for (int i = 0; i < PLANTED.length; i++) {
      assertThat(fitted[i]).isCloseTo(PLANTED[i], within(0.04));
    }
  }

  /** What speaks against a term never makes its weight negative: better is never lower. */
  @Test
  void noWeightIsNegative() {
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : judgements(3000, 100, 3, 2)) {
      double[] turned = pair.difference().clone();
      turned[1] = -turned[1];
      pairs.add(new Pair(pair.first(), pair.second(), turned, pair.isFirst()));
    }
    double[] fitted = WeightFit.fit(pairs, EVEN);
    assertThat(fitted[1]).isZero();
    assertThat(Arrays.stream(fitted).min().orElseThrow()).isZero();
    assertThat(fitted[0]).isPositive();
  }

  @Test
  void termsOfWhichNothingIsKnownKeepTheirProportion() {
    double[] before = {0.5, 0.25, 0.25};
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      pairs.add(new Pair("a" + i, "b" + i, new double[] {1, 0, 0}, i % 4 != 0));
    }
    double[] fitted = WeightFit.fit(pairs, before);
    assertThat(fitted[1]).isCloseTo(fitted[2], within(1e-12)).isPositive();
    assertThat(Arrays.stream(fitted).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void theOrderOfAPairDoesNotMatter() {
    List<Pair> pairs = judgements(2000, 100, 2, 3);
    List<Pair> turned =
        pairs.stream()
            .map(
                pair ->
                    new Pair(
                        pair.second(),
                        pair.first(),
                        Arrays.stream(pair.difference()).map(x -> -x).toArray(),
                        !pair.isFirst()))
            .toList();
    assertThat(WeightFit.fit(turned, EVEN)).containsExactly(WeightFit.fit(pairs, EVEN));
  }

  // ---- Folds

  @Test
  void noAccountIsOnBothSidesOfAFold() {
    List<Pair> pairs = judgements(4000, 60, 2, 4);
    Set<String> judgedAnywhere = new HashSet<>();
    for (int fold = 0; fold < 5; fold++) {
      Set<String> trained = accounts(Folds.trained(pairs, fold, 5));
      Set<String> judged = accounts(Folds.judged(pairs, fold, 5));
      assertThat(judged).isNotEmpty().doesNotContainAnyElementsOf(trained);
      assertThat(trained).isNotEmpty();
      judgedAnywhere.addAll(judged);
    }
    assertThat(judgedAnywhere).hasSizeGreaterThan(50);
  }

  private static Set<String> accounts(List<Pair> pairs) {
    Set<String> accounts = new HashSet<>();
    pairs.forEach(pair -> accounts.addAll(List.of(pair.first(), pair.second())));
    return accounts;
  }

  /**
   * With one term of its own per account a fit can learn every account by heart; on accounts that
   * it has not seen that is worth nothing.
   */
  @Test
  void whatIsLearntByHeartIsWorthNothingOnOtherAccounts() {
    int accounts = 60;
    Random random = new Random(5);
    double[] standing = random.doubles(accounts).toArray();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 6000; i++) {
      int a = random.nextInt(accounts);
      int b = random.nextInt(accounts);
      if (a != b) {
        double[] difference = new double[accounts];
        difference[a] = 1;
        difference[b] = -1;
        pairs.add(new Pair("account " + a, "account " + b, difference, standing[a] > standing[b]));
      }
    }
    double[] before = new double[accounts];
    Arrays.fill(before, 1.0 / accounts);
    assertThat(Folds.areaUnderCurve(pairs, WeightFit.fit(pairs, before))).isGreaterThan(0.95);
    for (Folds.Fold fold : Folds.of(pairs, 5, before)) {
      assertThat(fold.fitted()).isCloseTo(0.5, within(1e-9));
    }
  }

  @Test
  void betterWeightsHaveALargerArea() {
    List<Pair> pairs = judgements(4000, 200, 4, 6);
    double even = Folds.areaUnderCurve(pairs, EVEN);
    double planted = Folds.areaUnderCurve(pairs, PLANTED);
    assertThat(planted).isGreaterThan(even + 0.02).isLessThan(1);
    double[] opposite = Arrays.stream(PLANTED).map(weight -> -weight).toArray();
    assertThat(Folds.areaUnderCurve(pairs, opposite)).isCloseTo(1 - planted, within(1e-12));
    assertThat(Folds.areaUnderCurve(List.of(), EVEN)).isNaN();
  }

  // ---- History

  /** Nights on which what came of accounts followed the planted weights, and much chance. */
  @Test
  void plantedWeightsAreFoundAgainFromHistory() {
    Random random = new Random(7);
    List<History.Judged> nights = new ArrayList<>();
    for (int night = 0; night < 3; night++) {
      List<History.Example> examples = new ArrayList<>();
      for (long account = 0; account < 1500; account++) {
        double[] terms = random.doubles(PLANTED.length, 0, 5).toArray();
        double mean = 0;
        for (int i = 0; i < terms.length; i++) {
          mean += 2 * PLANTED[i] * terms[i];
        }
        // The difference of two Gumbel draws is logistic: the very model.
        double chance = -Math.log(-Math.log(random.nextDouble()));
        examples.add(new History.Example(account, terms, mean + chance));
      }
      nights.add(
          new History.Judged(LocalDate.of(2026, 1, 5).plusDays(night), Map.of("x", examples)));
    }
    List<Pair> pairs = History.pairs(nights, 10_000);
    double[] fitted = WeightFit.fit(pairs, EVEN);
    for (int i = 0; i < PLANTED.length; i++) {
      assertThat(fitted[i]).isCloseTo(PLANTED[i], within(0.06));
    }
  }

  @Test
  void pairsAreOfOneNetworkAndNightAndOfDifferentOutcomes() {
    History.Judged night =
        new History.Judged(
            LocalDate.of(2026, 1, 5),
            Map.of(
                "x",
                List.of(
                    new History.Example(1, new double[] {3}, 2),
                    new History.Example(2, new double[] {1}, 0),
                    new History.Example(3, new double[] {7}, 0)),
                "y",
                List.of(new History.Example(1, new double[] {9}, 5))));
    List<Pair> pairs = History.pairs(List.of(night), 1000);
    assertThat(pairs).hasSize(2);
    for (Pair pair : pairs) {
      assertThat(pair.isFirst() ? pair.first() : pair.second()).isEqualTo("x/1");
      double expected = pair.isFirst() ? 1 : -1;
      String other = pair.isFirst() ? pair.second() : pair.first();
      assertThat(pair.difference()[0]).isEqualTo(expected * (other.equals("x/2") ? 2 : -4));
    }
  }
}
