package renown.lake;

import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * A table got a new version. Who wants to know hears of it by Spark's listeners ({@code
 * onOtherEvent}).
 *
 * @param table its path under the lake's root
 * @param nanos that the commit took
 * @param cpuNanos that the thread computed meanwhile
 */
public record TableCommitted(String table, long nanos, long cpuNanos)
    implements SparkListenerEvent {
  /** Spark's log of events knows nothing of tables. */
  @Override
  public boolean logEvent() {
    return false;
  }
}
