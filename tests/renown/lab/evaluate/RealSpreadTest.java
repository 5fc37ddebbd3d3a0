package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.lab.generate.GenerateJob;
import renown.lake.Lake;
import renown.night.NightlyJob;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RunContext;
import renown.testing.Nights;
import renown.testing.SparkTest;

@Tag("long")
class RealSpreadTest extends SparkTest {
  private static final String SAME_ACTS = "acts by actor, verb and post: agreement";
  private static final String SAME_POSTS =
      "author, acts by verb and accounts of each post: agreement";
  private static final Path WINDOW =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"))
          .resolve("bluesky/expected_v1.jsonl");

  private Laboratory laboratory() {
    Clock clock = Clock.systemUTC();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    RunContext context =
        new RunContext(
            Config.load(List.of(), List.of(), Optional.empty(), Map.of()),
            Optional.empty(),
            clock,
            new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), clock),
            SparkTest::spark);
    return new Laboratory(
        context,
        folder.resolve("laboratory"),
        new GenerateJob(),
        new NightlyJob(Nights.ofCascades()),
        new NightlyJob(Nights.ofCascades()),
        new Laboratory.Asked(new TreeMap<>(), null, true, 0));
  }

  private Path file(String name, List<String> lines) throws Exception {
    Files.createDirectories(folder.resolve("given"));
    return Files.write(folder.resolve("given").resolve(name), lines);
  }

  private static Map<String, Double> values(List<Measurement> measurements) {
    return measurements.stream()
        .collect(Collectors.toMap(Measurement::measure, Measurement::value));
  }

  @Test
  void minutesOfXAreCountedAndComparedWithTheLake() throws Exception {
    Path minute = file("2019-07-03T0629.json", NativeLines.minute());
    List<Measurement> measurements = RealSpread.measure(laboratory(), "x", minute.getParent());
    assertThat(measurements)
        .filteredOn(one -> one.gate().isPresent())
        .hasSize(2)
        .allMatch(Measurement::holds);
    assertThat(values(measurements))
        .containsEntry("repost: acts, counted by line", 3.0)
        // 101, 203, 204 and 999; not 103, from which all was taken back, and 205.
        .containsEntry("posts others reacted to, counted by line", 4.0)
        .containsEntry("posts not compared", 2.0)
        .containsEntry("posts with 4 accounts or more", 0.0)
        .containsEntry("acts by others: parent recorded, share", 2 / 6.0)
        .containsEntry("largest of a post: accounts that reacted", 2.0)
        .containsEntry("breakouts found", 0.0);

    // A truth that knows one repost less, and one account more at a post, is not what the lake has.
    List<String> fewer = new ArrayList<>(NativeLines.minute());
    fewer.remove(1);
    ReactionCount other = ReactionCount.of(RealEvents.X_STREAM, List.of(file("other.json", fewer)));
    Lake lake =
        new Lake(spark(), folder.resolve("laboratory/x-2019-07-03/lake").toUri().toString());
    List<Measurement> wrong =
        RealSpread.counts("x", lake, other).stream().filter(one -> one.gate().isPresent()).toList();
    assertThat(wrong).hasSize(2).noneMatch(Measurement::holds);
    assertThat(values(wrong)).containsEntry(SAME_ACTS, 6 / 7.0).containsEntry(SAME_POSTS, 3 / 4.0);
  }

  @Test
  void aWindowOfJetstreamIsCountedAndComparedWithTheLake() throws Exception {
    List<Measurement> measurements =
        RealSpread.measure(laboratory(), "window", file("window.jsonl", NativeLines.window()));
    assertThat(measurements)
        .filteredOn(one -> one.gate().isPresent())
        .hasSize(2)
        .allMatch(Measurement::holds);
    assertThat(values(measurements))
        .containsEntry("minutes of real time", 1.0)
        .containsEntry("like: acts, counted by line", 2.0)
        .containsEntry("posts others reacted to, counted by line", 3.0)
        // The answer, which an account liked that is gone.
        .containsEntry("posts not compared", 1.0)
        .containsEntry("posts with 4 accounts or more", 1.0)
        .containsEntry("largest of a post: depth", 2.0);
  }

  @Test
  void aRealWindowIsWhatItsLinesSay() throws Exception {
    assumeTrue(Files.isRegularFile(WINDOW), () -> "no real data at " + WINDOW.toAbsolutePath());
    List<String> lines = Files.readAllLines(WINDOW);
    List<Measurement> measurements =
        RealSpread.measure(laboratory(), "real", file("part.jsonl", lines.subList(0, 60)));
    assertThat(measurements)
        .filteredOn(one -> one.gate().isPresent())
        .hasSize(2)
        .allMatch(Measurement::holds);
    assertThat(values(measurements).get("posts others reacted to, counted by line"))
        .isGreaterThan(20);
  }
}
