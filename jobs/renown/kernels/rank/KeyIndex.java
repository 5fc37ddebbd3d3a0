package renown.kernels.rank;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Distinct 64-bit keys, numbered 0, 1, 2, ... as they rise. Keys that lie close together, as those
 * of the account dictionary do, are found through a bitmap, 1.5 bits per possible key; scattered
 * ones through a hash table of their numbers, 8 to 16 bytes per key.
 */
public final class KeyIndex implements Serializable {
  /** Up to this many possible keys per given key the bitmap is smaller than the hash table. */
  private static final long MOST_POSSIBLE_PER_KEY = 16;

  private static final int FEWEST_SLOTS = 1 << 10;

  private static final int MOST_SLOTS = 1 << 30;

  private final long[] keys;
  private final long least;

  /** A bit per possible key, and the keys before each word; null if there is a table. */
  private final long[] present;

  private final int[] before;

  /** Number plus 1 of the key in a slot, 0 in empty ones; null if there is a bitmap. */
  private final int[] table;

  private KeyIndex(long least, long[] present) {
    this.least = least;
    this.present = present;
    this.table = null;
    before = new int[present.length];
    int size = 0;
    for (int word = 0; word < present.length; word++) {
      before[word] = size;
      size = Math.addExact(size, Long.bitCount(present[word]));
    }
    keys = new long[size];
    int number = 0;
    for (int word = 0; word < present.length; word++) {
      for (long bits = present[word]; bits != 0; bits &= bits - 1) {
        keys[number++] = least + ((long) word << 6) + Long.numberOfTrailingZeros(bits);
      }
    }
  }

  private KeyIndex(long[] sortedKeys) {
    this.keys = sortedKeys;
    this.table = Table.slotsFor(sortedKeys, sortedKeys.length);
    this.least = 0;
    this.present = null;
    this.before = null;
  }

  /** The distinct ones of all keys given. */
  public static KeyIndex of(List<long[]> given) {
    Span span = Span.of(given);
    return span.isDense() ? dense(given, span) : scattered(given);
  }

  /** Where given keys lie. */
  private record Span(long count, long least, long largest) {
    static Span of(List<long[]> given) {
      long least = Long.MAX_VALUE;
      long largest = Long.MIN_VALUE;
      long count = 0;
      for (long[] some : given) {
        for (long key : some) {
          least = Math.min(least, key);
          largest = Math.max(largest, key);
        }
        count += some.length;
      }
      return new Span(count, least, largest);
    }

    /** The distance of scattered keys overflows, to below 0. */
    long distance() {
      return largest - least;
    }

    boolean isDense() {
      return count > 0
          && distance() >= 0
          && distance() < Math.min(1L << 36, count * MOST_POSSIBLE_PER_KEY);
    }
  }

  private static KeyIndex dense(List<long[]> given, Span span) {
    long[] present = new long[(int) (span.distance() >>> 6) + 1];
    for (long[] some : given) {
      for (long key : some) {
        long offset = key - span.least();
        present[(int) (offset >>> 6)] |= 1L << offset;
      }
    }
    return new KeyIndex(span.least(), present);
  }

  private static KeyIndex scattered(List<long[]> given) {
    Table table = new Table();
    for (long[] some : given) {
      for (long key : some) {
        table.add(key);
      }
    }
    long[] keys = table.keys();
    Arrays.sort(keys);
    return new KeyIndex(keys);
  }

  /**
   * Keys, and the number of each as it was given.
   *
   * @param numbers of the given keys, list by list
   */
  record Numbered(KeyIndex index, int[][] numbers) {}

