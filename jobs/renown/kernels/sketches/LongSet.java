package renown.kernels.sketches;

/** A set of 64-bit numbers: an open-addressing table that is at most half full. */
final class LongSet {
  private long[] slots = new long[1 << 10];
  private boolean hasZero;
  private int size;

  /** How many there are. */
  int size() {
    return size;
  }

  boolean contains(long number) {
    return number == 0 ? hasZero : slots[slot(slots, number)] == number;
  }

  void add(long number) {
    if (contains(number)) {
      return;
    }
    size++;
    if (number == 0) {
      hasZero = true;
      return;
    }
    if (2 * size > slots.length) {
      long[] larger = new long[2 * slots.length];
      for (long kept : slots) {
        if (kept != 0) {
          larger[slot(larger, kept)] = kept;
        }
      }
      slots = larger;
    }
    slots[slot(slots, number)] = number;
  }

  /** The slot of a number, or the free slot for it. */
  private static int slot(long[] slots, long number) {
    int mask = slots.length - 1;
    // Fibonacci hashing: keys of accounts rise one by one.
    int slot = (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != number) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
