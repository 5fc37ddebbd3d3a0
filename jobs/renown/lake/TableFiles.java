package renown.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.internal.deletionvectors.DeletionVectorUtils;
import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.util.SerializableConfiguration;
import renown.tables.TableColumn;

/**
 * The files of a table at one version, read column by column into primitive arrays, in the driver
 * or in a task, without a query. A task that is sent one reads what it is asked for and no more.
 */
public final class TableFiles implements Serializable {
  private static final long serialVersionUID = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String table;
  private final List<DataFile> files;
  private final Broadcast<SerializableConfiguration> hadoop;

  /** What is read in the driver counts here; null in a task, which counts by itself. */
  private final transient LakeCounts counts;

  TableFiles(
      String table,
      Collection<DataFile> files,
      Broadcast<SerializableConfiguration> hadoop,
      LakeCounts counts) {
    this.table = table;
    this.files = new ArrayList<>(files);
    this.hadoop = hadoop;
    this.counts = counts;
  }

  /** Some of the files. */
  private TableFiles only(Collection<DataFile> some) {
    return new TableFiles(table, some, hadoop, counts);
  }

  List<DataFile> files() {
    return files;
  }

  /** How many files there are. */
  public int count() {
    return files.size();
  }

  /** The files of several, all of one table and version. */
  public static TableFiles together(List<TableFiles> parts) {
    return parts
        .get(0)
        .only(parts.stream().flatMap(part -> part.files.stream()).distinct().toList());
  }

  /** How many rows there are by the statistics in the log, deleted ones included. */
  public long rowCount() {
    long rows = 0;
    for (DataFile file : files) {
      try {
        rows +=
            file.statistics() == null
                ? 0
                : JSON.readTree(file.statistics()).path("numRecords").longValue();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("statistics of " + file.in(new Path(table)), e);
      }
    }
    return rows;
  }

  /** How many of them count no more. */
  public long deletedRowCount() {
    return files.stream()
        .filter(file -> file.deletionVector() != null)
        .mapToLong(file -> file.deletionVector().getCardinality())
        .sum();
  }

  /** Each file apart, for one task each. */
  public List<TableFiles> each() {
    return files.stream().map(file -> only(List.of(file))).toList();
  }

  /** Those that may hold rows with a value in a column, by the statistics in the log. */
  public TableFiles holding(TableColumn column, long value) {
    return within(column, value, value);
  }

  /**
   * Those that may hold rows with a value in a range, by the statistics in the log; nulls are in no
   * range.
   *
   * @param column of whole numbers, or of dates (days since 1970)
   * @param least the least wanted value
   * @param most the largest wanted value
   */
  public TableFiles within(TableColumn column, long least, long most) {
    return only(files.stream().filter(file -> mayHold(file, column, least, most)).toList());
  }

  /**
   * Whether it is known, without reading any, that no key occurs twice: so who wrote each file
   * tells of it, and of any two a column of the key has no value in common, as the statistics tell.
   *
   * @param key the columns of the table's key
   */
  public boolean areKeysUnique(List<TableColumn> key) {
    return files.stream()
            .allMatch(
                file ->
                    file.deletionVector() == null
                        && file.repeatedKeyCount() != null
                        && file.repeatedKeyCount() == 0)
        && (files.size() < 2
            || key.stream()
                .filter(
                    column ->
                        column.type() instanceof LongType || column.type() instanceof DateType)
                .anyMatch(this::areApart));
  }

