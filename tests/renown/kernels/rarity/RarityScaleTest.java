package renown.kernels.rarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RarityScaleTest {
  private static RarityScale scale(DoubleStream population) {
    TreeMap<Long, Long> counts = new TreeMap<>();
    population.forEach(value -> counts.merge(RarityScale.step(value), 1L, Long::sum));
    return new RarityScale(
        counts.keySet().stream().mapToLong(step -> step).toArray(),
        counts.values().stream().mapToLong(count -> count).toArray());
  }

  /** The quantiles of a Pareto distribution from 1 on: the share above v is v^-exponent. */
  private static DoubleStream pareto(int accounts, double exponent) {
    return DoubleStream.iterate(0.5, rank -> rank + 1)
        .limit(accounts)
        .map(rank -> Math.pow(rank / accounts, -1 / exponent));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 1.1, 1.5, 2.5})
  void aParetoPopulationIsMeasuredByItsClosedForm(double exponent) {
    RarityScale scale = scale(pareto(200_000, exponent));
    assertThat(scale.tailExponent()).isCloseTo(exponent, within(0.04 * exponent));
    assertThat(scale.tailDistance()).isBetween(0.0, 0.05);
    assertThat(scale.tailCount()).isBetween(50L, 60L);
    for (double points : new double[] {3, 12.5, 25, 37.5}) {
      // The share above v is 10^(-points / 12.5).
      double value = Math.pow(10, points / 12.5 / exponent);
      assertThat(scale.score(value)).isCloseTo(points, within(0.15));
      assertThat(scale.share(value))
          .isCloseTo(Math.pow(10, -points / 12.5), within(0.03 * Math.pow(10, -points / 12.5)));
    }
    // Beyond the population, where only the fitted law tells.
    assertThat(scale.score(Math.pow(10, 75 / 12.5 / exponent))).isCloseTo(75, within(2.0));
  }

  @Test
  void theTopPercentBeginsAt25Points() {
    Random random = new Random(1);
    double[] values =
        DoubleStream.generate(() -> Math.exp(random.nextGaussian() * 2)).limit(100_000).toArray();
    RarityScale scale = scale(DoubleStream.of(values));
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    assertThat(scale.score(sorted[99_000])).isCloseTo(25, within(0.2));
    assertThat(scale.score(sorted[90_000])).isCloseTo(12.5, within(0.1));
    assertThat(scale.score(sorted[0])).isCloseTo(0, within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10, 11, 60, 1000, 50_000})
  void pointsRiseWithoutAJumpFrom0To100(int accounts) {
    Random random = new Random(accounts);
    double[] values =
        DoubleStream.generate(() -> Math.pow(1 - random.nextDouble(), -1 / 1.3))
            .limit(accounts)
            .toArray();
    RarityScale scale = scale(DoubleStream.of(values));
    double before = 0;
    double share = 1;
    // Twelve decades in steps so fine that the steepest tail rises by a hundredth of a point.
    for (double value = 0.5; value < 5e11; value *= 1.0001) {
      double points = scale.score(value);
      assertThat(points).isBetween(before, Math.min(100, before + 0.35));
      assertThat(scale.share(value)).isGreaterThan(0).isLessThanOrEqualTo(share);
      share = scale.share(value);
      before = points;
    }
    assertThat(scale.score(1e-9)).isZero();
    assertThat(scale.score(1e300)).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100_000})
  void aPopulationOfEqualsHasNobodyAboveTheOthers(int accounts) {
    RarityScale scale = scale(DoubleStream.generate(() -> 3.7).limit(accounts));
    // At most what one step of 1.1 % is worth at the steepest exponent.
    assertThat(scale.score(3.7)).isBetween(0.0, 12.5 * 10 * Math.log10(Math.pow(2, 1 / 64.0)));
    assertThat(scale.score(3.6)).isZero();
    assertThat(scale.score(37)).isGreaterThan(scale.score(7.4)).isGreaterThan(25);
    assertThat(scale.tailExponent()).isEqualTo(10);
    assertThat(scale.tailCount()).isEqualTo(accounts);
  }

  @Test
  void aPopulationWithoutAccountsIsRefused() {
    assertThatThrownBy(() -> new RarityScale(new long[0], new long[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without accounts");
  }

  @Test
  void aStepHoldsItsLowerEdgeAndNotItsUpper() {
    assertThat(RarityScale.step(1)).isZero();
    assertThat(RarityScale.step(Math.nextDown(1.0))).isEqualTo(-1);
    assertThat(RarityScale.step(2)).isEqualTo(64);
    assertThat(RarityScale.step(Math.nextDown(2.0))).isEqualTo(63);
    assertThat(RarityScale.step(0.125)).isEqualTo(-192);
    assertThat(RarityScale.step(Double.MIN_NORMAL)).isEqualTo(-1022 * 64);
    for (int step = -2000; step < 2000; step++) {
      double edge = StrictMath.pow(2, step / 64.0);
      assertThat(RarityScale.step(edge)).isEqualTo(step);
      assertThat(RarityScale.step(Math.nextDown(edge))).isEqualTo(step - 1);
    }
  }

  /** Populations drawn again and again from one law: points spread as far as is said. */
  @Test
  void theDeviationIsThatOfPopulationsDrawnAgain() {
    Random random = new Random(5);
    double[] asked = {2, 8, 40, 400, 4000};
    int rounds = 400;
    double[] sums = new double[asked.length];
    double[] squares = new double[asked.length];
    double[] said = new double[asked.length];
    for (int round = 0; round < rounds; round++) {
      RarityScale scale =
          scale(
              DoubleStream.generate(() -> Math.pow(1 - random.nextDouble(), -1 / 1.2)).limit(5000));
      for (int i = 0; i < asked.length; i++) {
        double points = scale.score(asked[i]);
        sums[i] += points;
        squares[i] += points * points;
        said[i] += scale.deviation(asked[i]) / rounds;
      }
    }
    for (int i = 0; i < asked.length; i++) {
      double mean = sums[i] / rounds;
      double deviation = Math.sqrt(squares[i] / rounds - mean * mean);
      assertThat(said[i]).isCloseTo(deviation, within(0.25 * deviation));
    }
  }

  @Test
  void thePowerLawsDistanceIsThatOfKolmogorovAndSmirnov() {
    // Three at 1, one each a doubling and three further: the law is farthest off beside the three.
    RarityScale scale = new RarityScale(new long[] {0, 64, 256}, new long[] {3, 1, 1});
    double exponent = 5 / (Math.log(2) / 64 * (3 * 0.5 + 64.5 + 256.5));
    assertThat(scale.tailExponent()).isCloseTo(exponent, within(1e-9));
    assertThat(scale.tailDistance()).isCloseTo(Math.pow(2, -exponent / 64) - 0.4, within(1e-9));
  }

  /** A tie is no tail: the top account's points are those of its place, not of a law of equals. */
  @ParameterizedTest
  @ValueSource(ints = {300, 2000, 200_000})
  void aFewAboveAGreatTieAreMeasuredByTheirPlaces(int accounts) {
    long[] steps = {0, 100, 140, 180, 200, 240, 300, 310, 400, 600};
    long[] counts = {accounts - 9, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    for (RarityScale scale :
        new RarityScale[] {
          new RarityScale(steps, counts), RarityScale.ofItself(steps, counts, 0)
        }) {
      for (int place = 1; place <= 9; place++) {
        double value = RarityScale.start(steps[10 - place]);
        assertThat(scale.score(value))
            .isCloseTo(12.5 * Math.log10((double) accounts / place), within(1e-9));
      }
      assertThat(scale.score(1)).isCloseTo(0, within(1e-9));
      // Beyond, the law of the nine: 9 over the sum of the logarithms of their distances.
      double logs = 0;
      for (int i = 1; i < steps.length; i++) {
        logs += Math.log(2) / 64 * (steps[i] + 0.5 - 1);
      }
      assertThat(scale.tailExponent()).isCloseTo(9 / logs, within(1e-9));
      assertThat(scale.tailDistance()).isGreaterThan(0.8);
      assertThat(scale.tailCount()).isEqualTo(1);
    }
  }

  /** Of those above a tie there are enough for a law of their own. */
  @Test
  void theTailBeginsAboveATie() {
    TreeMap<Long, Long> counts = new TreeMap<>();
    pareto(30, 1.5).forEach(v -> counts.merge(RarityScale.step(4 * v), 1L, Long::sum));
    counts.put(0L, 100_000L);
    RarityScale scale =
        new RarityScale(
            counts.keySet().stream().mapToLong(step -> step).toArray(),
            counts.values().stream().mapToLong(count -> count).toArray());
    assertThat(scale.tailCount()).isEqualTo(30);
    assertThat(scale.tailExponent()).isCloseTo(1.5, within(0.15));
    assertThat(scale.tailDistance()).isLessThan(0.1);
    // Twice the attention at which the thirty begin: the share falls by 2^-1.5.
    double share = 30 / 100_030.0 * Math.pow(2, -1.5);
    assertThat(scale.share(8)).isCloseTo(share, within(0.15 * share));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10, 11, 60, 1000, 50_000})
  void amongItsOwnAccountsPointsRiseWithoutAJumpToo(int accounts) {
    Random random = new Random(accounts);
    TreeMap<Long, Long> counts = new TreeMap<>();
    double most = 0;
    for (int i = 0; i < accounts; i++) {
      double value = 2 * Math.pow(1 - random.nextDouble(), -1 / 1.3) * (i == 0 ? 1e5 : 1);
      most = Math.max(most, value);
      counts.merge(RarityScale.step(value), 1L, Long::sum);
    }
    long without = accounts / 2;
    RarityScale scale =
        RarityScale.ofItself(
            counts.keySet().stream().mapToLong(step -> step).toArray(),
            counts.values().stream().mapToLong(count -> count).toArray(),
            without);
    double before = 0;
    for (double value = 1e-3; value < 5e11; value *= 1.0001) {
      double points = scale.score(value);
      assertThat(points).isBetween(before, Math.min(100, before + 0.35));
      before = points;
    }
    assertThat(scale.score(0)).isZero();
    assertThat(scale.score(most)).isLessThan(12.5 * Math.log10(10.0 * (accounts + without)) + 0.5);
    assertThat(scale.score(1e300)).isEqualTo(100);
  }
}
