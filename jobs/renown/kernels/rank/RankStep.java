package renown.kernels.rank;

/**
 * One power iteration over one block, in plain arrays: from the mirrors of the sources to the ranks
 * of the block's vertices and what they contribute next. Knows nothing of Spark.
 *
 * <p>For vector {@code k}: {@code rank = factor[k] * sum + base[k] * preference}, {@code
 * contribution = rank / outWeight}. Masses are summed as integers in units of 2^-58, so that they
 * merge to the same bits for any partitioning; the ranks of a vector add up to 1, so a sum stays
 * below 2^60.
 */
public final class RankStep {
  /** One, in the unit of the mass sums. */
  public static final double MASS_ONE = 0x1p58;

  private static final int CHUNK_VALUES = 2048;

  private final EdgeBlock block;
  private final int lanes;
  private final RowSums rowSums;
  private final float[] preference;
  private final int cores;

  /** Mass of dangling vertices that the last step left, per lane. */
  public final long[] danglingMass;

  /** L1 distance of the last step's ranks from the ones before, per lane; only where measured. */
  public final long[] residual;

  /** Sum of the last step's ranks, per lane; only where measured. */
  public final long[] rankMass;

  /**
   * @param preference share of each row and lane; null if all are 1
   * @param cores threads that share the rows
   */
  public RankStep(EdgeBlock block, RowSums rowSums, float[] preference, int cores) {
    this.block = block;
    this.lanes = rowSums.lanes();
    this.rowSums = rowSums;
    this.preference = preference;
    this.cores = cores;
    this.danglingMass = new long[lanes];
    this.residual = new long[lanes];
    this.rankMass = new long[lanes];
  }

  /**
   * Does one iteration.
   *
   * @param contributions filled: what each row gives per unit of edge weight
   * @param places where each row puts it, dangling rows nowhere; null for at the row's own number
   * @param ranks filled where not null
   * @param measured whether residual and mass are wanted; {@code ranks} then holds the ranks of the
   *     iteration before, of which as much counts as fits a float, since that is what travels
   */
  public void iterate(
      float[] mirrors,
      Mix mix,
      float[] contributions,
      int[] places,
      double[] ranks,
      boolean measured) {
    EdgeBlock.Segment[] segments = block.segments();
    Cores.forEach(
        cores,
        segments.length,
        i -> new Part(mix, contributions, places, ranks, measured).iterate(segments[i], mirrors));
  }

  /**
   * Starts from given ranks: contributions and mass sums, without an iteration.
   *
   * @param places see {@link #iterate}
   */
  public void start(double[] ranks, float[] contributions, int[] places) {
    EdgeBlock.Segment[] segments = block.segments();
    Cores.forEach(
        cores,
        segments.length,
        i -> new Part(null, contributions, places, null, false).start(segments[i], ranks));
  }

  /** Adds a thread's sums; integers, so the order does not matter. */
  private synchronized void add(Part part) {
    for (int lane = 0; lane < lanes; lane++) {
      danglingMass[lane] += part.dangling[lane];
      residual[lane] += part.residuals[lane];
      rankMass[lane] += part.masses[lane];
    }
  }

  /** One thread's work on some neighbouring rows. */
  private final class Part {
    private final int chunk = CHUNK_VALUES / lanes;
    private final double[] sums = new double[chunk * lanes];
    private final Mix mix;
    private final float[] contributions;
    private final int[] places;
    private final double[] ranks;
    private final boolean measured;
    private final long[] dangling = new long[lanes];
    private final long[] residuals = new long[lanes];
    private final long[] masses = new long[lanes];

    Part(Mix mix, float[] contributions, int[] places, double[] ranks, boolean measured) {
      this.mix = mix;
      this.contributions = contributions;
      this.places = places;
      this.ranks = ranks;
      this.measured = measured;
    }

    public void iterate(EdgeBlock.Segment segment, float[] mirrors) {
      int row = segment.row();
      int end = row + segment.rows();
      int edge = segment.edge();
      int run = segment.run();
      int leftOfRun = block.runLengths[run] - segment.rowInRun();
      int filled = 0;
      while (row + filled < end) {
        if (leftOfRun == 0) {
          leftOfRun = block.runLengths[++run];
        }
        int degree = block.runDegrees[run];
        int rows = Math.min(Math.min(leftOfRun, chunk - filled), end - row - filled);
        if (degree == 0) {
          java.util.Arrays.fill(sums, filled * lanes, (filled + rows) * lanes, 0);
        } else {
          rowSums.sum(
              degree, rows, edge, block.columns, block.weights, mirrors, sums, filled * lanes);
        }
        edge += degree * rows;
        leftOfRun -= rows;
        filled += rows;
        if (filled == chunk) {
          finish(row, filled);
          row += filled;
          filled = 0;
        }
      }
      finish(row, filled);
      add(this);
    }

    public void start(EdgeBlock.Segment segment, double[] given) {
      int end = segment.row() + segment.rows();
      for (int row = segment.row(); row < end; row += chunk) {
        int rows = Math.min(chunk, end - row);
        System.arraycopy(given, row * lanes, sums, 0, rows * lanes);
        emit(row, rows);
      }
      add(this);
    }

    private void finish(int firstRow, int rows) {
      rowSums.turnIntoRanks(sums, rows, mix.factor(), mix.base(), preference, firstRow);
      if (measured) {
        measure(firstRow, rows);
      }
      if (ranks != null) {
        System.arraycopy(sums, 0, ranks, firstRow * lanes, rows * lanes);
      }
      emit(firstRow, rows);
    }

    private void measure(int firstRow, int rows) {
      for (int i = 0; i < rows; i++) {
        for (int lane = 0; lane < lanes; lane++) {
          double rank = sums[i * lanes + lane];
          double change = Math.abs(rank - (float) ranks[(firstRow + i) * lanes + lane]);
          residuals[lane] += (long) (change * MASS_ONE);
          masses[lane] += (long) (rank * MASS_ONE);
        }
      }
    }

    /** From ranks of a range of rows to their contributions; adds to the mass sums. */
    private void emit(int firstRow, int rows) {
      if (lanes > 1) {
        emitLanes(firstRow, rows);
        return;
      }
      long lost = 0;
      for (int i = 0; i < rows; i++) {
        double inverse = block.inverseOutWeight[firstRow + i];
        if (inverse == 0) {
          lost += (long) (sums[i] * MASS_ONE);
        }
        if (places == null) {
          contributions[firstRow + i] = (float) (sums[i] * inverse);
        } else if (inverse != 0) {
          contributions[places[firstRow + i]] = (float) (sums[i] * inverse);
        }
      }
      dangling[0] += lost;
    }

    private void emitLanes(int firstRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int row = firstRow + i;
        double inverse = block.inverseOutWeight[row];
        if (inverse != 0) {
          rowSums.contribute(sums, i, inverse, contributions, places == null ? row : places[row]);
          continue;
        }
        // A row without out-edges has no mirrors.
        for (int lane = 0, at = i * lanes; lane < lanes; lane++) {
          dangling[lane] += (long) (sums[at + lane] * MASS_ONE);
        }
      }
    }
  }
}
