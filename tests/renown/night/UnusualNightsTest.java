package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.lake.LakeLock;
import renown.lake.PublishedNights;
import renown.night.ingest.IngestStage;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.tables.MartNetworkActivity;
import renown.tables.MartNetworks;
import renown.tables.Rejects;
import renown.testing.Nights;
import renown.testing.SparkTest;

/** Whole nights on dumps that are late, missing, mostly wrong or nobody's, and beside others. */
class UnusualNightsTest extends SparkTest {
  private static final String FIRST = "2026-01-05";
  private static final String THIRD = "2026-01-07";
  private static final String FOURTH = "2026-01-08";

  @TempDir static Path society;
  private static Path raw;
  private static Path truth;

  @BeforeAll
  static void generate() throws Exception {
    raw = society.resolve("raw");
    truth = society.resolve("truth");
    NightRuns.generate(raw, truth, 100, 3, 0.01);
  }

  @Test
  void twoRunsAtOnceAreRefused() throws Exception {
    NightRuns runs = new NightRuns(raw, folder.resolve("lake"));
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(folder.resolve("lake").toUri());
    Files.createDirectories(folder.resolve("lake"));
    try (LakeLock lock = LakeLock.take(root, new Configuration(), Clock.systemUTC(), 60)) {
      lock.check();
      assertThatThrownBy(() -> runs.run(FIRST))
          .isInstanceOfSatisfying(
              RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LAKE_BUSY))
          .hasMessageContaining("Another run holds the lake");
    }
    assertThat(folder.resolve("lake/runs")).doesNotExist();
  }

  @Test
  void lateFilesAndMissingAndEmptyDaysAreTaken() throws Exception {
    long planted = 0;
    for (String line : Files.readAllLines(truth.resolve("events.jsonl"))) {
      JsonNode day = new ObjectMapper().readTree(line);
      planted += day.get("network").asText().equals("bluesky") ? day.get("likes").asLong() : 0;
    }
    Path late = folder.resolve("raw");
    NightRuns.copy(raw, late);
    Path held = late.resolve("bluesky/dt=" + FIRST);
    Path aside = folder.resolve("aside");
    Files.move(held, aside);
    Files.createDirectories(late.resolve("bluesky/dt=" + FOURTH + "/empty"));
    Files.write(late.resolve("bluesky/dt=" + FOURTH + "/empty.jsonl"), new byte[0]);
    Path nobodys = Files.createDirectories(late.resolve("orkut/dt=" + THIRD));
    Files.writeString(nobodys.resolve("a\u001b[2J.js"), "window.posts = []");
    Files.writeString(nobodys.resolve("b.js"), "window.posts = []");
    NightRuns runs =
        new NightRuns(late, folder.resolve("lake")).without("score.reference-accounts-min");
    runs.run(Nights.ofCounts(), THIRD);
    assertThat(likes(runs)).isPositive().isLessThan(planted);
    assertThat(runs.said())
        .contains(
            "  Warning: nothing of orkut is loaded, for none of its files can be read: 2, such as"
                + " orkut/dt=2026-01-07/a\uFFFD[2J.js: its name does not end in .json")
        .doesNotContain("\u001b");
    Files.move(aside, held);
    runs.run(Nights.ofCounts(), FOURTH);
    assertThat(runs.said()).contains("x has no file of " + FOURTH);
    assertThat(runs.published().date()).hasToString(FOURTH);
    assertThat(runs.said()).contains("Warning: nothing of orkut is loaded");
    assertThat(runs.rows(MartNetworkActivity.TABLE))
        .contains("orkut,2026-01-07,unreadable file,2", "orkut,2026-01-08,unreadable file,2");
    assertThat(runs.lake().read(MartNetworks.TABLE).where("network = 'orkut'").collectAsList())
        .isEmpty();
    assertThat(likes(runs)).isEqualTo(planted);
  }

  private static long likes(NightRuns runs) {
    return runs.lake()
        .read(MartNetworkActivity.TABLE)
        .where("network = 'bluesky' AND measure = 'like'")
        .selectExpr("sum(measure_count)")
        .head()
        .getLong(0);
  }

  @Test
  void tooManyRejectsStopTheNightAndNothingIsPublished() throws Exception {
    Path bad = folder.resolve("raw");
    Path day = Files.createDirectories(bad.resolve("bluesky/dt=" + FIRST));
    Files.writeString(
        day.resolve("a.jsonl"),
        "{\"did\":\"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa\",\"time_us\":1767600000000000,"
            + "\"kind\":\"identity\",\"identity\":{\"did\":\"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa\","
            + "\"handle\":\"a.example\",\"seq\":1,\"time\":\"2026-01-05T08:00:00.000Z\"}}\n"
            + "{not json\n");
    NightRuns runs = new NightRuns(bad, folder.resolve("lake"));
    assertThatThrownBy(() -> runs.run(FIRST))
        .isInstanceOfSatisfying(
            RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA))
        .hasMessageContaining("1 of 2 lines of bluesky were rejected")
        .hasMessageContaining("a.jsonl line 2")
        .hasMessageContaining("ingest.rejected-share-max");
    assertThat(PublishedNights.of(runs.lake()).latest()).isEmpty();

    // Allowed, the same night runs from the start and publishes what there is.
    runs.with("ingest.rejected-share-max", "0.5")
        .without("score.reference-accounts-min")
        .run(List.of(new IngestStage()), FIRST);
    assertThat(runs.published().date()).hasToString(FIRST);
    assertThat(runs.lake().read(Rejects.TABLE).count()).isEqualTo(1);
  }

  @Test
  void aFolderWithoutFormatIsNamed() throws Exception {
    Path other = folder.resolve("raw");
    Path day = Files.createDirectories(other.resolve("orkut/dt=" + FIRST));
    Files.writeString(day.resolve("a.jsonl"), "{}\n");
    NightRuns runs = new NightRuns(other, folder.resolve("lake"));
    assertThatThrownBy(() -> runs.run(FIRST))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("folder orkut")
        .hasMessageContaining("ingest.formats");
  }
}
