package renown.kernels.topics;

import java.util.function.IntToLongFunction;

/**
 * Sorts the numbers of rows by their columns: a radix sort from the least significant digit, so
 * each column that is sorted by leaves equal rows in the order of the columns before it.
 */
public final class RowOrder {
  /** With fewer rows, clearing the counters of long digits would take longer than the passes. */
  private static final int MANY = 1 << 14;

  private int[] rows;
  private int[] spare;

  /** So many rows, as they lie. */
  public RowOrder(int size) {
    rows = new int[size];
    spare = new int[size];
    for (int row = 0; row < size; row++) {
      rows[row] = row;
    }
  }

  /** By whole numbers of 0 or more, rising. */
  public RowOrder by(int[] column) {
    return by(row -> column[row]);
  }

  /** By whole numbers, rising; as if they had no sign: those below 0 come last. */
  public RowOrder by(long[] column) {
    return by(row -> column[row]);
  }

  /** By numbers of 0 or more, falling. */
  public RowOrder byFalling(double[] column) {
    return by(row -> Long.MAX_VALUE - Double.doubleToLongBits(column[row]));
  }

  private RowOrder by(IntToLongFunction key) {
    long all = 0;
    long common = -1;
    for (int row : rows) {
      all |= key.applyAsLong(row);
      common &= key.applyAsLong(row);
    }
    long differing = all & ~common;
    int bits = rows.length < MANY ? 8 : 16;
    int mask = (1 << bits) - 1;
    for (int shift = 0; shift < Long.SIZE; shift += bits) {
      if ((differing >>> shift & mask) != 0) {
        pass(key, shift, mask);
      }
    }
    return this;
  }

  private void pass(IntToLongFunction key, int shift, int mask) {
    int[] starts = new int[mask + 2];
    for (int row : rows) {
      starts[(int) (key.applyAsLong(row) >>> shift & mask) + 1]++;
    }
    for (int digit = 1; digit < starts.length; digit++) {
      starts[digit] += starts[digit - 1];
    }
    for (int row : rows) {
      spare[starts[(int) (key.applyAsLong(row) >>> shift & mask)]++] = row;
    }
    int[] sorted = spare;
    spare = rows;
    rows = sorted;
  }

  /** The rows' numbers, sorted. */
  public int[] rows() {
    return rows;
  }
}
