package renown.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.kernels.keys.RecordPrint;

/** Ids that a test has used, by what stands for them in tables: to tell them in what it expects. */
public final class PrintedIds {
  private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]*)\"");
  private static final Map<RecordPrint, String> IDS = new ConcurrentHashMap<>();

  private PrintedIds() {}

  /** What stands for an id, which is noted; null for null. */
  public static RecordPrint of(String id) {
    RecordPrint print = RecordPrint.of(id);
    if (id != null) {
      IDS.put(print, id);
    }
    return print;
  }

  /** The upper half of what stands for an id, as a value of a row; null for null. */
  public static Long high(String id) {
    return id == null ? null : (Long) of(id).high();
  }

  /** The lower half. */
  public static Long low(String id) {
    return id == null ? null : (Long) of(id).low();
  }

  /** Notes all texts of a line of JSON. */
  public static void ofLine(String line) {
    Matcher text = TEXT.matcher(line);
    while (text.find()) {
      of(text.group(1));
    }
  }

  /** The id that was noted; the numbers where none was. */
  public static String id(RecordPrint print) {
    return IDS.getOrDefault(print, print.high() + "," + print.low());
  }

  /** The same of a row's two values. */
  public static String id(Object high, Object low) {
    return id(new RecordPrint((Long) high, (Long) low));
  }
}
