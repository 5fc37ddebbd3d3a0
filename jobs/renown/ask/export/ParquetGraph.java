package renown.ask.export;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Row;

/** Two Parquet files, names as they are. */
final class ParquetGraph implements GraphWriter {
  private final MessageType accountType;
  private final MessageType edgeType;
  private final ParquetWriter<Group> accounts;
  private final ParquetWriter<Group> edges;

  ParquetGraph(Target target) throws IOException {
    accountType = type("account", List.of("account_key"), target.accounts());
    edgeType = type("edge", List.of("source_key", "target_key"), target.edges());
    accounts = open(target, GraphWriter.accountsFile("parquet"), accountType);
    edges = open(target, GraphWriter.edgesFile("parquet"), edgeType);
  }

  private static MessageType type(String name, List<String> keys, List<Field> fields) {
    Types.MessageTypeBuilder type = Types.buildMessage();
    keys.forEach(key -> type.required(PrimitiveTypeName.INT64).named(key));
    for (Field field : fields) {
      switch (field.kind()) {
        case TEXT ->
            type.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(field.name());
        case WHOLE -> type.optional(PrimitiveTypeName.INT64).named(field.name());
        case NUMBER -> type.optional(PrimitiveTypeName.DOUBLE).named(field.name());
        default -> throw new IllegalArgumentException(field.toString());
      }
    }
    return type.named(name);
  }

  private static ParquetWriter<Group> open(Target target, String name, MessageType type)
      throws IOException {
    Path path = new Path(target.output().path(), name);
    target.output().files().mkdirs(target.output().path());
    // Hadoop's own writer would leave a checksum file beside a local one.
    OutputFile file =
        target.output().files() instanceof RawLocalFileSystem
            ? new LocalOutputFile(java.nio.file.Path.of(path.toUri().getPath()))
            : HadoopOutputFile.fromPath(path, target.hadoop());
    return ExampleParquetWriter.builder(file)
        .withConf(target.hadoop())
        .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
        .withType(type)
        .withCompressionCodec(CompressionCodecName.SNAPPY)
        .build();
  }

  @Override
  public void account(Row account) throws IOException {
    accounts.write(group(accountType, account));
  }

  @Override
  public void edge(Row edge) throws IOException {
    edges.write(group(edgeType, edge));
  }

  private static Group group(MessageType type, Row row) {
    Group group = new SimpleGroup(type);
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      if (value instanceof Long whole) {
        group.add(i, whole);
      } else if (value instanceof Double number) {
        group.add(i, number);
      } else if (value != null) {
        group.add(i, value.toString());
      }
    }
    return group;
  }

  @Override
  public void close() throws IOException {
    accounts.close();
    edges.close();
  }
}
