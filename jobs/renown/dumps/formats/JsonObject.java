package renown.dumps.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import renown.dumps.ParsedRecord;
import renown.dumps.RejectedLineException;

/**
 * The requested members of a parsed object (or the attributes of an XML row, which are strings). A
 * member that is absent or {@code null} is null; a member of another type than requested rejects
 * the line, with its path as the reason.
 */
final class JsonObject {
  /** A number as written. */
  record Numeral(String text, boolean isWhole) {}

  /** Stands for an object or array that was not requested. */
  static final Object UNWANTED = new Object();

  private static final Pattern EPOCH_SECONDS = Pattern.compile("\\d{1,11}(\\.\\d+)?");

  /** The year 5138: whole seconds below are exact as a double. */
  private static final double MOST_SECONDS = 1e11;

  private static final char REPLACEMENT = '\uFFFD';
  private static final int LONGEST_LONG = 19;

  private final JsonFields fields;
  private final JsonObject parent;
  private final String name;
  final Object[] values;
  String firstMember;

  JsonObject(JsonFields fields, JsonObject parent, String name) {
    this.fields = fields;
    this.parent = parent;
    this.name = name;
    this.values = new Object[fields.size()];
  }

  /** The name of the first member of all, wanted or not; null in an empty object. */
  String firstMember() {
    return firstMember;
  }

  /** Whether a member that may be an array is one. */
  boolean isArray(String member) {
    return value(member) instanceof List<?>;
  }

  /** Whether a member that may be an object is one. */
  boolean isObject(String member) {
    return value(member) instanceof JsonObject;
  }

  boolean has(String member) {
    return value(member) != null;
  }

  /** Free text. Surrogates without a partner and NUL become U+FFFD, for no table can hold them. */
  String text(String member) throws RejectedLineException {
    Object value = value(member);
    if (value != null && !(value instanceof String)) {
      throw fault(member, "not a text");
    }
    return value == null ? null : storable((String) value);
  }

  String requiredText(String member) throws RejectedLineException {
    return required(member, text(member));
  }

  /**
   * A name for display on one line: text without control characters and without bidirectional
   * embeddings, overrides and isolates.
   */
  String name(String member) throws RejectedLineException {
    Object value = value(member);
    if (!(value instanceof String raw) || raw.chars().noneMatch(c -> isUnprintable((char) c))) {
      return text(member);
    }
    return storable(printable(raw));
  }

  /** A name without characters that are never seen and only change how others look. */
  static String printable(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    name.chars().filter(c -> !isUnprintable((char) c)).forEach(c -> kept.append((char) c));
    return kept.toString();
  }

  /** An id, written as a text or as an integer, of any length; as text. */
  String id(String member) throws RejectedLineException {
    Object value = value(member);
    if (value == null) {
      return null;
    }
    String id = idOf(value);
    if (id == null) {
      throw fault(member, "not an id");
    }
    return id;
  }

  String requiredId(String member) throws RejectedLineException {
    return required(member, id(member));
  }

  Boolean flag(String member) throws RejectedLineException {
    Object value = value(member);
    if (value != null && !(value instanceof Boolean)) {
      throw fault(member, "not true or false");
    }
    return (Boolean) value;
  }

  /** An integer. */
  Long whole(String member) throws RejectedLineException {
    Object value = value(member);
    if (value == null) {
      return null;
    }
    if (value instanceof Numeral numeral
        && numeral.isWhole
        && numeral.text.length() <= LONGEST_LONG) {
      try {
        return Long.parseLong(numeral.text);
      } catch (NumberFormatException e) {
        // 19 digits may still be too large.
      }
    }
    throw fault(member, "not a whole number");
  }

  /** A count; null also if it is negative, which networks write for "unknown". */
  Long count(String member) throws RejectedLineException {
    Long whole = whole(member);
    return whole == null || whole < 0 ? null : whole;
  }

  /** A time of any year; {@link ParsedRecord#NO_TIME} where absent. */
  long time(String member, ToLongFunction<String> syntax) throws RejectedLineException {
    Object value = value(member);
    if (value == null) {
      return ParsedRecord.NO_TIME;
    }
    long time = value instanceof String text ? syntax.applyAsLong(text) : ParsedRecord.NO_TIME;
    if (time == ParsedRecord.NO_TIME) {
      throw fault(member, "not a time");
    }
    return time;
  }

  /** An event time: required, and within the years 2006..2100. */
  long eventTime(String member, ToLongFunction<String> syntax) throws RejectedLineException {
    long time = time(member, syntax);
    if (time == ParsedRecord.NO_TIME) {
      throw fault(member, "missing");
    }
    if (!Times.isPlausible(time)) {
      throw fault(member, "not in the years 2006 to 2100");
    }
    return time;
  }

  /**
   * When something happened, in seconds since 1970 UTC, as a number or its digits as a text;
   * decimals are cut off. {@link ParsedRecord#NO_TIME} where absent.
   */
  long epochTime(String member) throws RejectedLineException {
    Object value = value(member);
    if (value == null) {
      return ParsedRecord.NO_TIME;
    }
    boolean digits = value instanceof String text && EPOCH_SECONDS.matcher(text).matches();
    if (!digits && !(value instanceof Numeral)) {
      throw fault(member, "not a time");
    }
    double seconds = Double.parseDouble(digits ? (String) value : ((Numeral) value).text);
    if (!(seconds >= 0 && seconds < MOST_SECONDS)) {
      throw fault(member, "not a time");
    }
    return (long) seconds * 1_000_000;
  }

