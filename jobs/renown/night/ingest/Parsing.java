package renown.night.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import renown.dumps.Archive;
import renown.dumps.DumpFormat;
import renown.dumps.ErasedStatements;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.RawFile;
import renown.dumps.RawLines;
import renown.dumps.RejectedLineException;
import renown.dumps.StatementBounds;
import renown.dumps.formats.IgnoredRules;
import renown.lake.ErasedNames;

/** Reads raw files in parallel and parses their lines into rows of {@link Parsed#SCHEMA}. */
final class Parsing implements Serializable {
  /** Target bytes per task; more than a slice, so that small files share a task. */
  private static final long TASK_BYTES = 256L << 20;

  /** Maximum distinct rules per slice, because lines choose their names. */
  private static final int MOST_RULES = 200;

  private record Piece(RawFile file, RawLines.Slice slice) implements Serializable {
    long length() {
      return slice.end() - slice.start();
    }
  }

  private final Map<String, DumpFormat> formats;
  private final String root;
  private final int longestLine;
  private final long sliceBytes;
  private final long latestMicros;
  private final ErasedNames erased;

  /**
   * @param formats by network
   * @param root the raw root
   * @param longestLine bytes
   * @param sliceBytes where large plain files are cut
   * @param night what claims to have happened more than a day after its end is rejected: it would
   *     weigh more than anything that did happen
   * @param erased treated as never named
   */
  Parsing(
      Map<String, DumpFormat> formats,
      Path root,
      int longestLine,
      long sliceBytes,
      LocalDate night,
      ErasedNames erased) {
    this.formats = new TreeMap<>(formats);
    this.root = root.toString();
    this.longestLine = longestLine;
    this.sliceBytes = sliceBytes;
    this.latestMicros = startOf(night.plusDays(2));
    this.erased = erased;
  }

  private static long startOf(LocalDate day) {
    return TimeUnit.DAYS.toMicros(day.toEpochDay());
  }

