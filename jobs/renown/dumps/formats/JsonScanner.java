package renown.dumps.formats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import renown.dumps.RejectedLineException;

/**
 * Parses one JSON object (RFC 8259, strictly) for the members requested by {@link JsonFields}, and
 * validates the rest without building it: names are compared as bytes, strings are skipped eight
 * bytes at a time, and nothing is decoded that was not requested. The bytes have to be valid UTF-8
 * without NUL.
 */
final class JsonScanner {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final int DEEPEST = 200;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LONGEST_NAME = 10_000;
  private static final String SYNTAX_ERROR = "not JSON: syntax error";

  /** The value of each byte as a digit, -1 if it is none. */
  private static final byte[] HEXADECIMAL = new byte[256];

  static {
    for (int c = 0; c < HEXADECIMAL.length; c++) {
      HEXADECIMAL[c] = (byte) (c < 128 ? Character.digit(c, 16) : -1);
    }
  }

  private final byte[] bytes;
  private final int end;
  private int at;

  /** Whether the string that was read last holds an escape. */
  private boolean escaped;

  JsonScanner(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  /**
   * Reads the whole line.
   *
   * @param several whether it may be an array of objects
   * @return the objects in their order; nulls in the array are left out
   * @throws RejectedLineException if it is anything else
   */
  List<JsonObject> line(JsonFields fields, boolean several) throws RejectedLineException {
    if (end - at >= 3
        && bytes[at] == (byte) 0xEF
        && bytes[at + 1] == (byte) 0xBB
        && bytes[at + 2] == (byte) 0xBF) {
      at += 3;
    }
    skipBlanks();
    List<JsonObject> objects;
    if (at < end && bytes[at] == '{') {
      objects = List.of(object(fields, null, null, 1));
    } else if (at < end && bytes[at] == '[' && several) {
      objects = array(fields);
    } else {
      throw new RejectedLineException("not a JSON object");
    }
    skipBlanks();
    if (at < end) {
      boolean another = "{[\"-0123456789tfn".indexOf(bytes[at]) >= 0;
      throw RejectedLineException.ofExtent(
          another ? "not JSON: more after the object" : SYNTAX_ERROR);
    }
    return objects;
  }

  private List<JsonObject> array(JsonFields fields) throws RejectedLineException {
    List<JsonObject> objects = new ArrayList<>();
    at++;
    if (next() == ']') {
      at++;
      return objects;
    }
    while (true) {
      if (bytes[at] == '{') {
        objects.add(object(fields, null, null, 2));
      } else {
        boolean isNull = bytes[at] == 'n';
        skipValue(1);
        if (!isNull) {
          throw new RejectedLineException("[]: not an object");
        }
      }
      byte separator = next();
      at++;
      if (separator == ']') {
        return objects;
      }
      if (separator != ',') {
        throw syntax();
      }
      next();
    }
  }

  /** Starts at the opening brace of the object and ends after the closing one. */
  private JsonObject object(JsonFields fields, JsonObject parent, String name, int depth)
      throws RejectedLineException {
    JsonObject object = new JsonObject(fields, parent, name);
    at++;
    if (next() == '}') {
      at++;
      return object;
    }
    while (true) {
      JsonFields.Field field = member(fields, object);
      if (field == null) {
        skipValue(depth);
      } else if (field.repeated() && bytes[at] == '[') {
        object.values[field.slot()] = elements(field, object, field.nested(), depth + 1);
      } else {
        object.values[field.slot()] = value(field, object, field.name(), depth);
      }
      byte separator = next();
      at++;
      if (separator == '}') {
        return object;
      }
      if (separator != ',') {
        throw syntax();
      }
      next();
    }
  }

  /** Reads a member's name and colon and stops at the value. Null if it is not requested. */
  private JsonFields.Field member(JsonFields fields, JsonObject object)
      throws RejectedLineException {
    if (bytes[at] != '"') {
      throw syntax();
    }
    int from = at + 1;
    int to = skipString();
    if (to - from > LONGEST_NAME) {
      throw new RejectedLineException("not JSON: name too long");
    }
    JsonFields.Field field =
        escaped ? fields.field(text(from, to)) : fields.field(bytes, from, to - from);
    if (object.firstMember == null) {
      object.firstMember = field == null ? text(from, to) : field.name();
    }
    if (next() != ':') {
      throw syntax();
    }
    at++;
    next();
    return field;
  }

  private List<Object> elements(
      JsonFields.Field field, JsonObject parent, boolean nested, int depth)
      throws RejectedLineException {
    bounded(depth);
    List<Object> elements = new ArrayList<>();
    at++;
    if (next() == ']') {
      at++;
      return elements;
    }
    while (true) {
      Object value =
          nested && bytes[at] == '['
              ? elements(field, parent, false, depth + 1)
              : value(field, parent, field.elementName(), depth);
      if (value != null) {
        elements.add(value);
      }
      byte separator = next();
      at++;
      if (separator == ']') {
        return elements;
      }
      if (separator != ',') {
        throw syntax();
      }
      next();
    }
  }

  private Object value(JsonFields.Field field, JsonObject parent, String name, int depth)
      throws RejectedLineException {
    byte first = bytes[at];
    switch (first) {
      case '"':
        int from = at + 1;
        int to = skipString();
        return text(from, to);
      case '{':
        if (field.object() != null) {
          bounded(depth + 1);
          return object(field.object(), parent, name, depth + 1);
        }
        skipValue(depth);
        return JsonObject.UNWANTED;
      case '[':
        skipValue(depth);
        return JsonObject.UNWANTED;
      case 't':
        skipWord("true");
        return Boolean.TRUE;
      case 'f':
        skipWord("false");
        return Boolean.FALSE;
      case 'n':
        skipWord("null");
        return null;
      default:
        int begin = at;
        boolean whole = skipNumber();
        return new JsonObject.Numeral(
            new String(bytes, begin, at - begin, StandardCharsets.ISO_8859_1), whole);
    }
  }

  // ---- Passing over

  private void skipValue(int depth) throws RejectedLineException {
    switch (bytes[at]) {
      case '"' -> skipString();
      case '{' -> skipObject(depth + 1);
      case '[' -> skipArray(depth + 1);
      case 't' -> skipWord("true");
      case 'f' -> skipWord("false");
      case 'n' -> skipWord("null");
      default -> skipNumber();
    }
  }

  private void skipObject(int depth) throws RejectedLineException {
    bounded(depth);
    at++;
    if (next() == '}') {
      at++;
      return;
    }
    while (true) {
      if (bytes[at] != '"') {
        throw syntax();
      }
      int from = at + 1;
      if (skipString() - from > LONGEST_NAME) {
        throw new RejectedLineException("not JSON: name too long");
      }
      if (next() != ':') {
        throw syntax();
      }
      at++;
      next();
      skipValue(depth);
      byte separator = next();
      at++;
      if (separator == '}') {
        return;
      }
      if (separator != ',') {
        throw syntax();
      }
      next();
    }
  }

  private void skipArray(int depth) throws RejectedLineException {
    bounded(depth);
    at++;
    if (next() == ']') {
      at++;
      return;
    }
    while (true) {
      skipValue(depth);
      byte separator = next();
      at++;
      if (separator == ']') {
        return;
      }
      if (separator != ',') {
        throw syntax();
      }
      next();
    }
  }

  /**
   * Starts at the opening quote of the string and ends after the closing one, whose index it
   * returns. In each word the lowest byte that is a quote, a backslash or a control character is
   * found exactly: a byte below 0x20, or zero after the exclusive or, borrows and had no high bit.
   */
  private int skipString() throws RejectedLineException {
    escaped = false;
    int i = at + 1;
    while (true) {
      if (i <= end - 8) {
        long word = (long) WORDS.get(bytes, i);
        long quote = word ^ ('"' * ONES);
        long backslash = word ^ ('\\' * ONES);
        long found =
            ((quote - ONES) & ~quote
                    | (backslash - ONES) & ~backslash
                    | (word - ' ' * ONES) & ~word)
                & HIGHS;
        if (found == 0) {
          i += 8;
          continue;
        }
        i += Long.numberOfTrailingZeros(found) >>> 3;
      } else if (i >= end) {
        throw unexpectedEnd();
      }
      byte c = bytes[i];
      if (c == '"') {
        at = i + 1;
        return i;
      }
      if (c == '\\') {
        escaped = true;
        // One is often followed by many: scripts other than Latin consist of them.
        do {
          i = skipEscape(i + 1);
        } while (i < end && bytes[i] == '\\');
      } else if (c >= 0 && c < ' ') {
        throw syntax();
      } else {
        i++;
      }
    }
  }

  private int skipEscape(int i) throws RejectedLineException {
    if (i >= end) {
      throw unexpectedEnd();
    }
    switch (bytes[i]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
        return i + 1;
      case 'u':
        for (int k = 1; k <= 4; k++) {
          if (i + k >= end) {
            throw unexpectedEnd();
          }
          if (hex(i + k) < 0) {
            throw syntax();
          }
        }
        return i + 5;
      default:
        throw syntax();
    }
  }

  private void skipWord(String word) throws RejectedLineException {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end) {
        throw unexpectedEnd();
      }
      if (bytes[at + i] != word.charAt(i)) {
        throw syntax();
      }
    }
    at += word.length();
  }

  /** Returns whether it is whole: without fraction and exponent. */
  private boolean skipNumber() throws RejectedLineException {
    int from = at;
    if (bytes[at] == '-') {
      at++;
    }
    if (at < end && bytes[at] == '0') {
      at++;
    } else {
      digits();
    }
    boolean whole = true;
    if (at < end && bytes[at] == '.') {
      at++;
      digits();
      whole = false;
    }
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      digits();
      whole = false;
    }
    if (at - from > LONGEST_NUMBER) {
      throw new RejectedLineException("not JSON: number too long");
    }
    return whole;
  }

  private void digits() throws RejectedLineException {
    int from = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw at == end ? unexpectedEnd() : syntax();
    }
  }

  // ---- Text

  /** The content between two quotes. */
  private String text(int from, int to) {
    if (!escaped) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    // An escape is longer than what it denotes, and so is UTF-8.
    char[] text = new char[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      if (c == '\\') {
        c = bytes[++i];
        if (c == 'u') {
          text[length++] =
              (char) (hex(i + 1) << 12 | hex(i + 2) << 8 | hex(i + 3) << 4 | hex(i + 4));
          i += 4;
        } else {
          text[length++] = unescaped(c);
        }
      } else if (c >= 0) {
        text[length++] = (char) c;
      } else {
        int begin = i;
        while (i + 1 < to && bytes[i + 1] < 0) {
          i++;
        }
        String run = new String(bytes, begin, i + 1 - begin, StandardCharsets.UTF_8);
        run.getChars(0, run.length(), text, length);
        length += run.length();
      }
    }
    return new String(text, 0, length);
  }

  private static char unescaped(byte c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) c;
    };
  }

  private int hex(int i) {
    return HEXADECIMAL[bytes[i] & 0xFF];
  }

  // ---- Between values

  /** Skips whitespace; returns the next byte, at which the scanner then is. */
  private byte next() throws RejectedLineException {
    skipBlanks();
    if (at == end) {
      throw unexpectedEnd();
    }
    return bytes[at];
  }

  private void skipBlanks() {
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
      at++;
    }
  }

  private static void bounded(int depth) throws RejectedLineException {
    if (depth > DEEPEST) {
      throw new RejectedLineException("not JSON: nested deeper than 200");
    }
  }

  private static RejectedLineException unexpectedEnd() {
    return RejectedLineException.ofExtent("not JSON: unexpected end");
  }

  private static RejectedLineException syntax() {
    return new RejectedLineException(SYNTAX_ERROR);
  }
}
