package renown.lake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.execution.datasources.PartitionDirectory$;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The files of a table at one version, for Spark's Parquet reader: nothing is listed, and files in
 * which by their statistics no row can meet the filter are passed over.
 */
final class DataFileIndex implements FileIndex {
  private final Path table;
  private final long version;
  private final List<DataFile> files;
  private final FileSkipping skipping;

  /**
   * @param table where it lies
   * @param files those of the version; without deletion vectors
   */
  DataFileIndex(Path table, long version, Collection<DataFile> files, StructType schema) {
    this.table = table;
    this.version = version;
    this.files = List.copyOf(files);
    this.skipping = new FileSkipping(schema);
  }

  @Override
  public Seq<Path> rootPaths() {
    return CollectionConverters.asScala(List.of(table)).toSeq();
  }

  @Override
  public Seq<PartitionDirectory> listFiles(
      Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    List<Expression> filters = CollectionConverters.asJava(dataFilters);
    FileStatus[] found =
        files.stream()
            .filter(file -> filters.isEmpty() || skipping.mayMatch(file.statistics(), filters))
            .map(this::status)
            .toArray(FileStatus[]::new);
    return CollectionConverters.asScala(
            List.of(PartitionDirectory$.MODULE$.apply(InternalRow.empty(), found)))
        .toSeq();
  }

  private FileStatus status(DataFile file) {
    return new FileStatus(file.size(), false, 1, 128L << 20, file.modifiedAt(), file.in(table));
  }

  @Override
  public String[] inputFiles() {
    List<String> names = new ArrayList<>();
    files.forEach(file -> names.add(file.in(table).toUri().toString()));
    return names.toArray(String[]::new);
  }

  @Override
  public void refresh() {}

  @Override
  public long sizeInBytes() {
    return files.stream().mapToLong(DataFile::size).sum();
  }

  @Override
  public StructType partitionSchema() {
    return new StructType();
  }

  /** Two queries of the same files can share what they read; a version may have more to come. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DataFileIndex index
        && index.table.equals(table)
        && index.version == version
        && index.files.equals(files);
  }

  @Override
  public int hashCode() {
    return table.hashCode() * 31 + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return table + "@v" + version;
  }
}
