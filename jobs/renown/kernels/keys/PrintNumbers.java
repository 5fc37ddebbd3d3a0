package renown.kernels.keys;

import java.util.Arrays;

/**
 * Numbers for fingerprints of 128 bits: 0, 1, ... in the order in which they are first met. Open
 * addressing with linear probing; at most two thirds of the places are taken. Takes some 24 bytes
 * per fingerprint.
 */
public final class PrintNumbers {
  private static final int LEAST = 64;
  private static final int MOST = 1 << 29;

  private long[] high = new long[LEAST];
  private long[] low = new long[LEAST];
  private int size;

  /** Number of the fingerprint at a place plus 1; 0 where there is none. */
  private int[] places = new int[2 * LEAST];

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The upper half of a fingerprint. */
  public long high(int number) {
    return high[number];
  }

  /** The lower half. */
  public long low(int number) {
    return low[number];
  }

  /** The number of a fingerprint, or -1. */
  public int find(long upper, long lower) {
    return places[place(upper, lower)] - 1;
  }

  /** The number of a fingerprint, which is given one if it has none. */
  public int add(long upper, long lower) {
    int place = place(upper, lower);
    if (places[place] > 0) {
      return places[place] - 1;
    }
    if (size == high.length) {
      if (size == MOST) {
        throw new IllegalStateException("more than " + MOST + " fingerprints at once");
      }
      high = Arrays.copyOf(high, Math.min(MOST, size + (size >> 1)));
      low = Arrays.copyOf(low, high.length);
    }
    high[size] = upper;
    low[size] = lower;
    places[place] = ++size;
    if (3L * size > 2L * places.length) {
      grow();
    }
    return size - 1;
  }

  /** Where a fingerprint stands, or the free place where it would. */
  private int place(long upper, long lower) {
    int mask = places.length - 1;
    // Whoever made the fingerprint has mixed its bits, but for small numbers in one half.
    long mixed = (upper ^ lower * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    int place = (int) (mixed >>> 32) & mask;
    while (places[place] > 0
        && (high[places[place] - 1] != upper || low[places[place] - 1] != lower)) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    places = new int[places.length * 2];
    for (int number = 0; number < size; number++) {
      places[place(high[number], low[number])] = number + 1;
    }
  }
}
