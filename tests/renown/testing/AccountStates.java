package renown.testing;

import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import renown.tables.AccountState;
import renown.tables.TableColumn;

/** Rows of {@code account_state} of which a test tells a part. */
public final class AccountStates {
  private AccountStates() {}

  /** The schema of a part, such as {@link AccountState#SCORES}. */
  public static StructType schema(List<TableColumn> part) {
    StructType all = AccountState.TABLE.structType();
    return new StructType(
        part.stream().map(column -> all.apply(column.name())).toArray(StructField[]::new));
  }

  /** The same rows with all columns: what is not told is null, and 0 where it may not be. */
  public static Dataset<Row> whole(Dataset<Row> part) {
    Dataset<Row> rows = part;
    List<String> told = List.of(part.columns());
    for (TableColumn column : AccountState.TABLE.columns()) {
      if (!told.contains(column.name())) {
        rows =
            rows.withColumn(column.name(), lit(column.nullable() ? null : 0).cast(column.type()));
      }
    }
    return rows;
  }
}
