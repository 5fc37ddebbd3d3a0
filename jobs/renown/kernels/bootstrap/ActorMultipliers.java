package renown.kernels.bootstrap;

import renown.kernels.rank.PoissonMultiplier;
import renown.run.ConfigKey;

/**
 * Poisson(1) multipliers, one per actor and replicate, from a hash: the same on every night, for
 * any partitioning, and in the rank engine for this seed, so that one replicate is one sample of
 * people in every term of a score (Chamandy, Muralidharan, Najmi, Naidu, "Estimating Uncertainty
 * for Massive Data Streams", 2012).
 */
public final class ActorMultipliers {
  public static final ConfigKey<Long> REPLICATES =
      ConfigKey.integer(
          "score.bootstrap-replicates",
          15,
          2,
          127,
          "Bootstrap replicates over actors, from which score intervals are estimated; 8, 16"
              + " and 32 fill whole vector tiles.");

  /** The seed of all replicates. Changing it would change every interval. */
  public static final long SEED = 20_260_105;

  private ActorMultipliers() {}

  /**
   * The multipliers of an actor.
   *
   * @return one per replicate, 0 to 15, after that of replicate 0, the data itself: 1
   */
  public static int[] of(long accountKey, int replicates) {
    int[] multipliers = new int[replicates + 1];
    for (int replicate = 0; replicate <= replicates; replicate++) {
      multipliers[replicate] = PoissonMultiplier.of(SEED, accountKey, replicate);
    }
    return multipliers;
  }
}
