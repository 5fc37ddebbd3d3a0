package renown.kernels.rank;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs the work of one Spark task on all cores assigned to it. */
public final class Cores {
  /** Threads that have nothing to do end by themselves; tasks of one executor share them. */
  private static final Map<Integer, ForkJoinPool> POOLS = new ConcurrentHashMap<>();

  private Cores() {}

  /**
   * Does all pieces, in any order, and returns when the last is done.
   *
   * @param cores at least 1; with 1 in the calling thread
   * @param piece given 0 to {@code pieces - 1}
   */
  static void forEach(int cores, int pieces, IntConsumer piece) {
    if (cores == 1 || pieces < 2) {
      for (int i = 0; i < pieces; i++) {
        piece.accept(i);
      }
      return;
    }
    POOLS
        .computeIfAbsent(cores, ForkJoinPool::new)
        .submit(() -> IntStream.range(0, pieces).parallel().forEach(piece))
        .join();
  }

  /** Start of a core's share of {@code size} items. */
  static int bound(int core, int cores, int size) {
    return (int) ((long) size * core / cores);
  }

  /** Processes consecutive numbers, {@code from} up to but excluding {@code to}. */
  interface RangeConsumer {
    void accept(int from, int to);
  }

  /** Shares {@code [0, size)} out, one range to each core. */
  static void forRanges(int cores, int size, RangeConsumer range) {
    forEach(
        cores, cores, core -> range.accept(bound(core, cores, size), bound(core + 1, cores, size)));
  }
}
