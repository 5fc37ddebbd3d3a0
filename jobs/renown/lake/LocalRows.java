package renown.lake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import scala.jdk.javaapi.CollectionConverters;

/** Rows that are in the driver: from Spark's form to columns and back, without a query. */
final class LocalRows {
  private LocalRows() {}

  /**
   * The rows by column, where a dataset is made of rows in the driver by nothing but choosing and
   * computing columns.
   *
   * @param rows with the table's columns, in its order
   * @return empty where it takes a query to know the rows
   */
  static Optional<ColumnRows> of(TableSchema table, Dataset<Row> rows) {
    var dataset = (org.apache.spark.sql.classic.Dataset<Row>) rows;
    LogicalPlan here = here(dataset.queryExecution().analyzed());
    if (here == null
        || !table.columns().stream().map(TableColumn::type).allMatch(LocalRows::isKnown)) {
      return Optional.empty();
    }
    // Its optimizer computes columns of such rows at once.
    LogicalPlan computed =
        Dataset$.MODULE$.ofRows(dataset.sparkSession(), here).queryExecution().optimizedPlan();
    if (!(computed instanceof LocalRelation relation)) {
      return Optional.empty();
    }
    ColumnRows columns = new ColumnRows(table);
    for (InternalRow row : CollectionConverters.asJava(relation.data())) {
      for (int i = 0; i < table.columns().size(); i++) {
        add(columns, table.columns().get(i), row, i);
      }
    }
    return Optional.of(columns);
  }

  /** The plan without what only says how many files there are to be; null if it reads anything. */
  private static LogicalPlan here(LogicalPlan plan) {
    if (plan instanceof LocalRelation) {
      return plan;
    }
    if (plan instanceof Repartition repartition) {
      return here(repartition.child());
    }
    if (plan instanceof Project || plan instanceof SubqueryAlias) {
      LogicalPlan child = here(plan.children().head());
      return child == null
          ? null
          : plan.withNewChildren(CollectionConverters.asScala(List.of(child)).toIndexedSeq());
    }
    return null;
  }

  private static boolean isKnown(DataType type) {
    return type instanceof LongType
        || type instanceof DoubleType
        || type instanceof StringType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof BooleanType
        || type instanceof BinaryType
        || type instanceof ArrayType array
            && !array.containsNull()
            && (array.elementType() instanceof LongType
                || array.elementType() instanceof DoubleType
                || array.elementType() instanceof StringType);
  }

  private static void add(ColumnRows columns, TableColumn column, InternalRow row, int place) {
    DataType type = column.type();
    if (row.isNullAt(place)) {
      columns.values(column.name()).addNull();
    } else if (type instanceof DoubleType) {
      columns.doubles(column).add(row.getDouble(place));
    } else if (type instanceof StringType) {
      columns.texts(column).add(row.getUTF8String(place).toString());
    } else if (type instanceof BinaryType) {
      columns.lists(column).add(row.getBinary(place));
    } else if (type instanceof ArrayType array) {
      columns.lists(column).add(list(array.elementType(), row.getArray(place)));
    } else if (type instanceof BooleanType) {
      columns.longs(column).add(row.getBoolean(place));
    } else if (type instanceof DateType) {
      columns.longs(column).add(row.getInt(place));
    } else {
      columns.longs(column).add(row.getLong(place));
    }
  }

  private static Object list(DataType element, ArrayData values) {
    if (element instanceof LongType) {
      return values.toLongArray();
    }
    if (element instanceof DoubleType) {
      return values.toDoubleArray();
    }
    String[] texts = new String[values.numElements()];
    Arrays.setAll(texts, i -> values.getUTF8String(i).toString());
    return texts;
  }

  /** The rows as Spark gives them to its users. */
  static List<Row> rows(TableSchema table, ColumnRows columns) {
    return rows(table.structType(), table.columns(), columns);
  }

  /**
   * The same in a task.
   *
   * @param order the columns of the schema
   */
  static List<Row> rows(StructType schema, List<TableColumn> order, ColumnRows columns) {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < columns.size(); row++) {
      Object[] values = new Object[order.size()];
      for (int i = 0; i < values.length; i++) {
        TableColumn column = order.get(i);
        values[i] = value(column.type(), columns.values(column.name()).boxed(row));
      }
      rows.add(new GenericRowWithSchema(values, schema));
    }
    return rows;
  }

  private static Object value(DataType type, Object boxed) {
    if (boxed instanceof Long number) {
      if (type instanceof DateType) {
        return java.sql.Date.valueOf(LocalDate.ofEpochDay(number));
      }
      if (type instanceof TimestampType) {
        return DateTimeUtils.toJavaTimestamp(number);
      }
      if (type instanceof BooleanType) {
        return number != 0;
      }
    }
    if (boxed instanceof String[] texts) {
      return CollectionConverters.asScala(List.of(texts)).toSeq();
    }
    if (boxed instanceof long[] longs) {
      return CollectionConverters.asScala(Arrays.stream(longs).boxed().toList()).toSeq();
    }
    if (boxed instanceof double[] doubles) {
      return CollectionConverters.asScala(Arrays.stream(doubles).boxed().toList()).toSeq();
    }
    return boxed;
  }
}
