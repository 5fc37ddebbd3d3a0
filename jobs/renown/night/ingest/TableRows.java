package renown.night.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StringType;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.TableFileWriter;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/** Collects the rows of a shard by table, and writes them sorted by day. */
final class TableRows implements ShardRows {
  private final Map<TableSchema, List<Object[]>> rows = new HashMap<>();

  @Override
  public void add(TableSchema table, Object... values) {
    rows.computeIfAbsent(table, any -> new ArrayList<>()).add(values);
  }

  /** The rows of a table, in the order in which they were added. */
  List<Object[]> of(TableSchema table) {
    return rows.getOrDefault(table, List.of());
  }

  /** All rows of a table, by column. */
  ColumnRows columns(TableSchema table) {
    return columns(table, of(table));
  }

  /** Rows by column. */
  static ColumnRows columns(TableSchema table, List<Object[]> rows) {
    ColumnRows columns = new ColumnRows(table);
    for (int c = 0; c < table.columns().size(); c++) {
      TableColumn column = table.columns().get(c);
      if (column.type() instanceof StringType) {
        ColumnRows.Texts texts = columns.texts(column);
        for (Object[] row : rows) {
          texts.add((String) row[c]);
        }
      } else if (column.type() instanceof ArrayType) {
        ColumnRows.Lists lists = columns.lists(column);
        for (Object[] row : rows) {
          lists.add(row[c]);
        }
      } else {
        ColumnRows.Longs longs = columns.longs(column);
        for (Object[] row : rows) {
          if (row[c] == null) {
            longs.addNull();
          } else if (row[c] instanceof Boolean flag) {
            longs.add(flag);
          } else {
            longs.add(((Number) row[c]).longValue());
          }
        }
      }
    }
    return columns;
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
    if (column.type() instanceof ArrayType) {
      return columns.lists(column).texts(row);
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
   * Writes the rows of a table, those of a day together, so that a later night that needs few days
   * reads few files.
   *
   * @param dayColumn by which they are sorted
   * @param mostRowsPerFile at most so many in a file
   */
  List<DataFile> write(
      TableSchema table, TableColumn dayColumn, TableFileWriter writer, int mostRowsPerFile)
      throws IOException {
    int day = table.columns().indexOf(dayColumn);
    List<Object[]> sorted = new ArrayList<>(of(table));
    sorted.sort(
        Comparator.comparingLong(
            row -> row[day] == null ? Long.MIN_VALUE : ((Number) row[day]).longValue()));
    return writer.write(columns(table, sorted), mostRowsPerFile);
  }
}
