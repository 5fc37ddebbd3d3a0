package renown.night;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.network.util.JavaUtils;
import renown.run.RenownException;

/**
 * Whether what a task has to hold at once fits into an executor's heap. Stages that walk a whole
 * network in one task say before they begin how many rows that are, by the statistics in the log,
 * and what a row takes: a night that cannot end fails at once and says what to do, and not after
 * hours with an executor that died.
 */
public final class TaskMemory {
  /** The rest of the heap is Spark's, the row group that is being written, and garbage. */
  private static final double USABLE_SHARE = 0.7;

  private static final String EXECUTOR_MEMORY = "spark.executor.memory";

  private final long heapBytes;
  private final String setting;

  /**
   * @param heapBytes of the Java virtual machine that a task runs in
   * @param setting what to raise for a larger one
   */
  TaskMemory(long heapBytes, String setting) {
    this.heapBytes = heapBytes;
    this.setting = setting;
  }

  /** That of the executors; where the driver runs the tasks, its own. */
  public static TaskMemory of(Night night) {
    SparkContext context = night.spark().sparkContext();
    SparkConf conf = context.getConf();
    return context.isLocal()
        ? new TaskMemory(Runtime.getRuntime().maxMemory(), "spark.driver.memory")
        : new TaskMemory(
            JavaUtils.byteStringAsBytes(conf.get(EXECUTOR_MEMORY, "1g")), EXECUTOR_MEMORY);
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
    double needed = (double) rows * bytesPerRow;
    if (needed <= heapBytes * USABLE_SHARE) {
      return;
    }
    throw RenownException.configuration(
        "%s: %,d rows, which one task has to hold at once, take about %s; its heap has %s, of which"
            + " %.0f %% may be used. Set %s to at least %s, or %s.",
        what,
        rows,
        gigabytes(needed),
        gigabytes(heapBytes),
        100 * USABLE_SHARE,
        setting,
        gigabytes(needed / USABLE_SHARE),
        otherwise);
  }

  private static String gigabytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / (1L << 30));
  }
}
