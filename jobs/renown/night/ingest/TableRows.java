package renown.night.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import renown.kernels.keys.RowOrder;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.TableFileWriter;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/**
 * Collects the rows of a shard by table, column by column, and writes them sorted: by day, so that
 * a later night that needs few days reads few files; then by account and time, so that ids lie
 * beside those that they share most of their letters with.
 */
final class TableRows implements ShardRows {
  private final Map<TableSchema, ColumnRows> rows = new HashMap<>();

  @Override
  public void add(TableSchema table, Object... values) {
    ColumnRows columns = columns(table);
    for (int c = 0; c < values.length; c++) {
      add(columns, table.columns().get(c), values[c]);
    }
  }

  private static void add(ColumnRows rows, TableColumn column, Object value) {
    if (column.type() instanceof StringType) {
      rows.texts(column).add((String) value);
    } else if (column.type() instanceof ArrayType) {
      rows.lists(column).add(value);
    } else if (value == null) {
      rows.longs(column).addNull();
    } else if (value instanceof Boolean flag) {
      rows.longs(column).add(flag);
    } else {
      rows.longs(column).add(((Number) value).longValue());
    }
  }

  /** How many rows a table has. */
  int size(TableSchema table) {
    return rows.containsKey(table) ? rows.get(table).size() : 0;
  }

  /** The rows of a table, in the order in which they were added; as they were given. */
  List<Object[]> of(TableSchema table) {
    List<Object[]> given = rows(table, columns(table));
    for (int c = 0; c < table.columns().size(); c++) {
      if (table.columns().get(c).type() instanceof DateType) {
        for (Object[] row : given) {
          row[c] = row[c] == null ? null : (Object) Math.toIntExact((Long) row[c]);
        }
      }
    }
    return given;
  }

  /** All rows of a table, by column; what is added there is added here. */
  ColumnRows columns(TableSchema table) {
    return rows.computeIfAbsent(table, ColumnRows::new);
  }

  /** Rows by column. */
  static ColumnRows columns(TableSchema table, List<Object[]> rows) {
    TableRows all = new TableRows();
    rows.forEach(row -> all.add(table, row));
    return all.columns(table);
  }

  /** Rows of a table that was read, each as values in the order of its columns. */
  static List<Object[]> rows(TableSchema table, ColumnRows columns) {
    List<Object[]> rows = new ArrayList<>();
    int width = table.columns().size();
    for (int i = 0; i < columns.size(); i++) {
      rows.add(new Object[width]);
    }
    for (int c = 0; c < width; c++) {
      TableColumn column = table.columns().get(c);
      for (int i = 0; i < rows.size(); i++) {
        rows.get(i)[c] = value(column, columns, i);
      }
    }
    return rows;
  }

  private static Object value(TableColumn column, ColumnRows columns, int row) {
    if (column.type() instanceof StringType) {
      return columns.texts(column).get(row);
    }
    if (column.type() instanceof ArrayType list) {
      ColumnRows.Lists lists = columns.lists(column);
      return list.elementType() instanceof StringType ? lists.texts(row) : lists.longs(row);
    }
    ColumnRows.Longs longs = columns.longs(column);
    if (longs.isNull(row)) {
      return null;
    }
    if (column.type() instanceof org.apache.spark.sql.types.BooleanType) {
      return longs.get(row) != 0;
    }
    return longs.get(row);
  }

  /**
   * Writes the rows of a table.
   *
   * @param mostRowsPerFile at most so many in a file
   * @param sortedBy whole numbers, dates or times; the first counts most
   */
  List<DataFile> write(
      TableSchema table, TableFileWriter writer, int mostRowsPerFile, TableColumn... sortedBy)
      throws IOException {
    ColumnRows columns = columns(table);
    RowOrder order = new RowOrder(columns.size());
    for (int i = sortedBy.length - 1; i >= 0; i--) {
      ColumnRows.Longs values = columns.longs(sortedBy[i]);
      long[] rising = new long[values.size()];
      for (int row = 0; row < rising.length; row++) {
        // Null comes first.
        rising[row] = values.isNull(row) ? 0 : values.get(row) ^ Long.MIN_VALUE;
      }
      order.by(rising);
    }
    return writer.write(columns, order.rows(), mostRowsPerFile);
  }
}
