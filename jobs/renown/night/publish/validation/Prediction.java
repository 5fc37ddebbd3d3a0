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

  /**
   * The 90 % intervals of how far the first predictor's rank correlation exceeds that of each
   * other, as {@link #advantage} gives them. The accounts of a replicate are counts of the accounts
   * there are, so that nothing is sorted again: a replicate is a walk over each predictor's order.
   *
   * @param predicted by predictor
   * @return by predictor, lower and upper end; zeros for the first
   */
  public static double[][] spearmanAdvantages(
      double[][] predicted, double[] outcome, int replicates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = outcome.length;
    Ranking[] rankings = new Ranking[predicted.length];
    for (int i = 0; i < rankings.length; i++) {
      rankings[i] = new Ranking(predicted[i]);
    }
    Ranking outcomes = new Ranking(outcome);
    int[] counts = new int[size];
    double[][] differences = new double[predicted.length][replicates];
    for (int replicate = 0; replicate < replicates; replicate++) {
      Arrays.fill(counts, 0);
      for (int i = 0; i < size; i++) {
        counts[random.nextInt(size)]++;
      }
      outcomes.rank(counts);
      double own = 0;
      for (int i = 0; i < rankings.length; i++) {
        rankings[i].rank(counts);
        double correlation = rankings[i].correlation(outcomes, counts);
        own = i == 0 ? correlation : own;
        differences[i][replicate] = own - correlation;
      }
    }
    int tail = (int) Math.floor(replicates * 0.05);
    double[][] intervals = new double[predicted.length][];
    for (int i = 0; i < intervals.length; i++) {
      Arrays.sort(differences[i]);
      intervals[i] = new double[] {differences[i][tail], differences[i][replicates - 1 - tail]};
    }
    return intervals;
  }

  /** Ranks of values of which there are several each. */
  private static final class Ranking {
    private final double[] values;
    private final int[] order;
    private final double[] ranks;

    Ranking(double[] values) {
      this.values = values;
      this.order = order(values);
      this.ranks = new double[values.length];
    }

    /** Equal values share the mean of their ranks; the greatest value has the first. */
    void rank(int[] counts) {
      long before = 0;
      int from = 0;
      while (from < order.length) {
        int to = from;
        long count = 0;
        while (to < order.length && values[order[to]] == values[order[from]]) {
          count += counts[order[to++]];
        }
        double rank = before + (count + 1) / 2.0;
        for (int i = from; i < to; i++) {
          ranks[order[i]] = rank;
        }
        before += count;
        from = to;
      }
    }

    double correlation(Ranking other, int[] counts) {
      double mean = (counts.length + 1) / 2.0;
      double products = 0;
      double squares = 0;
      double squaresOfOther = 0;
      for (int i = 0; i < counts.length; i++) {
        double one = ranks[i] - mean;
        double its = other.ranks[i] - mean;
        products += counts[i] * one * its;
        squares += counts[i] * one * one;
        squaresOfOther += counts[i] * its * its;
      }
      return squares == 0 || squaresOfOther == 0
          ? 0
          : Math.max(-1, Math.min(1, products / Math.sqrt(squares * squaresOfOther)));
    }
  }

  /**
   * Qualities of several predictors on the same samples of accounts, drawn with replacement.
   *
   * @return by predictor, one per replicate
   */
  public static double[][] replicates(
      Quality quality,
      java.util.List<double[]> predictors,
      double[] outcome,
      int replicates,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] qualities = new double[predictors.size()][replicates];
    int[] drawn = new int[outcome.length];
    double[] x = new double[outcome.length];
    double[] z = new double[outcome.length];
    for (int replicate = 0; replicate < replicates; replicate++) {
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = random.nextInt(drawn.length);
        z[i] = outcome[drawn[i]];
      }
      for (int predictor = 0; predictor < qualities.length; predictor++) {
        for (int i = 0; i < drawn.length; i++) {
          x[i] = predictors.get(predictor)[drawn[i]];
        }
        qualities[predictor][replicate] = quality.of(x, z);
      }
    }
    return qualities;
  }

  /**
   * The 90 % interval of how far one exceeds another.
   *
   * @param ours qualities by replicate
   * @return its lower and upper end
   */
  public static double[] advantage(double[] ours, double[] theirs) {
    double[] differences = new double[ours.length];
    Arrays.setAll(differences, i -> ours[i] - theirs[i]);
    Arrays.sort(differences);
    int tail = (int) Math.floor(differences.length * 0.05);
    return new double[] {differences[tail], differences[differences.length - 1 - tail]};
  }
}
