package renown.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.ask.sql.SqlJob;
import renown.lake.Lake;
import renown.lake.LakeLock;
import renown.lake.Locations;
import renown.lake.s3.FaultyS3.Fate;
import renown.night.NightlyJob;
import renown.operate.MaintainJob;
import renown.operate.erase.EraseJob;
import renown.run.Config;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.Accounts;
import renown.tables.MartNetworkActivity;
import renown.tables.Posts;
import renown.tables.StageRuns;
import renown.tables.TableSchema;
import renown.testing.Nights;
import renown.testing.SparkTest;

/**
 * Nights, maintenance and a query on a lake on S3, each request judged by the policy of who makes
 * it before the server sees it.
 */
class PolicyOnS3Test extends SparkTest {
  private static final String LAKE = "s3a://my-lake/renown";
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  private static final TableSchema PUBLICATIONS = renown.tables.Publications.TABLE;
  private static final String LINE =
      "{\"did\":\"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa\",\"time_us\":%d,\"kind\":\"identity\","
          + "\"identity\":{\"did\":\"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa\",\"handle\":\"a.example\","
          + "\"seq\":1,\"time\":\"2026-01-05T08:00:00.000Z\"}}\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringBuilder everythingSaid = new StringBuilder();
  private final List<String> refused = Collections.synchronizedList(new ArrayList<>());
  private volatile Policy policy;

  private Fate judge(String request) {
    if (policy == null || policy.allows(request)) {
      return Fate.PASS;
    }
    refused.add(request);
    return Fate.FORBID;
  }

  private static EmbeddedS3 s3;
  private FaultyS3 judged;
  private SparkSession spark;
  private final Map<String, String> settings = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    s3 = EmbeddedS3.inMemory("512m");
    s3.createBucket("my-dumps");
    s3.createBucket("my-lake");
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @BeforeEach
  void putPoliciesBetween() throws Exception {
    judged = new FaultyS3(s3.endpoint(), this::judge);
    Map<String, String> hadoop = new TreeMap<>(s3.hadoopSettings());
    hadoop.put("fs.s3a.endpoint", judged.endpoint().toString());
    // One request for each object: of several at once the first line tells nothing.
    hadoop.put("fs.s3a.multiobjectdelete.enable", "false");
    spark = spark().newSession();
    hadoop.forEach((key, value) -> spark.conf().set(key, value));
    hadoop.forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    settings.put("raw.root", "s3a://my-dumps/raw");
    settings.put("lake.root", LAKE);
    FileSystem lake = new Path(LAKE).getFileSystem(hadoop(spark));
    lake.delete(new Path(LAKE), true);
  }

  /** Else a file system would wait in the cache for a server that is gone. */
  @AfterEach
  void end() throws Exception {
    for (String bucket : List.of("s3a://my-dumps/", "s3a://my-lake/")) {
      FileSystem.get(URI.create(bucket), hadoop(spark)).close();
    }
    judged.close();
  }

