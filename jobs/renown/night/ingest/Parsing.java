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
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import renown.dumps.DumpFormat;
import renown.dumps.DumpReader;
import renown.dumps.ParsedRecord;
import renown.dumps.RawFile;
import renown.dumps.RawLines;
import renown.dumps.ReadLimits;
import renown.lake.ErasedNames;

/** Reads raw files in parallel and parses their lines into blocks of statements. */
final class Parsing implements Serializable {
  /** Target bytes per task; more than a slice, so that small files share a task. */
  private static final long TASK_BYTES = 256L << 20;

  /** A slice of a file. */
  record Piece(RawFile file, RawLines.Slice slice) implements Serializable {
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
   * @param limits what a file may take
   * @param sliceBytes where large plain files are cut
   * @param night what claims to have happened more than a day after its end is rejected: it would
   *     weigh more than anything that did happen
   * @param erased treated as never named
   */
  Parsing(
      Map<String, DumpFormat> formats,
      Path root,
      ReadLimits limits,
      long sliceBytes,
      LocalDate night,
      ErasedNames erased) {
    this.formats = new TreeMap<>(formats);
    this.reader = new DumpReader(root, limits, startOf(night.plusDays(2)), erased);
    this.sliceBytes = sliceBytes;
  }

  private static long startOf(LocalDate day) {
    return TimeUnit.DAYS.toMicros(day.toEpochDay());
  }

  /** The statements of all lines of the files, unordered; one partition per task. */
  JavaRDD<ParsedBlock> blocks(SparkSession spark, List<RawFile> files) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    List<ArrayList<Piece>> tasks = balanced(files, context.defaultParallelism());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    LongAccumulator cpu = spark.sparkContext().longAccumulator(IngestStage.CPU_OF_READERS);
    return context
        .parallelize(tasks, Math.max(1, tasks.size()))
        .mapPartitionsWithIndex(
            (partition, lists) ->
                new PushedBlocks(
                    blocks -> {
                      while (lists.hasNext()) {
                        read(partition, lists.next(), hadoop.value().value(), blocks);
                      }
                    },
                    cpu::add),
            false)
        .setName("parse");
  }

  /**
   * Reads what one task is to read.
   *
   * @param partition the task's number
   * @param blocks takes the blocks, in order
   */
  void read(int partition, List<Piece> pieces, Configuration hadoop, Consumer<ParsedBlock> blocks)
      throws Exception {
    ParsedBlock.Writer out = new ParsedBlock.Writer(partition, blocks);
    for (Piece piece : pieces) {
      read(piece, hadoop, out);
    }
    out.close();
  }

  /** Balances slices over tasks by size: largest first, each to the task with the least. */
  List<ArrayList<Piece>> balanced(List<RawFile> files, int parallelism) {
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

  private void read(Piece piece, Configuration hadoop, ParsedBlock.Writer out) throws Exception {
    RawFile file = piece.file;
    long start = piece.slice.start();
    DumpReader.Counts counts;
    try {
      counts =
          reader.read(
              file, piece.slice, formats.get(file.network()), hadoop, new Lines(file, start, out));
    } catch (AccessControlException | FileNotFoundException e) {
      // Not counted as loaded, so the next night tries it again.
      out.told()
          .reject(
              new Told.Reject(
                  file.network(),
                  file.path(),
                  start,
                  0,
                  "the file cannot be opened: "
                      + (e instanceof FileNotFoundException
                          ? "gone or unreadable"
                          : "no permission")),
              true);
      return;
    }
    counts
        .ignoredByRule()
        .forEach((rule, count) -> out.told().ignored.add(file.network(), rule, count));
    out.told()
        .slices
        .add(
            new Told.Slice(
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

  /** What a slice says, on the way to blocks. */
  private static final class Lines implements DumpReader.Output {
    private final RawFile file;
    private final long sliceStart;
    private final ParsedBlock.Writer out;
    private final long endOfDay;
    private long rejected;

    Lines(RawFile file, long sliceStart, ParsedBlock.Writer out) {
      this.file = file;
      this.sliceStart = sliceStart;
      this.out = out;
      this.endOfDay = startOf(file.date().plusDays(1));
    }

    @Override
    public void said(List<ParsedRecord> statements, int length) {
      boolean own = true;
      for (ParsedRecord statement : statements) {
        boolean isOwn = own && statement.recordId != null;
        out.accept(file.network(), statement, endOfDay, isOwn);
        own &= !isOwn;
      }
    }

    @Override
    public void rejected(String path, long lineNumber, String reason) {
      boolean isShown = rejected++ < Told.MOST_REJECTS;
      out.told()
          .reject(new Told.Reject(file.network(), path, sliceStart, lineNumber, reason), isShown);
    }
  }
}
