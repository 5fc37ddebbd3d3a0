package renown.kernels.rank;

/**
 * One power iteration over one block, in plain arrays: from the mirrors of the sources to the ranks
 * of the block's vertices and what they contribute next. Knows nothing of Spark.
 *
 * <p>{@code rank = factor * sum + base * preference}, two products and their sum rounded to double
 * each; {@code contribution = rank / outWeight}. Masses are summed as integers in units of 2^-58,
 * so that they merge to the same bits for any partitioning; ranks add up to 1, so a sum stays below
 * 2^60.
 */
public final class RankStep {
  /** One, in the unit of the mass sums. */
  public static final double MASS_ONE = 0x1p58;

  private static final int CHUNK_ROWS = 2048;

  private final EdgeBlock block;
  private final float[] preference;
  private final int cores;
  private long danglingMass;
  private long residual;
  private long rankMass;

  /**
   * @param preference share of each row; null if all are 1
   * @param cores threads that share the rows
   */
  public RankStep(EdgeBlock block, float[] preference, int cores) {
    this.block = block;
    this.preference = preference;
    this.cores = cores;
  }

  /** Mass of dangling vertices that the last step left. */
  public long danglingMass() {
    return danglingMass;
  }

  /** L1 distance of the last step's ranks from the ones before; only where measured. */
  public long residual() {
    return residual;
  }

  /** Sum of the last step's ranks; only where measured. */
  public long rankMass() {
    return rankMass;
  }

  /**
   * Does one iteration.
   *
   * @param contributions filled: what each row gives per unit of edge weight
   * @param places where each row puts it, dangling rows nowhere; null for at the row's own number
   * @param ranks filled where not null
   * @param hubSums what the blocks bring to each hub that this one owns, in the order of the hubs;
   *     null in a graph's only block
   * @param measured whether residual and mass are wanted; {@code ranks} then holds the ranks of the
   *     iteration before, of which as much counts as fits a float, since that is what travels
   */
  public void iterate(
      float[] mirrors,
      Mix mix,
      float[] contributions,
      int[] places,
      double[] ranks,
      long[] hubSums,
      boolean measured) {
    EdgeBlock.Segment[] segments = block.segments();
    Cores.forEach(
        cores,
        segments.length,
        i ->
            new Part(mix, contributions, places, ranks, hubSums, measured)
                .iterate(segments[i], mirrors));
  }

  /**
   * Starts from given ranks: contributions and mass, without an iteration.
   *
   * @param places see {@link #iterate}
   */
  public void start(double[] ranks, float[] contributions, int[] places) {
    EdgeBlock.Segment[] segments = block.segments();
    Cores.forEach(
        cores,
        segments.length,
        i -> new Part(null, contributions, places, null, null, false).start(segments[i], ranks));
  }

  /** Adds a thread's sums; integers, so the order does not matter. */
  private synchronized void add(Part part) {
    danglingMass += part.dangling;
    residual += part.change;
    rankMass += part.mass;
  }

  /** One thread's work on some neighbouring rows. */
  private final class Part {
    private final double[] sums = new double[CHUNK_ROWS];
    private final Mix mix;
    private final float[] contributions;
    private final int[] places;
    private final double[] ranks;
    private final long[] hubSums;
    private final boolean measured;
    private long dangling;
    private long change;
    private long mass;

    Part(
        Mix mix,
        float[] contributions,
        int[] places,
        double[] ranks,
        long[] hubSums,
        boolean measured) {
      this.mix = mix;
      this.contributions = contributions;
      this.places = places;
      this.ranks = ranks;
      this.hubSums = hubSums;
      this.measured = measured;
    }

    void iterate(EdgeBlock.Segment segment, float[] mirrors) {
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
        int rows = Math.min(Math.min(leftOfRun, CHUNK_ROWS - filled), end - row - filled);
        if (degree == 0) {
          java.util.Arrays.fill(sums, filled, filled + rows, 0);
        } else {
          RowSums.sum(degree, rows, edge, block.columns, block.weights, mirrors, sums, filled);
        }
        if (block.hubRows().length > 0) {
          sumHubs(row + filled, rows, filled, edge, degree, mirrors);
        }
        edge += degree * rows;
        leftOfRun -= rows;
        filled += rows;
        if (filled == CHUNK_ROWS) {
          finish(row, filled);
          row += filled;
          filled = 0;
        }
      }
      finish(row, filled);
      add(this);
    }

    /** Of the hubs among some rows of one in-degree. */
    private void sumHubs(
        int firstRow, int rows, int at, int firstEdge, int degree, float[] mirrors) {
      int[] hubRows = block.hubRows();
      for (int hub = 0; hub < hubRows.length; hub++) {
        int row = hubRows[hub] - firstRow;
        if (row >= 0 && row < rows) {
          int from = firstEdge + row * degree;
          sums[at + row] =
              Hubs.value(
                  hubSums == null
                      ? Hubs.sum(from, from + degree, block.columns, block.weights, mirrors)
                      : hubSums[hub]);
        }
      }
    }

    void start(EdgeBlock.Segment segment, double[] given) {
      int end = segment.row() + segment.rows();
      for (int row = segment.row(); row < end; row += CHUNK_ROWS) {
        int rows = Math.min(CHUNK_ROWS, end - row);
        System.arraycopy(given, row, sums, 0, rows);
        emit(row, rows);
      }
      add(this);
    }

    private void finish(int firstRow, int rows) {
      double factor = mix.factor();
      double base = mix.base();
      if (preference == null) {
        for (int i = 0; i < rows; i++) {
          sums[i] = factor * sums[i] + base;
        }
      } else {
        for (int i = 0; i < rows; i++) {
          sums[i] = factor * sums[i] + base * preference[firstRow + i];
        }
      }
      if (measured) {
        for (int i = 0; i < rows; i++) {
          change += (long) (Math.abs(sums[i] - (float) ranks[firstRow + i]) * MASS_ONE);
          mass += (long) (sums[i] * MASS_ONE);
        }
      }
      if (ranks != null) {
        System.arraycopy(sums, 0, ranks, firstRow, rows);
      }
      emit(firstRow, rows);
    }

    /** From ranks of a range of rows to their contributions; adds to the mass that dangles. */
    private void emit(int firstRow, int rows) {
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
      dangling += lost;
    }
  }
}
