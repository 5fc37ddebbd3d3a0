package renown.night;

import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Counts the rows that Spark reads from and writes to files, Delta's own log included. */
final class StageMeter extends SparkListener implements AutoCloseable {
  private final SparkSession spark;
  private final LongAdder rowsRead = new LongAdder();
  private final LongAdder rowsWritten = new LongAdder();

  StageMeter(SparkSession spark) {
    this.spark = spark;
    spark.sparkContext().addSparkListener(this);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.taskMetrics() != null) {
      rowsRead.add(task.taskMetrics().inputMetrics().recordsRead());
      rowsWritten.add(task.taskMetrics().outputMetrics().recordsWritten());
    }
  }

  long rowsRead() {
    settle();
    return rowsRead.sum();
  }

  long rowsWritten() {
    settle();
    return rowsWritten.sum();
  }

  /** Events come by a queue; what was counted before this call must be seen after it. */
  private void settle() {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } catch (Exception e) {
      throw new IllegalStateException("Spark's listener queue did not empty.", e);
    }
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
  }
}
