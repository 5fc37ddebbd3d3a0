package renown.kernels.accounts;

import org.apache.commons.math3.special.Gamma;

/**
 * In what share of its weeks an account was there, told from a sample of what it did. Of an account
 * that acts a hundred times a week, one act in a hundred shows two weeks in three, and of one that
 * acts five times, one in twenty: the share of weeks that a sample shows is mostly about how much
 * an account does.
 *
 * <p>The acts of a week are taken to be negative binomial, as those of people who buy or listen are
 * (Ehrenberg, "The Pattern of Consumer Purchases", Applied Statistics 1959): with mean m and
 * dispersion r a week is empty with the probability {@code (1 + m / r)^-r}. A sample of a share s
 * of the acts has the mean s m and the same dispersion, so what the weeks of the sample show tells
 * what those of the whole would. An infinite r is Poisson's distribution, acts that come evenly; a
 * small one are bursts between silent weeks.
 */
public final class SampledPresence {
  private static final double LEAST_DISPERSION = 1e-3;
  private static final double GREATEST_DISPERSION = 1e4;

  /** Halvings of the range of the dispersion's logarithm, which leave an error of 2e-8. */
  private static final int HALVINGS = 30;

  /** A logarithm of 1 + x, from which on the 1 is lost in the bits. */
  private static final double BEYOND_ONE = 40;

  private SampledPresence() {}

  /**
   * The dispersion with which as many weeks are expected to be seen as were seen, given how much
   * each account did: with m acts in n weeks, {@code n (1 - E)}, where E, the probability that none
   * of them lies in a given week, is that of a Dirichlet distribution of n parameters r (the
   * negative binomial given its sum). A single act tells nothing of it, however many accounts have
   * one.
   *
   * @param weeks of each account, 1 or more
   * @param acts of each in the sample, 0 or more
   * @param seen weeks in which it acted in the sample, 0 or more
   * @return 0.001 to 10,000, which for weeks is as good as infinite
   */
  public static double dispersion(double[] weeks, double[] acts, double[] seen) {
    double all = 0;
    for (double its : seen) {
      all += its;
    }
    double low = StrictMath.log(LEAST_DISPERSION);
    double high = StrictMath.log(GREATEST_DISPERSION);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (expected(weeks, acts, StrictMath.exp(middle)) < all) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return StrictMath.exp((low + high) / 2);
  }

  private static double expected(double[] weeks, double[] acts, double dispersion) {
    double expected = 0;
    for (int i = 0; i < weeks.length; i++) {
      double others = (weeks[i] - 1) * dispersion;
      double whole = weeks[i] * dispersion;
      // With a single week there are no others that could hold the acts.
      double empty =
          acts[i] == 0
              ? 1
              : others == 0
                  ? 0
                  : StrictMath.exp(
                      Gamma.logGamma(others + acts[i])
                          - Gamma.logGamma(others)
                          + Gamma.logGamma(whole)
                          - Gamma.logGamma(whole + acts[i]));
      expected += weeks[i] * (1 - empty);
    }
    return expected;
  }

  /**
   * The share of weeks with acts in the whole.
   *
   * @param seenShare of weeks with acts in the sample, 0 to 1
   * @param dispersion above 0
   * @param sampleShare of all acts that are in the sample, above 0 and at most 1: with 1 it is the
   *     share that was seen
   * @return 0 to 1, not less than what was seen
   */
  public static double share(double seenShare, double dispersion, double sampleShare) {
    // The logarithm of 1 + the mean over the dispersion, of the sample and of the whole.
    double sample = -StrictMath.log1p(-seenShare) / dispersion;
    double whole =
        sample > BEYOND_ONE
            ? sample - StrictMath.log(sampleShare)
            : StrictMath.log1p(StrictMath.expm1(sample) / sampleShare);
    return -StrictMath.expm1(-dispersion * whole);
  }
}
