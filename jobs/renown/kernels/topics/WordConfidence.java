package renown.kernels.topics;

import renown.kernels.keys.RowOrder;

/**
 * How sure a topic is that {@link WordTopics} finds, learned from posts that name their topics by
 * hashtags and the like, each judged as if its author had not been counted.
 *
 * <p>Most posts name nothing, so what was not named is not wrong. As Elkan and Noto do ("Learning
 * classifiers from only positive and unlabeled data", KDD 2008), the share of findings of a score
 * that are named is divided by the share of posts about something that name it; this is taken from
 * posts whose prose tells a topic by other means. The share rises with the score (isotonic
 * regression by pooling adjacent violators, Ayer et al., Annals of Mathematical Statistics 1955),
 * and each pool has one hit and one miss added, so that few posts prove little.
 */
public final class WordConfidence {
  /** With fewer right findings nothing is known. */
  private static final int LEAST_NAMED = 30;

  /** What was learned from a few words is never certain. */
  private static final double MOST = 0.9;

  private final double[] from;
  private final double[] shares;
  private final double naming;

  private WordConfidence(double[] from, double[] shares, double naming) {
    this.from = from;
    this.shares = shares;
    this.naming = naming;
  }

  /**
   * Learns from posts in which something was found.
   *
   * @param scores of what was found
   * @param isRight whether the post names what was found, or a topic above or below it
   * @param naming of posts about something the share that name it, 0 to 1
   */
  public static WordConfidence of(double[] scores, boolean[] isRight, double naming) {
    int count = 0;
    for (boolean right : isRight) {
      count += right ? 1 : 0;
    }
    if (count < LEAST_NAMED || !(naming > 0)) {
      return new WordConfidence(new double[0], new double[0], 1);
    }
    double[][] right = rising(scores, isRight, order(scores));
    return new WordConfidence(right[0], right[1], naming);
  }

  /** The confidence in a finding, 0 to 0.9; 0 where too little is known. */
  public double of(double score) {
    int pool = -1;
    while (pool + 1 < from.length && from[pool + 1] <= score) {
      pool++;
    }
    return pool < 0 ? 0 : Math.min(MOST, shares[pool] / naming);
  }

  private static int[] order(double[] scores) {
    long[] keys = new long[scores.length];
    for (int i = 0; i < keys.length; i++) {
      // As a number without sign that rises with the score.
      long bits = Double.doubleToLongBits(scores[i] + 0.0);
      keys[i] = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }
    return new RowOrder(keys.length).by(keys).rows();
  }

  /** The least score of each pool, and the share of hits in it. */
  static double[][] rising(double[] scores, boolean[] hits, int[] order) {
    int[] sizes = new int[order.length];
    int[] good = new int[order.length];
    double[] least = new double[order.length];
    int pools = 0;
    for (int at = 0; at < order.length; at++) {
      double score = scores[order[at]];
      int hit = hits[order[at]] ? 1 : 0;
      if (at > 0 && score == scores[order[at - 1]]) {
        sizes[pools - 1]++; // equal scores are one
        good[pools - 1] += hit;
      } else {
        sizes[pools] = 1;
        good[pools] = hit;
        least[pools++] = score;
      }
      boolean isLastOfScore = at + 1 == order.length || scores[order[at + 1]] != score;
      while (isLastOfScore
          && pools > 1
          && (long) good[pools - 2] * sizes[pools - 1]
              >= (long) good[pools - 1] * sizes[pools - 2]) {
        pools--;
        sizes[pools - 1] += sizes[pools];
        good[pools - 1] += good[pools];
      }
    }
    double[][] rising = new double[2][pools];
    for (int pool = 0; pool < pools; pool++) {
      rising[0][pool] = least[pool];
      double share = (good[pool] + 1.0) / (sizes[pool] + 2.0);
      // One hit and one miss more may turn the order of small pools.
      rising[1][pool] = pool == 0 ? share : Math.max(share, rising[1][pool - 1]);
    }
    return rising;
  }

  /** The order of scores, for tests. */
  static double[][] rising(double[] scores, boolean[] hits) {
    return rising(scores, hits, order(scores));
  }
}
