package renown.night;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * Counts, stage by stage, the rows that Spark reads from and writes to files, Delta's own log
 * included.
 */
final class StageMeter extends SparkListener implements AutoCloseable {
  /** Says, with a Spark job, which stage of the night it is part of. */
  private static final String STAGE = "renown.stage";

  private final SparkSession spark;
  private final Map<Integer, Rows> rowsBySparkStage = new ConcurrentHashMap<>();
  private final Map<String, Rows> rowsByStage = new ConcurrentHashMap<>();

  private record Rows(LongAdder read, LongAdder written) {
    Rows() {
      this(new LongAdder(), new LongAdder());
    }
  }

  StageMeter(SparkSession spark) {
    this.spark = spark;
    spark.sparkContext().addSparkListener(this);
  }

  /** What this thread and those that it starts do from now on belongs to a stage. */
  void begin(Stage stage) {
    spark.sparkContext().setLocalProperty(STAGE, stage.name());
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    String stage = job.properties() == null ? null : job.properties().getProperty(STAGE);
    if (stage != null) {
      Rows rows = rows(stage);
      job.stageIds().foreach(id -> rowsBySparkStage.putIfAbsent((Integer) id, rows));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    Rows rows = rowsBySparkStage.get(task.stageId());
    if (rows != null && task.taskMetrics() != null) {
      rows.read.add(task.taskMetrics().inputMetrics().recordsRead());
      rows.written.add(task.taskMetrics().outputMetrics().recordsWritten());
    }
  }

  private Rows rows(String stage) {
    return rowsByStage.computeIfAbsent(stage, name -> new Rows());
  }

  long rowsRead(Stage stage) {
    settle();
    return rows(stage.name()).read.sum();
  }

  long rowsWritten(Stage stage) {
    settle();
    return rows(stage.name()).written.sum();
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
