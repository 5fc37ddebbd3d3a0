package renown.night;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.lake.Lake;
import renown.night.ingest.IngestStage;
import renown.tables.LoadedFiles;
import renown.tables.Rejects;
import renown.tables.TableSchema;
import renown.tables.Tables;
import renown.testing.NightRuns;
import renown.testing.SharedLake;
import renown.testing.SparkTest;

/**
 * The dumps of a society with their lines in another order, in other files, on other days and on
 * other nights: what comes of them is the same.
 */
class ShuffledDumpsTest extends SparkTest {
  private static final List<String> DAYS = List.of(SharedLake.FIRST, SharedLake.SECOND);
  private static final int FILES = 3;

  /** The lines of both days, by network. */
  private static Map<String, List<String>> lines() throws Exception {
    Map<String, List<String>> lines = new TreeMap<>();
    try (Stream<Path> all = Files.walk(SharedLake.raw())) {
      for (Path file : all.filter(path -> path.toString().endsWith(".gz")).sorted().toList()) {
        Path inRaw = SharedLake.raw().relativize(file);
        if (DAYS.stream().anyMatch(day -> inRaw.toString().contains("dt=" + day))) {
          try (BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(
                      new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> ofNetwork =
                lines.computeIfAbsent(inRaw.getName(0).toString(), any -> new ArrayList<>());
            in.lines().forEach(ofNetwork::add);
          }
        }
      }
    }
    assertThat(lines).hasSize(2);
    return lines;
  }

  /** Writes the lines in a random order into files of any of the days. */
  private static void shuffle(Path raw, int seed) throws Exception {
    Random random = new Random(seed);
    for (Map.Entry<String, List<String>> network : lines().entrySet()) {
      List<String> shuffled = new ArrayList<>(network.getValue());
      Collections.shuffle(shuffled, random);
      for (int file = 0; file < FILES; file++) {
        int from = shuffled.size() * file / FILES;
        int to = shuffled.size() * (file + 1) / FILES;
        String day = DAYS.get(file == 0 ? 0 : file == 1 ? 1 : random.nextInt(2));
        write(
            raw.resolve(network.getKey() + "/dt=" + day + "/" + random.nextInt(100) + ".jsonl.gz"),
            shuffled.subList(from, to));
      }
    }
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.createDirectories(file.getParent());
    // Two files of one name are one of two members.
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(
                    Files.newOutputStream(
                        file,
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.APPEND)),
                StandardCharsets.UTF_8))) {
      for (String line : lines) {
        out.write(line);
        out.write('\n');
      }
    }
  }

  private NightRuns runs(int seed) throws Exception {
    Path home = folder.resolve("way-" + seed);
    shuffle(home.resolve("raw"), seed);
    return SharedLake.runs(home.resolve("raw"), home.resolve("lake"));
  }

  private static NightRuns ofIngest(NightRuns runs) {
    return runs.without("score.reference-accounts-min").without("credibility.trusted");
  }

  private static NightRuns undisturbed() throws Exception {
    return SharedLake.runs(SharedLake.raw(), SharedLake.afterFirstNight());
  }

  /** What ingest writes, but for where lines stood. */
  private static List<TableSchema> core() {
    return new IngestStage()
        .outputs().stream()
            .filter(table -> table != LoadedFiles.TABLE && table != Rejects.TABLE)
            .toList();
  }

  @Test
  void onOneNightAllTablesAreTheSame() throws Exception {
    NightRuns undisturbed = undisturbed();
    for (int seed = 1; seed <= 3; seed++) {
      NightRuns shuffled = ofIngest(runs(seed));
      shuffled.with("ingest.shard-bytes", seed == 2 ? "100000" : "67108864");
      shuffled.run(List.of(new IngestStage()), SharedLake.SECOND);
      for (TableSchema table : core()) {
        assertThat(shuffled.lake().has(table)).isEqualTo(undisturbed.lake().has(table));
        if (undisturbed.lake().has(table)) {
          assertThat(shuffled.rows(table)).as(table.name()).isEqualTo(undisturbed.rows(table));
        }
      }
    }
  }

  /** Nights differ then in what they are called, and keys in their order: all else does not. */
  @Test
  void overSeveralNightsTheSameStands() throws Exception {
    Map<String, List<String>> undisturbed = standing(undisturbed());
    for (int seed = 4; seed <= 5; seed++) {
      NightRuns shuffled = ofIngest(runs(seed));
      for (String night : DAYS) {
        shuffled.run(List.of(new IngestStage()), night);
      }
      standing(shuffled)
          .forEach((what, rows) -> assertThat(rows).as(what).isEqualTo(undisturbed.get(what)));
    }
  }

  /** What stands at the end, by the networks' own ids. */
  private static Map<String, List<String>> standing(NightRuns runs) {
    Lake lake = runs.lake();
    Map<String, String> queries = new TreeMap<>();
    queries.put(
        "accounts",
        "SELECT network, account_id, handle, display_name, description, created_at, is_protected,"
            + " is_automated, status FROM accounts");
    queries.put(
        "posts",
        "SELECT p.network, p.post_id, a.account_id, p.happened_at, p.language, p.reply_to_id,"
            + " p.thread_id, p.quoted_id, p.hashtags, p.links, p.edited_at FROM posts p"
            + " JOIN accounts a ON a.account_key = p.author_key");
    queries.put("texts", "SELECT network, post_id, text FROM post_texts");
    queries.put(
        "acts",
        "SELECT i.network, i.record_id, i.verb, a.account_id AS actor, t.account_id AS target,"
            + " i.object_id, i.via_id, i.happened_at, i.amount FROM interactions i"
            + " JOIN accounts a ON a.account_key = i.actor_key"
            + " JOIN accounts t ON t.account_key = i.target_key"
            + " GROUP BY ALL HAVING sum(i.change) > 0");
    queries.put(
        "lists",
        "SELECT l.network, l.list_id, a.account_id, l.list_name, l.description, l.purpose"
            + " FROM account_lists l JOIN accounts a ON a.account_key = l.owner_key");
    queries.put(
        "exclusions",
        "SELECT a.network, a.account_id, e.reason FROM exclusions e"
            + " JOIN accounts a ON a.account_key = e.account_key");
    for (TableSchema table : core()) {
      Dataset<Row> rows =
          lake.has(table)
              ? lake.readOf(runs.published(), table)
              : spark().createDataFrame(List.<Row>of(), table.structType());
      rows.createOrReplaceTempView(table.name());
    }
    Map<String, List<String>> standing = new HashMap<>();
    queries.forEach(
        (what, query) ->
            standing.put(
                what,
                spark().sql(query).collectAsList().stream().map(Row::toString).sorted().toList()));
    assertThat(standing.values()).noneMatch(List::isEmpty);
    return standing;
  }

  @Tag("long")
  @Test
  void everyMartIsTheSame() throws Exception {
    Map<String, List<String>> undisturbed = undisturbed().marts();
    for (int seed = 1; seed <= 5; seed++) {
      NightRuns shuffled = runs(seed);
      shuffled.run(SharedLake.SECOND);
      // What a night says of files and rejected lines it says by their places.
      Tables.ALL.stream()
          .filter(table -> undisturbed.containsKey(table.name()))
          .forEach(
              table ->
                  assertThat(shuffled.rows(table))
                      .as(table.name())
                      .isEqualTo(undisturbed.get(table.name())));
    }
  }
}
