package renown.rank;

/**
 * One power iteration over one block, in plain arrays: from the mirrors of the sources to the ranks
 * of the block's vertices and what they contribute next. Knows nothing of Spark.
 *
 * <p>For vector {@code k}: {@code rank = factor[k] * sum + base[k] * preference}, {@code
 * contribution = rank / outWeight}; the ranks that a replicate starts from are multiplied first.
 * Masses are summed as integers in units of 2^-58, so that they merge to the same bits for any
 * partitioning; a rank is at most 1 and a multiplier at most 15, so a sum stays below 2^62.
 */
final class RankStep {
  /** One, in the unit of the mass sums. */
  static final double MASS_ONE = 0x1p58;

  private static final int CHUNK_VALUES = 2048;

  private final EdgeBlock block;
  private final int lanes;
  private final RowSums rowSums;
  private final float[] preference;
  private final byte[] multipliers;

  /** Mass of dangling vertices that the last step left, per lane. */
  final long[] danglingMass;

  /** Mass of the multiplied ranks that the start left, per lane; 0 without multipliers. */
  final long[] emittedMass;

  /** L1 distance of the last step's ranks from the ones before, per lane; only where measured. */
  final long[] residual;

  /** Sum of the last step's ranks, per lane; only where measured. */
  final long[] rankMass;

  /**
   * @param preference share of each row and lane; null where all are 1
   * @param multipliers Poisson multiplier of each row and lane; null where all are 1
   */
  RankStep(EdgeBlock block, RowSums rowSums, float[] preference, byte[] multipliers) {
    this.block = block;
    this.lanes = rowSums.lanes();
    this.rowSums = rowSums;
    this.preference = preference;
    this.multipliers = multipliers;
    this.danglingMass = new long[lanes];
    this.emittedMass = new long[lanes];
    this.residual = new long[lanes];
    this.rankMass = new long[lanes];
  }

  /**
   * Does one iteration.
   *
   * @param factor weight of what comes over edges, per lane
   * @param base weight of the preference vector, per lane
   * @param contributions filled: what each row gives per unit of edge weight
   * @param before ranks of the iteration before, or null where no residual is wanted
   * @param ranks filled where not null
   */
  void iterate(
      float[] mirrors,
      double[] factor,
      double[] base,
      float[] contributions,
      float[] before,
      double[] ranks) {
    int chunk = CHUNK_VALUES / lanes;
    double[] sums = new double[chunk * lanes];
    int row = 0;
    int edge = 0;
    int filled = 0;
    for (int run = 0; run < block.runDegrees.length; run++) {
      int degree = block.runDegrees[run];
      int left = block.runLengths[run];
      while (left > 0) {
        int rows = Math.min(left, chunk - filled);
        if (degree == 0) {
          java.util.Arrays.fill(sums, filled * lanes, (filled + rows) * lanes, 0);
        } else {
          rowSums.sum(
              degree, rows, edge, block.columns, block.weights, mirrors, sums, filled * lanes);
        }
        edge += degree * rows;
        left -= rows;
        filled += rows;
        if (filled == chunk) {
          finish(row, filled, sums, factor, base, contributions, before, ranks);
          row += filled;
          filled = 0;
        }
      }
    }
    finish(row, filled, sums, factor, base, contributions, before, ranks);
  }

  private void finish(
      int firstRow,
      int rows,
      double[] sums,
      double[] factor,
      double[] base,
      float[] contributions,
      float[] before,
      double[] ranks) {
    if (lanes == 1) {
      turnIntoRanks(firstRow, rows, sums, factor[0], base[0]);
    } else {
      turnIntoRanks(firstRow, rows, sums, factor, base);
    }
    if (before != null) {
      measure(firstRow, rows, sums, before);
    }
    if (ranks != null) {
      System.arraycopy(sums, 0, ranks, firstRow * lanes, rows * lanes);
    }
    emit(firstRow, rows, sums, contributions);
  }

  private void turnIntoRanks(int firstRow, int rows, double[] sums, double factor, double base) {
    if (preference == null) {
      for (int i = 0; i < rows; i++) {
        sums[i] = factor * sums[i] + base;
      }
    } else {
      for (int i = 0; i < rows; i++) {
        sums[i] = factor * sums[i] + base * preference[firstRow + i];
      }
    }
  }

  private void turnIntoRanks(
      int firstRow, int rows, double[] sums, double[] factor, double[] base) {
    for (int i = 0; i < rows; i++) {
      int at = i * lanes;
      int state = (firstRow + i) * lanes;
      if (preference == null) {
        for (int lane = 0; lane < lanes; lane++) {
          sums[at + lane] = factor[lane] * sums[at + lane] + base[lane];
        }
      } else {
        for (int lane = 0; lane < lanes; lane++) {
          sums[at + lane] = factor[lane] * sums[at + lane] + base[lane] * preference[state + lane];
        }
      }
    }
  }

  private void measure(int firstRow, int rows, double[] ranks, float[] before) {
    for (int i = 0; i < rows; i++) {
      for (int lane = 0; lane < lanes; lane++) {
        double rank = ranks[i * lanes + lane];
        double change = Math.abs(rank - before[(firstRow + i) * lanes + lane]);
        residual[lane] += (long) (change * MASS_ONE);
        rankMass[lane] += (long) (rank * MASS_ONE);
      }
    }
  }

  /** From ranks of a range of rows to their contributions; adds to the mass sums. */
  private void emit(int firstRow, int rows, double[] ranks, float[] contributions) {
    if (lanes == 1) {
      long dangling = 0;
      for (int i = 0; i < rows; i++) {
        double inverse = block.inverseOutWeight[firstRow + i];
        contributions[firstRow + i] = (float) (ranks[i] * inverse);
        if (inverse == 0) {
          dangling += (long) (ranks[i] * MASS_ONE);
        }
      }
      danglingMass[0] += dangling;
      return;
    }
    for (int i = 0; i < rows; i++) {
      double inverse = block.inverseOutWeight[firstRow + i];
      int at = i * lanes;
      int state = (firstRow + i) * lanes;
      if (inverse == 0) {
        for (int lane = 0; lane < lanes; lane++) {
          contributions[state + lane] = 0;
          danglingMass[lane] += (long) (ranks[at + lane] * MASS_ONE);
        }
      } else {
        for (int lane = 0; lane < lanes; lane++) {
          contributions[state + lane] = (float) (ranks[at + lane] * inverse);
        }
      }
    }
  }

  private void multiply(int first, int values, double[] ranks) {
    for (int i = 0; i < values; i++) {
      ranks[i] *= multipliers[first + i];
      emittedMass[i % lanes] += (long) (ranks[i] * MASS_ONE);
    }
  }

  /**
   * Starts from given ranks, times the multipliers where there are some: contributions and mass
   * sums, without an iteration.
   */
  void start(double[] ranks, float[] contributions) {
    int chunk = CHUNK_VALUES / lanes;
    double[] part = new double[chunk * lanes];
    for (int row = 0; row < block.vertices(); row += chunk) {
      int rows = Math.min(chunk, block.vertices() - row);
      System.arraycopy(ranks, row * lanes, part, 0, rows * lanes);
      if (multipliers != null) {
        multiply(row * lanes, rows * lanes, part);
      }
      emit(row, rows, part, contributions);
    }
  }
}
