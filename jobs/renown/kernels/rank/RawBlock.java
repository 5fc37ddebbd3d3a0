package renown.kernels.rank;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The edges routed to one block, with keys replaced by local numbers; unordered. */
public final class RawBlock implements Serializable {
  /** Bytes of one edge on its way: two keys and a weight. */
  public static final int EDGE_BYTES = 2 * Long.BYTES + Float.BYTES;

  private static final long MOST_EDGES = Integer.MAX_VALUE - 8L;

  final int number;
  final KeyIndex sources;
  final KeyIndex destinations;

  /** Per edge: number of its source, of its destination, and its weight. */
  final int[] source;

  final int[] destination;
  final float[] weight;

  public final float largestWeight;

  private RawBlock(
      int number,
      List<long[]> sourceKeys,
      List<long[]> destinationKeys,
      float[] weight,
      int cores) {
    this.number = number;
    this.weight = weight;
    float largest = 0;
    for (float each : weight) {
      largest = Math.max(largest, each);
    }
    this.largestWeight = largest;
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
   */
  public static RawBlock read(int number, Iterator<byte[]> messages, int cores) {
    List<long[]> sourceKeys = new ArrayList<>();
    List<long[]> destinationKeys = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    long edges = 0;
    while (messages.hasNext()) {
      ByteBuffer message = ByteBuffer.wrap(messages.next()).order(ByteOrder.LITTLE_ENDIAN);
      int count = message.remaining() / EDGE_BYTES;
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
      edges += count;
    }
    if (edges > MOST_EDGES) {
      throw new IllegalStateException(
          "block " + number + " would hold " + edges + " edges: use more blocks");
    }
    float[] weight = new float[(int) edges];
    int at = 0;
    for (float[] some : weights) {
      System.arraycopy(some, 0, weight, at, some.length);
      at += some.length;
    }
    return new RawBlock(number, sourceKeys, destinationKeys, weight, cores);
  }

  int edges() {
    return weight.length;
  }
}
