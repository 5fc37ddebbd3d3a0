package renown.dumps.formats;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.RejectedLineException;

/**
 * A CSV file that a network hands out to the owner of an account. Such files begin with a line that
 * names their columns, and mostly do not say whose they are.
 */
abstract class OwnersExport implements DumpFormat {
  private static final Pattern FILE =
      Pattern.compile("(?:.*/)?([a-z_]+)(?: ?\\(\\d+\\))?\\.csv(?:\\.[a-z0-9]+)?");

  private final String network;

  /** The account whose file it is; null if that is not known. */
  final String owner;

  OwnersExport(String network, String owner) {
    this.network = network;
    this.owner = owner;
  }

  /**
   * What a CSV file is called, in lower case, without its ending, and without the number that
   * stands behind the name of one of several parts; empty if it is not CSV.
   *
   * @param path with the folders around it
   */
  static String nameOf(String path) {
    Matcher file = FILE.matcher(path.toLowerCase(Locale.ROOT));
    return file.matches() ? file.group(1) : "";
  }

  @Override
  public final String name() {
    return network;
  }

  @Override
  public final boolean isJson() {
    return false;
  }

  @Override
  public final void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    String unread = unread();
    if (unread != null) {
      sink.ignored(unread);
      return;
    }
    List<String> values = CsvLine.values(bytes, offset, length);
    if (isHeader(values)) {
      sink.ignored("header of the CSV file");
    } else if (owner == null && needsOwner()) {
      sink.ignored("CSV export without its account");
    } else {
      read(values, sink);
    }
  }

  /** Why nothing of the file is read; null if it is read. */
  String unread() {
    return null;
  }

  abstract boolean isHeader(List<String> values);

  /** Whether a line tells nothing without the owner. */
  boolean needsOwner() {
    return true;
  }

  /** Reads a line. */
  abstract void read(List<String> values, LineSink sink) throws RejectedLineException;
}
