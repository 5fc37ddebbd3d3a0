package renown.lake;

import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import renown.run.RenownException;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.Tables;

/**
 * What a table of a lake looks like, beside what its class says. A class may have gained a column
 * that can be null: rows written before have null there, and the table gets the column before it is
 * written next. Whatever else differs cannot be read as what it says now.
 */
final class TableShape {
  /** Property of a table: {@link Tables#FORMAT} when it was created. */
  static final String FORMAT = "renown.format";

  private TableShape() {}

  /**
   * The columns that a table is still to be given.
   *
   * @param schema as the table's log has it
   * @param properties of the table
   * @throws RenownException where another version of Renown wrote it, and meant something else
   */
  static List<TableColumn> lacking(
      String root,
      TableSchema table,
      io.delta.kernel.types.StructType schema,
      Map<String, String> properties) {
    String format = properties.getOrDefault(FORMAT, "1");
    if (!format.equals(Integer.toString(Tables.FORMAT))) {
      throw other(root, table, "is of format " + format + ", not " + Tables.FORMAT);
    }
    Map<String, StructField> found =
        java.util.Arrays.stream(
                ((StructType) StructType.fromJson(DataTypeJsonSerDe.serializeStructType(schema)))
                    .fields())
            .collect(Collectors.toMap(StructField::name, field -> field));
    List<TableColumn> lacking = new ArrayList<>();
    for (TableColumn column : table.columns()) {
      StructField field = found.remove(column.name());
      if (field == null && column.nullable()) {
        lacking.add(column);
      } else if (field == null) {
        throw other(root, table, "has no column " + column.name());
      } else if (!field.dataType().sameType(column.type())) {
        throw other(
            root,
            table,
            "has %s in its column %s instead of %s"
                .formatted(field.dataType().sql(), column.name(), column.type().sql()));
      } else if (field.nullable() && !column.nullable()) {
        throw other(root, table, "may have null in its column " + column.name());
      }
    }
    for (StructField field : found.values()) {
      if (!field.nullable()) {
        throw other(root, table, "has a column " + field.name() + " that is no longer written");
      }
    }
    return lacking;
  }

  private static RenownException other(String root, TableSchema table, String what) {
    return RenownException.configuration(
        "The lake at %s was written by another version of Renown (table %s %s). Build it again: set"
            + " lake.root to a new folder and run nightly from the first dumps on, or use the"
            + " version that wrote it.",
        root, table.path(), what);
  }
}