  private boolean areApart(TableColumn column) {
    List<long[]> ranges = new ArrayList<>();
    for (DataFile file : files) {
      JsonNode least = statistic(file, "minValues", column);
      JsonNode most = statistic(file, "maxValues", column);
      if (least.isMissingNode() || most.isMissingNode() || column.nullable()) {
        return false;
      }
      ranges.add(new long[] {number(least), number(most)});
    }
    ranges.sort(java.util.Comparator.comparingLong(range -> range[0]));
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i)[0] <= ranges.get(i - 1)[1]) {
        return false;
      }
    }
    return true;
  }

  /** Those that may hold rows with a text in a column, by the statistics in the log. */
  public TableFiles holding(TableColumn column, String text) {
    return only(
        files.stream()
            .filter(
                file -> {
                  JsonNode least = statistic(file, "minValues", column);
                  JsonNode most = statistic(file, "maxValues", column);
                  return !least.isTextual()
                      || !most.isTextual()
                      || least.textValue().compareTo(text) <= 0
                          && most.textValue().compareTo(text) >= 0;
                })
            .toList());
  }

  /** Those that are not among others of the same table. */
  public TableFiles without(TableFiles others) {
    Set<String> left = others.files.stream().map(DataFile::id).collect(Collectors.toSet());
    return only(files.stream().filter(file -> !left.contains(file.id())).toList());
  }

  /** The texts of a column, each once; a file that holds only one, so the log says, is not read. */
  public SortedSet<String> distinct(TableColumn column) {
    TreeSet<String> texts = new TreeSet<>();
    for (TableFiles file : each()) {
      JsonNode least = statistic(file.files.get(0), "minValues", column);
      if (least.isTextual() && least.equals(statistic(file.files.get(0), "maxValues", column))) {
        texts.add(least.textValue());
      } else {
        ColumnRows.Texts read = file.read(column).texts(column);
        for (int row = 0; row < read.size(); row++) {
          texts.add(read.get(row));
        }
      }
    }
    return texts;
  }

  private static JsonNode statistic(DataFile file, String which, TableColumn column) {
    try {
      return file.statistics() == null
          ? MissingNode.getInstance()
          : JSON.readTree(file.statistics()).path(which).path(column.name());
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * Those that may hold rows with one of some values in a column, or with null.
   *
   * @param column of dates (days since 1970)
   */
  public TableFiles holdingAny(TableColumn column, NavigableSet<Integer> values) {
    return only(files.stream().filter(file -> mayHold(file, column, values)).toList());
  }

  private static boolean mayHold(DataFile file, TableColumn column, NavigableSet<Integer> values) {
    if (file.statistics() == null) {
      return true;
    }
    try {
      JsonNode known = JSON.readTree(file.statistics());
      JsonNode from = known.path("minValues").path(column.name());
      JsonNode to = known.path("maxValues").path(column.name());
      JsonNode nulls = known.path("nullCount").path(column.name());
      if (from.isMissingNode() || to.isMissingNode() || nulls.asLong(1) > 0 && column.nullable()) {
        return true;
      }
      Integer first = values.ceiling((int) number(from));
      return first != null && first <= number(to);
    } catch (JsonProcessingException e) {
      return true;
    }
  }

  /** Some of them, by their numbers in {@link #each}. */
  public TableFiles at(Collection<Integer> numbers) {
    return only(numbers.stream().map(files::get).toList());
  }

  private static boolean mayHold(DataFile file, TableColumn column, long least, long most) {
    if (file.statistics() == null) {
      return true;
    }
    try {
      JsonNode known = JSON.readTree(file.statistics());
      JsonNode from = known.path("minValues").path(column.name());
      JsonNode to = known.path("maxValues").path(column.name());
      if (from.isMissingNode() || to.isMissingNode()) {
        JsonNode nulls = known.path("nullCount").path(column.name());
        return !nulls.isNumber() || nulls.longValue() < known.path("numRecords").longValue();
      }
      return number(from) <= most && number(to) >= least;
    } catch (JsonProcessingException e) {
      return true;
    }
  }

  private static long number(JsonNode value) {
    return value.isTextual() ? LocalDate.parse(value.textValue()).toEpochDay() : value.longValue();
  }

  /**
   * The rows of all files, in the order of the files and of the rows in each; rows that were
   * deleted are left out.
   *
   * @param columns those that are wanted; a column that a file lacks is null in its rows
   */
  public ColumnRows read(TableColumn... columns) {
    return read(Arrays.asList(columns));
  }

  /** The same for a list of columns. */
  public ColumnRows read(List<TableColumn> columns) {
    return read(List.of(), columns);
  }

  /**
   * The same of the rows that are wanted. Of others nothing is made but the columns that tell it,
   * and of a row group without any the other columns are not even fetched; they do not count as
   * read.
   *
   * @param keys the columns that tell it
   */
  public ColumnRows readWhere(
      TableReader.Wanted wanted, List<TableColumn> keys, TableColumn... columns) {
    return readWhere(List.of(new TableReader.Condition(wanted, keys)), columns);
  }

  /** The same of the rows that meet all conditions; each is asked of those that met the others. */
  public ColumnRows readWhere(List<TableReader.Condition> conditions, TableColumn... columns) {
    return read(conditions, Arrays.asList(columns));
  }

  /**
   * The same of rows that have one of some numbers. Row groups that hold none of them, as their
   * statistics tell, are not fetched at all; rows without a number are wanted too.
   *
   * @param key a column of whole numbers
   * @param numbers rising
   */
  public ColumnRows readAmong(TableColumn key, long[] numbers, TableColumn... columns) {
    TableReader.Wanted wanted =
        (rows, row) ->
            rows.longs(key).isNull(row)
                || Arrays.binarySearch(numbers, rows.longs(key).get(row)) >= 0;
    TableReader.MayHold mayHold =
        group -> {
          int first = Arrays.binarySearch(numbers, group.least(key));
          first = first < 0 ? -first - 1 : first;
          return first < numbers.length && numbers[first] <= group.most(key);
        };
    return readWhere(List.of(new TableReader.Condition(wanted, List.of(key), mayHold)), columns);
  }

  /** A row group by its statistics; a column with nulls or without statistics may hold anything. */
  private record KnownGroup(BlockMetaData block) implements TableReader.Group {
    @Override
    public long least(TableColumn column) {
      Statistics<?> known = statistics(column);
      return known instanceof LongStatistics longs
          ? longs.getMin()
          : known instanceof IntStatistics days ? days.getMin() : Long.MIN_VALUE;
    }

    @Override
    public long most(TableColumn column) {
      Statistics<?> known = statistics(column);
      return known instanceof LongStatistics longs
          ? longs.getMax()
          : known instanceof IntStatistics days ? days.getMax() : Long.MAX_VALUE;
    }

    private Statistics<?> statistics(TableColumn column) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        if (chunk.getPath().toDotString().equals(column.name())) {
          Statistics<?> known = chunk.getStatistics();
          return known != null
                  && known.isNumNullsSet()
                  && known.getNumNulls() == 0
                  && known.hasNonNullValue()
              ? known
              : null;
        }
      }
      return null;
    }
  }

  private ColumnRows read(List<TableReader.Condition> conditions, List<TableColumn> columns) {
    ColumnRows rows = new ColumnRows(columns);
    long bytes = 0;
    for (DataFile file : files) {
      try {
        bytes += read(file, conditions, columns, rows);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("cannot read " + file.in(new Path(table)), e);
      }
    }
    if (TaskContext.get() != null) {
      InputMetrics metrics = TaskContext.get().taskMetrics().inputMetrics();
      metrics.incRecordsRead(rows.size());
      metrics.incBytesRead(bytes);
    } else if (counts != null) {
      counts.countRead(rows.size(), bytes);
    }
    return rows;
  }

  /**
   * @return bytes of the columns that were fetched
   */
  private long read(
      DataFile file,
      List<TableReader.Condition> conditions,
      List<TableColumn> columns,
      ColumnRows rows)
      throws IOException {
    RoaringBitmapArray deleted = null;
    try (ParquetFileReader reader = open(file)) {
      long first = 0;
      long bytes = 0;
      for (int group = 0; group < reader.getRowGroups().size(); group++) {
        BlockMetaData block = reader.getRowGroups().get(group);
        int count = Math.toIntExact(block.getRowCount());
        first += count;
        TableReader.Group known = new KnownGroup(block);
        if (!conditions.stream().allMatch(condition -> condition.mayHold().test(known))) {
          continue;
        }
        deleted = deleted == null ? deleted(file) : deleted;
        boolean[] isLeftOut = deleted == null ? null : deleted(deleted, first - count, count);
        int kept = count;
        for (TableReader.Condition condition : conditions) {
          if (kept > 0) {
            isLeftOut = isLeftOut == null ? new boolean[count] : isLeftOut;
            ColumnRows told = new ColumnRows(condition.keys());
            read(reader, group, condition.keys(), isLeftOut, told);
            bytes += bytes(block, condition.keys());
            kept = leaveOut(told, condition.wanted(), isLeftOut);
          }
        }
        if (kept > 0) {
          read(reader, group, columns, isLeftOut, rows);
          bytes += bytes(block, columns);
        }
      }
      return bytes;
    }
  }

  private static long bytes(BlockMetaData block, List<TableColumn> columns) {
    Set<String> names = columns.stream().map(TableColumn::name).collect(Collectors.toSet());
    return block.getColumns().stream()
        .filter(chunk -> names.contains(chunk.getPath().toArray()[0]))
        .mapToLong(ColumnChunkMetaData::getTotalSize)
        .sum();
  }

  /**
   * Adds the rows that are not wanted to those that are left out.
   *
   * @param told what was read of the others
   * @return how many are left
   */
  private static int leaveOut(ColumnRows told, TableReader.Wanted wanted, boolean[] isLeftOut) {
    int kept = 0;
    int place = 0;
    for (int row = 0; row < isLeftOut.length; row++) {
      if (!isLeftOut[row]) {
        isLeftOut[row] = !wanted.has(told, place++);
        kept += isLeftOut[row] ? 0 : 1;
      }
    }
    return kept;
  }

  /** Adds the rows of a row group; one that lacks a column has null there. */
  private static void read(
      ParquetFileReader reader,
      int group,
      List<TableColumn> columns,
      boolean[] isLeftOut,
      ColumnRows rows)
      throws IOException {
    MessageType stored = reader.getFileMetaData().getSchema();
    List<Type> wanted = new ArrayList<>();
    for (TableColumn column : columns) {
      if (stored.containsField(column.name())) {
        wanted.add(stored.getType(column.name()));
      }
    }
    MessageType projection = new MessageType(stored.getName(), wanted);
    reader.setRequestedSchema(projection);
    PageReadStore pages = reader.readRowGroup(group);
    int count = Math.toIntExact(pages.getRowCount());
    Map<String, ColumnDescriptor> descriptors = new HashMap<>();
    projection.getColumns().forEach(d -> descriptors.put(d.getPath()[0], d));
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            pages, new Ignoring(), projection, reader.getFileMetaData().getCreatedBy());
    for (TableColumn column : columns) {
      ColumnDescriptor descriptor = descriptors.get(column.name());
      ColumnRows.Values values = rows.values(column.name());
      if (descriptor == null) {
        for (int i = 0; i < count; i++) {
          if (isLeftOut == null || !isLeftOut[i]) {
            values.addNull();
          }
        }
      } else {
        read(
            store.getColumnReader(descriptor),
            descriptor,
            column.type(),
            projection.getType(column.name()).isRepetition(Type.Repetition.OPTIONAL),
            count,
            isLeftOut,
            values);
      }
    }
  }

  /**
   * A file without some of its rows, told by the log alone.
   *
   * @param unwanted which rows are to go, of those that count
   * @param keys the columns that tell it
   * @return what takes the place of this one file in a commit; empty where no row goes
   */
  public Optional<DataFile> without(TableReader.Wanted unwanted, List<TableColumn> keys) {
    DataFile file = files.get(0);
    if (files.size() > 1) {
      throw new IllegalArgumentException(files.size() + " files of " + table);
    }
    org.apache.spark.sql.delta.deletionvectors.RoaringBitmapArray gone =
        new org.apache.spark.sql.delta.deletionvectors.RoaringBitmapArray();
    try {
      RoaringBitmapArray deleted = deleted(file);
      if (deleted != null) {
        Arrays.stream(deleted.toArray()).forEach(gone::add);
      }
      long before = gone.cardinality();
      try (ParquetFileReader reader = open(file)) {
        long first = 0;
        for (int group = 0; group < reader.getRowGroups().size(); group++) {
          ColumnRows told = new ColumnRows(keys);
          read(reader, group, keys, null, told);
          for (int row = 0; row < told.size(); row++) {
            if (unwanted.has(told, row)) {
              gone.add(first + row);
            }
          }
          first += told.size();
        }
      }
      return gone.cardinality() == before ? Optional.empty() : Optional.of(file.without(gone));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot read " + file.in(new Path(table)), e);
    }
  }

  private ParquetFileReader open(DataFile file) throws IOException {
    Configuration conf = hadoop.value().value();
    Path path = file.in(new Path(table));
    return ParquetFileReader.open(
        HadoopInputFile.fromPath(path, conf), HadoopReadOptions.builder(conf, path).build());
  }

  /** Which rows of a file count no more; null if all do. */
  private RoaringBitmapArray deleted(DataFile file) throws IOException {
    return file.deletionVector() == null
        ? null
        : DeletionVectorUtils.loadNewDvAndBitmap(
                DefaultEngine.create(hadoop.value().value()), table, file.deletionVector())
            ._2;
  }

  private static boolean[] deleted(RoaringBitmapArray vector, long first, int count) {
    boolean[] deleted = new boolean[count];
    for (int i = 0; i < count; i++) {
      deleted[i] = vector.contains(first + i);
    }
    return deleted;
  }

  private static void read(
      ColumnReader reader,
      ColumnDescriptor descriptor,
      DataType type,
      boolean mayBeNull,
      int count,
      boolean[] isDeleted,
      ColumnRows.Values values) {
    int full = descriptor.getMaxDefinitionLevel();
    if (type instanceof ArrayType array) {
      readLists(
          reader,
          descriptor,
          array.elementType(),
          mayBeNull,
          count,
          isDeleted,
          (ColumnRows.Lists) values);
      return;
    }
    KnownTexts known = new KnownTexts();
    for (int i = 0; i < count; i++) {
      boolean isKept = isDeleted == null || !isDeleted[i];
      boolean isThere = reader.getCurrentDefinitionLevel() == full;
      if (!isKept) {
        if (isThere) {
          reader.skip();
        }
      } else if (!isThere) {
        values.addNull();
      } else if (values instanceof ColumnRows.Longs longs) {
        longs.add(whole(reader, type));
      } else if (values instanceof ColumnRows.Doubles doubles) {
        doubles.add(reader.getDouble());
      } else if (values instanceof ColumnRows.Texts texts) {
        texts.add(known.text(reader.getBinary()));
      } else {
        ((ColumnRows.Lists) values).add(reader.getBinary().getBytes());
      }
      reader.consume();
    }
  }

  /** Texts that were read of late: of a column of few each is made once. */
  private static final class KnownTexts {
    private static final int PLACES = 128;
    private final Binary[] bytes = new Binary[PLACES];
    private final String[] texts = new String[PLACES];

    /** Columns whose texts hardly ever come again are not looked up. */
    private int saved = 1000;

    String text(Binary value) {
      if (saved < 0) {
        return value.toStringUsingUTF8();
      }
      int place = value.hashCode() & PLACES - 1;
      if (value.equals(bytes[place])) {
        saved = Math.min(saved + 1, 1000);
      } else {
        saved--;
        bytes[place] = value.copy();
        texts[place] = value.toStringUsingUTF8();
      }
      return texts[place];
    }
  }

  private static long whole(ColumnReader reader, DataType type) {
    if (type instanceof LongType || type instanceof TimestampType) {
      return reader.getLong();
    }
    if (type instanceof BooleanType) {
      return reader.getBoolean() ? 1 : 0;
    }
    if (type instanceof DateType) {
      return reader.getInteger();
    }
    throw new IllegalArgumentException("columns of type " + type.sql() + " are not read here");
  }

  /**
   * @param mayBeNull whether the file says that a list may be null; its elements may then be said
   *     to be, too, as Spark does whatever the table says
   */
  private static void readLists(
      ColumnReader reader,
      ColumnDescriptor descriptor,
      DataType type,
      boolean mayBeNull,
      int count,
      boolean[] isDeleted,
      ColumnRows.Lists values) {
    int full = descriptor.getMaxDefinitionLevel();
    List<String> texts = new ArrayList<>();
    ColumnRows.Longs longs = new ColumnRows(List.of(WHOLE)).longs(WHOLE);
    ColumnRows.Doubles doubles = new ColumnRows(List.of(NUMBER)).doubles(NUMBER);
    for (int i = 0; i < count; i++) {
      boolean isKept = isDeleted == null || !isDeleted[i];
      texts.clear();
      longs.clear();
      doubles.clear();
      int level = reader.getCurrentDefinitionLevel();
      boolean isNull = mayBeNull && level == 0;
      do {
        if (reader.getCurrentDefinitionLevel() == full) {
          if (type instanceof StringType) {
            texts.add(reader.getBinary().toStringUsingUTF8());
          } else if (type instanceof DoubleType) {
            doubles.add(reader.getDouble());
          } else {
            longs.add(whole(reader, type));
          }
        }
        reader.consume();
      } while (reader.getCurrentRepetitionLevel() > 0);
      if (!isKept) {
        continue;
      }
      if (isNull) {
        values.addNull();
      } else if (type instanceof StringType) {
        values.add(texts.toArray(String[]::new));
      } else if (type instanceof DoubleType) {
        values.add(doubles.copy());
      } else {
        values.add(longs.copy());
      }
    }
  }

  private static final TableColumn WHOLE = TableColumn.whole("element", "");
  private static final TableColumn NUMBER = TableColumn.number("element", "");

  /** What Parquet wants told, for a reader that takes the values itself. */
  private static final class Ignoring extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new Inner();
    }

    @Override
    public void start() {}

    @Override
    public void end() {}

    private static final class Inner extends GroupConverter {
      @Override
      public Converter getConverter(int field) {
        return this;
      }

      @Override
      public boolean isPrimitive() {
        return true;
      }

      @Override
      public PrimitiveConverter asPrimitiveConverter() {
        return new PrimitiveConverter() {};
      }

      @Override
      public GroupConverter asGroupConverter() {
        return this;
      }

      @Override
      public void start() {}

      @Override
      public void end() {}
    }
  }
}
