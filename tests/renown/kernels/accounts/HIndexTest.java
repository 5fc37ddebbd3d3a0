package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HIndexTest {
  private static double h(double... reactors) {
    return HIndex.of(reactors.clone(), 0, reactors.length).value();
  }

  /** Where the line through the sorted posts crosses that through their places, by halving. */
  private static double slow(double... reactors) {
    double[] falling = Arrays.stream(reactors).map(x -> -x).sorted().map(x -> -x).toArray();
    double low = 0;
    double high = reactors.length + 1;
    for (int i = 0; i < 60; i++) {
      double place = (low + high) / 2;
      int before = (int) Math.floor(place);
      double left = before < 1 ? Math.max(falling[0], 0) : falling[before - 1];
      double right = before < falling.length ? falling[Math.max(before, 0)] : 0;
      double line = before < 1 ? left : left + (place - before) * (right - left);
      if (line >= place) {
        low = place;
      } else {
        high = place;
      }
    }
    return low;
  }

  @Test
  void itIsTheUsualOneBetweenWholeNumbersAndMovesWithoutAStep() {
    assertThat(h(10, 8, 5, 4, 3)).isCloseTo(4, within(1e-9));
    assertThat(h(1)).isCloseTo(1, within(1e-9));
    assertThat(h(0.4)).isCloseTo(0.4, within(1e-9));
    assertThat(h(0, 0)).isZero();
    assertThat(h()).isZero();
    assertThat(h(1000)).isBetween(1.0, 2.0);
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      double[] reactors = random.doubles(1 + random.nextInt(14), 0, 15).toArray();
      double h = h(reactors);
      assertThat(h).isCloseTo(slow(reactors), within(1e-9));
      double[] sorted = reactors.clone();
      Arrays.sort(sorted);
      int usual = 0;
      while (usual < sorted.length && sorted[sorted.length - 1 - usual] >= usual + 1) {
        usual++;
      }
      assertThat(Math.floor(h)).isEqualTo(usual);
      // An hour of a half-life of 90 days.
      double[] later = Arrays.stream(reactors).map(x -> x * Math.pow(2, -1 / 2160.0)).toArray();
      assertThat(h - h(later)).isBetween(0.0, 0.005);
      later[0] += 3;
      assertThat(h(later))
          .isGreaterThanOrEqualTo(h(Arrays.copyOfRange(later, 1, later.length)) - 1e-12);
    }
  }

  @Test
  void itsElasticityIsThatOfAllPostsGrowingAlike() {
    Random random = new Random(8);
    for (int round = 0; round < 300; round++) {
      double[] reactors = random.doubles(1 + random.nextInt(14), 0.01, 15).toArray();
      HIndex h = HIndex.of(reactors.clone(), 0, reactors.length);
      double more = h(Arrays.stream(reactors).map(x -> x * (1 + 1e-7)).toArray());
      assertThat(h.elasticity())
          .isBetween(0.0, 1.0)
          .isCloseTo((more / h.value() - 1) / 1e-7, within(1e-4));
    }
  }

  @Test
  void onlyAnAccountsOwnPartOfTheArrayIsLookedAt() {
    double[] reactors = {99, 99, 1, 5, 2, 99};
    assertThat(HIndex.of(reactors, 2, 5).value()).isCloseTo(h(5, 2, 1), within(1e-12));
    assertThat(reactors).containsExactly(99, 99, 1, 2, 5, 99);
  }
}
