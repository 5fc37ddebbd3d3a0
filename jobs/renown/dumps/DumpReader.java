package renown.dumps;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import renown.lake.ErasedNames;

/**
 * From the bytes of a raw file to what its records say. A record is a line, or in JSON a value,
 * however many lines it takes; the statements of a record are given only if the whole of it is
 * valid.
 */
public final class DumpReader implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Maximum distinct rules per slice, because lines choose their names. */
  private static final int MOST_RULES = 200;

  /** Receives what records say. */
  public interface Output {
    /**
     * What a record says.
     *
     * @param statements at least one; only valid during the call
     * @param length bytes of the record
     */
    void said(List<ParsedRecord> statements, int length);

    /**
     * A record that is left out.
     *
     * @param path of the file; for a member of an archive {@code archive!/member}
     * @param lineNumber the line in the slice on which it begins; 0 means the file as a whole
     */
    void rejected(String path, long lineNumber, String reason);
  }

  /**
   * What was read. Every record is one of accepted, ignored and rejected; what could not be read of
   * a damaged file counts as one record.
   *
   * @param lineCount lines of the slice, blank ones included
   * @param accepted records with at least one statement
   * @param ignoredByRule how often each rule left out a record, or a part of one
   * @param checksum of the slice's bytes, CRC32C
   */
  public record Counts(
      long lineCount,
      long blankCount,
      long accepted,
      long ignored,
      long rejected,
      Map<String, Long> ignoredByRule,
      long checksum) {}

  private final String root;
  private final ReadLimits limits;
  private final long latestMicros;
  private final ErasedNames erased;

  /**
   * @param root the raw root
   * @param limits what a file may take
   * @param latestMicros a record that claims to have happened then or later is rejected
   * @param erased treated as never named
   */
  public DumpReader(Path root, ReadLimits limits, long latestMicros, ErasedNames erased) {
    this.root = root.toString();
    this.limits = limits;
    this.latestMicros = latestMicros;
    this.erased = erased;
  }

  /**
   * Reads a slice of a file.
   *
   * @param format of the file's network
   * @throws IOException if the store fails, as opposed to the file's content
   */
  public Counts read(
      RawFile file, RawLines.Slice slice, DumpFormat format, Configuration hadoop, Output output)
      throws IOException {
    Lines lines = new Lines(file, inContext(file, format, hadoop), output);
    RawLines.Result result = RawLines.read(new Path(root), file, slice, limits, hadoop, lines);
    if (result.fault() != null) {
      lines.member("");
      lines.brokenMember(result.fault());
    }
    return new Counts(
        // The line that the damage cuts off is begun, if not counted: it is the one rejected.
        result.lineCount() + lines.broken,
        result.blankCount(),
        lines.accepted,
        lines.ignored,
        lines.rejected,
        lines.ignoredByRule,
        result.checksum());
  }

  /** The format of a file; where another file beside it tells whose it is, with that owner. */
  private DumpFormat inContext(RawFile file, DumpFormat format, Configuration hadoop)
      throws IOException {
    String name = format.contextMember();
    if (name == null) {
      return format;
    }
    byte[] context = null;
    if (file.archive() != Archive.NONE) {
      context = RawLines.member(new Path(root), file, name, limits, hadoop);
    } else if (format.needsContext(file.path())) {
      context = beside(file, name, hadoop);
    }
    try {
      return context == null ? format : format.inContext(context);
    } catch (RejectedLineException e) {
      // It is a file like the others, too, and rejected as such.
      return format;
    }
  }

  /** The content of a file in the same folder; null if there is none, or if it is too long. */
  private byte[] beside(RawFile file, String name, Configuration hadoop) throws IOException {
    Path path = new Path(new Path(root, file.path()).getParent(), name);
    try (InputStream opened = path.getFileSystem(hadoop).open(path)) {
      byte[] content = opened.readNBytes(limits.longestLine() + 1);
      return content.length > limits.longestLine() ? null : content;
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  private final class Lines implements RawLines.Handler, LineSink {
    private final RawFile file;
    private final DumpFormat ofAll;
    private final Output output;
    private final List<ParsedRecord> statements = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();
    private final Map<String, Long> ignoredByRule = new TreeMap<>();
    private DumpFormat format;
    private String path;
    private long accepted;
    private long ignored;
    private long rejected;
    private long broken;

    Lines(RawFile file, DumpFormat format, Output output) {
      this.file = file;
      this.path = file.path();
      this.ofAll = format;
      this.output = output;
      this.format = format.inFile(file.path());
    }

    @Override
    public boolean isJson() {
      return format.isJson();
    }

    @Override
    public boolean areArraysWhole() {
      return format.areArraysWhole();
    }

    @Override
    public void line(byte[] buffer, int offset, int length, long lineNumber, long byteOffset) {
      try {
        parse(buffer, offset, length);
      } catch (RejectedLineException e) {
        reject(lineNumber, e.getMessage());
        return;
      }
      say(length);
    }

    @Override
    public boolean wholeLine(
        byte[] buffer, int offset, int length, long lineNumber, long byteOffset) {
      try {
        parse(buffer, offset, length);
      } catch (RejectedLineException e) {
        if (e.isOfExtent()) {
          return false;
        }
        reject(lineNumber, e.getMessage());
        return true;
      }
      say(length);
      return true;
    }

    private void parse(byte[] buffer, int offset, int length) throws RejectedLineException {
      statements.clear();
      rules.clear();
      format.parse(buffer, offset, length, this);
      boolean isCut = false;
      for (ParsedRecord statement : statements) {
        if (Math.max(statement.happenedAt, statement.witnessedAt) >= latestMicros) {
          throw new RejectedLineException("its time lies more than a day after the night");
        }
        isCut |= StatementBounds.cut(statement);
      }
      if (isCut) {
        rules.add(StatementBounds.RULE);
      }
    }

    private void say(int length) {
      if (ErasedStatements.remove(statements, file.network(), erased) && statements.isEmpty()) {
        countIgnored(ErasedStatements.RULE);
      }
      rules.forEach(this::countIgnored);
      if (statements.isEmpty()) {
        ignored++;
      } else {
        accepted++;
        output.said(statements, length);
      }
    }

    private void countIgnored(String rule) {
      boolean bounded = ignoredByRule.size() < MOST_RULES || ignoredByRule.containsKey(rule);
      ignoredByRule.merge(bounded ? rule : "others", 1L, Long::sum);
    }

    @Override
    public void tooLong(long lineNumber, long byteOffset, long length) {
      reject(lineNumber, "the line is longer than " + limits.longestLine() + " bytes");
    }

    private void reject(long lineNumber, String reason) {
      rejected++;
      output.rejected(path, lineNumber, reason);
    }

    @Override
    public void member(String name) {
      path = name.isEmpty() ? file.path() : file.path() + "!/" + name;
      format = ofAll.inFile(path);
    }

    @Override
    public void skippedMember(String extension) {
      countIgnored(IgnoredRules.named("archive member", extension.isEmpty() ? null : extension));
    }

    @Override
    public void brokenMember(RawLines.Fault fault) {
      broken++;
      reject(fault.lineNumber(), fault.reason());
    }

    @Override
    public void accept(ParsedRecord record) {
      statements.add(record);
    }

    @Override
    public void ignored(String rule) {
      rules.add(rule);
    }
  }
}