  /** The rows of all lines of the files, unordered. */
  Dataset<Row> rows(SparkSession spark, List<RawFile> files) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    List<ArrayList<Piece>> tasks = balanced(files, context.defaultParallelism());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    JavaRDD<Row> rows =
        context
            .parallelize(tasks, Math.max(1, tasks.size()))
            .flatMap(
                pieces ->
                    new PushedRows(
                        out -> {
                          for (Piece piece : pieces) {
                            read(piece, hadoop.value().value(), out);
                          }
                        }));
    return spark.createDataFrame(rows, Parsed.SCHEMA);
  }

  /** Balances slices over tasks by size: largest first, each to the task with the least. */
  private List<ArrayList<Piece>> balanced(List<RawFile> files, int parallelism) {
    List<Piece> pieces = new ArrayList<>();
    for (RawFile file : files) {
      RawLines.slices(file, sliceBytes).forEach(slice -> pieces.add(new Piece(file, slice)));
    }
    pieces.sort(
        Comparator.comparingLong((Piece piece) -> -piece.length())
            .thenComparing(piece -> piece.file.path())
            .thenComparing(piece -> piece.slice.start()));
    long bytes = files.stream().mapToLong(RawFile::size).sum();
    int count = (int) Math.min(pieces.size(), Math.max(parallelism * 2L, bytes / TASK_BYTES));
    record Task(int number, long[] bytes, ArrayList<Piece> pieces) {}
    PriorityQueue<Task> leastFirst =
        new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.bytes[0]).thenComparing(Task::number));
    List<ArrayList<Piece>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Task task = new Task(i, new long[1], new ArrayList<>());
      tasks.add(task.pieces);
      leastFirst.add(task);
    }
    for (Piece piece : pieces) {
      Task task = leastFirst.remove();
      task.pieces.add(piece);
      task.bytes[0] += piece.length();
      leastFirst.add(task);
    }
    return tasks;
  }

  private void read(Piece piece, Configuration hadoop, PushedRows.Rows out) throws Exception {
    RawFile file = piece.file;
    long start = piece.slice.start();
    RawLines.Result result;
    Lines lines;
    try {
      lines = new Lines(file, format(file, hadoop), start, out);
      result = RawLines.read(new Path(root), file, piece.slice, longestLine, hadoop, lines);
    } catch (AccessControlException | FileNotFoundException e) {
      // Not counted as loaded, so the next night tries it again.
      out.accept(
          Parsed.reject(
              file.network(),
              file.path(),
              start,
              0,
              "the file cannot be opened: "
                  + (e instanceof FileNotFoundException ? "gone or unreadable" : "no permission")));
      return;
    }
    if (result.fault() != null) {
      lines.member("");
      lines.brokenMember(result.fault());
    }
    lines.ignoredByRule.forEach(
        (rule, count) -> out.accept(Parsed.ignored(file.network(), rule, count)));
    out.accept(
        Parsed.slice(
            file.network(),
            file.path(),
            start,
            result.checksum(),
            // The line that the damage cuts off is begun, if not counted: it is the one rejected.
            result.lineCount() + lines.broken,
            result.blankCount(),
            lines.accepted,
            lines.ignored,
            lines.rejected));
  }

  /** The format of a file; in an archive that names its owner, the format with that owner. */
  private DumpFormat format(RawFile file, Configuration hadoop) throws IOException {
    DumpFormat format = formats.get(file.network());
    if (file.archive() == Archive.NONE || format.contextMember() == null) {
      return format;
    }
    byte[] context =
        RawLines.member(new Path(root), file, format.contextMember(), longestLine, hadoop);
    try {
      return context == null ? format : format.inContext(context);
    } catch (RejectedLineException e) {
      // It is a member like the others, too, and rejected as such.
      return format;
    }
  }

  /**
   * Parses the lines of one slice. A line's statements are emitted only if the whole line is valid.
   */
  private final class Lines implements RawLines.Handler, LineSink {
    private final RawFile file;
    private final long sliceStart;
    private final PushedRows.Rows out;
    private final DumpFormat ofAll;
    private DumpFormat format;
    private final long endOfDay;
    private final List<ParsedRecord> statements = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();
    private final Map<String, Long> ignoredByRule = new TreeMap<>();
    private String path;
    private long accepted;
    private long ignored;
    private long rejected;
    private long broken;

    Lines(RawFile file, DumpFormat format, long sliceStart, PushedRows.Rows out) {
      this.file = file;
      this.path = file.path();
      this.sliceStart = sliceStart;
      this.out = out;
      this.ofAll = format;
      this.format = format.inFile(file.path());
      this.endOfDay = startOf(file.date().plusDays(1));
    }

    @Override
    public void line(byte[] buffer, int offset, int length, long lineNumber, long byteOffset) {
      statements.clear();
      rules.clear();
      try {
        format.parse(buffer, offset, length, this);
        boolean isCut = false;
        for (ParsedRecord statement : statements) {
          checkTimes(statement);
          isCut |= StatementBounds.cut(statement);
        }
        if (isCut) {
          rules.add(StatementBounds.RULE);
        }
      } catch (RejectedLineException e) {
        reject(lineNumber, e.getMessage());
        return;
      }
      if (ErasedStatements.remove(statements, file.network(), erased) && statements.isEmpty()) {
        countIgnored(ErasedStatements.RULE);
      }
      boolean own = true;
      for (ParsedRecord statement : statements) {
        if (own && statement.recordId != null) {
          out.accept(Parsed.ownRow(file.network(), statement, endOfDay));
          own = false;
        } else {
          out.accept(Parsed.row(file.network(), statement, endOfDay));
        }
      }
      rules.forEach(this::countIgnored);
      if (statements.isEmpty()) {
        ignored++;
      } else {
        accepted++;
        out.weigh(length);
      }
    }

    private void countIgnored(String rule) {
      boolean bounded = ignoredByRule.size() < MOST_RULES || ignoredByRule.containsKey(rule);
      ignoredByRule.merge(bounded ? rule : "others", 1L, Long::sum);
    }

    private void checkTimes(ParsedRecord statement) throws RejectedLineException {
      if (Math.max(statement.happenedAt, statement.witnessedAt) >= latestMicros) {
        throw new RejectedLineException("its time lies more than a day after the night");
      }
    }

    @Override
    public void tooLong(long lineNumber, long byteOffset, long length) {
      reject(lineNumber, "the line is longer than " + longestLine + " bytes");
    }

    private void reject(long lineNumber, String reason) {
      rejected++;
      out.accept(Parsed.reject(file.network(), path, sliceStart, lineNumber, reason));
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
