package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import renown.lake.LakeLock;
import renown.lake.PublishedNights;
import renown.night.ingest.IngestStage;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.tables.Rejects;
import renown.testing.NightRuns;
import renown.testing.SparkTest;

/** Nights on dumps that are mostly wrong or nobody's, and beside others. */
class UnusualNightsTest extends SparkTest {
  private static final String FIRST = "2026-01-05";

  @Test
  void twoRunsAtOnceAreRefused() throws Exception {
    NightRuns runs = new NightRuns(folder, folder.resolve("lake"));
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(folder.resolve("lake").toUri());
    Files.createDirectories(folder.resolve("lake"));
    try (LakeLock lock = LakeLock.take(root, new Configuration(), 60)) {
      lock.check();
      assertThatThrownBy(() -> runs.run(FIRST))
          .isInstanceOfSatisfying(
              RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LAKE_BUSY))
          .hasMessageContaining("Another run holds the lake");
    }
    assertThat(folder.resolve("lake/runs")).doesNotExist();
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
