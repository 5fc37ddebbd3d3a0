package renown.kernels.keys;

/**
 * Sorts the numbers of rows by their columns: a radix sort from the least significant digit, so
 * each column that is sorted by leaves equal rows in the order of the columns before it.
 */
public final class RowOrder {
  /** With fewer rows, clearing the counters of long digits would take longer than the passes. */
  private static final int MANY = 1 << 14;

  private int[] rows;
  private int[] spareRows;

  /** Of the column that is sorted by, in the order of the rows. */
  private long[] keys;

  private long[] spareKeys;

  /** So many rows, as they lie. */
  public RowOrder(int size) {
    rows = new int[size];
    spareRows = new int[size];
    keys = new long[size];
    spareKeys = new long[size];
    for (int row = 0; row < size; row++) {
      rows[row] = row;
    }
  }

  /** By whole numbers of 0 or more, rising. */
  public RowOrder by(int[] column) {
    for (int at = 0; at < rows.length; at++) {
      keys[at] = column[rows[at]];
    }
    return byKeys();
  }

  /** By whole numbers, rising; as if they had no sign: those below 0 come last. */
  public RowOrder by(long[] column) {
    for (int at = 0; at < rows.length; at++) {
      keys[at] = column[rows[at]];
    }
    return byKeys();
  }

  /** By numbers of 0 or more, falling. */
  public RowOrder byFalling(double[] column) {
    for (int at = 0; at < rows.length; at++) {
      keys[at] = Long.MAX_VALUE - Double.doubleToLongBits(column[rows[at]]);
    }
    return byKeys();
  }

  private RowOrder byKeys() {
    long all = 0;
    long common = -1;
    for (long key : keys) {
      all |= key;
      common &= key;
    }
    long differing = all & ~common;
    int bits = rows.length < MANY ? 8 : 16;
    int mask = (1 << bits) - 1;
    for (int shift = 0; shift < Long.SIZE; shift += bits) {
      if ((differing >>> shift & mask) != 0) {
        pass(shift, mask);
      }
    }
    return this;
  }

  /** Moves rows and their keys together, so that both are read one after the other. */
  private void pass(int shift, int mask) {
    int[] starts = new int[mask + 2];
    for (long key : keys) {
      starts[(int) (key >>> shift & mask) + 1]++;
    }
    for (int digit = 1; digit < starts.length; digit++) {
      starts[digit] += starts[digit - 1];
    }
    for (int at = 0; at < rows.length; at++) {
      int to = starts[(int) (keys[at] >>> shift & mask)]++;
      spareRows[to] = rows[at];
      spareKeys[to] = keys[at];
    }
    int[] sorted = spareRows;
    spareRows = rows;
    rows = sorted;
    long[] sortedKeys = spareKeys;
    spareKeys = keys;
    keys = sortedKeys;
  }

  /** The rows' numbers, sorted. */
  public int[] rows() {
    return rows;
  }
}
