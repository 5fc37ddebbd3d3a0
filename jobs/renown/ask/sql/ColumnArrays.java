package renown.ask.sql;

import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import renown.run.RenownException;

/**
 * A query's answer column by column, each an array of a primitive type: for a language that reaches
 * Java through its native interface, where what costs is the number of calls.
 */
public final class ColumnArrays {
  /** What a column's array holds. */
  public enum Kind {
    /** {@code long[]}: a whole number of any width; 0 where null. */
    WHOLE,
    /** {@code double[]}; NaN where null. */
    NUMBER,
    /** {@code boolean[]}; false where null. */
    FLAG,
    /** {@code long[]}: days since 1970-01-01; 0 where null. */
    DATE,
    /** {@code long[]}: microseconds since 1970-01-01, UTC; 0 where null. */
    INSTANT,
    /** {@code byte[]}: UTF-8, row after row, each ending where {@link #ends} says. */
    TEXT,
    /** As TEXT: a decimal number in digits. */
    DECIMAL,
    /** As TEXT: an array, map or struct as JSON. */
    JSON,
    /** {@code byte[]}: bytes, row after row, each ending where {@link #ends} says. */
    BYTES
  }

  private record Values(String name, Kind kind, Object array, int[] ends, boolean[] nulls) {}

  private final List<Values> columns;
  private final int rowCount;

  private ColumnArrays(List<Values> columns, int rowCount) {
    this.columns = columns;
    this.rowCount = rowCount;
  }

  /**
   * Runs a query and keeps its whole answer.
   *
   * @throws RenownException where the texts of a column are more than an array can hold
   */
  public static ColumnArrays of(Dataset<Row> answer) {
    StructField[] fields = answer.schema().fields();
    // By place: an answer may have two columns of one name.
    Dataset<Row> numbered =
        answer.toDF(
            IntStream.range(0, fields.length).mapToObj(i -> "c" + i).toArray(String[]::new));
    Kind[] kinds = new Kind[fields.length];
    Column[] plain = new Column[fields.length];
    for (int i = 0; i < fields.length; i++) {
      kinds[i] = kind(fields[i].dataType());
      plain[i] = plain(numbered.col("c" + i), kinds[i]);
    }
    List<Row> rows = numbered.select(plain).collectAsList();
    List<Values> columns = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      columns.add(values(fields[i].name(), kinds[i], rows, i));
    }
    return new ColumnArrays(columns, rows.size());
  }

  private static Kind kind(DataType type) {
    if (type instanceof IntegralType) {
      return Kind.WHOLE;
    } else if (type instanceof DecimalType) {
      return Kind.DECIMAL;
    } else if (type instanceof FractionalType) {
      return Kind.NUMBER;
    } else if (type instanceof BooleanType) {
      return Kind.FLAG;
    } else if (type instanceof DateType) {
      return Kind.DATE;
    } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return Kind.INSTANT;
    } else if (type instanceof BinaryType) {
      return Kind.BYTES;
    } else if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
      return Kind.JSON;
    }
    return Kind.TEXT;
  }

  /** The same column as a type that a row gives without a calendar in between. */
  private static Column plain(Column column, Kind kind) {
    return switch (kind) {
      case WHOLE -> column.cast("bigint");
      case NUMBER -> column.cast("double");
      case DATE -> unix_date(column).cast("bigint");
      case INSTANT -> unix_micros(column.cast("timestamp"));
      case TEXT, DECIMAL -> column.cast("string");
      case JSON -> to_json(column);
      case FLAG, BYTES -> column;
    };
  }

  private static Values values(String name, Kind kind, List<Row> rows, int place) {
    int count = rows.size();
    boolean[] nulls = new boolean[count];
    int row = 0;
    for (Row values : rows) {
      nulls[row++] = values.isNullAt(place);
    }
    return switch (kind) {
      case WHOLE, DATE, INSTANT -> {
        long[] array = new long[count];
        int next = 0;
        for (Row values : rows) {
          array[next] = nulls[next] ? 0 : values.getLong(place);
          next++;
        }
        yield new Values(name, kind, array, null, nulls);
      }
      case NUMBER -> {
        double[] array = new double[count];
        int next = 0;
        for (Row values : rows) {
          array[next] = nulls[next] ? Double.NaN : values.getDouble(place);
          next++;
        }
        yield new Values(name, kind, array, null, nulls);
      }
      case FLAG -> {
        boolean[] array = new boolean[count];
        int next = 0;
        for (Row values : rows) {
          array[next] = !nulls[next] && values.getBoolean(place);
          next++;
        }
        yield new Values(name, kind, array, null, nulls);
      }
      case TEXT, DECIMAL, JSON, BYTES -> {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        int[] ends = new int[count];
        int next = 0;
        for (Row values : rows) {
          if (!nulls[next]) {
            byte[] bytes =
                kind == Kind.BYTES
                    ? values.getAs(place)
                    : values.getString(place).getBytes(StandardCharsets.UTF_8);
            if ((long) array.size() + bytes.length > Integer.MAX_VALUE - 8) {
              throw RenownException.configuration(
                  "The answer's column %s holds more than 2 GiB: ask for fewer rows or for less"
                      + " of each.",
                  name);
            }
            array.writeBytes(bytes);
          }
          ends[next++] = array.size();
        }
        yield new Values(name, kind, array.toByteArray(), ends, nulls);
      }
    };
  }

  /** Rows of the answer. */
  public int rowCount() {
    return rowCount;
  }

  /** Columns of the answer. */
  public int columnCount() {
    return columns.size();
  }

  /** A column's name; two may have the same. */
  public String name(int column) {
    return columns.get(column).name();
  }

  /** The name of a column's {@link Kind}. */
  public String kind(int column) {
    return columns.get(column).kind().name();
  }

  /** A column's array; see {@link Kind}. */
  public Object values(int column) {
    return columns.get(column).array();
  }

  /** Where the bytes of each row end, those of the first beginning at 0; null for other kinds. */
  public int[] ends(int column) {
    return columns.get(column).ends();
  }

  /** Which rows are null. */
  public boolean[] nulls(int column) {
    return columns.get(column).nulls();
  }
}
