package renown.ingest.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import renown.ingest.RejectedLineException;

/**
 * The members of a JSON object that a format wants; the rest is checked to be JSON and passed over
 * without being built. Where a member comes twice, the last one counts. Filled once, then only
 * read: one instance serves all threads.
 *
 * <p>Bounds: nesting of 200, numbers of 1,000 digits, names of 10,000 characters; strings are
 * bounded by the line.
 */
final class JsonFields {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(200)
                  .maxNumberLength(1_000)
                  .maxNameLength(10_000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          // Names are the line's: neither kept beyond the parser nor allowed to fail it.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  /** What may stand at a member besides a plain value. */
  private record Field(int slot, JsonFields object, boolean repeated) {}

  private final Map<String, Field> fields = new HashMap<>();

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

  /** Wants an object; a plain value that stands there is kept too. */
  JsonFields object(String name, JsonFields members) {
    return add(name, members, false);
  }

  /** Wants an array of objects. */
  JsonFields objects(String name, JsonFields members) {
    return add(name, members, true);
  }

  private JsonFields add(String name, JsonFields object, boolean repeated) {
    if (fields.put(name, new Field(fields.size(), object, repeated)) != null) {
      throw new IllegalArgumentException(name + " is wanted twice");
    }
    return this;
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
   * @throws RejectedLineException where it is not UTF-8, not JSON, or not an object
   */
  JsonObject read(byte[] bytes, int offset, int length) throws RejectedLineException {
    return read(bytes, offset, length, false).get(0);
  }

  /**
   * Reads a line that holds one object, or an array of objects.
   *
   * @return the objects in their order; nulls in the array are left out
   * @throws RejectedLineException where it is not UTF-8, not JSON, or neither
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
    List<JsonObject> objects = new ArrayList<>(1);
    try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
      JsonToken token = parser.nextToken();
      if (several && token == JsonToken.START_ARRAY) {
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
          if (token == JsonToken.START_OBJECT) {
            objects.add(object(parser, null, null));
          } else if (token != JsonToken.VALUE_NULL) {
            throw new RejectedLineException("[]: not an object");
          }
        }
      } else if (token == JsonToken.START_OBJECT) {
        objects.add(object(parser, null, null));
      } else {
        throw new RejectedLineException("not a JSON object");
      }
      if (parser.nextToken() != null) {
        throw new RejectedLineException("not JSON: more after the object");
      }
      return objects;
    } catch (JsonEOFException e) {
      throw new RejectedLineException("not JSON: unexpected end");
    } catch (StreamConstraintsException e) {
      throw new RejectedLineException("not JSON: " + bound(e));
    } catch (IOException e) {
      throw new RejectedLineException("not JSON: syntax error");
    }
  }

  private static String bound(StreamConstraintsException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (message.contains("nesting depth")) {
      return "nested deeper than 200";
    }
    return message.startsWith("Number") ? "number too long" : "name too long";
  }

  private JsonObject object(JsonParser parser, JsonObject parent, String name) throws IOException {
    JsonObject object = new JsonObject(this, parent, name);
    String member;
    while ((member = parser.nextFieldName()) != null) {
      if (object.firstMember == null) {
        object.firstMember = member;
      }
      Field field = fields.get(member);
      JsonToken token = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else if (token == JsonToken.START_ARRAY && field.repeated) {
        List<Object> elements = new ArrayList<>();
        String element = member + "[]";
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
          Object value = value(parser, token, field, object, element);
          if (value != null) {
            elements.add(value);
          }
        }
        object.values[field.slot] = elements;
      } else {
        object.values[field.slot] = value(parser, token, field, object, member);
      }
    }
    return object;
  }

  private static Object value(
      JsonParser parser, JsonToken token, Field field, JsonObject parent, String name)
      throws IOException {
    switch (token) {
      case VALUE_STRING:
        return parser.getText();
      case VALUE_NUMBER_INT:
        return new JsonObject.Numeral(parser.getText(), true);
      case VALUE_NUMBER_FLOAT:
        return new JsonObject.Numeral(parser.getText(), false);
      case VALUE_TRUE:
        return Boolean.TRUE;
      case VALUE_FALSE:
        return Boolean.FALSE;
      case VALUE_NULL:
        return null;
      case START_OBJECT:
        if (field.object != null) {
          return field.object.object(parser, parent, name);
        }
        parser.skipChildren();
        return JsonObject.UNWANTED;
      default:
        parser.skipChildren();
        return JsonObject.UNWANTED;
    }
  }
}
