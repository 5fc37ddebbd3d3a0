package renown.lab.calibrate;

/**
 * Two accounts, one of which came out ahead.
 *
 * @param first names the first account, for folds
 * @param second names the second
 * @param difference the first's logarithmic terms less the second's
 * @param isFirst whether the first came out ahead
 */
record Pair(String first, String second, double[] difference, boolean isFirst) {
  /** How far the weights put the first ahead. */
  double lead(double[] weights) {
    double lead = 0;
    for (int i = 0; i < weights.length; i++) {
      lead += weights[i] * difference[i];
    }
    return lead;
  }
}
