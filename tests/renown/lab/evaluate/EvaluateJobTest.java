package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import renown.lab.generate.GenerateJob;
import renown.night.NightlyJob;
import renown.run.Config;
import renown.run.ExitCode;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;

class EvaluateJobTest {
  private static final Suite SUITE = new InfluenceSuite();

  @Test
  void everyGateMustHold() {
    Measurement told = Measurement.of("x", "baseline", 0);
    Measurement held = Measurement.of("x", "AUC", 0.9).atLeast(0.9);
    Measurement broken = Measurement.of("y", "error", 0.25).atMost(0.2);
    assertThatCode(() -> EvaluateJob.judge(SUITE, List.of(told, held))).doesNotThrowAnyException();
    assertThatThrownBy(() -> EvaluateJob.judge(SUITE, List.of(told, held, broken)))
        .isInstanceOfSatisfying(
            RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.AUDIT_FAILED))
        .hasMessage("Suite influence: 1 of 2 gates fail: y: error = 0.2500, must be <= 0.2000.");
  }

  @Test
  void nothingMeasuredIsNoSuccess() {
    Measurement empty = Measurement.of("x", "AUC", Double.NaN).atLeast(0);
    assertThat(empty.holds()).isFalse();
    assertThatThrownBy(() -> EvaluateJob.judge(SUITE, List.of()))
        .isInstanceOf(RenownException.class);
  }

  @Test
  void onlyDataNeedsDataAndASuiteThatTakesThem() {
    assertThatThrownBy(() -> run("--suite", "spread", "--only-data"))
        .isInstanceOf(RenownException.class)
        .hasMessage("--only-data: give at least one --data NAME=PATH.");
    assertThatThrownBy(() -> run("--suite", "gaming", "--only-data", "--data", "here=."))
        .isInstanceOf(RenownException.class)
        .hasMessage("--only-data: suite gaming measures on generated societies only.");
  }

  @Test
  void messagesSayNothingOfCascades(@TempDir Path folder) throws Exception {
    Path messages =
        Files.write(folder.resolve("messages.txt"), List.of("a b 1300000000", "b a 1300086400"));
    String folderOfRun = folder.resolve("run").toString();
    String given = "messages=" + messages;
    assertThatThrownBy(
            () -> run("--suite", "spread", "--only-data", "--data", given, "--folder", folderOfRun))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("--data " + given)
        .hasMessageContaining("files of Jetstream");
  }

  private static void run(String... arguments) throws Exception {
    Job nightly = new NightlyJob(List.of());
    EvaluateJob job = new EvaluateJob(new GenerateJob(), nightly, nightly, System.out);
    new CommandLine(job).parseArgs(arguments);
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            Config.load(List.of(), List.of(), Optional.empty(), Map.of()),
            Optional.empty(),
            clock,
            new Progress(System.out, clock),
            () -> {
              throw new AssertionError("no session is needed to refuse");
            }));
  }
}
