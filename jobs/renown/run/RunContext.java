package renown.run;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Everything a job gets from outside. Created by {@code Main} and passed on, never looked up. */
public final class RunContext {
  private final Config config;
  private final Optional<LocalDate> date;
  private final Clock clock;
  private final Progress progress;
  private final Supplier<SparkSession> sessions;

  /**
   * @param date {@code --date}, if it was given
   * @param clock the only source of "now"
   * @param sessions starts Spark, or gives the session that runs
   */
  public RunContext(
      Config config,
      Optional<LocalDate> date,
      Clock clock,
      Progress progress,
      Supplier<SparkSession> sessions) {
    this.config = config;
    this.date = date;
    this.clock = clock;
    this.progress = progress;
    this.sessions = sessions;
  }

  /** The value of a key that the job declared. */
  public <T> T value(ConfigKey<T> key) {
    return config.value(key);
  }

  public Config config() {
    return config;
  }

  /** The night given by {@code --date}, UTC. */
  public Optional<LocalDate> date() {
    return date;
  }

  /** Wall clock, UTC; for heartbeats and durations, never for values stored in a mart. */
  public Clock clock() {
    return clock;
  }

  public Progress progress() {
    return progress;
  }

  /** The Spark session. The first call starts Spark, so that jobs without data start fast. */
  public SparkSession spark() {
    return sessions.get();
  }
}
