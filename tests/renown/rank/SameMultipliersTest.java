package renown.rank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import renown.bootstrap.ActorMultipliers;

class SameMultipliersTest {
  /** One replicate must be one sample of people, in ranks as in sums over actors. */
  @Test
  void theEngineDrawsTheMultipliersThatSumsOverActorsUse() {
    long sum = 0;
    for (long actor = 0; actor < 2000; actor++) {
      long key = (1L << 40) + actor * 7919;
      int[] multipliers = ActorMultipliers.of(key, 31);
      assertThat(multipliers).hasSize(32);
      for (int replicate = 0; replicate < multipliers.length; replicate++) {
        assertThat(multipliers[replicate])
            .isEqualTo(PoissonMultiplier.of(ActorMultipliers.SEED, key, replicate));
        sum += replicate == 0 ? 0 : multipliers[replicate];
      }
    }
    // Poisson(1) has mean 1: 62,000 draws, standard error 0.004.
    assertThat(sum / 62_000.0).isBetween(0.98, 1.02);
  }
}
