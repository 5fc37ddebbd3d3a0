package renown.kernels.sketches;

import java.util.Arrays;

/** Numbers of pairs, from 0: an open-addressing table that is at most half full. */
public final class PairNumbers {
  private int[] slots = new int[1 << 10];
  private long[] first = new long[1 << 9];
  private long[] second = new long[1 << 9];
  private int size;

  public PairNumbers() {
    Arrays.fill(slots, -1);
  }

  /** How many pairs there are. */
  public int size() {
    return size;
  }

  public long first(int pair) {
    return first[pair];
  }

  public long second(int pair) {
    return second[pair];
  }

  /** The number of a pair, or -1. */
  public int of(long a, long b) {
    return slots[slot(a, b)];
  }

  /** The number of a pair; one that has none gets the next. */
  public int add(long a, long b) {
    int slot = slot(a, b);
    if (slots[slot] >= 0) {
      return slots[slot];
    }
    if (size == first.length) {
      first = Arrays.copyOf(first, 2 * size);
      second = Arrays.copyOf(second, 2 * size);
    }
    first[size] = a;
    second[size] = b;
    slots[slot] = size++;
    if (2 * size > slots.length) {
      slots = new int[2 * slots.length];
      Arrays.fill(slots, -1);
      for (int pair = 0; pair < size; pair++) {
        slots[slot(first[pair], second[pair])] = pair;
      }
    }
    return size - 1;
  }

  private int slot(long a, long b) {
    int mask = slots.length - 1;
    long hash = (a * 0x9E3779B97F4A7C15L ^ b) * 0xC4CEB9FE1A85EC53L;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] >= 0 && !(first[slots[slot]] == a && second[slots[slot]] == b)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
