package renown.testing;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StringType;
import renown.lake.ColumnRows;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/** Rows by column from rows as one writes them, and back; without Spark. */
public final class Columns {
  private Columns() {}

  /**
   * Rows with the columns of a table, in its order: numbers, texts, flags, dates, instants, null;
   * the last columns may be left out and are null then.
   */
  public static ColumnRows rows(TableSchema table, Object[]... rows) {
    ColumnRows columns = new ColumnRows(table);
    for (Object[] row : rows) {
      for (int i = 0; i < table.columns().size(); i++) {
        add(columns, table.columns().get(i), i < row.length ? row[i] : null);
      }
    }
    columns.size();
    return columns;
  }

  private static void add(ColumnRows rows, TableColumn column, Object value) {
    if (column.type() instanceof DoubleType) {
      if (value == null) {
        rows.doubles(column).addNull();
      } else {
        rows.doubles(column).add(((Number) value).doubleValue());
      }
    } else if (column.type() instanceof StringType) {
      rows.texts(column).add((String) value);
    } else if (column.type() instanceof ArrayType || column.type() instanceof BinaryType) {
      rows.lists(column).add(value);
    } else if (value == null) {
      rows.longs(column).addNull();
    } else {
      rows.longs(column).add(whole(value));
    }
  }

  private static long whole(Object value) {
    if (value instanceof Date date) {
      return date.toLocalDate().toEpochDay();
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    if (value instanceof Timestamp instant) {
      return instant.getTime() * 1000 + instant.getNanos() / 1000 % 1000;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return ((Number) value).longValue();
  }

  /** One row, as it was written: the values of some columns. */
  public static Object[] row(Object... values) {
    return values;
  }

  /**
   * One row of which only some values matter; the others are null where they may be, else plain.
   *
   * @param pairs columns, each followed by its value
   */
  public static Object[] rowOf(TableSchema table, Object... pairs) {
    Object[] row = new Object[table.columns().size()];
    for (int i = 0; i < row.length; i++) {
      TableColumn column = table.columns().get(i);
      row[i] = column.nullable() ? null : plain(column);
      for (int pair = 0; pair < pairs.length; pair += 2) {
        row[i] = pairs[pair] == column ? pairs[pair + 1] : row[i];
      }
    }
    return row;
  }

  private static Object plain(TableColumn column) {
    if (column.type() instanceof StringType) {
      return "x";
    }
    if (column.type() instanceof ArrayType) {
      return new String[0];
    }
    return column.type() instanceof DoubleType ? (Object) 0.5 : (Object) 1L;
  }

  /** The rows as lists of the values of some columns; dates, instants and flags as numbers. */
  public static List<List<Object>> values(ColumnRows rows, TableColumn... columns) {
    List<List<Object>> values = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<Object> row = new ArrayList<>();
      for (TableColumn column : columns) {
        if (column.type() instanceof DoubleType) {
          row.add(rows.doubles(column).isNull(i) ? null : (Object) rows.doubles(column).get(i));
        } else if (column.type() instanceof StringType) {
          row.add(rows.texts(column).get(i));
        } else {
          row.add(rows.longs(column).isNull(i) ? null : (Object) rows.longs(column).get(i));
        }
      }
      values.add(row);
    }
    return values;
  }
}
