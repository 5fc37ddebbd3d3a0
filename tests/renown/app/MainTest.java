package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;

class MainTest {
  private static final ConfigKey<Long> ROWS =
      ConfigKey.integer("probe.rows", 10, 1, 100, "How many rows, or 100 % of them.");
  private static final ConfigKey<String> OTHERS =
      ConfigKey.requiredText("other.root", "a path", "Read by another job.");

  private interface Work {
    void run(RunContext context) throws Exception;
  }

  @Command(name = "probe", description = "Probes.")
  private static final class Probe implements Job {
    private final Work work;

    Probe(Work work) {
      this.work = work;
    }

    @Override
    public List<ConfigKey<?>> keys() {
      return List.of(ROWS);
    }

    @Override
    public void run(RunContext context) throws Exception {
      work.run(context);
    }
  }

  @Command(name = "other", description = "Does something else.")
  private static final class Other implements Job {
    @Override
    public List<ConfigKey<?>> keys() {
      return List.of(OTHERS);
    }

    @Override
    public void run(RunContext context) {
      throw new AssertionError("was not asked for");
    }
  }

  /** It is for scripts, and no list of jobs names it. */
  @Command(name = "unlisted", hidden = true)
  private static final class Unlisted implements Job {
    @Override
    public List<ConfigKey<?>> keys() {
      return List.of();
    }

    @Override
    public void run(RunContext context) {
      throw new AssertionError("was not asked for");
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Work work, String... arguments) {
    return new Main(
            List.of(new Probe(work), new Other(), new Unlisted()),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC())
        .run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--date", "--night"})
  void aJobGetsItsDateAndItsKeys(String date) {
    List<Object> seen = new ArrayList<>();
    int code =
        run(
            context -> {
              seen.add(context.date().orElseThrow());
              seen.add(context.value(ROWS));
            },
            "probe",
            date,
            "2026-01-31",
            "--set",
            "probe.rows=7",
            "--set",
            "spark.some.thing=a=b");
    assertThat(err()).isEmpty();
    assertThat(code).isZero();
    assertThat(seen).containsExactly(LocalDate.of(2026, 1, 31), 7L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope|There is no job \"nope\"; the jobs are: probe, other.",
        "--nope|--nope",
        "probe --nope|--nope",
        "probe stray|stray",
        "probe --date tomorrow|\"tomorrow\" is not a day; write it as 2026-01-31.",
        "probe --date 2026-02-30|\"2026-02-30\" is not a day",
        "probe --date|--date",
        "probe --set probe.rows|probe.rows",
        "probe --set probe.rows=101|probe.rows = \"101\" (by --set) is not allowed",
        "probe --set probe.row=1|the nearest is probe.rows",
        "probe --conf /nowhere/at.all|--conf /nowhere/at.all: the file cannot be read",
        "other|other.root is not set"
      })
  void badArgumentsAreToldInOneLineAndNothingRuns(String arguments, String message) {
    int code =
        run(
            context -> {
              throw new AssertionError("ran");
            },
            arguments.split(" "));
    assertThat(code).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(err()).startsWith("renown: ").contains(message);
    assertThat(err().lines()).hasSize(1);
  }

  @Test
  void helpIsGivenWhereAskedForAndWhereNothingIsAsked() {
    assertThat(run(context -> {}, "--help")).isZero();
    assertThat(out()).contains("probe", "other", "Does something else.", "Exit codes: 0 success");
    out.reset();
    assertThat(run(context -> {}, "probe", "--help")).isZero();
    assertThat(out())
        .contains("--date", "probe.rows = 10")
        .contains("100 % of them. (whole number, 1 to 100)")
        .doesNotContain("other.root");
    out.reset();
    assertThat(run(context -> {})).isEqualTo(2);
    assertThat(out()).contains("probe");
    assertThat(err()).isEmpty();
  }

  @Test
  void aFailureThatTheUserCanMendIsALineAndABugIsATrace() {
    assertThat(
            run(
                context -> {
                  throw RenownException.data("%d lines are bad.", 3);
                },
                "probe"))
        .isEqualTo(3);
    assertThat(err()).isEqualTo("renown: 3 lines are bad." + System.lineSeparator());
    err.reset();
    assertThat(
            run(
                context -> {
                  throw new IllegalStateException("task", RenownException.data("%d lines.", 4));
                },
                "probe"))
        .isEqualTo(3);
    assertThat(err()).isEqualTo("renown: 4 lines." + System.lineSeparator());
    assertThat(
            run(
                context -> {
                  throw RenownException.audit("no");
                },
                "probe"))
        .isEqualTo(4);
    assertThat(
            run(
                context -> {
                  throw RenownException.busy("no");
                },
                "probe"))
        .isEqualTo(5);
    err.reset();
    assertThat(
            run(
                context -> {
                  throw new IllegalStateException("by a bug");
                },
                "probe"))
        .isEqualTo(1);
    assertThat(err()).contains("unexpected error", "IllegalStateException: by a bug", "at renown.");
  }

  @Test
  void whoStopsARunIsToldInOneLine() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoppedProbe.class.getName())
            .start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("working");
      process.toHandle().destroy();
      assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("renown: stopped, by ctrl-C or a signal. What was published stands;")
          .hasLineCount(1);
    }
    assertThat(process.waitFor()).isEqualTo(128 + 15);
  }

  @Test
  void aSecretOnTheCommandLineIsRefusedUnseen() {
    assertThat(run(context -> {}, "probe", "--set", "spark.hadoop.fs.s3a.secret.key=hush"))
        .isEqualTo(2);
    assertThat(err()).contains("AWS_SECRET_ACCESS_KEY").doesNotContain("hush");
  }

  @Test
  void namesThatStrangersChoseCannotMoveTheCursor() {
    assertThat(
            run(
                context -> {
                  throw RenownException.data("%s is bad.", "a\u001b[2J\n\u202eb.jsonl");
                },
                "probe"))
        .isEqualTo(3);
    assertThat(err()).isEqualTo("renown: a\uFFFD[2J\uFFFD\uFFFDb.jsonl is bad.\n");
  }
}
