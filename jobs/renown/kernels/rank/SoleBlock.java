package renown.kernels.rank;

/**
 * Iterations of a graph in a single block: nothing has to be sent, so each row writes its
 * contribution directly to where the next iteration reads it. Independent of Spark.
 *
 * @param block the only one
 * @param inputs preference shares of its rows
 * @param preferenceTotal sum of the preference shares
 * @param cores threads that share the rows
 */
public record SoleBlock(
    EdgeBlock block, RankInputs inputs, double preferenceTotal, double dampingFactor, int cores) {

  /**
   * Does some iterations.
   *
   * @param ranks where to start, row by row; holds the ranks after the last
   * @param iterations at least 1
   * @return the last iteration, with its masses and residual
   */
  public RankStep iterate(double[] ranks, int iterations) {
    EdgeBlock.Scratch scratch = block.takeScratch();
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
      Mix mix = Mix.of(dampingFactor, preferenceTotal, step.danglingMass());
      step = newStep();
      step.iterate(
          mirrors, mix, contributions, places, i >= iterations - 1 ? ranks : null, null, isLast);
    }
    block.putScratch(scratch);
    return step;
  }

  private RankStep newStep() {
    return new RankStep(block, inputs.preference, cores);
  }
}
