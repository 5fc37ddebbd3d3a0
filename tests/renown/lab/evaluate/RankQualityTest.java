package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankQualityTest {
  @Test
  void areaIsTheShareOfPairsInOrder() {
    assertThat(RankQuality.areaUnderCurve(new double[] {3, 4}, new double[] {1, 2})).isEqualTo(1);
    assertThat(RankQuality.areaUnderCurve(new double[] {1, 2}, new double[] {3, 4})).isZero();
    assertThat(RankQuality.areaUnderCurve(new double[] {1, 1}, new double[] {1})).isEqualTo(0.5);
    assertThat(RankQuality.areaUnderCurve(new double[] {}, new double[] {1})).isNaN();
  }

  @Test
  void areaAgreesWithCountingPairs() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      double[] above = random.ints(1 + random.nextInt(20), 0, 10).asDoubleStream().toArray();
      double[] below = random.ints(1 + random.nextInt(20), 0, 10).asDoubleStream().toArray();
      double won = 0;
      for (double a : above) {
        for (double b : below) {
          won += a > b ? 1 : a == b ? 0.5 : 0;
        }
      }
      assertThat(RankQuality.areaUnderCurve(above, below))
          .isCloseTo(won / above.length / below.length, within(1e-12));
    }
  }

  /** The example of Järvelin and Kekäläinen's measure worked by hand: gains 3 2 3 0 1 2. */
  @Test
  void gainIsThatOfTheWorkedExample() {
    double[] gains = {3, 2, 3, 0, 1, 2};
    assertThat(RankQuality.normalizedGain(gains, 6)).isCloseTo(0.9608, within(1e-4));
    assertThat(RankQuality.normalizedGain(new double[] {5, 3, 1, 0}, 2)).isEqualTo(1);
    assertThat(RankQuality.normalizedGain(new double[] {0, 0}, 2)).isNaN();
  }

  @Test
  void averagePrecisionIsTheMeanAtThePlacesOfWhatIsFound() {
    // Found at places 1, 3 and 6: 1, 2/3 and 3/6.
    boolean[] isRelevant = {true, false, true, false, false, true};
    assertThat(RankQuality.averagePrecision(isRelevant))
        .isCloseTo((1 + 2 / 3.0 + 0.5) / 3, within(1e-12));
    assertThat(RankQuality.averagePrecision(new boolean[] {true, true})).isEqualTo(1);
    assertThat(RankQuality.averagePrecision(new boolean[] {false})).isNaN();
  }
}
