package renown.kernels.communities;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A part of the vertices of a graph with their ties, in compressed sparse rows: every so-manieth
 * vertex. Knows which label each of its own would take, given those of all.
 */
final class CommunityShard implements Serializable {
  private static final long serialVersionUID = 1;

  private final int shard;
  private final int shards;

  /** Keys and strengths (the sum of the weights) of its own vertices. */
  private final long[] keys;

  private final long[] strengths;
  private final int[] offsets;
  private final int[] neighbours;
  private final long[] weights;

  /**
   * @param shard its number
   * @param shards how many there are: its vertices are those whose number leaves {@code shard}
   * @param allKeys of all vertices
   * @param first one end of each tie, as a number of a vertex
   * @param second the other end; where both are the same vertex, the tie adds to its strength twice
   * @param tieWeights above 0
   */
  CommunityShard(
      int shard, int shards, long[] allKeys, int[] first, int[] second, long[] tieWeights) {
    this.shard = shard;
    this.shards = shards;
    int size = (allKeys.length - shard + shards - 1) / shards;
    keys = new long[size];
    for (int i = 0; i < size; i++) {
      keys[i] = allKeys[vertex(i)];
    }
    strengths = new long[size];
    offsets = new int[size + 1];
    for (int tie = 0; tie < first.length; tie++) {
      count(first[tie], first[tie] == second[tie] ? 0 : 1, tieWeights[tie]);
      count(second[tie], first[tie] == second[tie] ? 0 : 1, tieWeights[tie]);
    }
    Arrays.parallelPrefix(offsets, Integer::sum);
    neighbours = new int[offsets[size]];
    weights = new long[neighbours.length];
    int[] next = Arrays.copyOf(offsets, size);
    for (int tie = 0; tie < first.length; tie++) {
      if (first[tie] != second[tie]) {
        put(first[tie], second[tie], tieWeights[tie], next);
        put(second[tie], first[tie], tieWeights[tie], next);
      }
    }
  }

  private void count(int vertex, int neighbour, long weight) {
    if (vertex % shards == shard) {
      offsets[vertex / shards + 1] += neighbour;
      strengths[vertex / shards] += weight;
    }
  }

  private void put(int vertex, int neighbour, long weight, int[] next) {
    if (vertex % shards == shard) {
      int place = next[vertex / shards]++;
      neighbours[place] = neighbour;
      weights[place] = weight;
    }
  }

  /** How many vertices it has. */
  int size() {
    return keys.length;
  }

  /** The number of its i-th vertex. */
  int vertex(int i) {
    return i * shards + shard;
  }

  /** The sum of the weights of its i-th vertex. */
  long strength(int i) {
    return strengths[i];
  }

  /**
   * The label that each of its vertices takes in a round.
   *
   * @param label of every vertex
   * @param labelStrengths of every label, the strengths of its vertices
   * @param total of all strengths
   */
  int[] next(int round, int[] label, long[] labelStrengths, long total) {
    int[] next = new int[keys.length];
    long[] tally = new long[labelStrengths.length];
    int[] touched = new int[labelStrengths.length];
    for (int i = 0; i < keys.length; i++) {
      next[i] =
          isTurn(keys[i], round)
              ? best(i, label, labelStrengths, total, tally, touched)
              : label[vertex(i)];
    }
    return next;
  }

  private int best(
      int i, int[] label, long[] labelStrengths, long total, long[] tally, int[] touched) {
    int count = 0;
    for (int e = offsets[i]; e < offsets[i + 1]; e++) {
      int l = label[neighbours[e]];
      if (tally[l] == 0) {
        touched[count++] = l;
      }
      tally[l] += weights[e];
    }
    int own = label[vertex(i)];
    int best = own;
    double most = gain(tally[own], strengths[i], labelStrengths[own] - strengths[i], total);
    boolean stays = true;
    for (int t = 0; t < count; t++) {
      int l = touched[t];
      double gain = gain(tally[l], strengths[i], labelStrengths[l], total);
      if (l != own && (gain > most || gain == most && !stays && l < best)) {
        best = l;
        most = gain;
        stays = false;
      }
    }
    for (int t = 0; t < count; t++) {
      tally[touched[t]] = 0;
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
}
