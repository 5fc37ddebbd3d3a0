package renown.night.publish.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.tables.TableSchema;

/** Checks across rows. Each returns the violations, with a sample. */
public final class Checks {
  private static final int SAMPLE = 3;

  private Checks() {}

  /** No two rows have the same key. */
  public static Optional<String> keyIsUnique(TableSchema table, Dataset<Row> rows) {
    Column[] key = table.key().stream().map(renown.tables.TableColumn::col).toArray(Column[]::new);
    Dataset<Row> repeated =
        rows.groupBy(key).agg(count(lit(1)).as("row_count")).where(col("row_count").gt(1));
    return none(table.name() + ": keys that occur more than once", repeated.drop("row_count"));
  }

  /**
   * There are no such rows.
   *
   * @param what what the rows are, for the message
   */
  public static Optional<String> none(String what, Dataset<Row> rows) {
    List<Row> sample = rows.limit(SAMPLE).collectAsList();
    if (sample.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "%s: %d, such as %s",
            what,
            rows.count(),
            sample.stream().map(row -> row.mkString(" ")).collect(Collectors.joining("; "))));
  }
}
