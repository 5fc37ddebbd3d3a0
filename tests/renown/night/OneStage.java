package renown.night;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import org.apache.spark.storage.BroadcastBlockId;
import renown.lake.Lake;
import renown.run.Config;
import renown.run.Progress;

/** Runs one stage alone on a lake that holds its inputs, and counts what Spark was asked for. */
public final class OneStage {
  /**
   * What a stage asked of Spark.
   *
   * @param queries SQL executions
   * @param jobs Spark jobs
   * @param largestBroadcast bytes of the largest thing that was sent to the executors: a task's
   *     code with what it holds, or a broadcast
   */
  public record Asked(int queries, int jobs, long largestBroadcast) {}

  private OneStage() {}

  /** Runs a stage as of a night. */
  public static Asked run(
      Stage stage, Lake lake, LocalDate night, LocalDate previous, Map<String, String> settings)
      throws Exception {
    Config config = Config.load(stage.keys(), stage.keys(), Optional.empty(), settings);
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Night view =
        new Night(
                night,
                Optional.ofNullable(previous),
                "test",
                lake,
                config,
                new Progress(nowhere, Clock.systemUTC()))
            .of(stage);
    SparkSession spark = lake.spark();
    Counting counting = new Counting();
    spark.sparkContext().addSparkListener(counting);
    try {
      stage.run(view);
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(counting);
      view.end();
    }
    return new Asked(
        counting.queries,
        counting.jobs,
        counting.broadcasts.values().stream().mapToLong(bytes -> bytes).max().orElse(0));
  }

  private static final class Counting extends SparkListener {
    private int queries;
    private int jobs;
    private final Map<Long, Long> broadcasts = new HashMap<>();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      jobs++;
    }

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
      queries += event instanceof SparkListenerSQLExecutionStart ? 1 : 0;
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
  }
}
