package renown.night.publish.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sorted ways beside slow ones that count, on values with many ties. */
class PredictionTest {
  /** Few different values, zeroes of both signs among them. */
  private static double[] values(SplittableRandom random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      int drawn = random.nextInt(-4, 5);
      values[i] = drawn == 0 && random.nextBoolean() ? -0.0 : drawn / 2.0;
    }
    return values;
  }

  private static double[] slowRanks(double[] values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      for (double other : values) {
        ranks[i] += other < values[i] ? 1 : other == values[i] ? 0.5 : 0;
      }
      ranks[i] += 0.5;
    }
    return ranks;
  }

  private static double slowCorrelation(double[] x, double[] y) {
    double products = 0;
    double squaresOfX = 0;
    double squaresOfY = 0;
    double mean = (x.length + 1) / 2.0;
    for (int i = 0; i < x.length; i++) {
      products += (x[i] - mean) * (y[i] - mean);
      squaresOfX += Math.pow(x[i] - mean, 2);
      squaresOfY += Math.pow(y[i] - mean, 2);
    }
    return squaresOfX * squaresOfY == 0 ? 0 : products / Math.sqrt(squaresOfX * squaresOfY);
  }

  /** Takes the first of the largest that are left, one after the other. */
  private static double slowGain(double[] by, double[] outcome) {
    boolean[] taken = new boolean[by.length];
    double gain = 0;
    for (int place = 0; place < Math.min(100, by.length); place++) {
      int best = -1;
      for (int i = 0; i < by.length; i++) {
        if (!taken[i] && (best < 0 || by[i] > by[best])) {
          best = i;
        }
      }
      taken[best] = true;
      gain += outcome[best] / (Math.log(place + 2) / Math.log(2));
    }
    return gain;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 50, 150, 400})
  void ranksAndGainsAreThoseThatCountingGives(int size) {
    SplittableRandom random = new SplittableRandom(size);
    for (int round = 0; round < 20; round++) {
      double[] predicted = values(random, size);
      double[] outcome = random.doubles(size).map(x -> Math.floor(4 * x)).toArray();
      assertThat(Prediction.spearman(predicted, outcome))
          .isCloseTo(slowCorrelation(slowRanks(predicted), slowRanks(outcome)), within(1e-12));
      double best = slowGain(outcome, outcome);
      assertThat(Prediction.ndcg(predicted, outcome))
          .isCloseTo(best == 0 ? 0 : slowGain(predicted, outcome) / best, within(1e-12));
    }
  }
}