  JsonObject object(String member) throws RejectedLineException {
    Object value = value(member);
    if (value != null && !(value instanceof JsonObject)) {
      throw fault(member, "not an object");
    }
    return (JsonObject) value;
  }

  JsonObject requiredObject(String member) throws RejectedLineException {
    return required(member, object(member));
  }

  /** The objects of an array, without its nulls; empty if the member is absent. */
  List<JsonObject> objects(String member) throws RejectedLineException {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : elements(member)) {
      if (!(element instanceof JsonObject object)) {
        throw fault(member + "[]", "not an object");
      }
      objects.add(object);
    }
    return objects;
  }

  /** The texts of an array, without its nulls, as {@link #text}; empty if it is absent. */
  List<String> texts(String member) throws RejectedLineException {
    List<String> texts = new ArrayList<>();
    for (Object element : elements(member)) {
      if (!(element instanceof String text)) {
        throw fault(member + "[]", "not a text");
      }
      texts.add(storable(text));
    }
    return texts;
  }

  /** The object of a member, or those of an array in its place; else empty. */
  List<JsonObject> oneOrMoreObjects(String member) throws RejectedLineException {
    return value(member) instanceof JsonObject object ? List.of(object) : objects(member);
  }

  /** The text of a member, or those of an array in its place; else empty. */
  List<String> oneOrMoreTexts(String member) throws RejectedLineException {
    return value(member) instanceof String text ? List.of(storable(text)) : texts(member);
  }

  /**
   * What a member refers to: texts and objects, one of them or an array; nulls are left out.
   *
   * @return each a {@link String} or a {@link JsonObject}
   */
  List<Object> references(String member) throws RejectedLineException {
    Object value = value(member);
    List<Object> references = new ArrayList<>();
    for (Object element : value instanceof List<?> list ? list : one(value)) {
      if (element instanceof String text) {
        references.add(storable(text));
      } else if (element instanceof JsonObject) {
        references.add(element);
      } else {
        throw fault(member, "neither a text nor an object");
      }
    }
    return references;
  }

  private static List<Object> one(Object value) {
    return value == null ? List.of() : List.of(value);
  }

  /** The ids of an array, without its nulls, as {@link #id}; empty if it is absent. */
  List<String> ids(String member) throws RejectedLineException {
    List<String> ids = new ArrayList<>();
    for (Object element : elements(member)) {
      String id = idOf(element);
      if (id == null) {
        throw fault(member + "[]", "not an id");
      }
      ids.add(id);
    }
    return ids;
  }

  /**
   * The texts of an array of arrays, as they are written but for surrogates without a partner;
   * empty if it is absent.
   */
  List<List<String>> textArrays(String member) throws RejectedLineException {
    List<List<String>> arrays = new ArrayList<>();
    for (Object element : elements(member)) {
      if (!(element instanceof List<?> array)) {
        throw fault(member + "[]", "not an array");
      }
      List<String> texts = new ArrayList<>();
      for (Object value : array) {
        if (!(value instanceof String text)) {
          throw fault(member + "[][]", "not a text");
        }
        texts.add(storable(text));
      }
      arrays.add(texts);
    }
    return arrays;
  }

  private static String idOf(Object value) {
    if (value instanceof Numeral numeral && numeral.isWhole) {
      return numeral.text;
    }
    return value instanceof String text && isId(text) ? text : null;
  }

  private List<?> elements(String member) throws RejectedLineException {
    Object value = value(member);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> elements)) {
      throw fault(member, "not an array");
    }
    return elements;
  }

  /** The rejection of a member, such as {@code "commit.record.createdAt: not a time"}. */
  RejectedLineException fault(String member, String what) {
    StringBuilder path = new StringBuilder(member);
    for (JsonObject object = this; object.name != null; object = object.parent) {
      path.insert(0, object.name + ".");
    }
    return new RejectedLineException(path + ": " + what);
  }

  private <T> T required(String member, T value) throws RejectedLineException {
    if (value == null) {
      throw fault(member, "missing");
    }
    return value;
  }

  private Object value(String member) {
    return values[fields.slot(member)];
  }

  private static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || isUnprintable(c) || c == REPLACEMENT) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!isPair(text, i)) {
          return false;
        }
        i++;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isUnprintable(char c) {
    return Character.isISOControl(c)
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\u2028'
        || c == '\u2029';
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  /** The text with U+FFFD for surrogates without a partner and for NUL, which no table can hold. */
  static String storable(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != 0 && !Character.isSurrogate(c)) {
        continue;
      }
      if (isPair(text, i)) {
        i++;
        continue;
      }
      if (mended == null) {
        mended = new StringBuilder(text);
      }
      mended.setCharAt(i, REPLACEMENT);
    }
    return mended == null ? text : mended.toString();
  }
}
