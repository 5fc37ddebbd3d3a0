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
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
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
