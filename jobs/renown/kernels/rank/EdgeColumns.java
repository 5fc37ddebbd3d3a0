package renown.kernels.rank;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Edges as they are read, in columns: two keys and a weight each. Keys that lie within 2^31 of each
 * other take 4 bytes, weights that are all 1 none.
 */
public final class EdgeColumns implements Serializable {
  /** Edges that are added at a time so that they stay in the nearest cache. */
  public static final int CHUNK_EDGES = 1 << 12;

  private final List<Chunk> chunks = new ArrayList<>();
  private long edges;
  private long least = Long.MAX_VALUE;
  private long largest = Long.MIN_VALUE;

  /** Some edges. No record, since Kryo cannot read one. */
  private static final class Chunk implements Serializable {
    /** What keys are counted from. */
    private final long base;

    /** Keys less the base, as {@code int[]}, or as {@code long[]} where they lie apart. */
    private final Serializable sources;

    private final Serializable destinations;

    /** Null if all are 1. */
    private final float[] weights;

    Chunk(long base, Serializable sources, Serializable destinations, float[] weights) {
      this.base = base;
      this.sources = sources;
      this.destinations = destinations;
      this.weights = weights;
    }

    int size() {
      return sources instanceof int[] narrow ? narrow.length : ((long[]) sources).length;
    }

    static long[] keys(long base, Serializable column) {
      if (column instanceof long[] wide) {
        return wide;
      }
      return Arrays.stream((int[]) column).mapToLong(offset -> base + offset).toArray();
    }
  }

  /**
   * Adds some edges; at most {@link #CHUNK_EDGES} at a time are best.
   *
   * @param weights above 0; null if all are 1
   * @param size edges to take from the beginning of the arrays
   */
  public void add(long[] sources, long[] destinations, float[] weights, int size) {
    if (size == 0) {
      return;
    }
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      low = Math.min(low, Math.min(sources[i], destinations[i]));
      high = Math.max(high, Math.max(sources[i], destinations[i]));
    }
    float[] worth = weights == null || areOnes(weights, size) ? null : Arrays.copyOf(weights, size);
    // The difference of keys that lie too far apart overflows, to below 0.
    boolean isNarrow = high - low >= 0 && high - low <= Integer.MAX_VALUE;
    chunks.add(
        isNarrow
            ? new Chunk(low, narrow(sources, low, size), narrow(destinations, low, size), worth)
            : new Chunk(0, Arrays.copyOf(sources, size), Arrays.copyOf(destinations, size), worth));
    edges += size;
    least = Math.min(least, low);
    largest = Math.max(largest, high);
  }

  private static boolean areOnes(float[] weights, int size) {
    for (int i = 0; i < size; i++) {
      if (weights[i] != 1) {
        return false;
      }
    }
    return true;
  }

  private static int[] narrow(long[] keys, long base, int size) {
    int[] offsets = new int[size];
    for (int i = 0; i < size; i++) {
      offsets[i] = (int) (keys[i] - base);
    }
    return offsets;
  }

  public long edges() {
    return edges;
  }

  /**
   * Lays the whole graph out in one block.
   *
   * @param parts all edges
   * @param accounts keys of vertices besides those of the edges, in any order and number
   * @param fewestOfHub see {@link Hubs#bound}
   * @param cores threads that share the work; never change a bit of the result
   * @throws IllegalStateException if there are more edges than an array holds
   */
  public static EdgeBlock layOut(
      List<EdgeColumns> parts, List<long[]> accounts, long fewestOfHub, int cores) {
    List<Chunk> chunks = new ArrayList<>();
    long least = Long.MAX_VALUE;
    long largest = Long.MIN_VALUE;
    long given = 0;
    for (EdgeColumns part : parts) {
      chunks.addAll(part.chunks);
      least = Math.min(least, part.least);
      largest = Math.max(largest, part.largest);
      given += 2 * part.edges;
    }
    for (long[] some : accounts) {
      for (long key : some) {
        least = Math.min(least, key);
        largest = Math.max(largest, key);
      }
      given += some.length;
    }
    boolean isDense =
        given > 0 && largest - least >= 0 && largest - least < Math.min(given, 1L << 30);
    return isDense
        ? dense(chunks, accounts, least, (int) (largest - least) + 1, fewestOfHub, cores)
        : scattered(chunks, accounts, fewestOfHub, cores);
  }

  /** Numbers are keys less the least. */
  private static EdgeBlock dense(
      List<Chunk> given,
      List<long[]> accounts,
      long least,
      int numbers,
      long fewestOfHub,
      int cores) {
    Chunk[] chunks = given.toArray(Chunk[]::new);
    EdgeList list =
        new EdgeList() {
          @Override
          public int chunks() {
            return chunks.length;
          }

          @Override
          public void read(int number, EdgeChunk into) {
            Chunk chunk = chunks[number];
            int size = chunk.size();
            into.reset(size);
            int shift = (int) (chunk.base - least);
            shift((int[]) chunk.sources, shift, into.sources);
            shift((int[]) chunk.destinations, shift, into.destinations);
            if (chunk.weights == null) {
              Arrays.fill(into.weights, 0, size, 1);
            } else {
              System.arraycopy(chunk.weights, 0, into.weights, 0, size);
            }
          }
        };
    int[] further =
        accounts.stream()
            .flatMapToLong(Arrays::stream)
            .mapToInt(key -> (int) (key - least))
            .toArray();
    return BlockLayout.whole(list, numbers, number -> least + number, further, fewestOfHub, cores);
  }

  private static void shift(int[] offsets, int by, int[] numbers) {
    for (int i = 0; i < offsets.length; i++) {
      numbers[i] = offsets[i] + by;
    }
  }

  private static EdgeBlock scattered(
      List<Chunk> given, List<long[]> accounts, long fewestOfHub, int cores) {
    int size = given.size();
    List<long[]> keys = new ArrayList<>();
    float[][] weights = new float[size][];
    for (int i = 0; i < size; i++) {
      Chunk chunk = given.get(i);
      keys.add(Chunk.keys(chunk.base, chunk.sources));
      weights[i] = chunk.weights;
    }
    given.forEach(chunk -> keys.add(Chunk.keys(chunk.base, chunk.destinations)));
    keys.addAll(accounts);
    KeyIndex.Numbered numbered = KeyIndex.number(keys, cores);
    int[][] numbers = numbered.numbers();
    float[] ones = new float[0];
    for (Chunk chunk : given) {
      if (chunk.weights == null && chunk.size() > ones.length) {
        ones = new float[chunk.size()];
      }
    }
    Arrays.fill(ones, 1);
    float[] unit = ones;
    EdgeList list =
        new EdgeList() {
          @Override
          public int chunks() {
            return size;
          }

          @Override
          public void read(int chunk, EdgeChunk into) {
            into.refer(
                numbers[chunk],
                numbers[size + chunk],
                weights[chunk] == null ? unit : weights[chunk]);
          }
        };
    int[] further =
        Arrays.stream(numbers, 2 * size, numbers.length).flatMapToInt(Arrays::stream).toArray();
    KeyIndex index = numbered.index();
    return BlockLayout.whole(list, index.size(), index::key, further, fewestOfHub, cores);
  }
}
