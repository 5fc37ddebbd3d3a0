package renown.night.score.accounts;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import renown.lake.ColumnRows;

/** Accounts and networks by number: 0, 1, ... as their keys and names rise. */
final class AccountNumbers implements Serializable {
  private static final long serialVersionUID = 1;

  /** A key is the number of its network times this, plus a number that is given from 0 on. */
  private static final int NETWORK_BITS = 40;

  /** A table of all possible keys is at most so many times as long as there are keys, and some. */
  private static final long MOST_POSSIBLE_PER_KEY = 8;

  private static final long MOST_POSSIBLE = 1 << 16;

  private final long[] keys;

  /** Ranges of keys, each with the number of every possible key; null where they are scattered. */
  private final Range[] ranges;

  private record Range(long least, int[] numbers) implements Serializable {
    int of(long key) {
      long offset = key - least;
      return offset < 0 || offset >= numbers.length ? -1 : numbers[(int) offset];
    }
  }

  private final String[] networks;
  private final int[] networkOf;

  private AccountNumbers(TreeMap<Long, String> extra, long[] known, String[] knownNetworks) {
    TreeSet<String> names = new TreeSet<>(extra.values());
    names.addAll(Arrays.asList(knownNetworks));
    networks = names.toArray(String[]::new);
    long[] all = Arrays.copyOf(known, known.length + extra.size());
    int at = known.length;
    for (long key : extra.keySet()) {
      all[at++] = key;
    }
    Arrays.sort(all);
    keys = all;
    ranges = ranges(keys);
    networkOf = new int[keys.length];
    String last = null;
    int number = 0;
    for (int i = 0; i < known.length; i++) {
      if (!knownNetworks[i].equals(last)) {
        last = knownNetworks[i];
        number = network(last);
      }
      networkOf[of(known[i])] = number;
    }
    extra.forEach((key, network) -> networkOf[of(key)] = network(network));
  }

  private static Range[] ranges(long[] keys) {
    List<Range> ranges = new ArrayList<>();
    long possible = 0;
    for (int from = 0, to = 0; from < keys.length; from = to) {
      while (to < keys.length && keys[to] >> NETWORK_BITS == keys[from] >> NETWORK_BITS) {
        to++;
      }
      long span = keys[to - 1] - keys[from] + 1;
      possible += span;
      if (possible > MOST_POSSIBLE_PER_KEY * keys.length + MOST_POSSIBLE) {
        return null;
      }
      int[] numbers = new int[(int) span];
      Arrays.fill(numbers, -1);
      for (int i = from; i < to; i++) {
        numbers[(int) (keys[i] - keys[from])] = i;
      }
      ranges.add(new Range(keys[from], numbers));
    }
    return ranges.toArray(Range[]::new);
  }

  /**
   * Numbers for those known and those met elsewhere.
   *
   * @param known keys, each once
   * @param networks of them
   * @param met columns network and two of keys
   */
  static AccountNumbers of(long[] known, String[] networks, Met... met) {
    TreeMap<Long, String> extra = new TreeMap<>();
    AccountNumbers numbers = new AccountNumbers(extra, known, networks);
    for (Met rows : met) {
      for (int row = 0; row < rows.network().size(); row++) {
        for (ColumnRows.Longs keys : rows.keys()) {
          if (numbers.of(keys.get(row)) < 0) {
            extra.put(keys.get(row), rows.network().get(row));
          }
        }
      }
    }
    return extra.isEmpty() ? numbers : new AccountNumbers(extra, known, networks);
  }

  /** Rows that name accounts of a network. */
  record Met(ColumnRows.Texts network, ColumnRows.Longs... keys) {}

  int accounts() {
    return keys.length;
  }

  int networks() {
    return networks.length;
  }

  /** The number of a key, or -1. */
  int of(long key) {
    if (ranges == null) {
      return Math.max(-1, Arrays.binarySearch(keys, key));
    }
    for (Range range : ranges) {
      int number = range.of(key);
      if (number >= 0) {
        return number;
      }
    }
    return -1;
  }

  long key(int account) {
    return keys[account];
  }

  /** The number of a network that is there. */
  int network(String name) {
    return Arrays.binarySearch(networks, name);
  }

  String networkName(int network) {
    return networks[network];
  }

  int networkOf(int account) {
    return networkOf[account];
  }

  String networkNameOf(int account) {
    return networks[networkOf[account]];
  }

  /** The numbers of a column of keys. */
  int[] of(ColumnRows.Longs column) {
    int[] numbers = new int[column.size()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = of(column.get(row));
    }
    return numbers;
  }
}
