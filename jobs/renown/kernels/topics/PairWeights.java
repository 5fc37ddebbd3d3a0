package renown.kernels.topics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import renown.kernels.keys.RowOrder;
import renown.kernels.rank.KeyIndex;

/**
 * What the two accounts of a pair give each other, over all topics or some: a row for each pair, by
 * rising lower key, then higher key. Weights are whole multiples of 2^-40, so that they add up to
 * the same in any order, however topics are shared out.
 */
public final class PairWeights implements Serializable {
  private static final long serialVersionUID = 1;

  private static final double UNIT = 1L << 40;

  private final long[] lower;
  private final long[] higher;

  /** What the lower key gives the higher one. */
  private final long[] there;

  private final long[] back;

  private PairWeights(long[] lower, long[] higher, long[] there, long[] back) {
    this.lower = lower;
    this.higher = higher;
    this.there = there;
    this.back = back;
  }

  /** A weight in units; at least 1 of one that is above 0. */
  static long units(double weight) {
    return Math.max(1, (long) Math.rint(weight * UNIT));
  }

  /**
   * Sums up.
   *
   * @param sources keys
   * @param destinations keys, each another than its source
   * @param units above 0
   */
  static PairWeights of(long[] sources, long[] destinations, long[] units) {
    int size = units.length;
    long[] low = new long[size];
    long[] high = new long[size];
    long[] there = new long[size];
    long[] back = new long[size];
    for (int row = 0; row < size; row++) {
      boolean isThere = sources[row] < destinations[row];
      low[row] = isThere ? sources[row] : destinations[row];
      high[row] = isThere ? destinations[row] : sources[row];
      there[row] = isThere ? units[row] : 0;
      back[row] = isThere ? 0 : units[row];
    }
    return merged(low, high, there, back);
  }

  /** Of several parts, with what they tell of one pair added up. */
  public static PairWeights together(List<PairWeights> parts) {
    int size = parts.stream().mapToInt(PairWeights::size).sum();
    long[] low = new long[size];
    long[] high = new long[size];
    long[] there = new long[size];
    long[] back = new long[size];
    int to = 0;
    for (PairWeights part : parts) {
      System.arraycopy(part.lower, 0, low, to, part.size());
      System.arraycopy(part.higher, 0, high, to, part.size());
      System.arraycopy(part.there, 0, there, to, part.size());
      System.arraycopy(part.back, 0, back, to, part.size());
      to += part.size();
    }
    return merged(low, high, there, back);
  }

  private static PairWeights merged(long[] low, long[] high, long[] there, long[] back) {
    KeyIndex keys = KeyIndex.of(List.of(low.clone(), high.clone()));
    int[] lowNumbers = Arrays.stream(low).mapToInt(keys::find).toArray();
    int[] highNumbers = Arrays.stream(high).mapToInt(keys::find).toArray();
    int[] order = new RowOrder(low.length).by(highNumbers).by(lowNumbers).rows();
    PairWeights sums =
        new PairWeights(
            new long[low.length], new long[low.length], new long[low.length], new long[low.length]);
    int pairs = 0;
    for (int row : order) {
      if (pairs == 0 || sums.lower[pairs - 1] != low[row] || sums.higher[pairs - 1] != high[row]) {
        sums.lower[pairs] = low[row];
        sums.higher[pairs++] = high[row];
      }
      sums.there[pairs - 1] += there[row];
      sums.back[pairs - 1] += back[row];
    }
    return sums.first(pairs);
  }

  private PairWeights first(int pairs) {
    return new PairWeights(
        Arrays.copyOf(lower, pairs),
        Arrays.copyOf(higher, pairs),
        Arrays.copyOf(there, pairs),
        Arrays.copyOf(back, pairs));
  }

  /** How many pairs there are. */
  public int size() {
    return lower.length;
  }

  /** The pairs by a hash of both keys: each pair is in one of so many parts, always the same. */
  public PairWeights[] parts(int count) {
    PairWeights[] parts = new PairWeights[count];
    for (int part = 0; part < count; part++) {
      PairWeights some =
          new PairWeights(new long[size()], new long[size()], new long[size()], new long[size()]);
      int found = 0;
      for (int row = 0; row < size(); row++) {
        if (KeyIndex.owner(lower[row] * 31 + higher[row], count) == part) {
          some.put(found++, this, row);
        }
      }
      parts[part] = some.first(found);
    }
    return parts;
  }

  private void put(int at, PairWeights from, int row) {
    lower[at] = from.lower[row];
    higher[at] = from.higher[row];
    there[at] = from.there[row];
    back[at] = from.back[row];
  }

  /** Those pairs of another that both sides give anything: of others nothing is returned. */
  public PairWeights mutualOf(PairWeights wanted) {
    PairWeights some =
        new PairWeights(
            new long[wanted.size()],
            new long[wanted.size()],
            new long[wanted.size()],
            new long[wanted.size()]);
    int found = 0;
    for (int at = 0; at < wanted.size(); at++) {
      int row = find(wanted.lower[at], wanted.higher[at]);
      if (row >= 0 && there[row] > 0 && back[row] > 0) {
        some.put(found++, this, row);
      }
    }
    return some.first(found);
  }

  private int find(long low, long high) {
    int from = 0;
    int to = size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (lower[middle] < low || lower[middle] == low && higher[middle] < high) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from < size() && lower[from] == low && higher[from] == high ? from : -1;
  }

  /** The part of what a source gives a destination that comes back: 0 to 1. */
  double returnedShare(long source, long destination) {
    int row = find(Math.min(source, destination), Math.max(source, destination));
    if (row < 0) {
      return 0;
    }
    double given = source < destination ? there[row] : back[row];
    return given > 0 ? Math.min(there[row], back[row]) / given : 0;
  }
}
