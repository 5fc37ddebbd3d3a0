package renown.lab.benchmark;

import java.util.Arrays;
import java.util.List;
import renown.kernels.rank.KeyIndex;

/**
 * PageRank on one thread over plain arrays, vertices numbered as their ids sort: what a careful
 * programmer writes without a cluster, and so the baseline of "Scalability! But at what COST?"
 * (McSherry, Isard and Murray, HotOS 2015). Unweighted, uniform preference, double precision.
 */
final class SerialPageRank {
  private final long[] keys;
  private final int[] start;
  private final int[] sources;
  private final int[] outDegree;
  private double[] ranks;
  private double[] contributions;

  /** From parallel arrays of distinct edges. */
  SerialPageRank(long[] sourceKeys, long[] destinationKeys) {
    KeyIndex index = KeyIndex.of(List.of(sourceKeys, destinationKeys));
    keys = new long[index.size()];
    Arrays.setAll(keys, index::key);
    outDegree = new int[keys.length];
    start = new int[keys.length + 1];
    sources = new int[sourceKeys.length];
    int[] destination = new int[sourceKeys.length];
    int[] source = new int[sourceKeys.length];
    for (int e = 0; e < sources.length; e++) {
      source[e] = index.find(sourceKeys[e]);
      destination[e] = index.find(destinationKeys[e]);
      outDegree[source[e]]++;
      start[destination[e] + 1]++;
    }
    for (int v = 0; v < keys.length; v++) {
      start[v + 1] += start[v];
    }
    int[] next = start.clone();
    for (int e = 0; e < sources.length; e++) {
      sources[next[destination[e]]++] = source[e];
    }
    for (int v = 0; v < keys.length; v++) {
      Arrays.sort(sources, start[v], start[v + 1]);
    }
    reset();
  }

  /** Back to the uniform vector. */
  void reset() {
    ranks = new double[keys.length];
    contributions = new double[keys.length];
    Arrays.fill(ranks, 1.0 / keys.length);
  }

  /** Does some iterations. */
  void iterate(int iterations, double dampingFactor) {
    for (int i = 0; i < iterations; i++) {
      double dangling = 0;
      for (int v = 0; v < keys.length; v++) {
        if (outDegree[v] == 0) {
          dangling += ranks[v];
        } else {
          contributions[v] = ranks[v] / outDegree[v];
        }
      }
      double base = (1 - dampingFactor + dampingFactor * dangling) / keys.length;
      for (int v = 0; v < keys.length; v++) {
        double sum = 0;
        for (int e = start[v]; e < start[v + 1]; e++) {
          sum += contributions[sources[e]];
        }
        ranks[v] = base + dampingFactor * sum;
      }
    }
  }

  long[] keys() {
    return keys;
  }

  double[] ranks() {
    return ranks;
  }

  /** Where each vertex's in-edges start in {@link #sources}; one more entry than vertices. */
  int[] start() {
    return start;
  }

  int[] sources() {
    return sources;
  }
}
