package renown.kernels.topics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import renown.kernels.keys.RowOrder;
import renown.kernels.rank.KeyIndex;

/**
 * Topics of posts that were never seen, from the posts that answer or quote them: an account that
 * is known for an old post is cited all the same. Whoever speaks of a post speaks once.
 */
public final class CitedTopics {
  /** Confidences are summed in integer multiples of one over this number. */
  private static final double UNIT = 1L << 20;

  private int size;
  private int[] items = new int[16];
  private long[] actors = new long[16];
  private int[] topics = new int[16];
  private double[] confidences = new double[16];

  /** Adds that somebody answered or quoted an item with a post about a topic. */
  public void add(int item, long actor, int topic, double confidence) {
    if (size == items.length) {
      int length = size + (size >> 1);
      items = Arrays.copyOf(items, length);
      actors = Arrays.copyOf(actors, length);
      topics = Arrays.copyOf(topics, length);
      confidences = Arrays.copyOf(confidences, length);
    }
    items[size] = item;
    actors[size] = actor;
    topics[size] = topic;
    confidences[size++] = confidence;
  }

  /** Takes what is found. */
  public interface Consumer {
    void accept(int item, int topic, double confidence);
  }

  /**
   * Decides.
   *
   * @param everything topic told of each item of which anybody said anything, with confidence 1
   * @param leastConfidence less sure topics are left out
   * @param found by rising item, then topic, everything last
   */
  public void decide(int everything, double leastConfidence, Consumer found) {
    KeyIndex keys = KeyIndex.of(List.of(Arrays.copyOf(actors, size)));
    int[] numbers = new int[size];
    for (int row = 0; row < size; row++) {
      numbers[row] = keys.find(actors[row]);
    }
    int[] order = new RowOrder(size).by(topics).by(numbers).by(items).rows();
    for (int from = 0, to; from < size; from = to) {
      int item = items[order[from]];
      TreeMap<Integer, Long> units = new TreeMap<>();
      long speakers = 0;
      for (to = from; to < size && items[order[to]] == item; ) {
        int row = order[to];
        boolean isNew = to == from || numbers[order[to - 1]] != numbers[row];
        speakers += isNew ? 1 : 0;
        double most = 0;
        for (;
            to < size
                && items[order[to]] == item
                && numbers[order[to]] == numbers[row]
                && topics[order[to]] == topics[row];
            to++) {
          most = Math.max(most, confidences[order[to]]);
        }
        units.merge(topics[row], (long) Math.rint(most * UNIT), Long::sum);
      }
      for (Map.Entry<Integer, Long> topic : units.entrySet()) {
        double confidence = (double) topic.getValue() / speakers * (ItemTopics.THREAD / UNIT);
        if (confidence >= leastConfidence) {
          found.accept(item, topic.getKey(), confidence);
        }
      }
      found.accept(item, everything, 1);
    }
  }
}
