package renown.kernels.rank;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntToLongFunction;
import scala.Tuple2;

/**
 * Builds edge blocks in three steps with an exchange in between: every block requests its sources
 * from their owners ({@link #requests}), owners determine their vertices' out-degrees ({@link
 * #own}) and reply ({@link #replies}), and block and owner put the mirrors in the same order
 * ({@link #assemble}).
 */
public final class BlockLayout {
  /**
   * Scaled weights from here on are whole numbers of units, of which 2^31 fit a long: their sums
   * are exact without a fraction, and cheaper.
   */
  private static final float LEAST_WHOLE_WEIGHT = 0x1p-7f;

  private static final int REQUEST_BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

  private BlockLayout() {}

  /** The power of two that brings the largest weight into [1, 2). */
  public static int scaleExponent(float largestWeight) {
    return largestWeight == 0 ? 0 : -Math.getExponent((double) largestWeight);
  }

  static float scaled(float weight, int exponent) {
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
          EdgeChunk chunk = new EdgeChunk();
          for (int c = 0; c < raw.chunks(); c++) {
            raw.read(c, chunk);
            for (int i = 0; i < chunk.size; i++) {
              int source = chunk.sources[i];
              if (source >= from && source < to) {
                degree[source]++;
                weight.add(source, weightUnits(scaled(chunk.weights[i], scaleExponent)));
              }
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
      int blocks,
      RawBlock raw,
      int scaleExponent,
      Iterator<byte[]> requests,
      Iterator<byte[]> accounts) {
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
    keys.add(
        Arrays.stream(raw.hubs).filter(hub -> KeyIndex.owner(hub, blocks) == raw.number).toArray());
    for (int hub = 0; hub < raw.hubs.length; hub++) {
      keys.add(raw.hubSources(hub));
    }
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
    // Edges to hubs lie with their sources, which nobody has to ask for.
    for (int hub = 0; hub < raw.hubs.length; hub++) {
      float[] weights = raw.hubWeights(hub);
      int edge = 0;
      for (long key : raw.hubSources(hub)) {
        int vertex = vertices.find(key);
        outDegree[vertex] = Math.addExact(outDegree[vertex], 1);
        outWeight.add(vertex, weightUnits(scaled(weights[edge++], scaleExponent)));
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
    int[] placeOf = new int[canonical.length];
    int[] mirrorAt = new int[canonical.length];
    for (int place = 0; place < canonical.length; place++) {
      placeOf[canonical[place]] = place;
      mirrorAt[place] = mirrorOf[canonical[place]];
    }
    RowLayout rows =
        RowLayout.of(
            raw,
            raw.edges(),
            raw.destinations.size(),
            placeOf,
            canonical.length,
            mirrorAt,
            raw.leastWeight != raw.largestWeight || scaled(raw.largestWeight, scaleExponent) != 1,
            scaleExponent,
            Long.MAX_VALUE,
            cores);
    int vertices = owned.vertices.size();
    double[] inverse = new double[vertices];
    int[] rowOf = new int[vertices];
    for (int vertex = 0; vertex < vertices; vertex++) {
      inverse[vertex] = inverse(owned.outWeight.value(vertex) * 0x1p-30);
      rowOf[vertex] = raw.destinations.find(owned.vertices.key(vertex));
    }
    int[][] mirroredBy = new int[blocks][];
    for (int requester = 0; requester < blocks; requester++) {
      mirroredBy[requester] = byFallingDegree(owned.requested[requester], owned.outDegree);
    }
    return rows.layOut(
        raw.number,
        owned.vertices.keys(),
        inverse,
        rowOf,
        mirrorOffsets,
        mirroredBy,
        ownHubs(raw, blocks, owned.vertices),
        share(raw, blocks, owned.vertices, scaleExponent));
  }

  private static int[] ownHubs(RawBlock raw, int blocks, KeyIndex vertices) {
    return Arrays.stream(raw.hubs)
        .filter(hub -> KeyIndex.owner(hub, blocks) == raw.number)
        .mapToInt(vertices::find)
        .toArray();
  }

  /** Repeated pairs merged as in rows. */
  private static Hubs.Share share(RawBlock raw, int blocks, KeyIndex vertices, int scaleExponent) {
    int hubs = raw.hubs.length;
    int[] owner = new int[hubs];
    int[][] sources = new int[hubs][];
    float[][] weights = new float[hubs][];
    for (int hub = 0; hub < hubs; hub++) {
      owner[hub] = KeyIndex.owner(raw.hubs[hub], blocks);
      long[] keys = raw.hubSources(hub);
      float[] given = raw.hubWeights(hub);
      long[] pairs = new long[keys.length];
      for (int i = 0; i < pairs.length; i++) {
        // Positive floats sort as their bits do.
        float weight = scaled(given[i], scaleExponent);
        pairs[i] = (long) vertices.find(keys[i]) << 32 | Float.floatToRawIntBits(weight);
      }
      Arrays.sort(pairs);
      sources[hub] = new int[pairs.length];
      weights[hub] = new float[pairs.length];
      int merged = 0;
      for (int i = 0; i < pairs.length; ) {
        int source = (int) (pairs[i] >>> 32);
        double sum = 0;
        for (; i < pairs.length && (int) (pairs[i] >>> 32) == source; i++) {
          sum += Float.intBitsToFloat((int) pairs[i]);
        }
        sources[hub][merged] = source;
        weights[hub][merged++] = (float) sum;
      }
      sources[hub] = Arrays.copyOf(sources[hub], merged);
      weights[hub] = Arrays.copyOf(weights[hub], merged);
    }
    return new Hubs.Share(owner, sources, weights);
  }

  /** One over a vertex's total weight, 0 if it has none. */
  private static double inverse(double weight) {
    return weight > 0 ? 1 / weight : 0;
  }

  /**
   * Lays a whole graph out in one block, without an exchange.
   *
   * @param numbers vertices are numbered from 0 up to but excluding it, in the order of their keys;
   *     numbers without an edge are no vertices unless {@code further} names them
   * @param keyOf key of a number
   * @param fewestOfHub see {@link Hubs#bound}
   * @param cores threads that share the work; never change a bit of the result
   * @throws IllegalStateException if an array would not hold the edges
   */
  static EdgeBlock whole(
      EdgeList edges,
      int numbers,
      IntToLongFunction keyOf,
      int[] further,
      long fewestOfHub,
      int cores) {
    Totals totals = new Totals(edges, numbers, cores);
    int[] outDegree = totals.outDegree;
    int exponent = scaleExponent(totals.largestWeight);
    boolean isWeighted =
        totals.leastWeight != totals.largestWeight || scaled(totals.largestWeight, exponent) != 1;
    int[] canonical = byFallingDegree(totals.sources(), outDegree);
    int[] placeOf = new int[numbers];
    for (int place = 0; place < canonical.length; place++) {
      placeOf[canonical[place]] = place;
    }
    RowLayout rows =
        RowLayout.of(
            edges,
            totals.edges,
            numbers,
            placeOf,
            canonical.length,
            null,
            isWeighted,
            exponent,
            Hubs.bound(totals.edges, fewestOfHub),
            cores);
    double[] weights = isWeighted ? outWeights(edges, numbers, totals, cores) : null;
    boolean[] listed = new boolean[numbers];
    for (int number : further) {
      listed[number] = true;
    }
    int[] vertexOf = placeOf;
    int vertices = 0;
    for (int number = 0; number < numbers; number++) {
      boolean isVertex = outDegree[number] > 0 || rows.length(number) > 0 || listed[number];
      vertexOf[number] = isVertex ? vertices++ : -1;
    }
    long[] keys = new long[vertices];
    int[] rowOf = new int[vertices];
    double[] inverse = new double[vertices];
    for (int number = 0; number < numbers; number++) {
      int vertex = vertexOf[number];
      if (vertex >= 0) {
        keys[vertex] = keyOf.applyAsLong(number);
        rowOf[vertex] = rows.length(number) > 0 ? number : -1;
        if (outDegree[number] > 0) {
          inverse[vertex] = isWeighted ? inverse(weights[number]) : 1.0 / outDegree[number];
        }
      }
    }
    int[] mirrored = new int[canonical.length];
    for (int place = 0; place < mirrored.length; place++) {
      mirrored[place] = vertexOf[canonical[place]];
    }
    int[] ownHubs = Arrays.stream(rows.hubs()).map(number -> vertexOf[number]).toArray();
    return rows.layOut(
        0,
        keys,
        inverse,
        rowOf,
        new int[] {0, mirrored.length},
        new int[][] {mirrored},
        ownHubs,
        Hubs.Share.NONE);
  }

  /** What has to be known of all edges before they are laid out. */
  private static final class Totals {
    final int[] outDegree;
    final int edges;
    final float largestWeight;
    final float leastWeight;

    Totals(EdgeList list, int numbers, int cores) {
      int[][] degrees = new int[cores][numbers];
      long[] counts = new long[cores];
      float[] largest = new float[cores];
      float[] least = new float[cores];
      Arrays.fill(least, Float.MAX_VALUE);
      RowLayout.everyChunk(
          list,
          cores,
          (core, chunk) -> {
            int[] degree = degrees[core];
            float above = largest[core];
            float below = least[core];
            for (int i = 0; i < chunk.size; i++) {
              degree[chunk.sources[i]]++;
              above = Math.max(above, chunk.weights[i]);
              below = Math.min(below, chunk.weights[i]);
            }
            largest[core] = above;
            least[core] = below;
            counts[core] += chunk.size;
          });
      outDegree = degrees[0];
      long count = counts[0];
      float above = largest[0];
      float below = least[0];
      for (int core = 1; core < cores; core++) {
        for (int number = 0; number < numbers; number++) {
          outDegree[number] += degrees[core][number];
        }
        count += counts[core];
        above = Math.max(above, largest[core]);
        below = Math.min(below, least[core]);
      }
      if (count > RawBlock.MOST_EDGES) {
        throw new IllegalStateException(count + " edges do not fit one block");
      }
      edges = (int) count;
      largestWeight = above;
      leastWeight = below;
    }

    /** Those with out-edges. */
    int[] sources() {
      int[] sources = new int[outDegree.length];
      int count = 0;
      for (int number = 0; number < sources.length; number++) {
        if (outDegree[number] > 0) {
          sources[count++] = number;
        }
      }
      return Arrays.copyOf(sources, count);
    }
  }

  /** Total weight of the edges that leave each number. */
  private static double[] outWeights(EdgeList edges, int numbers, Totals totals, int cores) {
    int exponent = scaleExponent(totals.largestWeight);
    double[] weights = new double[numbers];
    if (scaled(totals.leastWeight, exponent) >= LEAST_WHOLE_WEIGHT) {
      long[][] sums = new long[cores][numbers];
      RowLayout.everyChunk(
          edges,
          cores,
          (core, chunk) -> {
            long[] own = sums[core];
            for (int i = 0; i < chunk.size; i++) {
              own[chunk.sources[i]] += (long) weightUnits(scaled(chunk.weights[i], exponent));
            }
          });
      for (int number = 0; number < numbers; number++) {
        long sum = 0;
        for (long[] own : sums) {
          sum += own[number];
        }
        weights[number] = sum * 0x1p-30;
      }
      return weights;
    }
    ExactSums[] sums = new ExactSums[cores];
    Arrays.setAll(sums, core -> new ExactSums(numbers));
    RowLayout.everyChunk(
        edges,
        cores,
        (core, chunk) -> {
          for (int i = 0; i < chunk.size; i++) {
            sums[core].add(chunk.sources[i], weightUnits(scaled(chunk.weights[i], exponent)));
          }
        });
    for (int core = 1; core < cores; core++) {
      sums[0].addAll(sums[core]);
    }
    Arrays.setAll(weights, number -> sums[0].value(number) * 0x1p-30);
    return weights;
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
    int largest = 0;
    for (int member : members) {
      largest = Math.max(largest, degree[member]);
    }
    long[] order = new long[members.length];
    for (int i = 0; i < members.length; i++) {
      order[i] = (long) (largest - degree[members[i]]) << 32 | members[i];
    }
    new RadixSort(32, RadixSort.bits(largest)).sort(order, null, 0, order.length);
    int[] sorted = new int[members.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = (int) order[i];
    }
    return sorted;
  }
}
