package renown.night.publish.validation;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Measures how well predictions agree with outcomes. */
public final class Prediction {
  private static final int FIRST = 100;
  private static final double TOP_SHARE = 0.01;

  private Prediction() {}

  /**
   * Spearman's rank correlation; equal values share the mean of their ranks.
   *
   * @return -1 to 1; 0 if either does not vary
   */
  public static double spearman(double[] predicted, double[] outcome) {
    double[] x = ranks(predicted);
    double[] y = ranks(outcome);
    double mean = (x.length + 1) / 2.0;
    double products = 0;
    double squaresOfX = 0;
    double squaresOfY = 0;
    for (int i = 0; i < x.length; i++) {
      products += (x[i] - mean) * (y[i] - mean);
      squaresOfX += (x[i] - mean) * (x[i] - mean);
      squaresOfY += (y[i] - mean) * (y[i] - mean);
    }
    return squaresOfX == 0 || squaresOfY == 0
        ? 0
        : Math.max(-1, Math.min(1, products / Math.sqrt(squaresOfX * squaresOfY)));
  }

  private static double[] ranks(double[] values) {
    double[] sorted = sorted(values);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = place(sorted, values[i], false);
      int to = place(sorted, values[i], true);
      ranks[i] = (from + to + 1) / 2.0;
    }
    return ranks;
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    for (int i = 0; i < sorted.length; i++) {
      // Java sorts -0.0 before 0.0, to which it is equal.
      sorted[i] += 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** How many of the sorted values are less, or at most as great. */
  private static int place(double[] sorted, double value, boolean isWithEqual) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < value || isWithEqual && sorted[middle] == value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Places by falling value; equal values in the order given. */
  private static int[] order(double[] values) {
    double[] sorted = sorted(values);
    // How many are greater, then the place: numbers sort without objects.
    long[] keys = new long[values.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) (values.length - place(sorted, values[i], true)) << 32 | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /**
   * Discounted cumulative gain of the first 100, over that of the best order (Järvelin and
   * Kekäläinen, TOIS 2002), with the outcome as gain.
   *
   * @return 0 to 1; 0 if nothing came of any
   */
  public static double ndcg(double[] predicted, double[] outcome) {
    double best = gain(order(outcome), outcome);
    return best == 0 ? 0 : Math.min(1, gain(order(predicted), outcome) / best);
  }

  private static double gain(int[] order, double[] outcome) {
    double gain = 0;
    for (int place = 0; place < Math.min(FIRST, order.length); place++) {
      gain += outcome[order[place]] / (Math.log(place + 2) / Math.log(2));
    }
    return gain;
  }

  /** Mean outcome of the top 1 %, at least one, over the mean of all; 0 if that is 0. */
  public static double topLift(double[] predicted, double[] outcome) {
    double mean = Arrays.stream(outcome).average().orElse(0);
    int[] order = order(predicted);
    int top = (int) Math.max(1, Math.round(order.length * TOP_SHARE));
    double sum = 0;
    for (int place = 0; place < top; place++) {
      sum += outcome[order[place]];
    }
    return mean == 0 ? 0 : sum / top / mean;
  }

  /** A measure of how well an order agrees with the outcome: one of the three above. */
  @FunctionalInterface
  public interface Quality {
    /**
     * @param predicted what was said, by account
     * @param outcome what came, by account
     */
    double of(double[] predicted, double[] outcome);
  }

  /**
   * The 90 % interval of how far one predictor's quality exceeds another's: a paired bootstrap over
   * accounts (Efron and Tibshirani 1993, chapter 6).
   *
   * @return its lower and upper end
   */
  public static double[] advantage(
      Quality quality,
      double[] ours,
      double[] theirs,
      double[] outcome,
      int replicates,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] differences = new double[replicates];
    double[] x = new double[outcome.length];
    double[] y = new double[outcome.length];
    double[] z = new double[outcome.length];
    for (int replicate = 0; replicate < replicates; replicate++) {
      for (int i = 0; i < outcome.length; i++) {
        int drawn = random.nextInt(outcome.length);
        x[i] = ours[drawn];
        y[i] = theirs[drawn];
        z[i] = outcome[drawn];
      }
      differences[replicate] = quality.of(x, z) - quality.of(y, z);
    }
    Arrays.sort(differences);
    int tail = (int) Math.floor(replicates * 0.05);
    return new double[] {differences[tail], differences[replicates - 1 - tail]};
  }
}
