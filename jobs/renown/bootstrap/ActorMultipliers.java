package renown.bootstrap;

import renown.run.ConfigKey;

/**
 * Poisson(1) multipliers, one per actor and replicate, from a hash: the same on every night and for
 * any partitioning, and the same that the rank engine draws for this seed, so that one replicate is
 * one sample of people in every term of a score (Chamandy, Muralidharan, Najmi, Naidu, "Estimating
 * Uncertainty for Massive Data Streams", 2012).
 */
public final class ActorMultipliers {
  public static final ConfigKey<Long> REPLICATES =
      ConfigKey.integer(
          "score.bootstrap-replicates",
          15,
          2,
          127,
          "Samples of actors from which the interval of a score is estimated. One more than these"
              + " vectors are ranked together: 7, 15 and 31 fill the tiles they travel in.");

  /** The seed of all replicates; another would change every interval. */
  public static final long SEED = 20_260_105;

  /** Probability of at most n is THRESHOLDS[n], in units of 2^-63. */
  private static final long[] THRESHOLDS = thresholds();

  private ActorMultipliers() {}

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

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long key) {
    long z = key + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * The multipliers of an actor.
   *
   * @return one per replicate, 0 to 15, after that of replicate 0, the data itself: 1
   */
  public static int[] of(long accountKey, int replicates) {
    int[] multipliers = new int[replicates + 1];
    multipliers[0] = 1;
    long actor = mix(accountKey ^ mix(SEED));
    for (int replicate = 1; replicate <= replicates; replicate++) {
      long uniform = mix(actor + replicate) >>> 1;
      int n = 0;
      while (n < THRESHOLDS.length && uniform >= THRESHOLDS[n]) {
        n++;
      }
      multipliers[replicate] = n;
    }
    return multipliers;
  }
}
