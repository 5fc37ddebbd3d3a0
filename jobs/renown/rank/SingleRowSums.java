package renown.rank;

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
      sums[at + i] = (double) mirrors[columns[e]] + mirrors[columns[e + 1]];
    }
  }

  private static void threes(
      int rows, int edge, int[] columns, float[] mirrors, double[] sums, int at) {
    for (int i = 0, e = edge; i < rows; i++, e += 3) {
      sums[at + i] =
          ((double) mirrors[columns[e]] + mirrors[columns[e + 1]]) + mirrors[columns[e + 2]];
    }
  }

  private static void plain(
      int degree, int rows, int edge, int[] columns, float[] mirrors, double[] sums, int at) {
    int e = edge;
    for (int i = 0; i < rows; i++) {
      int end = e + degree;
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      for (; e <= end - 4; e += 4) {
        s0 += mirrors[columns[e]];
        s1 += mirrors[columns[e + 1]];
        s2 += mirrors[columns[e + 2]];
        s3 += mirrors[columns[e + 3]];
      }
      if (e < end) {
        s0 += mirrors[columns[e++]];
      }
      if (e < end) {
        s1 += mirrors[columns[e++]];
      }
      if (e < end) {
        s2 += mirrors[columns[e++]];
      }
      sums[at + i] = (s0 + s1) + (s2 + s3);
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
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      for (; e <= end - 4; e += 4) {
        s0 += mirrors[columns[e]] * weights[e];
        s1 += mirrors[columns[e + 1]] * weights[e + 1];
        s2 += mirrors[columns[e + 2]] * weights[e + 2];
        s3 += mirrors[columns[e + 3]] * weights[e + 3];
      }
      if (e < end) {
        s0 += mirrors[columns[e]] * weights[e];
        e++;
      }
      if (e < end) {
        s1 += mirrors[columns[e]] * weights[e];
        e++;
      }
      if (e < end) {
        s2 += mirrors[columns[e]] * weights[e];
        e++;
      }
      sums[at + i] = (s0 + s1) + (s2 + s3);
    }
  }
}
