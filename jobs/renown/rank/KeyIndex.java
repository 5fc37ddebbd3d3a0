package renown.rank;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Distinct 64-bit keys, numbered 0, 1, 2, ... as they rise. Keys that lie close together, as those
 * of the account dictionary do, are found through a bitmap, 1.5 bits per possible key; scattered
 * ones through a hash table, 32 to 64 bytes per key.
 */
final class KeyIndex implements Serializable {
  /** Up to so many possible keys per given one the bitmap is the smaller of the two. */
  private static final long MOST_POSSIBLE_PER_KEY = 16;

  private static final int MOST_SLOTS = 1 << 29;

  private final long[] keys;
  private final long least;

  /** A bit per possible key, and the keys before each word; null where there is a table. */
  private final long[] present;

  private final int[] before;

  /** Pairs of a key and its number plus 1, 0 in empty slots; null where there is a bitmap. */
  private final long[] table;

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

  private KeyIndex(long[] sortedKeys, long[] table) {
    this.keys = sortedKeys;
    this.table = table;
    this.least = 0;
    this.present = null;
    this.before = null;
    for (int number = 0; number < keys.length; number++) {
      table[2 * slot(table, keys[number]) + 1] = number + 1L;
    }
  }

  /** The distinct ones of all keys given. */
  static KeyIndex of(List<long[]> given) {
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
    return new KeyIndex(keys, table.slots);
  }

  /**
   * Keys, and the number of each as it was given.
   *
   * @param numbers of all given keys, list by list
   */
  record Numbered(KeyIndex index, int[] numbers) {}

  /**
   * Numbers given keys.
   *
   * @param given emptied on the way, to free the memory; at most 2^31 keys in all
   */
  static Numbered number(List<long[]> given, int cores) {
    int[] starts = new int[given.size() + 1];
    for (int i = 0; i < given.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], given.get(i).length);
    }
    int[] numbers = new int[starts[given.size()]];
    Span span = Span.of(given);
    if (span.isDense()) {
      KeyIndex index = dense(given, span);
      Cores.forEach(
          cores,
          given.size(),
          i -> {
            int at = starts[i];
            for (long key : given.set(i, null)) {
              numbers[at++] = index.find(key);
            }
          });
      return new Numbered(index, numbers);
    }
    // Every core numbers its part of the keys as they come; then the numbers are exchanged for
    // those of all keys together. So each given key is looked for in memory once.
    Table[] tables = new Table[cores];
    int lists = given.size();
    Cores.forEach(
        cores,
        cores,
        core -> {
          tables[core] = new Table();
          for (int i = Cores.bound(core, cores, lists);
              i < Cores.bound(core + 1, cores, lists);
              i++) {
            int at = starts[i];
            for (long key : given.set(i, null)) {
              numbers[at++] = tables[core].add(key);
            }
          }
        });
    KeyIndex index = of(Arrays.stream(tables).map(Table::keys).toList());
    Cores.forEach(
        cores,
        cores,
        core -> {
          int[] exchanged = Arrays.stream(tables[core].keys()).mapToInt(index::find).toArray();
          int end = starts[Cores.bound(core + 1, cores, lists)];
          for (int at = starts[Cores.bound(core, cores, lists)]; at < end; at++) {
            numbers[at] = exchanged[numbers[at]];
          }
        });
    return new Numbered(index, numbers);
  }

  /** Keys in the order in which they came first. */
  private static final class Table {
    /** Pairs of a key and its number plus 1, 0 in empty slots. */
    private long[] slots = new long[2 << 10];

    private long[] keys = new long[1 << 9];
    private int size;

    /** The number of a key. */
    int add(long key) {
      int slot = slot(slots, key);
      long number = slots[2 * slot + 1];
      if (number != 0) {
        return (int) number - 1;
      }
      slots[2 * slot] = key;
      slots[2 * slot + 1] = size + 1L;
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size);
      }
      keys[size++] = key;
      if (size > slots.length >> 2) {
        slots = grown(slots, size);
      }
      return size - 1;
    }

    long[] keys() {
      return Arrays.copyOf(keys, size);
    }
  }

  /** The slot that holds a key, or the one that it would get. */
  private static int slot(long[] table, long key) {
    int mask = (table.length >> 1) - 1;
    int slot = (int) mix(key) & mask;
    while (table[2 * slot + 1] != 0 && table[2 * slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long[] grown(long[] table, int size) {
    if (table.length >> 1 == MOST_SLOTS) {
      throw new IllegalStateException(
          "a block would hold more than " + size + " accounts: use more blocks");
    }
    long[] wider = new long[table.length << 1];
    for (int from = 0; from < table.length; from += 2) {
      if (table[from + 1] != 0) {
        int slot = slot(wider, table[from]);
        wider[2 * slot] = table[from];
        wider[2 * slot + 1] = table[from + 1];
      }
    }
    return wider;
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

  /** The number of a key, or -1. */
  int find(long key) {
    if (present == null) {
      return (int) table[2 * slot(table, key) + 1] - 1;
    }
    long offset = key - least;
    long word = offset >>> 6;
    if (word >= present.length || (present[(int) word] >>> offset & 1) == 0) {
      return -1;
    }
    return before[(int) word] + Long.bitCount(present[(int) word] & (1L << offset) - 1);
  }

  int size() {
    return keys.length;
  }

  long key(int number) {
    return keys[number];
  }

  /** All keys, rising; not to be changed. */
  long[] keys() {
    return keys;
  }
}
