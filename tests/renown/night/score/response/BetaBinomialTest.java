package renown.night.score.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import renown.night.score.response.BetaBinomial.Seen;

class BetaBinomialTest {
  /** What members of a population with a beta distribution of rates are seen to do. */
  private static List<Seen> drawn(double a, double b, int members, Random random) {
    BetaDistribution rates = new BetaDistribution(new Well19937c(random.nextInt()), a, b);
    Map<List<Long>, Long> counts = new TreeMap<>((x, y) -> x.toString().compareTo(y.toString()));
    for (int i = 0; i < members; i++) {
      double rate = rates.sample();
      long trials = 1 + random.nextInt(20);
      long successes = 0;
      for (int trial = 0; trial < trials; trial++) {
        successes += random.nextDouble() < rate ? 1 : 0;
      }
      counts.merge(List.of(trials, successes), 1L, Long::sum);
    }
    List<Seen> seen = new ArrayList<>();
    counts.forEach((what, count) -> seen.add(new Seen(what.get(0), what.get(1), count)));
    return seen;
  }

  @Test
  void theFitFindsThePopulation() {
    Random random = new Random(7);
    for (double[] truth : new double[][] {{1, 3}, {2, 2}, {0.5, 6}, {8, 4}}) {
      BetaBinomial fitted = BetaBinomial.fitted(drawn(truth[0], truth[1], 20_000, random));
      assertThat(fitted.successes()).isCloseTo(truth[0], within(0.08 * truth[0]));
      assertThat(fitted.failures()).isCloseTo(truth[1], within(0.08 * truth[1]));
    }
  }

  /** Against a plain search over a grid. */
  @Test
  void theFitIsTheMostLikely() {
    List<Seen> seen = drawn(1.5, 4, 300, new Random(3));
    BetaBinomial fitted = BetaBinomial.fitted(seen);
    double best = likelihood(seen, fitted.successes(), fitted.failures());
    for (double a = 0.2; a < 8; a *= 1.07) {
      for (double b = 0.2; b < 20; b *= 1.07) {
        assertThat(likelihood(seen, a, b)).isLessThanOrEqualTo(best + 1e-6);
      }
    }
  }

  private static double likelihood(List<Seen> seen, double a, double b) {
    double sum = 0;
    for (Seen one : seen) {
      double value = 0;
      for (int i = 0; i < one.successes(); i++) {
        value += Math.log(a + i);
      }
      for (int i = 0; i < one.trials() - one.successes(); i++) {
        value += Math.log(b + i);
      }
      for (int i = 0; i < one.trials(); i++) {
        value -= Math.log(a + b + i);
      }
      sum += one.members() * value;
    }
    return sum;
  }

  @Test
  void atTheEdgesItStaysFinite() {
    for (List<Seen> seen :
        List.of(
            List.<Seen>of(),
            List.of(new Seen(5, 0, 100)),
            List.of(new Seen(5, 5, 100)),
            List.of(new Seen(1, 0, 50), new Seen(1, 1, 50)),
            List.of(new Seen(100, 50, 1000)))) {
      BetaBinomial fitted = BetaBinomial.fitted(seen);
      assertThat(fitted.successes()).isPositive().isFinite();
      assertThat(fitted.failures()).isPositive().isFinite();
      double[] estimate = fitted.after(3, 1);
      assertThat(estimate[1]).isBetween(0.0, estimate[0]);
      assertThat(estimate[2]).isBetween(estimate[0], 1.0);
    }
    assertThat(BetaBinomial.fitted(List.of())).isEqualTo(BetaBinomial.UNKNOWN);
    // Nobody ever answered: the rate is small, and not none.
    assertThat(BetaBinomial.fitted(List.of(new Seen(5, 0, 100))).after(0, 0)[0])
        .isBetween(1e-6, 0.05);
  }

  @Test
  void estimatesAreClosedFormsForTheUniformPrior() {
    BetaBinomial uniform = new BetaBinomial(1, 1);
    assertThat(uniform.after(0, 0)).containsExactly(new double[] {0.5, 0.05, 0.95}, within(1e-6));
    // After one success of one trial the density is 2p: quantile q lies at its root.
    assertThat(uniform.after(1, 1))
        .containsExactly(new double[] {2.0 / 3, Math.sqrt(0.05), Math.sqrt(0.95)}, within(1e-6));
    assertThat(uniform.after(10, 7)[0]).isCloseTo(8.0 / 12, within(1e-12));
  }

  @Test
  void moreAnswersAreNeverLessAndMoreTrialsSayMore() {
    BetaBinomial prior = new BetaBinomial(0.7, 2.1);
    for (int trials = 1; trials < 30; trials++) {
      for (int answers = 0; answers < trials; answers++) {
        double[] less = prior.after(trials, answers);
        double[] more = prior.after(trials, answers + 1);
        assertThat(more[0]).isGreaterThan(less[0]);
        assertThat(more[1]).isGreaterThanOrEqualTo(less[1]);
        assertThat(more[2]).isGreaterThanOrEqualTo(less[2]);
      }
    }
    double[] few = prior.after(4, 1);
    double[] many = prior.after(400, 100);
    assertThat(many[2] - many[1]).isLessThan(few[2] - few[1]);
  }
}
