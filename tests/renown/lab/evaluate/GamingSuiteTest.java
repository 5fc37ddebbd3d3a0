package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.lab.generate.GenerateJob;
import renown.night.NightlyJob;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RunContext;
import renown.testing.Nights;
import renown.testing.SparkTest;

@Tag("long")
class GamingSuiteTest extends SparkTest {
  /** The suite itself on a small scale: a tenth of the accounts that an attack is made with. */
  @Test
  void cheatingHardlyPays() throws Exception {
    Clock clock = Clock.systemUTC();
    Progress progress =
        new Progress(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), clock);
    RunContext context =
        new RunContext(
            Config.load(List.of(), List.of(), Optional.empty(), Map.of()),
            Optional.empty(),
            clock,
            progress,
            SparkTest::spark);
    Laboratory laboratory =
        new Laboratory(
            context,
            folder,
            new GenerateJob(),
            new NightlyJob(Nights.ofScores()),
            new NightlyJob(Nights.ofScores()),
            Laboratory.Asked.nothing());
    List<Measurement> measurements = new GamingSuite(400, 0.1).measure(laboratory);
    assertThat(measurements).hasSizeGreaterThan(12);
    assertThat(measurements).allMatch(one -> !Double.isNaN(one.value()));
    assertThat(measurements).filteredOn(one -> !one.holds()).isEmpty();
    // The attacks were seen: otherwise nothing would have changed at all.
    assertThat(measurements).anyMatch(one -> Math.abs(one.value()) > 0.01);
  }
}
