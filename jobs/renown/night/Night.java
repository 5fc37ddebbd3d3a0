package renown.night;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import renown.io.Lake;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.Progress;
import renown.tables.TableSchema;

/**
 * What a stage is given.
 *
 * @param date the night, a UTC day: what was loaded up to its end counts
 * @param previous the published night that this one follows, if there is one
 * @param runId night, revision and fingerprint of what goes in
 * @param lake the tables, as the stages before left them
 */
public record Night(
    LocalDate date,
    Optional<LocalDate> previous,
    String runId,
    Lake lake,
    Config config,
    Progress progress) {

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

  /** The rows of this night in a table that has a column {@code night}. */
  public Dataset<Row> rows(TableSchema table) {
    return lake.read(table).where(functions.col("night").equalTo(literal()));
  }

  /**
   * The same rows, computed once however often they are used, and let go when the stage has ended.
   */
  public static Dataset<Row> kept(Dataset<Row> rows) {
    return rows.persist(StorageLevel.MEMORY_AND_DISK());
  }
}
