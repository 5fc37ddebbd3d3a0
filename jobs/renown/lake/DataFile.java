package renown.lake;

import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import java.io.Serializable;
import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.deletionvectors.RoaringBitmapArray;
import org.apache.spark.sql.delta.deletionvectors.RoaringBitmapArrayFormat;

/**
 * A Parquet file of a table, as the Delta log names it.
 *
 * @param path relative to the table, URL-encoded, or absolute
 * @param size bytes
 * @param modifiedAt milliseconds since 1970
 * @param statistics numRecords, minValues, maxValues and nullCount as Delta's JSON; null if unknown
 * @param deletionVector rows that no longer count; null if all do
 * @param repeatedKeyCount how many of its rows repeat another's key, as who wrote it tells of a
 *     published table; null where that was not told
 */
public record DataFile(
    String path,
    long size,
    long modifiedAt,
    String statistics,
    DeletionVectorDescriptor deletionVector,
    Long repeatedKeyCount)
    implements Serializable {
  private static final String LOOSE = "\"tightBounds\":false";

  DataFile(
      String path,
      long size,
      long modifiedAt,
      String statistics,
      DeletionVectorDescriptor deletionVector) {
    this(path, size, modifiedAt, statistics, deletionVector, null);
  }

  /** The same with what its writer tells of its keys. */
  DataFile withRepeatedKeys(Long count) {
    return new DataFile(path, size, modifiedAt, statistics, deletionVector, count);
  }

  /** Where it lies. */
  Path in(Path table) {
    URI uri = URI.create(path);
    return uri.isAbsolute() ? new Path(uri) : new Path(table, uri.getPath());
  }

  /**
   * The same file with fewer rows: the log tells which count no more, so that nothing is written
   * again. The table has to allow deletion vectors.
   *
   * @param rows numbers of all rows of the file that count no more
   */
  DataFile without(RoaringBitmapArray rows) {
    rows.runOptimize();
    // What the log holds itself needs no file and is seen by every reader of Delta tables.
    var inLog =
        org.apache.spark.sql.delta.actions.DeletionVectorDescriptor.inlineInLog(
            rows.serializeAsByteArray(RoaringBitmapArrayFormat.Portable()), rows.cardinality());
    return new DataFile(
        path,
        size,
        modifiedAt,
        // Least and largest values may be those of rows that are gone.
        statistics == null || statistics.contains(LOOSE)
            ? statistics
            : statistics.substring(0, statistics.lastIndexOf('}')) + "," + LOOSE + "}",
        new DeletionVectorDescriptor(
            inLog.storageType(),
            inLog.pathOrInlineDv(),
            Optional.empty(),
            inLog.sizeInBytes(),
            inLog.cardinality()));
  }

  /**
   * A file of which the log tells that some rows count no more.
   *
   * @param vectorType as in the log; null if all rows count
   * @param vector as in the log
   */
  static DataFile of(
      String path,
      long size,
      long modifiedAt,
      String statistics,
      String vectorType,
      String vector,
      int vectorBytes,
      long vectorRows) {
    return new Sent(
            path,
            size,
            modifiedAt,
            statistics,
            vectorType,
            vector,
            null,
            vectorBytes,
            vectorRows,
            null)
        .file();
  }

  /** What identifies it in a table: a file with another deletion vector is another one. */
  String id() {
    return path
        + Optional.ofNullable(deletionVector).map(vector -> " " + vector.getUniqueId()).orElse("");
  }

  /** Delta Kernel's descriptor cannot be sent to a task as it is. */
  private Object writeReplace() {
    return deletionVector == null
        ? new Sent(path, size, modifiedAt, statistics, null, null, null, 0, 0, repeatedKeyCount)
        : new Sent(
            path,
            size,
            modifiedAt,
            statistics,
            deletionVector.getStorageType(),
            deletionVector.getPathOrInlineDv(),
            deletionVector.getOffset().orElse(null),
            deletionVector.getSizeInBytes(),
            deletionVector.getCardinality(),
            repeatedKeyCount);
  }

  /** A file on its way. */
  private record Sent(
      String path,
      long size,
      long modifiedAt,
      String statistics,
      String vectorType,
      String vectorPath,
      Integer vectorOffset,
      int vectorBytes,
      long vectorRows,
      Long repeatedKeyCount)
      implements Serializable {
    private Object readResolve() {
      return file();
    }

    private DataFile file() {
      return new DataFile(
          path,
          size,
          modifiedAt,
          statistics,
          vectorType == null
              ? null
              : new DeletionVectorDescriptor(
                  vectorType,
                  vectorPath,
                  Optional.ofNullable(vectorOffset),
                  vectorBytes,
                  vectorRows),
          repeatedKeyCount);
    }
  }
}
