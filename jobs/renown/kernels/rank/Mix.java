package renown.kernels.rank;

/**
 * How an iteration mixes what comes over edges with the preference vector, from the mass that the
 * iteration before left.
 *
 * @param factor weight of what comes over edges
 * @param base weight of a preference share as it was given
 */
public record Mix(double factor, double base) {
  /**
   * @param preferenceTotal sum of the preference shares
   * @param danglingMass of all blocks together, in the unit of {@link RankStep#MASS_ONE}
   */
  public static Mix of(double dampingFactor, double preferenceTotal, long danglingMass) {
    double dangling = danglingMass / RankStep.MASS_ONE;
    return new Mix(dampingFactor, (1 - dampingFactor + dampingFactor * dangling) / preferenceTotal);
  }
}
