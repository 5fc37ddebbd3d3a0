package renown.lab.benchmark;

import java.util.Arrays;

/** Small statistics, and what the machine can do. */
final class Measurements {
  private static final int TRIAD_DOUBLES = 1 << 24;
  private static final int TRIAD_ROUNDS = 7;

  private Measurements() {}

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Bytes of the objects that are alive in this JVM's heap. */
  static long liveHeapBytes() {
    // The second pass sees what the first gave to Spark's cleaner, which drops cached blocks.
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /**
   * Memory bandwidth as STREAM's triad sees it (McCalpin 1995): {@code a = b + s * c} over arrays
   * that no cache holds, 24 bytes per element, best round.
   *
   * @return bytes per second of all threads together
   */
  static double triadBytesPerSecond(int threads) throws InterruptedException {
    double[][][] arrays = new double[threads][3][TRIAD_DOUBLES / threads];
    double best = Double.MAX_VALUE;
    for (int round = 0; round < TRIAD_ROUNDS; round++) {
      long start = System.nanoTime();
      Thread[] running = new Thread[threads];
      for (int t = 0; t < threads; t++) {
        double[][] mine = arrays[t];
        running[t] = new Thread(() -> triad(mine[0], mine[1], mine[2]));
        running[t].start();
      }
      for (Thread thread : running) {
        thread.join();
      }
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return 24.0 * (TRIAD_DOUBLES / threads) * threads / best;
  }

  private static void triad(double[] a, double[] b, double[] c) {
    for (int i = 0; i < a.length; i++) {
      a[i] = b[i] + 3 * c[i];
    }
  }
}
