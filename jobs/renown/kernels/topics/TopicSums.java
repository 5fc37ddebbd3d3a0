package renown.kernels.topics;

import java.util.Arrays;
import java.util.List;
import renown.kernels.keys.RowOrder;
import renown.kernels.rank.KeyIndex;

/**
 * Acts summed by topic, source, destination and verb; rows are added in any order.
 *
 * <p>Topics are numbered by whoever adds them. Not safe for several threads that add.
 */
public final class TopicSums {
  private int size;
  private int[] topics = new int[16];
  private long[] sources = new long[16];
  private long[] destinations = new long[16];
  private int[] verbs = new int[16];
  private long[] actCounts = new long[16];
  private long[] units = new long[16];
  private long[] latestAt = new long[16];
  private String[] latestPosts = new String[16];

  /**
   * Adds acts.
   *
   * @param topic number of a topic, 0 or more
   * @param source key of the account that acted
   * @param destination key of the account that received it
   * @param actCount acts less undone ones
   * @param unitsOfActs see {@link TopicClock}
   * @param at of the latest act, microseconds
   * @param post the latest post through which it came; null if there is none
   */
  public void add(
      int topic,
      long source,
      long destination,
      TopicVerb verb,
      long actCount,
      long unitsOfActs,
      long at,
      String post) {
    if (size == topics.length) {
      grow(size + (size >> 1) + 1);
    }
    topics[size] = topic;
    sources[size] = source;
    destinations[size] = destination;
    verbs[size] = verb.ordinal();
    actCounts[size] = actCount;
    units[size] = unitsOfActs;
    latestAt[size] = at;
    latestPosts[size++] = post;
  }

  /** Adds all rows of others. */
  public void addAll(TopicSums others) {
    for (int row = 0; row < others.size; row++) {
      addRow(others, row);
    }
  }

  private void addRow(TopicSums others, int row) {
    add(
        others.topics[row],
        others.sources[row],
        others.destinations[row],
        others.verb(row),
        others.actCounts[row],
        others.units[row],
        others.latestAt[row],
        others.latestPosts[row]);
  }

  /** All rows but those of one topic. */
  public TopicSums without(int topic) {
    TopicSums some = new TopicSums();
    for (int row = 0; row < size; row++) {
      if (topics[row] != topic) {
        some.addRow(this, row);
      }
    }
    return some;
  }

  /** Gives topics other numbers. */
  public void renumber(int[] numbers) {
    for (int row = 0; row < size; row++) {
      topics[row] = numbers[topics[row]];
    }
  }

  private void grow(int length) {
    topics = Arrays.copyOf(topics, length);
    sources = Arrays.copyOf(sources, length);
    destinations = Arrays.copyOf(destinations, length);
    verbs = Arrays.copyOf(verbs, length);
    actCounts = Arrays.copyOf(actCounts, length);
    units = Arrays.copyOf(units, length);
    latestAt = Arrays.copyOf(latestAt, length);
    latestPosts = Arrays.copyOf(latestPosts, length);
  }

  /**
   * The same sums, one row each, by rising topic, source, destination and verb.
   *
   * @param keepsUnits whether a sum stays that has no acts left but units: what was undone weighed
   *     otherwise than what it undid
   */
  public TopicSums merged(boolean keepsUnits) {
    KeyIndex accounts = accounts();
    int[] order =
        new RowOrder(size)
            .by(verbs)
            .by(numbers(accounts, destinations))
            .by(numbers(accounts, sources))
            .by(topics)
            .rows();
    TopicSums merged = new TopicSums();
    for (int from = 0, to; from < size; from = to) {
      int first = order[from];
      long acts = 0;
      long all = 0;
      int latest = first;
      for (to = from; to < size && isSame(first, order[to]); to++) {
        acts += actCounts[order[to]];
        all += units[order[to]];
        latest = later(latest, order[to]);
      }
      if (acts != 0 || keepsUnits && all != 0) {
        merged.add(
            topics[first],
            sources[first],
            destinations[first],
            verb(first),
            acts,
            all,
            latestAt[latest],
            latestPosts[latest]);
      }
    }
    return merged;
  }

  private boolean isSame(int row, int other) {
    return topics[row] == topics[other]
        && sources[row] == sources[other]
        && destinations[row] == destinations[other]
        && verbs[row] == verbs[other];
  }

  /** The later of two rows; of two at one time the one with the last post. */
  int later(int row, int other) {
    if (latestAt[row] != latestAt[other]) {
      return latestAt[row] > latestAt[other] ? row : other;
    }
    String post = latestPosts[row];
    String another = latestPosts[other];
    return another == null || post != null && post.compareTo(another) >= 0 ? row : other;
  }

  /** All accounts, sources and destinations. */
  public KeyIndex accounts() {
    return KeyIndex.of(List.of(Arrays.copyOf(sources, size), Arrays.copyOf(destinations, size)));
  }

  private int[] numbers(KeyIndex accounts, long[] keys) {
    int[] numbers = new int[size];
    for (int row = 0; row < size; row++) {
      numbers[row] = accounts.find(keys[row]);
    }
    return numbers;
  }

  int[] sourceNumbers(KeyIndex accounts) {
    return numbers(accounts, sources);
  }

  int[] destinationNumbers(KeyIndex accounts) {
    return numbers(accounts, destinations);
  }

  int[] topics() {
    return Arrays.copyOf(topics, size);
  }

  public int size() {
    return size;
  }

  public int topic(int row) {
    return topics[row];
  }

  public long source(int row) {
    return sources[row];
  }

  public long destination(int row) {
    return destinations[row];
  }

  public TopicVerb verb(int row) {
    return TopicVerb.of(verbs[row]);
  }

  public long actCount(int row) {
    return actCounts[row];
  }

  public long units(int row) {
    return units[row];
  }

  /** Microseconds. */
  public long latestAt(int row) {
    return latestAt[row];
  }

  /** Null if there is none. */
  public String latestPost(int row) {
    return latestPosts[row];
  }
}
