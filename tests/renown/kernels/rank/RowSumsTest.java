package renown.kernels.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** All implementations of the inner loop round alike, and add up what they should. */
class RowSumsTest {
  @Test
  void everyImplementationGivesTheSameBits() {
    Random random = new Random(1);
    int rows = 5;
    for (int lanes : new int[] {8, 16, 24}) {
      for (int degree : new int[] {1, 2, 3, 4, 5, 7, 8, 31, 100}) {
        int mirrors = 40;
        int[] columns = random.ints(rows * degree + 2, 0, mirrors).toArray();
        float[] weights = new float[columns.length];
        float[] values = new float[mirrors * lanes];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = random.nextFloat() * 10;
        }
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextFloat();
        }
        for (float[] given : new float[][] {null, weights}) {
          double[] plain = new double[rows * lanes + 3];
          new TiledRowSums(lanes).sum(degree, rows, 2, columns, given, values, plain, 3);
          RowSums fastest = TiledRowSums.fastest(lanes);
          assertThat(fastest.getClass().getSimpleName()).isEqualTo("VectorRowSums");
          double[] vector = new double[rows * lanes + 3];
          fastest.sum(degree, rows, 2, columns, given, values, vector, 3);
          assertThat(vector).as("%s lanes, degree %s", lanes, degree).isEqualTo(plain);
          for (int lane : List.of(0, lanes - 1)) {
            float[] one = new float[mirrors];
            for (int m = 0; m < mirrors; m++) {
              one[m] = values[m * lanes + lane];
            }
            double[] single = new double[rows];
            new SingleRowSums().sum(degree, rows, 2, columns, given, one, single, 0);
            for (int row = 0; row < rows; row++) {
              assertThat(plain[3 + row * lanes + lane]).isEqualTo(single[row]);
              double expected = 0;
              for (int e = 2 + row * degree; e < 2 + (row + 1) * degree; e++) {
                expected += (double) one[columns[e]] * (given == null ? 1 : given[e]);
              }
              assertThat(single[row]).isCloseTo(expected, within(1e-6 * expected));
            }
          }
        }
      }
    }
  }

  @Test
  void exactSumsDoNotDependOnTheOrder() {
    double[] numbers = new Random(2).doubles(1000, 0, 1).map(x -> Math.pow(x, 20)).toArray();
    ExactSums forward = new ExactSums(1);
    ExactSums firstHalf = new ExactSums(1);
    ExactSums secondHalf = new ExactSums(1);
    java.math.BigDecimal expected = java.math.BigDecimal.ZERO;
    for (int i = 0; i < numbers.length; i++) {
      forward.add(0, numbers[i]);
      (i % 3 == 0 ? firstHalf : secondHalf).add(0, numbers[numbers.length - 1 - i]);
      expected = expected.add(new java.math.BigDecimal(numbers[i]));
    }
    secondHalf.addAll(firstHalf);
    assertThat(secondHalf.value(0)).isEqualTo(forward.value(0));
    assertThat(forward.value(0)).isCloseTo(expected.doubleValue(), within(1000 * 0x1p-64));
  }
}
