package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import renown.dumps.RejectedLineException;

/**
 * Parses one empty element with attributes, {@code <row Name="value" ... />}. Strict in syntax and
 * safe by omission: there are no document types and no entities beyond XML's five, so nothing can
 * expand and nothing external is fetched. Characters that XML 1.0 forbids even as references occur
 * in exports and are accepted, except NUL (see {@link JsonObject#text}).
 */
final class XmlRow {
  private static final int LARGEST_CODE_POINT = 0x10FFFF;

  private final byte[] bytes;
  private final int end;
  private int at;

  private XmlRow(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  /** Whether a line begins with the element of that name, blanks before it aside. */
  static boolean isElement(String name, byte[] bytes, int offset, int length) {
    XmlRow row = new XmlRow(bytes, offset, length);
    row.skipBlanks();
    return row.takes("<" + name) && row.at < row.end && !row.isNamePart(row.bytes[row.at]);
  }

  /**
   * The wanted attributes of a line that holds one such element and nothing else; all are texts.
   *
   * @throws RejectedLineException if it is not UTF-8, or not such an element
   */
  static JsonObject read(JsonFields wanted, String name, byte[] bytes, int offset, int length)
      throws RejectedLineException {
    String fault = Utf8.fault(bytes, offset, length);
    if (fault != null) {
      throw new RejectedLineException(fault);
    }
    return new XmlRow(bytes, offset, length).row(wanted, name);
  }

  private JsonObject row(JsonFields wanted, String name) throws RejectedLineException {
    skipBlanks();
    if (!takes("<" + name)) {
      throw new RejectedLineException("not XML: no element " + name);
    }
    JsonObject row = new JsonObject(wanted, null, null);
    Set<String> seen = new HashSet<>();
    while (true) {
      boolean blank = skipBlanks();
      if (takes("/>") || takes("></" + name + ">")) {
        skipBlanks();
        if (at < end) {
          throw new RejectedLineException("not XML: more after the element");
        }
        return row;
      }
      String attribute = attributeName();
      if (!blank || !seen.add(attribute)) {
        throw new RejectedLineException(
            blank ? "not XML: an attribute twice" : "not XML: no blank before an attribute");
      }
      boolean isWanted = wanted.has(attribute);
      String value = value(isWanted);
      if (isWanted) {
        row.values[wanted.slot(attribute)] = value;
      }
    }
  }

  private String attributeName() throws RejectedLineException {
    int from = at;
    while (at < end && isNamePart(bytes[at])) {
      at++;
    }
    int to = at;
    skipBlanks();
    if (to == from || !takes("=")) {
      throw new RejectedLineException(at >= end ? "not XML: unexpected end" : "not XML: no name=");
    }
    skipBlanks();
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private String value(boolean isWanted) throws RejectedLineException {
    byte quote = at < end ? bytes[at] : 0;
    if (quote != '"' && quote != '\'') {
      throw new RejectedLineException("not XML: a value without quotes");
    }
    int from = ++at;
    boolean plain = true;
    while (at < end && bytes[at] != quote) {
      byte c = bytes[at++];
      if (c == '<') {
        throw new RejectedLineException("not XML: < in a value");
      }
      plain &= c != '&' && c != '\t';
    }
    if (at == end) {
      throw new RejectedLineException("not XML: unexpected end");
    }
    int to = at++;
    if (plain) {
      return isWanted ? new String(bytes, from, to - from, StandardCharsets.UTF_8) : null;
    }
    return resolved(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  private static String resolved(String raw) throws RejectedLineException {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '&') {
        int semicolon = raw.indexOf(';', i);
        if (semicolon < 0) {
          throw new RejectedLineException("not XML: & without ;");
        }
        text.appendCodePoint(reference(raw.substring(i + 1, semicolon)));
        i = semicolon;
      } else {
        text.append(c == '\t' ? ' ' : c);
      }
    }
    return text.toString();
  }

  private static int reference(String name) throws RejectedLineException {
    switch (name) {
      case "lt":
        return '<';
      case "gt":
        return '>';
      case "amp":
        return '&';
      case "quot":
        return '"';
      case "apos":
        return '\'';
      default:
        boolean hexadecimal = name.startsWith("#x");
        String digits = name.substring(hexadecimal ? 2 : Math.min(1, name.length()));
        int radix = hexadecimal ? 16 : 10;
        long code = 0;
        for (int i = 0; i < digits.length() && code <= LARGEST_CODE_POINT; i++) {
          // Only ASCII: Character.digit alone knows the digits of all scripts.
          int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), radix) : -1;
          code = digit < 0 ? Long.MAX_VALUE : code * radix + digit;
        }
        if (!name.startsWith("#") || digits.isEmpty() || code > LARGEST_CODE_POINT) {
          throw new RejectedLineException("not XML: unknown reference");
        }
        return (int) code;
    }
  }

  private boolean isNamePart(byte c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-'
        || c == '.'
        || c == ':'
        || c < 0;
  }

  private boolean skipBlanks() {
    int from = at;
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
    return at > from;
  }

  private boolean takes(String ascii) {
    if (end - at < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    at += ascii.length();
    return true;
  }
}
