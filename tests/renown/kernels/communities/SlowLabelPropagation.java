package renown.kernels.communities;

import java.util.Arrays;

/** The same as {@link LabelPropagation}, all ties in one place and written out again per level. */
final class SlowLabelPropagation {
  /** No more rounds than these on each level. */
  private static final int MOST_ROUNDS = 24;

  /** A level ends when at most one in this many vertices has moved in the rounds of both halves. */
  private static final int CALM = 1000;

  private static final int MOST_LEVELS = 8;

  /** The vertices, rising. */
  private final long[] keys;

  private final int[] offsets;
  private final int[] neighbours;
  private final long[] weights;
  private final long[] strengths;
  private final long total;

  private SlowLabelPropagation(long[] first, long[] second, long[] tieWeights) {
    int ties = first.length;
    long[] ends = Arrays.copyOf(first, 2 * ties);
    System.arraycopy(second, 0, ends, ties, ties);
    keys = distinct(ends);
    offsets = new int[keys.length + 1];
    for (int i = 0; i < ties; i++) {
      if (first[i] != second[i]) {
        offsets[index(keys, first[i]) + 1]++;
        offsets[index(keys, second[i]) + 1]++;
      }
    }
    Arrays.parallelPrefix(offsets, Integer::sum);
    neighbours = new int[offsets[keys.length]];
    weights = new long[neighbours.length];
    strengths = new long[keys.length];
    int[] next = Arrays.copyOf(offsets, keys.length);
    for (int i = 0; i < ties; i++) {
      int a = index(keys, first[i]);
      int b = index(keys, second[i]);
      strengths[a] += tieWeights[i];
      strengths[b] += tieWeights[i];
      if (a != b) {
        neighbours[next[a]] = b;
        weights[next[a]++] = tieWeights[i];
        neighbours[next[b]] = a;
        weights[next[b]++] = tieWeights[i];
      }
    }
    total = Arrays.stream(strengths).sum();
  }

  private static LabelPropagation.Labels renamed(LabelPropagation.Labels found) {
    long[] names = distinct(found.labels());
    long[] fresh = names.clone();
    for (int v = 0; v < found.keys().length; v++) {
      int name = index(names, found.labels()[v]);
      boolean isGone = index(found.keys(), fresh[name]) < 0;
      if (isGone && index(names, found.keys()[v]) < 0) {
        fresh[name] = found.keys()[v];
      }
    }
    return new LabelPropagation.Labels(
        found.keys(),
        Arrays.stream(found.labels()).map(label -> fresh[index(names, label)]).toArray());
  }

  /**
   * Finds the communities.
   *
   * @param first one end of each tie
   * @param second its other end; a tie may stand there twice, its weights are added up
   * @param weights above 0
   * @param before labels to begin with; vertices that are not among them begin with their own key
   */
  static LabelPropagation.Labels communities(
      long[] first, long[] second, long[] weights, LabelPropagation.Labels before) {
    LabelPropagation.Labels joined =
        merged(first, second, weights, moved(first, second, weights, before));
    return renamed(moved(first, second, weights, joined));
  }

  /** One level. */
  private static LabelPropagation.Labels moved(
      long[] first, long[] second, long[] weights, LabelPropagation.Labels before) {
    return new SlowLabelPropagation(first, second, weights).propagate(before);
  }

  /** Joins communities as long as that raises modularity. */
  private static LabelPropagation.Labels merged(
      long[] first, long[] second, long[] weights, LabelPropagation.Labels labels) {
    LabelPropagation.Labels joined = labels;
    for (int level = 1; level < MOST_LEVELS; level++) {
      long[] a = Arrays.stream(first).map(joined::of).toArray();
      long[] b = Arrays.stream(second).map(joined::of).toArray();
      LabelPropagation.Labels above =
          moved(a, b, weights, new LabelPropagation.Labels(new long[0], new long[0]));
      if (Arrays.equals(above.keys(), above.labels())) {
        break;
      }
      joined =
          new LabelPropagation.Labels(
              joined.keys(), Arrays.stream(joined.labels()).map(above::of).toArray());
    }
    return joined;
  }

  private LabelPropagation.Labels propagate(LabelPropagation.Labels before) {
    long[] own = Arrays.stream(keys).map(before::of).toArray();
    long[] names = distinct(own);
    int[] label = Arrays.stream(own).mapToInt(name -> index(names, name)).toArray();
    long[] labelStrengths = new long[names.length];
    for (int v = 0; v < keys.length; v++) {
      labelStrengths[label[v]] += strengths[v];
    }
    int[] next = new int[keys.length];
    long[] tally = new long[names.length];
    int[] touched = new int[names.length];
    int moves = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      for (int v = 0; v < keys.length; v++) {
        next[v] = label[v];
        if (isTurn(keys[v], round)) {
          next[v] = best(v, label, labelStrengths, tally, touched);
          moves += next[v] == label[v] ? 0 : 1;
        }
      }
      for (int v = 0; v < keys.length; v++) {
        labelStrengths[label[v]] -= strengths[v];
        labelStrengths[next[v]] += strengths[v];
        label[v] = next[v];
      }
      if (round % 2 == 1 && moves <= keys.length / CALM) {
        break;
      }
      moves = round % 2 == 1 ? 0 : moves;
    }
    return new LabelPropagation.Labels(
        keys, Arrays.stream(label).mapToLong(index -> names[index]).toArray());
  }

  private int best(int v, int[] label, long[] labelStrengths, long[] tally, int[] touched) {
    int count = 0;
    for (int e = offsets[v]; e < offsets[v + 1]; e++) {
      int l = label[neighbours[e]];
      if (tally[l] == 0) {
        touched[count++] = l;
      }
      tally[l] += weights[e];
    }
    int best = label[v];
    double most = gain(tally[best], strengths[v], labelStrengths[best] - strengths[v], total);
    boolean stays = true;
    for (int i = 0; i < count; i++) {
      int l = touched[i];
      double gain = gain(tally[l], strengths[v], labelStrengths[l], total);
      if (l != label[v] && (gain > most || gain == most && !stays && l < best)) {
        best = l;
        most = gain;
        stays = false;
      }
    }
    for (int i = 0; i < count; i++) {
      tally[touched[i]] = 0;
    }
    return best;
  }

  private static double gain(long tied, long strength, long labelStrength, long total) {
    return (double) tied - (double) strength * (double) labelStrength / (double) total;
  }

  /**
   * Whether a vertex may move in a round: the finaliser of MurmurHash3 on its key and the pair of
   * rounds decides in which of the two.
   */
  private static boolean isTurn(long key, int round) {
    long h = key * 0x9E3779B97F4A7C15L + round / 2;
    h = (h ^ h >>> 33) * 0xFF51AFD7ED558CCDL;
    h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
    return ((h ^ h >>> 33) + round & 1) == 0;
  }

  private static long[] distinct(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
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
}
