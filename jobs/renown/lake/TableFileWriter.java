package renown.lake;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.executor.OutputMetrics;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.util.SerializableConfiguration;
import renown.kernels.keys.KeyPrints;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/**
 * Writes rows held by column as Parquet files of a table, in the driver or in a task, without a
 * query. A file counts once a commit names it; until then, and where a task is tried again, it is
 * nobody's and left for VACUUM.
 */
public final class TableFileWriter implements Serializable {
  private static final long serialVersionUID = 1;

  /** Bytes in memory before they are written; more than most files have. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final String folder;
  private final String sparkSchema;
  private final String parquetSchema;
  private final List<TableColumn> columns;
  private final List<String> statisticsColumns;

  /** Whose repetitions are counted; empty where nobody asks. */
  private final List<TableColumn> key;

  private final TableRules rules;
  private final Broadcast<SerializableConfiguration> hadoop;

  /** What is written in the driver counts here; null in a task, which counts by itself. */
  private final transient LakeCounts counts;

  TableFileWriter(
      SparkSession spark,
      String folder,
      TableSchema table,
      List<String> statisticsColumns,
      Broadcast<SerializableConfiguration> hadoop,
      LakeCounts counts) {
    this.folder = folder;
    this.sparkSchema = table.structType().json();
    this.parquetSchema = parquetSchema(spark, table);
    this.columns = new ArrayList<>(table.columns());
    this.statisticsColumns = new ArrayList<>(statisticsColumns);
    this.key = table.isPublished() ? new ArrayList<>(table.key()) : List.of();
    this.rules = TableRules.of(spark, table);
    this.hadoop = hadoop;
    this.counts = counts;
  }

