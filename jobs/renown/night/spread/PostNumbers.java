package renown.night.spread;

import java.util.Arrays;

/** Numbers of posts, from 0: an open-addressing table of networks and ids, at most half full. */
final class PostNumbers {
  private int[] slots = new int[1 << 10];
  private int[] networks = new int[1 << 9];
  private String[] ids = new String[1 << 9];
  private int size;

  PostNumbers() {
    Arrays.fill(slots, -1);
  }

  int size() {
    return size;
  }

  int network(int post) {
    return networks[post];
  }

  String id(int post) {
    return ids[post];
  }

  /** The number of a post, or -1. */
  int of(int network, String id) {
    return slots[slot(network, id)];
  }

  /** The number of a post; one that has none gets the next. */
  int add(int network, String id) {
    int slot = slot(network, id);
    if (slots[slot] >= 0) {
      return slots[slot];
    }
    if (size == ids.length) {
      networks = Arrays.copyOf(networks, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
    }
    networks[size] = network;
    ids[size] = id;
    slots[slot] = size++;
    if (2 * size > slots.length) {
      slots = new int[2 * slots.length];
      Arrays.fill(slots, -1);
      for (int post = 0; post < size; post++) {
        slots[slot(networks[post], ids[post])] = post;
      }
    }
    return size - 1;
  }

  private int slot(int network, String id) {
    int mask = slots.length - 1;
    int slot = (int) (((id.hashCode() + (long) network) * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (slots[slot] >= 0 && !(networks[slots[slot]] == network && ids[slots[slot]].equals(id))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
