package renown.kernels.topics;

import renown.kernels.rank.KeyIndex;

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
   * What accounts give one another on these topics.
   *
   * @param accounts numbers of keys
   */
  PairWeights given(KeyIndex accounts) {
    long[] from = new long[size];
    long[] to = new long[size];
    long[] units = new long[size];
    for (int edge = 0; edge < size; edge++) {
      from[edge] = accounts.key(sources[edge]);
      to[edge] = accounts.key(destinations[edge]);
      units[edge] = PairWeights.units(weights[edge]);
    }
    return PairWeights.of(from, to, units);
  }

  /**
   * Finds out how much of each weight the other side returns, whatever it is about.
   *
   * @param given by all pairs here, over all topics; those of which nothing is returned may lack
   * @param returnedShare of what is returned that does not count
   */
  void markReturned(PairWeights given, KeyIndex accounts, double returnedShare) {
    returned = new double[size];
    for (int edge = 0; edge < size; edge++) {
      returned[edge] =
          weights[edge]
              * given.returnedShare(accounts.key(sources[edge]), accounts.key(destinations[edge]))
              * returnedShare;
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
