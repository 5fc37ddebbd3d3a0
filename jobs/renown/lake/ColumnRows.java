package renown.lake;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StringType;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/**
 * Rows of a table, column by column, in primitive arrays: what kernels read and write. A row is
 * added by adding one value, or null, to each column.
 *
 * <p>Not safe for several threads that add.
 */
public final class ColumnRows {
  private final Map<String, Values> columns = new LinkedHashMap<>();

  /** No rows yet, with all columns of a table. */
  public ColumnRows(TableSchema table) {
    this(table.columns());
  }

  /** No rows yet, with some columns of a table. */
  public ColumnRows(List<TableColumn> columns) {
    columns.forEach(column -> this.columns.put(column.name(), values(column.type())));
  }

  private static Values values(DataType type) {
    if (type instanceof DoubleType) {
      return new Doubles();
    }
    if (type instanceof StringType) {
      return new Texts();
    }
    if (type instanceof ArrayType || type instanceof BinaryType) {
      return new Lists();
    }
    return new Longs();
  }

  /**
   * Rows in all.
   *
   * @throws IllegalStateException where the columns differ in length
   */
  public int size() {
    int size = -1;
    for (Map.Entry<String, Values> column : columns.entrySet()) {
      if (size >= 0 && column.getValue().size != size) {
        throw new IllegalStateException(
            "Column "
                + column.getKey()
                + " has "
                + column.getValue().size
                + " values, the one before it "
                + size
                + ".");
      }
      size = column.getValue().size;
    }
    return Math.max(0, size);
  }

  /** The rows that have a value in one of the columns. */
  public ColumnRows having(TableColumn column) {
    Values wanted = values(column);
    if (wanted.nulls == null) {
      return this;
    }
    ColumnRows kept = new ColumnRows(List.of());
    columns.forEach((name, values) -> kept.columns.put(name, values.none()));
    for (int row = 0; row < wanted.size; row++) {
      if (!wanted.isNull(row)) {
        kept.addRow(this, row);
      }
    }
    return kept;
  }

  /**
   * Adds a row of others.
   *
   * @param rows with at least the columns here
   */
  public void addRow(ColumnRows rows, int row) {
    columns.forEach((name, values) -> values.addFrom(rows.values(name), row));
  }

  /**
   * Adds some values of another's row, each to the column of its name; the row is whole once all
   * other columns have theirs.
   */
  public void addValues(ColumnRows others, int row, List<TableColumn> some) {
    for (TableColumn column : some) {
      values(column.name()).addFrom(others.values(column.name()), row);
    }
  }

  /** Adds null to a column that may have it, and else what stands for nothing, such as 0. */
  public void addNone(TableColumn column) {
    if (column.nullable()) {
      values(column).addNull();
    } else {
      values(column).addDefault();
    }
  }

