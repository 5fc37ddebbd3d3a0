package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.lab.generate.GenerateJob;
import renown.night.NightlyJob;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.Progress;
import renown.run.RunContext;
import renown.testing.NightRuns;
import renown.testing.SparkTest;

@Tag("long")
class TopicSuiteTest extends SparkTest {
  /** The suite itself on a fifth of its society: nights of people who speak as people do. */
  @Test
  void whatPeopleSayIsFound() throws Exception {
    Clock clock = Clock.systemUTC();
    GenerateJob generate = new GenerateJob();
    NightlyJob nightly = new NightlyJob(NightRuns.stages());
    List<ConfigKey<?>> keys = new ArrayList<>(generate.keys());
    nightly.keys().stream().filter(key -> !keys.contains(key)).forEach(keys::add);
    RunContext context =
        new RunContext(
            Config.load(
                keys,
                List.of(),
                Optional.empty(),
                Map.of("generate.accounts", "600", "generate.days", "4")),
            Optional.empty(),
            clock,
            new Progress(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), clock),
            SparkTest::spark);
    Laboratory laboratory =
        new Laboratory(context, folder, generate, nightly, nightly, Laboratory.Asked.nothing());
    List<Measurement> measurements = new TopicSuite().measure(laboratory);
    measurements.forEach(System.out::println);
    for (String network : List.of("bluesky", "x")) {
      double all = value(measurements, network, "posts with a planted topic that get it");
      double without = value(measurements, network, "the same without learned words");
      assertThat(without).as(network).isGreaterThan(0.2);
      assertThat(all).as(network).isGreaterThan(without + 0.02);
      assertThat(value(measurements, network, "of these right")).isGreaterThan(0.85);
    }
  }

  private static double value(List<Measurement> measurements, String subject, String name) {
    return measurements.stream()
        .filter(one -> one.subject().equals(subject) && one.measure().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
