package renown.operate.erase;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import renown.lake.ErasedNames;
import renown.lake.Lake;
import renown.lake.LakeLock;
import renown.lake.UnfinishedErasure;
import renown.run.Config;
import renown.run.ExitCode;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.AccountLists;
import renown.tables.Accounts;
import renown.tables.ErasedAccounts;
import renown.tables.MartScoreChanges;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.TableSchema;
import renown.testing.SparkTest;

/** A lake of a few tables, written row by row, in which one account is everywhere. */
class ErasureTest extends SparkTest {
  private static final Date NIGHT = Date.valueOf("2026-01-05");
  private static final Timestamp AT = Timestamp.valueOf("2026-01-05 10:00:00");
  private static final String THEM = "did:plc:themthemthemthem";
  private static final long THEIR_KEY = 1;

  private Lake lake;

  @TempDir static Path template;

  /** Written once and copied: its commits take a while. */
  @BeforeEach
  void copyLake() throws Exception {
    Path written = template.resolve("lake");
    if (!Files.exists(written)) {
      write(new Lake(spark(), written.toUri().toString()));
    }
    try (Stream<Path> paths = Files.walk(written)) {
      for (Path path : paths.toList()) {
        Path target = folder.resolve("lake").resolve(written.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else if (!path.getFileName().toString().startsWith(".")) {
          Files.copy(path, target);
        }
      }
    }
    lake = lake();
  }

  private static void write(Lake lake) throws Exception {
    lake.create(
        List.of(
            Accounts.TABLE,
            Posts.TABLE,
            PostTexts.TABLE,
            AccountLists.TABLE,
            MartScoreChanges.TABLE,
            renown.tables.Publications.TABLE));
    lake.append(
        Accounts.TABLE,
        table(
            Accounts.TABLE,
            account(0, "did:plc:me", "me.example", "Me", "A friend of @them.example."),
            account(THEIR_KEY, THEM, "them.example", "Them Themselves", "It is them."),
            account(2, "did:plc:you", "you.example", "You", null)));
    // Eleven commits: the tenth has a checkpoint.
    for (int i = 0; i < 11; i++) {
      lake.append(
          Posts.TABLE,
          table(
              Posts.TABLE,
              post("at://" + THEM + "/app.bsky.feed.post/" + i, THEIR_KEY, null),
              post(
                  "at://did:plc:me/app.bsky.feed.post/" + i,
                  0,
                  "at://" + THEM + "/app.bsky.feed.post/" + i)));
    }
    // One post of each of two authors goes by a deletion vector, in a file of its own.
    lake.delete(
        Posts.TABLE,
        col("post_id")
            .isin("at://did:plc:me/app.bsky.feed.post/3", THEM + "/none")
            .or(col("post_id").equalTo("at://" + THEM + "/app.bsky.feed.post/4")));
    lake.append(
        PostTexts.TABLE,
        table(
            PostTexts.TABLE,
            text("at://" + THEM + "/app.bsky.feed.post/0", "I am here"),
            text("at://did:plc:me/app.bsky.feed.post/0", "@them.example is here"),
            text("at://did:plc:you/app.bsky.feed.post/0", "the theme is them")));
    lake.overwrite(
        PostTexts.TABLE,
        table(PostTexts.TABLE, text("at://did:plc:you/app.bsky.feed.post/0", "the theme is them")));
    lake.append(
        MartScoreChanges.TABLE,
        table(
            MartScoreChanges.TABLE,
            change(0, -1, 1.0),
            change(0, THEIR_KEY, 2.0),
            change(0, 2, 3.0),
            change(2, -1, 1.5),
            change(THEIR_KEY, -1, 4.0)));
  }

  private static org.apache.spark.sql.Dataset<Row> table(TableSchema table, Object[]... rows) {
    return rows(table.structType(), rows).coalesce(1);
  }

  private static Object[] account(
      long key, String id, String handle, String name, String description) {
    return row(
        key,
        "bluesky",
        id,
        handle,
        name,
        description,
        AT,
        1L,
        2L,
        3L,
        null,
        null,
        null,
        null,
        null,
        AT,
        "active",
        null,
        NIGHT,
        null);
  }

  private static Object[] post(String id, long author, String replyTo) {
    return row(
        "bluesky",
        id,
        NIGHT,
        author,
        AT,
        "en",
        replyTo,
        null,
        null,
        new String[0],
        new String[] {"https://bsky.app/profile/them.example", "https://news.example/"},
        NIGHT,
        null,
        null);
  }

  private static Object[] text(String id, String text) {
    return row("bluesky", id, NIGHT, text, NIGHT);
  }

  private static Object[] change(long account, long source, double points) {
    return row(
        "bluesky",
        account,
        NIGHT,
        Date.valueOf("2026-01-04"),
        "authority",
        source,
        points,
        20.0,
        6.0,
        1L);
  }

  private String run(String... options) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EraseJob job = new EraseJob();
    new CommandLine(job).parseArgs(options);
    Files.createDirectories(folder.resolve("raw/bluesky/dt=2026-01-05"));
    Files.writeString(
        folder.resolve("raw/bluesky/dt=2026-01-05/a.jsonl"),
        "{\"did\":\"" + THEM + "\"}\n{\"did\":\"did:plc:me\"}\n");
    Files.writeString(
        folder.resolve("raw/bluesky/dt=2026-01-05/b.jsonl"), "{\"did\":\"did:plc:me\"}\n");
    Config config =
        Config.load(
            job.keys(),
            job.keys(),
            Optional.empty(),
            Map.of(
                "lake.root",
                lake.root().toString(),
                "raw.root",
                folder.resolve("raw").toString(),
                "ingest.formats",
                "bluesky=bluesky-jetstream"));
    Clock clock = Clock.systemUTC();
    try {
      job.run(
          new RunContext(
              config,
              Optional.empty(),
              clock,
              new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), clock),
              SparkTest::spark));
    } catch (RenownException e) {
      out.writeBytes((e.exitCode() + " " + e.getMessage()).getBytes(StandardCharsets.UTF_8));
    }
    // The job has written logs again in place.
    lake.forget();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static final String[] THEM_ALONE = {"--network", "bluesky", "--account", THEM};

  private static String[] with(String option) {
    String[] all = Arrays.copyOf(THEM_ALONE, THEM_ALONE.length + 1);
    all[all.length - 1] = option;
    return all;
  }

  /** Of every table; of posts those around the checkpoint. */
  private Map<String, List<String>> versions() {
    Map<String, List<String>> versions =
        versions(0, Accounts.TABLE, PostTexts.TABLE, AccountLists.TABLE, MartScoreChanges.TABLE);
    versions.putAll(versions(9, Posts.TABLE));
    return versions;
  }

  /** All rows of every version from one on, as text. */
  private Map<String, List<String>> versions(long first, TableSchema... tables) {
    DeltaLog.clearCache();
    Map<String, List<String>> versions = new TreeMap<>();
    for (TableSchema table : tables) {
      for (long version = first; version <= lake.version(table).orElseThrow(); version++) {
        versions.put(
            "%s %03d".formatted(table.name(), version),
            lake.readAt(table, version).collectAsList().stream()
                .map(row -> row.mkString("|"))
                .sorted()
                .toList());
      }
    }
    return versions;
  }

  /** What a reader would want to be left of a row of before. */
  private static Optional<String> expected(String table, String row) {
    List<String> values = new ArrayList<>(Arrays.asList(row.split("\\|", -1)));
    switch (table) {
      case "accounts" -> {
        if (values.get(2).equals(THEM)) {
          return Optional.empty();
        }
        values.set(5, values.get(5).replace("@them.example", "[erased]"));
      }
      case "posts" -> {
        if (values.get(3).equals("1")) {
          return Optional.empty();
        }
        values.set(6, "null");
        values.set(10, "ArraySeq(https://news.example/)");
      }
      case "post_texts" -> {
        if (values.get(1).contains(THEM)) {
          return Optional.empty();
        }
        values.set(3, values.get(3).replace("@them.example", "[erased]"));
      }
      case "mart_score_changes" -> {
        if (values.get(1).equals("1")) {
          return Optional.empty();
        }
        values.set(5, values.get(5).equals("1") ? "-2" : values.get(5));
      }
      default -> {}
    }
    return Optional.of(String.join("|", values));
  }

  /** As people write ids, and one that is not there. */
  @Test
  void anAccountIsFoundInAnyCase() throws Exception {
    assertThat(
            run(
                "--network",
                "bluesky",
                "--account",
                THEM.toUpperCase(java.util.Locale.ROOT),
                "--verify"))
        .doesNotContain("Warning")
        .contains("accounts: account_id: 1 in 1 files");
    assertThat(run("--network", "bluesky", "--account", THEM + "x", "--verify"))
        .contains(
            "Warning: the lake knows no account "
                + THEM
                + "x of bluesky; the nearest that it knows is "
                + THEM
                + ".");
  }

  @Test
  void whoLostTheLakeOverItsPlanChangesNothing() throws Exception {
    Erased them = new Erased();
    them.addId("bluesky", THEM);
    new Search(lake).complete(them);
    Configuration hadoop = spark().sessionState().newHadoopConf();
    try (LakeLock lock = LakeLock.take(lake.root(), hadoop, 60)) {
      Map<String, List<String>> before = versions();
      Path taken = folder.resolve("lake/_renown/lock/000000000999");
      Files.writeString(taken, "taker=night\nended=false\n");
      assertThatThrownBy(() -> new Erasure(lake).run(them, lock))
          .isInstanceOfSatisfying(
              RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LAKE_BUSY));
      UnfinishedErasure.refuse(lake.root(), hadoop);
      assertThat(versions()).isEqualTo(before);
      Files.delete(taken);
    }
  }

  @Test
  void everyVersionOfEveryTableLosesTheAccountAndNothingElse() throws Exception {
    Map<String, List<String>> before = versions();
    Map<String, Long> files = files();
    assertThat(before.get("posts 012")).hasSize(20);
    assertThat(Files.exists(log(Posts.TABLE).resolve("00000000000000000010.checkpoint.parquet")))
        .isTrue();
    assertThat(Files.readString(log(Posts.TABLE).resolve("00000000000000000012.json")))
        .contains("\"deletionVector\":{");

    assertThat(run(with("--verify")))
        .contains("core/accounts: account_id: 1 in 1 files")
        .contains("core/accounts: account_key: 1 in 1 files")
        .contains("core/accounts: handle: 1 in 1 files")
        .contains("core/accounts: display_name: 1 in 1 files")
        .contains("core/accounts: description: 1 in 1 files")
        .doesNotContain("core/accounts (log)")
        .contains("core/posts: post_id: 11 in 11 files")
        .contains("core/posts: reply_to_id: 11 in 11 files")
        .contains("core/posts (log): stats: 10 in 1 files")
        .contains("core/posts (log): text: 14 in 12 files")
        .contains("core/post_texts: text: 1 in 1 files")
        .contains("marts/mart_score_changes: source_key: 1 in 1 files")
        .contains("1 raw files under")
        .contains("bluesky/dt=2026-01-05/a.jsonl: 1 lines")
        .contains("AUDIT_FAILED The lake at");
    assertThat(files()).isEqualTo(files);

    assertThat(run(THEM_ALONE))
        .containsPattern("core/posts +11 files without it")
        .containsPattern("core/post_texts +1 files without it")
        .contains("none names the account")
        .doesNotContain("AUDIT_FAILED");
    Map<String, List<String>> after = versions();
    assertThat(after.keySet()).containsAll(before.keySet());
    before.forEach(
        (version, rows) ->
            assertThat(after.get(version))
                .as(version)
                .isEqualTo(
                    rows.stream()
                        .map(row -> expected(version.split(" ")[0], row))
                        .flatMap(Optional::stream)
                        .sorted()
                        .toList()));
    assertThat(after.get("posts 012")).hasSize(10);
    nothingIsLeftInAnyFile();

    // The table can be written to, compacted and restored as before.
    lake.append(
        Posts.TABLE, table(Posts.TABLE, post("at://did:plc:you/app.bsky.feed.post/9", 2, null)));
    lake.delete(Posts.TABLE, col("post_id").equalTo("at://did:plc:me/app.bsky.feed.post/7"));
    assertThat(lake.read(Posts.TABLE).count()).isEqualTo(10);
    lake.compact(Posts.TABLE);
    assertThat(lake.read(Posts.TABLE).count()).isEqualTo(10);
    lake.restore(Posts.TABLE, 5);
    assertThat(lake.read(Posts.TABLE).count()).isEqualTo(5);
  }

  private Path log(TableSchema table) {
    return Path.of(URI.create(lake.path(table))).resolve("_delta_log");
  }

  /** When each file of the tables was last written. */
  private Map<String, Long> files() throws Exception {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(Path.of(URI.create(lake.root().toString())))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (!path.toString().contains("_renown")) {
          files.put(path.toString(), Files.getLastModifiedTime(path).toMillis());
        }
      }
    }
    return files;
  }

  /** Without anything of what erases or verifies. */
  private void nothingIsLeftInAnyFile() throws Exception {
    int parquet = 0;
    int texts = 0;
    Map<Path, List<String>> ofFolders = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(Path.of(URI.create(lake.root().toString())))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (path.toString().endsWith(".parquet")) {
          parquet++;
          ofFolders
              .computeIfAbsent(path.getParent(), any -> new ArrayList<>())
              .add(path.toUri().toString());
        } else {
          texts++;
          assertThat(Files.readString(path, StandardCharsets.ISO_8859_1))
              .doesNotContain(THEM)
              .doesNotContain("them.example")
              .doesNotContain("Them Themselves")
              .doesNotContainPattern("(author|account)_key\\\\*\":1[^0-9]");
        }
      }
    }
    // Those of a folder are of one table, and read together.
    for (List<String> some : ofFolders.values()) {
      for (Row row : spark().read().parquet(some.toArray(String[]::new)).collectAsList()) {
        assertThat(row.mkString("|"))
            .doesNotContain(THEM)
            .doesNotContain("them.example")
            .doesNotContain("Them Themselves");
        if (Arrays.asList(row.schema().fieldNames()).contains("author_key")) {
          assertThat(row.<Long>getAs("author_key")).isNotEqualTo(THEIR_KEY);
        }
      }
    }
    assertThat(parquet).isGreaterThan(15);
    assertThat(texts).isGreaterThan(20);
  }

  @Test
  void aRunThatDiesIsRepeatedByTheSameCommand() throws Exception {
    Erased erased = new Erased();
    erased.addId("bluesky", THEM);
    new Search(lake).complete(erased);
    Map<String, List<String>> before = versions(9, Posts.TABLE);
    Configuration hadoop = spark().sessionState().newHadoopConf();

    // It dies when the files are written again, and nobody knows of them.
    Erasure dying = new Erasure(lake);
    Erasure.Note note = dying.plan(erased);
    assertThat(versions(9, Posts.TABLE)).isEqualTo(before);
    UnfinishedErasure.refuse(lake.root(), hadoop);

    // It dies with the note written and one of the logs changed.
    dying.write(note);
    Map<String, Replacement> posts = new TreeMap<>();
    note.replacements().stream()
        .filter(one -> one.table().equals(Posts.TABLE.path()))
        .limit(5)
        .forEach(one -> posts.put(one.identity(), one));
    new TableLog(new org.apache.hadoop.fs.Path(lake.path(Posts.TABLE)), hadoop)
        .replace(posts, java.util.Set.of());
    assertThatThrownBy(() -> UnfinishedErasure.refuse(lake.root(), hadoop))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("was interrupted")
        .extracting(e -> ((RenownException) e).exitCode())
        .isEqualTo(ExitCode.LAKE_BUSY);

    assertThat(run(THEM_ALONE))
        .contains("Completing an interrupted erasure.")
        .contains("none names the account");
    UnfinishedErasure.refuse(lake.root(), hadoop);
    nothingIsLeftInAnyFile();
    assertThat(versions(12, Posts.TABLE).get("posts 012")).hasSize(10);
  }

  @Test
  void whoIsErasedIsKeptAsAHashAlone() throws Exception {
    Path list = Files.writeString(folder.resolve("list.tsv"), "# nobody\n");
    assertThat(run("--file", list.toString())).contains("lists no accounts");
    Files.writeString(list, "bluesky\t" + THEM + "\nbluesky\tdid:plc:you\n");
    assertThat(run("--file", list.toString())).contains("none names the account");
    assertThat(lake.read(Accounts.TABLE).count()).isEqualTo(1);
    run("--network", "bluesky", "--account", "did:plc:neverseen");
    List<Row> rows = lake.read(ErasedAccounts.TABLE).collectAsList();
    // Two ids with a handle each, and one of which nothing is known.
    assertThat(rows).hasSize(5);
    // Erasing an account again adds nothing.
    run("--network", "bluesky", "--account", "did:plc:neverseen");
    assertThat(lake.read(ErasedAccounts.TABLE).collectAsList())
        .containsExactlyInAnyOrderElementsOf(rows);
    assertThat(rows).allMatch(row -> !row.mkString("|").contains("them"));
    assertThat(rows.stream().map(row -> row.<String>getAs("salt")).distinct()).hasSize(1);
    ErasedNames names = ErasedNames.of(lake);
    assertThat(names.isId("bluesky", THEM)).isTrue();
    assertThat(names.isHandle("bluesky", "THEM.example")).isTrue();
    assertThat(names.isId("bluesky", "did:plc:neverseen")).isTrue();
    assertThat(names.isId("bluesky", "did:plc:me")).isFalse();
    assertThat(names.isId("x", THEM)).isFalse();
    assertThat(names.lastKeys()).isEqualTo(Map.of("bluesky", 2L));

    // By its key it is still found, should a table hold that again.
    lake.append(MartScoreChanges.TABLE, table(MartScoreChanges.TABLE, change(THEIR_KEY, -1, 1.0)));
    assertThat(run(with("--verify"))).contains("account_key: 1 in 1 files", "AUDIT_FAILED");
  }

  @Test
  void aNameThatAnotherHasAsWellStays() throws Exception {
    lake.append(
        Accounts.TABLE,
        table(Accounts.TABLE, account(5, "did:plc:new", "them.example", "Them Themselves", null)));
    assertThat(run(THEM_ALONE)).contains("none names the account");
    assertThat(lake.read(Accounts.TABLE).where(col("account_key").equalTo(5)).first().mkString("|"))
        .contains("them.example|Them Themselves");
    assertThat(lake.read(Accounts.TABLE).where(col("account_key").equalTo(THEIR_KEY)).count())
        .isZero();
  }

  /** Delta's own statistics of the same files are the truth. */
  @Test
  void statisticsAreThoseThatDeltaWrites() throws Exception {
    ObjectMapper json = new ObjectMapper();
    Configuration hadoop = spark().sessionState().newHadoopConf();
    int compared = 0;
    for (TableSchema table : List.of(Accounts.TABLE, PostTexts.TABLE, MartScoreChanges.TABLE)) {
      org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(lake.path(table));
      for (TableLog.Entry entry : new TableLog(folder, hadoop).entries().values()) {
        if (entry.statistics() == null) {
          continue;
        }
        FileStatistics statistics;
        try (ParquetRows rows =
            ParquetRows.open(new org.apache.hadoop.fs.Path(folder, entry.path()), hadoop)) {
          statistics = new FileStatistics(rows.schema());
          for (Group row = rows.next(); row != null; row = rows.next()) {
            statistics.add(row);
          }
        }
        JsonNode ours = json.readTree(statistics.json(entry.statistics()));
        JsonNode deltas = json.readTree(entry.statistics());
        assertThat(ours.get("numRecords")).isEqualTo(deltas.get("numRecords"));
        assertThat(ours.get("nullCount")).isEqualTo(deltas.get("nullCount"));
        for (String bound : List.of("minValues", "maxValues")) {
          assertThat(ours.get(bound).size()).isGreaterThan(1);
          for (Iterator<String> names = ours.get(bound).fieldNames(); names.hasNext(); ) {
            String name = names.next();
            assertThat(ours.get(bound).get(name)).as(name).isEqualTo(deltas.get(bound).get(name));
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(30);
  }

  @Test
  void besideANightItDoesNotRunAndAsksWhom() throws Exception {
    try (LakeLock night = LakeLock.take(lake.root(), spark().sessionState().newHadoopConf(), 60)) {
      assertThat(run(THEM_ALONE)).contains("LAKE_BUSY Another run holds the lake");
      night.check();
    }
    assertThat(run()).contains("BAD_CONFIGURATION Give the accounts to erase");
    assertThat(run("--network", "bluesky"))
        .contains("BAD_CONFIGURATION Give the accounts to erase");
  }
}
