package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.dumps.Compression;
import renown.dumps.LoadedNames;
import renown.dumps.RawFile;
import renown.dumps.RawFiles;
import renown.night.PastNights.Cost;
import renown.run.Progress;

class DryRunTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final Map<String, String> FORMATS =
      new TreeMap<>(Map.of("bluesky", "bluesky-jetstream", "x", "x-v1-stream", "old", "skip"));

  private static RawFile file(String network, LocalDate day, String name, long size) {
    return new RawFile(
        network, day, network + "/dt=" + day + "/" + name, size, Instant.EPOCH, Compression.GZIP);
  }

  private static Cost cost(int day, long bytes, long lines, double seconds) {
    return new Cost(FIRST.minusDays(day), bytes, lines, seconds, 2 * seconds, 10 * bytes);
  }

  private static String told(
      List<LocalDate> nights, List<RawFile> files, List<RawFiles.Unreadable> bad, PastNights past) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DryRun(
            new RawFiles.Listing(files, bad),
            LoadedNames.none(),
            FORMATS,
            new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), Clock.systemUTC()))
        .tell(nights, past.costs().isEmpty(), past);
    return out.toString(StandardCharsets.UTF_8).replaceAll(" +", " ");
  }

  @Test
  void theFirstNightTakesAllThatLiesThereAndEachLaterOneItsDay() {
    String told =
        told(
            List.of(FIRST, SECOND),
            List.of(
                file("bluesky", FIRST.minusDays(3), "a.json.gz", 1_000),
                file("bluesky", FIRST, "part.1.jsonl.gz", 2_000),
                file("bluesky", SECOND, "c.json", 400),
                file("old", SECOND, "c.json", 4_000_000),
                file("x", FIRST, "d.json.bz2", 5),
                file("x", SECOND.plusDays(1), "e.json", 7)),
            List.of(),
            new PastNights(List.of()));
    assertThat(told)
        .contains(
            "2 nights are due, 2026-01-05 to 2026-01-06.",
            """
            Night 2026-01-05
             bluesky bluesky-jetstream 2 files 3.0 kB .json.gz .jsonl.gz dt=2026-01-02 to 2026-01-05
             x x-v1-stream 1 file 5 B .json.bz2 dt=2026-01-05
            Night 2026-01-06
             bluesky bluesky-jetstream 1 file 400 B .json dt=2026-01-06
             MISSING: x has no file of 2026-01-06
            """,
            "What it would cost is known after the first night.")
        .doesNotContain("old", "Nothing is missing");
  }

  @Test
  void whatIsMissingIsSaid() {
    String told =
        told(
            List.of(FIRST),
            List.of(file("nostr", FIRST, "a.json", 9)),
            List.of(new RawFiles.Unreadable("x", "x/readme.txt", "its name is wrong")),
            new PastNights(List.of()));
    assertThat(told)
        .contains("1 night is due: 2026-01-05.")
        .contains("MISSING: ingest.formats names no format for the folder nostr", "nostr=FORMAT")
        .contains(
            "MISSING: bluesky is configured as bluesky-jetstream, but the raw root has no file")
        .contains("MISSING: x/readme.txt would not be read: its name is wrong")
        .contains("no new files");
    assertThat(
            told(
                List.of(FIRST),
                List.of(file("bluesky", FIRST, "a.json", 9), file("x", FIRST, "a.json", 9)),
                List.of(),
                new PastNights(List.of())))
        .contains("Nothing is missing.");
    assertThat(told(List.of(), List.of(), List.of(), new PastNights(List.of())))
        .isEqualTo("No night is due.\n");
  }

  @Test
  void theCostIsThatOfTheLastNights() {
    // 20 s a night and 1 s for each 100 bytes.
    PastNights past =
        new PastNights(
            List.of(cost(3, 1_000, 10, 30), cost(2, 3_000, 30, 50), cost(1, 2_000, 20, 40)));
    Cost two = past.of(2, 5_000);
    assertThat(two.seconds()).isCloseTo(2 * 20 + 50, within(1e-9));
    assertThat(two.cpuSeconds()).isCloseTo(2 * (2 * 20 + 50), within(1e-9));
    assertThat(two.lines()).isEqualTo(50);
    assertThat(two.bytesWritten()).isEqualTo(50_000);
    // One night, or nights of one size: all of it follows the bytes.
    assertThat(new PastNights(List.of(cost(1, 1_000, 10, 30))).of(1, 2_000).seconds())
        .isEqualTo(60);
    // A larger night that was faster: nothing follows the bytes.
    assertThat(
            new PastNights(List.of(cost(2, 1_000, 10, 30), cost(1, 2_000, 20, 10)))
                .of(1, 90_000)
                .seconds())
        .isEqualTo(20);
    // No night costs less than nothing.
    assertThat(
            new PastNights(List.of(cost(2, 1_000, 10, 1), cost(1, 2_000, 20, 10)))
                .of(1, 10)
                .seconds())
        .isPositive();
    assertThat(
            told(
                List.of(FIRST),
                List.of(file("bluesky", FIRST, "a.json", 5_000), file("x", FIRST, "a.json", 5_000)),
                List.of(),
                past))
        .contains("By the rates of the last 3 nights: about 100 lines, 2:00 min (4:00 min of CPU)")
        .contains(" 2026-01-02 1.0 kB 10 lines 30 s 1:00 min of CPU");
  }

  @Test
  void sizesAndTimesAreReadAtAGlance() {
    assertThat(DryRun.size(999)).isEqualTo("999 B");
    assertThat(DryRun.size(999_999)).isEqualTo("1.0 MB");
    assertThat(DryRun.size(12_300_000_000L)).isEqualTo("12.3 GB");
    assertThat(DryRun.time(59.6)).isEqualTo("1:00 min");
    assertThat(DryRun.time(3_725)).isEqualTo("1:02 h");
  }
}
