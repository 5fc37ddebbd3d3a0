package renown.rank;

import java.io.Serializable;
import java.util.Arrays;

/** Distinct 64-bit keys, each with the number 0, 1, 2, ... in the order of first appearance. */
final class KeyIndex implements Serializable {
  private static final int MOST_SLOTS = 1 << 30;

  private long[] keys;
  private int[] slots;
  private int size;

  KeyIndex(int expected) {
    keys = new long[Math.max(16, expected)];
    long wanted = (long) Integer.highestOneBit(Math.max(16, expected)) << 2;
    slots = emptySlots((int) Math.min(MOST_SLOTS, wanted));
  }

  /** A bijective mix of all bits (the finaliser of SplitMix64, Steele, Lea and Flood 2014). */
  static long mix(long key) {
    long z = key + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The block, in {@code [0, blocks)}, that owns a key. */
  static int owner(long key, int blocks) {
    return (int) ((mix(key) >>> 32) * blocks >>> 32);
  }

  /** The number of a key; gives it the next one where it is new. */
  int add(long key) {
    int mask = slots.length - 1;
    int slot = (int) mix(key) & mask;
    while (true) {
      int number = slots[slot];
      if (number < 0) {
        break;
      }
      if (keys[number] == key) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, (int) Math.min(Integer.MAX_VALUE - 8L, size + (size >> 1) + 16L));
    }
    slots[slot] = size;
    keys[size++] = key;
    if (size > slots.length >> 1) {
      grow();
    }
    return size - 1;
  }

  /** The number of a key, or -1. */
  int find(long key) {
    int mask = slots.length - 1;
    int slot = (int) mix(key) & mask;
    while (true) {
      int number = slots[slot];
      if (number < 0 || keys[number] == key) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
  }

  int size() {
    return size;
  }

  long key(int number) {
    return keys[number];
  }

  /** All keys, rising. */
  long[] sortedKeys() {
    long[] sorted = Arrays.copyOf(keys, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The numbers of all keys, by rising key. */
  int[] numbersByKey() {
    long[] sorted = sortedKeys();
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = find(sorted[i]);
    }
    return numbers;
  }

  private void grow() {
    if (slots.length == MOST_SLOTS) {
      throw new IllegalStateException(
          "a block would hold more than " + size + " accounts: use more blocks");
    }
    int[] wider = emptySlots(slots.length << 1);
    int mask = wider.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = (int) mix(keys[number]) & mask;
      while (wider[slot] >= 0) {
        slot = (slot + 1) & mask;
      }
      wider[slot] = number;
    }
    slots = wider;
  }

  private static int[] emptySlots(int length) {
    int[] empty = new int[length];
    Arrays.fill(empty, -1);
    return empty;
  }
}
