package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.api.Test;
import renown.night.ingest.IngestStage;
import renown.tables.Accounts;
import renown.tables.IgnoredKinds;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.Posts;
import renown.tables.Rejects;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

/** Dumps of X and the fediverse through the whole ingest stage. */
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

  /** Acts as {@code verb actor target}, those undone with the word. */
  private static List<String> acts(NightRuns runs) {
    Dataset<Row> ids = runs.lake().read(Accounts.TABLE).select("account_key", "account_id");
    return runs
        .lake()
        .read(Interactions.TABLE)
        .join(ids.toDF("actor_key", "actor"), "actor_key")
        .join(ids.toDF("target_key", "target"), "target_key")
        .selectExpr("concat_ws(' ', verb, actor, target, IF(change = 1, '', 'undone'))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0).strip())
        .sorted()
        .toList();
  }

  private static long duplicates(NightRuns runs, String night) {
    return runs
        .lake()
        .read(IgnoredKinds.TABLE)
        .where(IgnoredKinds.RULE.col().equalTo(IgnoredKinds.DUPLICATE_LINE))
        .where("night = '" + night + "'")
        .collectAsList()
        .stream()
        .mapToLong(row -> row.getAs("statement_count"))
        .sum();
  }

  private static String tweet(String id, String author, String mentioned) {
    return "{\"data\":[{\"id\":\""
        + id
        + "\",\"author_id\":\""
        + author
        + "\",\"text\":\"x\",\"created_at\":\"2024-03-01T08:00:00.000Z\","
        + "\"entities\":{\"mentions\":[{\"start\":0,\"end\":2,\"username\":\"b\",\"id\":\""
        + mentioned
        + "\"}]}}]}";
  }

  @Test
  void whatTheNetworkTakesBackStaysGoneAndRepeatedLinesAreCounted() throws Exception {
    NightRuns runs = nights("x=x-v2");
    String first = tweet("1763474000000000001", "1", "2");
    String second = tweet("1763474000000000002", "1", "3");
    Files.write(
        raw("x/dt=2024-03-01/a.jsonl"), List.of(first, second, first, "{\"meta\":{}}", "{"));
    runs.with("ingest.rejected-share-max", "0.5").run(INGEST, "2024-03-01");
    assertThat(acts(runs)).containsExactly("mention 1 2", "mention 1 3");
    assertThat(duplicates(runs, "2024-03-01")).isEqualTo(1);

    // The line names no author; it is the network's own word.
    String compliance =
        "{\"id\":\"1763474000000000001\",\"type\":\"tweets\",\"action\":\"delete\","
            + "\"redacted_at\":\"2024-03-02T08:00:00.000Z\",\"reason\":\"deleted\"}";
    Files.write(raw("x/dt=2024-03-02/a.jsonl"), List.of(compliance, second));
    runs.run(INGEST, "2024-03-02");
    assertThat(acts(runs)).containsExactly("mention 1 2", "mention 1 2 undone", "mention 1 3");
    assertThat(duplicates(runs, "2024-03-02")).isEqualTo(1);

    // The author says so too, later; the tweet comes once more: neither changes anything.
    String delete =
        "{\"data\":{\"delete\":{\"tweet\":{\"id\":\"1763474000000000001\",\"author_id\":\"1\"},"
            + "\"event_at\":\"2024-03-03T08:00:00.000Z\"}}}";
    Files.write(raw("x/dt=2024-03-03/a.jsonl"), List.of(delete, first, compliance));
    runs.run(INGEST, "2024-03-03");
    assertThat(acts(runs)).containsExactly("mention 1 2", "mention 1 2 undone", "mention 1 3");
    assertThat(duplicates(runs, "2024-03-03")).isEqualTo(2);
    TableAssert.assertThat(runs.lake().read(Posts.TABLE).select("post_id"))
        .hasRows(row("1763474000000000002"));
    for (Row file : runs.lake().read(LoadedFiles.TABLE).collectAsList()) {
      assertThat(
              file.<Long>getAs("accepted_count")
                  + file.<Long>getAs("ignored_count")
                  + file.<Long>getAs("rejected_count"))
          .isEqualTo(file.<Long>getAs("line_count"));
    }
  }

  /** Ten minutes of the stream as the Archive Team packs a day, and all samples of version 2. */
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
            row("stream", "repost", 5_215L),
            row("stream", "quote", 537L),
            row("pages", "repost", 625L),
            row("pages", "quote", 62L));
  }
}
