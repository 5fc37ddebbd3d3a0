package renown.kernels.rank;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
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
  public final float largestWeight;

  /** Whether it was given more edges than it may hold; then it has none. */
  public final boolean isOverfull;

  final float leastWeight;

  /** Per message and edge: number of its source, of its destination, and its weight. */
  private final int[][] source;

  private final int[][] destination;
  private final float[][] weight;
  private final int edges;

  private RawBlock(
      int number,
      List<long[]> sourceKeys,
      List<long[]> destinationKeys,
      float[][] weight,
      boolean isOverfull,
      int cores) {
    this.number = number;
    this.isOverfull = isOverfull;
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

  /**
   * @param number of the block
   * @param cores threads that share the work
   * @param most edges to hold; of more none is kept
   */
  public static RawBlock read(int number, Iterator<byte[]> messages, int cores, long most) {
    List<long[]> sourceKeys = new ArrayList<>();
    List<long[]> destinationKeys = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    long edges = 0;
    while (messages.hasNext()) {
      ByteBuffer message = ByteBuffer.wrap(messages.next()).order(ByteOrder.LITTLE_ENDIAN);
      int count = message.remaining() / EDGE_BYTES;
      edges += count;
      if (edges > most) {
        sourceKeys.clear();
        destinationKeys.clear();
        weights.clear();
        continue;
      }
      long[] from = new long[count];
      long[] to = new long[count];
      float[] worth = new float[count];
      for (int i = 0; i < count; i++) {
        from[i] = message.getLong();
        to[i] = message.getLong();
        worth[i] = message.getFloat();
      }
      sourceKeys.add(from);
      destinationKeys.add(to);
      weights.add(worth);
    }
    return new RawBlock(
        number, sourceKeys, destinationKeys, weights.toArray(float[][]::new), edges > most, cores);
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