  /** Whether others are the same row by row, as far as some columns tell. */
  public boolean hasSame(ColumnRows others, List<TableColumn> some) {
    if (size() != others.size()) {
      return false;
    }
    for (TableColumn column : some) {
      for (int row = 0; row < size(); row++) {
        if (!Objects.deepEquals(values(column).boxed(row), others.values(column).boxed(row))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Adds all rows of others.
   *
   * @param rows with at least the columns here
   */
  public void addAll(ColumnRows rows) {
    for (int row = 0; row < rows.size(); row++) {
      addRow(rows, row);
    }
  }

  /** A column of whole numbers, instants (microseconds), dates (days) or flags (0 or 1). */
  public Longs longs(TableColumn column) {
    return (Longs) values(column);
  }

  /** A column of doubles. */
  public Doubles doubles(TableColumn column) {
    return (Doubles) values(column);
  }

  /** A column of texts. */
  public Texts texts(TableColumn column) {
    return (Texts) values(column);
  }

  /** A column of bytes, or of lists of texts, whole numbers or doubles. */
  public Lists lists(TableColumn column) {
    return (Lists) values(column);
  }

  private Values values(TableColumn column) {
    return values(column.name());
  }

  Values values(String name) {
    Values values = columns.get(name);
    if (values == null) {
      throw new IllegalArgumentException("Column " + name + " was not asked for.");
    }
    return values;
  }

  /** The values of one column, in the order of the rows. */
  public abstract static class Values {
    private BitSet nulls;
    int size;

    private Values() {}

    /** How many there are. */
    public int size() {
      return size;
    }

    /** Whether the value of a row is null. */
    public boolean isNull(int row) {
      return nulls != null && nulls.get(row);
    }

    /** Adds a null. */
    public final void addNull() {
      if (nulls == null) {
        nulls = new BitSet();
      }
      nulls.set(size);
      addDefault();
    }

    abstract void addDefault();

    /** A column of the kind without values. */
    abstract Values none();

    /** Adds a value of another column of the kind. */
    final void addFrom(Values others, int row) {
      if (others.isNull(row)) {
        addNull();
      } else {
        addThere(others, row);
      }
    }

    abstract void addThere(Values others, int row);

    /** The value as Spark boxes it, dates and instants apart; null for null. */
    abstract Object boxed(int row);

    final int grown() {
      return Math.max(16, size + (size >> 1));
    }
  }

  /** Whole numbers; 0 stands where a value is null. */
  public static final class Longs extends Values {
    private long[] values = new long[0];

    public void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown());
      }
      values[size++] = value;
    }

    public void add(boolean value) {
      add(value ? 1 : 0);
    }

    /** Adds many at once. */
    public void addAll(long[] more) {
      if (size + more.length > values.length) {
        values = Arrays.copyOf(values, Math.max(grown(), size + more.length));
      }
      System.arraycopy(more, 0, values, size, more.length);
      size += more.length;
    }

    public long get(int row) {
      return values[row];
    }

    /** All values, in an array of their number. */
    public long[] toArray() {
      values = values.length == size ? values : Arrays.copyOf(values, size);
      return values;
    }

    /** A copy of all values. */
    long[] copy() {
      return Arrays.copyOf(values, size);
    }

    /** No values. */
    void clear() {
      size = 0;
    }

    @Override
    void addThere(Values others, int row) {
      add(((Longs) others).values[row]);
    }

    @Override
    Values none() {
      return new Longs();
    }

    @Override
    void addDefault() {
      add(0);
    }

    @Override
    Object boxed(int row) {
      return isNull(row) ? null : (Object) values[row];
    }
  }

  /** Doubles; 0 stands where a value is null. */
  public static final class Doubles extends Values {
    private double[] values = new double[0];

    public void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown());
      }
      values[size++] = value;
    }

    /** Adds many at once. */
    public void addAll(double[] more) {
      if (size + more.length > values.length) {
        values = Arrays.copyOf(values, Math.max(grown(), size + more.length));
      }
      System.arraycopy(more, 0, values, size, more.length);
      size += more.length;
    }

    public double get(int row) {
      return values[row];
    }

    /** All values, in an array of their number. */
    public double[] toArray() {
      values = values.length == size ? values : Arrays.copyOf(values, size);
      return values;
    }

    /** A copy of all values. */
    double[] copy() {
      return Arrays.copyOf(values, size);
    }

    /** No values. */
    void clear() {
      size = 0;
    }

    @Override
    void addThere(Values others, int row) {
      add(((Doubles) others).values[row]);
    }

    @Override
    Values none() {
      return new Doubles();
    }

    @Override
    void addDefault() {
      add(0);
    }

    @Override
    Object boxed(int row) {
      return isNull(row) ? null : (Object) values[row];
    }
  }

  /** Texts. */
  public static final class Texts extends Values {
    private String[] values = new String[0];

    /** Adds a text, or null. */
    public void add(String value) {
      if (value == null) {
        addNull();
      } else {
        put(value);
      }
    }

    private void put(String value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown());
      }
      values[size++] = value;
    }

    /** The text; null for null. */
    public String get(int row) {
      return values[row];
    }

    /** All values, in an array of their number. */
    public String[] toArray() {
      values = values.length == size ? values : Arrays.copyOf(values, size);
      return values;
    }

    @Override
    void addThere(Values others, int row) {
      put(((Texts) others).values[row]);
    }

    @Override
    Values none() {
      return new Texts();
    }

    @Override
    void addDefault() {
      put(null);
    }

    @Override
    Object boxed(int row) {
      return values[row];
    }
  }

  /** Arrays: bytes, texts, whole numbers or doubles. */
  public static final class Lists extends Values {
    private Object[] values = new Object[0];

    /** Adds a {@code byte[]}, {@code String[]}, {@code long[]} or {@code double[]}, or null. */
    public void add(Object value) {
      if (value == null) {
        addNull();
      } else {
        put(value);
      }
    }

    private void put(Object value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, grown());
      }
      values[size++] = value;
    }

    /** The bytes of a row; null for null. */
    public byte[] bytes(int row) {
      return (byte[]) values[row];
    }

    /** The texts of a row; null for null. */
    public String[] texts(int row) {
      return (String[]) values[row];
    }

    /** The whole numbers of a row; null for null. */
    public long[] longs(int row) {
      return (long[]) values[row];
    }

    /** The doubles of a row; null for null. */
    public double[] doubles(int row) {
      return (double[]) values[row];
    }

    @Override
    void addThere(Values others, int row) {
      put(((Lists) others).values[row]);
    }

    @Override
    Values none() {
      return new Lists();
    }

    @Override
    void addDefault() {
      put(null);
    }

    @Override
    Object boxed(int row) {
      return values[row];
    }
  }
}
