package renown.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSet;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Whether a file can hold a row that meets a filter, by the least and largest values of its
 * columns. Knows comparisons of whole numbers, days and texts with constants; whatever else may
 * match.
 */
final class FileSkipping {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StructType schema;

  FileSkipping(StructType schema) {
    this.schema = schema;
  }

  /**
   * @param statistics of a file, as Delta's JSON; null if there are none
   * @param filters all of which a row has to meet
   */
  boolean mayMatch(String statistics, List<Expression> filters) {
    if (statistics == null) {
      return true;
    }
    JsonNode known;
    try {
      known = JSON.readTree(statistics);
    } catch (JsonProcessingException e) {
      return true;
    }
    return filters.stream().allMatch(filter -> mayMatch(known, filter));
  }

  private boolean mayMatch(JsonNode known, Expression filter) {
    if (filter instanceof And and) {
      return mayMatch(known, and.left()) && mayMatch(known, and.right());
    }
    if (filter instanceof Or or) {
      return mayMatch(known, or.left()) || mayMatch(known, or.right());
    }
    if (filter instanceof In in && in.value() instanceof AttributeReference column) {
      return CollectionConverters.asJava(in.list()).stream()
          .anyMatch(
              value ->
                  !(value instanceof Literal literal) || holds(known, column, literal.value()));
    }
    if (filter instanceof InSet in && in.child() instanceof AttributeReference column) {
      return CollectionConverters.asJava(in.hset()).stream()
          .anyMatch(value -> holds(known, column, value));
    }
    if (filter instanceof BinaryComparison comparison) {
      if (comparison.left() instanceof AttributeReference column
          && comparison.right() instanceof Literal literal) {
        return mayMatch(known, comparison, column, literal.value(), false);
      }
      if (comparison.right() instanceof AttributeReference column
          && comparison.left() instanceof Literal literal) {
        return mayMatch(known, comparison, column, literal.value(), true);
      }
    }
    return true;
  }

  private boolean mayMatch(
      JsonNode known,
      BinaryComparison comparison,
      AttributeReference column,
      Object value,
      boolean turned) {
    if (comparison instanceof EqualTo) {
      return holds(known, column, value);
    }
    if (comparison instanceof EqualNullSafe) {
      return value == null || holds(known, column, value);
    }
    boolean greater = comparison instanceof GreaterThan || comparison instanceof GreaterThanOrEqual;
    boolean less = comparison instanceof LessThan || comparison instanceof LessThanOrEqual;
    if (!greater && !less || value == null) {
      return true;
    }
    boolean strict = comparison instanceof GreaterThan || comparison instanceof LessThan;
    int order =
        greater != turned
            ? compare(known.path("maxValues"), column, value)
            : -compare(known.path("minValues"), column, value);
    return order == UNKNOWN || order == -UNKNOWN || (strict ? order > 0 : order >= 0);
  }

  private static final int UNKNOWN = 2;

  /** Whether a value can lie between the least and the largest. */
  private boolean holds(JsonNode known, AttributeReference column, Object value) {
    if (value == null) {
      return true;
    }
    int largest = compare(known.path("maxValues"), column, value);
    int least = compare(known.path("minValues"), column, value);
    return (largest == UNKNOWN || largest >= 0) && (least == UNKNOWN || least <= 0);
  }

  /** Sign of what is known minus a value in Spark's own form; {@link #UNKNOWN} where nothing is. */
  private int compare(JsonNode values, AttributeReference column, Object value) {
    JsonNode bound = values.path(column.name());
    if (bound.isMissingNode() || bound.isNull() || schema.getFieldIndex(column.name()).isEmpty()) {
      return UNKNOWN;
    }
    DataType type = column.dataType();
    if (type instanceof LongType && value instanceof Long number && bound.isIntegralNumber()) {
      return Integer.signum(Long.compare(bound.longValue(), number));
    }
    if (type instanceof DateType && value instanceof Integer day && bound.isTextual()) {
      return Integer.signum(Long.compare(LocalDate.parse(bound.textValue()).toEpochDay(), day));
    }
    if (type instanceof StringType && value instanceof UTF8String text && bound.isTextual()) {
      return Integer.signum(UTF8String.fromString(bound.textValue()).compareTo(text));
    }
    return UNKNOWN;
  }
}
