package renown.night.spread;

import java.util.Arrays;

/**
 * Edges of the attention graph with sums over their verbs: an open-addressing table from pairs of
 * accounts to rows, at most half full.
 */
final class Edges {
  private int[] slots = new int[1 << 10];
  private int size;
  private long[] sources = new long[1 << 9];
  private long[] targets = new long[1 << 9];
  private int[] networks = new int[1 << 9];
  private long[] units = new long[1 << 9];
  private long[] follows = new long[1 << 9];

  Edges() {
    Arrays.fill(slots, -1);
  }

  int size() {
    return size;
  }

  long source(int edge) {
    return sources[edge];
  }

  long target(int edge) {
    return targets[edge];
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
    int slot = slot(source, target);
    if (slots[slot] < 0) {
      if (size == sources.length) {
        grow();
      }
      sources[size] = source;
      targets[size] = target;
      networks[size] = network;
      slots[slot] = size++;
    }
    units[slots[slot]] += addedUnits;
    follows[slots[slot]] += addedFollows;
    if (2 * size > slots.length) {
      slots = new int[2 * slots.length];
      Arrays.fill(slots, -1);
      for (int edge = 0; edge < size; edge++) {
        slots[slot(sources[edge], targets[edge])] = edge;
      }
    }
  }

  private void grow() {
    sources = Arrays.copyOf(sources, 2 * size);
    targets = Arrays.copyOf(targets, 2 * size);
    networks = Arrays.copyOf(networks, 2 * size);
    units = Arrays.copyOf(units, 2 * size);
    follows = Arrays.copyOf(follows, 2 * size);
  }

  private int slot(long source, long target) {
    int mask = slots.length - 1;
    long hash = (source * 0x9E3779B97F4A7C15L ^ target) * 0xC4CEB9FE1A85EC53L;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] >= 0
        && !(sources[slots[slot]] == source && targets[slots[slot]] == target)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
