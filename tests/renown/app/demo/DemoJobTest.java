package renown.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.lab.generate.GenerateJob;
import renown.night.NightlyJob;
import renown.night.ingest.IngestStage;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.ExitCode;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;

/** What the demo hands to the jobs that it runs; nothing here runs one. */
class DemoJobTest {
  private static final ConfigKey<Long> OF_ANOTHER_JOB =
      ConfigKey.integer("other.count", 1, 0, 9, "A key of neither job.");
  private static final Job GENERATE = new GenerateJob();
  private static final Job NIGHTLY = new NightlyJob(List.of(new IngestStage()));

  private static DemoJob demo(String... options) {
    DemoJob demo = new DemoJob(GENERATE, NIGHTLY, new PrintStream(new ByteArrayOutputStream()));
    new CommandLine(demo).parseArgs(options);
    return demo;
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
