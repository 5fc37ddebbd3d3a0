package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.lab.generate.GenerateJob;
import renown.night.NightlyJob;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RunContext;
import renown.testing.Nights;
import renown.testing.SparkTest;

class AdopterForecastTest extends SparkTest {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"))
          .resolve("interactions/topolstm-twitter");

  @Test
  void ofACascadeTheFirstHalfIsShownAndWhoComesTwiceIsNotForetold() {
    AdopterForecast.Cascade cascade =
        AdopterForecast.Cascade.of("7 1 100 2 110 7 115 3 120 1 130 4 140");
    assertThat(cascade.author()).isEqualTo("7");
    assertThat(cascade.adopters()).containsExactly("1", "2", "3", "1", "4");
    assertThat(cascade.seconds()).containsExactly(100L, 110L, 120L, 130L, 140L);
    assertThat(cascade.shown()).containsExactlyInAnyOrder("7", "1", "2");
    assertThat(cascade.later()).containsExactlyInAnyOrder("3", "4");
  }

  @Test
  void companyIsCountedByPostAndByWhomOfThoseShownItWasKept() {
    List<Set<String>> posts =
        List.of(Set.of("7", "1", "5"), Set.of("7", "2", "5", "6"), Set.of("8", "9"));
    AdopterForecast.Cascade cascade = AdopterForecast.Cascade.of("7 1 100 2 110 5 120 9 130");
    Map<String, Double> company = AdopterForecast.company(posts, List.of(cascade)).get(0);
    assertThat(company).containsEntry("5", 4.0).containsEntry("6", 2.0).doesNotContainKey("9");
  }

  @Test
  @Tag("long")
  void realCascadesGoOnWhereAttentionIsPaid() throws Exception {
    assumeTrue(Files.isDirectory(DATA), () -> "no real data in " + DATA.toAbsolutePath());
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
    assertThat(AdopterForecast.reads(DATA)).isTrue();
    List<Measurement> measurements = AdopterForecast.measure(laboratory, "topolstm", DATA);
    assertThat(measurements).hasSize(6).allMatch(Measurement::holds);
  }
}