  /** Types as every reader of Delta tables knows them, whatever the session would write. */
  private static String parquetSchema(SparkSession spark, TableSchema table) {
    SQLConf settings = spark.sessionState().conf().clone();
    settings.setConfString("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    settings.setConfString("spark.sql.parquet.writeLegacyFormat", "false");
    return new SparkToParquetSchemaConverter(settings).convert(table.structType()).toString();
  }

  /**
   * Writes a file.
   *
   * @param rows with all columns of the table, in the order in which they are to lie
   * @return what was written, for {@link Lake#append} and the like; empty where there are no rows
   * @throws IllegalArgumentException where a row breaks a rule of the table
   */
  public List<DataFile> write(ColumnRows rows) throws IOException {
    return write(rows, Integer.MAX_VALUE);
  }

  /**
   * The same as a file of row groups of at most so many rows: who looks for a few numbers reads
   * only groups that may hold them.
   *
   * @param order numbers of rows, each once, in the order in which they are to lie
   * @see TableFiles#readAmong
   */
  public List<DataFile> writeGroups(ColumnRows rows, int[] order, int mostRowsPerGroup)
      throws IOException {
    return write(rows, order, Integer.MAX_VALUE, mostRowsPerGroup);
  }

  /** The same in files of at most so many rows. */
  public List<DataFile> write(ColumnRows rows, int mostRowsPerFile) throws IOException {
    return write(rows, IntStream.range(0, rows.size()).toArray(), mostRowsPerFile);
  }

  /**
   * The same in another order.
   *
   * @param order numbers of rows, each once, in the order in which they are to lie
   */
  public List<DataFile> write(ColumnRows rows, int[] order, int mostRowsPerFile)
      throws IOException {
    return write(rows, order, mostRowsPerFile, Integer.MAX_VALUE);
  }

  private List<DataFile> write(
      ColumnRows rows, int[] order, int mostRowsPerFile, int mostRowsPerGroup) throws IOException {
    rules.check(rows);
    List<DataFile> files = new ArrayList<>();
    int size = rows.size();
    for (int from = 0; from < size; from += Math.min(mostRowsPerFile, size - from)) {
      int to = from + Math.min(mostRowsPerFile, size - from);
      files.add(write(rows, order, from, to, mostRowsPerGroup));
    }
    long bytes = files.stream().mapToLong(DataFile::size).sum();
    if (TaskContext.get() != null) {
      OutputMetrics metrics = TaskContext.get().taskMetrics().outputMetrics();
      metrics.setRecordsWritten(metrics.recordsWritten() + size);
      metrics.setBytesWritten(metrics.bytesWritten() + bytes);
    } else if (counts != null) {
      counts.countWritten(size, bytes);
    }
    return files;
  }

  private DataFile write(ColumnRows rows, int[] order, int from, int to, int mostRowsPerGroup)
      throws IOException {
    Configuration conf = hadoop.value().value();
    Path path = new Path(folder, "part-" + UUID.randomUUID() + ".zstd.parquet");
    try (ParquetWriter<Integer> writer =
        new Builder(HadoopOutputFile.fromPath(path, conf), new Rows(parquetSchema, columns, rows))
            .withConf(conf)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .config("parquet.compression.codec.zstd.level", "1")
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withRowGroupRowCountLimit(mostRowsPerGroup)
            // Ids that lie sorted are kept as what they do not share with the one before.
            .withWriterVersion(WriterVersion.PARQUET_2_0)
            .build()) {
      for (int i = from; i < to; i++) {
        writer.write(order[i]);
      }
    }
    return DataFileCommits.described(path, conf, sparkSchema, statisticsColumns)
        .withRepeatedKeys(key.isEmpty() ? null : repeatedKeys(rows, order, from, to));
  }

  /** How many rows repeat the key of another that is written to the same file. */
  private long repeatedKeys(ColumnRows rows, int[] order, int from, int to) {
    KeyPrints prints = new KeyPrints(to - from);
    for (TableColumn column : key) {
      for (int i = from; i < to; i++) {
        int row = order[i];
        if (rows.values(column.name()).isNull(row)) {
          prints.addNull(i - from);
        } else if (column.type() instanceof StringType) {
          prints.add(i - from, rows.texts(column).get(row));
        } else {
          prints.add(i - from, rows.longs(column).get(row));
        }
      }
    }
    return KeyPrints.repeated(prints.high(), prints.low());
  }

  private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
    private final Rows rows;

    Builder(org.apache.parquet.io.OutputFile file, Rows rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so it has to be there
    protected WriteSupport<Integer> getWriteSupport(Configuration conf) {
      return rows;
    }
  }

  /** Row numbers, written as the rows of that number. */
  private static final class Rows extends WriteSupport<Integer> {
    private final MessageType message;
    private final String[] names;
    private final DataType[] types;
    private final ColumnRows.Values[] values;
    private final String[] texts;
    private final Binary[] bytes;
    private RecordConsumer out;

    Rows(String parquetSchema, List<TableColumn> columns, ColumnRows rows) {
      this.message = MessageTypeParser.parseMessageType(parquetSchema);
      this.names = columns.stream().map(TableColumn::name).toArray(String[]::new);
      this.types = columns.stream().map(TableColumn::type).toArray(DataType[]::new);
      this.values =
          columns.stream()
              .map(column -> rows.values(column.name()))
              .toArray(ColumnRows.Values[]::new);
      this.texts = new String[names.length];
      this.bytes = new Binary[names.length];
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so it has to be there
    public WriteContext init(Configuration conf) {
      return new WriteContext(message, new HashMap<>());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(Integer row) {
      out.startMessage();
      for (int c = 0; c < values.length; c++) {
        if (values[c].isNull(row)) {
          continue;
        }
        out.startField(names[c], c);
        if (values[c] instanceof ColumnRows.Texts column) {
          write(column.get(row), c);
        } else {
          write(values[c], types[c], row);
        }
        out.endField(names[c], c);
      }
      out.endMessage();
    }

    /** A text that is the same object as the one before it is not turned into bytes again. */
    private void write(String text, int column) {
      if (text != texts[column]) {
        texts[column] = text;
        bytes[column] = Binary.fromString(text);
      }
      out.addBinary(bytes[column]);
    }

    private void write(ColumnRows.Values column, DataType type, int row) {
      if (column instanceof ColumnRows.Longs longs) {
        long value = longs.get(row);
        if (type instanceof BooleanType) {
          out.addBoolean(value != 0);
        } else if (type instanceof DateType) {
          out.addInteger((int) value);
        } else {
          out.addLong(value);
        }
      } else if (column instanceof ColumnRows.Doubles doubles) {
        out.addDouble(doubles.get(row));
      } else {
        Object list = column.boxed(row);
        if (list instanceof byte[] bytes) {
          out.addBinary(Binary.fromConstantByteArray(bytes));
        } else if (list instanceof String[] texts) {
          list(texts.length, i -> out.addBinary(Binary.fromString(texts[i])));
        } else if (list instanceof long[] longs) {
          list(longs.length, i -> out.addLong(longs[i]));
        } else {
          double[] doubles = (double[]) list;
          list(doubles.length, i -> out.addDouble(doubles[i]));
        }
      }
    }

    private void list(int length, java.util.function.IntConsumer element) {
      out.startGroup();
      if (length > 0) {
        out.startField("list", 0);
        for (int i = 0; i < length; i++) {
          out.startGroup();
          out.startField("element", 0);
          element.accept(i);
          out.endField("element", 0);
          out.endGroup();
        }
        out.endField("list", 0);
      }
      out.endGroup();
    }
  }
}
