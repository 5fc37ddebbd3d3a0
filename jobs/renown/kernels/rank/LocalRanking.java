package renown.kernels.rank;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * The kernel without Spark: one block with the whole graph. It does exactly the arithmetic of the
 * rank engine, so the ranks have the same bits. For benchmarks of the kernel and for graphs that
 * fit one machine.
 */
public final class LocalRanking {
  private static final int EDGES_PER_MESSAGE = 1 << 16;

  private final EdgeBlock block;
  private final int threads;
  private double[] ranks;

  /**
   * Lays the graph out.
   *
   * @param sourceKeys source of each edge
   * @param destinationKeys destination of each edge
   * @param weights weight of each edge, above 0; null if all are 1
   * @param threads that share the work; never change a bit of the result
   */
  public LocalRanking(long[] sourceKeys, long[] destinationKeys, float[] weights, int threads) {
    this(
        EdgeColumns.layOut(
            List.of(columns(sourceKeys, destinationKeys, weights)),
            List.of(),
            Hubs.FEWEST_EDGES,
            threads),
        threads);
  }

  /**
   * Lays out a graph whose vertices are numbered, reading its edges where they lie.
   *
   * @param numbers of vertices are 0 or more and below it; those without an edge are no vertices
   * @param keyOf key of a number; keys rise with the numbers
   */
  public LocalRanking(EdgeList edges, int numbers, IntToLongFunction keyOf, int threads) {
    this(BlockLayout.whole(edges, numbers, keyOf, new int[0], Hubs.FEWEST_EDGES, threads), threads);
  }

  private LocalRanking(EdgeBlock block, int threads) {
    this.block = block;
    this.threads = threads;
    reset();
  }

  private static EdgeColumns columns(long[] sources, long[] destinations, float[] weights) {
    EdgeColumns columns = new EdgeColumns();
    for (int from = 0; from < sources.length; from += EdgeColumns.CHUNK_EDGES) {
      int to = Math.min(sources.length, from + EdgeColumns.CHUNK_EDGES);
      columns.add(
          Arrays.copyOfRange(sources, from, to),
          Arrays.copyOfRange(destinations, from, to),
          weights == null ? null : Arrays.copyOfRange(weights, from, to),
          to - from);
    }
    return columns;
  }

  /** Back to the uniform vector. */
  public void reset() {
    ranks = new double[block.vertices()];
    Arrays.fill(ranks, 1.0 / block.vertices());
  }

  /** Does some iterations, at least 1, with a damping factor in (0, 1). */
  public void iterate(int iterations, double dampingFactor) {
    new SoleBlock(block, RankInputs.uniform(), block.vertices(), dampingFactor, threads)
        .iterate(ranks, iterations);
  }

  /**
   * Ranks until the stopping rule is met, as the engine does.
   *
   * @param keys accounts, each once; those that are no vertices are ignored
   * @param preference share of each of them, 0 to 2^31; other vertices have 0
   * @param start rank of each of them where the iteration starts, 0 to 2^31; null for the
   *     preference vector
   * @throws IllegalArgumentException if the shares of the vertices add up to 0
   */
  public RankReport.Outcome rank(
      long[] keys, double[] preference, double[] start, RankOptions options) {
    RankInputs inputs =
        RankInputs.read(
            block, messages(keys, preference), start == null ? null : messages(keys, start));
    RankInputs.Totals totals = inputs.totals();
    if (totals.preference() == 0 && block.vertices() > 0) {
      throw new IllegalArgumentException("preference shares that add up to 0");
    }
    ranks = inputs.initialRanks(block.vertices(), totals);
    SoleBlock sole =
        new SoleBlock(block, inputs, totals.preference(), options.dampingFactor(), threads);
    int limit = Math.min(options.maxIterations(), options.stoppingRule().iterationLimit());
    int done = 0;
    double residual = 0;
    long rankMass = 0;
    boolean converged = block.vertices() == 0;
    while (done < limit && !converged) {
      int chain = Math.min(options.chainLength(), limit - done);
      RankStep step = sole.iterate(ranks, chain);
      done += chain;
      residual = step.residual() / RankStep.MASS_ONE;
      rankMass = step.rankMass();
      converged =
          options
              .stoppingRule()
              .isMet(
                  new StoppingRule.Progress(
                      done,
                      residual,
                      options.dampingFactor(),
                      RankState.leaders(ranks, options.stoppingRule().leaders())));
    }
    // To sum 1, which rounding moved by a few parts in 10^9.
    double scale = RankStep.MASS_ONE / rankMass;
    for (int row = 0; row < ranks.length; row++) {
      ranks[row] *= scale;
    }
    return new RankReport.Outcome(done, residual, converged);
  }

  private static Iterator<byte[]> messages(long[] keys, double[] values) {
    return new Iterator<>() {
      private int account;

      @Override
      public boolean hasNext() {
        return account < keys.length;
      }

      @Override
      public byte[] next() {
        int count = Math.min(EDGES_PER_MESSAGE, keys.length - account);
        byte[] bytes = new byte[count * AccountValues.BYTES];
        ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++, account++) {
          message.putLong(keys[account]).putDouble(values[account]);
        }
        return bytes;
      }
    };
  }

  /** Keys in the order of {@link #ranks}. */
  public long[] keys() {
    return block.vertexKeys.clone();
  }

  /** Ranks, in the order of {@link #keys}. */
  public double[] ranks() {
    return ranks.clone();
  }

  public int vertices() {
    return block.vertices();
  }

  public int edges() {
    return block.edges();
  }

  /** Distinct sources. */
  public int mirrors() {
    return block.mirrors();
  }
}
