package renown.kernels.topics;

import renown.kernels.keys.RowOrder;

/** Attention by topic, destination and source, in that order: an edge per pair of accounts. */
final class TopicEdges {
  private int size;
  private final int[] topics;
  private final int[] sources;
  private final int[] destinations;
  private final double[] weights;
  private double[] returned = new double[0];
  private final long[] actCounts;
  private final String[] latestPosts;
  private final long[][] counts;

  /**
   * @param most edges that may be added
   */
  TopicEdges(int most) {
    topics = new int[most];
    sources = new int[most];
    destinations = new int[most];
    weights = new double[most];
    actCounts = new long[most];
    latestPosts = new String[most];
    counts = new long[TopicVerb.ATTENTION_VERBS][most];
  }

  void add(
      int topic,
      int source,
      int destination,
      double weight,
      long[] countsByVerb,
      long acts,
      String latestPost) {
    topics[size] = topic;
    sources[size] = source;
    destinations[size] = destination;
    weights[size] = weight;
    actCounts[size] = acts;
    latestPosts[size] = latestPost;
    for (int verb = 0; verb < counts.length; verb++) {
      counts[verb][size] = countsByVerb[verb];
    }
    size++;
  }

  /**
   * Finds out how much of each weight the other side returns, whatever it is about.
   *
   * @param returnedShare of what is returned that does not count
   */
  void markReturned(double returnedShare) {
    int[] lower = new int[size];
    int[] higher = new int[size];
    for (int edge = 0; edge < size; edge++) {
      lower[edge] = Math.min(sources[edge], destinations[edge]);
      higher[edge] = Math.max(sources[edge], destinations[edge]);
    }
    // The edges of a pair stay in the order of their topics.
    int[] order = new RowOrder(size).by(higher).by(lower).rows();
    returned = new double[size];
    for (int from = 0, to; from < size; from = to) {
      int low = lower[order[from]];
      int high = higher[order[from]];
      double there = 0;
      double back = 0;
      for (to = from; to < size && lower[order[to]] == low && higher[order[to]] == high; to++) {
        int edge = order[to];
        if (sources[edge] == low) {
          there += weights[edge];
        } else {
          back += weights[edge];
        }
      }
      double traded = Math.min(there, back);
      for (int at = from; at < to; at++) {
        int edge = order[at];
        double given = sources[edge] == low ? there : back;
        returned[edge] = weights[edge] * (traded / given) * returnedShare;
      }
    }
  }

  int size() {
    return size;
  }

  int topic(int edge) {
    return topics[edge];
  }

  int source(int edge) {
    return sources[edge];
  }

  int destination(int edge) {
    return destinations[edge];
  }

  /** Above 0. */
  double weight(int edge) {
    return weights[edge];
  }

  /** The part of the weight that does not count, as it is returned. */
  double returned(int edge) {
    return returned[edge];
  }

  long count(int edge, int verb) {
    return counts[verb][edge];
  }

  long actCount(int edge) {
    return actCounts[edge];
  }

  String latestPost(int edge) {
    return latestPosts[edge];
  }
}
