package renown.kernels.rank;

/**
 * How an iteration mixes what comes over edges with the preference vector, from the masses that the
 * iteration before left.
 *
 * @param factor weight of what comes over edges, per lane
 * @param base weight of a preference share as it was given, per lane
 */
public record Mix(double[] factor, double[] base) {
  /**
   * @param vectors lanes in use; the others get 0
   * @param preferenceTotals sum of the preference shares, per lane
   * @param danglingMass of all blocks together, in the unit of {@link RankStep#MASS_ONE}, per lane
   */
  public static Mix of(
      int vectors, double dampingFactor, double[] preferenceTotals, long[] danglingMass) {
    double[] factor = new double[danglingMass.length];
    double[] base = new double[danglingMass.length];
    for (int lane = 0; lane < vectors; lane++) {
      double dangling = danglingMass[lane] / RankStep.MASS_ONE;
      factor[lane] = dampingFactor;
      base[lane] = (1 - dampingFactor + dampingFactor * dangling) / preferenceTotals[lane];
    }
    return new Mix(factor, base);
  }
}
