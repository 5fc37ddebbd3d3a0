package renown.night.ingest;

import java.io.FileNotFoundException;
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
import renown.dumps.DumpFormat;
import renown.dumps.DumpReader;
import renown.dumps.ParsedRecord;
import renown.dumps.RawFile;
import renown.dumps.RawLines;
import renown.lake.ErasedNames;

/** Reads raw files in parallel and parses their lines into rows of {@link Parsed#SCHEMA}. */
final class Parsing implements Serializable {
  /** Target bytes per task; more than a slice, so that small files share a task. */
  private static final long TASK_BYTES = 256L << 20;

  private record Piece(RawFile file, RawLines.Slice slice) implements Serializable {
    long length() {
      return slice.end() - slice.start();
    }
  }

  private final Map<String, DumpFormat> formats;
  private final DumpReader reader;
  private final long sliceBytes;

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
    this.reader = new DumpReader(root, longestLine, startOf(night.plusDays(2)), erased);
    this.sliceBytes = sliceBytes;
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
    DumpReader.Counts counts;
    try {
      counts =
          reader.read(
              file, piece.slice, formats.get(file.network()), hadoop, new Rows(file, start, out));
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
    counts
        .ignoredByRule()
        .forEach((rule, count) -> out.accept(Parsed.ignored(file.network(), rule, count)));
    out.accept(
        Parsed.slice(
            file.network(),
            file.path(),
            start,
            counts.checksum(),
            counts.lineCount(),
            counts.blankCount(),
            counts.accepted(),
            counts.ignored(),
            counts.rejected()));
  }

  /** Statements as rows. */
  private static final class Rows implements DumpReader.Output {
    private final RawFile file;
    private final long sliceStart;
    private final PushedRows.Rows out;
    private final long endOfDay;

    Rows(RawFile file, long sliceStart, PushedRows.Rows out) {
      this.file = file;
      this.sliceStart = sliceStart;
      this.out = out;
      this.endOfDay = startOf(file.date().plusDays(1));
    }

    @Override
    public void said(List<ParsedRecord> statements, int length) {
      boolean own = true;
      for (ParsedRecord statement : statements) {
        if (own && statement.recordId != null) {
          out.accept(Parsed.ownRow(file.network(), statement, endOfDay));
          own = false;
        } else {
          out.accept(Parsed.row(file.network(), statement, endOfDay));
        }
      }
      out.weigh(length);
    }

    @Override
    public void rejected(String path, long lineNumber, String reason) {
      out.accept(Parsed.reject(file.network(), path, sliceStart, lineNumber, reason));
    }
  }
}
