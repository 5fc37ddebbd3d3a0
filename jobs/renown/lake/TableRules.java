package renown.lake;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.optimizer.ConstantFolding$;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions$;
import org.apache.spark.sql.catalyst.optimizer.RewriteWithExpression$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.unsafe.types.UTF8String;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/** The rules of a table, tried row by row on rows held by column, without a query. */
final class TableRules implements Serializable {
  private static final long serialVersionUID = 1;

  /** A condition and the columns that it reads. */
  private record Rule(String text, Expression condition, int[] columns) implements Serializable {}

  private final String table;
  private final List<TableColumn> columns;
  private final List<TableColumn> key;
  private final List<Rule> rules;

  private TableRules(TableSchema table, List<Rule> rules) {
    this.table = table.name();
    this.columns = new ArrayList<>(table.columns());
    this.key = new ArrayList<>(table.key());
    this.rules = rules;
  }

  /** Those that were parsed, by table; the same whatever the session. */
  private static final Map<TableSchema, TableRules> PARSED = new ConcurrentHashMap<>();

  /** The rules of a table as Spark's parser reads them; in the driver, once in a process. */
  static TableRules of(SparkSession spark, TableSchema table) {
    return PARSED.computeIfAbsent(table, any -> parsed(spark, table));
  }

  private static TableRules parsed(SparkSession spark, TableSchema table) {
    List<String> texts = new ArrayList<>(table.rules());
    table.columns().stream().map(TableColumn::rule).filter(r -> r != null).forEach(texts::add);
    Dataset<Row> none = spark.createDataFrame(List.<Row>of(), table.structType());
    List<String> names = Arrays.asList(table.names());
    List<Rule> rules = new ArrayList<>();
    for (String text : texts) {
      Filter filter =
          (Filter)
              ConstantFolding$.MODULE$.apply(
                  RewriteWithExpression$.MODULE$.apply(
                      ReplaceExpressions$.MODULE$.apply(
                          none.where(text).queryExecution().analyzed())));
      int[] read =
          CollectionConverters.asJava(filter.condition().collectLeaves()).stream()
              .filter(leaf -> leaf instanceof AttributeReference)
              .mapToInt(leaf -> names.indexOf(((AttributeReference) leaf).name()))
              .distinct()
              .toArray();
      rules.add(new Rule(text, filter.condition().transform(bound(names)), read));
    }
    return new TableRules(table, rules);
  }

  /** Columns by their place in the row instead of by name. */
  private static AbstractPartialFunction<Expression, Expression> bound(List<String> names) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(Expression expression) {
        return expression instanceof AttributeReference;
      }

      @Override
      public <A extends Expression, B> B applyOrElse(A expression, Function1<A, B> otherwise) {
        if (expression instanceof AttributeReference column) {
          @SuppressWarnings("unchecked") // an expression stands for an expression
          B bound =
              (B)
                  new BoundReference(
                      names.indexOf(column.name()), column.dataType(), column.nullable());
          return bound;
        }
        return otherwise.apply(expression);
      }
    };
  }

  /**
   * Whether all rows meet them.
   *
   * @param rows with all columns of the table
   * @throws IllegalArgumentException at the first that does not, with table, rule and key
   */
  void check(ColumnRows rows) {
    int size = rows.size();
    for (TableColumn column : columns) {
      if (!column.nullable()) {
        ColumnRows.Values values = rows.values(column.name());
        for (int i = 0; i < size; i++) {
          if (values.isNull(i)) {
            throw broken(column.name() + " IS NOT NULL", rows, i);
          }
        }
      }
    }
    Object[] values = new Object[columns.size()];
    InternalRow row = new GenericInternalRow(values);
    for (Rule rule : rules) {
      Met met = new Met(rule, rows);
      for (int i = 0; i < size; i++) {
        if (met.isKnown(i)) {
          continue;
        }
        for (int column : rule.columns) {
          TableColumn told = columns.get(column);
          values[column] = internal(told.type(), rows.values(told.name()), i);
        }
        if (Boolean.FALSE.equals(rule.condition.eval(row))) {
          throw broken(rule.text, rows, i);
        }
        met.add(i);
      }
    }
  }

  /** Values that met a rule of one column: most rows have one of a few, or one above a bound. */
  private final class Met {
    private static final int MOST_TEXTS = 1000;

    private final ColumnRows.Values values;
    private final long least;
    private final Set<String> texts = new HashSet<>();
    private boolean isAny;
    private long last;

    Met(Rule rule, ColumnRows rows) {
      boolean isOfOne = rule.columns.length == 1;
      this.values = isOfOne ? rows.values(columns.get(rule.columns[0]).name()) : null;
      this.least = isOfOne ? least(rule.condition) : Long.MAX_VALUE;
    }

    /** The least whole number that meets a condition {@code column >= number}. */
    private static long least(Expression condition) {
      return condition instanceof GreaterThanOrEqual bound
              && bound.left() instanceof BoundReference
              && bound.right() instanceof Literal number
              && number.value() instanceof Long value
          ? value
          : Long.MAX_VALUE;
    }

    boolean isKnown(int row) {
      if (values == null || values.isNull(row)) {
        return false;
      }
      if (values instanceof ColumnRows.Longs longs) {
        long value = longs.get(row);
        return value >= least || isAny && value == last;
      }
      return values instanceof ColumnRows.Texts all && texts.contains(all.get(row));
    }

    void add(int row) {
      if (values == null || values.isNull(row)) {
        return;
      }
      if (values instanceof ColumnRows.Longs longs) {
        isAny = true;
        last = longs.get(row);
      } else if (values instanceof ColumnRows.Texts all && texts.size() < MOST_TEXTS) {
        texts.add(all.get(row));
      }
    }
  }

  private IllegalArgumentException broken(String rule, ColumnRows rows, int row) {
    return new IllegalArgumentException(
        "Table "
            + table
            + ": a row breaks the rule "
            + rule
            + ": "
            + key.stream()
                .map(part -> part.name() + "=" + told(part, rows.values(part.name()).boxed(row)))
                .collect(Collectors.joining(" ")));
  }

  private static Object told(TableColumn column, Object value) {
    return column.type() instanceof DateType && value instanceof Long day
        ? LocalDate.ofEpochDay(day)
        : value;
  }

  private static Object internal(DataType type, ColumnRows.Values values, int row) {
    Object boxed = values.boxed(row);
    if (boxed instanceof String text) {
      return UTF8String.fromString(text);
    }
    if (boxed instanceof String[] texts) {
      return new GenericArrayData(Arrays.stream(texts).map(UTF8String::fromString).toArray());
    }
    if (boxed instanceof long[] longs) {
      return new GenericArrayData(longs);
    }
    if (boxed instanceof double[] doubles) {
      return new GenericArrayData(doubles);
    }
    if (boxed instanceof Long number) {
      if (type instanceof DateType) {
        return number.intValue();
      }
      if (type instanceof BooleanType) {
        return number != 0;
      }
    }
    return boxed;
  }
}
