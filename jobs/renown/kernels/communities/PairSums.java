package renown.kernels.communities;

/** Weights between pairs of labels, added up: an open-addressing table, at most half full. */
final class PairSums {
  private long[] pairs = new long[64];
  private long[] sums = new long[64];
  private int size;

  /** Adds a weight above 0 to a pair, in whichever order. */
  void add(int a, int b, long weight) {
    long pair = (long) Math.min(a, b) << 32 | Math.max(a, b);
    int slot = slot(pairs, sums, pair);
    if (sums[slot] == 0) {
      pairs[slot] = pair;
      size++;
    }
    sums[slot] += weight;
    if (2 * size > pairs.length) {
      grow();
    }
  }

  private void grow() {
    long[] largerPairs = new long[2 * pairs.length];
    long[] largerSums = new long[2 * pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      if (sums[i] != 0) {
        int slot = slot(largerPairs, largerSums, pairs[i]);
        largerPairs[slot] = pairs[i];
        largerSums[slot] = sums[i];
      }
    }
    pairs = largerPairs;
    sums = largerSums;
  }

  private static int slot(long[] pairs, long[] sums, long pair) {
    int mask = pairs.length - 1;
    int slot = (int) ((pair * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (sums[slot] != 0 && pairs[slot] != pair) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** What was added up. */
  Ties ties() {
    int[] first = new int[size];
    int[] second = new int[size];
    long[] weights = new long[size];
    int tie = 0;
    for (int i = 0; i < pairs.length; i++) {
      if (sums[i] != 0) {
        first[tie] = (int) (pairs[i] >>> 32);
        second[tie] = (int) pairs[i];
        weights[tie++] = sums[i];
      }
    }
    return new Ties(first, second, weights);
  }

  /** Ties between numbered vertices. */
  record Ties(int[] first, int[] second, long[] weights) {
    /** The ties between the groups that vertices stand in. */
    Ties between(int[] groups) {
      PairSums sums = new PairSums();
      for (int tie = 0; tie < first.length; tie++) {
        sums.add(groups[first[tie]], groups[second[tie]], weights[tie]);
      }
      return sums.ties();
    }
  }
}
