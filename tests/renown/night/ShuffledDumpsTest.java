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
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.lake.Lake;
import renown.night.ingest.IngestStage;
import renown.tables.AccountLists;
import renown.tables.Accounts;
import renown.tables.Deletions;
import renown.tables.Exclusions;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.MartNetworkActivity;
import renown.tables.MartRunHealth;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.Rejects;
import renown.tables.TableSchema;
import renown.tables.Tables;
import renown.tables.WaitingInteractions;
import renown.testing.NightRuns;
import renown.testing.SharedLake;
import renown.testing.SparkTest;

/**
 * The dumps of a society with their lines in another order, in other files and on other days of one
 * night: what comes of them is the same. Bytes are left as they are, for some lines are none.
 */
class ShuffledDumpsTest extends SparkTest {
  private static final List<String> DAYS = List.of(SharedLake.FIRST, SharedLake.SECOND);
  private static final int FILES = 3;
  private static final Set<TableSchema> BY_PLACE =
      Set.of(LoadedFiles.TABLE, Rejects.TABLE, MartRunHealth.TABLE);

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
                      new GZIPInputStream(Files.newInputStream(file)),
                      StandardCharsets.ISO_8859_1))) {
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
                        file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)),
                StandardCharsets.ISO_8859_1))) {
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

  /** Half of the lines on each of two nights, in one order of these nights or the other. */
  private NightRuns halves(boolean isTurned) throws Exception {
    Path home = folder.resolve(isTurned ? "turned" : "halves");
    Random random = new Random(9);
    for (Map.Entry<String, List<String>> network : lines().entrySet()) {
      List<List<String>> halves = List.of(new ArrayList<>(), new ArrayList<>());
      network.getValue().forEach(line -> halves.get(random.nextInt(2)).add(line));
      for (int half = 0; half < 2; half++) {
        String day = DAYS.get(isTurned ? 1 - half : half);
        Path file = home.resolve("raw/" + network.getKey() + "/dt=" + day + "/lines.jsonl.gz");
        write(file, halves.get(half));
      }
    }
    return ofIngest(SharedLake.runs(home.resolve("raw"), home.resolve("lake")));
  }

  private static NightRuns ofIngest(NightRuns runs) {
    return runs.without("score.reference-accounts-min").without("credibility.trusted");
  }

  private static NightRuns undisturbed() throws Exception {
    return SharedLake.runs(SharedLake.raw(), SharedLake.afterFirstNight());
  }

  /** What ingest writes, but for where lines stood. */
  private static List<TableSchema> core() {
    return new IngestStage().outputs().stream().filter(table -> !BY_PLACE.contains(table)).toList();
  }

  /** What is known and stands, with the networks' own ids, and without when it was loaded. */
  private static Map<String, TreeSet<String>> standing(NightRuns runs) {
    Lake lake = runs.lake();
    Map<Long, String> ids = new HashMap<>();
    Map<String, TreeSet<String>> all = new TreeMap<>();
    for (Row row : lake.rows(Accounts.TABLE)) {
      ids.put(row.getAs("account_key"), row.getAs("account_id"));
      add(all, row, ids, List.of("first_night"), "account_key");
    }
    for (Row row : lake.rows(Posts.TABLE)) {
      add(all, row, ids, List.of("night"), "author_key");
    }
    for (Row row : lake.rows(PostTexts.TABLE)) {
      add(all, row, ids, List.of("night"));
    }
    for (Row row : lake.rows(AccountLists.TABLE)) {
      add(all, row, ids, List.of("night"), "owner_key");
    }
    for (Row row : lake.rows(Exclusions.TABLE)) {
      add(all, row, ids, List.of("night"), "account_key");
    }
    for (Row row : lake.rows(Deletions.TABLE)) {
      // Of several deletions of one record not all are kept.
      add(all, row, ids, List.of("night", "witnessed_at"), "deleter_key");
    }
    Map<String, Long> acts = new TreeMap<>();
    for (Row row : lake.rows(Interactions.TABLE)) {
      List<String> loaded = List.of("night", "change", "happened_at", "shown_at");
      acts.merge(text(row, ids, loaded, "actor_key", "target_key"), row.getAs("change"), Long::sum);
    }
    acts.forEach(
        (act, change) -> {
          assertThat(change).as(act).isBetween(0L, 1L);
          if (change == 1) {
            all.computeIfAbsent("acts", any -> new TreeSet<>()).add(act);
          }
        });
    for (Row row : lake.rows(WaitingInteractions.TABLE)) {
      if (row.<Long>getAs("target_key") == WaitingInteractions.NOT_KNOWN) {
        add(all, row, ids, List.of("night"), "actor_key", "target_key");
      }
    }
    return all;
  }

  private static void add(
      Map<String, TreeSet<String>> all,
      Row row,
      Map<Long, String> ids,
      List<String> left,
      String... keys) {
    all.computeIfAbsent(String.join(" ", row.schema().fieldNames()), any -> new TreeSet<>())
        .add(text(row, ids, left, keys));
  }

  private static String text(Row row, Map<Long, String> ids, List<String> left, String... keys) {
    List<String> values = new ArrayList<>();
    for (String column : row.schema().fieldNames()) {
      Object value = row.getAs(column);
      if (!left.contains(column)) {
        values.add(String.valueOf(List.of(keys).contains(column) ? ids.get((Long) value) : value));
      }
    }
    return String.join("|", values);
  }

  @Test
  void onOneNightAllThatIsReadIsTheSame() throws Exception {
    NightRuns undisturbed = undisturbed();
    for (int seed = 1; seed <= 2; seed++) {
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

  @Test
  void inTheEndItDoesNotMatterWhichNightCameFirst() throws Exception {
    Map<String, TreeSet<String>> expected = standing(undisturbed());
    assertThat(expected).hasSizeGreaterThan(6);
    for (boolean isTurned : new boolean[] {false, true}) {
      NightRuns halves = halves(isTurned);
      for (String day : DAYS) {
        halves.run(List.of(new IngestStage()), day);
      }
      Map<String, TreeSet<String>> found = standing(halves);
      expected.forEach((table, rows) -> assertThat(found.get(table)).as(table).isEqualTo(rows));
      assertThat(found.keySet()).isEqualTo(expected.keySet());
    }
  }

  /** Some minutes of a machine: five whole nights. */
  @Tag("long")
  @Test
  void everyTableIsTheSameHoweverTheDumpsAreCut() throws Exception {
    NightRuns undisturbed = undisturbed();
    List<TableSchema> compared =
        Tables.OF_A_NIGHT.stream()
            .filter(table -> undisturbed.lake().has(table))
            // What a night says of files and rejected lines it says by their places, and what it
            // cost depends on the machine.
            .filter(table -> !BY_PLACE.contains(table))
            .toList();
    assertThat(compared).hasSizeGreaterThan(40);
    for (int seed = 1; seed <= 5; seed++) {
      NightRuns shuffled = runs(seed);
      shuffled.run(SharedLake.SECOND);
      for (TableSchema table : compared) {
        assertThat(rows(shuffled, table)).as(table.name()).isEqualTo(rows(undisturbed, table));
      }
    }
  }

  /** But for how many files there were. */
  private static List<String> rows(NightRuns runs, TableSchema table) {
    return runs.rows(table).stream()
        .filter(row -> table != MartNetworkActivity.TABLE || !row.contains(",file,"))
        .toList();
  }
}
