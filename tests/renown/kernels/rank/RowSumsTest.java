package renown.kernels.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums round as they are documented to. */
class RowSumsTest {
  @Test
  void rowsOfAnyLengthAddUp() {
    Random random = new Random(1);
    int rows = 5;
    for (int degree : new int[] {1, 2, 3, 4, 5, 7, 8, 31, 100}) {
      int[] columns = random.ints(rows * degree + 2, 0, 40).toArray();
      float[] weights = new float[columns.length];
      float[] mirrors = new float[40];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = random.nextFloat() * 10;
      }
      for (int i = 0; i < mirrors.length; i++) {
        mirrors[i] = random.nextFloat();
      }
      for (float[] given : new float[][] {null, weights}) {
        double[] sums = new double[rows + 3];
        RowSums.sum(degree, rows, 2, columns, given, mirrors, sums, 3);
        for (int row = 0; row < rows; row++) {
          float[] values = new float[degree];
          for (int i = 0; i < degree; i++) {
            int edge = 2 + row * degree + i;
            values[i] = mirrors[columns[edge]] * (given == null ? 1 : given[edge]);
          }
          assertThat(sums[3 + row]).as("degree %s", degree).isEqualTo(byFours(values));
        }
      }
    }
  }

  /** As it is documented: fours, and what is left, in float; those in double. */
  private static double byFours(float[] values) {
    double sum = 0;
    int at = 0;
    for (; at + 4 <= values.length; at += 4) {
      float left = values[at] + values[at + 1];
      float right = values[at + 2] + values[at + 3];
      sum += left + right;
    }
    float rest = 0;
    for (; at < values.length; at++) {
      rest += values[at];
    }
    return sum + rest;
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
