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

/** What is said of violations: how many there are, and a few of them. */
final class Checks {
  private static final int SAMPLE = 3;

  private Checks() {}

  /** No two rows have the same key. */
  static Optional<String> keyIsUnique(TableSchema table, Dataset<Row> rows) {
    Column[] key = table.key().stream().map(renown.tables.TableColumn::col).toArray(Column[]::new);
    List<String> repeated =
        rows
            .groupBy(key)
            .agg(count(lit(1)).as("row_count"))
            .where(col("row_count").gt(1))
            .drop("row_count")
            .collectAsList()
            .stream()
            .map(row -> row.mkString(" "))
            .sorted()
            .toList();
    return none(table.name() + ": keys that occur more than once", repeated);
  }

  /**
   * There are no such things.
   *
   * @param what what they are, for the message
   */
  static Optional<String> none(String what, List<?> found) {
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%s: %d, such as %s",
                what,
                found.size(),
                found.stream()
                    .limit(SAMPLE)
                    .map(Object::toString)
                    .collect(Collectors.joining("; "))));
  }
}
