package renown.kernels.accounts;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Quantiles of Student's distribution for many accounts: on a grid of one over the degrees of
 * freedom, between whose points they hardly bend.
 */
public final class StudentQuantiles {
  private static final double ENDS_BELOW = 0.95;
  private static final double LEAST_FREEDOM = 1;
  private static final int STEPS = 512;
  private static final double[] QUANTILES = quantiles();

  private StudentQuantiles() {}

  private static double[] quantiles() {
    double[] quantiles = new double[STEPS + 1];
    quantiles[0] = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(ENDS_BELOW);
    for (int i = 1; i <= STEPS; i++) {
      double freedom = LEAST_FREEDOM * STEPS / i;
      quantiles[i] = new TDistribution(null, freedom).inverseCumulativeProbability(ENDS_BELOW);
    }
    return quantiles;
  }

  /**
   * What a value of the distribution is below with a probability of 0.95: the upper end of an
   * interval of 90 %.
   *
   * @param freedom degrees of freedom, 1 or more; less counts as 1, infinity is the normal
   *     distribution
   */
  public static double ninetyFive(double freedom) {
    double place = STEPS * LEAST_FREEDOM / Math.max(freedom, LEAST_FREEDOM);
    int below = Math.min((int) place, STEPS - 1);
    return QUANTILES[below] + (place - below) * (QUANTILES[below + 1] - QUANTILES[below]);
  }
}
