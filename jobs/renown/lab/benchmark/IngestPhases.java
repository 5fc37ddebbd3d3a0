package renown.lab.benchmark;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.storage.RDDInfo;
import renown.lake.TableCommitted;
import renown.night.ingest.IngestStage;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What computing ingest's phases took, in CPU seconds of all threads: {@code parse} lines to
 * blocks; {@code keys} of accounts; {@code route} blocks to shards; {@code write}: what is new, and
 * Parquet files; {@code commit} of tables; and {@code rest}: the driver, garbage and compilers.
 * Where one shard holds all only accounts are routed.
 */
final class IngestPhases extends SparkListener {
  static final List<String> NAMES = List.of("parse", "keys", "route", "write", "commit", "rest");

  private final SparkContext spark;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final double start = processSeconds();

  private IngestPhases(SparkContext spark) {
    this.spark = spark;
    NAMES.forEach(name -> seconds.put(name, 0.0));
  }

  /** Listens from now on. */
  static IngestPhases of(SparkContext spark) {
    IngestPhases phases = new IngestPhases(spark);
    spark.addSparkListener(phases);
    return phases;
  }

  /** CPU seconds of this process so far. */
  static double processSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted completed) {
    StageInfo stage = completed.stageInfo();
    add(phase(stage), stage.taskMetrics().executorCpuTime());
    CollectionConverters.asJava(stage.accumulables()).values().stream()
        .filter(one -> one.name().contains(IngestStage.CPU_OF_READERS))
        .forEach(one -> add("parse", ((Number) one.value().get()).longValue()));
  }

  private static String phase(StageInfo stage) {
    List<String> names =
        CollectionConverters.asJava(stage.rddInfos()).stream().map(RDDInfo::name).toList();
    boolean isSent = stage.shuffleDepId().isDefined();
    if (names.contains("route")) {
      return isSent ? "route" : "write";
    }
    return names.contains("keys") ? "keys" : names.contains("parse") && !isSent ? "parse" : "write";
  }

  @Override
  public synchronized void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof TableCommitted committed) {
      add("commit", committed.cpuNanos());
    }
  }

  private void add(String phase, long nanos) {
    seconds.merge(phase, nanos / 1e9, Double::sum);
  }

  /** Ends listening: CPU seconds by phase, in the order of {@link #NAMES}. */
  double[] end() throws Exception {
    double all = processSeconds() - start;
    spark.listenerBus().waitUntilEmpty();
    spark.removeSparkListener(this);
    synchronized (this) {
      double known = seconds.values().stream().mapToDouble(one -> one).sum();
      seconds.put("rest", Math.max(0, all - known));
      return NAMES.stream().mapToDouble(seconds::get).toArray();
    }
  }

  /** The median of each phase over rounds. */
  static Map<String, Double> medians(List<double[]> rounds) {
    return java.util.stream.IntStream.range(0, NAMES.size())
        .boxed()
        .collect(
            Collectors.toMap(
                NAMES::get,
                phase ->
                    Measurements.median(
                        rounds.stream().mapToDouble(round -> round[phase]).toArray()),
                (one, other) -> one,
                LinkedHashMap::new));
  }
}
