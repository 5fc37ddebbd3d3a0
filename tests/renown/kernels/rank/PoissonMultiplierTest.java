package renown.kernels.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PoissonMultiplierTest {
  private static final int ACCOUNTS = 20_000;
  private static final int REPLICATES = 15;

  /** Poisson(1): P(n) = 1 / (e n!), and draws of one account in two replicates are independent. */
  @Test
  void frequenciesAreThoseOfPoissonOne() {
    int[] counts = new int[16];
    double product = 0;
    for (long account = 0; account < ACCOUNTS; account++) {
      long key = (1L << 40) + account;
      assertThat(PoissonMultiplier.of(7, key, 0)).isEqualTo((byte) 1);
      for (int replicate = 1; replicate <= REPLICATES; replicate++) {
        counts[PoissonMultiplier.of(7, key, replicate)]++;
      }
      product += (PoissonMultiplier.of(7, key, 1) - 1) * (PoissonMultiplier.of(7, key, 2) - 1);
    }
    double draws = (double) ACCOUNTS * REPLICATES;
    double expected = Math.exp(-1);
    for (int n = 0; n < 7; n++) {
      // Five standard errors of a frequency.
      assertThat(counts[n] / draws).isCloseTo(expected, within(5 * Math.sqrt(expected / draws)));
      expected /= n + 1;
    }
    assertThat(product / ACCOUNTS).isCloseTo(0, within(5 / Math.sqrt(ACCOUNTS)));
  }
}
