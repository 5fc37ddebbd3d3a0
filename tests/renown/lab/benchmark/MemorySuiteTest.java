package renown.lab.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.lab.generate.GenerateJob;
import renown.night.NightlyJob;
import renown.night.ingest.IngestStage;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.SparkTest;

class MemorySuiteTest extends SparkTest {
  private static String run(String... arguments) throws Exception {
    BenchmarkJob job =
        new BenchmarkJob(new GenerateJob(), new NightlyJob(List.of(new IngestStage())));
    new CommandLine(job).parseArgs(arguments);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Clock clock = Clock.systemUTC();
    Config config = Config.load(job.keys(), job.keys(), Optional.empty(), Map.of());
    Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), clock);
    job.run(new RunContext(config, Optional.empty(), clock, progress, SparkTest::spark));
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The suite itself fails where a line is not accepted. */
  @Tag("long")
  @Test
  void everyLineIsLoadedTheLongOnesToo() throws Exception {
    Path json = folder.resolve("measured.json");
    String said =
        run(
            "--suite",
            "memory",
            "--megabytes",
            "2",
            "--line-megabytes",
            "1",
            "--json",
            json.toString());
    JsonNode measured = new ObjectMapper().readTree(json.toFile());
    assertThat(measured.get("lines").asLong()).isBetween(1_000L, 3_000L);
    // Two megabytes of tweets, and twenty long lines of almost one each.
    assertThat(measured.get("bytes").asLong()).isBetween(21L << 20, 23L << 20);
    assertThat(measured.get("in_use_bytes")).hasSize(10);
    assertThat(said).contains("20 of them of 1 MB");
  }

  @Test
  void sizesOutOfRangeAreSaid() {
    assertThatThrownBy(() -> run("--suite", "memory", "--line-megabytes", "501"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("--line-megabytes 501: it must be 1 to 500");
  }
}
