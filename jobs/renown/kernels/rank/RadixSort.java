package renown.kernels.rank;

/**
 * Stable sorting of longs by some of their bits, digit by digit from the least significant one;
 * numbers that travel with them are moved along. For one thread at a time.
 */
final class RadixSort {
  private static final int MOST_DIGIT_BITS = 11;

  private final int[] shifts;
  private final int[] masks;
  private final int[][] places;
  private long[] spare = {};
  private float[] spareCompanions = {};

  /**
   * @param ranges first bit and number of bits of each range, the least significant range first
   */
  RadixSort(int... ranges) {
    int digits = 0;
    for (int range = 1; range < ranges.length; range += 2) {
      digits += digits(ranges[range]);
    }
    shifts = new int[digits];
    masks = new int[digits];
    places = new int[digits][];
    int digit = 0;
    for (int range = 0; range < ranges.length; range += 2) {
      int parts = digits(ranges[range + 1]);
      int from = ranges[range];
      for (int part = 0; part < parts; part++) {
        int to = ranges[range] + ranges[range + 1] * (part + 1) / parts;
        shifts[digit] = from;
        masks[digit] = (1 << (to - from)) - 1;
        places[digit++] = new int[1 << (to - from)];
        from = to;
      }
    }
  }

  private static int digits(int bits) {
    return (bits + MOST_DIGIT_BITS - 1) / MOST_DIGIT_BITS;
  }

  /** Bits that numbers from 0 to a largest one need. */
  static int bits(int largest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
  }

  /**
   * Sorts a part of an array.
   *
   * @param companions moved like the values; null for none
   */
  void sort(long[] values, float[] companions, int from, int to) {
    int size = to - from;
    if (spare.length < size) {
      spare = new long[size];
    }
    if (companions != null && spareCompanions.length < size) {
      spareCompanions = new float[size];
    }
    count(values, from, to);
    boolean isAside = false;
    for (int digit = 0; digit < shifts.length; digit++) {
      if (!turnIntoPlaces(places[digit], size)) {
        continue;
      }
      long[] in = isAside ? spare : values;
      long[] out = isAside ? values : spare;
      int inFrom = isAside ? 0 : from;
      int outFrom = isAside ? from : 0;
      if (companions == null) {
        move(in, inFrom, out, outFrom, size, shifts[digit], masks[digit], places[digit]);
      } else {
        float[] with = isAside ? spareCompanions : companions;
        float[] besides = isAside ? companions : spareCompanions;
        move(
            in,
            with,
            inFrom,
            out,
            besides,
            outFrom,
            size,
            shifts[digit],
            masks[digit],
            places[digit]);
      }
      isAside = !isAside;
    }
    if (isAside) {
      System.arraycopy(spare, 0, values, from, size);
      if (companions != null) {
        System.arraycopy(spareCompanions, 0, companions, from, size);
      }
    }
  }

  private void count(long[] values, int from, int to) {
    for (int digit = 0; digit < shifts.length; digit++) {
      java.util.Arrays.fill(places[digit], 0);
      int shift = shifts[digit];
      int mask = masks[digit];
      int[] counts = places[digit];
      for (int i = from; i < to; i++) {
        counts[(int) (values[i] >>> shift) & mask]++;
      }
    }
  }

  /** From counts to the places where each digit's values begin; false if all have one digit. */
  private static boolean turnIntoPlaces(int[] counts, int size) {
    int at = 0;
    for (int digit = 0; digit < counts.length; digit++) {
      int count = counts[digit];
      if (count == size) {
        return false;
      }
      counts[digit] = at;
      at += count;
    }
    return true;
  }

  private static void move(
      long[] in, int inFrom, long[] out, int outFrom, int size, int shift, int mask, int[] places) {
    for (int i = inFrom; i < inFrom + size; i++) {
      long value = in[i];
      out[outFrom + places[(int) (value >>> shift) & mask]++] = value;
    }
  }

  private static void move(
      long[] in,
      float[] with,
      int inFrom,
      long[] out,
      float[] outWith,
      int outFrom,
      int size,
      int shift,
      int mask,
      int[] places) {
    for (int i = inFrom; i < inFrom + size; i++) {
      long value = in[i];
      int to = outFrom + places[(int) (value >>> shift) & mask]++;
      out[to] = value;
      outWith[to] = with[i];
    }
  }
}
