package renown.checks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.tables.TableSchema;

/** Checks of rows that no single row can tell. Each gives back what is wrong, with a sample. */
public final class Checks {
  private static final int SAMPLE = 3;

  private Checks() {}

  /** No two rows have the same key. */
  public static Optional<String> keyIsUnique(TableSchema table, Dataset<Row> rows) {
    Column[] key = table.key().stream().map(renown.tables.Column::col).toArray(Column[]::new);
    Dataset<Row> repeated =
        rows.groupBy(key).agg(count(lit(1)).as("row_count")).where(col("row_count").gt(1));
    return none(table.name() + ": keys that occur more than once", repeated.drop("row_count"));
  }

  /**
   * Tables in which a key may occur more than once, found in one pass over all of them: by a hash
   * of 64 bits, so {@link #keyIsUnique} has to look again at those that are named.
   *
   * @param rows what is looked at of each table
   */
  public static List<TableSchema> withRepeatedKeys(Map<TableSchema, Dataset<Row>> rows) {
    List<TableSchema> tables = List.copyOf(rows.keySet());
    Dataset<Row> hashes = null;
    for (int number = 0; number < tables.size(); number++) {
      Column[] key =
          tables.get(number).key().stream().map(renown.tables.Column::col).toArray(Column[]::new);
      Dataset<Row> ofTable =
          rows.get(tables.get(number))
              .select(lit(number).as("table_number"), xxhash64(key).as("key_hash"));
      hashes = hashes == null ? ofTable : hashes.union(ofTable);
    }
    return hashes
        .groupBy("table_number", "key_hash")
        .agg(count(lit(1)).as("row_count"))
        .where(col("row_count").gt(1))
        .select("table_number")
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> tables.get(row.getInt(0)))
        .toList();
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
