package renown.ask.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RunContext;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

class TopicsJobTest extends SparkTest {
  @Test
  void aPublishedLakeProposesWhatItsTaxonomyLacks() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TopicsJob job = new TopicsJob(new PrintStream(out, true, StandardCharsets.UTF_8));
    new CommandLine(job)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs("propose", "--network", "bluesky");
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            Config.load(
                job.keys(),
                job.keys(),
                Optional.empty(),
                Map.of("lake.root", SmallLake.root().toUri().toString())),
            Optional.empty(),
            clock,
            new Progress(System.out, clock),
            SparkTest::spark));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            # 12 uses by accounts of bluesky
            topic newthing
              en Newthing?
              tags newthing

            # topic climate is often tagged: cop40
            """);
  }
}
