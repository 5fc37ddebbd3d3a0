package renown.lab.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.lab.generate.GenerateJob;
import renown.night.NightlyJob;
import renown.night.ingest.IngestStage;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RunContext;
import renown.testing.SparkTest;

class IngestSuiteTest extends SparkTest {
  /** The suite itself fails where anybody finds another number of lines than the others. */
  @Tag("long")
  @Test
  void everybodyReadsTheSameLines() throws Exception {
    Path json = folder.resolve("measured.json");
    BenchmarkJob job =
        new BenchmarkJob(new GenerateJob(), new NightlyJob(List.of(new IngestStage())));
    new CommandLine(job)
        .parseArgs(
            "--suite",
            "ingest",
            "--formats",
            "x-v1-stream",
            "--accounts",
            "50",
            "--rounds",
            "1",
            "--json",
            json.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Clock clock = Clock.systemUTC();
    Config config = Config.load(job.keys(), job.keys(), Optional.empty(), Map.of());
    Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), clock);
    job.run(new RunContext(config, Optional.empty(), clock, progress, SparkTest::spark));
    JsonNode measured = new ObjectMapper().readTree(json.toFile());
    Set<String> readers = new TreeSet<>();
    for (JsonNode result : measured.get("results")) {
      readers.add(
          result.get("format").asText()
              + " "
              + result.get("packed").asText()
              + " "
              + result.get("reader").asText());
      assertThat(result.get("lines").asLong()).isGreaterThan(100);
      assertThat(result.get("bytes").asLong()).isGreaterThan(50_000);
      assertThat(result.get("median_seconds").asDouble()).isPositive();
      assertThat(result.get("median_cpu_seconds").asDouble()).isPositive();
      if (result.get("reader").asText().equals("ours-ingest")) {
        JsonNode phases = result.get("phase_cpu_seconds");
        assertThat(phases.fieldNames()).toIterable().containsExactlyElementsOf(IngestPhases.NAMES);
        // A phase that computes nothing was not found among Spark's stages.
        for (String phase : List.of("parse", "keys", "write", "commit")) {
          assertThat(phases.get(phase).asDouble()).as(phase).isPositive();
        }
      }
    }
    assertThat(readers)
        .containsExactlyInAnyOrder(
            "x-v1-stream none ours-parse",
            "x-v1-stream none ours-ingest",
            "x-v1-stream none duckdb",
            "x-v1-stream none spark-json",
            "x-v1-stream gz ours-parse",
            "x-v1-stream gz ours-ingest",
            "x-v1-stream gz duckdb",
            "x-v1-stream gz spark-json",
            "x-v1-stream gz zcat");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("ours-parse", "zcat");
  }
}
