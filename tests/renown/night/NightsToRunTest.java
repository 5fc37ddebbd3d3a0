package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.testing.NightRuns;
import renown.testing.SparkTest;

/** Which nights a command runs, and which it takes for a slip of the pen. */
class NightsToRunTest extends SparkTest {
  private NightRuns runs;

  @BeforeEach
  void oneRawFolder() throws Exception {
    Path raw = folder.resolve("raw");
    Path day = Files.createDirectories(raw.resolve("x/dt=2026-01-05"));
    Files.writeString(day.resolve("a.jsonl"), "{}\n");
    runs = new NightRuns(raw, folder.resolve("lake")).without("score.reference-accounts-min");
  }

  private void run(String date, String... options) throws Exception {
    runs.run(List.of(), date, options);
  }

  private void refused(String message, String date, String... options) {
    assertThatThrownBy(() -> run(date, options))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining(message);
  }

  private List<LocalDate> published() {
    return PublishedNights.of(runs.lake()).after(LocalDate.EPOCH);
  }

  @Test
  void aNightThatIsNotOverIsRefused() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    refused("--date 2099-01-01: that night is not over; the last one that is, is ", "2099-01-01");
    refused("--date " + today + ": that night is not over", today.toString());
  }

  @Test
  void aNightLongBeforeAllThatThereIsToReadIsRefused() throws Exception {
    refused("--date 1999-01-01: the first raw folder under ", "1999-01-01");
    refused("is dt=2026-01-05", "2025-12-04");
    run("2026-01-04");
    // Nor does the lake go back there later.
    refused("Give 2026-01-05 or a later one.", "1999-01-01");
    assertThat(published()).containsExactly(LocalDate.of(2026, 1, 4));
  }

  @Test
  void manyNightsAtOnceWantAWord() throws Exception {
    run("2026-01-05");
    refused(
        "32 nights would run, 2026-01-06 to 2026-02-06, more than --most-nights 31 allows. If that"
            + " is meant, say --most-nights 32; else give another --date.",
        "2026-02-06");
    refused("3 nights would run", "2026-01-08", "--most-nights", "2");
    refused("--most-nights 0", "2026-01-08", "--most-nights", "0");
    run("2026-01-08", "--most-nights", "3");
    assertThat(published()).hasSize(4);
    // Backwards as well.
    refused("4 nights would run", "2026-01-05", "--again", "--most-nights", "3");
  }

  @Test
  void nightsThatAreNotOverAreTakenBack() throws Exception {
    run("2026-01-05");
    PublishedNights.publish(
        runs.lake(),
        new Publication(LocalDate.of(2099, 1, 1), 1, "slip", Map.of("core/posts", 0L)));
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    refused("take these back by nightly --withdraw-after " + yesterday, yesterday.toString());
    // However few they are, and whatever is allowed.
    refused(
        "for the lake holds nights that are not over",
        "2026-01-05",
        "--again",
        "--most-nights",
        "99999");
    runs.withdrawAfter(yesterday.toString());
    assertThat(runs.said())
        .contains("Nights published after " + yesterday + " are taken back: 1, from 2099-01-01");
    assertThat(published()).containsExactly(LocalDate.of(2026, 1, 5));
    run("2026-01-06");
    assertThat(published()).hasSize(2);
    refused("leave out --date", "2026-01-06", "--withdraw-after", "2026-01-05");
    runs.withdrawAfter("2026-01-06");
    assertThat(runs.said()).contains("No night after 2026-01-06 is published.");
  }
}
