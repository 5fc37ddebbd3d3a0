package renown.lake;

import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.defaults.internal.parquet.ParquetStatsReader;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets Spark write Parquet files straight to where they stay, under names that no other attempt
 * uses, and tells the driver which files there are. Nothing is renamed. A file counts once a commit
 * to the Delta log names it; those of attempts that failed are left for VACUUM.
 *
 * <p>Made by Spark, by reflection, since {@code spark.sql.sources.commitProtocolClass} names it.
 */
@SuppressWarnings("serial") // Spark sends it by Java's serialization, within one version
public final class DataFileCommits extends FileCommitProtocol implements Serializable {
  private static final String WRITE = "/_write-";
  private static final String STATISTICS_COLUMNS = "renown.statistics-columns";

  /** Whatever Spark puts there: the schema of what it writes. */
  private static final String SCHEMA = "org.apache.spark.sql.parquet.row.attributes";

  private static final AtomicLong WRITES = new AtomicLong();

  /** Files of the jobs that ended, by the folder that was asked for; taken out once. */
  private static final Map<String, List<DataFile>> ENDED = new ConcurrentHashMap<>();

  private final String jobId;
  private final String folder;
  private final String table;
  private transient List<String> written;

  /**
   * @param jobId unique
   * @param folder as {@link #write} asks for; what else is written by Spark goes to its folder
   */
  public DataFileCommits(String jobId, String folder) {
    this.jobId = jobId;
    this.folder = folder;
    int end = folder.lastIndexOf(WRITE);
    this.table = end < 0 ? folder : folder.substring(0, end);
  }

  /**
   * Writes rows as Parquet files of a table; one query.
   *
   * @param table where it lies
   * @param statisticsColumns whose least and largest values are told
   * @param mostRowsPerFile 0 for no bound
   * @return the files, those without rows left out
   */
  static List<DataFile> write(
      String table, Dataset<Row> rows, List<String> statisticsColumns, long mostRowsPerFile) {
    String folder = new Path(table + WRITE + WRITES.incrementAndGet()).toString();
    rows.write()
        .mode("append")
        .option("maxRecordsPerFile", mostRowsPerFile)
        .option(STATISTICS_COLUMNS, String.join(",", statisticsColumns))
        .parquet(folder);
    return ENDED.remove(suffix(folder));
  }

  /** Spark qualifies the path that it was given: what is told apart is its end. */
  private static String suffix(String folder) {
    return folder.substring(folder.lastIndexOf(WRITE));
  }

  @Override
  public void setupJob(JobContext job) {}

  @Override
  public void commitJob(
      JobContext job, scala.collection.immutable.Seq<TaskCommitMessage> messages) {
    if (!folder.contains(WRITE)) {
      return;
    }
    List<DataFile> files = new ArrayList<>();
    for (TaskCommitMessage message : CollectionConverters.asJava(messages)) {
      @SuppressWarnings("unchecked") // as commitTask made it
      List<DataFile> ofTask = (List<DataFile>) message.obj();
      files.addAll(ofTask);
    }
    ENDED.put(suffix(folder), files);
  }

  @Override
  public void abortJob(JobContext job) {}

  @Override
  public void setupTask(TaskAttemptContext task) {
    written = new ArrayList<>();
  }

  @Override
  @SuppressWarnings("deprecation") // the one that Spark's writers call
  public String newTaskTempFile(TaskAttemptContext task, Option<String> partition, String suffix) {
    return newTaskTempFile(task, partition, new FileNameSpec("", suffix));
  }

  @Override
  public String newTaskTempFile(
      TaskAttemptContext task, Option<String> partition, FileNameSpec name) {
    String file =
        String.format(
            "part-%05d-%d-%s%s",
            task.getTaskAttemptID().getTaskID().getId(),
            task.getTaskAttemptID().getId(),
            jobId,
            name.suffix());
    Path at = partition.isEmpty() ? new Path(table) : new Path(table, partition.get());
    String path = new Path(at, file).toString();
    written.add(path);
    return path;
  }

  @Override
  public TaskCommitMessage commitTask(TaskAttemptContext task) {
    List<DataFile> files = new ArrayList<>();
    if (folder.contains(WRITE)) {
      try {
        for (String path : written) {
          describe(new Path(path), task.getConfiguration(), files);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new TaskCommitMessage(files);
  }

  private static void describe(Path path, Configuration hadoop, List<DataFile> files)
      throws IOException {
    List<String> columns =
        Arrays.stream(hadoop.get(STATISTICS_COLUMNS, "").split(","))
            .filter(name -> !name.isEmpty())
            .toList();
    DataFile file = described(path, hadoop, hadoop.get(SCHEMA), columns);
    // One without rows counts nowhere. VACUUM removes it: a night may not delete data files.
    if (file != null) {
      files.add(file);
    }
  }

  /**
   * What the log tells of a Parquet file that was written.
   *
   * @param sparkSchema of its rows, as JSON
   * @param statisticsColumns whose least and largest values are told
   * @return null where it has no rows
   */
  static DataFile described(
      Path path, Configuration hadoop, String sparkSchema, List<String> statisticsColumns)
      throws IOException {
    FileStatus status = path.getFileSystem(hadoop).getFileStatus(path);
    StructType schema = DataTypeJsonSerDe.deserializeStructType(sparkSchema);
    DataFileStatistics statistics =
        ParquetStatsReader.readDataFileStatistics(
            new HadoopFileIO(hadoop).newInputFile(path.toString(), status.getLen()),
            schema,
            statisticsColumns.stream().map(io.delta.kernel.expressions.Column::new).toList());
    if (statistics.getNumRecords() == 0) {
      return null;
    }
    return new DataFile(
        path.getName(),
        status.getLen(),
        status.getModificationTime(),
        statistics.serializeAsJson(schema),
        null);
  }

  @Override
  public void abortTask(TaskAttemptContext task) {
    for (String path : written) {
      try {
        new Path(path).getFileSystem(task.getConfiguration()).delete(new Path(path), false);
      } catch (IOException e) {
        // It counts nowhere, and VACUUM finds it.
      }
    }
  }
}
