package renown.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.lake.Lake;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.LoadedFiles;
import renown.tables.Rejects;
import renown.testing.Columns;
import renown.testing.NightRuns;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

class StatusJobTest extends SparkTest {
  private static String run(Path lake, String now, String... options) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StatusJob job = new StatusJob(new PrintStream(out, true, StandardCharsets.UTF_8));
    new CommandLine(job).parseArgs(options);
    Config config =
        Config.load(
            job.keys(), job.keys(), Optional.empty(), Map.of("lake.root", lake.toUri().toString()));
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    job.run(
        new RunContext(
            config,
            Optional.empty(),
            clock,
            new Progress(new PrintStream(out), clock),
            SparkTest::spark));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void oneScreenTellsHowTheNightsWent() throws Exception {
    Path metrics = folder.resolve("renown.prom");
    Files.writeString(metrics, "before");
    String said = run(SmallLake.root(), "2026-01-15T06:00:00Z", "--prometheus", metrics.toString());
    assertThat(said)
        .startsWith(
            "Published: night 2026-01-14, revision 1, run 2026-01-14.1-0badcafe; up to date")
        .contains("Started, not published: night 2026-01-15, 2 stages completed")
        .containsPattern("2026-01-14 +1249 +12 +0\\.96 +50 +100\\n")
        .containsPattern("2026-01-13 +2000 +20 +1\\.00 +50 +100\\n")
        .doesNotContain("2026-01-07")
        .containsPattern(
            "x +249 +2 +0\\.80 +25 +0\\.89 \\(attending accounts 0\\.82\\) +not judged yet")
        .contains("Unusual:\n  volume     x: 240 lines were accepted; usually 960.\n");
    assertThat(said.lines()).hasSizeLessThan(24);
    assertThat(Files.readString(metrics))
        .contains(
            "# TYPE renown_published_night_timestamp_seconds gauge",
            "renown_published_night_timestamp_seconds "
                + prometheus(Instant.parse("2026-01-15T00:00:00Z").getEpochSecond()),
            "renown_night_lines{network=\"x\",outcome=\"accepted\"} 240.0",
            "renown_night_lines{network=\"bluesky\",outcome=\"rejected\"} 10.0",
            "renown_scored_accounts{network=\"x\"} 25.0",
            "renown_stage_seconds{stage=\"ingest\"} 10.0",
            "renown_validation_spearman{measure=\"momentum\",network=\"x\"} 0.89",
            "renown_anomalies{rule=\"volume\"} 1.0",
            "renown_anomalies{rule=\"late\"} 0.0");
    assertThat(folder).isDirectoryNotContaining("glob:**.half");
  }

  private static String prometheus(double value) {
    return Double.toString(value);
  }

  private static Object[] file(String path, String date, String night, long lines, long rejected) {
    return Columns.rowOf(
        LoadedFiles.TABLE,
        LoadedFiles.NETWORK,
        "x",
        LoadedFiles.FILE_DATE,
        LocalDate.parse(date),
        LoadedFiles.PATH,
        "x/dt=" + date + "/" + path,
        LoadedFiles.LINE_COUNT,
        lines,
        LoadedFiles.ACCEPTED_COUNT,
        lines - rejected,
        LoadedFiles.REJECTED_COUNT,
        rejected,
        LoadedFiles.NIGHT,
        LocalDate.parse(night));
  }

  private static Object[] reject(String path, long line, String reason, String night) {
    return new Object[] {"x", path, line, reason, LocalDate.parse(night)};
  }

  @Test
  void whatIsMissingOfTheDumpsIsTold() throws Exception {
    NightRuns.copy(SmallLake.root(), folder);
    Lake lake = new Lake(spark(), folder.toUri().toString());
    lake.append(
        LoadedFiles.TABLE,
        Columns.rows(
            LoadedFiles.TABLE,
            file("a.jsonl", "2026-01-11", "2026-01-11", 10, 0),
            file("b.jsonl.gz", "2026-01-13", "2026-01-13", 10, 0),
            file("c.jsonl", "2026-01-13", "2026-01-14", 10, 1),
            file("d.jsonl", "2026-01-14", "2026-01-14", 10, 1),
            // Of a night that is not published.
            file("e.jsonl", "2026-01-15", "2026-01-15", 10, 10)));
    // No line was ever rejected: the rest is told all the same.
    String said = run(folder, "2026-01-15T06:00:00Z");
    assertThat(said)
        .contains("days       x: no file of 2026-01-12.")
        .contains(
            "delayed    x: arrived after the night of their day: x/dt=2026-01-13/c.jsonl"
                + " (2026-01-14).")
        .doesNotContain("cut  ", "refused");
    lake.append(
        Rejects.TABLE,
        Columns.rows(
            Rejects.TABLE,
            reject("x/dt=2026-01-13/b.jsonl.gz", 0, "truncated gz file", "2026-01-13"),
            // A line that breaks off before others does not show its file to be cut.
            reject("x/dt=2026-01-14/d.jsonl", 3, Gaps.CUT_LINE, "2026-01-14"),
            reject("x/dt=2026-01-11/a.jsonl", 2, "did: not a DID", "2026-01-11"),
            reject("x/dt=2026-01-15/e.jsonl", 10, Gaps.CUT_LINE, "2026-01-15")));
    assertThat(run(folder, "2026-01-15T06:00:00Z").lines().filter(line -> line.contains(" cut ")))
        .containsExactly(
            "  cut        x: could not be read to the end: x/dt=2026-01-13/b.jsonl.gz: truncated gz"
                + " file.");
  }

  @Test
  void aLakeThatFellBehindIsToldOf() throws Exception {
    assertThat(run(SmallLake.root(), "2026-01-17T00:00:00Z"))
        .contains("; 2 nights behind")
        .contains("late       The night of 2026-01-16 is not published");
  }

  @Test
  void mistakesAreToldInOneLine() throws Exception {
    assertThatThrownBy(
            () ->
                run(
                    folder,
                    "2026-01-15T00:00:00Z",
                    "--prometheus",
                    folder.resolve("no/such.prom").toString()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("the folder does not exist");
    assertThatThrownBy(() -> run(folder, "2026-01-15T00:00:00Z"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("holds no night yet");
  }
}
