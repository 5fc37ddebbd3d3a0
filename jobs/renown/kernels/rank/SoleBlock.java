package renown.kernels.rank;

/**
 * Iterations of a graph in a single block: nothing has to be sent, so each row writes its
 * contribution directly to where the next iteration reads it. Independent of Spark.
 */
public final class SoleBlock {
  private final EdgeBlock block;
  private final RowSums rowSums;
  private final Lanes inputs;
  private final int vectors;
  private final double[] preferenceTotals;
  private final double dampingFactor;
  private final int cores;

  /**
   * @param block the only one
   * @param inputs preference shares of its rows
   * @param vectors lanes in use
   * @param preferenceTotals sum of the preference shares, per lane
   */
  public SoleBlock(
      EdgeBlock block,
      RowSums rowSums,
      Lanes inputs,
      int vectors,
      double[] preferenceTotals,
      double dampingFactor,
      int cores) {
    this.block = block;
    this.rowSums = rowSums;
    this.inputs = inputs;
    this.vectors = vectors;
    this.preferenceTotals = preferenceTotals;
    this.dampingFactor = dampingFactor;
    this.cores = cores;
  }

  /**
   * Does some iterations.
   *
   * @param ranks where to start, row by row and lane by lane; holds the ranks after the last
   * @param iterations at least 1
   * @return the last iteration, with its masses and residuals
   */
  public RankStep iterate(double[] ranks, int iterations) {
    EdgeBlock.Scratch scratch = block.takeScratch(rowSums.lanes());
    float[] mirrors = scratch.mirrors;
    float[] contributions = scratch.contributions;
    int[] places = block.mirrorPlaces();
    RankStep step = newStep();
    step.start(ranks, contributions, places);
    for (int i = 1; i <= iterations; i++) {
      float[] emitted = contributions;
      contributions = mirrors;
      mirrors = emitted;
      boolean isLast = i == iterations;
      Mix mix = Mix.of(vectors, dampingFactor, preferenceTotals, step.danglingMass);
      step = newStep();
      step.iterate(mirrors, mix, contributions, places, i >= iterations - 1 ? ranks : null, isLast);
    }
    block.putScratch(scratch);
    return step;
  }

  private RankStep newStep() {
    return new RankStep(block, rowSums, inputs.preference, cores);
  }
}
