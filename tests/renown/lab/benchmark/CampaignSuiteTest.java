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

class CampaignSuiteTest extends SparkTest {
  private void run(String... options) throws Exception {
    BenchmarkJob job =
        new BenchmarkJob(new GenerateJob(), new NightlyJob(List.of(new IngestStage())));
    new CommandLine(job).parseArgs(options);
    Clock clock = Clock.systemUTC();
    Config config = Config.load(job.keys(), job.keys(), Optional.empty(), Map.of());
    Progress progress =
        new Progress(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), clock);
    job.run(new RunContext(config, Optional.empty(), clock, progress, SparkTest::spark));
  }

  /** On whole audiences the lazy choice on sketches is that of plain greedy, up to equal gains. */
  @Test
  void theChoiceReachesWhatPlainGreedyDoes() throws Exception {
    Path json = folder.resolve("measured.json");
    run("--suite", "campaign", "--candidates", "2000", "--rounds", "1", "--json", json.toString());
    JsonNode result = new ObjectMapper().readTree(json.toFile()).get("results").get(0);
    assertThat(result.get("candidates").asInt()).isEqualTo(2000);
    assertThat(result.get("sampled_share").asDouble()).isEqualTo(1);
    assertThat(result.get("reach").asLong()).isGreaterThan(1000);
    assertThat(result.get("share_of_plain_reach").asDouble()).isBetween(0.99, 1.01);
    assertThatThrownBy(() -> run("--suite", "campaign", "--candidates", "5"))
        .isInstanceOf(RenownException.class)
        .hasMessage("--candidates 5: it must be 10 to 2000000.");
  }
}
