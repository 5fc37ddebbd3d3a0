package renown.tables;

import java.io.Serializable;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * One column of a table: the only place where its name is written.
 *
 * @param name snake_case, with the suffix that tells what it is ({@code _at} UTC, {@code _share}
 *     0..1)
 * @param type the Spark type
 * @param nullable whether null is allowed
 * @param comment meaning, unit, range, and what null means
 * @param rule an SQL condition that every row meets, or null; null values pass
 * @param personal what it holds of a person
 */
public record TableColumn(
    String name,
    DataType type,
    boolean nullable,
    String comment,
    String rule,
    PersonalData personal)
    implements Serializable {

  /** A column that holds nothing by which anybody is known. */
  public TableColumn(String name, DataType type, boolean nullable, String comment, String rule) {
    this(name, type, nullable, comment, rule, PersonalData.NONE);
  }

  /** A text column. */
  public static TableColumn text(String name, String comment) {
    return new TableColumn(name, DataTypes.StringType, false, comment, null);
  }

  /** A 64-bit whole number. */
  public static TableColumn whole(String name, String comment) {
    return new TableColumn(name, DataTypes.LongType, false, comment, null);
  }

  /** A double-precision number. */
  public static TableColumn number(String name, String comment) {
    return new TableColumn(name, DataTypes.DoubleType, false, comment, null);
  }

  /** A truth value. */
  public static TableColumn flag(String name, String comment) {
    return new TableColumn(name, DataTypes.BooleanType, false, comment, null);
  }

  /** A UTC day. */
  public static TableColumn date(String name, String comment) {
    return new TableColumn(name, DataTypes.DateType, false, comment, null);
  }

  /** A UTC instant, microseconds. */
  public static TableColumn instant(String name, String comment) {
    return new TableColumn(name, DataTypes.TimestampType, false, comment, null);
  }

  /** A list of texts. */
  public static TableColumn texts(String name, String comment) {
    return new TableColumn(
        name, DataTypes.createArrayType(DataTypes.StringType, false), false, comment, null);
  }

  /** The same column, null allowed; the comment must say what null means. */
  public TableColumn orNull() {
    return new TableColumn(name, type, true, comment, rule, personal);
  }

  /** The same column with values in {@code [least, most]}. */
  public TableColumn between(double least, double most) {
    return withRule(name + " BETWEEN " + least + " AND " + most);
  }

  /** The same column with values of zero or more. */
  public TableColumn notNegative() {
    return withRule(name + " >= 0");
  }

  /** The same column with values out of a few words. */
  public TableColumn oneOf(String... words) {
    return withRule(name + " IN ('" + String.join("', '", words) + "')");
  }

  /** The same column under an SQL condition. */
  public TableColumn withRule(String condition) {
    return new TableColumn(name, type, nullable, comment, condition, personal);
  }

  /** The same column, holding something of a person. */
  public TableColumn holding(PersonalData sort) {
    return new TableColumn(name, type, nullable, comment, rule, sort);
  }

  /** The column in an expression. */
  public org.apache.spark.sql.Column col() {
    return org.apache.spark.sql.functions.col(name);
  }

  /** The column of one side of a join. */
  public org.apache.spark.sql.Column of(org.apache.spark.sql.Dataset<?> side) {
    return side.col(name);
  }

  /** Its field in a schema, comment included. */
  StructField field() {
    return new StructField(name, type, nullable, Metadata.empty()).withComment(comment);
  }
}
