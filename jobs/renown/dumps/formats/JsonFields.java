package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import renown.dumps.RejectedLineException;

/**
 * The members of a JSON object that a format reads; the rest is validated as JSON and skipped
 * without being built. Of duplicate members the last one counts. Immutable once filled, so one
 * instance serves all threads.
 *
 * <p>Limits: nesting of 200, numbers of 1,000 digits, names of 10,000 characters; strings are
 * bounded by the line.
 */
final class JsonFields {
  /**
   * What may stand at a member besides a plain value.
   *
   * @param elementName of the elements of an array, in reasons
   * @param nested whether the elements of an array may be arrays
   */
  record Field(
      String name,
      String elementName,
      byte[] bytes,
      int slot,
      JsonFields object,
      boolean repeated,
      boolean nested) {}

  private final Map<String, Field> fields = new HashMap<>();

  /**
   * The same by the hash of their bytes, open addressing; a power of two, and sparse, since most
   * names of a line are not wanted.
   */
  private Field[] table = new Field[8];

  /** Wants plain values: texts, numbers, true or false. */
  JsonFields values(String... names) {
    for (String name : names) {
      add(name, null, false);
    }
    return this;
  }

  /** Wants an array of plain values. */
  JsonFields array(String name) {
    return add(name, null, true);
  }

  /** Wants an array of arrays of plain values. */
  JsonFields arrays(String name) {
    return add(name, null, true, true);
  }

  /** Requests an object; a plain value in its place is kept too. */
  JsonFields object(String name, JsonFields members) {
    return add(name, members, false);
  }

  /** Wants an array of objects. */
  JsonFields objects(String name, JsonFields members) {
    return add(name, members, true);
  }

  private JsonFields add(String name, JsonFields object, boolean repeated) {
    return add(name, object, repeated, false);
  }

  private JsonFields add(String name, JsonFields object, boolean repeated, boolean nested) {
    Field field =
        new Field(
            name,
            name + "[]",
            name.getBytes(StandardCharsets.UTF_8),
            fields.size(),
            object,
            repeated,
            nested);
    if (fields.put(name, field) != null) {
      throw new IllegalArgumentException(name + " is wanted twice");
    }
    table = new Field[Integer.highestOneBit(fields.size()) * 16];
    fields.values().forEach(each -> table[free(each.bytes())] = each);
    return this;
  }

  private int free(byte[] name) {
    int place = hash(name, 0, name.length) & (table.length - 1);
    while (table[place] != null) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }

  /** Length and the first, middle and last bytes: enough to distinguish the few requested names. */
  private static int hash(byte[] bytes, int from, int length) {
    if (length == 0) {
      return 0;
    }
    int hash = length;
    hash = hash * 31 + bytes[from];
    hash = hash * 31 + bytes[from + (length >>> 1)];
    hash = hash * 31 + bytes[from + length - 1];
    return hash ^ hash >>> 7;
  }

  /** The wanted member of that name, or null. */
  Field field(String name) {
    return fields.get(name);
  }

  /** The wanted member whose name these bytes are, or null. */
  Field field(byte[] name, int from, int length) {
    int place = hash(name, from, length) & (table.length - 1);
    for (Field field = table[place]; field != null; field = table[place]) {
      if (field.bytes.length == length
          && Arrays.equals(field.bytes, 0, length, name, from, from + length)) {
        return field;
      }
      place = (place + 1) & (table.length - 1);
    }
    return null;
  }

  int size() {
    return fields.size();
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  int slot(String name) {
    Field field = fields.get(name);
    if (field == null) {
      throw new IllegalArgumentException(name + " is not among the wanted members");
    }
    return field.slot;
  }

  /**
   * Reads a line that holds one object and nothing else.
   *
   * @throws RejectedLineException if it is not UTF-8, not JSON, or not an object
   */
  JsonObject read(byte[] bytes, int offset, int length) throws RejectedLineException {
    return read(bytes, offset, length, false).get(0);
  }

  /**
   * Reads a line that holds one object, or an array of objects.
   *
   * @return the objects in their order; nulls in the array are left out
   * @throws RejectedLineException if it is not UTF-8, not JSON, or neither
   */
  List<JsonObject> readAll(byte[] bytes, int offset, int length) throws RejectedLineException {
    return read(bytes, offset, length, true);
  }

  private List<JsonObject> read(byte[] bytes, int offset, int length, boolean several)
      throws RejectedLineException {
    String fault = Utf8.fault(bytes, offset, length);
    if (fault != null) {
      throw new RejectedLineException(fault);
    }
    return new JsonScanner(bytes, offset, length).line(this, several);
  }
}
