package renown.rank;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;

/** The edges routed to one block, with keys replaced by local numbers; in no particular order. */
final class RawBlock implements Serializable {
  /** Bytes of one edge on its way: two keys and a weight. */
  static final int EDGE_BYTES = 2 * Long.BYTES + Float.BYTES;

  private static final long MOST_EDGES = Integer.MAX_VALUE - 8L;

  final int number;
  final KeyIndex sources = new KeyIndex(1 << 10);
  final KeyIndex destinations = new KeyIndex(1 << 10);
  int edges;
  int[] source = new int[1 << 10];
  int[] destination = new int[1 << 10];
  float[] weight = new float[1 << 10];
  float largestWeight;

  private RawBlock(int number) {
    this.number = number;
  }

  static RawBlock read(int number, Iterator<byte[]> messages) {
    RawBlock block = new RawBlock(number);
    while (messages.hasNext()) {
      ByteBuffer message = ByteBuffer.wrap(messages.next()).order(ByteOrder.LITTLE_ENDIAN);
      block.reserve((long) block.edges + message.remaining() / EDGE_BYTES);
      while (message.hasRemaining()) {
        block.add(message.getLong(), message.getLong(), message.getFloat());
      }
    }
    return block;
  }

  private void add(long sourceKey, long destinationKey, float edgeWeight) {
    source[edges] = sources.add(sourceKey);
    destination[edges] = destinations.add(destinationKey);
    weight[edges] = edgeWeight;
    largestWeight = Math.max(largestWeight, edgeWeight);
    edges++;
  }

  private void reserve(long size) {
    if (size > MOST_EDGES) {
      throw new IllegalStateException(
          "block " + number + " would hold " + size + " edges: use more blocks");
    }
    if (size > source.length) {
      int wider = (int) Math.min(MOST_EDGES, size + (size >> 1));
      source = Arrays.copyOf(source, wider);
      destination = Arrays.copyOf(destination, wider);
      weight = Arrays.copyOf(weight, wider);
    }
  }
}
