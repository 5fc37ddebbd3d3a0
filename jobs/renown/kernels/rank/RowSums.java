package renown.kernels.rank;

/**
 * The inner loops: for rows of one in-degree, the sum of mirror times weight over the row's edges.
 * Products and sums of four neighbouring edges, {@code (a + b) + (c + d)}, are rounded to float,
 * and so is the sum of what is left at the end of a row, {@code (a + b) + c}; these parts are added
 * up in double, in the order of the edges. So a row's bits depend on its edges alone.
 *
 * <p>With weights an edge takes 8 bytes in place of 4 and some 1.4 times as long. What was tried
 * against that, all to the same bits (scale 20, one thread, least of seven rounds; without weights
 * 15.6 ms of CPU): columns and weights in two arrays 22.1 ms, in one array of ints in turns 22.3,
 * as longs 25.2, two fours at a time 21.8. It is the memory that is waited for, so only fewer bytes
 * would help, and halves of floats would cost the ranks their digits.
 */
final class RowSums {
  private RowSums() {}

  /**
   * Sums the rows.
   *
   * @param degree edges per row, at least 1
   * @param rows number of rows
   * @param edge where the first row's edges start in {@code columns}
   * @param weights null if all are 1
   * @param sums filled from {@code at}
   */
  static void sum(
      int degree,
      int rows,
      int edge,
      int[] columns,
      float[] weights,
      float[] mirrors,
      double[] sums,
      int at) {
    if (weights == null) {
      switch (degree) {
        case 1 -> ones(rows, edge, columns, mirrors, sums, at);
        case 2 -> twos(rows, edge, columns, mirrors, sums, at);
        case 3 -> threes(rows, edge, columns, mirrors, sums, at);
        default -> plain(degree, rows, edge, columns, mirrors, sums, at);
      }
    } else {
      switch (degree) {
        case 1 -> weightedOnes(rows, edge, columns, weights, mirrors, sums, at);
        case 2 -> weightedTwos(rows, edge, columns, weights, mirrors, sums, at);
        case 3 -> weightedThrees(rows, edge, columns, weights, mirrors, sums, at);
        default -> weighted(degree, rows, edge, columns, weights, mirrors, sums, at);
      }
    }
  }

  // Rows of one, two and three edges are most rows of a social graph; without an inner loop they
  // cost no mispredicted branches.
  private static void ones(
      int rows, int edge, int[] columns, float[] mirrors, double[] sums, int at) {
    for (int i = 0; i < rows; i++) {
      sums[at + i] = mirrors[columns[edge + i]];
    }
  }

  private static void twos(
      int rows, int edge, int[] columns, float[] mirrors, double[] sums, int at) {
    for (int i = 0, e = edge; i < rows; i++, e += 2) {
      sums[at + i] = mirrors[columns[e]] + mirrors[columns[e + 1]];
    }
  }

  private static void threes(
      int rows, int edge, int[] columns, float[] mirrors, double[] sums, int at) {
    for (int i = 0, e = edge; i < rows; i++, e += 3) {
      sums[at + i] = (mirrors[columns[e]] + mirrors[columns[e + 1]]) + mirrors[columns[e + 2]];
    }
  }

  private static void plain(
      int degree, int rows, int edge, int[] columns, float[] mirrors, double[] sums, int at) {
    int e = edge;
    for (int i = 0; i < rows; i++) {
      int end = e + degree;
      double sum = 0;
      for (; e <= end - 4; e += 4) {
        sum +=
            (mirrors[columns[e]] + mirrors[columns[e + 1]])
                + (mirrors[columns[e + 2]] + mirrors[columns[e + 3]]);
      }
      if (e < end) {
        float rest = mirrors[columns[e++]];
        while (e < end) {
          rest += mirrors[columns[e++]];
        }
        sum += rest;
      }
      sums[at + i] = sum;
    }
  }

  private static void weightedOnes(
      int rows, int edge, int[] columns, float[] weights, float[] mirrors, double[] sums, int at) {
    for (int i = 0, e = edge; i < rows; i++, e++) {
      sums[at + i] = mirrors[columns[e]] * weights[e];
    }
  }

  private static void weightedTwos(
      int rows, int edge, int[] columns, float[] weights, float[] mirrors, double[] sums, int at) {
    for (int i = 0, e = edge; i < rows; i++, e += 2) {
      sums[at + i] = mirrors[columns[e]] * weights[e] + mirrors[columns[e + 1]] * weights[e + 1];
    }
  }

  private static void weightedThrees(
      int rows, int edge, int[] columns, float[] weights, float[] mirrors, double[] sums, int at) {
    for (int i = 0, e = edge; i < rows; i++, e += 3) {
      sums[at + i] =
          (mirrors[columns[e]] * weights[e] + mirrors[columns[e + 1]] * weights[e + 1])
              + mirrors[columns[e + 2]] * weights[e + 2];
    }
  }

  private static void weighted(
      int degree,
      int rows,
      int edge,
      int[] columns,
      float[] weights,
      float[] mirrors,
      double[] sums,
      int at) {
    int e = edge;
    for (int i = 0; i < rows; i++) {
      int end = e + degree;
      double sum = 0;
      for (; e <= end - 4; e += 4) {
        sum +=
            (mirrors[columns[e]] * weights[e] + mirrors[columns[e + 1]] * weights[e + 1])
                + (mirrors[columns[e + 2]] * weights[e + 2]
                    + mirrors[columns[e + 3]] * weights[e + 3]);
      }
      if (e < end) {
        float rest = mirrors[columns[e]] * weights[e];
        for (e++; e < end; e++) {
          rest += mirrors[columns[e]] * weights[e];
        }
        sum += rest;
      }
      sums[at + i] = sum;
    }
  }
}
