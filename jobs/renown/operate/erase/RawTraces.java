package renown.operate.erase;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import renown.dumps.RawFile;
import renown.dumps.RawFiles;
import renown.dumps.RawLines;
import renown.dumps.ReadLimits;
import renown.lake.NamesInText;

/**
 * Finds the raw files that name an erased account. They are not part of the lake; they are listed
 * so that their owner can delete them or some of their lines.
 */
final class RawTraces {
  /**
   * A raw file with an account in it.
   *
   * @param path relative to the raw root
   * @param lineCount lines that name it; 0 if the file could not be read to its end
   */
  record RawTrace(String path, long lineCount) implements Serializable {}

  private RawTraces() {}

  /** The files that name them, and those that could not be read. */
  static List<RawTrace> in(Path rawRoot, Erased erased, ReadLimits limits, SparkSession spark) {
    List<RawFile> files =
        RawFiles.list(rawRoot, spark.sessionState().newHadoopConf()).files().stream()
            .filter(file -> erased.networks().contains(file.network()))
            .toList();
    String root = rawRoot.toString();
    return LakeFiles.each(spark, files, (file, conf) -> of(root, file, erased, limits, conf))
        .stream()
        .filter(trace -> trace.lineCount >= 0)
        .toList();
  }

  private static RawTrace of(
      String root, RawFile file, Erased erased, ReadLimits limits, Configuration hadoop)
      throws IOException {
    List<String> names = new ArrayList<>();
    names.addAll(erased.ids(file.network()));
    names.addAll(erased.handles(file.network()));
    Counting counting = new Counting(names);
    RawLines.Result result =
        RawLines.read(
            new Path(root),
            file,
            new RawLines.Slice(0, Math.max(1, file.size())),
            limits,
            hadoop,
            counting);
    boolean unreadable = result.fault() != null || counting.tooLong;
    return new RawTrace(file.path(), counting.lines > 0 ? counting.lines : unreadable ? 0 : -1);
  }

  private static final class Counting implements RawLines.Handler {
    private final List<String> names;
    private long lines;
    private boolean tooLong;

    Counting(List<String> names) {
      this.names = names;
    }

    @Override
    public void line(byte[] buffer, int offset, int length, long lineNumber, long byteOffset) {
      String line = new String(buffer, offset, length, StandardCharsets.UTF_8);
      if (names.stream().anyMatch(name -> isIn(line, name))) {
        lines++;
      }
    }

    @Override
    public void tooLong(long lineNumber, long byteOffset, long length) {
      tooLong = true;
    }
  }

  /**
   * Whether a line names an account: a name that could be a word, or a number, only as a whole
   * value, as a mention or in an address.
   */
  static boolean isIn(String line, String name) {
    if (NamesInText.isTelling(name)) {
      return Traces.holds(line, name);
    }
    String small = line.toLowerCase(Locale.ROOT);
    String wanted = name.toLowerCase(Locale.ROOT);
    for (int at = small.indexOf(wanted); at >= 0; at = small.indexOf(wanted, at + 1)) {
      char before = at == 0 ? '\n' : small.charAt(at - 1);
      int end = at + wanted.length();
      char after = end == small.length() ? '\n' : small.charAt(end);
      boolean ends = !(Character.isLetterOrDigit(after) || after == '_' || after == '-');
      if (ends && (before == '@' || before == '/' || before == '\n')
          || before == '"' && after == '"'
          || before == ':' && (after == ',' || after == '}' || after == ']')) {
        return true;
      }
    }
    return false;
  }
}
