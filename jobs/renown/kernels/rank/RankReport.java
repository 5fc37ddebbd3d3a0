package renown.kernels.rank;

/**
 * How a ranking went.
 *
 * @param vertices accounts ranked
 * @param edges distinct pairs of accounts
 * @param blocks edge blocks that were used
 * @param outcome where it ended
 * @param buildSeconds from the given rows to blocks in memory
 * @param computeSeconds what the arithmetic took, per block on average
 * @param exchangeSeconds the rest of the iterations' wall time: packing, sending and reading
 *     messages, starting tasks, waiting for the slowest block
 * @param exchangedBytesPerIteration bytes of messages in one iteration
 */
public record RankReport(
    long vertices,
    long edges,
    int blocks,
    Outcome outcome,
    double buildSeconds,
    double computeSeconds,
    double exchangeSeconds,
    long exchangedBytesPerIteration) {

  /**
   * Where a ranking ended.
   *
   * @param iterations done
   * @param residual L1 distance of the last two iterates
   * @param converged whether the stopping rule was met
   */
  public record Outcome(int iterations, double residual, boolean converged) {}

  public int iterations() {
    return outcome.iterations();
  }

  public double residual() {
    return outcome.residual();
  }

  public boolean converged() {
    return outcome.converged();
  }

  /** Wall time of all iterations. */
  public double iterationSeconds() {
    return computeSeconds + exchangeSeconds;
  }

  /** Edges times iterations per second of iterating. */
  public double edgesPerSecond() {
    return edges * (double) iterations() / Math.max(iterationSeconds(), 1e-9);
  }
}
