package renown.kernels.rank;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The edges routed to one block, with keys replaced by local numbers; unordered. */
public final class RawBlock implements EdgeList, Serializable {
  /** Bytes of one edge on its way: two keys and a weight. */
  public static final int EDGE_BYTES = 2 * Long.BYTES + Float.BYTES;

  /** Edges that an array holds. */
  public static final long MOST_EDGES = Integer.MAX_VALUE - 8L;

  final int number;
  final KeyIndex sources;
  final KeyIndex destinations;

  /** Keys of the graph's hubs, rising. */
  final long[] hubs;

  public final float largestWeight;

  /** Whether it was given more edges than it may hold; then it has none. */
  public final boolean isOverfull;

  final float leastWeight;

  /** Per message and edge: number of its source, of its destination, and its weight. */
  private final int[][] source;

  private final int[][] destination;
  private final float[][] weight;
  private final int edges;

  /** Per hub the keys of the block's vertices that attend to it, and the weights. */
  private final long[][] hubSources;

  private final float[][] hubWeights;

  private RawBlock(
      int number,
      long[] hubs,
      Gathered[] toHubs,
      List<long[]> sourceKeys,
      List<long[]> destinationKeys,
      float[][] weight,
      boolean isOverfull,
      int cores) {
    this.number = number;
    this.isOverfull = isOverfull;
    this.hubs = hubs;
    this.hubSources = new long[hubs.length][];
    this.hubWeights = new float[hubs.length][];
    this.weight = weight;
    float largest = 0;
    float least = Float.MAX_VALUE;
    int count = 0;
    for (float[] some : weight) {
      for (float each : some) {
        largest = Math.max(largest, each);
        least = Math.min(least, each);
      }
      count += some.length;
    }
    for (int hub = 0; hub < hubs.length; hub++) {
      hubSources[hub] = Arrays.copyOf(toHubs[hub].keys, toHubs[hub].size);
      hubWeights[hub] = Arrays.copyOf(toHubs[hub].weights, toHubs[hub].size);
      for (float each : hubWeights[hub]) {
        largest = Math.max(largest, each);
      }
    }
    this.edges = count;
    this.largestWeight = largest;
    this.leastWeight = least;
    KeyIndex.Numbered from = KeyIndex.number(sourceKeys, cores);
    this.sources = from.index();
    this.source = from.numbers();
    KeyIndex.Numbered to = KeyIndex.number(destinationKeys, cores);
    this.destinations = to.index();
    this.destination = to.numbers();
  }

  /** Edges to one hub. */
  private static final class Gathered {
    private long[] keys = {};
    private float[] weights = {};
    private int size;

    void add(long key, float weight) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, Math.max(16, 2 * size));
        weights = Arrays.copyOf(weights, keys.length);
      }
      keys[size] = key;
      weights[size++] = weight;
    }
  }

  /**
   * @param number of the block
   * @param hubs keys of the graph's hubs, rising; edges to them are those of vertices that the
   *     block owns
   * @param cores threads that share the work
   * @param most edges to hold; of more none is kept
   */
  public static RawBlock read(
      int number, long[] hubs, Iterator<byte[]> messages, int cores, long most) {
    List<long[]> sourceKeys = new ArrayList<>();
    List<long[]> destinationKeys = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    Gathered[] toHubs = new Gathered[hubs.length];
    Arrays.setAll(toHubs, hub -> new Gathered());
    long edges = 0;
    while (messages.hasNext()) {
      ByteBuffer message = ByteBuffer.wrap(messages.next()).order(ByteOrder.LITTLE_ENDIAN);
      int count = message.remaining() / EDGE_BYTES;
      edges += count;
      if (edges > most) {
        sourceKeys.clear();
        destinationKeys.clear();
        weights.clear();
        Arrays.setAll(toHubs, hub -> new Gathered());
        continue;
      }
      long[] from = new long[count];
      long[] to = new long[count];
      float[] worth = new float[count];
      int kept = 0;
      for (int i = 0; i < count; i++) {
        long source = message.getLong();
        long destination = message.getLong();
        float weight = message.getFloat();
        int hub = hubs.length == 0 ? -1 : Arrays.binarySearch(hubs, destination);
        if (hub >= 0) {
          toHubs[hub].add(source, weight);
          continue;
        }
        from[kept] = source;
        to[kept] = destination;
        worth[kept++] = weight;
      }
      sourceKeys.add(kept == count ? from : Arrays.copyOf(from, kept));
      destinationKeys.add(kept == count ? to : Arrays.copyOf(to, kept));
      weights.add(kept == count ? worth : Arrays.copyOf(worth, kept));
    }
    return new RawBlock(
        number,
        hubs,
        toHubs,
        sourceKeys,
        destinationKeys,
        weights.toArray(float[][]::new),
        edges > most,
        cores);
  }

  long[] hubSources(int hub) {
    return hubSources[hub];
  }

  float[] hubWeights(int hub) {
    return hubWeights[hub];
  }

  int edges() {
    return edges;
  }

  @Override
  public int chunks() {
    return weight.length;
  }

  @Override
  public void read(int chunk, EdgeChunk into) {
    into.refer(source[chunk], destination[chunk], weight[chunk]);
  }
}
