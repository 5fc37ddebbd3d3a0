package renown.kernels.rank;

import java.util.List;

/**
 * How a ranking went.
 *
 * @param vertices accounts ranked
 * @param edges distinct pairs of accounts
 * @param blocks edge blocks that were used
 * @param outcomes one entry per vector
 * @param passes iterations over the edges, all tiles of vectors together
 * @param buildSeconds from the given rows to blocks in memory
 * @param computeSeconds what the arithmetic took, per block on average
 * @param exchangeSeconds the rest of the iterations' wall time: packing, sending and reading
 *     messages, starting tasks, waiting for the slowest block
 * @param exchangedBytesPerPass bytes of messages in one iteration over one tile
 */
public record RankReport(
    long vertices,
    long edges,
    int blocks,
    List<VectorOutcome> outcomes,
    int passes,
    double buildSeconds,
    double computeSeconds,
    double exchangeSeconds,
    long exchangedBytesPerPass) {

  /**
   * How one vector went.
   *
   * @param iterations done
   * @param residual L1 distance of its last two iterates
   * @param converged whether the stopping rule was met
   */
  public record VectorOutcome(int vector, int iterations, double residual, boolean converged) {}

  /** The most iterations that any vector took. */
  public int iterations() {
    return outcomes.stream().mapToInt(VectorOutcome::iterations).max().orElse(0);
  }

  /** The largest residual of any vector. */
  public double residual() {
    return outcomes.stream().mapToDouble(VectorOutcome::residual).max().orElse(0);
  }

  /** Whether every vector met the stopping rule. */
  public boolean converged() {
    return outcomes.stream().allMatch(VectorOutcome::converged);
  }

  /** Wall time of all iterations. */
  public double iterationSeconds() {
    return computeSeconds + exchangeSeconds;
  }

  /** Edges times passes per second of iterating. */
  public double edgesPerSecond() {
    return edges * (double) passes / Math.max(iterationSeconds(), 1e-9);
  }
}
