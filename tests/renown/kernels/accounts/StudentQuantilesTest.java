package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class StudentQuantilesTest {
  @Test
  void theyAreThoseOfTheTables() {
    assertThat(StudentQuantiles.ninetyFive(Double.POSITIVE_INFINITY)).isCloseTo(1.6448536, at());
    assertThat(StudentQuantiles.ninetyFive(1)).isCloseTo(6.3137515, at());
    assertThat(StudentQuantiles.ninetyFive(2)).isCloseTo(2.9199856, at());
    assertThat(StudentQuantiles.ninetyFive(10)).isCloseTo(1.8124611, within(1e-4));
    assertThat(StudentQuantiles.ninetyFive(0.5)).isCloseTo(6.3137515, at());
  }

  private static org.assertj.core.data.Offset<Double> at() {
    return within(1e-6);
  }

  @Test
  void betweenThePointsOfTheGridTheyHardlyBend() {
    for (double freedom = 2; freedom < 200; freedom *= 1.07) {
      double exact = new TDistribution(null, freedom).inverseCumulativeProbability(0.95);
      assertThat(StudentQuantiles.ninetyFive(freedom)).isCloseTo(exact, within(1e-4 * exact));
    }
  }

  @Test
  void equalActorsBringTwoDegreesOfFreedomEach() {
    DistinctActors.Chance chance =
        new DistinctActors.Chance(0, new double[] {4, 9}, new double[] {4, 81});
    // Four actors of 1 each; one of 3.
    assertThat(chance.freedom(0)).isEqualTo(8);
    assertThat(chance.freedom(1)).isEqualTo(2);
  }
}
