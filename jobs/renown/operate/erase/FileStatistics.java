package renown.operate.erase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The statistics of a file in the Delta log: row count, and minimum, maximum and null count by
 * column (Delta's protocol, "Per-file Statistics"). Minimum and maximum are written for the columns
 * that had them before, if they are integers, dates, finite numbers, or strings short enough to be
 * stored in full. A column without them is read where it might have been skipped, which is never
 * wrong.
 */
final class FileStatistics {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Delta truncates strings to this many characters. */
  private static final int LONGEST_TEXT = 32;

  private final GroupType type;
  private final Map<String, Comparable<?>> least = new HashMap<>();
  private final Map<String, Comparable<?>> greatest = new HashMap<>();
  private final Set<String> withoutBounds = new HashSet<>();
  private final Map<String, Long> nulls = new HashMap<>();
  private long rows;

  FileStatistics(GroupType type) {
    this.type = type;
    type.getFields().forEach(field -> nulls.put(field.getName(), 0L));
  }

  void add(Group row) {
    rows++;
    for (int field = 0; field < type.getFieldCount(); field++) {
      String name = type.getFieldName(field);
      if (row.getFieldRepetitionCount(field) == 0) {
        nulls.merge(name, 1L, Long::sum);
      } else if (!withoutBounds.contains(name)) {
        Comparable<?> value = value(row, field);
        if (value == null) {
          withoutBounds.add(name);
        } else {
          least.merge(name, value, (a, b) -> compare(a, b) <= 0 ? a : b);
          greatest.merge(name, value, (a, b) -> compare(a, b) >= 0 ? a : b);
        }
      }
    }
  }

  /** Null if the column has no bounds. */
  private static Comparable<?> value(Group row, int field) {
    Type member = row.getType().getType(field);
    if (!member.isPrimitive()) {
      return null;
    }
    PrimitiveTypeName stored = member.asPrimitiveType().getPrimitiveTypeName();
    LogicalTypeAnnotation meaning = member.getLogicalTypeAnnotation();
    if (RowErasure.isWhole(member)) {
      return row.getLong(field, 0);
    }
    if (stored == PrimitiveTypeName.INT32
        && meaning instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return LocalDate.ofEpochDay(row.getInteger(field, 0));
    }
    if (stored == PrimitiveTypeName.DOUBLE) {
      double value = row.getDouble(field, 0);
      // Zeros of either sign are equal and yet not the same.
      return Double.isFinite(value) && value != 0 ? (Comparable<?>) value : null;
    }
    if (RowErasure.isText(member)) {
      String text = row.getString(field, 0);
      return text.length() <= LONGEST_TEXT && isBasic(text) ? text : null;
    }
    return null;
  }

  /** Whether Java orders the text as UTF-8 does. */
  private static boolean isBasic(String text) {
    return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }

  @SuppressWarnings("unchecked") // both are of the column's type
  private static int compare(Comparable<?> a, Comparable<?> b) {
    return ((Comparable<Object>) a).compareTo(b);
  }

  /**
   * As it stands in the log.
   *
   * @param before that of the file before; null if it had none
   */
  String json(String before) throws JsonProcessingException {
    ObjectNode all = JSON.createObjectNode();
    all.put("numRecords", rows);
    JsonNode shape = before == null ? JSON.createObjectNode() : JSON.readTree(before);
    if (shape.has("minValues") && rows > 0) {
      bounds(all.putObject("minValues"), shape.get("minValues"), least);
    }
    if (shape.has("maxValues") && rows > 0) {
      bounds(all.putObject("maxValues"), shape.get("maxValues"), greatest);
    }
    if (shape.has("nullCount")) {
      ObjectNode counts = all.putObject("nullCount");
      for (Iterator<String> names = shape.get("nullCount").fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (nulls.containsKey(name) && shape.get("nullCount").get(name).isNumber()) {
          counts.put(name, nulls.get(name));
        }
      }
    }
    if (shape.has("tightBounds")) {
      all.put("tightBounds", true);
    }
    return JSON.writeValueAsString(all);
  }

  private void bounds(ObjectNode to, JsonNode shape, Map<String, Comparable<?>> values) {
    for (Iterator<String> names = shape.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      Comparable<?> value = withoutBounds.contains(name) ? null : values.get(name);
      if (value instanceof Long whole) {
        to.put(name, whole);
      } else if (value instanceof Double number) {
        to.put(name, number);
      } else if (value != null) {
        to.put(name, value.toString());
      }
    }
  }

  /** The statistics of a deleted file, without any value of its rows; null if there are none. */
  static String withoutValues(String before) throws JsonProcessingException {
    ObjectNode all = (ObjectNode) JSON.readTree(before);
    boolean had = all.remove("minValues") != null;
    had |= all.remove("maxValues") != null;
    return had ? JSON.writeValueAsString(all) : null;
  }

  /**
   * The text of a file that waits to be committed ({@link renown.lake.Lake#waiting}), without least
   * and largest values if one of them is an erased key. Others tell of nobody.
   *
   * @param isKey whether a column holds keys of accounts
   * @return the same object if there is none
   */
  static String withoutKeys(String text, Predicate<String> isKey, Erased erased) {
    try {
      JsonNode file = JSON.readTree(text);
      JsonNode statistics = file.path("statistics");
      if (!statistics.isTextual()) {
        return text;
      }
      JsonNode all = JSON.readTree(statistics.textValue());
      for (String bounds : List.of("minValues", "maxValues")) {
        for (Map.Entry<String, JsonNode> bound : all.path(bounds).properties()) {
          if (bound.getValue().canConvertToLong()
              && isKey.test(bound.getKey())
              && erased.isKey(bound.getValue().longValue())) {
            return ((ObjectNode) file)
                .put("statistics", withoutValues(statistics.textValue()))
                .toString();
          }
        }
      }
      return text;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not the text of a file: " + text, e);
    }
  }
}
