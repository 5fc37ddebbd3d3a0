package renown.dumps.formats;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.RejectedLineException;

/** Collects what lines say, and writes it as text so that it can be compared and read. */
final class Statements implements LineSink {
  final List<ParsedRecord> records = new ArrayList<>();
  final List<String> ignored = new ArrayList<>();

  @Override
  public void accept(ParsedRecord record) {
    records.add(record);
  }

  @Override
  public void ignored(String rule) {
    ignored.add(rule);
  }

  /** What one line says. */
  static Statements of(DumpFormat format, String line) throws RejectedLineException {
    return of(format, line.getBytes(StandardCharsets.UTF_8));
  }

  /** What one line says; the line does not begin at the buffer's start. */
  static Statements of(DumpFormat format, byte[] line) throws RejectedLineException {
    byte[] buffer = new byte[line.length + 20];
    java.util.Arrays.fill(buffer, (byte) '}');
    System.arraycopy(line, 0, buffer, 9, line.length);
    Statements statements = new Statements();
    format.parse(buffer, 9, line.length, statements);
    return statements;
  }

  /** The statements of one line, one per row; a rejection is a row too. */
  static List<String> asText(DumpFormat format, String line) {
    List<String> rows = new ArrayList<>();
    try {
      Statements statements = of(format, line);
      statements.records.forEach(record -> rows.add(text(record)));
      statements.ignored.forEach(rule -> rows.add("ignored: " + rule));
    } catch (RejectedLineException e) {
      rows.add("rejected: " + e.getMessage());
    }
    return rows;
  }

  /** Every member that is set, in the order of the class; days and times to be read. */
  static String text(ParsedRecord record) {
    StringBuilder text = new StringBuilder(record.kind.name().toLowerCase(Locale.ROOT));
    try {
      for (Field field : ParsedRecord.class.getFields()) {
        if (Modifier.isStatic(field.getModifiers()) || field.getName().equals("kind")) {
          continue;
        }
        Object value = field.get(record);
        if (field.getType() == long.class && value.equals(ParsedRecord.NO_TIME)
            || field.getType() == int.class && value.equals(ParsedRecord.NO_DAY)) {
          value = null;
        } else if (field.getType() == long.class) {
          long micros = (Long) value;
          value =
              Instant.ofEpochSecond(
                  Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
        } else if (field.getName().equals("recordDay")) {
          value = LocalDate.ofEpochDay((Integer) value);
        } else if (value instanceof Enum<?> constant) {
          value = constant.name().toLowerCase(Locale.ROOT);
        } else if (value instanceof String string) {
          value = "\"" + string.replace("\\", "\\\\").replace("\n", "\\n") + "\"";
        }
        if (value != null) {
          text.append(' ').append(field.getName()).append('=').append(value);
        }
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }
}
