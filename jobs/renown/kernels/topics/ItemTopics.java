package renown.kernels.topics;

import java.util.Arrays;
import renown.kernels.keys.RowOrder;

/**
 * What posts and lists are about: rows of an item's number and a topic, added in any order and then
 * looked up by item.
 */
public final class ItemTopics {
  /** A post inherits topics from what it answers, with a little less confidence per step. */
  static final double THREAD = 0.8;

  /** Since ever. */
  public static final long ALWAYS = Long.MIN_VALUE;

  private int size;
  private int[] items = new int[16];
  private int[] topics = new int[16];
  private double[] confidences = new double[16];
  private boolean[] inferred = new boolean[16];
  private long[] since = new long[16];

  /** Rows by item, and where each item begins; null while rows are added. */
  private int[] order;

  private int[] starts;

  /**
   * Adds a topic.
   *
   * @param item 0 or more
   * @param topic 0 or more
   * @param confidence above 0 to 1
   * @param isInferred whether a topic below it was found, and not itself
   * @param sinceAt acts from here on count by it, microseconds
   */
  public void add(int item, int topic, double confidence, boolean isInferred, long sinceAt) {
    if (size == items.length) {
      int length = size + (size >> 1);
      items = Arrays.copyOf(items, length);
      topics = Arrays.copyOf(topics, length);
      confidences = Arrays.copyOf(confidences, length);
      inferred = Arrays.copyOf(inferred, length);
      since = Arrays.copyOf(since, length);
    }
    items[size] = item;
    topics[size] = topic;
    confidences[size] = confidence;
    inferred[size] = isInferred;
    since[size++] = sinceAt;
    order = null;
  }

  /** Adds all topics that an item has in others. */
  public void addAll(int item, ItemTopics others) {
    for (int at = others.start(item); at < others.end(item); at++) {
      add(item, others.topic(at), others.confidence(at), others.isInferred(at), others.since(at));
    }
  }

  private void index() {
    if (order == null) {
      int[] its = Arrays.copyOf(items, size);
      order = new RowOrder(size).by(its).rows();
      starts = new int[Arrays.stream(its).max().orElse(-1) + 2];
      for (int item : its) {
        starts[item + 1]++;
      }
      for (int item = 1; item < starts.length; item++) {
        starts[item] += starts[item - 1];
      }
    }
  }

  int start(int item) {
    index();
    return item < 0 || item + 1 >= starts.length ? 0 : starts[item];
  }

  int end(int item) {
    index();
    return item < 0 || item + 1 >= starts.length ? 0 : starts[item + 1];
  }

  int topic(int at) {
    return topics[order[at]];
  }

  double confidence(int at) {
    return confidences[order[at]];
  }

  boolean isInferred(int at) {
    return inferred[order[at]];
  }

  long since(int at) {
    return since[order[at]];
  }

  /** Takes what is found. */
  public interface Consumer {
    void accept(int topic, double confidence, boolean isInferred);
  }

  /**
   * The topics that a post has from those that it answers, quotes or belongs to.
   *
   * @param parents their items; below 0 where there is none
   * @param except a topic that nobody inherits
   * @param leastConfidence less sure ones are left out
   */
  public void inherit(int[] parents, int except, double leastConfidence, Consumer found) {
    for (int i = 0; i < parents.length; i++) {
      for (int at = start(parents[i]); at < end(parents[i]); at++) {
        int topic = topic(at);
        if (topic == except || isMet(parents, i, at)) {
          continue;
        }
        double most = 0;
        boolean isInferred = false;
        for (int parent : parents) {
          for (int other = start(parent); other < end(parent); other++) {
            if (topic(other) == topic) {
              most = Math.max(most, confidence(other) * THREAD);
              isInferred |= isInferred(other);
            }
          }
        }
        if (most >= leastConfidence) {
          found.accept(topic, most, isInferred);
        }
      }
    }
  }

  /** Whether a topic stands at an earlier parent, or earlier at the same. */
  private boolean isMet(int[] parents, int parent, int at) {
    for (int i = 0; i <= parent; i++) {
      int end = i == parent ? at : end(parents[i]);
      for (int other = start(parents[i]); other < end; other++) {
        if (topic(other) == topic(at)) {
          return true;
        }
      }
    }
    return false;
  }
}
