package renown.night;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import renown.lake.CoreRows;
import renown.lake.Lake;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.Progress;
import renown.tables.TableSchema;

/** What a stage is given. */
public final class Night {
  private final LocalDate date;
  private final Optional<LocalDate> previous;
  private final String runId;
  private final Lake lake;
  private final Config config;
  private final Progress progress;

  /** What is kept until the stage has ended; several steps of a stage may run at once. */
  private final Deque<Kept> kept = new ArrayDeque<>();

  /** The night of which this is one stage's view; null for the night itself. */
  private final Night whole;

  private Night(Night whole, Lake lake) {
    this.date = whole.date;
    this.previous = whole.previous;
    this.runId = whole.runId;
    this.lake = lake;
    this.config = whole.config;
    this.progress = whole.progress;
    this.whole = whole;
  }

  Night(
      LocalDate date,
      Optional<LocalDate> previous,
      String runId,
      Lake lake,
      Config config,
      Progress progress) {
    this.date = date;
    this.previous = previous;
    this.runId = runId;
    this.lake = lake;
    this.config = config;
    this.progress = progress;
    this.whole = null;
  }

  /**
   * What one stage is given: the tables that it declares, and what it keeps is its own. Which
   * nights were published before is there for all.
   */
  Night of(Stage stage) {
    Set<TableSchema> tables = stage.read();
    tables.addAll(stage.outputs());
    tables.add(renown.tables.Publications.TABLE);
    return new Night(this, lake.only(tables));
  }

  /**
   * The same for a stage that changes its tables together: its changes are seen through {@link
   * #lake} alone until it commits them there.
   */
  public Night withWaiting(Collection<TableSchema> tables) {
    return new Night(this, lake.withWaiting(tables));
  }

  /** The night, a UTC day: what was loaded up to its end counts. */
  public LocalDate date() {
    return date;
  }

  /** The published night that this one follows, if there is one. */
  public Optional<LocalDate> previous() {
    return previous;
  }

  /** Night, revision and fingerprint of what goes in. */
  public String runId() {
    return runId;
  }

  /** The tables, as the stages before left them. */
  public Lake lake() {
    return lake;
  }

  public Config config() {
    return config;
  }

  public Progress progress() {
    return progress;
  }

  /** The value of a key that the stage declared. */
  public <T> T value(ConfigKey<T> key) {
    return config.value(key);
  }

  public SparkSession spark() {
    return lake.spark();
  }

  /** The night as a literal. */
  public Column literal() {
    return functions.lit(java.sql.Date.valueOf(date));
  }

  /** What was read of the dumps, this night's included. */
  public CoreRows core() {
    return lake.core();
  }

  /** What was read of the dumps on this night. */
  public CoreRows tonight() {
    return core().on(date);
  }

  /** The rows of this night in a table that has a column {@code night}. */
  public Dataset<Row> rows(TableSchema table) {
    return lake.read(table).where(functions.col("night").equalTo(literal()));
  }

  /**
   * The same rows, computed once however often they are used, and let go when the stage has ended.
   */
  public Dataset<Row> kept(Dataset<Row> rows) {
    Kept held = Kept.of(rows);
    synchronized (kept) {
      kept.push(held);
    }
    return held.rows();
  }

  /** Lets go what a stage kept: first what was made of the rest. */
  void endStage() {
    synchronized (kept) {
      while (!kept.isEmpty()) {
        kept.pop().letGo();
      }
    }
  }

  /** Lets go what was kept for all stages. */
  synchronized void end() {
    endStage();
    spark().catalog().clearCache();
  }
}
