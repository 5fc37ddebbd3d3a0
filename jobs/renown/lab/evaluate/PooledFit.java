package renown.lab.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One model for all sets, with weights of 0 or more. It maximises two likelihoods at once: of
 * pairs, which of two accounts of a set more react to, and of counts, to which account of a set a
 * reaction goes. Both are within a set, so that what a set is like as a whole, a network effect,
 * cancels. The pairs see who gets anything at all, which decides most of the order; the counts see
 * the top.
 *
 * <p>A set weighs {@code n / (n + 200)}, n its accounts that anybody reacted to afterwards: a site
 * of eight such accounts says little. Where the sets say nothing of a term, its weight stays.
 */
public final class PooledFit {
  private static final int PAIRS_PER_SET = 3000;
  private static final double HALF_WEIGHT = 200;

  /** Weight of the likelihood of counts next to that of pairs. */
  private static final double COUNTS = 0.3;

  /** Pull towards the weights before. */
  private static final double RIDGE = 1e-3;

  private static final int STEPS = 400;
  private static final double STEP = 0.03;
  private static final long SEED = 20_260_105;

  private PooledFit() {}

  /**
   * What is known of a set's accounts.
   *
   * @param features by account
   * @param outcome by account, 0 or more
   */
  public record Examples(double[][] features, double[] outcome) {
    private double weight() {
      double some = Arrays.stream(outcome).filter(count -> count > 0).count();
      return some / (some + HALF_WEIGHT);
    }
  }

  /** Differences of the features of pairs, the one ahead first. */
  private static double[][] pairs(Examples examples, long seed) {
    double[][] pairs = new double[PAIRS_PER_SET][];
    SplittableRandom random = new SplittableRandom(seed);
    int size = examples.outcome().length;
    int count = 0;
    for (int draw = 0; draw < 100 * PAIRS_PER_SET && count < PAIRS_PER_SET; draw++) {
      int i = random.nextInt(size);
      int j = random.nextInt(size);
      if (examples.outcome()[i] > examples.outcome()[j]) {
        double[] more = examples.features()[i];
        double[] less = examples.features()[j];
        double[] difference = new double[more.length];
        Arrays.setAll(difference, term -> more[term] - less[term]);
        pairs[count++] = difference;
      }
    }
    return Arrays.copyOf(pairs, count);
  }

  /**
   * Fits weights to sets, by projected gradient steps of adaptive size (Kingma and Ba, ICLR 2015)
   * that shrink; the loss is convex.
   *
   * @param before weights to begin with, 0 or more; a term that is not offered has 0
   * @param isOffered which terms may have a weight
   * @return as many weights, 0 or more
   */
  public static double[] fit(List<Examples> sets, double[] before, boolean[] isOffered) {
    int terms = before.length;
    double[] weights = new double[terms];
    Arrays.setAll(weights, term -> isOffered[term] ? before[term] : 0);
    double[] start = weights.clone();
    double[][][] pairs = new double[sets.size()][][];
    Arrays.setAll(pairs, set -> pairs(sets.get(set), SEED + set));
    double[] mean = new double[terms];
    double[] square = new double[terms];
    double all = sets.stream().mapToDouble(Examples::weight).sum();
    for (int step = 1; step <= STEPS && all > 0; step++) {
      double[] slope = new double[terms];
      for (int set = 0; set < pairs.length; set++) {
        double share = sets.get(set).weight() / all;
        addPairs(pairs[set], weights, share, slope);
        addCounts(sets.get(set), weights, share * COUNTS, slope);
      }
      double size = STEP * (1 - 0.9 * step / STEPS);
      for (int term = 0; term < terms; term++) {
        double its = slope[term] + RIDGE * (weights[term] - start[term]);
        mean[term] = 0.9 * mean[term] + 0.1 * its;
        square[term] = 0.99 * square[term] + 0.01 * its * its;
        double direction =
            mean[term]
                / (1 - Math.pow(0.9, step))
                / (Math.sqrt(square[term] / (1 - Math.pow(0.99, step))) + 1e-9);
        weights[term] = isOffered[term] ? Math.max(0, weights[term] - size * direction) : 0;
      }
    }
    return weights;
  }

  private static double product(double[] weights, double[] features) {
    double sum = 0;
    for (int term = 0; term < weights.length; term++) {
      sum += weights[term] * features[term];
    }
    return sum;
  }

  private static void addPairs(double[][] pairs, double[] weights, double share, double[] slope) {
    for (double[] difference : pairs) {
      double wrong = share / pairs.length / (1 + Math.exp(product(weights, difference)));
      for (int term = 0; term < weights.length; term++) {
        slope[term] -= wrong * difference[term];
      }
    }
  }

  private static void addCounts(Examples examples, double[] weights, double share, double[] slope) {
    double all = Arrays.stream(examples.outcome()).sum();
    if (all == 0) {
      return;
    }
    double[] chances = new double[examples.outcome().length];
    Arrays.setAll(chances, i -> product(weights, examples.features()[i]));
    double most = Arrays.stream(chances).max().orElse(0);
    double sum = 0;
    for (int i = 0; i < chances.length; i++) {
      chances[i] = Math.exp(chances[i] - most);
      sum += chances[i];
    }
    for (int i = 0; i < chances.length; i++) {
      double surplus = share * (chances[i] / sum - examples.outcome()[i] / all);
      for (int term = 0; term < weights.length; term++) {
        slope[term] += surplus * examples.features()[i][term];
      }
    }
  }
}
