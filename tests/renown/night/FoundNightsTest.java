package renown.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.dumps.ParsedRecord;
import renown.dumps.Verb;
import renown.dumps.formats.FoundCases;
import renown.dumps.formats.Told;
import renown.lake.PublishedNights.Publication;
import renown.night.ingest.IngestStage;
import renown.tables.Accounts;
import renown.tables.Deletions;
import renown.tables.Exclusions;
import renown.tables.IgnoredKinds;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.MartRunHealth;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.Rejects;
import renown.tables.TableSchema;
import renown.tables.Tables;
import renown.tables.WaitingInteractions;
import renown.testing.NightRuns;
import renown.testing.Nights;
import renown.testing.SparkTest;

/**
 * The found inputs through nights, each as a network of its own: once all files on one night, once
 * file after file over three, once the other way round, and each under another time zone of the
 * machine.
 */
class FoundNightsTest {
  /** One lake, read whole. */
  private static final class ReadLake {
    private final Map<TableSchema, Map<String, List<Row>>> rows = new HashMap<>();
    private final Map<Long, String> ids = new HashMap<>();

    /** Who is gone from the network: nothing of it is scored. */
    private final Set<Long> gone = new TreeSet<>();

    final Map<String, Set<String>> optedOut = new TreeMap<>();

    ReadLake(NightRuns runs, Publication published) {
      for (TableSchema table :
          List.of(
              Accounts.TABLE,
              Deletions.TABLE,
              IgnoredKinds.TABLE,
              Interactions.TABLE,
              LoadedFiles.TABLE,
              PostTexts.TABLE,
              Posts.TABLE,
              Rejects.TABLE,
              WaitingInteractions.TABLE)) {
        Map<String, List<Row>> byNetwork = new HashMap<>();
        for (Row row : runs.lake().readOf(published, table).collectAsList()) {
          byNetwork.computeIfAbsent(row.getAs("network"), any -> new ArrayList<>()).add(row);
        }
        rows.put(table, byNetwork);
      }
      Map<Long, String> excluded = new HashMap<>();
      for (Row row : runs.lake().readOf(published, Exclusions.TABLE).collectAsList()) {
        excluded.put(row.getAs("account_key"), row.getAs("reason"));
      }
      excluded.forEach(
          (key, reason) -> {
            if (reason.equals("deleted")) {
              gone.add(key);
            }
          });
      rows.get(Accounts.TABLE)
          .values()
          .forEach(
              all ->
                  all.forEach(
                      row -> {
                        if ("opted out".equals(excluded.get(row.<Long>getAs("account_key")))) {
                          optedOut
                              .computeIfAbsent(row.getAs("network"), any -> new TreeSet<>())
                              .add(row.getAs("account_id"));
                        }
                      }));
      rows.get(Accounts.TABLE)
          .values()
          .forEach(
              all ->
                  all.forEach(row -> ids.put(row.getAs("account_key"), row.getAs("account_id"))));
    }

    List<Row> of(TableSchema table, String network) {
      return rows.get(table).getOrDefault(network, List.of());
    }
  }

  /** What a lake holds of one network, with the networks' own ids. */
  private record InLake(ReadLake lake, String network) implements Told {
    private String id(Row row, String column) {
      return lake.ids.get(row.<Long>getAs(column));
    }

    @Override
    public List<String> rejects() {
      return lake.of(Rejects.TABLE, network).stream().map(String::valueOf).toList();
    }

    @Override
    public Map<String, Long> ignored() {
      Map<String, Long> ignored = new TreeMap<>();
      lake.of(IgnoredKinds.TABLE, network)
          .forEach(
              row -> ignored.merge(row.getAs("rule"), row.getAs("statement_count"), Long::sum));
      return ignored;
    }

    @Override
    public long records() {
      return lake.of(LoadedFiles.TABLE, network).stream()
          .mapToLong(row -> row.<Long>getAs("line_count"))
          .sum();
    }

