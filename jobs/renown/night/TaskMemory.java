package renown.night;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.network.util.JavaUtils;
import renown.run.RenownException;

/**
 * Whether what has to be held at once fits into a heap: that of the driver, or of an executor whose
 * tasks walk a whole network or a range of it. Stages say before they begin how many rows that are,
 * by the statistics in the log, and what a row takes: a night that cannot end fails at once and
 * says what to do, and not after hours with an executor that died.
 */
public final class TaskMemory {
  /** The rest of the heap is Spark's, the row group that is being written, and garbage. */
  private static final double USABLE_SHARE = 0.7;

  private static final String EXECUTOR_MEMORY = "spark.executor.memory";
  private static final String DRIVER_MEMORY = "spark.driver.memory";

  private final long heapBytes;
  private final int tasksAtOnce;
  private final String setting;

  /**
   * @param heapBytes of the Java virtual machine that a task runs in
   * @param tasksAtOnce how many tasks share it
   * @param setting what to raise for a larger one
   */
  public TaskMemory(long heapBytes, int tasksAtOnce, String setting) {
    this.heapBytes = heapBytes;
    this.tasksAtOnce = tasksAtOnce;
    this.setting = setting;
  }

  /** That of the executors; where the driver runs the tasks, its own. */
  public static TaskMemory of(Night night) {
    SparkContext context = night.spark().sparkContext();
    SparkConf conf = context.getConf();
    return context.isLocal()
        ? new TaskMemory(
            Runtime.getRuntime().maxMemory(), context.defaultParallelism(), DRIVER_MEMORY)
        : new TaskMemory(
            JavaUtils.byteStringAsBytes(conf.get(EXECUTOR_MEMORY, "1g")),
            conf.getInt("spark.executor.cores", 1),
            EXECUTOR_MEMORY);
  }

  /** That of the driver. */
  public static TaskMemory ofDriver() {
    return new TaskMemory(Runtime.getRuntime().maxMemory(), 1, DRIVER_MEMORY);
  }

  /**
   * How many rows each of the tasks that run at once may hold, so that all together take half of
   * what may be used: the other half is for what they are sent, and for what the driver holds where
   * it runs them.
   *
   * @return at least 1
   */
  public long rowsPerTask(long bytesPerRow) {
    return Math.max(1, (long) (heapBytes * USABLE_SHARE / 2 / tasksAtOnce / bytesPerRow));
  }

  /**
   * Refuses what does not fit.
   *
   * @param what a task has to hold, for the message
   * @param rows how many rows that are
   * @param bytesPerRow what each takes in memory, with all that is made of it
   * @param otherwise what else than more memory helps, as a clause
   * @throws RenownException where they take more than seven tenths of the heap
   */
  public void hold(String what, long rows, long bytesPerRow, String otherwise) {
    hold(
        String.format(
            Locale.ROOT, "%s: %,d rows, which one task has to hold at once, take", what, rows),
        (double) rows * bytesPerRow,
        otherwise);
  }

  /**
   * The same of several things.
   *
   * @param what they are and that they take, as the beginning of a sentence
   * @param bytes of all of them together
   * @param otherwise what else than more memory helps, as a clause
   */
  public void hold(String what, double bytes, String otherwise) {
    if (bytes <= heapBytes * USABLE_SHARE) {
      return;
    }
    throw RenownException.configuration(
        "%s about %s; the heap has %s, of which %.0f %% may be used. Set %s to at least %s, or %s.",
        what,
        gigabytes(bytes),
        gigabytes(heapBytes),
        100 * USABLE_SHARE,
        setting,
        gigabytes(bytes / USABLE_SHARE),
        otherwise);
  }

  private static String gigabytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / (1L << 30));
  }
}