  /**
   * Numbers given keys.
   *
   * @param given emptied on the way, to free the memory
   */
  static Numbered number(List<long[]> given, int cores) {
    int lists = given.size();
    int[][] numbers = new int[lists][];
    Span span = Span.of(given);
    if (span.isDense()) {
      KeyIndex index = dense(given, span);
      Cores.forEach(
          cores,
          lists,
          i -> {
            long[] keys = given.set(i, null);
            int[] found = new int[keys.length];
            for (int at = 0; at < keys.length; at++) {
              found[at] = index.find(keys[at]);
            }
            numbers[i] = found;
          });
      return new Numbered(index, numbers);
    }
    // Every core numbers its part of the keys as they come; then the numbers are exchanged for
    // those of all keys together. So each given key is looked for in memory once.
    long[][] met = new long[cores][];
    Cores.forEach(
        cores,
        cores,
        core -> {
          Table table = new Table();
          int end = Cores.bound(core + 1, cores, lists);
          for (int i = Cores.bound(core, cores, lists); i < end; i++) {
            long[] keys = given.set(i, null);
            int[] found = new int[keys.length];
            for (int at = 0; at < keys.length; at++) {
              found[at] = table.add(keys[at]);
            }
            numbers[i] = found;
          }
          met[core] = table.keys();
        });
    KeyIndex index = of(List.of(met));
    Cores.forEach(
        cores,
        cores,
        core -> {
          int[] exchanged = Arrays.stream(met[core]).mapToInt(index::find).toArray();
          int end = Cores.bound(core + 1, cores, lists);
          for (int i = Cores.bound(core, cores, lists); i < end; i++) {
            int[] found = numbers[i];
            for (int at = 0; at < found.length; at++) {
              found[at] = exchanged[found[at]];
            }
          }
        });
    return new Numbered(index, numbers);
  }

  /** Keys in the order in which they came first. */
  private static final class Table {
    /** Number plus 1 of the key in a slot, 0 in empty ones. */
    private int[] slots = new int[FEWEST_SLOTS];

    private long[] keys = new long[FEWEST_SLOTS >> 1];
    private int size;

    /** The number of a key. */
    int add(long key) {
      int slot = slot(slots, keys, key);
      if (slots[slot] != 0) {
        return slots[slot] - 1;
      }
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size);
      }
      keys[size++] = key;
      slots[slot] = size;
      if (size > slots.length >> 1) {
        slots = slotsFor(keys, size);
      }
      return size - 1;
    }

    /** The slots of the first keys, twice to four times as many as keys. */
    static int[] slotsFor(long[] keys, int size) {
      if (size >= MOST_SLOTS >> 1) {
        throw new IllegalStateException(
            "a block would hold more than " + (MOST_SLOTS >> 1) + " accounts: use more blocks");
      }
      int[] slots = new int[Math.max(FEWEST_SLOTS, Integer.highestOneBit(size) << 2)];
      for (int number = 0; number < size; number++) {
        slots[slot(slots, keys, keys[number])] = number + 1;
      }
      return slots;
    }

    long[] keys() {
      return Arrays.copyOf(keys, size);
    }
  }

  /** The slot that holds a key, or the one that it would get. */
  private static int slot(int[] slots, long[] keys, long key) {
    int mask = slots.length - 1;
    int slot = (int) mix(key) & mask;
    while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** A bijective mix of all bits (the finaliser of SplitMix64, Steele, Lea and Flood 2014). */
  static long mix(long key) {
    long z = key + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The block, in {@code [0, blocks)}, that owns a key. */
  public static int owner(long key, int blocks) {
    return (int) ((mix(key) >>> 32) * blocks >>> 32);
  }

  /** The number of a key, or -1. */
  public int find(long key) {
    if (present == null) {
      return table[slot(table, keys, key)] - 1;
    }
    long offset = key - least;
    long word = offset >>> 6;
    if (word >= present.length || (present[(int) word] >>> offset & 1) == 0) {
      return -1;
    }
    return before[(int) word] + Long.bitCount(present[(int) word] & (1L << offset) - 1);
  }

  public int size() {
    return keys.length;
  }

  public long key(int number) {
    return keys[number];
  }

  /** All keys, rising; not to be changed. */
  long[] keys() {
    return keys;
  }
}
