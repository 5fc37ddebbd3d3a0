package renown.night;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import renown.lake.LakeCounts;

/**
 * Counts what Spark does for each stage of a night: queries, jobs, rows, bytes, Delta's own log
 * included. A job tag carries the name of the stage from the thread that asks to the listener.
 */
final class NightMeter extends SparkListener implements AutoCloseable {
  /** What belongs to no stage: the journal, the commits of marts, the publication. */
  static final String NO_STAGE = "night";

  private static final String TAG = "renown.stage.";

  private final SparkContext context;
  private final Map<Integer, Counts> countsBySparkStage = new ConcurrentHashMap<>();
  private final Map<String, Counts> countsByStage = new ConcurrentHashMap<>();

  private static final class Counts {
    final LongAdder rowsRead = new LongAdder();
    final LongAdder rowsWritten = new LongAdder();
    final LongAdder bytesRead = new LongAdder();
    final LongAdder bytesWritten = new LongAdder();
    final LongAdder bytesShuffled = new LongAdder();
    final LongAdder sqlExecutions = new LongAdder();
    final LongAdder jobs = new LongAdder();
    final LongAdder taskStages = new LongAdder();
  }

  NightMeter(SparkSession spark) {
    context = spark.sparkContext();
    begin(NO_STAGE);
    context.addSparkListener(this);
  }

  /** What this thread and those that it starts do from now on belongs to a stage. */
  void begin(String stage) {
    context.clearJobTags();
    context.addJobTag(TAG + stage);
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    String tags = job.properties() == null ? null : job.properties().getProperty("spark.job.tags");
    Counts counts = tags == null ? null : counts(tags.split(","));
    if (counts != null) {
      counts.jobs.increment();
      job.stageIds().foreach(id -> countsBySparkStage.putIfAbsent((Integer) id, counts));
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    Counts counts = countsBySparkStage.get(completed.stageInfo().stageId());
    if (counts != null) {
      counts.taskStages.increment();
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    Counts counts = countsBySparkStage.get(task.stageId());
    var metrics = task.taskMetrics();
    if (counts != null && metrics != null) {
      counts.rowsRead.add(metrics.inputMetrics().recordsRead());
      counts.rowsWritten.add(metrics.outputMetrics().recordsWritten());
      counts.bytesRead.add(metrics.inputMetrics().bytesRead());
      counts.bytesWritten.add(metrics.outputMetrics().bytesWritten());
      counts.bytesShuffled.add(metrics.shuffleWriteMetrics().bytesWritten());
    }
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof SparkListenerSQLExecutionStart start) {
      Counts counts =
          counts(
              scala.jdk.javaapi.CollectionConverters.asJava(start.jobTags())
                  .toArray(String[]::new));
      if (counts != null) {
        counts.sqlExecutions.increment();
      }
    }
  }

  /** The counts of the stage that a tag names; null where none does. */
  private Counts counts(String[] tags) {
    for (String tag : tags) {
      int at = tag.indexOf(TAG);
      if (at >= 0) {
        return counts(tag.substring(at + TAG.length()));
      }
    }
    return null;
  }

  private Counts counts(String stage) {
    return countsByStage.computeIfAbsent(stage, name -> new Counts());
  }

  /** Rows that tasks of a stage are known to have read by now; for eyes only. */
  long rowsByNow(String stage) {
    return counts(stage).rowsRead.sum();
  }

  /**
   * Rows that a stage has read so far.
   *
   * @param lake what it did with the lake
   */
  long rowsRead(String stage, LakeCounts lake) {
    settle();
    return counts(stage).rowsRead.sum() + lake.rowsRead();
  }

  /**
   * What a stage has cost so far.
   *
   * @param lake what it did with the lake
   */
  StageCost cost(String stage, double seconds, double cpuSeconds, LakeCounts lake) {
    settle();
    Counts counts = counts(stage);
    return new StageCost(
        stage,
        counts.rowsRead.sum() + lake.rowsRead(),
        counts.rowsWritten.sum() + lake.rowsWritten(),
        seconds,
        cpuSeconds,
        counts.bytesRead.sum() + lake.bytesRead(),
        counts.bytesWritten.sum() + lake.bytesWritten(),
        counts.bytesShuffled.sum(),
        counts.sqlExecutions.sum(),
        counts.jobs.sum(),
        counts.taskStages.sum(),
        lake.commits(),
        lake.snapshots());
  }

  /** CPU time of this process so far, all threads, in seconds. */
  static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /** Events come by a queue; what was counted before this call must be seen after it. */
  private void settle() {
    try {
      context.listenerBus().waitUntilEmpty();
    } catch (Exception e) {
      throw new IllegalStateException("Spark's listener queue did not empty.", e);
    }
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
    context.clearJobTags();
  }
}
