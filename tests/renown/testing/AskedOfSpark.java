package renown.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.apache.spark.storage.BroadcastBlockId;
import scala.jdk.javaapi.CollectionConverters;

/** What is asked of Spark while it listens: queries, jobs, and what has to be sent about. */
public final class AskedOfSpark extends SparkListener implements QueryExecutionListener {
  private final SparkSession spark;
  private int queries;
  private int jobs;
  private long largestResult;
  private long rowsRead;
  private final Map<Long, Long> broadcasts = new HashMap<>();
  private final SortedSet<String> windows = new ConcurrentSkipListSet<>();

  private AskedOfSpark(SparkSession spark) {
    this.spark = spark;
  }

  /** Begins to listen. */
  public static AskedOfSpark of(SparkSession spark) {
    AskedOfSpark asked = new AskedOfSpark(spark);
    spark.sparkContext().addSparkListener(asked);
    spark.listenerManager().register(asked);
    return asked;
  }

  /** Waits for what was asked so far, and listens no more. */
  public AskedOfSpark end() throws Exception {
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.sparkContext().removeSparkListener(this);
    spark.listenerManager().unregister(this);
    return this;
  }

  /** SQL executions. */
  public int queries() {
    return queries;
  }

  /** Spark jobs. */
  public int jobs() {
    return jobs;
  }

  /**
   * Bytes of the largest thing that was sent to the executors: a task's code with what it holds, or
   * a broadcast.
   */
  public long largestBroadcast() {
    return broadcasts.values().stream().mapToLong(bytes -> bytes).max().orElse(0);
  }

  /** Bytes of the largest thing that a task sent back. */
  public long largestResult() {
    return largestResult;
  }

  /** Rows that tasks read of tables; those that are told by their key alone do not count. */
  public long rowsRead() {
    return rowsRead;
  }

  /** The columns by which rows were put into windows; of each window, separated by commas. */
  public SortedSet<String> windows() {
    return new TreeSet<>(windows);
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    jobs++;
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    queries += event instanceof SparkListenerSQLExecutionStart ? 1 : 0;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskMetrics() != null) {
      largestResult = Math.max(largestResult, end.taskMetrics().resultSize());
      rowsRead += end.taskMetrics().inputMetrics().recordsRead();
    }
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated updated) {
    var info = updated.blockUpdatedInfo();
    if (info.blockId() instanceof BroadcastBlockId broadcast
        && broadcast.field().startsWith("piece")
        && info.blockManagerId().isDriver()) {
      broadcasts.merge(broadcast.broadcastId(), info.memSize(), Long::sum);
    }
  }

  @Override
  public void onSuccess(String function, QueryExecution query, long nanoseconds) {
    addWindows(query.optimizedPlan());
  }

  @Override
  public void onFailure(String function, QueryExecution query, Exception failure) {}

  private void addWindows(LogicalPlan plan) {
    if (plan instanceof Window window) {
      windows.add(
          CollectionConverters.asJava(window.partitionSpec()).stream()
              .map(AskedOfSpark::name)
              .sorted()
              .collect(Collectors.joining(",")));
    }
    CollectionConverters.asJava(plan.children()).forEach(this::addWindows);
  }

  private static String name(Expression part) {
    return part instanceof AttributeReference column ? column.name() : part.toString();
  }
}
