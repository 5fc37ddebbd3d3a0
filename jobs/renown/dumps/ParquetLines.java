package renown.dumps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Reads the rows of a Parquet file as JSON lines, one object per row. One row group is in memory at
 * a time.
 *
 * <p>Columns become members of the same name; nulls are omitted. Strings, integers, floating-point
 * numbers and booleans keep their type; timestamps are ISO 8601 strings, with {@code Z} if they are
 * instants (INT96, which does not say, is treated as one); lists are arrays, other groups objects.
 * Binary columns that are not declared to be strings are treated as UTF-8; what is none is written
 * {@code \x} and in hexadecimal digits. Dates, times of day and decimals are the stored integers,
 * which no format takes for a time.
 */
final class ParquetLines {
  private static final long JULIAN_DAY_OF_1970 = 2_440_588;
  private static final JsonFactory JSON = new JsonFactory();

  private ParquetLines() {}

  /**
   * Reads a whole file, as {@link RawLines#read} does; a line is a row, and its byte offset 0.
   *
   * @throws IOException if the store fails, as opposed to the file's content
   */
  static RawLines.Result read(
      Path path, long size, ReadLimits limits, Configuration hadoop, RawLines.Handler handler)
      throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    CRC32C checksum = new CRC32C();
    long byteCount = 0;
    // Parquet needs random access, but the checksum covers the whole file: a separate pass.
    try (InputStream stored = fileSystem.open(path)) {
      byte[] buffer = new byte[1 << 16];
      int read;
      while ((read = stored.read(buffer)) >= 0) {
        checksum.update(buffer, 0, read);
        byteCount += read;
      }
    }
    Stored file = new Stored(fileSystem, path, size);
    long rowCount = 0;
    long tooLongCount = 0;
    RawLines.Fault fault = null;
    try (Rows rows = new Rows(file, limits)) {
      while (true) {
        byte[] line;
        try {
          line = rows.next();
        } catch (ReadLimits.Exceeded e) {
          fault = new RawLines.Fault(e.getMessage(), rowCount + 1);
          break;
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
          // Nothing but what its writer made of its types makes the stack overflow. A damaged run
          // of
          // levels claims more values than any heap holds, and Parquet believes it; what the pages
          // themselves become is bounded above.
          if (file.failure != null) {
            throw file.failure;
          }
          fault = new RawLines.Fault("corrupt parquet file", rowCount + 1);
          break;
        }
        if (line == null) {
          break;
        }
        rowCount++;
        if (line.length > limits.longestLine()) {
          tooLongCount++;
          handler.tooLong(rowCount, 0, line.length);
        } else {
          handler.line(line, 0, line.length, rowCount, 0);
        }
      }
    }
    return new RawLines.Result(rowCount, 0, tooLongCount, byteCount, checksum.getValue(), fault);
  }

  /** The rows of a file, in order. */
  private static final class Rows implements AutoCloseable {
    private final Stored file;
    private final ReadLimits limits;
    private ParquetFileReader reader;
    private int rowGroups;
    private MessageType schema;
    private MessageColumnIO columns;
    private RecordReader<Group> records;
    private long left;

    Rows(Stored file, ReadLimits limits) {
      this.file = file;
      this.limits = limits;
    }

    /** The next row as JSON; null after the last. */
    byte[] next() throws IOException {
      if (reader == null) {
        reader = ParquetFileReader.open(file);
        schema = reader.getFileMetaData().getSchema();
        columns = new ColumnIOFactory().getColumnIO(schema);
      }
      while (left == 0) {
        if (rowGroups < reader.getRowGroups().size()) {
          check(reader.getRowGroups().get(rowGroups++));
        }
        PageReadStore rowGroup = reader.readNextRowGroup();
        if (rowGroup == null) {
          return null;
        }
        left = rowGroup.getRowCount();
        records = columns.getRecordReader(rowGroup, new GroupRecordConverter(schema));
      }
      left--;
      ByteArrayOutputStream line = new ByteArrayOutputStream(512);
      try (JsonGenerator json = JSON.createGenerator(line)) {
        write(records.read(), json);
      }
      return line.toByteArray();
    }

    /** Before anything is allocated that the file claims to need. */
    private void check(BlockMetaData rowGroup) throws IOException {
      long packed = 0;
      long unpacked = 0;
      for (ColumnChunkMetaData column : rowGroup.getColumns()) {
        limits.checkRowGroup(column.getTotalSize());
        packed += column.getTotalSize();
        if (packed > file.size) {
          throw new IOException("a row group larger than the file");
        }
        unpacked += unpacked(column);
        limits.checkRowGroup(unpacked);
      }
    }

    /** What the pages of a column say that they become. */
    private long unpacked(ColumnChunkMetaData column) throws IOException {
      long bytes = 0;
      try (SeekableInputStream in = file.newStream()) {
        long at = column.getStartingPos();
        long end = at + column.getTotalSize();
        while (at < end) {
          in.seek(at);
          PageHeader page = Util.readPageHeader(in);
          limits.checkRowGroup(page.getUncompressed_page_size());
          bytes += page.getUncompressed_page_size();
          limits.checkRowGroup(bytes);
          if (page.getCompressed_page_size() < 0) {
            throw new IOException("a page of negative size");
          }
          at = in.getPos() + page.getCompressed_page_size();
        }
      }
      return bytes;
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
      }
    }
  }

  private static void write(Group group, JsonGenerator json) throws IOException {
    GroupType type = group.getType();
    json.writeStartObject();
    for (int field = 0; field < type.getFieldCount(); field++) {
      Type member = type.getType(field);
      int count = group.getFieldRepetitionCount(field);
      if (member.isRepetition(Repetition.REPEATED)) {
        json.writeArrayFieldStart(member.getName());
        for (int i = 0; i < count; i++) {
          value(group, field, i, json);
        }
        json.writeEndArray();
      } else if (count > 0) {
        json.writeFieldName(member.getName());
        value(group, field, 0, json);
      }
    }
    json.writeEndObject();
  }

  private static void value(Group group, int field, int index, JsonGenerator json)
      throws IOException {
    Type type = group.getType().getType(field);
    if (type.isPrimitive()) {
      primitive(group, field, index, json);
    } else if (type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) {
      list(group.getGroup(field, index), json);
    } else {
      write(group.getGroup(field, index), json);
    }
  }

  /** A list holds a repeated group of one element (three levels), or the elements themselves. */
  private static void list(Group list, JsonGenerator json) throws IOException {
    json.writeStartArray();
    Type repeated = list.getType().getType(0);
    boolean wrapped = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      if (!wrapped) {
        value(list, 0, i, json);
        continue;
      }
      Group element = list.getGroup(0, i);
      if (element.getFieldRepetitionCount(0) == 0) {
        json.writeNull();
      } else {
        value(element, 0, 0, json);
      }
    }
    json.writeEndArray();
  }

  private static void primitive(Group group, int field, int index, JsonGenerator json)
      throws IOException {
    Type type = group.getType().getType(field);
    switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> json.writeBoolean(group.getBoolean(field, index));
      case INT32 -> json.writeNumber(group.getInteger(field, index));
      case INT64 -> {
        long value = group.getLong(field, index);
        if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp) {
          json.writeString(time(value, timestamp));
        } else {
          json.writeNumber(value);
        }
      }
      case FLOAT -> json.writeNumber(group.getFloat(field, index));
      case DOUBLE -> json.writeNumber(group.getDouble(field, index));
      case INT96 -> {
        ByteBuffer stored =
            ByteBuffer.wrap(group.getInt96(field, index).getBytes()).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = stored.getLong();
        long day = stored.getInt() - JULIAN_DAY_OF_1970;
        json.writeString(
            Instant.ofEpochSecond(TimeUnit.DAYS.toSeconds(day)).plusNanos(nanos).toString());
      }
      default -> json.writeString(text(group.getBinary(field, index).getBytes()));
    }
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      // As PostgreSQL writes bytes.
      return "\\x" + HexFormat.of().formatHex(bytes);
    }
  }

  private static String time(long value, TimestampLogicalTypeAnnotation type) {
    ChronoUnit unit =
        switch (type.getUnit()) {
          case MILLIS -> ChronoUnit.MILLIS;
          case MICROS -> ChronoUnit.MICROS;
          case NANOS -> ChronoUnit.NANOS;
        };
    String text = Instant.EPOCH.plus(value, unit).toString();
    // A local time is not an instant: the format has to decide how to treat it.
    return type.isAdjustedToUTC() ? text : text.substring(0, text.length() - 1);
  }

  /** A file that remembers storage failures, to distinguish them from invalid content. */
  private static final class Stored implements InputFile {
    private final FileSystem fileSystem;
    private final Path path;
    private final long size;
    private IOException failure;

    Stored(FileSystem fileSystem, Path path, long size) {
      this.fileSystem = fileSystem;
      this.path = path;
      this.size = size;
    }

    @Override
    public long getLength() {
      return size;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      try {
        FSDataInputStream opened = fileSystem.open(path);
        return new DelegatingSeekableInputStream(new Watched(opened)) {
          @Override
          public long getPos() throws IOException {
            return opened.getPos();
          }

          @Override
          public void seek(long position) throws IOException {
            // Beyond the end is where a damaged file points, not the store's fault.
            opened.seek(position);
          }
        };
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    private final class Watched extends FilterInputStream {
      Watched(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        try {
          return in.read();
        } catch (IOException e) {
          failure = e;
          throw e;
        }
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return in.read(bytes, offset, length);
        } catch (IOException e) {
          failure = e;
          throw e;
        }
      }
    }
  }
}
