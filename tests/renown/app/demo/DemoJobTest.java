package renown.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import renown.lab.generate.GenerateJob;
import renown.lake.Locations;
import renown.night.NightlyJob;
import renown.night.ingest.IngestStage;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.ExitCode;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.NightRuns;
import renown.testing.SharedLake;
import renown.testing.SparkTest;

/** What the demo hands to the jobs that it runs, and what it makes of what they leave. */
class DemoJobTest extends SparkTest {
  private static final ConfigKey<Long> OF_ANOTHER_JOB =
      ConfigKey.integer("other.count", 1, 0, 9, "A key of neither job.");
  private static final Job GENERATE = new GenerateJob();
  private static final Job NIGHTLY = new NightlyJob(List.of(new IngestStage()));

  private static DemoJob demo(String... options) {
    DemoJob demo = new DemoJob(GENERATE, NIGHTLY, new PrintStream(new ByteArrayOutputStream()));
    new CommandLine(demo).parseArgs(options);
    return demo;
  }

  /** In the place of nights, which take minutes: each leaves the lake that such nights left. */
  @Command(name = "nightly")
  private static final class Nightly implements Job {
    private final List<String> dates = new ArrayList<>();
    private final Path buckets;

    Nightly(Path buckets) {
      this.buckets = buckets;
    }

    @Override
    public List<ConfigKey<?>> keys() {
      return NIGHTLY.keys();
    }

    @Override
    public void run(RunContext context) throws Exception {
      dates.add(context.date().orElseThrow().toString());
      org.apache.hadoop.fs.Path raw =
          new org.apache.hadoop.fs.Path(context.value(Locations.RAW_ROOT));
      assertThat(raw.getFileSystem(context.spark().sessionState().newHadoopConf()).listStatus(raw))
          .extracting(status -> status.getPath().getName())
          .contains("bluesky", "x", "_truth");
      // The server keeps objects as files.
      FileUtils.deleteDirectory(buckets.resolve("lake").toFile());
      NightRuns.copy(
          dates.size() == 1 ? SharedLake.afterFirstNight() : SharedLake.lake(),
          buckets.resolve("lake"));
    }
  }

  /** A session of its own, that of the demo, which finds S3 by its own settings. */
  @Test
  void dumpsAreWrittenToS3AndTheLakeThereIsShown() throws Exception {
    SharedLake.lake();
    SparkTest.endSession();
    Path home = folder.resolve("demo");
    Nightly nightly = new Nightly(home.resolve("s3"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    DemoJob demo = new DemoJob(GENERATE, nightly, out);
    new CommandLine(demo).parseArgs("--folder", home.toString(), "--accounts", "20");
    Clock clock = Clock.systemUTC();
    List<ConfigKey<?>> known = new ArrayList<>(GENERATE.keys());
    known.addAll(NIGHTLY.keys());
    demo.run(
        new RunContext(
            Config.load(known, List.of(), Optional.of(Path.of("conf/demo.properties")), Map.of()),
            Optional.empty(),
            clock,
            new Progress(out, clock),
            () -> {
              throw new AssertionError("the demo starts Spark itself");
            }));
    assertThat(nightly.dates).containsExactly("2026-01-06", "2026-01-07");
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("The S3 server listens at http://127.0.0.1:")
        .contains("Highest scores", "Score card of", "Largest changes", "What was loaded")
        .containsPattern("bluesky +1 +\\S+ +\\d")
        .contains("The S3 server is stopped.", "lake.root=" + home.resolve("s3/lake"))
        .containsPattern("scripts/submit.sh account \\S+ --set lake.root=");
    assertThat(home.resolve("s3/raw/_truth/accounts.jsonl")).exists();
  }

  /** As the command line loads it: all keys are known, none is needed. */
  private static Config config(Map<String, String> given) {
    List<ConfigKey<?>> known = new ArrayList<>(GENERATE.keys());
    known.addAll(NIGHTLY.keys());
    known.add(OF_ANOTHER_JOB);
    return Config.load(known, List.of(), Optional.empty(), given);
  }

  @Test
  void whatIsGivenGoesToItsJobs() {
    Map<String, String> settings =
        demo("--accounts", "7", "--days", "2")
            .settings(
                config(
                    Map.of(
                        "retention.text-days", "3",
                        "generate.seed", "5",
                        "consent.opt-outs", "file:/nobody.tsv",
                        "spark.sql.shuffle.partitions", "1")));
    assertThat(settings)
        .containsEntry("retention.text-days", "3")
        .containsEntry("generate.seed", "5")
        .containsEntry("consent.opt-outs", "file:/nobody.tsv")
        .containsEntry("spark.sql.shuffle.partitions", "1")
        .containsEntry("generate.accounts", "7")
        .containsEntry("generate.days", "2")
        .containsEntry("lake.root", "s3a://lake/")
        .doesNotContainKey("ingest.waiting-days");
    assertThat(demo().settings(config(Map.of())))
        .containsEntry("consent.opt-outs", "s3a://raw/_truth/opt-outs.tsv")
        .containsEntry("generate.accounts", "400");
  }

  /** Before anything is started or deleted. */
  @Test
  void aKeyThatWouldDoNothingIsRefused() {
    refused(
        Map.of("lake.root", "s3a://mine/"),
        "lake.root: the demo sets this key itself; leave it out (--accounts");
    refused(Map.of("generate.accounts", "50"), "--accounts");
    refused(Map.of("other.count", "5"), "other.count: the demo runs generate and nightly, which");
  }

  private static void refused(Map<String, String> given, String message) {
    RunContext context =
        new RunContext(
            config(given),
            Optional.empty(),
            Clock.systemUTC(),
            new Progress(System.out, Clock.systemUTC()),
            () -> {
              throw new AssertionError("Spark was started");
            });
    assertThatThrownBy(() -> demo("--folder", "target/no-demo").run(context))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining(message);
  }
}
