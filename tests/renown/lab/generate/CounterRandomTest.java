package renown.lab.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CounterRandomTest {
  private static final int DRAWS = 200_000;

  @Test
  void uniformNumbersHaveTheRightMomentsAlongCountersAndKeys() {
    for (boolean alongKeys : new boolean[] {true, false}) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < DRAWS; i++) {
        double u =
            alongKeys
                ? CounterRandom.uniform(CounterRandom.key(3, i), 0)
                : CounterRandom.uniform(3, i);
        assertThat(u).isBetween(0.0, Math.nextDown(1.0));
        sum += u;
        squares += u * u;
      }
      assertThat(sum / DRAWS).isCloseTo(0.5, within(0.003));
      assertThat(squares / DRAWS).isCloseTo(1.0 / 3, within(0.003));
    }
  }

  @Test
  void poissonHasItsMeanAndVariance() {
    double mean = 3.7;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      int k = CounterRandom.poisson(mean, Math.exp(-mean), CounterRandom.uniform(5, i));
      sum += k;
      squares += (double) k * k;
    }
    assertThat(sum / DRAWS).isCloseTo(mean, within(0.03));
    assertThat(squares / DRAWS - (sum / DRAWS) * (sum / DRAWS)).isCloseTo(mean, within(0.08));
  }

  @Test
  void zipfRanksFallWithTheirExponent() {
    int[] counts = new int[1000];
    for (int i = 0; i < DRAWS; i++) {
      counts[CounterRandom.zipf(CounterRandom.uniform(6, i), counts.length, 0.85)]++;
    }
    // Ranks 11..20 against 101..200: sums of (rank + 1) ^ -0.85 by quadrature.
    double low = 0;
    double high = 0;
    double expectedLow = 0;
    double expectedHigh = 0;
    for (int r = 10; r < 20; r++) {
      low += counts[r];
      expectedLow += Math.pow(r + 1.5, -0.85);
    }
    for (int r = 100; r < 200; r++) {
      high += counts[r];
      expectedHigh += Math.pow(r + 1.5, -0.85);
    }
    assertThat(low / high).isCloseTo(expectedLow / expectedHigh, within(0.04));
  }

  @Test
  void theEndsOfTheRangeAreRanks() {
    assertThat(CounterRandom.zipf(0, 1, 0.5)).isZero();
    assertThat(CounterRandom.zipf(Math.nextDown(1.0), 10, 0.5)).isEqualTo(9);
  }
}
