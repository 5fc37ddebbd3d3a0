package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renown.ask.sql.PublishedMarts;
import renown.lake.s3.EmbeddedS3;
import renown.testing.NightRuns;
import renown.testing.Readme;
import renown.testing.SharedLake;
import renown.testing.SparkTest;
import renown.testing.TrinoServer;

/**
 * Runs the README's commands. Each stands here as it does there, which {@link ReadmeTest} checks;
 * other are only the lake and where the buckets are, and taken away is what would take too long.
 * Commands that read are run in this process but for one, which shows that the script does the
 * same. The demo and what is asked of its lake take minutes and are tests of the profile "long".
 */
class ReadmeIT {
  private static final String DEMO = "scripts/submit.sh demo";
  private static final String SQL =
      "scripts/submit.sh sql --set lake.root=target/demo/s3/lake \"SELECT network, place, handle,"
          + " score FROM mart_account_scores_latest WHERE place <= 3 ORDER BY 1, 2\"";
  private static final String NIGHTLY =
      "scripts/submit.sh nightly --date 2026-01-05 --conf conf/s3.properties --set"
          + " raw.root=s3a://my-dumps/raw --set lake.root=s3a://my-lake/renown";
  private static final String GENERATE =
      "scripts/submit.sh generate --conf conf/s3.properties --set raw.root=s3a://my-dumps/raw --set"
          + " truth.root=s3a://my-dumps/truth --set generate.accounts=100";
  private static final String CLUSTER =
      "scripts/submit.sh nightly --conf conf/cluster.properties --set raw.root=s3a://my-dumps/raw"
          + " --set lake.root=s3a://my-lake/renown -- --master yarn";
  private static final String HELP = "scripts/submit.sh --help";
  private static final String NIGHTLY_HELP = "scripts/submit.sh nightly --help";
  private static final String AGAIN =
      "scripts/submit.sh nightly --conf /etc/renown/nightly.properties --date 2026-01-05 --again";
  private static final String REJECTS =
      "scripts/submit.sh rejects --set lake.root=target/demo/s3/lake";
  private static final String REPORT =
      "scripts/submit.sh report --set lake.root=target/demo/s3/lake --topic-words --output"
          + " target/demo/report.html";
  private static final String STATUS =
      "scripts/submit.sh status --set lake.root=target/demo/s3/lake --prometheus"
          + " target/demo/renown.prom";
  private static final String QUESTION =
      "scripts/submit.sh sql --set lake.root=target/demo/s3/lake --file"
          + " jobs/renown/ask/sql/questions/highest-scores.sql";
  private static final String ACCOUNT =
      "scripts/submit.sh account @ada.example --set lake.root=target/demo/s3/lake";
  private static final String COMPARE =
      "scripts/submit.sh compare @ada.example @grace.example --set lake.root=target/demo/s3/lake";
  private static final String CONNECT =
      "scripts/submit.sh connect --set lake.root=target/demo/s3/lake --for duckdb";
  private static final String EXPORT =
      "scripts/submit.sh export --set lake.root=target/demo/s3/lake --format gexf --output"
          + " target/demo/graph.gexf";
  private static final String DRY_RUN =
      "scripts/submit.sh nightly --dry-run --conf /etc/renown/nightly.properties";
  private static final String DOCTOR =
      "scripts/submit.sh doctor --conf /etc/renown/nightly.properties";
  private static final String MAINTAIN =
      "scripts/submit.sh maintain --conf /etc/renown/nightly.properties";
  private static final String ERASE =
      "scripts/submit.sh erase --conf /etc/renown/nightly.properties --network bluesky --account"
          + " did:plc:ewvi7nxzyoun6zhxrhs64oiz";
  private static final String TRINO = "scripts/trino.sh start --lake target/demo/s3/lake";
  private static final String TRINO_VIEWS =
      "scripts/submit.sh trino-views --set lake.root=target/demo/s3/lake --url"
          + " jdbc:trino://127.0.0.1:8080/renown";
  private static final String TRINO_STOP = "scripts/trino.sh stop";
  private static final String BENCHMARK = "scripts/submit.sh benchmark --suite rank --scale 18";

  /** Every command of the README that starts the product. */
  static final Set<String> COMMANDS =
      Set.of(
          DEMO,
          SQL,
          NIGHTLY,
          GENERATE,
          CLUSTER,
          HELP,
          NIGHTLY_HELP,
          AGAIN,
          REJECTS,
          REPORT,
          STATUS,
          QUESTION,
          ACCOUNT,
          COMPARE,
          CONNECT,
          EXPORT,
          DRY_RUN,
          DOCTOR,
          MAINTAIN,
          ERASE,
          TRINO,
          TRINO_VIEWS,
          TRINO_STOP,
          BENCHMARK);

