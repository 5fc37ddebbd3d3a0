package renown.kernels.rank;

/**
 * Poisson(1) multipliers of a bootstrap, one per account and replicate, from a hash: no random
 * state, so the same for any partitioning and on every night with the same seed (Chamandy et al.,
 * "Estimating Uncertainty for Massive Data Streams", 2012).
 */
public final class PoissonMultiplier {
  /** Probability of at most n is THRESHOLDS[n], in units of 2^-63. */
  private static final long[] THRESHOLDS = thresholds();

  private PoissonMultiplier() {}

  private static long[] thresholds() {
    long[] thresholds = new long[15];
    double probability = Math.exp(-1);
    double atMost = 0;
    for (int n = 0; n < thresholds.length; n++) {
      atMost += probability;
      thresholds[n] = (long) (atMost * 0x1p63);
      probability /= n + 1;
    }
    return thresholds;
  }

  /** The multiplier, 0 to 15, of an account in a replicate; replicate 0 is the data itself: 1. */
  public static byte of(long seed, long key, int replicate) {
    if (replicate == 0) {
      return 1;
    }
    long uniform = KeyIndex.mix(KeyIndex.mix(key ^ KeyIndex.mix(seed)) + replicate) >>> 1;
    byte n = 0;
    while (n < THRESHOLDS.length && uniform >= THRESHOLDS[n]) {
      n++;
    }
    return n;
  }
}
