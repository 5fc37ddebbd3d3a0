package renown.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation$;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.run.Together;
import renown.tables.PersonalData;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.Tables;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The Delta tables under one root. Every write passes the table's contract: its columns exactly
 * (see {@link TableSchema#conform}), its rules and NOT NULL on each row.
 */
public final class Lake {
  /** The validation looks 28 nights back; whoever vacuums a table by hand leaves it that. */
  private static final String FILES_KEPT = "interval 35 days";

  /** Without its entry in the log a version cannot be read, however many of its files there are. */
  private static final String LOG_KEPT = "interval 400 days";

  /** Spark's commands write it into their commits, so that a run knows its own. */
  private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SparkSession spark;
  private final Path root;
  private final Configuration configuration;
  private final Engine kernel;

  /** Paths of the tables that may be touched; null for all. */
  private final Set<String> permitted;

  private final LakeCounts counts;

  /** Snapshots that were loaded or committed, by path: one is enough until somebody commits. */
  private final Map<String, TableSnapshot> newest;

  /** Sent to the executors once, when the first task needs it. */
  private final AtomicReference<Broadcast<SerializableConfiguration>> hadoop;

  /**
   * @param root any Hadoop path, such as {@code s3a://bucket/lake}
   */
  public Lake(SparkSession spark, String root) {
    this.spark = spark;
    this.root = new Path(root);
    this.configuration = spark.sessionState().newHadoopConf();
    Option<String> store = spark.conf().getOption("spark.delta.logStore.s3a.impl");
    this.kernel =
        store.isEmpty()
            ? DefaultEngine.create(configuration)
            : DefaultEngine.create(new LogFiles(configuration, store.get()));
    this.permitted = null;
    this.waiting = null;
    this.held = null;
    this.counts = new LakeCounts();
    this.newest = new ConcurrentHashMap<>();
    this.hadoop = new AtomicReference<>();
  }

  /** Changes that wait to be committed together; null where each is committed at once. */
  private final WaitingChanges waiting;

  /** What a run that has taken the lake saw of it; null for one that only reads. */
  private final HeldVersions held;

  private Lake(
      Lake whole,
      Set<String> permitted,
      WaitingChanges waiting,
      Map<String, TableSnapshot> newest,
      HeldVersions held) {
    this.waiting = waiting;
    this.held = held;
    this.spark = whole.spark;
    this.root = whole.root;
    this.configuration = whole.configuration;
    this.kernel = whole.kernel;
    this.permitted = permitted;
    this.counts = new LakeCounts(whole.counts);
    this.newest = newest;
    this.hadoop = whole.hadoop;
  }

  /**
   * The same lake for a run that has taken it ({@link LakeLock}). Each table's log is looked at
   * once; from then on a commit has to follow the version that was seen, or that the run has left
   * itself. Where anybody else has written one meanwhile, the commit fails with exit code 5. So no
   * row of a run that stalled, was taken for dead and woke up becomes part of what another
   * publishes, whatever the lock says.
   */
  public Lake held() {
    return new Lake(this, permitted, waiting, new ConcurrentHashMap<>(), new HeldVersions());
  }

  /** What was done through this lake, and through what {@link #only} made of it. */
  public LakeCounts counts() {
    return counts;
  }

  /** The same lake for somebody who must not touch any other tables: that would be a bug. */
  public Lake only(Collection<TableSchema> tables) {
    return new Lake(
        this,
        tables.stream().map(TableSchema::path).collect(Collectors.toSet()),
        waiting,
        newest,
        held);
  }

  /**
   * The same lake for a night: what is written to marts through it is read through it, and waits
   * for {@link #commitWaiting}. Nobody else sees two nights' marts side by side meanwhile.
   */
  public Lake withWaitingMarts() {
    return withWaiting(Tables.ALL.stream().filter(TableSchema::isPublished).toList());
  }

  /**
   * The same lake for somebody who changes some tables together: what is written to them through it
   * is read through it, and waits for {@link #commitWaiting}. Other tables are changed as before.
   * Who dies meanwhile leaves files that nobody refers to, and no table that is ahead of another.
   */
  public Lake withWaiting(Collection<TableSchema> tables) {
    return new Lake(this, permitted, new WaitingChanges(tables, waiting), newest, held);
  }

  /**
   * Commits the tables that wait since {@link #withWaiting}, one commit each, side by side.
   *
   * @return their versions, by table path
   */
  public Map<String, Long> commitWaiting() throws Exception {
    Map<String, Long> versions = new ConcurrentHashMap<>();
    List<Together.Step> steps = new ArrayList<>();
    for (TableSchema table : waiting.tables()) {
      steps.add(
          () -> {
            TableSnapshot wanted = waiting.end(table);
            Optional<TableSnapshot> now = committed(table);
            if (now.isEmpty()) {
              create(table, List.copyOf(wanted.files()));
            } else {
              commit(table, now.get(), wanted.lackingIn(now.get()), now.get().lackingIn(wanted));
            }
            versions.put(table.path(), committed(table).orElseThrow().version());
          });
    }
    Together.run(steps);
    return versions;
  }

  /**
   * What waits to be committed to a table, as texts for {@link #await}; empty where nothing does.
   */
  public List<String> waiting(TableSchema table) {
    return waiting == null
        ? List.of()
        : waiting
            .of(table)
            .map(wanted -> WaitingChanges.texts(wanted, committed(table)))
            .orElse(List.of());
  }

  /**
   * Lets changes wait that an earlier attempt at a night has written files for.
   *
   * @param texts from {@link #waiting}
   */
  public void await(TableSchema table, List<String> texts) {
    waiting.put(table, WaitingChanges.of(texts, committed(table)));
  }

  /** Whether all files that changes name are there still. */
  public boolean canAwait(TableSchema table, List<String> texts) {
    Path folder = new Path(path(table));
    return WaitingChanges.of(texts, Optional.empty()).files().stream()
        .allMatch(file -> exists(file.in(folder)));
  }

  /**
   * The lake that {@code lake.root} names, to read some tables of it.
   *
   * @throws RenownException where it cannot be read or has none of these tables: no night was begun
   *     there
   */
  public static Lake open(RunContext context, TableSchema... tables) {
    Path root = Locations.readable(Locations.LAKE_ROOT, context.config());
    Lake lake = new Lake(context.spark(), root.toString());
    if (Arrays.stream(tables).noneMatch(lake::has)) {
      throw lake.lacking("night");
    }
    return lake;
  }

  /**
   * What to tell who wants to read what only a night brings.
   *
   * @param what is not there
   */
  public RenownException lacking(String what) {
    return RenownException.configuration(
        "The lake at %s holds no %s yet: run scripts/submit.sh nightly first, or set lake.root to"
            + " another lake.",
        root, what);
  }

  public SparkSession spark() {
    return spark;
  }

  /** The lake's root. */
  public Path root() {
    return root;
  }

  /** Where a table lies. */
  public String path(TableSchema table) {
    if (permitted != null && !permitted.contains(table.path())) {
      throw new IllegalStateException(table.path() + " is touched, but not declared");
    }
    return new Path(root, table.path()).toString();
  }

  /** Whether a table is there, be it empty. */
  public boolean has(TableSchema table) {
    return find(table).isPresent();
  }

  /** The newest version, with what waits to be committed. */
  private Optional<TableSnapshot> find(TableSchema table) {
    Optional<TableSnapshot> wanted = waiting == null ? Optional.empty() : waiting.of(table);
    return wanted.isPresent() ? wanted : committed(table);
  }

  /** The newest version; loaded only where somebody else has committed since it was last seen. */
  private Optional<TableSnapshot> committed(TableSchema table) {
    String path = path(table);
    TableSnapshot known = newest.get(path);
    if (known != null && (held != null || !isFollowed(path, known.version()))) {
      return Optional.of(known);
    }
    if (held != null && held.missing.contains(path)) {
      return Optional.empty();
    }
    Optional<TableSnapshot> found =
        exists(new Path(path, "_delta_log"))
            ? TableSnapshot.newest(kernel, path)
            : Optional.empty();
    found.ifPresentOrElse(
        snapshot -> {
          counts.countSnapshot();
          lacking(table, snapshot);
          if (held != null
              && held.seen.getOrDefault(path, snapshot.version()) < snapshot.version()) {
            throw lost(table, snapshot.version());
          }
          newest.put(path, snapshot);
          if (held != null) {
            held.seen.put(path, snapshot.version());
          }
        },
        () -> {
          newest.remove(path);
          if (held != null) {
            held.missing.add(path);
          }
        });
    return found;
  }

  /**
   * The columns that the table is to be given before it is written.
   *
   * @throws RenownException where another version of Renown has written it
   */
  private List<TableColumn> lacking(TableSchema table, TableSnapshot snapshot) {
    return TableShape.lacking(root.toString(), table, snapshot.schema(), snapshot.properties());
  }

  boolean hasProperty(TableSchema table, String name) {
    return committed(table).filter(snapshot -> snapshot.properties().containsKey(name)).isPresent();
  }

  private boolean isFollowed(String path, long version) {
    Path log = new Path(path, "_delta_log");
    return exists(new Path(log, String.format("%020d.json", version + 1)))
        || !exists(new Path(log, String.format("%020d.json", version)));
  }

  private boolean exists(Path path) {
    try {
      return path.getFileSystem(configuration).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TableSnapshot snapshot(TableSchema table) {
    return find(table)
        .orElseThrow(
            () -> new IllegalStateException("There is no table " + path(table) + " to work on."));
  }

  /**
   * Creates the tables that are missing, empty, at version 0: for readers who look for them. Who
   * writes a table need not create it.
   */
  public void create(List<TableSchema> tables) {
    for (TableSchema table : tables) {
      if (!has(table)) {
        create(table, List.of());
      }
    }
  }

  private void create(TableSchema table, List<DataFile> files) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("delta.deletedFileRetentionDuration", FILES_KEPT);
    properties.put("delta.logRetentionDuration", LOG_KEPT);
    properties.put(TableShape.FORMAT, Integer.toString(Tables.FORMAT));
    if (table.changesInPlace()) {
      properties.put("delta.enableDeletionVectors", "true");
    }
    String path = path(table);
    try {
      committed(table, () -> TableSnapshot.create(kernel, path, table, properties, files));
    } catch (TableAlreadyExistsException | MaxCommitRetryLimitReachedException e) {
      throw lost(table, 0);
    }
    if (held != null) {
      held.missing.remove(path);
    }
  }

  /** Commits, and notes what was committed. */
  private void committed(TableSchema table, Supplier<TableSnapshot> commit) {
    long start = System.nanoTime();
    long cpuStart = THREADS.getCurrentThreadCpuTime();
    TableSnapshot committed = commit.get();
    newest.put(path(table), committed);
    if (held != null) {
      held.seen.put(path(table), committed.version());
    }
    counts.countCommit();
    spark
        .sparkContext()
        .listenerBus()
        .post(
            new TableCommitted(
                table.path(),
                System.nanoTime() - start,
                THREADS.getCurrentThreadCpuTime() - cpuStart));
  }

  /** Forgets what was read of the logs: somebody has written them again in place. */
  public void forget() {
    newest.clear();
  }

  /**
   * The table as it is now, and stays: what is written to it later is not seen, however late the
   * rows are asked for. Where nobody has written it there are no rows.
   */
  public Dataset<Row> read(TableSchema table) {
    return find(table).map(snapshot -> read(table, snapshot)).orElseGet(() -> none(table));
  }

  private Dataset<Row> none(TableSchema table) {
    return spark.createDataFrame(List.of(), table.structType());
  }

  /** All rows of a table of few, read in the driver without a Spark job. */
  public List<Row> rows(TableSchema table) {
    return LocalRows.rows(table, files(table).read(table.columns()));
  }

  /** The table as a night was published; without rows where there was no such table then. */
  public Dataset<Row> readOf(PublishedNights.Publication publication, TableSchema table) {
    Long version = publication.versions().get(table.path());
    return version == null ? none(table) : readAt(table, version);
  }

  /** What was read of the dumps, as {@link #read} gives it. */
  public CoreRows core() {
    return new CoreRows(this::read);
  }

  /** The table as it was at a version. */
  public Dataset<Row> readAt(TableSchema table, long version) {
    return read(table, snapshotAt(table, version));
  }

  private TableSnapshot snapshotAt(TableSchema table, long version) {
    TableSnapshot known = newest.get(path(table));
    if (known != null && known.version() == version) {
      return known;
    }
    counts.countSnapshot();
    return TableSnapshot.at(kernel, path(table), version);
  }

  private Dataset<Row> read(TableSchema table, TableSnapshot snapshot) {
    if (snapshot.hasDeletionVectors()) {
      if (waiting != null && waiting.of(table).isPresent()) {
        return rowsOf(table, snapshot);
      }
      Dataset<Row> rows =
          spark.read().format("delta").option("versionAsOf", snapshot.version()).load(path(table));
      for (TableColumn column : lacking(table, snapshot)) {
        rows = rows.withColumn(column.name(), lit(null).cast(column.type()));
      }
      return rows.select(table.cols());
    }
    return files(table, snapshot);
  }

  /** The rows that count of files that no version names yet, file by file. */
  private Dataset<Row> rowsOf(TableSchema table, TableSnapshot snapshot) {
    List<TableFiles> files = new TableFiles(path(table), snapshot.files(), hadoop(), counts).each();
    StructType schema = table.structType();
    // A table itself does not travel.
    ArrayList<TableColumn> columns = new ArrayList<>(table.columns());
    return spark.createDataFrame(
        new JavaSparkContext(spark.sparkContext())
            .parallelize(files, files.size())
            .flatMap(file -> LocalRows.rows(schema, columns, file.read(columns)).iterator()),
        schema);
  }

  /** The rows of a version's files, deletion vectors not heeded. */
  private Dataset<Row> files(TableSchema table, TableSnapshot snapshot) {
    StructType schema = table.structType();
    var session = (org.apache.spark.sql.classic.SparkSession) spark;
    HadoopFsRelation relation =
        new HadoopFsRelation(
            new DataFileIndex(new Path(path(table)), snapshot.version(), snapshot.files(), schema),
            new StructType(),
            schema,
            Option.empty(),
            new ParquetFileFormat(),
            Map$.MODULE$.empty(),
            session);
    return Dataset$.MODULE$.ofRows(session, LogicalRelation$.MODULE$.apply(relation, false));
  }

  /** Whether a version can still be read: its log and all its files are there. */
  public boolean isWhole(TableSchema table, long version) {
    Path folder = new Path(path(table));
    try {
      return snapshotAt(table, version).files().stream().allMatch(file -> exists(file.in(folder)));
    } catch (KernelException e) {
      return false;
    }
  }

  /**
   * Whether a version is the newest, by the names in the table's log alone. A run that holds the
   * lake has looked at the table then: what another commits later is no longer seen.
   *
   * @param version null for a table that nobody has written
   */
  public boolean isAt(TableSchema table, Long version) {
    String path = path(table);
    if (held != null && held.seen.containsKey(path)) {
      return held.seen.get(path).equals(version);
    }
    if (version == null) {
      // A folder alone is none: a store without room may have kept no more of it.
      return committed(table).isEmpty();
    }
    boolean isNewest = !isFollowed(path, version);
    if (held != null && isNewest) {
      held.seen.putIfAbsent(path, version);
    }
    return isNewest;
  }

  /** The table's newest version; empty where nobody has written it. */
  public Optional<Long> version(TableSchema table) {
    return committed(table).map(TableSnapshot::version);
  }

  /**
   * The files of the table as it is now, to be read column by column; none where it is not there.
   */
  public TableFiles files(TableSchema table) {
    return new TableFiles(
        path(table), find(table).map(TableSnapshot::files).orElse(List.of()), hadoop(), counts);
  }

  /** The files of the table as it was at a version. */
  public TableFiles filesAt(TableSchema table, long version) {
    return new TableFiles(path(table), snapshotAt(table, version).files(), hadoop(), counts);
  }

  /** What writes files of the table, here or in a task; a commit has to name them. */
  public TableFileWriter writer(TableSchema table) {
    return new TableFileWriter(spark, path(table), table, statistics(table), hadoop(), counts);
  }

  /** Adds rows; no Spark job. */
  public void append(TableSchema table, ColumnRows rows) throws IOException {
    append(table, writer(table).write(rows));
  }

  /** Replaces all rows; no Spark job. */
  public void overwrite(TableSchema table, ColumnRows rows) throws IOException {
    overwrite(table, writer(table).write(rows));
  }

  /** Adds the rows of files that {@link #writer} wrote. */
  public void append(TableSchema table, List<DataFile> written) {
    change(table, find(table), List.of(), written);
  }

  /** Replaces all rows by those of files that {@link #writer} wrote. */
  public void overwrite(TableSchema table, List<DataFile> written) {
    Optional<TableSnapshot> before = find(table);
    change(table, before, before.map(TableSnapshot::files).orElse(List.of()), written);
  }

  /**
   * Replaces the rows of some files.
   *
   * @param replaced from {@link #files} of the version that is the newest still
   * @param written by {@link #writer}
   */
  public void replace(TableSchema table, TableFiles replaced, List<DataFile> written) {
    change(table, find(table), replaced.files(), written);
  }

  /** Whether the log of the table may tell of single rows that they count no more. */
  public boolean mayDeleteRows(TableSchema table) {
    return committed(table)
        .filter(
            snapshot ->
                Boolean.parseBoolean(snapshot.properties().get("delta.enableDeletionVectors")))
        .isPresent();
  }

  private void change(
      TableSchema table,
      Optional<TableSnapshot> before,
      Collection<DataFile> removed,
      List<DataFile> added) {
    if (added.isEmpty() && removed.isEmpty()) {
      return;
    }
    if (waiting != null && waiting.takes(table)) {
      waiting.put(
          table,
          before
              .map(found -> found.with(added, removed))
              .orElseGet(() -> TableSnapshot.uncommitted(added)));
    } else if (before.isEmpty()) {
      create(table, added);
    } else {
      commit(table, before.get(), added, removed);
    }
  }

  private Broadcast<SerializableConfiguration> hadoop() {
    if (hadoop.get() == null) {
      hadoop.compareAndSet(
          null,
          new JavaSparkContext(spark.sparkContext())
              .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf())));
    }
    return hadoop.get();
  }

  /** Adds rows. */
  public void append(TableSchema table, Dataset<Row> rows) {
    write(table, rows, List.of(), 0, false);
  }

  /** Adds rows, in their order, to files of at most so many rows. */
  public void append(TableSchema table, Dataset<Row> rows, long mostRowsPerFile) {
    write(table, rows, List.of(), mostRowsPerFile, false);
  }

  /** Replaces all rows. */
  public void overwrite(TableSchema table, Dataset<Row> rows) {
    write(table, rows, List.of(), 0, true);
  }

  /**
   * One query writes the files, or none where the rows are in the driver already; one commit names
   * them. Where nothing changes there is none. A table that is not there is created with the rows.
   *
   * @param moreRules that rows have to meet beside those of the table
   */
  private void write(
      TableSchema table,
      Dataset<Row> rows,
      List<String> moreRules,
      long mostRowsPerFile,
      boolean replaces) {
    Optional<TableSnapshot> before = find(table);
    change(
        table,
        before,
        replaces ? before.map(TableSnapshot::files).orElse(List.of()) : List.of(),
        written(table, table.conform(rows), moreRules, mostRowsPerFile));
  }

  private List<DataFile> written(
      TableSchema table, Dataset<Row> rows, List<String> moreRules, long mostRowsPerFile) {
    Optional<ColumnRows> here = moreRules.isEmpty() ? LocalRows.of(table, rows) : Optional.empty();
    if (here.isEmpty()) {
      return DataFileCommits.write(
          path(table), checked(table, rows, moreRules), statistics(table), mostRowsPerFile);
    }
    try {
      return writer(table)
          .write(
              here.get(),
              mostRowsPerFile == 0
                  ? Integer.MAX_VALUE
                  : (int) Math.min(mostRowsPerFile, Integer.MAX_VALUE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path(table), e);
    }
  }

  private RenownException lost(TableSchema table, long version) {
    return RenownException.busy(
        "Another run has written version %d of %s meanwhile, so this one has lost the lake and has"
            + " committed nothing there. When that run has ended, start the same command again.",
        version, path(table));
  }

  /** Only on the version that was read: who has lost the lake meanwhile commits nothing. */
  private void commit(
      TableSchema table,
      TableSnapshot before,
      Collection<DataFile> added,
      Collection<DataFile> removed) {
    TableSnapshot ready = withAllColumns(table, before);
    try {
      committed(table, () -> ready.commit(kernel, added, removed));
    } catch (MaxCommitRetryLimitReachedException e) {
      throw lost(table, ready.version() + 1);
    }
  }

  /** The table once it has the columns that its class has gained since it was written. */
  private TableSnapshot withAllColumns(TableSchema table, TableSnapshot before) {
    List<TableColumn> lacking = lacking(table, before);
    if (lacking.isEmpty()) {
      return before;
    }
    String columns =
        lacking.stream()
            .map(
                column ->
                    "`%s` %s COMMENT '%s'"
                        .formatted(
                            column.name(),
                            column.type().sql(),
                            column.comment().replace("\\", "\\\\").replace("'", "\\'")))
            .collect(Collectors.joining(", "));
    commanded(
        table,
        before,
        () -> spark.sql("ALTER TABLE delta.`%s` ADD COLUMNS (%s)".formatted(path(table), columns)));
    return committed(table).orElseThrow();
  }

  /**
   * Columns whose least and largest values stand in the log: numbers, days and texts that tell of
   * nobody, since the log outlives the rows.
   */
  private static List<String> statistics(TableSchema table) {
    return table.columns().stream()
        .filter(
            column ->
                column.type() instanceof LongType && column.personal() != PersonalData.HASH
                    || column.type() instanceof DateType
                    || column.type() instanceof StringType
                        && column.personal() == PersonalData.NONE)
        .limit(32)
        .map(TableColumn::name)
        .toList();
  }

  /** Replaces the rows that meet an SQL condition; all new rows must meet it too. */
  public void replaceWhere(TableSchema table, String condition, Dataset<Row> rows) {
    if (!mayHold(table, expr(condition))) {
      write(table, rows, List.of(condition), 0, false);
      return;
    }
    bySpark(
        table,
        () ->
            checked(table, rows)
                .write()
                .format("delta")
                .mode("overwrite")
                .option("replaceWhere", condition)
                .save(path(table)));
  }

  /**
   * Whether a row may meet a condition, in columns of the table or of {@code old}: told by the
   * statistics of its files, without a query.
   */
  private boolean mayHold(TableSchema table, Column condition) {
    Optional<TableSnapshot> now = find(table);
    if (now.isEmpty() || now.get().files().isEmpty()) {
      return false;
    }
    List<Expression> filters =
        CollectionConverters.asJava(
            files(table, now.get())
                .as("old")
                .where(condition)
                .queryExecution()
                .optimizedPlan()
                .expressions());
    FileSkipping skipping = new FileSkipping(table.structType());
    return now.get().files().stream()
        .anyMatch(file -> skipping.mayMatch(file.statistics(), filters));
  }

  /**
   * What needs Delta's own commands on Spark, as the rows that change are among others in a file.
   */
  private void bySpark(TableSchema table, Runnable command) {
    if (waiting != null && waiting.takes(table)) {
      throw new IllegalStateException(
          table.path()
              + " is committed at the end of the night: its rows cannot be changed before");
    }
    commanded(table, withAllColumns(table, snapshot(table)), command);
  }

  private void commanded(TableSchema table, TableSnapshot found, Runnable command) {
    String path = path(table);
    long before = found.version();
    if (held != null) {
      spark.conf().set(USER_METADATA, held.holder);
    }
    try {
      command.run();
    } catch (ConcurrentModificationException e) {
      throw lost(table, before + 1);
    }
    newest.remove(path);
    if (held != null) {
      held.seen.remove(path);
    }
    long after = committed(table).orElseThrow().version();
    if (held != null && (after > before + 1 || after > before && !isOwn(path, after))) {
      throw lost(table, before + 1);
    }
    for (long version = after; version > before; version--) {
      counts.countCommit();
    }
  }

  /** Whether this run has committed a version by one of Spark's commands. */
  private boolean isOwn(String path, long version) {
    try {
      return held.holder.equals(
          LogFiles.commitInfo(new Path(path, "_delta_log"), version, configuration)
              .path("userMetadata")
              .asText());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read version " + version + " of " + path, e);
    }
  }

  /** Replaces the rows of a night. */
  public void replaceNight(TableSchema table, LocalDate night, Dataset<Row> rows) {
    replaceWhere(table, "night = DATE'" + night + "'", rows);
  }

  /**
   * Updates the rows whose key is there and adds the others.
   *
   * @param rows the whole new rows, at most one per key
   */
  public void upsert(TableSchema table, Dataset<Row> rows) {
    if (find(table).map(TableSnapshot::files).orElse(List.of()).isEmpty()) {
      append(table, rows);
      return;
    }
    Column sameKey =
        table.key().stream()
            .map(key -> col("old." + key.name()).equalTo(col("new." + key.name())))
            .reduce(Column::and)
            .orElseThrow();
    Map<String, Column> values = new LinkedHashMap<>();
    table.columns().forEach(c -> values.put(c.name(), col("new." + c.name())));
    bySpark(
        table,
        () ->
            DeltaTable.forPath(spark, path(table))
                .as("old")
                .merge(checked(table, rows).as("new"), sameKey)
                .whenMatched()
                .update(values)
                .whenNotMatched()
                .insert(values)
                .execute());
  }

  /** Deletes the rows that meet a condition. */
  public void delete(TableSchema table, Column condition) {
    if (mayHold(table, condition)) {
      bySpark(table, () -> DeltaTable.forPath(spark, path(table)).delete(condition));
    }
  }

  /**
   * Deletes the rows that equal one of {@code keys} in the columns of {@code keys}.
   *
   * @param where a condition on the table's rows, in columns of {@code old}, that holds for all of
   *     them: files in which it cannot hold are not read
   */
  public void deleteMatching(TableSchema table, Dataset<Row> keys, Column where) {
    if (!mayHold(table, where)) {
      return;
    }
    Column sameKey = where;
    for (String name : keys.columns()) {
      sameKey = sameKey.and(col("old." + name).equalTo(col("gone." + name)));
    }
    Column same = sameKey;
    bySpark(
        table,
        () ->
            DeltaTable.forPath(spark, path(table))
                .as("old")
                .merge(keys.as("gone"), same)
                .whenMatched()
                .delete()
                .execute());
  }

  /** Takes all rows out of the table, if there is one; a new commit, the history stays. */
  public void empty(TableSchema table) {
    find(table).ifPresent(now -> change(table, Optional.of(now), now.files(), List.of()));
  }

  /** Makes the table what it was at a version; a new commit, the history stays. */
  public void restore(TableSchema table, long version) {
    TableSnapshot now = snapshot(table);
    TableSnapshot then = snapshotAt(table, version);
    commit(table, now, then.lackingIn(now), now.lackingIn(then));
  }

  /**
   * Writes small files into larger ones and lays the rows out by the columns that the table is
   * clustered by; the rows stay the same, and where nothing is to be done so does the version.
   */
  public void compact(TableSchema table) {
    bySpark(table, () -> DeltaTable.forPath(spark, path(table)).optimize().executeCompaction());
  }

  /**
   * When a version was followed by another: from then on files that it reads may have been given
   * up. It is what the commit says of itself, as that on which VACUUM relies: when the file of the
   * commit was written last tells nothing, for an erasure writes it again.
   *
   * @return empty where it is the newest
   */
  public Optional<Instant> followedAt(TableSchema table, long version) throws IOException {
    Path log = new Path(path(table), "_delta_log");
    FileSystem files = log.getFileSystem(configuration);
    OptionalLong next =
        Arrays.stream(files.listStatus(log))
            .map(entry -> entry.getPath().getName())
            .filter(name -> name.matches("\\d{20}\\.json"))
            .mapToLong(name -> Long.parseLong(name.substring(0, 20)))
            .filter(number -> number > version)
            .min();
    return next.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Instant.ofEpochMilli(
                LogFiles.commitInfo(log, next.getAsLong(), configuration)
                    .path("timestamp")
                    .asLong()));
  }

  /**
   * Deletes the files that the table has given up since longer than it keeps them, and those that
   * failed writes left; no new version.
   */
  public void vacuum(TableSchema table) {
    SparkSession own = spark.newSession();
    own.conf().set("spark.databricks.delta.vacuum.logging.enabled", "false");
    own.conf().set("spark.databricks.delta.vacuum.parallelDelete.enabled", "true");
    DeltaTable.forPath(own, path(table)).vacuum();
  }

  /** Has the table keep files that it gives up, and its log, for so many days. */
  public void keep(TableSchema table, long days) {
    String filesKept = "interval " + days + " days";
    String logKept = days > 400 ? filesKept : LOG_KEPT;
    Map<String, String> wanted =
        Map.of(
            "delta.deletedFileRetentionDuration", filesKept,
            "delta.logRetentionDuration", logKept);
    Map<?, ?> found =
        DeltaTable.forPath(spark, path(table)).detail().select("properties").head().getJavaMap(0);
    if (!found.entrySet().containsAll(wanted.entrySet())) {
      String properties =
          wanted.entrySet().stream()
              .map(entry -> "'" + entry.getKey() + "' = '" + entry.getValue() + "'")
              .sorted()
              .collect(Collectors.joining(", "));
      bySpark(
          table,
          () ->
              spark.sql(
                  "ALTER TABLE delta.`%s` SET TBLPROPERTIES (%s)"
                      .formatted(path(table), properties)));
    }
  }

  /**
   * The same rows; writing them fails at the first row that breaks a rule of the table, with the
   * table, the rule and the row's key in the message. Costs no pass of its own.
   */
  private static Dataset<Row> checked(TableSchema table, Dataset<Row> rows) {
    return checked(table, rows, List.of());
  }

  /** The same with more rules. */
  private static Dataset<Row> checked(
      TableSchema table, Dataset<Row> rows, List<String> moreRules) {
    List<String> rules = new ArrayList<>(table.rules());
    rules.addAll(moreRules);
    table.columns().stream()
        .map(TableColumn::rule)
        .filter(rule -> rule != null)
        .forEach(rules::add);
    Dataset<Row> conforming = table.conform(rows);
    for (TableColumn column : table.columns()) {
      if (!column.nullable() && conforming.schema().apply(column.name()).nullable()) {
        rules.add(column.name() + " IS NOT NULL");
      }
    }
    if (rules.isEmpty()) {
      return conforming;
    }
    Column broken = lit(null).cast("string");
    for (String rule : rules) {
      broken = when(org.apache.spark.sql.functions.not(expr(rule)), lit(rule)).otherwise(broken);
    }
    Column key = lit("");
    for (TableColumn part : table.key()) {
      key =
          concat(
              key, lit(" " + part.name() + "="), coalesce(part.col().cast("string"), lit("null")));
    }
    Column error =
        raise_error(
            concat(
                lit("Table " + table.name() + ": a row breaks the rule "), broken, lit(":"), key));
    TableColumn first = table.columns().get(0);
    return conforming.withColumn(
        first.name(), when(broken.isNotNull(), error.cast(first.type())).otherwise(first.col()));
  }
}
