package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import renown.dumps.RejectedLineException;

/** Lines of the CSV files that networks hand out. */
final class CsvLine {
  private CsvLine() {}

  /**
   * The values of a line, at least one.
   *
   * @throws RejectedLineException if it is not UTF-8 or not CSV
   */
  static List<String> values(byte[] bytes, int offset, int length) throws RejectedLineException {
    String fault = Utf8.fault(bytes, offset, length);
    if (fault != null) {
      throw new RejectedLineException(fault);
    }
    String line = new String(bytes, offset, length, StandardCharsets.UTF_8);
    if (line.indexOf('\0') >= 0) {
      throw new RejectedLineException("not CSV: a NUL byte");
    }
    // Some are written with a byte order mark.
    return values(line.startsWith("\uFEFF") ? line.substring(1) : line);
  }

  /** The values of a line of CSV (RFC 4180) whose values hold no line ends. */
  private static List<String> values(String line) throws RejectedLineException {
    List<String> values = new ArrayList<>();
    int at = 0;
    while (true) {
      if (at < line.length() && line.charAt(at) == '"') {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
          int quote = line.indexOf('"', at);
          if (quote < 0) {
            throw new RejectedLineException("not CSV: no closing quote");
          }
          value.append(line, at, quote);
          at = quote + 1;
          if (at == line.length() || line.charAt(at) != '"') {
            break;
          }
          value.append('"');
          at++;
        }
        values.add(value.toString());
        if (at < line.length() && line.charAt(at) != ',') {
          throw new RejectedLineException("not CSV: more after a quote");
        }
      } else {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        values.add(line.substring(at, end));
        at = end;
      }
      if (at == line.length()) {
        return values;
      }
      at++;
    }
  }
}
