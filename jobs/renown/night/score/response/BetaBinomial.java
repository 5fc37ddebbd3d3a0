package renown.night.score.response;

import java.io.Serializable;
import java.util.List;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * The rates of a population: each member has its own, drawn from a beta distribution, and what is
 * seen of a member is how many of some trials succeeded. Fitted by maximum likelihood (Minka,
 * "Estimating a Dirichlet distribution", 2000, section 3: the fixed point of the Polya
 * distribution, with two outcomes).
 *
 * @param successes prior successes, above 0
 * @param failures prior failures, above 0
 */
record BetaBinomial(double successes, double failures) implements Serializable {
  /** The prior without population data: about one trial in four succeeds. */
  static final BetaBinomial UNKNOWN = new BetaBinomial(1, 3);

  /** Probability mass outside the interval at either end. */
  static final double OUTSIDE = 0.05;

  private static final int MOST_STEPS = 1000;
  private static final double TOLERANCE = 1e-6;

  /** Maximum weight of the prior, in trials. */
  private static final double MOST_TRIALS = 500;

  private static final double LEAST = 0.01;

  /**
   * Members of which the same was seen.
   *
   * @param trials of each
   * @param successes of each
   * @param members how many
   */
  record Seen(long trials, long successes, long members) {}

  /** The population with the maximum likelihood. */
  static BetaBinomial fitted(List<Seen> seen) {
    double trials = 0;
    double successes = 0;
    for (Seen one : seen) {
      trials += (double) one.trials * one.members;
      successes += (double) one.successes * one.members;
    }
    // A few prior trials keep a population in which none, or all, succeeded away from the boundary.
    double mean = (successes + UNKNOWN.successes) / (trials + UNKNOWN.trials());
    double a = 2 * mean;
    double b = 2 * (1 - mean);
    for (int step = 0; step < MOST_STEPS; step++) {
      double up = 0;
      double down = 0;
      double all = 0;
      for (Seen one : seen) {
        up += one.members * rise(a, one.successes);
        down += one.members * rise(b, one.trials - one.successes);
        all += one.members * rise(a + b, one.trials);
      }
      if (all <= 0) {
        return UNKNOWN;
      }
      double nextA = Math.max(LEAST, a * up / all);
      double nextB = Math.max(LEAST, b * down / all);
      double excess = (nextA + nextB) / MOST_TRIALS;
      if (excess > 1) {
        nextA /= excess;
        nextB /= excess;
      }
      boolean settled =
          Math.abs(nextA - a) <= TOLERANCE * a && Math.abs(nextB - b) <= TOLERANCE * b;
      a = nextA;
      b = nextB;
      if (settled) {
        break;
      }
    }
    return new BetaBinomial(a, b);
  }

  /** digamma(value + count) - digamma(value). */
  private static double rise(double value, long count) {
    return count == 0 ? 0 : Gamma.digamma(value + count) - Gamma.digamma(value);
  }

  double trials() {
    return successes + failures;
  }

  /**
   * A member's rate after what was seen of it.
   *
   * @param trials that it had, weighed; 0 or more
   * @param succeeded of those
   * @return the mean, and the ends of the interval between quantiles {@link #OUTSIDE} and 1 less
   *     it, moved out to the mean where a skewed distribution has that beyond
   */
  double[] after(double trials, double succeeded) {
    double a = successes + succeeded;
    double b = failures + trials - succeeded;
    double mean = a / (a + b);
    // No random numbers are drawn; the generator would otherwise be rebuilt each time.
    BetaDistribution rate = new BetaDistribution(null, a, b);
    return new double[] {
      mean,
      Math.min(mean, rate.inverseCumulativeProbability(OUTSIDE)),
      Math.max(mean, rate.inverseCumulativeProbability(1 - OUTSIDE))
    };
  }
}