  @Test
  void everyRoleDoesItsWorkWithItsPolicyAlone() throws Exception {
    as("job");
    Config config =
        Config.load(List.of(Locations.LAKE_ROOT), List.of(), Optional.empty(), ofLake());
    Lake lake = new Lake(spark, Locations.writable(Locations.LAKE_ROOT, config).toString());
    try (LakeLock lock = LakeLock.take(lake.root(), hadoop(spark), 600)) {
      lake.create(List.of(MartNetworkActivity.TABLE, Posts.TABLE, PUBLICATIONS, StageRuns.TABLE));
      for (int night = 0; night < 2; night++) {
        Date date = Date.valueOf(FIRST.plusDays(night));
        add(lake, MartNetworkActivity.TABLE, row("x", date, "line", 7L + night));
        add(lake, PUBLICATIONS, row(date, 1L, "run", MartNetworkActivity.TABLE.path(), 1L + night));
      }
      lock.check();
    }
    Path data = new Path(lake.read(MartNetworkActivity.TABLE).inputFiles()[0]);
    assertThat(refused).as("of the job").isEmpty();
    assertThatThrownBy(() -> data.getFileSystem(hadoop(spark)).delete(data, false))
        .isInstanceOf(AccessDeniedException.class);
    assertThat(refused).isNotEmpty();

    refused.clear();
    as("operator");
    assertThat(run(new MaintainJob(), null))
        .contains("1 of 1 tables were rewritten; night 2026-01-06 is published as revision 2.")
        .contains("Deleted unused files of ");
    assertThat(lake.read(MartNetworkActivity.TABLE).inputFiles()).hasSize(1);
    assertThat(files(lake.path(MartNetworkActivity.TABLE))).isEqualTo(3);
    // Those that nobody names any more go once they are old enough.
    spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    spark.sql("VACUUM delta.`" + lake.path(MartNetworkActivity.TABLE) + "` RETAIN 0 HOURS");
    assertThat(files(lake.path(MartNetworkActivity.TABLE))).isEqualTo(1);
    assertThat(refused).as("of maintain").isEmpty();

    as("reader");
    assertThat(lines()).contains("night,measure_count\n2026-01-05,7\n2026-01-06,8\n");
    assertThat(refused).as("of the query").isEmpty();
    Path log = new Path(LAKE + "/core/posts/_delta_log");
    assertThatThrownBy(() -> log.getFileSystem(hadoop(spark)).listStatus(log))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> write(LAKE + "/marts/new", "x"))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageNotContainingAny(s3.accessKey(), s3.secretKey());
    noKeyIsKept();
  }

  /** Whoever is let in leaves no trace of the keys: in no file of the lake, in nothing said. */
  private void noKeyIsKept() throws Exception {
    policy = null;
    FileSystem files = new Path(LAKE).getFileSystem(hadoop(spark));
    RemoteIterator<LocatedFileStatus> found = files.listFiles(new Path(LAKE), true);
    int looked = 0;
    while (found.hasNext()) {
      try (InputStream in = files.open(found.next().getPath())) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
            .doesNotContain(s3.accessKey(), s3.secretKey());
      }
      looked++;
    }
    assertThat(looked).isGreaterThan(10);
    assertThat(everythingSaid).isNotEmpty().doesNotContain(s3.accessKey(), s3.secretKey());
  }

  private static Object[] account(long key, String id, String handle, String description) {
    return row(
        key,
        "bluesky",
        id,
        handle,
        null,
        description,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "active",
        null,
        Date.valueOf(FIRST));
  }

  /** Erasing looks at every object, and each request takes a way through here. */
  @Tag("long")
  @Test
  void anOperatorTakesAnAccountOutOfEveryObject() throws Exception {
    String id = "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb";
    policy = null;
    write("s3a://my-dumps/raw/bluesky/dt=2026-01-05/a.jsonl", "{\"did\":\"" + id + "\"}\n");
    as("job");
    Lake lake = new Lake(spark, LAKE);
    lake.create(List.of(Accounts.TABLE, Posts.TABLE, PUBLICATIONS));
    add(lake, Accounts.TABLE, account(0, "did:plc:me", "me.example", "With @b.example."));
    add(lake, Accounts.TABLE, account(1, id, "b.example", null));
    for (long author = 0; author < 2; author++) {
      String post = "at://" + (author == 0 ? "did:plc:me" : id) + "/app.bsky.feed.post/1";
      add(
          lake,
          Posts.TABLE,
          row(
              "bluesky",
              post,
              Date.valueOf(FIRST),
              author,
              java.sql.Timestamp.valueOf("2026-01-05 10:00:00"),
              "en",
              null,
              null,
              null,
              new String[0],
              new String[0],
              Date.valueOf(FIRST),
              null));
    }
    as("operator");
    assertThatThrownBy(() -> erase(id, "--verify"))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("The lake at " + LAKE);
    assertThat(erase(id))
        .contains("none names the account")
        .contains("bluesky/dt=2026-01-05/a.jsonl: 1 lines");
    assertThat(refused).as("of erase").isEmpty();
    // Erasing replaces files of old versions too: what was opened before is stale.
    lake = new Lake(spark, LAKE);
    assertThat(lake.read(Accounts.TABLE).select("description").collectAsList())
        .containsExactly(RowFactory.create("With [erased]."));
    assertThat(lake.read(Posts.TABLE).select("author_key").collectAsList())
        .containsExactly(RowFactory.create(0L));
    RemoteIterator<LocatedFileStatus> found =
        new Path(LAKE).getFileSystem(hadoop(spark)).listFiles(new Path(LAKE), true);
    int looked = 0;
    while (found.hasNext()) {
      Path path = found.next().getPath();
      String all;
      if (path.getName().endsWith(".parquet")) {
        all = spark.read().parquet(path.toString()).collectAsList().toString();
      } else {
        try (InputStream in = path.getFileSystem(hadoop(spark)).open(path)) {
          all = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
      }
      assertThat(all).as(path.getName()).doesNotContain(id, "b.example");
      looked++;
    }
    assertThat(looked).isGreaterThan(10);
  }

  private String erase(String id, String... options) throws Exception {
    EraseJob erase = new EraseJob();
    List<String> all = new ArrayList<>(List.of("--network", "bluesky", "--account", id));
    all.addAll(List.of(options));
    new CommandLine(erase).parseArgs(all.toArray(new String[0]));
    return run(erase, "2026-01-05");
  }

  /** Minutes: a lake has many tables, and each request takes a way through here. */
  @Tag("long")
  @Test
  void wholeNightsAskForNoMore() throws Exception {
    policy = null;
    write("s3a://my-dumps/raw/bluesky/dt=2026-01-05/a.jsonl", LINE.formatted(1767600000000000L));
    write("s3a://my-dumps/raw/bluesky/dt=2026-01-06/a.jsonl", LINE.formatted(1767686400000000L));
    as("job");
    run(new NightlyJob(Nights.ofCounts()), "2026-01-06");
    assertThat(refused).as("of a night").isEmpty();
    as("operator");
    run(new MaintainJob(), null);
    assertThat(refused).as("of maintain").isEmpty();
    as("reader");
    assertThat(lines()).contains("night,measure_count\n2026-01-06,2\n");
    assertThat(refused).as("of the query").isEmpty();
  }

  private static void add(Lake lake, TableSchema table, Object[] values) {
    lake.append(
        table,
        lake.spark()
            .createDataFrame(
                // Columns that came later hold nothing.
                List.of(RowFactory.create(Arrays.copyOf(values, table.columns().size()))),
                table.structType())
            .coalesce(1));
  }

  private String lines() throws Exception {
    SqlJob sql = new SqlJob(new PrintStream(out, true, StandardCharsets.UTF_8));
    new CommandLine(sql)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(
            "SELECT night, measure_count FROM mart_network_activity WHERE measure = 'line'"
                + " ORDER BY night",
            "--format",
            "csv");
    return run(sql, null);
  }

  private void as(String role) throws Exception {
    policy = Policy.read(role);
  }

  private static org.apache.hadoop.conf.Configuration hadoop(SparkSession spark) {
    return spark.sessionState().newHadoopConf();
  }

  private void write(String file, String text) throws Exception {
    Path path = new Path(file);
    try (OutputStream to = path.getFileSystem(hadoop(spark)).create(path, true)) {
      to.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private long files(String folder) throws Exception {
    Path path = new Path(folder);
    return Arrays.stream(path.getFileSystem(hadoop(spark)).listStatus(path))
        .filter(status -> status.getPath().getName().endsWith(".parquet"))
        .count();
  }

  private Map<String, String> ofLake() {
    Map<String, String> ofLake = new TreeMap<>(settings);
    ofLake.remove("raw.root");
    return ofLake;
  }

  private String run(Job job, String night) throws Exception {
    out.reset();
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            Config.load(
                job.keys(), job.keys(), Optional.empty(), night == null ? ofLake() : settings),
            Optional.ofNullable(night).map(LocalDate::parse),
            clock,
            new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), clock),
            () -> spark));
    everythingSaid.append(out.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
