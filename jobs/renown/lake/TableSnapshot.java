package renown.lake;

import io.delta.kernel.Operation;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.Format;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/**
 * A table at one version: the files it is made of. Read and committed by Delta Kernel in the
 * driver, which takes milliseconds and no Spark job.
 */
final class TableSnapshot {
  private static final String ENGINE = "renown";

  private final SnapshotImpl snapshot;
  private final Map<String, DataFile> files;

  private TableSnapshot(SnapshotImpl snapshot, Map<String, DataFile> files) {
    this.snapshot = snapshot;
    this.files = files;
  }

  /** The newest version of a table; empty where there is no table. */
  static Optional<TableSnapshot> newest(Engine engine, String path) {
    try {
      return Optional.of(of(engine, (SnapshotImpl) TableManager.loadSnapshot(path).build(engine)));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /** A table at a version. */
  static TableSnapshot at(Engine engine, String path, long version) {
    return of(
        engine, (SnapshotImpl) TableManager.loadSnapshot(path).atVersion(version).build(engine));
  }

  private static TableSnapshot of(Engine engine, SnapshotImpl snapshot) {
    Map<String, DataFile> files = new LinkedHashMap<>();
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            AddFile add =
                new AddFile(rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
            DataFile file =
                new DataFile(
                    add.getPath(),
                    add.getSize(),
                    add.getModificationTime(),
                    add.getStatsJson().orElse(null),
                    add.getDeletionVector().orElse(null));
            files.put(file.id(), file);
          }
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new TableSnapshot(snapshot, files);
  }

  /** A table that nobody has committed yet. */
  static TableSnapshot uncommitted(Collection<DataFile> files) {
    return new TableSnapshot(null, byId(files));
  }

  /** The same version with other files: as it will be once they are committed. */
  TableSnapshot with(Collection<DataFile> added, Collection<DataFile> removed) {
    Map<String, DataFile> changed = new LinkedHashMap<>(files);
    removed.forEach(file -> changed.remove(file.id()));
    changed.putAll(byId(added));
    return new TableSnapshot(snapshot, changed);
  }

  private static Map<String, DataFile> byId(Collection<DataFile> files) {
    Map<String, DataFile> byId = new LinkedHashMap<>();
    files.forEach(file -> byId.put(file.id(), file));
    return byId;
  }

  /** The version; -1 where nothing is committed. */
  long version() {
    return snapshot == null ? -1 : snapshot.getVersion();
  }

  Collection<DataFile> files() {
    return files.values();
  }

  /** The table's columns. */
  StructType schema() {
    return snapshot.getSchema();
  }

  /** The table's properties. */
  Map<String, String> properties() {
    return snapshot.getTableProperties();
  }

  /** Whether some rows of its files no longer count. */
  boolean hasDeletionVectors() {
    return files.values().stream().anyMatch(file -> file.deletionVector() != null);
  }

  /**
   * Creates a table, at version 0.
   *
   * @param properties of the Delta table
   * @param files its first rows, if any
   */
  static TableSnapshot create(
      Engine engine,
      String path,
      TableSchema table,
      Map<String, String> properties,
      Collection<DataFile> files) {
    StructType schema = DataTypeJsonSerDe.deserializeStructType(table.structType().json());
    var builder =
        TableManager.buildCreateTableTransaction(path, schema, ENGINE)
            .withTableProperties(properties)
            .withMaxRetries(0);
    if (!table.clusteredBy().isEmpty()) {
      builder =
          builder.withDataLayoutSpec(
              DataLayoutSpec.clustered(
                  table.clusteredBy().stream()
                      .map(TableColumn::name)
                      .map(io.delta.kernel.expressions.Column::new)
                      .toList()));
    }
    return commit(
        engine,
        described(engine, path, table, properties, builder.build(engine)),
        added(schema, files));
  }

  /** The same transaction with the table's comment, for which its builder has no place. */
  private static Transaction described(
      Engine engine,
      String path,
      TableSchema table,
      Map<String, String> properties,
      Transaction built) {
    TransactionImpl transaction = (TransactionImpl) built;
    StructType schema = transaction.getSchema(engine);
    Metadata metadata =
        new Metadata(
            UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)).toString(),
            Optional.empty(),
            Optional.of(table.purpose() + " Grain: " + table.grain() + "."),
            new Format(),
            DataTypeJsonSerDe.serializeStructType(schema),
            schema,
            VectorUtils.buildArrayValue(List.of(), StringType.STRING),
            Optional.empty(),
            VectorUtils.stringStringMapValue(properties));
    return new TransactionImpl(
        true,
        new io.delta.kernel.internal.fs.Path(path),
        Optional.empty(),
        ENGINE,
        Operation.CREATE_TABLE,
        Optional.of(transaction.getProtocol()),
        Optional.of(metadata),
        transaction.getCommitter(),
        Optional.empty(),
        transaction.getEffectiveClusteringColumns(),
        Optional.of(0),
        0,
        System::currentTimeMillis);
  }

  /**
   * Commits the next version.
   *
   * @param added files that were written for it
   * @param removed some of {@link #files}
   * @throws io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException where somebody else has
   *     committed that version: nothing is done then
   */
  TableSnapshot commit(Engine engine, Collection<DataFile> added, Collection<DataFile> removed) {
    List<Row> actions = new ArrayList<>();
    for (DataFile file : removed) {
      actions.add(
          SingleAction.createRemoveFileSingleAction(
              new AddFile(row(snapshot.getSchema(), file))
                  .toRemoveFileRow(true, Optional.empty())));
    }
    actions.addAll(added(snapshot.getSchema(), added));
    Transaction transaction =
        snapshot
            .buildUpdateTableTransaction(ENGINE, Operation.WRITE)
            .withMaxRetries(0)
            .build(engine);
    return commit(engine, transaction, actions);
  }

  /** Its files that are not those of another version. */
  List<DataFile> lackingIn(TableSnapshot other) {
    return files.values().stream().filter(file -> !other.files.containsKey(file.id())).toList();
  }

  private static List<Row> added(StructType schema, Collection<DataFile> files) {
    return files.stream()
        .map(file -> SingleAction.createAddFileSingleAction(row(schema, file)))
        .toList();
  }

  private static Row row(StructType schema, DataFile file) {
    return AddFile.createAddFileRow(
        schema,
        file.path(),
        VectorUtils.stringStringMapValue(Map.of()),
        file.size(),
        file.modifiedAt(),
        true,
        Optional.ofNullable(file.deletionVector()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        file.statistics() == null
            ? Optional.empty()
            : DataFileStatistics.deserializeFromJson(file.statistics(), schema));
  }

  private static TableSnapshot commit(Engine engine, Transaction transaction, List<Row> actions) {
    TransactionCommitResult result =
        transaction.commit(
            engine,
            CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator())));
    for (PostCommitHook hook : result.getPostCommitHooks()) {
      if (hook.getType() == PostCommitHookType.CHECKPOINT
          || hook.getType() == PostCommitHookType.CHECKSUM_SIMPLE) {
        try {
          hook.threadSafeInvoke(engine);
        } catch (CheckpointAlreadyExistsException e) {
          // Somebody else's is as good.
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
    return of(engine, (SnapshotImpl) result.getPostCommitSnapshot().orElseThrow());
  }
}
