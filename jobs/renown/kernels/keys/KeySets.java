package renown.kernels.keys;

import java.util.Arrays;

/** Sets of keys as sorted arrays. */
public final class KeySets {
  private KeySets() {}

  /** The keys without repetition, in order. */
  public static long[] of(long[] keys) {
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  /** The keys that are in both sets. */
  public static long[] inBoth(long[] one, long[] other) {
    return which(one, other, true);
  }

  /** The keys of one set that are not in the other. */
  public static long[] onlyIn(long[] one, long[] other) {
    return which(one, other, false);
  }

  private static long[] which(long[] one, long[] other, boolean isIn) {
    long[] found = new long[one.length];
    int count = 0;
    int at = 0;
    for (long key : one) {
      while (at < other.length && other[at] < key) {
        at++;
      }
      if ((at < other.length && other[at] == key) == isIn) {
        found[count++] = key;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
