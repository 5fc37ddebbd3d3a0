package renown.operate.erase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.DeletionVectorUtils;
import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import renown.tables.TableSchema;
import renown.tables.Tables;

/** Scans one data file of a table, and rewrites it if necessary. */
final class FileErasure {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A data file to look through.
   *
   * @param table path of its table under the lake's root
   * @param path relative to the table, as it lies there
   * @param entries that the table's log has for it; none if the log has forgotten it
   */
  record Task(String table, String path, ArrayList<TableLog.Entry> entries)
      implements Serializable {}

  /**
   * What was found.
   *
   * @param holds whether the file holds an erased account
   * @param replacements one for each entry of the log
   */
  record Result(Task task, boolean holds, ArrayList<Replacement> replacements)
      implements Serializable {}

  private final String root;
  private final Erased erased;
  private final Configuration hadoop;

  FileErasure(String root, Erased erased, Configuration hadoop) {
    this.root = root;
    this.erased = erased;
    this.hadoop = hadoop;
  }

  Result of(Task task) throws IOException {
    TableSchema schema =
        Tables.ALL.stream().filter(t -> t.path().equals(task.table)).findFirst().orElseThrow();
    RowErasure erasure = new RowErasure(schema, erased);
    Path table = new Path(root, task.table);
    Path file = new Path(table, task.path);
    if (!holds(file, erasure)) {
      return new Result(task, false, new ArrayList<>());
    }
    ArrayList<Replacement> replacements = new ArrayList<>();
    for (TableLog.Entry entry : task.entries) {
      replacements.add(copy(table, file, entry, task.table, erasure));
    }
    return new Result(task, true, replacements);
  }

  private boolean holds(Path file, RowErasure erasure) throws IOException {
    try (ParquetRows rows = ParquetRows.open(file, hadoop)) {
      for (Group row = rows.next(); row != null; row = rows.next()) {
        if (erasure.of(row) != row) {
          return true;
        }
      }
      return false;
    }
  }

  private Replacement copy(
      Path table, Path file, TableLog.Entry entry, String tablePath, RowErasure erasure)
      throws IOException {
    String vector = TableLog.identity(entry.deletionVector());
    String name = newName(entry.path(), vector);
    Path target = new Path(table, name);
    RoaringBitmapArray deleted = deleted(table, entry.deletionVector());
    FileStatistics statistics;
    try (ParquetRows rows = ParquetRows.open(file, hadoop);
        ParquetWriter<Group> out = rows.likewise(target, hadoop)) {
      statistics = new FileStatistics(rows.schema());
      Map<List<Object>, Group> folded = new LinkedHashMap<>();
      long position = 0;
      for (Group row = rows.next(); row != null; row = rows.next(), position++) {
        Group kept = deleted != null && deleted.contains(position) ? null : erasure.of(row);
        if (kept == null) {
          continue;
        }
        List<Object> fold = erasure.fold(kept);
        if (fold != null) {
          folded.merge(fold, kept, RowErasure::folded);
        } else {
          statistics.add(kept);
          out.write(kept);
        }
      }
      for (Group row : folded.values()) {
        statistics.add(row);
        out.write(row);
      }
    }
    long size = target.getFileSystem(hadoop).getFileStatus(target).getLen();
    return new Replacement(
        tablePath, entry.path(), vector, name, size, statistics.json(entry.statistics()));
  }

  /**
   * Deterministic for the same file and accounts, so that repeated runs leave no extra files
   * behind.
   */
  private String newName(String path, String vector) {
    String source = path + "\n" + vector + "\n" + erased.fingerprint();
    return "part-00000-"
        + UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8))
        + "-c000.snappy.parquet";
  }

  private RoaringBitmapArray deleted(Path table, String vector) throws IOException {
    if (vector.isEmpty()) {
      return null;
    }
    JsonNode json = JSON.readTree(vector);
    return DeletionVectorUtils.loadNewDvAndBitmap(
            DefaultEngine.create(hadoop),
            table.toString(),
            new DeletionVectorDescriptor(
                json.get("storageType").asText(),
                json.get("pathOrInlineDv").asText(),
                json.hasNonNull("offset")
                    ? Optional.of(json.get("offset").asInt())
                    : Optional.empty(),
                json.get("sizeInBytes").asInt(),
                json.get("cardinality").asLong()))
        ._2;
  }
}
