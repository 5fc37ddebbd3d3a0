package renown.ask.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.lake.Lake;
import renown.run.Config;
import renown.run.ExitCode;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.Rejects;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class RejectsJobTest extends SparkTest {
  private static final Date MONDAY = Date.valueOf("2026-01-05");
  private static final Date TUESDAY = Date.valueOf("2026-01-06");

  private static Dataset<Row> rejects() {
    return rows(
        Rejects.TABLE.structType(),
        row("x", "x/a.tar!/06/29.json", 7L, "not JSON: syntax error", MONDAY),
        row("x", "x/b", 9L, "id: missing", MONDAY),
        row("x", "x/b", 3L, "id: missing", TUESDAY),
        row("x", "x/b", 4L, "user: missing", MONDAY),
        row("y", "y/c", 0L, "truncated gz file", TUESDAY));
  }

  @Test
  void theMostFrequentComeFirstWithTheirFirstLine() {
    assertThat(
            RejectsJob.worst(rejects(), Optional.empty(), Optional.empty()).collectAsList().stream()
                .map(row -> row.mkString("|")))
        .containsExactly(
            "2|x|id: missing|x/b|3|2026-01-06",
            "1|x|not JSON: syntax error|x/a.tar!/06/29.json|7|2026-01-05",
            "1|x|user: missing|x/b|4|2026-01-05",
            "1|y|truncated gz file|y/c|0|2026-01-06");
  }

  private String run(Path lake, String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RejectsJob job = new RejectsJob(new PrintStream(out, true, StandardCharsets.UTF_8));
    new CommandLine(job).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    Config config =
        Config.load(
            job.keys(), job.keys(), Optional.empty(), Map.of("lake.root", lake.toUri().toString()));
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    Progress progress = new Progress(new PrintStream(out), clock);
    job.run(new RunContext(config, Optional.empty(), clock, progress, SparkTest::spark));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theJobShowsThemPublishedOrNot() throws Exception {
    Path root = Files.createDirectories(folder.resolve("lake"));
    assertThatThrownBy(() -> run(root))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("holds no night yet");
    Lake lake = new Lake(spark(), root.toUri().toString());
    lake.append(Rejects.TABLE, rejects());
    assertThat(run(root, "--format", "csv", "--network", "x", "--limit", "2"))
        .isEqualTo(
            "reject_count,network,reason,path,first_line_number,last_night\n"
                + "2,x,id: missing,x/b,3,2026-01-06\n"
                + "1,x,not JSON: syntax error,x/a.tar!/06/29.json,7,2026-01-05\n");
    assertThatThrownBy(() -> run(root, "--network", "nosuch"))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage("--network nosuch: the lake knows no such network; there are x, y.");
    assertThatThrownBy(() -> run(root, "--limit", "0")).hasMessageContaining("--limit 0");
  }

  @Test
  void onlyThoseOfANetworkOrNight() {
    TableAssert.assertThat(
            RejectsJob.worst(rejects(), Optional.of("y"), Optional.empty()).select("path"))
        .hasRows(row("y/c"));
    TableAssert.assertThat(
            RejectsJob.worst(rejects(), Optional.of("x"), Optional.of(LocalDate.of(2026, 1, 6)))
                .select("reject_count", "path", "first_line_number"))
        .hasRows(row(1L, "x/b", 3L));
  }
}
