package renown.kernels.communities;

import java.util.Arrays;
import java.util.stream.IntStream;
import renown.kernels.communities.PairSums.Ties;

/**
 * Communities of a weighted, undirected graph. Every vertex begins with a label; in each round half
 * of the vertices, drawn anew, and in the next the other half take the label of the neighbours that
 * raises modularity most: for a vertex v of strength k(v) (the sum of its weights) and a label l
 *
 * <pre>
 * gain(v, l) = sum of w(v, u) over neighbours u with label l  -  k(v) * K(l) / (sum of all k)
 * </pre>
 *
 * <p>with K(l) the strengths of all others that have the label (Barber and Clark, "Detecting
 * network communities by propagating labels under constraints", Physical Review E 80, 026129, 2009,
 * equation 8). The second term keeps one label from flooding the graph; moving half of the vertices
 * keeps two from swapping labels for ever. Then every community becomes one vertex and the same
 * begins again, until nothing is joined any more (Blondel and others, "Fast unfolding of
 * communities in large networks", 2008, its second phase), and in the end single vertices move once
 * more, for those that were carried along wrongly.
 *
 * <p>A round only reads what the one before left, so that the vertices may lie in any number of
 * shards. Nothing depends on that or on the order of what is given: weights are integers, equal
 * gains go to the label that a vertex has, then to the smallest, and which half moves is a hash of
 * key and round.
 */
public final class LabelPropagation {
  /** No more rounds than these on each level. */
  private static final int MOST_ROUNDS = 24;

  /** A level ends when at most one in this many vertices has moved in the rounds of both halves. */
  private static final int CALM = 1000;

  private static final int MOST_LEVELS = 8;

  /** The vertices, rising. */
  private final long[] keys;

  private final CommunityShard[] shards;
  private final long total;

  private LabelPropagation(long[] keys, Ties ties, int shardCount) {
    this.keys = keys;
    shards =
        IntStream.range(0, shardCount)
            .parallel()
            .mapToObj(
                shard ->
                    new CommunityShard(
                        shard, shardCount, keys, ties.first(), ties.second(), ties.weights()))
            .toArray(CommunityShard[]::new);
    total = 2 * Arrays.stream(ties.weights()).sum();
  }

  /**
   * The vertices with their labels.
   *
   * @param keys rising
   * @param labels of each
   */
  public record Labels(long[] keys, long[] labels) {
    /** The label of a key, or the key itself if it has none. */
    public long of(long key) {
      int index = Arrays.binarySearch(keys, key);
      return index < 0 ? key : labels[index];
    }

    /**
     * The same communities, but none named after a vertex that no longer exists: it gets the
     * smallest key of its vertices that no other community is named after.
     */
    public Labels renamed() {
      long[] names = distinct(labels);
      long[] fresh = names.clone();
      for (int v = 0; v < keys.length; v++) {
        int name = index(names, labels[v]);
        boolean isGone = index(keys, fresh[name]) < 0;
        if (isGone && index(names, keys[v]) < 0) {
          fresh[name] = keys[v];
        }
      }
      return new Labels(
          keys, Arrays.stream(labels).map(label -> fresh[index(names, label)]).toArray());
    }
  }

  /**
   * Finds the communities.
   *
   * @param first one end of each tie
   * @param second its other end; a tie may stand there twice, its weights are added up
   * @param weights above 0
   * @param before labels to begin with; vertices that are not among them begin with their own key
   * @param shards how many parts the vertices lie in; the result is the same with any number
   */
  public static Labels communities(
      long[] first, long[] second, long[] weights, Labels before, int shards) {
    long[] ends = Arrays.copyOf(first, 2 * first.length);
    System.arraycopy(second, 0, ends, first.length, second.length);
    long[] keys = distinct(ends);
    Ties ties = new Ties(indices(keys, first), indices(keys, second), weights);
    LabelPropagation whole = new LabelPropagation(keys, ties, shards);
    Labels moved = whole.propagate(before);
    return whole.propagate(merged(ties, moved, shards)).renamed();
  }

  /** Joins communities as long as that raises modularity. */
  private static Labels merged(Ties ties, Labels labels, int shards) {
    Labels joined = labels;
    long[] names = distinct(labels.labels());
    Ties between = ties.between(indices(names, labels.labels()));
    for (int level = 1; level < MOST_LEVELS; level++) {
      Labels above =
          new LabelPropagation(names, between, shards).propagate(new Labels(names, names));
      if (Arrays.equals(above.keys(), above.labels())) {
        break;
      }
      joined = new Labels(joined.keys(), Arrays.stream(joined.labels()).map(above::of).toArray());
      names = distinct(above.labels());
      between = between.between(indices(names, above.labels()));
    }
    return joined;
  }

  private Labels propagate(Labels before) {
    long[] own = Arrays.stream(keys).map(before::of).toArray();
    long[] names = distinct(own);
    int[] label = indices(names, own);
    long[] labelStrengths = new long[names.length];
    for (CommunityShard shard : shards) {
      for (int i = 0; i < shard.size(); i++) {
        labelStrengths[label[shard.vertex(i)]] += shard.strength(i);
      }
    }
    int moves = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int now = round;
      int[][] next =
          Arrays.stream(shards)
              .parallel()
              .map(shard -> shard.next(now, label, labelStrengths, total))
              .toArray(int[][]::new);
      for (int s = 0; s < next.length; s++) {
        moves += take(shards[s], next[s], label, labelStrengths);
      }
      if (round % 2 == 1 && moves <= keys.length / CALM) {
        break;
      }
      moves = round % 2 == 1 ? 0 : moves;
    }
    return new Labels(keys, Arrays.stream(label).mapToLong(index -> names[index]).toArray());
  }

  /** Gives the vertices of a shard their new labels; how many are others than before. */
  private static int take(CommunityShard shard, int[] next, int[] label, long[] labelStrengths) {
    int moves = 0;
    for (int i = 0; i < next.length; i++) {
      int vertex = shard.vertex(i);
      if (next[i] != label[vertex]) {
        labelStrengths[label[vertex]] -= shard.strength(i);
        labelStrengths[next[i]] += shard.strength(i);
        label[vertex] = next[i];
        moves++;
      }
    }
    return moves;
  }

  private static long[] distinct(long[] values) {
    long[] sorted = values.clone();
    Arrays.parallelSort(sorted);
    int size = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[size++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, size);
  }

  private static int index(long[] sorted, long value) {
    return Arrays.binarySearch(sorted, value);
  }

  private static int[] indices(long[] sorted, long[] values) {
    return Arrays.stream(values).mapToInt(value -> index(sorted, value)).toArray();
  }
}
