package renown.kernels.rank;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In-edges row by row in canonical order, repeated pairs merged; then the rows in their final
 * order.
 *
 * <p>Edges are put into buckets of neighbouring rows in one pass through memory; a bucket fits the
 * cache of a core, where it is sorted by row and place digit by digit. So no edge is looked at
 * outside the caches more than twice, whatever the order in which it came.
 */
final class RowLayout {
  /** With the sorter's second copy half a megabyte. */
  private static final int BUCKET_EDGES = 1 << 15;

  /** More open buckets than that have no room for their ends in the nearest caches. */
  private static final int MOST_BUCKETS = 1 << 12;

  /** Neighbouring buckets that one thread sorts, one after the other. */
  private static final int PIECES_PER_CORE = 32;

  /** Where a row's edges are, and how many. */
  private final int[] start;

  private final int[] length;
  private final int[] columns;

  /** Weight of each edge, scaled; null if all are 1. */
  private final float[] weights;

  private final int cores;
  private final long hubBound;
  private final Set<Integer> hubs = ConcurrentHashMap.newKeySet();
  private volatile boolean merged;

  /**
   * @param count of the edges
   * @param rows destinations have numbers below it
   * @param placeOf place of each source in the canonical order
   * @param places how many places there are
   * @param mirrorAt the mirror at each place; null where they are the same
   * @param hubBound rows of more edges, repeated pairs counted, are hubs
   * @param isWeighted false only if every weight is 1
   */
  private RowLayout(
      EdgeList edges,
      int count,
      int rows,
      int[] placeOf,
      int places,
      int[] mirrorAt,
      boolean isWeighted,
      int scaleExponent,
      long hubBound,
      int cores) {
    this.cores = cores;
    this.hubBound = hubBound;
    int shift = shift(count, rows);
    int buckets = (Math.max(rows, 1) - 1 >>> shift) + 1;
    int[][] next = new int[cores][buckets];
    everyChunk(
        edges,
        cores,
        (core, chunk) -> {
          int[] counts = next[core];
          for (int i = 0; i < chunk.size; i++) {
            counts[chunk.destinations[i] >>> shift]++;
          }
        });
    int[] bucketStart = new int[buckets + 1];
    int at = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      bucketStart[bucket] = at;
      for (int core = 0; core < cores; core++) {
        int ofCore = next[core][bucket];
        next[core][bucket] = at;
        at += ofCore;
      }
    }
    bucketStart[buckets] = at;
    long[] pairs = new long[at];
    weights = isWeighted ? new float[at] : null;
    int rowMask = (1 << shift) - 1;
    everyChunk(
        edges,
        cores,
        (core, chunk) -> {
          int[] free = next[core];
          for (int i = 0; i < chunk.size; i++) {
            int row = chunk.destinations[i];
            int place = free[row >>> shift]++;
            pairs[place] = (long) (row & rowMask) << 32 | placeOf[chunk.sources[i]];
            if (weights != null) {
              weights[place] = BlockLayout.scaled(chunk.weights[i], scaleExponent);
            }
          }
        });
    start = new int[rows];
    length = new int[rows];
    columns = new int[at];
    int pieces = Math.min(buckets, cores * PIECES_PER_CORE);
    int placeBits = RadixSort.bits(Math.max(0, places - 1));
    Cores.forEach(
        cores,
        pieces,
        piece -> {
          RadixSort sort = new RadixSort(0, placeBits, 32, shift);
          int end = Cores.bound(piece + 1, pieces, buckets);
          for (int bucket = Cores.bound(piece, pieces, buckets); bucket < end; bucket++) {
            sort.sort(pairs, weights, bucketStart[bucket], bucketStart[bucket + 1]);
            fill(pairs, bucketStart[bucket], bucketStart[bucket + 1], bucket << shift, mirrorAt);
          }
        });
  }

  /** See the constructor. */
  static RowLayout of(
      EdgeList edges,
      int count,
      int rows,
      int[] placeOf,
      int places,
      int[] mirrorAt,
      boolean isWeighted,
      int scaleExponent,
      long hubBound,
      int cores) {
    RowLayout rowsFound =
        new RowLayout(
            edges,
            count,
            rows,
            placeOf,
            places,
            mirrorAt,
            isWeighted,
            scaleExponent,
            hubBound,
            cores);
    // Pairs that repeat have weights other than 1 although no edge has.
    return isWeighted || !rowsFound.merged
        ? rowsFound
        : new RowLayout(
            edges, count, rows, placeOf, places, mirrorAt, true, scaleExponent, hubBound, cores);
  }

  /** Takes the chunks of a core's share. */
  interface ChunkConsumer {
    void accept(int core, EdgeChunk chunk);
  }

  /** Reads all edges; a core's share is the same each time. */
  static void everyChunk(EdgeList edges, int cores, ChunkConsumer consumer) {
    Cores.forEach(
        cores,
        cores,
        core -> {
          EdgeChunk chunk = new EdgeChunk();
          int end = Cores.bound(core + 1, cores, edges.chunks());
          for (int i = Cores.bound(core, cores, edges.chunks()); i < end; i++) {
            edges.read(i, chunk);
            consumer.accept(core, chunk);
          }
        });
  }

  /** Bits of a row's number within its bucket. */
  private static int shift(int edges, int rows) {
    int wanted = Math.max(1, Math.min(MOST_BUCKETS, edges / BUCKET_EDGES));
    int bucketBits = RadixSort.bits(wanted) - 1;
    return Math.max(0, RadixSort.bits(Math.max(rows, 1) - 1) - bucketBits);
  }

  /** Writes a sorted bucket's rows where its edges were. */
  private void fill(long[] pairs, int from, int to, int firstRow, int[] mirrorAt) {
    int at = from;
    int row = -1;
    int rowFrom = from;
    for (int i = from; i < to; ) {
      int ofPair = firstRow + (int) (pairs[i] >>> 32);
      if (ofPair != row) {
        if (row >= 0) {
          close(row, at, i - rowFrom);
        }
        row = ofPair;
        rowFrom = i;
        start[row] = at;
      }
      int same = i + 1;
      while (same < to && pairs[same] == pairs[i]) {
        same++;
      }
      int place = (int) pairs[i];
      columns[at] = mirrorAt == null ? place : mirrorAt[place];
      if (weights != null) {
        weights[at] = same - i == 1 ? weights[i] : sum(i, same);
      } else if (same - i > 1) {
        merged = true;
      }
      at++;
      i = same;
    }
    if (row >= 0) {
      close(row, at, to - rowFrom);
    }
  }

  private void close(int row, int end, int given) {
    length[row] = end - start[row];
    if (given > hubBound) {
      hubs.add(row);
    }
  }

  /** Adds up the weights of a repeated pair, smallest first, which is one order for all. */
  private float sum(int from, int to) {
    Arrays.sort(weights, from, to);
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += weights[i];
    }
    return (float) sum;
  }

  /** Destinations that are hubs. */
  int[] hubs() {
    return hubs.stream().mapToInt(row -> row).toArray();
  }

  /** Edges that arrive at a destination, each source once. */
  int length(int row) {
    return length[row];
  }

  /**
   * Puts a block together.
   *
   * @param keys of its vertices, rising
   * @param inverseOutWeight of the vertices; 0 of those that dangle
   * @param rowOf row of each vertex here, -1 if it has no in-edges
   * @param mirroredBy for each block the vertices that it mirrors, in the agreed order; exchanged
   *     for their rows
   * @param ownHubs the vertices that are hubs; exchanged for their rows
   * @param share in hubs of several blocks, of vertices; exchanged for their rows
   */
  EdgeBlock layOut(
      int number,
      long[] keys,
      double[] inverseOutWeight,
      int[] rowOf,
      int[] mirrorOffsets,
      int[][] mirroredBy,
      int[] ownHubs,
      Hubs.Share share) {
    int vertices = keys.length;
    int[] degree = new int[vertices];
    for (int vertex = 0; vertex < vertices; vertex++) {
      degree[vertex] = rowOf[vertex] < 0 ? 0 : length[rowOf[vertex]];
    }
    int[] order = order(degree, inverseOutWeight, rowOf);
    long[] orderedKeys = new long[vertices];
    double[] orderedInverse = new double[vertices];
    int[] place = new int[vertices];
    int[] places = new int[vertices + 1];
    for (int row = 0; row < vertices; row++) {
      int vertex = order[row];
      orderedKeys[row] = keys[vertex];
      orderedInverse[row] = inverseOutWeight[vertex];
      place[vertex] = row;
      places[row + 1] = places[row] + degree[vertex];
    }
    int edges = places[vertices];
    int[] orderedColumns = new int[edges];
    float[] orderedWeights = weights == null ? null : new float[edges];
    int pieces = cores * PIECES_PER_CORE;
    Cores.forEach(
        cores,
        pieces,
        piece -> {
          int to = firstAt(places, Cores.bound(piece + 1, pieces, edges));
          for (int row = firstAt(places, Cores.bound(piece, pieces, edges)); row < to; row++) {
            int from = start[rowOf[order[row]]];
            int count = places[row + 1] - places[row];
            copy(columns, from, orderedColumns, places[row], count);
            if (weights != null) {
              System.arraycopy(weights, from, orderedWeights, places[row], count);
            }
          }
        });
    for (int[] mirrored : mirroredBy) {
      for (int i = 0; i < mirrored.length; i++) {
        mirrored[i] = place[mirrored[i]];
      }
    }
    for (int i = 0; i < ownHubs.length; i++) {
      ownHubs[i] = place[ownHubs[i]];
    }
    share.locate(place);
    int[][] runs = runs(order, degree);
    return new EdgeBlock(
        number,
        mirroredBy.length,
        orderedKeys,
        orderedInverse,
        runs[0],
        runs[1],
        orderedColumns,
        orderedWeights == null || allOnes(orderedWeights) ? null : orderedWeights,
        mirrorOffsets,
        mirroredBy,
        ownHubs,
        share);
  }

  /** Most rows are so short that a call to copy them would cost more than the copy. */
  private static void copy(int[] from, int at, int[] to, int place, int count) {
    if (count < 16) {
      for (int i = 0; i < count; i++) {
        to[place + i] = from[at + i];
      }
    } else {
      System.arraycopy(from, at, to, place, count);
    }
  }

  /** The first row that begins at an edge or behind it. */
  private static int firstAt(int[] places, int edge) {
    int low = 0;
    int high = places.length - 1;
    while (low < high) {
      int middle = low + high >>> 1;
      if (places[middle] < edge) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Falling in-degree; then those with out-edges first; then by the coldest source; then key. */
  private int[] order(int[] degree, double[] inverseOutWeight, int[] rowOf) {
    int vertices = degree.length;
    int largest = 0;
    int coldest = 0;
    long[] byColumn = new long[vertices];
    for (int i = 0; i < vertices; i++) {
      int column = degree[i] == 0 ? 0 : columns[start[rowOf[i]] + degree[i] - 1];
      largest = Math.max(largest, degree[i]);
      coldest = Math.max(coldest, column);
      byColumn[i] = (long) column << 32 | i;
    }
    new RadixSort(32, RadixSort.bits(coldest)).sort(byColumn, null, 0, vertices);
    for (int i = 0; i < vertices; i++) {
      int vertex = (int) byColumn[i];
      long falling = largest - degree[vertex];
      long dangling = inverseOutWeight[vertex] == 0 ? 1 : 0;
      byColumn[i] = (falling << 1 | dangling) << 31 | vertex;
    }
    new RadixSort(31, RadixSort.bits(largest) + 1).sort(byColumn, null, 0, vertices);
    int[] order = new int[vertices];
    for (int i = 0; i < vertices; i++) {
      order[i] = (int) byColumn[i] & Integer.MAX_VALUE;
    }
    return order;
  }

  /** In-degrees, falling, and how many rows have each. */
  private static int[][] runs(int[] order, int[] degree) {
    int[] degrees = new int[16];
    int[] lengths = new int[16];
    int runs = 0;
    for (int vertex : order) {
      if (runs == 0 || degrees[runs - 1] != degree[vertex]) {
        if (runs == degrees.length) {
          degrees = Arrays.copyOf(degrees, 2 * runs);
          lengths = Arrays.copyOf(lengths, 2 * runs);
        }
        degrees[runs++] = degree[vertex];
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
