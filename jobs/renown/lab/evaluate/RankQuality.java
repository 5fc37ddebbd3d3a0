package renown.lab.evaluate;

import java.util.Arrays;

/** How well a ranking agrees with the ground truth. */
public final class RankQuality {
  private RankQuality() {}

  /**
   * Area under the ROC curve: the chance that one that should lie above lies above one that should
   * not, ties counting half (Mann-Whitney U over the number of pairs).
   *
   * @return 0 to 1; NaN if one side is empty
   */
  public static double areaUnderCurve(double[] above, double[] below) {
    if (above.length == 0 || below.length == 0) {
      return Double.NaN;
    }
    double[] sorted = below.clone();
    Arrays.sort(sorted);
    double won = 0;
    for (double value : above) {
      int less = first(sorted, value, false);
      int lessOrEqual = first(sorted, value, true);
      won += less + (lessOrEqual - less) / 2.0;
    }
    return won / above.length / below.length;
  }

  /** How many of the sorted values are less than a value, or at most that value. */
  private static int first(double[] sorted, double value, boolean orEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || orEqual && sorted[middle] == value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Normalised discounted cumulative gain of the k first (Järvelin and Kekäläinen, "Cumulated
   * gain-based evaluation of IR techniques", TOIS 2002), discount log2(1 + place).
   *
   * @param gains in the order to be judged, 0 or more; all candidates
   * @return 0 to 1; NaN if no candidate has a gain
   */
  public static double normalizedGain(double[] gains, int k) {
    double[] best = gains.clone();
    Arrays.sort(best);
    double gained = 0;
    double possible = 0;
    for (int i = 0; i < Math.min(k, gains.length); i++) {
      double discount = Math.log(2) / Math.log(2 + i);
      gained += gains[i] * discount;
      possible += best[best.length - 1 - i] * discount;
    }
    return possible == 0 ? Double.NaN : gained / possible;
  }

  /**
   * Average precision: the mean, over those that should be found, of the share of such ones among
   * all down to its place (Buckley and Voorhees, "Evaluating evaluation measure stability", SIGIR
   * 2000).
   *
   * @param isRelevant in the order to be judged; all candidates
   * @return 0 to 1; NaN if nothing should be found
   */
  public static double averagePrecision(boolean[] isRelevant) {
    double sum = 0;
    int found = 0;
    for (int i = 0; i < isRelevant.length; i++) {
      if (isRelevant[i]) {
        found++;
        sum += (double) found / (i + 1);
      }
    }
    return sum / found;
  }
}
