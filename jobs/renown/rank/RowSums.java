package renown.rank;

/**
 * The inner loop: for rows of one in-degree, the sum of mirror times weight over the row's edges,
 * for several vectors (lanes) at a time. All implementations give the same bits: products and sums
 * of four neighbouring edges, {@code (a + b) + (c + d)}, are rounded to float, and so is the sum of
 * what is left at the end of a row, {@code (a + b) + c}; these parts are added up in double, in the
 * order of the edges.
 */
interface RowSums {
  /** Vectors per call; mirrors and sums hold so many neighbouring values per vertex. */
  int lanes();

  /**
   * Sums the rows.
   *
   * @param degree edges per row, at least 1
   * @param rows number of rows
   * @param firstEdge where the first row's edges start in {@code columns}
   * @param weights null where all are 1
   * @param sums filled from {@code 0} to {@code rows * lanes} shifted by {@code offset}
   */
  void sum(
      int degree,
      int rows,
      int firstEdge,
      int[] columns,
      float[] weights,
      float[] mirrors,
      double[] sums,
      int offset);

  /** The fastest implementation that this JVM has. */
  static RowSums forLanes(int lanes) {
    if (lanes == 1) {
      return new SingleRowSums();
    }
    return TiledRowSums.fastest(lanes);
  }
}
