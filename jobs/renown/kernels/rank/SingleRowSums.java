package renown.kernels.rank;

/** Row sums of one vector. */
final class SingleRowSums implements RowSums {
  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void sum(
      int degree,
      int rows,
      int firstEdge,
      int[] columns,
      float[] weights,
      float[] mirrors,
      double[] sums,
      int offset) {
    if (weights == null) {
      switch (degree) {
        case 1 -> ones(rows, firstEdge, columns, mirrors, sums, offset);
        case 2 -> twos(rows, firstEdge, columns, mirrors, sums, offset);
        case 3 -> threes(rows, firstEdge, columns, mirrors, sums, offset);
        default -> plain(degree, rows, firstEdge, columns, mirrors, sums, offset);
      }
    } else {
      weighted(degree, rows, firstEdge, columns, weights, mirrors, sums, offset);
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

  @Override
  public void turnIntoRanks(
      double[] sums, int rows, double[] factor, double[] base, float[] preference, int firstRow) {
    double onlyFactor = factor[0];
    double onlyBase = base[0];
    if (preference == null) {
      for (int i = 0; i < rows; i++) {
        sums[i] = onlyFactor * sums[i] + onlyBase;
      }
    } else {
      for (int i = 0; i < rows; i++) {
        sums[i] = onlyFactor * sums[i] + onlyBase * preference[firstRow + i];
      }
    }
  }

  @Override
  public void contribute(double[] ranks, int row, double inverse, float[] contributions, int to) {
    contributions[to] = (float) (ranks[row] * inverse);
  }
}
