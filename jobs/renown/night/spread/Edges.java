package renown.night.spread;

import java.util.Arrays;
import renown.kernels.sketches.PairNumbers;

/** Edges of the attention graph with sums over their verbs. */
final class Edges {
  private final PairNumbers pairs = new PairNumbers();
  private int[] networks = new int[1 << 9];
  private long[] units = new long[1 << 9];
  private long[] follows = new long[1 << 9];

  int size() {
    return pairs.size();
  }

  long source(int edge) {
    return pairs.first(edge);
  }

  long target(int edge) {
    return pairs.second(edge);
  }

  int network(int edge) {
    return networks[edge];
  }

  /** Decayed acts, in units of their network's landmark. */
  long units(int edge) {
    return units[edge];
  }

  /** Follows less unfollows. */
  long follows(int edge) {
    return follows[edge];
  }

  /** Adds to an edge. */
  void add(int network, long source, long target, long addedUnits, long addedFollows) {
    int edge = pairs.add(source, target);
    if (edge == networks.length) {
      networks = Arrays.copyOf(networks, 2 * edge);
      units = Arrays.copyOf(units, 2 * edge);
      follows = Arrays.copyOf(follows, 2 * edge);
    }
    networks[edge] = network;
    units[edge] += addedUnits;
    follows[edge] += addedFollows;
  }
}
