package renown.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.ask.report.ReportJob;
import renown.lake.Lake;
import renown.lake.s3.FaultyS3.Fate;
import renown.operate.StatusJob;
import renown.run.Config;
import renown.run.ExitCode;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RunContext;
import renown.tables.Publications;
import renown.tables.StageRuns;
import renown.tables.TableSchema;
import renown.tables.Tables;
import renown.testing.NightRuns;
import renown.testing.SparkTest;

/**
 * Secrets are planted wherever a night may be given some, and everything that it leaves is looked
 * through: what it says with Spark at its most talkative, Spark's own record of events, the
 * arguments of all its processes, every object of the lake, every row of every table, the page.
 */
@Tag("long")
class PlantedSecretsTest extends SparkTest {
  private static final String NIGHT = "2026-01-05";

  /** Settings that hold secrets which nothing here asks for, so that a night goes on with them. */
  private static final Map<String, String> PLANTED =
      Map.of(
          "spark.hadoop.fs.s3a.proxy.password", "planted-proxy-password",
          "spark.hadoop.fs.azure.account.key.none.blob.example", "planted-account-key",
          "spark.hadoop.fs.s3a.bucket.other.session.token", "planted-session-token",
          "spark.hadoop.fs.s3a.bucket.other.encryption.key", "planted-encryption-key",
          "spark.ssl.ui.keyPassword", "planted-key-password");

  private final Set<String> commandLines = ConcurrentHashMap.newKeySet();
  private final AtomicReference<NightProcess> running = new AtomicReference<>();

  private Fate look(String request) {
    NightProcess night = running.get();
    if (night != null) {
      try {
        commandLines.addAll(night.commandLines());
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return Fate.PASS;
  }

  @Test
  void aNightLeavesNoneOfThemAnywhere() throws Exception {
    Path raw = folder.resolve("raw");
    NightRuns.generate(raw, folder.resolve("truth"), 20, 1, 0.01);
    Path events = Files.createDirectories(folder.resolve("events"));
    try (EmbeddedS3 s3 = EmbeddedS3.inMemory("512m");
        FaultyS3 seen = new FaultyS3(s3.endpoint(), this::look)) {
      s3.createBucket("secrets");
      Map<String, String> store = new TreeMap<>(s3.hadoopSettings());
      store.put("fs.s3a.endpoint", seen.endpoint().toString());
      Map<String, String> settings = new TreeMap<>();
      store.forEach((key, value) -> settings.put("spark.hadoop." + key, value));
      settings.put("lake.root", "s3a://secrets/lake");
      Map<String, String> ofNight = new TreeMap<>(settings);
      ofNight.putAll(PLANTED);
      ofNight.put("raw.root", raw.toUri().toString());
      ofNight.put("score.reference-accounts-min", "100");
      ofNight.put("spark.logConf", "true");
      ofNight.put("spark.log.level", "INFO");
      ofNight.put("spark.eventLog.enabled", "true");
      ofNight.put("spark.eventLog.compress", "false");
      ofNight.put("spark.eventLog.dir", events.toUri().toString());
      Set<String> secrets = new java.util.TreeSet<>(PLANTED.values());
      secrets.add(s3.secretKey());

      NightProcess night =
          NightProcess.start(s3, NIGHT, "local-cluster[1,2,768]", ofNight, folder.resolve("night"));
      running.set(night);
      assertThat(night.end()).as(night.said()).isZero();
      running.set(null);
      // Of the driver and of an executor at least; and what is looked for can be found.
      assertThat(commandLines)
          .anyMatch(line -> line.contains("renown.app.Main"))
          .anyMatch(line -> line.contains("CoarseGrainedExecutorBackend"));
      none(secrets, "arguments", commandLines.toString());
      assertThat(night.said()).contains("spark.hadoop.fs.s3a.proxy.password");
      none(secrets, "log", night.said());
      for (Path file : files(folder.resolve("night/home"))) {
        none(secrets, file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      assertThat(files(events)).isNotEmpty();
      for (Path file : files(events)) {
        none(secrets, file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      readersFindNone(secrets, settings, store);

      // What is mistaken is told without what is secret in it.
      ofNight.put("raw.root", "s3a://somebody:planted-url-password@secrets/raw");
      NightProcess refused =
          NightProcess.start(s3, NIGHT, "local[1]", ofNight, folder.resolve("refused"));
      assertThat(refused.end()).isEqualTo(ExitCode.BAD_CONFIGURATION.code());
      assertThat(refused.said()).contains("raw.root").doesNotContain("planted-url-password");
      none(secrets, "log", refused.said());
    }
  }

  private void readersFindNone(
      Set<String> secrets, Map<String, String> settings, Map<String, String> store)
      throws Exception {
    SparkSession spark = spark().newSession();
    store.forEach((key, value) -> spark.conf().set(key, value));
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Lake lake = new Lake(spark, settings.get("lake.root"));
    try {
      for (TableSchema table : tables(lake)) {
        none(secrets, table.name(), lake.rows(table).toString());
      }
      RemoteIterator<LocatedFileStatus> all =
          lake.root().getFileSystem(hadoop).listFiles(lake.root(), true);
      int files = 0;
      while (all.hasNext()) {
        LocatedFileStatus file = all.next();
        try (InputStream in = lake.root().getFileSystem(hadoop).open(file.getPath())) {
          none(
              secrets,
              file.getPath().toString(),
              new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        files++;
      }
      assertThat(files).isGreaterThan(100);
      Path page = folder.resolve("page.html");
      none(secrets, "report", ask(spark, settings, new ReportJob(), "--output", page.toString()));
      none(secrets, page.toString(), Files.readString(page));
      ByteArrayOutputStream status = new ByteArrayOutputStream();
      ask(spark, settings, new StatusJob(new PrintStream(status, true, StandardCharsets.UTF_8)));
      assertThat(status.toString(StandardCharsets.UTF_8)).contains(NIGHT);
      none(secrets, "status", status.toString(StandardCharsets.UTF_8));
    } finally {
      FileSystem.get(URI.create("s3a://secrets/"), hadoop).close();
    }
  }

  private static List<TableSchema> tables(Lake lake) {
    List<TableSchema> tables = new ArrayList<>(List.of(Publications.TABLE, StageRuns.TABLE));
    Tables.OF_A_NIGHT.stream()
        .filter(table -> lake.version(table).isPresent())
        .forEach(tables::add);
    assertThat(tables).hasSizeGreaterThan(30);
    return tables;
  }

  private static String ask(
      SparkSession spark, Map<String, String> settings, Job job, String... options)
      throws Exception {
    new CommandLine(job).parseArgs(options);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            Config.load(job.keys(), job.keys(), Optional.empty(), settings),
            Optional.empty(),
            clock,
            new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), clock),
            () -> spark));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** A failure names the place, and no secret either. */
  private static void none(Set<String> secrets, String place, String text) {
    for (String secret : secrets) {
      assertThat(text.contains(secret)).as(place + " holds one of the secrets").isFalse();
    }
  }
}
