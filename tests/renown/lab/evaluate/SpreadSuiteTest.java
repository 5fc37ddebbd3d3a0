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
class SpreadSuiteTest extends SparkTest {
  /** The suite itself on a small scale: two planted posts of each network, two nights. */
  @Test
  void plantedCascadesAreWhatTheyWereAndPlantedBreakoutsAreFound() throws Exception {
    Clock clock = Clock.systemUTC();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    RunContext context =
        new RunContext(
            Config.load(List.of(), List.of(), Optional.empty(), Map.of()),
            Optional.empty(),
            clock,
            new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), clock),
            SparkTest::spark);
    Laboratory laboratory =
        new Laboratory(
            context,
            folder,
            new GenerateJob(),
            new NightlyJob(Nights.ofSpread()),
            new NightlyJob(Nights.ofScores()),
            Laboratory.Asked.nothing());
    List<Measurement> measurements = new SpreadSuite(400, 3).measure(laboratory);
    assertThat(measurements).hasSizeGreaterThan(30);
    // In a lake of two nights authors have hardly a record: too much passes for a breakout. The
    // suite says so, and nothing else may join it.
    assertThat(measurements.stream().filter(one -> !one.holds()).map(Measurement::measure))
        .allMatch(measure -> measure.equals("precision of breakouts"));
    assertThat(
            measurements.stream()
                .filter(one -> one.measure().equals("planted posts"))
                .map(Measurement::value))
        .containsExactly(2.0, 2.0);
  }
}
