package renown.kernels.rank;

/**
 * The inner loops: for rows of one in-degree, the sum of mirror times weight over the row's edges,
 * for several vectors (lanes) at a time, and what becomes of the sums. All implementations give the
 * same bits: products and sums of four neighbouring edges, {@code (a + b) + (c + d)}, are rounded
 * to float, and so is the sum of what is left at the end of a row, {@code (a + b) + c}; these parts
 * are added up in double, in the order of the edges.
 */
public interface RowSums {
  /** Vectors per call; mirrors and sums hold this many adjacent values per vertex. */
  int lanes();

  /**
   * Sums the rows.
   *
   * @param degree edges per row, at least 1
   * @param rows number of rows
   * @param firstEdge where the first row's edges start in {@code columns}
   * @param weights null if all are 1
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

  /**
   * Turns the sums of some rows into ranks: {@code factor * sum + base * preference}, two products
   * and their sum rounded to double each.
   *
   * @param sums of the rows, from 0; overwritten with the ranks
   * @param factor per lane
   * @param base per lane
   * @param preference share of each row and lane of the block; null if all are 1
   * @param firstRow the first row's number in the block
   */
  void turnIntoRanks(
      double[] sums, int rows, double[] factor, double[] base, float[] preference, int firstRow);

  /**
   * Puts what a row contributes per unit of edge weight, rounded to float.
   *
   * @param ranks row by row, of which {@code row} is looked at
   * @param inverse one over the row's out-weight
   * @param to the row of {@code contributions}
   */
  void contribute(double[] ranks, int row, double inverse, float[] contributions, int to);

  /** The fastest implementation that this JVM has. */
  static RowSums forLanes(int lanes) {
    if (lanes == 1) {
      return new SingleRowSums();
    }
    return TiledRowSums.fastest(lanes);
  }
}
