package renown.lab.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.SparkTest;

class GenerateJobTest extends SparkTest {
  private void run(Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("raw.root", folder.resolve("raw").toUri().toString());
    settings.put("truth.root", folder.resolve("truth").toUri().toString());
    settings.put("generate.accounts", "600");
    settings.put("generate.days", "2");
    settings.put("generate.dirty-share", "0.02");
    settings.putAll(more);
    GenerateJob job = new GenerateJob();
    Config config = Config.load(job.keys(), job.keys(), Optional.empty(), settings);
    PrintStream silent = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            config, Optional.empty(), clock, new Progress(silent, clock), SparkTest::spark));
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (!path.getFileName().toString().endsWith(".crc")) {
          try (InputStream in = Files.newInputStream(path);
              InputStream plain = path.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
            files.put(folder.relativize(path).toString(), plain.readAllBytes());
          }
        }
      }
    }
    return files;
  }

  @Test
  void theJobWritesTheDumpsAndTheTruthAboutThem() throws Exception {
    run(Map.of());
    Map<String, byte[]> files = files();
    SocietySettings settings = new SocietySettings(600, Dumps.FIRST, 1, 8, 0.02, Speech.SENTENCES);
    for (Network network : Network.values()) {
      for (int day = 0; day < 2; day++) {
        String name =
            "raw/%s/dt=%s/part-00000.jsonl.gz".formatted(network.word(), Dumps.FIRST.plusDays(day));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long[] counts = new DumpGenerator(settings, network).write(day, 0, out);
        assertThat(files.get(name)).isEqualTo(out.toByteArray());

        long lines = 0;
        for (byte b : files.get(name)) {
          lines += b == '\n' ? 1 : 0;
        }
        JsonNode row = row(files.get("truth/events.jsonl"), network, day);
        assertThat(row.get("lines").asLong()).isEqualTo(lines);
        for (Count count : Count.values()) {
          assertThat(row.get(count.word()).asLong()).isEqualTo(counts[count.ordinal()]);
        }
      }
    }
    List<String> optOuts = lines(files.get("truth/opt-outs.tsv"));
    assertThat(optOuts).isNotEmpty();
    Map<String, JsonNode> accounts = new HashMap<>();
    for (String line : lines(files.get("truth/accounts.jsonl"))) {
      JsonNode account = Dumps.parse(line.getBytes(StandardCharsets.UTF_8));
      accounts.put(
          account.get("network").asText() + "\t" + account.get("account_id").asText(), account);
    }
    assertThat(accounts).hasSize(1200);
    accounts.forEach(
        (id, account) ->
            assertThat(optOuts.contains(id)).isEqualTo(Dumps.has(account, "opted_out")));
    assertThat(lines(files.get("truth/breakouts.jsonl"))).hasSize(4);
  }

  private static JsonNode row(byte[] events, Network network, int day) {
    return lines(events).stream()
        .map(line -> Dumps.parse(line.getBytes(StandardCharsets.UTF_8)))
        .filter(row -> row.get("network").asText().equals(network.word()))
        .filter(row -> row.get("dt").asText().equals(Dumps.FIRST.plusDays(day).toString()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> lines(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void moreDaysOfTheSameSocietyLeaveTheFirstAsTheyAre() throws Exception {
    run(Map.of("generate.compression", "none", "generate.networks", "bluesky"));
    Map<String, byte[]> before = files();
    run(
        Map.of(
            "generate.compression", "none",
            "generate.networks", "bluesky",
            "generate.days", "3"));
    Map<String, byte[]> after = files();
    before.forEach(
        (name, bytes) -> {
          if (name.startsWith("raw")) {
            assertThat(after.get(name)).isEqualTo(bytes);
          }
        });
    assertThat(before).containsKey("raw/bluesky/dt=2026-01-06/part-00000.jsonl");
    assertThat(after).containsKey("raw/bluesky/dt=2026-01-07/part-00000.jsonl");
  }

  @Test
  void dumpsOfAnotherSocietyAreNotMixedIn() throws Exception {
    run(Map.of("generate.networks", "x"));
    Map<String, byte[]> before = files();
    assertThatThrownBy(() -> run(Map.of("generate.seed", "2")))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("already holds other dumps")
        .hasMessageContaining("raw.root");
    assertThat(files().keySet()).isEqualTo(before.keySet());
  }

  @Test
  void theTruthIsKeptOutOfTheDumps() {
    String inside = folder.resolve("raw/x/truth").toUri().toString();
    assertThatThrownBy(() -> run(Map.of("truth.root", inside)))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("is inside");
  }

  @Test
  void everyDefaultIsInItsRange() {
    Map<String, String> needed = Map.of("raw.root", "file:/r", "truth.root", "file:/t");
    GenerateJob job = new GenerateJob();
    Config config = Config.load(job.keys(), job.keys(), Optional.empty(), needed);
    assertThat(config.texts())
        .containsEntry("generate.accounts", "2000")
        .containsEntry("generate.days", "4")
        .containsEntry("generate.first-date", "2026-01-05")
        .containsEntry("generate.seed", "1")
        .containsEntry("generate.networks", "bluesky,x")
        .containsEntry("generate.events-per-account-day", "8")
        .containsEntry("generate.dirty-share", "0.002")
        .containsEntry("generate.compression", "gz");
    assertThatThrownBy(() -> run(Map.of("generate.networks", "bluesky,y")))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("generate.networks");
    assertThatThrownBy(() -> run(Map.of("generate.first-date", "2018-12-31")))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("2019-01-01");
  }
}
