package renown.night;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.night.ingest.IngestStage;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.Rejects;
import renown.testing.NightRuns;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

/** Whole dumps of X through the ingest stage. */
class IngestedSocialDumpsTest extends SparkTest {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"));
  private static final List<Stage> INGEST = List.of(new IngestStage());

  private NightRuns nights(String formats) {
    return new NightRuns(folder.resolve("raw"), folder.resolve("lake"))
        .without("score.reference-accounts-min")
        .with("ingest.formats", formats);
  }

  private Path raw(String file) throws IOException {
    Path path = folder.resolve("raw").resolve(file);
    Files.createDirectories(path.getParent());
    return path;
  }

  /** Ten minutes of the stream as the Archive Team packs a day, and all samples of version 2. */
  @Tag("long")
  @Test
  void realDumpsOfX() throws Exception {
    assumeTrue(Files.isDirectory(DATA), () -> "no real data in " + DATA.toAbsolutePath());
    List<Path> minutes;
    try (var found = Files.list(DATA.resolve("twitter-v1-stream"))) {
      minutes = found.filter(p -> p.toString().endsWith(".json.bz2")).sorted().toList();
    }
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            Files.newOutputStream(raw("stream/dt=2019-07-03/archiveteam.tar")))) {
      for (Path minute : minutes) {
        TarArchiveEntry entry = new TarArchiveEntry("2019/07/03/06/" + minute.getFileName());
        entry.setSize(Files.size(minute));
        tar.putArchiveEntry(entry);
        Files.copy(minute, tar);
        tar.closeArchiveEntry();
      }
    }
    try (ZipOutputStream zip =
            new ZipOutputStream(Files.newOutputStream(raw("pages/dt=2023-01-10/v2.zip")));
        var found = Files.list(DATA.resolve("twitter-v2"))) {
      for (Path file : found.sorted().toList()) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    NightRuns runs = nights("stream=x-v1-stream,pages=x-v2");
    runs.run(INGEST, "2023-01-10");
    TableAssert.assertThat(
            runs.lake().read(LoadedFiles.TABLE).select("network", "line_count", "rejected_count"))
        .hasRows(row("stream", 37_051L, 0L), row("pages", 142L, 1L));
    TableAssert.assertThat(runs.lake().read(Rejects.TABLE).select("path", "line_number"))
        .hasRows(row("pages/dt=2023-01-10/v2.zip!/streaming_output_with_error.jsonl", 8L));
    // As the scripts beside the fixtures count them; in the pages without those whose target is
    // neither on the page nor the author of any other post of the samples: they wait.
    Dataset<Row> verbs =
        runs.lake()
            .read(Interactions.TABLE)
            .where("change = 1")
            .groupBy("network", "verb")
            .count()
            .where("verb in ('repost', 'quote')");
    TableAssert.assertThat(verbs)
        .hasRows(
            row("stream", "repost", 5_366L),
            row("stream", "quote", 537L),
            row("pages", "repost", 625L),
            row("pages", "quote", 62L));
  }
}