  private static final Path ROOT = Path.of("").toAbsolutePath();

  @TempDir private static Path scratch;

  private static Outcome demo;

  private record Outcome(int code, String out, String err) {
    Outcome succeeded() {
      assertThat(code).as(out + err).isZero();
      return this;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HELP, NIGHTLY_HELP})
  void helpIsShown(String command) throws Exception {
    Outcome outcome = run(command, Map.of()).succeeded();
    assertThat(outcome.out()).startsWith("Usage: scripts/submit.sh");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void aLakeAnswers() throws Exception {
    threeOfEachNetwork(run(onSharedLake(SQL), Map.of()).succeeded().out());
    assertThat(inProcess(onSharedLake(QUESTION))).startsWith("network");
    rejectsAreShown(inProcess(onSharedLake(REJECTS)));
    List<String> handles =
        inProcess(onSharedLake(SQL))
            .lines()
            .filter(line -> line.startsWith("bluesky "))
            .map(line -> line.split(" +")[2])
            .toList();
    assertThat(inProcess(onSharedLake(ACCOUNT).replace("ada.example", handles.get(0))))
        .startsWith("@" + handles.get(0))
        .contains("What makes it", "Who attends to it");
    assertThat(
            inProcess(
                onSharedLake(COMPARE)
                    .replace("ada.example", handles.get(0))
                    .replace("grace.example", handles.get(1))))
        .contains("@" + handles.get(1), "authority");
    Path page = scratch.resolve("report.html");
    assertThat(inProcess(onSharedLake(REPORT).replace("target/demo/report.html", page.toString())))
        .contains("The report of night " + SharedLake.THIRD + " is");
    isAPage(page);
    Path metrics = scratch.resolve("renown.prom");
    assertThat(
            inProcess(onSharedLake(STATUS).replace("target/demo/renown.prom", metrics.toString())))
        .startsWith("Published: night " + SharedLake.THIRD);
    assertThat(metrics).content().contains("renown_published_night_timestamp_seconds");
    assertThat(inProcess(onSharedLake(CONNECT)))
        .contains("delta_scan('" + SharedLake.lake().toAbsolutePath() + "/marts/mart_topics')");
    Path graph = scratch.resolve("graph.gexf");
    assertThat(inProcess(onSharedLake(EXPORT).replace("target/demo/graph.gexf", graph.toString())))
        .contains("The graph of night " + SharedLake.THIRD + " is");
    assertThat(graph).content().contains("<edge id=\"0\"", "label=\"" + handles.get(0) + "\"");
    assertThat(
            inProcess(
                DRY_RUN.replace("/etc/renown/nightly.properties", "conf/local.properties")
                    + (" --date " + SharedLake.FOURTH)
                    + (" --set raw.root=" + SharedLake.raw())
                    + (" --set lake.root=" + SharedLake.lake())))
        .contains("1 night is due: " + SharedLake.FOURTH, "has no file of " + SharedLake.FOURTH)
        .contains("By the rates of the last 2 nights");
  }

  private static void threeOfEachNetwork(String said) {
    List<String> answer = said.lines().toList();
    assertThat(answer.get(0)).matches("network +place +handle +score *");
    assertThat(answer.stream().filter(line -> line.startsWith("bluesky "))).hasSize(3);
    assertThat(answer.stream().filter(line -> line.startsWith("x "))).hasSize(3);
  }

  private static void rejectsAreShown(String said) {
    assertThat(said).startsWith("reject_count  network").contains("bluesky/dt=2026-01-0");
  }

  private static void isAPage(Path page) {
    assertThat(page).content().startsWith("<!DOCTYPE html>").contains("\"network\":\"bluesky\"");
  }

  private static String onSharedLake(String command) throws Exception {
    return command.replace("target/demo/s3/lake", SharedLake.lake().toString());
  }

  @Tag("long")
  @Test
  void theDemoLeavesALakeThatAnswers() throws Exception {
    assertThat(demo().out())
        .contains("Night 2026-01-06 is published", "Night 2026-01-07 is published")
        .contains("Highest scores", "Largest changes", "What was loaded")
        .contains("The S3 server is stopped.");
    threeOfEachNetwork(run(SQL, Map.of()).succeeded().out());
    rejectsAreShown(run(REJECTS, Map.of()).succeeded().out());
    assertThat(run(REPORT, Map.of()).succeeded().out())
        .contains("The report of night 2026-01-07 is");
    isAPage(ROOT.resolve("target/demo/report.html"));
  }

  /** What the demo says; it runs once for the tests that look at what it leaves. */
  private static Outcome demo() throws Exception {
    if (demo == null) {
      demo = run(DEMO, Map.of()).succeeded();
    }
    return demo;
  }

  @Tag("long")
  @Test
  void trinoAnswersAsSparkDoes() throws Exception {
    // The server listens at another port, keeps its state elsewhere, and is stopped by close.
    try (TrinoServer trino =
        TrinoServer.start(onSharedLake(TRINO), scratch.resolve("trino"), Map.of())) {
      Outcome again =
          run(onSharedLake(TRINO_VIEWS).replaceFirst("jdbc:\\S+", trino.catalogUrl()), Map.of())
              .succeeded();
      assertThat(again.out())
          .startsWith("Views now show night 2026-01-07 (revision 1): renown.marts");
      PublishedMarts.register(SharedLake.undisturbed().lake());
      String handle =
          SparkTest.spark()
              .sql(
                  "SELECT handle FROM mart_account_scores_latest WHERE network = 'bluesky' AND"
                      + " place = 1")
              .collectAsList()
              .get(0)
              .getString(0);
      TrinoServer.Comparison comparison = trino.compare(Map.of("alice.example", handle));
      assertThat(comparison.wrong()).isEmpty();
      // Questions about a week have no answer after two nights.
      assertThat(comparison.rowCounts().values().stream().filter(count -> count > 0).count())
          .isGreaterThan(30);
    }
  }

  /** The lake is there already: what makes it on S3 takes minutes. */
  @Test
  void dumpsAndLakesAreOnS3(@TempDir Path folder) throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.inFolder(folder)) {
      s3.createBucket("my-dumps");
      s3.createBucket("my-lake");
      // The server keeps objects as files.
      NightRuns.copy(SharedLake.lake(), folder.resolve("my-lake/renown"));
      String server = server(s3);
      run(GENERATE + server, secrets(s3)).succeeded();
      assertThat(folder.resolve("my-dumps/raw/bluesky/dt=2026-01-06")).isDirectory();
      String second = NIGHTLY.replace(SharedLake.FIRST, SharedLake.SECOND);
      assertThat(run(second + server, secrets(s3)).succeeded().out())
          .contains("Night 2026-01-06 is published already");
    }
  }

  @Tag("long")
  @Test
  void dumpsOnS3BecomeTablesOnS3(@TempDir Path folder) throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.inFolder(folder)) {
      s3.createBucket("my-dumps");
      s3.createBucket("my-lake");
      String server = server(s3);
      run(GENERATE + server, secrets(s3)).succeeded();
      Outcome night = run(NIGHTLY + server, secrets(s3)).succeeded();
      assertThat(night.out()).contains("Night 2026-01-05 is published (revision 1).");
      assertThat(folder.resolve("my-lake/renown/marts/mart_account_scores/_delta_log")).exists();
      assertThat(run(NIGHTLY + server, secrets(s3)).succeeded().out())
          .contains("Night 2026-01-05 is published already");
    }
  }

  /** What the demo tells Spark of small data; the rest is what the command's own profile says. */
  private static final String PROVIDER = "spark.hadoop.fs.s3a.aws.credentials.provider";

  /** Keys that no command line may hold, by the variables of the environment that may. */
  private static final Map<String, String> SECRETS =
      Map.of(
          "spark.hadoop.fs.s3a.access.key", "AWS_ACCESS_KEY_ID",
          "spark.hadoop.fs.s3a.secret.key", "AWS_SECRET_ACCESS_KEY");

  private static Map<String, String> secrets(EmbeddedS3 s3) {
    return SECRETS.entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getValue, key -> s3.sparkSettings().get(key.getKey())));
  }

  private static String server(EmbeddedS3 s3) throws Exception {
    Properties settings = new Properties();
    try (Reader demo = Files.newBufferedReader(Path.of("conf/demo.properties"))) {
      settings.load(demo);
    }
    settings.putAll(s3.sparkSettings());
    // The commands' own profile has the chain that finds what the environment holds.
    settings.keySet().removeIf(name -> SECRETS.containsKey(name) || PROVIDER.equals(name));
    StringBuilder server = new StringBuilder();
    settings.forEach((name, value) -> server.append(" --set '" + name + "=" + value + "'"));
    return server.toString();
  }

  /** The graph is smaller and the rounds are fewer, or it would take minutes. */
  @Test
  void theBenchmarkMeasures() throws Exception {
    String small =
        BENCHMARK.replace("18", "8")
            + " --rounds 1 --iterations 2 --competitors ours,serial,kernel";
    assertThat(inProcess(small)).contains("ms/iteration", "L1 to serial", "serial", "kernel");
  }

  // ---- What needs a cluster or another machine: up to where Spark takes over

  @Test
  void aClusterIsGivenWhatStandsBehindTheDashes() throws Exception {
    List<String> given = submitted(CLUSTER);
    assertThat(given)
        .containsSubsequence("--properties-file", "conf/cluster.properties", "--master", "yarn")
        .endsWith(
            "nightly",
            "--conf",
            "conf/cluster.properties",
            "--set",
            "raw.root=s3a://my-dumps/raw",
            "--set",
            "lake.root=s3a://my-lake/renown");
  }

  @Test
  void anOwnProfileIsHandedOn() throws Exception {
    Path profile = profile();
    for (String command :
        List.of(AGAIN, Readme.dagCommand(), Readme.cron().get(5).replaceFirst(" >>.*", ""))) {
      List<String> given = submitted(here(command, profile));
      List<String> job = new ArrayList<>(Readme.words(here(command, profile)));
      job.remove(0);
      assertThat(given).containsSubsequence("--properties-file", profile.toString());
      assertThat(given).endsWith(job.toArray(String[]::new)).contains("nightly");
    }
    assertThat(submitted(here(MAINTAIN, profile))).contains("maintain", profile.toString());
    assertThat(submitted(here(DOCTOR, profile))).contains("doctor", profile.toString());
    assertThat(submitted(here(DRY_RUN, profile))).contains("nightly", "--dry-run");
    assertThat(submitted(here(ERASE, profile))).contains("erase", profile.toString());
  }

  /** Run in this process above: the script hands them on. */
  @Test
  void whatReadsIsHandedOn() throws Exception {
    for (String command : List.of(STATUS, QUESTION, REJECTS, REPORT, BENCHMARK, DEMO)) {
      List<String> words = Readme.words(command);
      assertThat(submitted(command)).containsSequence(words.subList(1, words.size()));
    }
  }

  @Test
  void cronFindsTheOutputInTheLog() throws Exception {
    Path log = scratch.resolve("renown.log");
    String command = here(Readme.cron().get(5), profile()).replace("/var/log/renown.log", log + "");
    // cron starts in the home folder, with little in the environment.
    Process process =
        new ProcessBuilder("/bin/sh", "-c", "cd / && SPARK_HOME=" + recorder() + " " + command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
    assertThat(Files.readAllLines(log)).contains("nightly");
  }

  /** The words that the script hands to a distribution's spark-submit. */
  private static List<String> submitted(String command) throws Exception {
    return run(command, Map.of("SPARK_HOME", recorder().toString()))
        .succeeded()
        .out()
        .lines()
        .toList();
  }

  private static Path recorder() throws Exception {
    Path home = scratch.resolve("spark");
    Path submit = home.resolve("bin/spark-submit");
    Files.createDirectories(submit.getParent());
    Files.writeString(submit, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  private static Path profile() throws Exception {
    return Files.writeString(
        scratch.resolve("nightly.properties"), Files.readString(Path.of("conf/s3.properties")));
  }

  /** The same command for where the project and the profile are on this machine. */
  private static String here(String command, Path profile) {
    return command
        .replace("/opt/renown/", ROOT + "/")
        .replace("/etc/renown/nightly.properties", profile.toString());
  }

  /** What the job of a command says that runs in the session of this process. */
  private static String inProcess(String command) throws Exception {
    List<String> words = Readme.words(command);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    PrintStream before = System.out;
    System.setOut(out);
    try {
      Main main = new Main(Jobs.all(), out, out, Clock.systemUTC(), Optional.of(SparkTest::spark));
      int code = main.run(words.subList(1, words.size()).toArray(String[]::new));
      assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    } finally {
      System.setOut(before);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private static Outcome run(String command, Map<String, String> environment) throws Exception {
    Path err = Files.createTempFile(scratch, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(ROOT.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // The tests' own JVM waits beside it.
    builder.environment().put("SPARK_DRIVER_MEMORY", "2g");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(err));
  }
}
