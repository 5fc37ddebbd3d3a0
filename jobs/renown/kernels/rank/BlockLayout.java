package renown.kernels.rank;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/**
 * Builds edge blocks in three steps with an exchange in between: every block requests its sources
 * from their owners ({@link #requests}), owners determine their vertices' out-degrees ({@link
 * #own}) and reply ({@link #replies}), and block and owner put the mirrors in the same order
 * ({@link #assemble}).
 */
public final class BlockLayout {
  private static final int REQUEST_BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

  private BlockLayout() {}

  /** The power of two that brings the largest weight into [1, 2). */
  public static int scaleExponent(float largestWeight) {
    return largestWeight == 0 ? 0 : -Math.getExponent((double) largestWeight);
  }

  private static float scaled(float weight, int exponent) {
    // In two halves, since 2^149 is no float.
    float half = Math.scalb(weight, exponent / 2);
    return Math.scalb(half, exponent - exponent / 2);
  }

  /** Keys of a block's sources, per owner and rising, as numbers in {@code raw.sources}. */
  private static int[][] sourcesByOwner(RawBlock raw, int blocks) {
    long[] keys = raw.sources.keys();
    int[] sizes = new int[blocks];
    for (long key : keys) {
      sizes[KeyIndex.owner(key, blocks)]++;
    }
    int[][] byOwner = new int[blocks][];
    for (int owner = 0; owner < blocks; owner++) {
      byOwner[owner] = new int[sizes[owner]];
    }
    int[] filled = new int[blocks];
    for (int source = 0; source < keys.length; source++) {
      int owner = KeyIndex.owner(keys[source], blocks);
      byOwner[owner][filled[owner]++] = source;
    }
    return byOwner;
  }

  /** A block's request to each owner: its keys, with their degree and weight in this block. */
  public static Iterator<Tuple2<Integer, byte[]>> requests(
      int blocks, RawBlock raw, int scaleExponent, int cores) {
    int[] degree = new int[raw.sources.size()];
    ExactSums weight = new ExactSums(raw.sources.size());
    // Here and below every core reads all edges and takes its own: sequential reads are cheap,
    // random access is not.
    Cores.forRanges(
        cores,
        degree.length,
        (from, to) -> {
          for (int e = 0; e < raw.edges(); e++) {
            int source = raw.source[e];
            if (source >= from && source < to) {
              degree[source]++;
              weight.add(source, weightUnits(scaled(raw.weight[e], scaleExponent)));
            }
          }
        });
    List<Tuple2<Integer, byte[]>> messages = new ArrayList<>(blocks);
    int[][] byOwner = sourcesByOwner(raw, blocks);
    for (int owner = 0; owner < blocks; owner++) {
      byte[] bytes =
          new byte[Math.addExact(8, Math.multiplyExact(byOwner[owner].length, REQUEST_BYTES))];
      ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      message.putLong(raw.number);
      for (int source : byOwner[owner]) {
        message.putLong(raw.sources.key(source)).putInt(degree[source]);
        message.putLong(weight.whole(source)).putLong(weight.fraction(source));
      }
      messages.add(new Tuple2<>(owner, bytes));
    }
    return messages.iterator();
  }

  /** The largest weight is scaled to 2^31: 95 bits below it, room for 2^31 such edges above. */
  private static double weightUnits(float scaledWeight) {
    return scaledWeight * 0x1p30;
  }

