package renown.tables;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The contract of a table: everything that creates, writes, checks or describes it derives from
 * this.
 *
 * @param floor folder under the lake's root: {@code core}, {@code graph}, {@code scores}, {@code
 *     topics}, {@code marts} or {@code runs}
 * @param name plural of what a row is; published tables begin with {@code mart_}
 * @param purpose one sentence
 * @param grain what one row is
 * @param writer the stage that writes it; no other does
 * @param columns in order
 * @param key the columns that identify a row
 * @param clusteredBy columns by which files are laid out, for data skipping; at most four
 * @param changesInPlace whether single rows are changed or deleted: files then keep a list of the
 *     rows that no longer count (a deletion vector) and need not be rewritten for a few
 * @param rules SQL conditions over several columns that every row meets
 * @param retention how long rows stay, in words
 */
public record TableSchema(
    String floor,
    String name,
    String purpose,
    String grain,
    String writer,
    List<TableColumn> columns,
    List<TableColumn> key,
    List<TableColumn> clusteredBy,
    boolean changesInPlace,
    List<String> rules,
    String retention) {

  /** Folder under the lake's root. */
  public String path() {
    return floor + "/" + name;
  }

  /** Whether people read it: nothing is promised to them of other tables. */
  public boolean isPublished() {
    return floor.equals("marts");
  }

  /** The Spark schema, with comments and nullability. */
  public StructType structType() {
    return new StructType(columns.stream().map(TableColumn::field).toArray(StructField[]::new));
  }

  /** The columns' names, in order. */
  public String[] names() {
    return columns.stream().map(TableColumn::name).toArray(String[]::new);
  }

  /** The columns as expressions, in order. */
  public org.apache.spark.sql.Column[] cols() {
    return columns.stream().map(TableColumn::col).toArray(org.apache.spark.sql.Column[]::new);
  }

  /**
   * The door of the table: the same rows with its columns in its order.
   *
   * @throws IllegalArgumentException if a column is missing, superfluous or of another type;
   *     nothing is dropped or filled in silently
   */
  public Dataset<Row> conform(Dataset<Row> rows) {
    List<String> expected =
        columns.stream().map(c -> c.name() + " " + c.type().sql()).sorted().toList();
    List<String> found =
        java.util.Arrays.stream(rows.schema().fields())
            .map(f -> f.name() + " " + f.dataType().sql())
            .sorted()
            .toList();
    if (!expected.equals(found)) {
      List<String> missing = expected.stream().filter(c -> !found.contains(c)).toList();
      List<String> superfluous = found.stream().filter(c -> !expected.contains(c)).toList();
      throw new IllegalArgumentException(
          "Rows do not fit table "
              + name
              + ": missing "
              + missing
              + ", superfluous "
              + superfluous
              + ".");
    }
    return rows.select(cols());
  }

  /** Starts a table on a floor. */
  public static Builder of(String floor, String name) {
    return new Builder(floor, name);
  }

  /** Collects the parts of a table; {@link #columns} ends it. */
  public static final class Builder {
    private final String floor;
    private final String name;
    private String purpose;
    private String grain;
    private String writer;
    private List<TableColumn> key = List.of();
    private List<TableColumn> clusteredBy = List.of();
    private boolean changesInPlace;
    private List<String> rules = List.of();
    private String retention = "kept";

    private Builder(String floor, String name) {
      this.floor = floor;
      this.name = name;
    }

    public Builder purpose(String text) {
      purpose = text;
      return this;
    }

    public Builder grain(String text) {
      grain = text;
      return this;
    }

    public Builder writer(String stage) {
      writer = stage;
      return this;
    }

    public Builder key(TableColumn... columns) {
      key = List.of(columns);
      return this;
    }

    public Builder clusteredBy(TableColumn... columns) {
      clusteredBy = List.of(columns);
      return this;
    }

    public Builder changesInPlace() {
      changesInPlace = true;
      return this;
    }

    public Builder rules(String... conditions) {
      rules = List.of(conditions);
      return this;
    }

    public Builder retention(String text) {
      retention = text;
      return this;
    }

    /** Ends the table with columns that several tables share. */
    public TableSchema columns(List<TableColumn> own, List<TableColumn> shared) {
      return columns(Stream.concat(own.stream(), shared.stream()).toArray(TableColumn[]::new));
    }

    public TableSchema columns(TableColumn... columns) {
      return new TableSchema(
          floor,
          name,
          purpose,
          grain,
          writer,
          List.of(columns),
          key,
          clusteredBy,
          changesInPlace,
          rules,
          retention);
    }
  }
}