    @Override
    public Map<String, ParsedRecord> posts() {
      Map<String, ParsedRecord> posts = new TreeMap<>();
      for (Row row : lake.of(Posts.TABLE, network)) {
        if (lake.gone.contains(row.<Long>getAs("author_key"))) {
          continue;
        }
        ParsedRecord post =
            new ParsedRecord(ParsedRecord.Kind.POST, id(row, "author_key"), ParsedRecord.NO_TIME);
        post.recordId = row.getAs("post_id");
        assertThat(posts.put(post.recordId, post)).as(post.recordId).isNull();
      }
      lake.of(PostTexts.TABLE, network)
          .forEach(
              row -> {
                if (posts.containsKey(row.<String>getAs("post_id"))) {
                  posts.get(row.<String>getAs("post_id")).text = row.getAs("text");
                }
              });
      return posts;
    }

    @Override
    public Set<String> deleted() {
      Set<String> ids = new TreeSet<>();
      lake.of(Deletions.TABLE, network).forEach(row -> ids.add(row.getAs("record_id")));
      return ids;
    }

    @Override
    public Collection<Act> acts() {
      Map<List<Object>, Long> standing = new LinkedHashMap<>();
      Map<List<Object>, Act> acts = new LinkedHashMap<>();
      for (Row row : lake.of(Interactions.TABLE, network)) {
        if (lake.gone.contains(row.<Long>getAs("actor_key"))) {
          continue;
        }
        Act act = act(row, id(row, "target_key"));
        List<Object> what =
            List.of(
                row.getAs("record_print_high"),
                row.getAs("record_print_low"),
                act.verb(),
                act.target(),
                row.getAs("happened_at"));
        standing.merge(what, row.getAs("change"), Long::sum);
        acts.put(what, act);
      }
      List<Act> all = new ArrayList<>();
      standing.forEach(
          (what, count) -> {
            assertThat(count).as(what.toString()).isBetween(0L, 1L);
            if (count == 1) {
              all.add(acts.get(what));
            }
          });
      lake.of(WaitingInteractions.TABLE, network).stream()
          .filter(row -> row.<Long>getAs("target_key") == WaitingInteractions.NOT_KNOWN)
          .forEach(row -> all.add(act(row, null)));
      return all;
    }

    private Act act(Row row, String target) {
      Verb verb = Verb.valueOf(row.<String>getAs("verb").toUpperCase(Locale.ROOT));
      return new Act(
          verb, id(row, "actor_key"), target, row.getAs("object_id"), row.getAs("amount"));
    }

    @Override
    public Map<String, ParsedRecord> profiles() {
      Map<String, ParsedRecord> profiles = new TreeMap<>();
      for (Row row : lake.of(Accounts.TABLE, network)) {
        if (row.getAs("profile_at") != null) {
          ParsedRecord account =
              new ParsedRecord(
                  ParsedRecord.Kind.ACCOUNT, row.getAs("account_id"), ParsedRecord.NO_TIME);
          account.handle = row.getAs("handle");
          account.displayName = row.getAs("display_name");
          account.description = row.getAs("description");
          account.isAutomated = row.getAs("is_automated");
          profiles.put(account.accountId, account);
        }
      }
      return profiles;
    }

    @Override
    public List<String> everything() {
      List<String> all = new ArrayList<>();
      lake.rows
          .values()
          .forEach(
              byNetwork ->
                  byNetwork
                      .getOrDefault(network, List.of())
                      .forEach(row -> all.add(row.toString())));
      return all;
    }
  }

  private static final String PLAIN_TIMES = "spark.sql.datetime.java8API.enabled";
  private static final LocalDate LAST = LocalDate.of(2026, 11, 29);
  private static final String WEST = "America/Los_Angeles";
  private static final String EAST = "Pacific/Kiritimati";
  private static final String HALF_HOUR = "America/St_Johns";

  @TempDir static Path home;

  private static final Map<FoundCases.Input, List<InLake>> READ = new HashMap<>();
  private static final List<ReadLake> MIDNIGHTS = new ArrayList<>();