  /** Everything a block owns, from its own edges, the requests to it and further accounts. */
  public static OwnedVertices own(
      int blocks, RawBlock raw, Iterator<byte[]> requests, Iterator<byte[]> accounts) {
    byte[][] byRequester = new byte[blocks][];
    while (requests.hasNext()) {
      byte[] bytes = requests.next();
      byRequester[(int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong()] = bytes;
    }
    List<long[]> keys = new ArrayList<>();
    for (byte[] bytes : byRequester) {
      long[] requestedKeys = new long[(bytes.length - Long.BYTES) / REQUEST_BYTES];
      ByteBuffer message = message(bytes);
      for (int i = 0; i < requestedKeys.length; i++) {
        requestedKeys[i] = message.getLong(Long.BYTES + i * REQUEST_BYTES);
      }
      keys.add(requestedKeys);
    }
    keys.add(raw.destinations.keys());
    while (accounts.hasNext()) {
      keys.add(AccountValues.keys(accounts.next()));
    }
    KeyIndex vertices = KeyIndex.of(keys);
    int[][] requested = new int[blocks][];
    for (int requester = 0; requester < blocks; requester++) {
      requested[requester] = Arrays.stream(keys.get(requester)).mapToInt(vertices::find).toArray();
    }
    int[] outDegree = new int[vertices.size()];
    ExactSums outWeight = new ExactSums(vertices.size());
    for (int requester = 0; requester < blocks; requester++) {
      ByteBuffer message = message(byRequester[requester]);
      for (int vertex : requested[requester]) {
        message.getLong();
        outDegree[vertex] = Math.addExact(outDegree[vertex], message.getInt());
        outWeight.add(vertex, message.getLong(), message.getLong());
      }
    }
    return new OwnedVertices(raw, vertices, outDegree, outWeight, requested);
  }

  private static ByteBuffer message(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(8);
  }

  /** Sends each block the out-degrees of the sources that it requested. */
  public static Iterator<Tuple2<Integer, byte[]>> replies(OwnedVertices owned) {
    List<Tuple2<Integer, byte[]>> messages = new ArrayList<>(owned.requested.length);
    for (int requester = 0; requester < owned.requested.length; requester++) {
      int[] vertices = owned.requested[requester];
      byte[] bytes = new byte[Math.addExact(8, Math.multiplyExact(vertices.length, 4))];
      ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      message.putLong(owned.raw.number);
      for (int vertex : vertices) {
        message.putInt(owned.outDegree[vertex]);
      }
      messages.add(new Tuple2<>(requester, bytes));
    }
    return messages.iterator();
  }

  /** Puts a block together. */
  public static EdgeBlock assemble(
      int blocks, OwnedVertices owned, Iterator<byte[]> replies, int scaleExponent, int cores) {
    RawBlock raw = owned.raw;
    int[] mirrorOf = new int[raw.sources.size()];
    int[] mirrorOffsets = new int[blocks + 1];
    int[] canonical = orderMirrors(raw, blocks, replies, mirrorOf, mirrorOffsets);
    Rows rows = new Rows(owned, canonical, mirrorOf, scaleExponent, cores);
    return rows.layOut(raw.number, blocks, owned, mirrorOffsets);
  }

  /**
   * Numbers the mirrors: by owner, then falling degree, then key.
   *
   * @return the sources by falling degree, then key, owners mixed: the order within a row
   */
  private static int[] orderMirrors(
      RawBlock raw, int blocks, Iterator<byte[]> replies, int[] mirrorOf, int[] mirrorOffsets) {
    int[] degree = new int[raw.sources.size()];
    int[][] byOwner = sourcesByOwner(raw, blocks);
    while (replies.hasNext()) {
      ByteBuffer message = ByteBuffer.wrap(replies.next()).order(ByteOrder.LITTLE_ENDIAN);
      for (int source : byOwner[(int) message.getLong()]) {
        degree[source] = message.getInt();
      }
    }
    for (int owner = 0; owner < blocks; owner++) {
      mirrorOffsets[owner + 1] = mirrorOffsets[owner] + byOwner[owner].length;
    }
    int[] canonical = byFallingDegree(identity(degree.length), degree);
    int[] next = Arrays.copyOf(mirrorOffsets, blocks);
    for (int source : canonical) {
      mirrorOf[source] = next[KeyIndex.owner(raw.sources.key(source), blocks)]++;
    }
    return canonical;
  }

  private static int[] identity(int size) {
    int[] numbers = new int[size];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  /** Orders members by falling degree; members of one degree keep their order. */
  static int[] byFallingDegree(int[] members, int[] degree) {
    long[] order = new long[members.length];
    for (int i = 0; i < members.length; i++) {
      order[i] = (long) (Integer.MAX_VALUE - degree[members[i]]) << 32 | i;
    }
    Arrays.sort(order);
    int[] sorted = new int[members.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = members[(int) order[i]];
    }
    return sorted;
  }

  /** In-edges by row in canonical order, duplicates merged; then the rows in their final order. */
  private static final class Rows {
    private final int[] start;
    private final int[] length;
    private final int[] columns;
    private final float[] weights;

    /** Row of each vertex, -1 if it has no in-edges. */
    private final int[] rowOf;

    private final int cores;

    Rows(OwnedVertices owned, int[] canonical, int[] mirrorOf, int scaleExponent, int cores) {
      this.cores = cores;
      RawBlock raw = owned.raw;
      int rows = raw.destinations.size();
      start = starts(raw.destination, rows);
      length = new int[rows];
      // Bucketed by source in canonical order first: the second, stable pass then leaves each row
      // in canonical order without a comparison.
      int[] bucket = starts(raw.source, canonical.length);
      // Row and weight of an edge lie together: one jump through memory instead of two.
      long[] bySource = new long[raw.edges()];
      int[] next = Arrays.copyOf(bucket, canonical.length);
      Cores.forRanges(
          cores,
          canonical.length,
          (from, to) -> {
            for (int e = 0; e < raw.edges(); e++) {
              int source = raw.source[e];
              if (source >= from && source < to) {
                float weight = scaled(raw.weight[e], scaleExponent);
                bySource[next[source]++] =
                    (long) raw.destination[e] << 32 | Float.floatToRawIntBits(weight);
              }
            }
          });
      columns = new int[raw.edges()];
      weights = new float[raw.edges()];
      int[] free = Arrays.copyOf(start, rows);
      Cores.forRanges(
          cores,
          rows,
          (from, to) -> {
            for (int source : canonical) {
              for (int i = bucket[source]; i < bucket[source + 1]; i++) {
                int row = (int) (bySource[i] >>> 32);
                if (row >= from && row < to) {
                  int place = free[row]++;
                  columns[place] = mirrorOf[source];
                  weights[place] = Float.intBitsToFloat((int) bySource[i]);
                }
              }
            }
            for (int row = from; row < to; row++) {
              length[row] = mergeDuplicates(start[row], start[row + 1] - start[row]);
            }
          });
      rowOf = new int[owned.vertices.size()];
      Arrays.fill(rowOf, -1);
      for (int row = 0; row < rows; row++) {
        rowOf[owned.vertices.find(raw.destinations.key(row))] = row;
      }
    }

    /** Where each group begins when edges are put in the order of their groups. */
    private int[] starts(int[] groups, int count) {
      int[] starts = new int[count + 1];
      Cores.forRanges(
          cores,
          count,
          (from, to) -> {
            for (int group : groups) {
              if (group >= from && group < to) {
                starts[group + 1]++;
              }
            }
          });
      for (int group = 0; group < count; group++) {
        starts[group + 1] += starts[group];
      }
      return starts;
    }

    /** Adds up the weights of equal neighbours, smallest first, which is one order for all. */
    private int mergeDuplicates(int from, int count) {
      int merged = from;
      int end = from + count;
      for (int i = from; i < end; ) {
        int same = i + 1;
        while (same < end && columns[same] == columns[i]) {
          same++;
        }
        columns[merged] = columns[i];
        if (same - i == 1) {
          weights[merged] = weights[i];
        } else {
          Arrays.sort(weights, i, same);
          double sum = 0;
          for (int j = i; j < same; j++) {
            sum += weights[j];
          }
          weights[merged] = (float) sum;
        }
        merged++;
        i = same;
      }
      return merged - from;
    }

    EdgeBlock layOut(int number, int blocks, OwnedVertices owned, int[] mirrorOffsets) {
      int vertices = owned.vertices.size();
      int[] order = rowOrder(owned);
      long[] keys = new long[vertices];
      double[] inverse = new double[vertices];
      int[] place = new int[vertices];
      int edges = 0;
      for (int row = 0; row < vertices; row++) {
        int vertex = order[row];
        keys[row] = owned.vertices.key(vertex);
        place[vertex] = row;
        double weight = owned.outWeight.value(vertex) * 0x1p-30;
        inverse[row] = weight > 0 ? 1 / weight : 0;
        edges += degree(vertex);
      }
      int[] finalColumns = new int[edges];
      float[] finalWeights = new float[edges];
      int[] places = new int[vertices + 1];
      for (int i = 0; i < vertices; i++) {
        places[i + 1] = places[i] + degree(order[i]);
      }
      Cores.forRanges(
          cores,
          vertices,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              int row = rowOf[order[i]];
              if (row >= 0) {
                System.arraycopy(columns, start[row], finalColumns, places[i], length[row]);
                System.arraycopy(weights, start[row], finalWeights, places[i], length[row]);
              }
            }
          });
      int[][] runs = runs(order);
      int[][] outbox = new int[blocks][];
      for (int requester = 0; requester < blocks; requester++) {
        outbox[requester] = byFallingDegree(owned.requested[requester], owned.outDegree);
        for (int i = 0; i < outbox[requester].length; i++) {
          outbox[requester][i] = place[outbox[requester][i]];
        }
      }
      return new EdgeBlock(
          number,
          blocks,
          keys,
          inverse,
          runs[0],
          runs[1],
          finalColumns,
          allOnes(finalWeights) ? null : finalWeights,
          mirrorOffsets,
          outbox);
    }

    private int degree(int vertex) {
      return rowOf[vertex] < 0 ? 0 : length[rowOf[vertex]];
    }

    /** Falling in-degree; then those with out-edges first; then by the coldest source; then key. */
    private int[] rowOrder(OwnedVertices owned) {
      int vertices = owned.vertices.size();
      long[] byColumn = new long[vertices];
      for (int i = 0; i < vertices; i++) {
        int degree = degree(i);
        long column = degree == 0 ? 0 : columns[start[rowOf[i]] + degree - 1];
        byColumn[i] = column << 32 | i;
      }
      Arrays.sort(byColumn);
      long[] order = new long[vertices];
      for (int i = 0; i < vertices; i++) {
        int vertex = (int) byColumn[i];
        long falling = Integer.MAX_VALUE - degree(vertex);
        long dangling = owned.outDegree[vertex] == 0 ? 1 : 0;
        order[i] = (falling << 1 | dangling) << 31 | i;
      }
      Arrays.sort(order);
      int[] sorted = new int[vertices];
      for (int i = 0; i < vertices; i++) {
        sorted[i] = (int) byColumn[(int) (order[i] & Integer.MAX_VALUE)];
      }
      return sorted;
    }

    private int[][] runs(int[] order) {
      int[] degrees = new int[16];
      int[] lengths = new int[16];
      int runs = 0;
      for (int vertex : order) {
        int degree = degree(vertex);
        if (runs == 0 || degrees[runs - 1] != degree) {
          if (runs == degrees.length) {
            degrees = Arrays.copyOf(degrees, 2 * runs);
            lengths = Arrays.copyOf(lengths, 2 * runs);
          }
          degrees[runs++] = degree;
        }
        lengths[runs - 1]++;
      }
      return new int[][] {Arrays.copyOf(degrees, runs), Arrays.copyOf(lengths, runs)};
    }

    private static boolean allOnes(float[] weights) {
      for (float weight : weights) {
        if (weight != 1) {
          return false;
        }
      }
      return true;
    }
  }
}
