package renown.operate.erase;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads a Parquet file's rows in order, and writes copies of the file with other rows. */
final class ParquetRows implements AutoCloseable {
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final MessageColumnIO columns;
  private RecordReader<Group> records;
  private long left;

  private ParquetRows(ParquetFileReader reader, MessageType schema) {
    this.reader = reader;
    this.schema = schema;
    this.columns = new ColumnIOFactory().getColumnIO(schema);
  }

  /** Opens a file for all its columns. */
  static ParquetRows open(Path file, Configuration hadoop) throws IOException {
    ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop));
    return new ParquetRows(reader, reader.getFileMetaData().getSchema());
  }

  /** Opens a file for some of its columns; missing ones are left out. */
  static ParquetRows open(Path file, Set<String> names, Configuration hadoop) throws IOException {
    ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop));
    MessageType all = reader.getFileMetaData().getSchema();
    List<Type> wanted = new ArrayList<>();
    all.getFields().stream().filter(field -> names.contains(field.getName())).forEach(wanted::add);
    MessageType schema = new MessageType(all.getName(), wanted);
    reader.setRequestedSchema(schema);
    return new ParquetRows(reader, schema);
  }

  MessageType schema() {
    return schema;
  }

  /** The next row; null after the last. */
  Group next() throws IOException {
    while (left == 0) {
      PageReadStore rowGroup = reader.readNextRowGroup();
      if (rowGroup == null) {
        return null;
      }
      left = rowGroup.getRowCount();
      records = columns.getRecordReader(rowGroup, new GroupRecordConverter(schema));
    }
    left--;
    return records.read();
  }

  /** A writer of another file with the same schema, compression and properties. */
  ParquetWriter<Group> likewise(Path file, Configuration hadoop) throws IOException {
    CompressionCodecName codec = CompressionCodecName.SNAPPY;
    for (BlockMetaData block : reader.getFooter().getBlocks()) {
      codec = block.getColumns().get(0).getCodec();
    }
    Map<String, String> properties =
        new java.util.HashMap<>(reader.getFileMetaData().getKeyValueMetaData());
    properties.remove("writer.model.name");
    return ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
        .withType(schema)
        .withConf(hadoop)
        .withCompressionCodec(codec)
        .withExtraMetaData(properties)
        .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
        .build();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
