package renown.kernels.keys;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Fingerprints of keys of several columns, 128 bits each. Equal keys have equal fingerprints; two
 * keys that differ have equal ones once in 2^64 pairs or more, unless somebody made them so: who
 * finds a repeated fingerprint looks at the keys.
 */
public final class KeyPrints {
  private static final long NULL = 0x6A09E667F3BCC909L;

  private final long[] high;
  private final long[] low;

  /**
   * @param size keys, without columns so far
   */
  public KeyPrints(int size) {
    high = new long[size];
    low = new long[size];
  }

  /** Appends the value of the next column of a key. */
  public void add(int key, long value) {
    high[key] = mixed(high[key] * 31 + mixed(value + 0x9E3779B97F4A7C15L));
    low[key] = mixed(low[key] * 37 + mixed(value ^ 0xC2B2AE3D27D4EB4FL));
  }

  /** The same for a text; null is a value of its own. */
  public void add(int key, String value) {
    if (value == null) {
      addNull(key);
      return;
    }
    long one = value.length();
    long other = ~one;
    for (int i = 0; i < value.length(); i++) {
      one = (one ^ value.charAt(i)) * 0x100000001B3L;
      one ^= one >>> 29;
      other = (other + value.charAt(i)) * 0xD6E8FEB86659FD93L;
      other ^= other >>> 32;
    }
    add(key, one);
    low[key] = mixed(low[key] ^ other);
  }

  /** The same for null. */
  public void addNull(int key) {
    add(key, NULL);
  }

  /** The finalizer of MurmurHash3 (Appleby), variant 13 of Stafford. */
  private static long mixed(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The upper halves, by key. */
  public long[] high() {
    return high;
  }

  /** The lower halves, by key. */
  public long[] low() {
    return low;
  }

  /**
   * How many fingerprints occur more than once.
   *
   * @param high their upper halves
   * @param low their lower halves
   */
  public static long repeated(long[] high, long[] low) {
    long[] halves = repeated(high);
    if (halves.length == 0) {
      return 0;
    }
    // The upper half alone hardly ever repeats, so few are looked at again.
    Map<Long, Map<Long, Integer>> counts = new HashMap<>();
    for (int i = 0; i < high.length; i++) {
      if (Arrays.binarySearch(halves, high[i]) >= 0) {
        counts.computeIfAbsent(high[i], any -> new HashMap<>()).merge(low[i], 1, Integer::sum);
      }
    }
    return counts.values().stream()
        .flatMap(of -> of.values().stream())
        .filter(count -> count > 1)
        .count();
  }

  /** The values that occur more than once, in order. */
  private static long[] repeated(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1] && (count == 0 || sorted[count - 1] != sorted[i])) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }
}