  /** What the lakes of midnight hold, without run times. */
  private static final List<Map<String, List<String>>> TABLES = new ArrayList<>();

  private interface Work {
    void run() throws Exception;
  }

  private static void in(String zone, Work work) throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      work.run();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @BeforeAll
  static void nights() throws Exception {
    FoundCases.skipWithoutData();
    Map<LocalDate, List<FoundCases.Input>> byNight = new TreeMap<>();
    for (FoundCases.Input input : FoundCases.inputs()) {
      byNight.computeIfAbsent(input.night(), any -> new ArrayList<>()).add(input);
    }
    for (Map.Entry<LocalDate, List<FoundCases.Input>> each : byNight.entrySet()) {
      List<FoundCases.Input> inputs = each.getValue();
      LocalDate last = each.getKey();
      in(WEST, () -> read(inputs, last, 1, false, "once-" + last));
      // Of relays that were asked on an evening the night before takes in what it tells, too.
      int nights = last.equals(LAST) ? 3 : 2;
      in(EAST, () -> read(inputs, last, nights, false, "parts-" + last));
      in(HALF_HOUR, () -> read(inputs, last, nights, true, "turned-" + last));
    }
    midnight(WEST);
    midnight(EAST);
  }

  /**
   * All inputs, on one night, or the files of each on one night after another.
   *
   * @param isTurned whether the last files come first
   */
  private static void read(
      List<FoundCases.Input> inputs, LocalDate last, int nights, boolean isTurned, String name)
      throws Exception {
    Random random = new Random(nights);
    Path raw = home.resolve(name).resolve("raw");
    List<String> formats = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      FoundCases.Input input = inputs.get(i);
      formats.add("found-" + i + "=" + input.format());
      int first = input.names().size() > 1 ? 0 : random.nextInt(nights);
      for (String file : input.names()) {
        int night = (first + input.names().indexOf(file)) % nights;
        LocalDate day = last.minusDays(isTurned ? night : nights - 1 - night);
        Path to = raw.resolve("found-" + i + "/dt=" + day + "/" + file);
        Path from = input.path().resolve(file);
        if (Files.isDirectory(from)) {
          FileUtils.copyDirectory(from.toFile(), to.toFile());
        } else {
          FileUtils.copyFile(from.toFile(), to.toFile());
        }
      }
    }
    NightRuns runs = runs(name, String.join(",", formats));
    for (int night = nights - 1; night >= 0; night--) {
      runs.run(List.of(new IngestStage()), last.minusDays(night).toString());
    }
    ReadLake lake = new ReadLake(runs, runs.published());
    for (int i = 0; i < inputs.size(); i++) {
      READ.computeIfAbsent(inputs.get(i), any -> new ArrayList<>())
          .add(new InLake(lake, "found-" + i));
    }
  }

  private static NightRuns runs(String name, String formats) {
    return new NightRuns(home.resolve(name).resolve("raw"), home.resolve(name).resolve("lake"))
        .without("score.reference-accounts-min")
        .with("ingest.formats", formats)
        // Some inputs are there to be refused.
        .with("ingest.rejected-share-max", "1");
  }

  private static void midnight(String zone) throws Exception {
    String name = "midnight-" + MIDNIGHTS.size();
    Path data = FoundCases.Input.of("neutral", "utc-midnight", "midnight").path();
    FileUtils.copyDirectory(data.toFile(), home.resolve(name).resolve("raw").toFile());
    NightRuns runs = runs(name, "midnight=neutral");
    in(
        zone,
        () -> {
          for (JsonNode night : FoundCases.expected("utc-midnight").get("nights")) {
            runs.run(Nights.ofCounts(), night.asText());
          }
          // Times and days as such, not as this machine's clock shows them.
          SparkTest.spark().conf().set(PLAIN_TIMES, "true");
          try {
            Map<String, List<String>> tables = new TreeMap<>();
            Tables.ALL.stream()
                .filter(table -> !table.floor().equals("runs") && runs.lake().has(table))
                .filter(table -> table != MartRunHealth.TABLE)
                .forEach(table -> tables.put(table.name(), runs.rows(table)));
            // When a file was copied is not told by what is in it.
            tables.remove(LoadedFiles.TABLE.name());
            TABLES.add(tables);
            MIDNIGHTS.add(new ReadLake(runs, runs.published()));
          } finally {
            SparkTest.spark().conf().unset(PLAIN_TIMES);
          }
        });
  }

  /** What nights find besides. */
  abstract static class NightCases extends FoundCases {
    @Test
    void loginsThatOthersTake() throws Exception {
      JsonNode right = expected("github-login-reused").get("accounts_by_numeric_id");
      for (Input input : LOGINS) {
        loginsThatOthersTake(right, told(input));
      }
    }

    @Test
    void profilesThatAskToBeLeftAlone() throws Exception {
      JsonNode right = expected("nobot-bios");
      InLake told = (InLake) told(BIOS);
      assertThat(told.profiles()).hasSize(right.get("accounts").asInt());
      Set<String> asked = new TreeSet<>();
      told.lake
          .optedOut
          .getOrDefault(told.network, Set.of())
          .forEach(id -> asked.add(id.substring(id.lastIndexOf('/') + 1)));
      Set<String> expected = new TreeSet<>();
      right.get("ask_to_be_left_alone").forEach(name -> expected.add(name.asText()));
      assertThat(asked).isEqualTo(expected);
    }

    private static void loginsThatOthersTake(JsonNode right, Told told) throws Exception {
      assertThat(told.rejects()).isEmpty();
      assertThat(told.records()).isEqualTo(expected("github-login-reused").get("events").asInt());
      for (var account : right.properties()) {
        String id = account.getKey().split(" ")[0];
        JsonNode counts = account.getValue();
        assertThat(received(told, Verb.LIKE, id)).isEqualTo(counts.get("stars_received").asLong());
        assertThat(received(told, Verb.REPOST, id))
            .isEqualTo(counts.get("forks_received").asLong());
        assertThat(received(told, Verb.REPLY, id))
            .isEqualTo(counts.path("replies_received").asLong());
        assertThat(told.authors().values().stream().filter(id::equals).count())
            .isEqualTo(counts.path("issues_opened").asLong());
        assertThat(told.acts(Verb.REPOST).stream().filter(act -> act.actor().equals(id)).count())
            .isEqualTo(counts.path("forks_made").asLong());
      }
    }

    private static long received(Told told, Verb verb, String id) {
      return told.acts(verb).stream().filter(act -> id.equals(act.target())).count();
    }
  }

  @Nested
  class AllFilesOnOneNight extends NightCases {
    @Override
    protected Told told(Input input) {
      return READ.get(input).get(0);
    }
  }

  @Nested
  class FilesNightByNight extends NightCases {
    @Override
    protected Told told(Input input) {
      return READ.get(input).get(1);
    }
  }

  @Nested
  class LastFilesOnTheFirstNight extends NightCases {
    @Override
    protected Told told(Input input) {
      return READ.get(input).get(2);
    }
  }

  @Test
  void actsAroundMidnight() throws Exception {
    JsonNode right = FoundCases.expected("utc-midnight");
    for (ReadLake lake : MIDNIGHTS) {
      Map<String, Long> found = new TreeMap<>();
      for (Row row : lake.of(Interactions.TABLE, "midnight")) {
        String day = row.<Instant>getAs("happened_at").toString().substring(0, 10);
        found.merge(day + " " + row.getAs("verb"), row.<Long>getAs("change"), Long::sum);
        assertThat(String.valueOf(row.<Object>getAs("night"))).isEqualTo(day);
      }
      Map<String, Long> expected = new TreeMap<>();
      right
          .get("by_utc_day_and_verb")
          .properties()
          .forEach(one -> expected.put(one.getKey(), one.getValue().asLong()));
      assertThat(found).isEqualTo(expected);
    }
    assertThat(TABLES.get(1)).isEqualTo(TABLES.get(0));
  }
}
