package renown.lab.calibrate;

import java.util.Arrays;
import java.util.List;

/** The maximum likelihood fit of non-negative weights to the observed outcomes of pairs. */
final class WeightFit {
  /** As many pairs as this speak for the weights as they are. */
  private static final double PRIOR_PAIRS = 20;

  private static final int MOST_SWEEPS = 5000;
  private static final double TOLERANCE = 1e-7;

  private WeightFit() {}

  /**
   * The maximum of the penalised likelihood, by cyclic coordinate descent on a quadratic bound of
   * the logistic loss, whose curvature is at most 1/4 (Böhning and Lindsay, Ann. Inst. Statist.
   * Math. 1988), so that no step ever makes it worse.
   *
   * @param pairs at least one
   * @param before the weights as they are, 0 or more; towards them, brought to the scale of the
   *     pairs, the fit shrinks where the pairs say little
   * @return as many weights, 0 or more, with the sum of those before
   */
  static double[] fit(List<Pair> pairs, double[] before) {
    int terms = before.length;
    int size = pairs.size();
    double[][] x = new double[terms][size];
    double[][] lead = new double[1][size];
    for (int pair = 0; pair < size; pair++) {
      double sign = pairs.get(pair).isFirst() ? 1 : -1;
      for (int term = 0; term < terms; term++) {
        x[term][pair] = sign * pairs.get(pair).difference()[term];
        lead[0][pair] += before[term] * x[term][pair];
      }
    }
    double scale = descend(lead, new double[] {0}, 0)[0];
    double[] prior = Arrays.stream(before).map(weight -> weight * scale).toArray();
    double[] weights = descend(x, prior, PRIOR_PAIRS);
    double wanted = Arrays.stream(before).sum();
    double sum = Arrays.stream(weights).sum();
    return sum == 0
        ? before.clone()
        : Arrays.stream(weights).map(weight -> weight * wanted / sum).toArray();
  }

  /**
   * @param x by term and pair, each turned so that the one ahead is the first
   * @param strength of the pull towards the prior, in pairs
   */
  private static double[] descend(double[][] x, double[] prior, double strength) {
    int size = x[0].length;
    double[] weights = prior.clone();
    double[] leads = new double[size];
    double[] curvatures = new double[x.length];
    for (int term = 0; term < x.length; term++) {
      for (int pair = 0; pair < size; pair++) {
        leads[pair] += weights[term] * x[term][pair];
        curvatures[term] += x[term][pair] * x[term][pair] / 4;
      }
      curvatures[term] += strength;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double largest = 0;
      for (int term = 0; term < x.length; term++) {
        if (curvatures[term] == 0) {
          continue;
        }
        double slope = strength * (weights[term] - prior[term]);
        for (int pair = 0; pair < size; pair++) {
          slope -= x[term][pair] / (1 + Math.exp(leads[pair]));
        }
        double moved = Math.max(0, weights[term] - slope / curvatures[term]);
        double step = moved - weights[term];
        if (step != 0) {
          for (int pair = 0; pair < size; pair++) {
            leads[pair] += step * x[term][pair];
          }
          weights[term] = moved;
          largest = Math.max(largest, Math.abs(step));
        }
      }
      if (largest < TOLERANCE) {
        break;
      }
    }
    return weights;
  }
}
