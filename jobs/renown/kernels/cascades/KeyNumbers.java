package renown.kernels.cascades;

import java.util.Arrays;

/**
 * Numbers of keys: an open-addressing table from 64-bit keys to numbers from 0, at most half full.
 */
public final class KeyNumbers {
  private static final int NONE = -1;

  private long[] keys;
  private int[] numbers;
  private int size;

  /**
   * @param expected how many keys there will be, about
   */
  public KeyNumbers(int expected) {
    int capacity = Integer.highestOneBit(Math.max(8, Math.min(expected, 1 << 28))) * 4;
    keys = new long[capacity];
    numbers = new int[capacity];
    Arrays.fill(numbers, NONE);
  }

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /** The number of a key, or -1. */
  public int of(long key) {
    return numbers[slot(key)];
  }

  /**
   * Gives a key a number, unless it has one.
   *
   * @return the number that it has now
   */
  public int put(long key, int number) {
    int slot = slot(key);
    if (numbers[slot] != NONE) {
      return numbers[slot];
    }
    keys[slot] = key;
    numbers[slot] = number;
    size++;
    if (2 * size > keys.length) {
      grow();
    }
    return number;
  }

  /** The number of a key; one that has none gets the next. */
  public int add(long key) {
    return put(key, size);
  }

  private void grow() {
    long[] heldKeys = keys;
    int[] heldNumbers = numbers;
    keys = new long[2 * heldKeys.length];
    numbers = new int[keys.length];
    Arrays.fill(numbers, NONE);
    for (int i = 0; i < heldKeys.length; i++) {
      if (heldNumbers[i] != NONE) {
        int slot = slot(heldKeys[i]);
        keys[slot] = heldKeys[i];
        numbers[slot] = heldNumbers[i];
      }
    }
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    // Fibonacci hashing: keys of accounts rise one by one.
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (numbers[slot] != NONE && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
