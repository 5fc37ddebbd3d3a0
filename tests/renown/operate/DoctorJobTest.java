package renown.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import renown.run.Config;
import renown.run.ExitCode;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

class DoctorJobTest extends SparkTest {
  private String said;
  private RenownException failure;

  private void examine(Path raw, String lake, Clock clock) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    DoctorJob job = new DoctorJob(out);
    Map<String, String> settings = new HashMap<>();
    settings.put("raw.root", raw.toUri().toString());
    settings.put("lake.root", lake);
    settings.put("ingest.formats", "bluesky=bluesky-jetstream");
    Config config = Config.load(job.keys(), job.keys(), Optional.empty(), settings);
    try {
      job.run(
          new RunContext(
              config, Optional.empty(), clock, new Progress(out, clock), SparkTest::spark));
    } catch (RenownException e) {
      failure = e;
    }
    said = bytes.toString(StandardCharsets.UTF_8);
  }

  private Path dumps(String network) throws Exception {
    Path day = Files.createDirectories(folder.resolve("raw/" + network + "/dt=2026-01-05"));
    Files.writeString(day.resolve("lines.json"), "{}\n");
    return folder.resolve("raw");
  }

  @Test
  void whatIsFineIsSaidToBe() throws Exception {
    Path lake = folder.resolve("lake");
    examine(dumps("bluesky"), lake.toUri().toString(), Clock.systemUTC());
    assertThat(failure).isNull();
    assertThat(said.lines()).allMatch(line -> line.startsWith("ok "));
    assertThat(said)
        .contains("Java 17", "GiB free", "Spark 4.1", "Hadoop 3.4")
        .contains("1 files, bluesky, 2026-01-05 to 2026-01-05")
        .contains("of two writers of one file it refuses one")
        .contains("no night is published yet");
    try (Stream<Path> left = Files.list(lake.resolve("_renown"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theLastNightOfALakeIsTold() throws Exception {
    examine(dumps("bluesky"), SmallLake.root().toUri().toString(), Clock.systemUTC());
    assertThat(said).contains("the last published night is " + SmallLake.LAST);
  }

  @Test
  void eachFaultSaysWhatToDoAndAllAreTold() throws Exception {
    Path file = Files.writeString(folder.resolve("a-file"), "");
    examine(folder.resolve("nowhere"), file.toUri().toString(), Clock.systemUTC());
    assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(failure).hasMessageContaining("2 of these");
    assertThat(said).contains("FAULT raw dumps", "FAULT lake", "is a file: give a folder");
  }

  @Test
  void aNetworkWithoutFormatAndAClockThatIsWrongAreFaults() throws Exception {
    Clock late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10));
    examine(dumps("nosuch"), folder.resolve("lake").toUri().toString(), late);
    assertThat(said)
        .contains("ingest.formats names no format for nosuch")
        .containsPattern("FAULT clock +600\\.\\d s ahead of the store's: set this machine's clock");
    assertThat(failure).hasMessageContaining("2 of these");
  }
}
