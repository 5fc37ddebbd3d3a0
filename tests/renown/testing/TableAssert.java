package renown.testing;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import renown.tables.TableSchema;

/** What a dataset holds, whatever the order of its rows. */
public final class TableAssert extends AbstractAssert<TableAssert, Dataset<Row>> {
  private TableAssert(Dataset<Row> actual) {
    super(actual, TableAssert.class);
  }

  public static TableAssert assertThat(Dataset<Row> actual) {
    return new TableAssert(actual);
  }

  /** Its columns are the table's: the same names and types in the same order. */
  public TableAssert hasColumnsOf(TableSchema table) {
    return hasColumns(table.structType());
  }

  /** Its columns have these names and types, in this order. */
  public TableAssert hasColumns(String ddl) {
    return hasColumns(StructType.fromDDL(ddl));
  }

  private TableAssert hasColumns(StructType schema) {
    Assertions.assertThat(columns(actual.schema())).isEqualTo(columns(schema));
    return this;
  }

  private static List<String> columns(StructType schema) {
    return Arrays.stream(schema.fields()).map(f -> f.name() + " " + f.dataType().sql()).toList();
  }

  /**
   * Its rows are these, each as often as given. Values are compared as text, since a date has
   * several classes; floating-point texts tell all bits.
   */
  public TableAssert hasRows(Object[]... rows) {
    Assertions.assertThat(texts(actual))
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(rows).map(TableAssert::text).toList());
    return this;
  }

  /** Its rows are those of another dataset, each as often. */
  public TableAssert hasRowsOf(Dataset<Row> other) {
    Assertions.assertThat(texts(actual)).containsExactlyInAnyOrderElementsOf(texts(other));
    return this;
  }

  /** It has no rows. */
  public TableAssert isEmpty() {
    Assertions.assertThat(texts(actual)).isEmpty();
    return this;
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row -> {
              Object[] values = new Object[row.size()];
              Arrays.setAll(values, row::get);
              return text(values);
            })
        .toList();
  }

  private static String text(Object[] values) {
    return Arrays.stream(values).map(TableAssert::value).toList().toString();
  }

  private static String value(Object value) {
    if (value instanceof scala.collection.Iterable<?> several) {
      return several.mkString("[", ", ", "]");
    }
    return String.valueOf(value);
  }
}
