package renown.ask.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import renown.ask.sql.PublishedMarts;
import renown.lake.PublishedNights.Publication;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

class ReportJobTest extends SparkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String AXE = "4.14.1";

  @TempDir private static Path shared;

  private static String page;

  /** The page of the last night, made once. */
  private static String page() throws Exception {
    if (page == null) {
      Path file = shared.resolve("page.html");
      run(Optional.empty(), "--output", file.toString(), "--topic-words");
      page = Files.readString(file);
    }
    return page;
  }

  private static String run(Optional<LocalDate> night, String... options) throws Exception {
    ReportJob job = new ReportJob();
    new CommandLine(job).parseArgs(options);
    Config config =
        Config.load(
            job.keys(),
            job.keys(),
            Optional.empty(),
            Map.of("lake.root", SmallLake.root().toUri().toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            config,
            night,
            clock,
            new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), clock),
            SparkTest::spark));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String element(String id) throws Exception {
    Matcher matcher =
        Pattern.compile("id=\"" + id + "\">(.*?)</script>", Pattern.DOTALL).matcher(page());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static JsonNode data() throws Exception {
    ObjectNode data = (ObjectNode) JSON.readTree(element("data"));
    data.set("cards", JSON.readTree(element("cards")));
    return data;
  }

  private static Stream<JsonNode> rows(JsonNode parent, String name) {
    return StreamSupport.stream(parent.get(name).spliterator(), false);
  }

  // ---- What it shows

  @Test
  void theNumbersAreThoseOfTheMarts() throws Exception {
    JsonNode data = data();
    assertThat(data.get("night").asText()).isEqualTo(SmallLake.LAST.toString());
    assertThat(rows(data, "networks"))
        .extracting(
            row -> row.get("network").asText(),
            row -> row.get("account_count").asInt(),
            row -> row.get("scored_count").asInt(),
            row -> row.get("scored_before").asInt(),
            row -> row.get("median").asDouble())
        .containsExactly(tuple("bluesky", 30, 25, 25, 37.8), tuple("x", 30, 25, 25, 36.8));
    for (String network : SmallLake.NETWORKS) {
      assertThat(
              rows(data, "distribution")
                  .filter(row -> row.get("network").asText().equals(network))
                  .mapToInt(row -> row.get("account_count").asInt())
                  .sum())
          .isEqualTo(SmallLake.SCORED);
    }
    // 62 + 9 / 4 on bluesky, in steps of 2.5.
    assertThat(rows(data, "distribution").mapToInt(row -> row.get("bin").asInt()).max())
        .hasValue((int) (64.25 / 2.5));
    JsonNode tonight = rows(data, "activity").toList().get(1);
    assertThat(tonight.get("network").asText()).isEqualTo("x");
    assertThat(tonight.get("line_count").asInt()).isEqualTo(250);
    assertThat(tonight.get("act_count").asInt()).isEqualTo(37 + 100 + 20 + 7);
    assertThat(rows(data, "validation")).hasSize(3 * 2 * 5);
    assertThat(rows(data, "stages")).hasSize(5);
  }

  @Test
  void aTopicShowsWhatPostsAreTakenToBeAboutItBy() throws Exception {
    JsonNode data = data();
    assertThat(rows(data, "topicWords"))
        .extracting(
            row -> row.get("language").asText(),
            row -> row.get("word").asText(),
            row -> row.get("weight").asDouble())
        .containsExactly(
            tuple("en", "permafrost", 3.0),
            tuple("en", "heatwave", 2.3),
            tuple("es", "deshielo", 2.5));
    assertThat(rows(data, "topicPosts"))
        .extracting(
            row -> row.get("topic_id").asText().equals("*"),
            row -> row.get("basis").asText(),
            row -> row.get("post_count").asInt(),
            row -> row.get("post_ids").toString())
        .containsExactly(
            tuple(true, "seen", 4, "[]"),
            tuple(true, "told", 2, "[]"),
            tuple(false, "co-occurrence", 1, "[\"post-1\"]"),
            tuple(false, "term", 1, "[\"post-0\"]"));
  }

  @Test
  void whatMovedMostStandsWithItsReasons() throws Exception {
    List<JsonNode> movers = rows(data(), "movers").toList();
    // Of 25 accounts 13 gain and 12 lose: ten of either, on each network.
    assertThat(movers).hasSize(40);
    for (JsonNode mover : movers) {
      assertThat(Math.abs(mover.get("score_change").asDouble())).isEqualTo(0.25);
      double sum = rows(mover, "reasons").mapToDouble(r -> r.get("points").asDouble()).sum();
      assertThat(sum).isCloseTo(mover.get("score_change").asDouble(), within(0.02));
      assertThat(mover.get("reasons").get(0).get("term").asText()).isEqualTo("authority");
      assertThat(mover.get("reasons").get(0).get("source_key").asLong()).isNotNegative();
    }
  }

  @Test
  void everyLeaderHasAScoreCardWithItsHistory() throws Exception {
    JsonNode data = data();
    assertThat(rows(data, "leaders")).hasSize(40);
    assertThat(data.get("leaderCount").asInt()).isEqualTo(40);
    Set<Long> wanted = new TreeSet<>();
    rows(data, "leaders").forEach(row -> wanted.add(row.get("account_key").asLong()));
    rows(data, "movers").forEach(row -> wanted.add(row.get("account_key").asLong()));
    assertThat(rows(data, "cards").map(row -> row.get("account_key").asLong()))
        .containsAll(wanted)
        .doesNotHaveDuplicates();
    JsonNode card =
        rows(data, "cards")
            .filter(row -> row.get("account_key").asLong() == SmallLake.key(1, 6))
            .findFirst()
            .orElseThrow();
    assertThat(card.get("score").asDouble()).isEqualTo(SmallLake.score(1, 6, SmallLake.NIGHTS - 1));
    assertThat(rows(card, "terms").mapToDouble(row -> row.get("points").asDouble()).sum())
        .isCloseTo(card.get("score").asDouble(), within(0.01));
    assertThat(rows(card, "history")).hasSize(SmallLake.NIGHTS);
    assertThat(card.get("history").get(0).get(0).asInt()).isEqualTo(1 - SmallLake.NIGHTS);
    assertThat(rows(card, "sources").map(row -> row.get("share").asDouble()))
        .containsExactly(0.5, 0.25, 0.1667);
    assertThat(card.get("explanation_es").asText()).startsWith("La puntuación");
  }

  @Test
  void postsThatBrokeOutAreToldInNumbers() throws Exception {
    JsonNode data = data();
    assertThat(rows(data, "breakouts"))
        .extracting(
            row -> row.get("network").asText(),
            row -> row.get("post_id").asText(),
            row -> row.get("account_key").asLong(),
            row -> row.get("expected_count").asDouble(),
            row -> row.get("observed_count").asInt(),
            row -> row.get("breakout_count").asInt(),
            row -> row.get("was_warned").asBoolean())
        .containsExactly(
            tuple("bluesky", "post-0", SmallLake.key(0, 20), 2.0, 40, 3, true),
            tuple("bluesky", "post-1", SmallLake.key(0, 21), 2.0, 39, 3, false),
            tuple("bluesky", "post-2", SmallLake.key(0, 22), 2.0, 38, 3, false),
            tuple("x", "post-0", SmallLake.key(1, 20), 2.0, 40, 3, true),
            tuple("x", "post-1", SmallLake.key(1, 21), 2.0, 39, 3, false),
            tuple("x", "post-2", SmallLake.key(1, 22), 2.0, 38, 3, false));
    // Of the two nights on which it was seen, the later one tells its exposure.
    JsonNode first = data.get("breakouts").get(0);
    assertThat(first.get("exposure_low").asDouble()).isEqualTo(60);
    assertThat(first.get("exposure_high").asDouble()).isEqualTo(900);
    assertThat(first.get("hours_to_half").asDouble()).isEqualTo(3);
    assertThat(first.get("tail_probability").asDouble()).isEqualTo(1e-12);
    assertThat(Instant.ofEpochMilli(first.get("posted_millis").asLong()))
        .isEqualTo(SmallLake.LAST.minusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC));
    assertThat(data.get("breakouts").get(2).has("topic_id")).isFalse();

    assertThat(rows(data, "warnings").map(row -> row.get("handle").asText()))
        .containsExactly("bluesky-23", "x-23");
    assertThat(rows(data, "outcomes"))
        .extracting(
            row -> row.get("warned_count").asInt(),
            row -> row.get("breakout_count").asInt(),
            row -> row.get("confirmed_count").asInt())
        .containsExactly(tuple(6, 5, 4), tuple(6, 5, 4));
    Set<Long> cards = new TreeSet<>();
    rows(data, "cards").forEach(card -> cards.add(card.get("account_key").asLong()));
    assertThat(cards).contains(SmallLake.key(0, 22), SmallLake.key(1, 23));
  }

  @Test
  void bridgesAddUpOverPairsOfCommunities() throws Exception {
    assertThat(rows(data(), "bridges"))
        .extracting(
            row -> row.get("account_key").asLong(),
            row -> row.get("place").asInt(),
            row -> row.get("community_count").asInt(),
            row -> row.get("post_count").asInt(),
            row -> row.get("recipient_count").asInt(),
            row -> row.get("credible_recipient_sum").asDouble())
        .containsExactly(
            tuple(SmallLake.key(0, 2), 1, 2, 3 + 4, 30, 12.0),
            tuple(SmallLake.key(0, 3), 2, 2, 3 + 4, 30, 10.0),
            tuple(SmallLake.key(1, 2), 1, 2, 3 + 4, 30, 12.0),
            tuple(SmallLake.key(1, 3), 2, 2, 3 + 4, 30, 10.0));
    JsonNode path = data().get("bridges").get(0).get("paths").get(1);
    assertThat(path.get("from_key").asLong()).isEqualTo(SmallLake.key(0, 11));
    assertThat(path.get("from_handle").asText()).isEqualTo("bluesky-11");
    assertThat(path.get("to_handle").asText()).isEqualTo("bluesky-5");
  }

  @Test
  void theMapHoldsCommunitiesAndWhoCarriesBetweenThem() throws Exception {
    JsonNode data = data();
    assertThat(rows(data, "communities"))
        .extracting(
            row -> row.get("community_key").asLong(),
            row -> row.get("member_count").asInt(),
            row -> row.get("topic_ids").asText(),
            row -> row.get("members").size())
        .containsExactly(
            tuple(SmallLake.key(0, 5), 10, "chess", 5),
            tuple(SmallLake.key(0, 11), 8, "chess climate", 5),
            tuple(SmallLake.key(1, 5), 10, "chess", 5),
            tuple(SmallLake.key(1, 11), 8, "chess climate", 5));
    // The highest scores first.
    JsonNode first = data.get("communities").get(0).get("members").get(0);
    assertThat(first.get("account_key").asLong()).isEqualTo(SmallLake.key(0, 0));
    assertThat(first.get("score").asDouble())
        .isEqualTo(SmallLake.score(0, 0, SmallLake.NIGHTS - 1), within(0.051));
    // The community of the tenth account is not on the map, so nothing leads there.
    assertThat(rows(data, "crossings"))
        .extracting(
            row -> row.get("from_key").asLong(),
            row -> row.get("to_key").asLong(),
            row -> row.get("recipient_count").asInt())
        .containsExactly(
            tuple(SmallLake.key(0, 11), SmallLake.key(0, 5), 30),
            tuple(SmallLake.key(1, 11), SmallLake.key(1, 5), 30));
    assertThat(rows(data.get("crossings").get(0), "bridges"))
        .extracting(row -> row.get("account_key").asLong())
        .containsExactly(SmallLake.key(0, 2), SmallLake.key(0, 3));
  }

  @Test
  void aCardNamesTheCausesOfItsLargestMoves() throws Exception {
    JsonNode card =
        rows(data(), "cards")
            .filter(row -> row.get("account_key").asLong() == SmallLake.key(0, 4))
            .findFirst()
            .orElseThrow();
    // All are equally large: the latest five.
    assertThat(rows(card, "moves").map(move -> move.get("day").asInt()))
        .containsExactly(0, -1, -2, -3, -4);
    JsonNode move = card.get("moves").get(1);
    assertThat(move.get("change").asDouble()).isEqualTo(0.25);
    assertThat(rows(move, "reasons").map(reason -> reason.get("term").asText()))
        .containsExactly("authority", "authority", "reactors");
    assertThat(move.get("reasons").get(0).get("source_handle").asText())
        .isEqualTo(SmallLake.handle(0, 5));
  }

  @Test
  void campaignsStandBesideSimplerLists() throws Exception {
    assertThat(rows(data(), "campaigns"))
        .extracting(
            row -> row.get("campaign").asText(),
            row -> row.get("place").asInt(),
            row -> row.get("seat_count").asInt(),
            row -> row.get("new_count").asInt(),
            row -> row.get("together_count").asInt(),
            row -> row.get("top_scores_count").asInt(),
            row -> row.get("random_count").asInt())
        .containsExactly(
            tuple("spring", 1, 3, 20, 20, 20, 20),
            tuple("spring", 2, 3, 20, 40, 30, 20),
            tuple("spring", 3, 3, 20, 60, 40, 20));
  }

  @Test
  void aTableThatANightHadNotYetIsNamed() throws Exception {
    Map<String, Long> versions = new HashMap<>();
    PublishedMarts.marts().forEach(mart -> versions.put(mart.path(), 3L));
    versions.remove("marts/mart_bridges");
    JsonNode json =
        JSON.readTree(
            ReportJob.json(
                new Publication(SmallLake.LAST, 1, "run", versions), Map.of("bridges", "[]")));
    assertThat(json.get("absent")).hasToString("[\"mart_bridges\"]");
    assertThat(data().get("absent")).isEmpty();
  }

  /** Whatever is chosen of topic, network, kind and language: its first accounts are there. */
  @Test
  void aSmallPageOfAnEarlierNightKeepsTheFirstOfEveryChoice() throws Exception {
    Path file = folder.resolve("before.html");
    LocalDate before = SmallLake.LAST.minusDays(1);
    String said =
        run(
            Optional.of(before),
            "--output",
            file.toString(),
            "--leaders",
            "1",
            "--history-days",
            "2");
    assertThat(said).contains("The report of night " + before);
    String small = Files.readString(file);
    assertThat(small)
        .contains("\"night\":\"" + before + "\"", "<title>Renown " + before + "</title>")
        .contains("Score of " + SmallLake.score(0, 0, SmallLake.NIGHTS - 2) + " in a sentence");
    assertThat(folder).isDirectoryNotContaining("glob:**.crc");
    JsonNode data = part(small, "data");
    Set<String> choices = new TreeSet<>();
    rows(data(), "leaders").forEach(row -> choices.add(choice(row)));
    assertThat(rows(data, "leaders").map(ReportJobTest::choice))
        .containsExactlyInAnyOrderElementsOf(choices);
    assertThat(
            StreamSupport.stream(part(small, "cards").spliterator(), false)
                .mapToInt(card -> card.get("history").size())
                .max())
        .hasValue(2);
  }

  private static JsonNode part(String page, String id) throws Exception {
    int begin = page.indexOf("id=\"" + id + "\">") + id.length() + 6;
    return JSON.readTree(page.substring(begin, page.indexOf("</script>", begin)));
  }

  private static String choice(JsonNode row) {
    return Stream.of("topic_id", "network", "kind", "language")
        .map(name -> String.valueOf(row.get(name)))
        .toList()
        .toString();
  }

  @Test
  void mistakesAreToldInOneLine() {
    assertThatThrownBy(() -> run(Optional.of(LocalDate.of(2025, 1, 1))))
        .isInstanceOf(RenownException.class)
        .hasMessage("Night 2025-01-01 is not published; the last one that is, is 2026-01-14.");
    assertThatThrownBy(() -> run(Optional.empty(), "--leaders", "0"))
        .isInstanceOf(RenownException.class)
        .hasMessage("--leaders 0: it must be 1 to 100.");
    assertThatThrownBy(() -> run(Optional.empty(), "--output", folder.toString()))
        .isInstanceOf(RenownException.class)
        .hasMessage("--output " + folder + " is a folder: give a file.");
  }

  // ---- Strangers' words

  @Test
  void hostileNamesStayData() throws Exception {
    List<String> handles =
        rows(data(), "cards")
            .filter(card -> card.has("handle"))
            .map(card -> card.get("handle").asText())
            .toList();
    assertThat(handles).containsAll(SmallLake.HOSTILE);
    assertThat(element("data")).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    for (String handle : SmallLake.HOSTILE.subList(0, 3)) {
      assertThat(page()).doesNotContain(handle);
    }
    assertThat(page().split("<script", -1))
        .as("scripts: texts, data, cards, charts, ours")
        .hasSize(6);
  }

  @Test
  void escapingKeepsTheMeaning() throws Exception {
    String hostile = String.join("", SmallLake.HOSTILE) + "\\u003c \\\\ ]]> \u0000";
    String json = JSON.writeValueAsString(Map.of("handle", hostile));
    String safe = ReportPage.embeddable(json);
    assertThat(JSON.readTree(safe).get("handle").asText()).isEqualTo(hostile);
    assertThat(safe).doesNotContain("<", ">", "&", "\u2028", "\u2029");
  }

  @Test
  void thePolicyLetsRunTheseScriptsAndNothingElse() throws Exception {
    Matcher policy = Pattern.compile("Content-Security-Policy\" content=\"(.*?)\"").matcher(page());
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1))
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe", "http", "*");
    List<String> inline = new ArrayList<>();
    Matcher scripts =
        Pattern.compile("<(?:script|style)>(.*?)</(?:script|style)>", Pattern.DOTALL)
            .matcher(page());
    while (scripts.find()) {
      inline.add(scripts.group(1));
    }
    assertThat(inline).hasSize(3);
    for (String text : inline) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      assertThat(policy.group(1)).contains("'sha256-" + Base64.getEncoder().encodeToString(hash));
    }
    // Nothing is asked of any network.
    String own = page().replace(inline.get(1), "");
    assertThat(own).doesNotContain("http://", "https://", "@import", "fetch(", "innerHTML");
    assertThat(page()).contains("Released under the MIT License");
    // Nor does it say where its tables lie.
    assertThat(page()).doesNotContain(SmallLake.root().toString(), "file:/", "s3a:");
  }

  // ---- Languages

  @Test
  void everythingIsSaidInBothLanguages() throws Exception {
    JsonNode texts = JSON.readTree(element("texts"));
    Set<String> english = names(texts.get("en"));
    assertThat(names(texts.get("es"))).isEqualTo(english);
    String source = page().substring(page().lastIndexOf("<script>"));
    Matcher used =
        Pattern.compile("(?:text|note)\\(\"([a-z][\\w.]*[a-z])\"|data-(?:text|label)=\"(\\w+)\"")
            .matcher(page().substring(0, page().indexOf("<script")) + source);
    Set<String> keys = new TreeSet<>();
    while (used.find()) {
      keys.add(used.group(1) == null ? used.group(2) : used.group(1));
    }
    assertThat(keys).hasSizeGreaterThan(50);
    assertThat(english).containsAll(keys);
    // What belongs to a word of a table, or is the title of a section, is put together.
    String own = page().substring(0, page().indexOf("<script")) + source;
    assertThat(english)
        .filteredOn(key -> !key.matches("(term|meaning|kind|predictor|sign|verdict|theme)\\..*"))
        .allMatch(key -> own.contains("\"" + key + "\""));
    for (String key : english) {
      assertThat(slots(texts.get("es").get(key).asText()))
          .as(key)
          .isEqualTo(slots(texts.get("en").get(key).asText()));
    }
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> slots(String text) {
    Set<String> slots = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{\\w+}").matcher(text);
    while (matcher.find()) {
      slots.add(matcher.group());
    }
    return slots;
  }

  // ---- In a browser

  @Test
  void aBrowserShowsItAndRunsNothingOfStrangers() throws Exception {
    Path browser = browser();
    page();
    String shown = dom(browser, "page.html", "?lang=es#account=" + SmallLake.key(1, 0));
    assertThat(shown)
        .contains("<html lang=\"es\"", "Lo que cambió", "La puntuación de ")
        // The card is open, its charts and their tables are there.
        .containsPattern("<dialog id=\"card\"[^>]* open=\"\"")
        .contains("<canvas role=\"img\" aria-label=\"De qué se compone la puntuación\"")
        .contains("&lt;/script&gt;&lt;script&gt;", "&lt;img src=x onerror=")
        .contains("\ufffdgro.live\ufffd")
        .contains("Pudieron verla de 60 a 900 cuentas", "1 entre 1 billón")
        .contains("Clima: las 3 cuentas alcanzan 60;")
        .doesNotContain(
            "data-owned", "NaN", "undefined", "[object", "Invalid Date", "<img", "<svg onload");
    String english = dom(browser, "page.html", "?lang=en");
    assertThat(english)
        .contains("<html lang=\"en\"", "What moved", "Highest expertise: 10 shown")
        .containsPattern("<option value=\"climate\">Climate</option>")
        .contains("6 of 600 posts looked at.", "Warned of on the night before")
        .contains("12 warnings; 10 breakouts that could have been warned of, of which 8 were.")
        .contains("as many of the highest scores 40 (ours: 50% more).")
        .doesNotContain(
            "<dialog id=\"card\" aria-labelledby=\"card-title\" open", "NaN", "undefined");
    // Every picture has a name and, beside or below it, its numbers.
    assertThat(english.split("<canvas", -1).length - 1).isEqualTo(6);
    assertThat(english).doesNotContainPattern("<canvas(?![^>]*aria-label)");
  }

  /**
   * Everybody with a score is found by the beginning of a name; who has no card has the numbers.
   */
  @Test
  void accountsAreFoundByName() throws Exception {
    assertThat(rows(data(), "index")).hasSize(2 * SmallLake.SCORED);
    Path browser = browser();
    page();
    String found = dom(browser, "page.html", "?lang=en&find=" + "ALICE.EX");
    assertThat(found)
        .containsPattern("<div id=\"found\"[^>]*><ul><li><button[^>]*>.*alice\\.example")
        .doesNotContain("data-owned");
    assertThat(dom(browser, "page.html", "?lang=en&find=nobody-of-that-name"))
        .contains("No account with a score has such a name.");
    assertThat(dom(browser, "page.html", "?lang=en&find=script"))
        .contains("&lt;/script&gt;&lt;script&gt;")
        .doesNotContain("data-owned");
  }

  @Test
  void anAddressLeadsToAPost() throws Exception {
    Path browser = browser();
    page();
    assertThat(dom(browser, "page.html", "?lang=en#post=post-1"))
        .containsOnlyOnce("aria-current")
        .containsPattern("data-post=\"post-1\"[^>]* aria-current=\"true\"");
    assertThat(dom(browser, "page.html", "?lang=en#post=not-here")).doesNotContain("aria-current");
  }

  @Test
  void aNightWithoutAnythingSaysSo() throws Exception {
    Path browser = browser();
    String empty =
        data().properties().stream()
            .filter(section -> section.getValue().isArray())
            .filter(section -> !section.getKey().equals("absent"))
            .map(section -> "\"" + section.getKey() + "\":[]")
            .collect(Collectors.joining(","));
    Files.writeString(
        shared.resolve("empty.html"),
        ReportPage.html(
            "2026-01-14",
            "{\"night\":\"2026-01-14\",\"runId\":\"run\",\"leaderCount\":0,"
                + "\"absent\":[\"mart_early_warnings\",\"mart_bridges\"],"
                + empty
                + "}",
            "[]"));
    assertThat(dom(browser, "empty.html", "?lang=en"))
        .contains(
            "No post broke out on this night.",
            "do not hold mart_early_warnings yet",
            "do not hold mart_bridges yet",
            "No campaign is defined",
            "id=\"health-title\"")
        .doesNotContain("<canvas", "NaN", "undefined");
  }

  /** Where ours was ahead of all simpler predictors, nobody is warned. */
  @Test
  void whereASimplerPredictorWasAheadTheValidationStandsFirst() throws Exception {
    Path browser = browser();
    page();
    String warning = "a simpler predictor told better";
    assertThat(dom(browser, "page.html", "?lang=en")).doesNotContain(warning);
    // The bounds of the advantage change their signs, and so their places.
    String worse =
        page()
            .replaceAll("\"advantage_low\":([-0-9.E]+)", "\"was_low\":$1")
            .replaceAll("\"advantage_high\":", "\"advantage_high\":-");
    worse = worse.replaceAll("\"was_low\":[-0-9.E]+", "\"advantage_low\":-0.9");
    Files.writeString(shared.resolve("worse.html"), worse);
    String shown = dom(browser, "worse.html", "?lang=en");
    assertThat(shown).contains(warning + " what happened next on: bluesky, x.");
    assertThat(shown.indexOf("id=\"validation\"")).isLessThan(shown.indexOf("id=\"headline\""));
  }

  @Test
  void theMapIsWalked() throws Exception {
    Path browser = browser();
    page();
    String shown = dom(browser, "page.html", "?lang=en#community=" + SmallLake.key(1, 11));
    assertThat(shown)
        // Who stands in it, what it is about, and where its posts went, through whom.
        .containsPattern("<h3 id=\"map-node\"[^>]*><bdi>around x-10</bdi>")
        .contains("8 accounts", "Posts go to", "30 accounts reached, through")
        .containsPattern("aria-pressed=\"true\" aria-label=\"Community: around x-10\"")
        .containsPattern("<line[^>]*class=\"crossing near\"")
        .doesNotContain("NaN", "undefined", "Posts come from");
    String topic = dom(browser, "page.html", "?lang=en&walk=topic%20climate");
    assertThat(topic).containsPattern("<h3 id=\"map-node\"[^>]*><bdi>Climate</bdi>");
  }

  /**
   * Nothing reaches beyond the edge of a phone's screen, nor of that of a large one; tables scroll
   * by themselves.
   */
  @Test
  void aPhoneNeedsNoSidewaysScrolling() throws Exception {
    Path browser = browser();
    page();
    // Each page measures itself and tells the one that frames it: Chromium's own window is never
    // narrower than 500.
    Files.writeString(
        shared.resolve("measured.html"),
        page()
            .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
            .replace(
                "</body>",
                """
                <script>
                (() => {
                  const root = document.documentElement;
                  const dialog = document.getElementById("card");
                  parent.postMessage([innerWidth, dialog.open, root.scrollWidth - root.clientWidth, dialog.scrollWidth - dialog.clientWidth,
                    ...[...document.querySelectorAll("canvas, svg, select, figure")]
                      .filter((one) => one.getBoundingClientRect().right > root.clientWidth)
                      .map((one) => one.tagName)].join(" "), "*");
                })();
                </script></body>\
                """));
    StringBuilder frames =
        new StringBuilder(
            "<!DOCTYPE html><body><pre id=wide></pre><script>addEventListener('message', (told) =>"
                + " { document.getElementById('wide').textContent += told.data + '\\n"
                + "'; });</script>");
    for (int width : new int[] {320, 420, 900}) {
      for (String card : List.of("", "#account=" + SmallLake.key(1, 0))) {
        frames.append(
            "<iframe width=%d height=900 style='border:0' src='measured.html?lang=es%s'></iframe>"
                .formatted(width, card));
      }
    }
    Files.writeString(shared.resolve("frames.html"), frames);
    Path out = Files.createTempFile(shared, "dom", ".html");
    chromium(
        browser,
        out,
        shared.resolve("frames.html").toUri().toString(),
        "--window-size=1400,1000",
        "--dump-dom");
    Matcher wide =
        Pattern.compile("<pre id=\"wide\">(.*?)</pre>", Pattern.DOTALL)
            .matcher(Files.readString(out));
    assertThat(wide.find()).isTrue();
    assertThat(wide.group(1).lines())
        .containsExactlyInAnyOrder(
            "320 false 0 0",
            "320 true 0 0",
            "420 false 0 0",
            "420 true 0 0",
            "900 false 0 0",
            "900 true 0 0");
  }

  /** The rules of WCAG 2.2, levels A and AA, as far as axe-core can judge them. */
  @Tag("long")
  @Test
  void anAuditOfAccessibilityFindsNothing() throws Exception {
    Path browser = browser();
    String axe = Files.readString(axe());
    String run =
        "<script>"
            + axe.replace("</script", "<\\/script")
            + "</script><script>onload = () => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa',"
            + " 'wcag21a', 'wcag21aa', 'wcag22aa']}).then((found) => { document.body.innerHTML ="
            + " '<pre id=audit></pre>'; document.getElementById('audit').textContent ="
            + " found.passes.length + ' passed\\n' + found.violations.map((one) => one.id + ': '"
            + " + one.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary)"
            + ".join('; ')).join('\\n'); });</script></body>";
    Files.writeString(
        shared.resolve("audited.html"),
        page()
            .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
            .replace("</body>", run));
    for (String address :
        List.of(
            "?lang=en&theme=light",
            "?lang=es&theme=dark",
            "?lang=en&theme=light&find=a#account=" + SmallLake.key(0, 3),
            "?lang=en&theme=dark#account=" + SmallLake.key(1, 0))) {
      Matcher audit =
          Pattern.compile("<pre id=\"audit\">(\\d+) passed\n(.*?)</pre>", Pattern.DOTALL)
              .matcher(dom(browser, "audited.html", address));
      assertThat(audit.find()).as(address).isTrue();
      assertThat(Integer.parseInt(audit.group(1))).isGreaterThan(15);
      assertThat(audit.group(2)).as(address).isEmpty();
    }
  }

  /** axe-core by npm, fetched once and kept beside what the build makes. */
  private static Path axe() throws Exception {
    Path folder = Path.of("target", "axe").toAbsolutePath();
    Path script = folder.resolve("node_modules/axe-core/axe.min.js");
    if (!Files.exists(script)) {
      Assumptions.assumeTrue(onPath("npm").isPresent(), "no npm on the path");
      Files.createDirectories(folder);
      Process npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--prefix=" + folder,
                  "--no-save",
                  "--ignore-scripts",
                  "--no-audit",
                  "--no-fund",
                  "axe-core@" + AXE)
              .redirectErrorStream(true)
              .redirectOutput(Files.createTempFile(shared, "npm", ".txt").toFile())
              .start();
      boolean isFetched = npm.waitFor(120, TimeUnit.SECONDS) && npm.exitValue() == 0;
      npm.destroyForcibly();
      Assumptions.assumeTrue(isFetched, "npm could not fetch axe-core");
    }
    return script;
  }

  /** They are left in the folder of the build, to be looked at. */
  @Tag("long")
  @Test
  void itIsDrawnLightAndDarkWideAndNarrow() throws Exception {
    Path browser = browser();
    page();
    for (Map.Entry<String, Integer> one : Map.of("light", 1280, "dark", 500).entrySet()) {
      String theme = one.getKey();
      int width = one.getValue();
      Path file = Path.of("target", "report-" + theme + "-" + width + ".png").toAbsolutePath();
      Files.deleteIfExists(file);
      chromium(
          browser,
          Files.createTempFile(shared, "said", ".txt"),
          shared.resolve("page.html").toUri() + "?lang=en&theme=" + theme,
          "--hide-scrollbars",
          "--window-size=" + width + ",9000",
          "--screenshot=" + file);
      BufferedImage picture = ImageIO.read(file.toFile());
      assertThat(picture.getWidth()).isEqualTo(width);
      assertThat(picture.getRGB(1, 1) & 0xffffff)
          .isEqualTo(theme.equals("light") ? 0xffffff : 0x12161c);
      // Bars and lines are drawn: the first series' colour fills more than letters would.
      int series = theme.equals("light") ? 0x0b5cad : 0x7db8f5;
      long painted =
          IntStream.range(0, picture.getHeight())
              .mapToLong(
                  y ->
                      IntStream.range(0, picture.getWidth())
                          .filter(x -> (picture.getRGB(x, y) & 0xffffff) == series)
                          .count())
              .sum();
      assertThat(painted).isGreaterThan(20_000);
    }
  }

  private static Optional<Path> onPath(String... names) {
    return Arrays.stream(names)
        .flatMap(
            name ->
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .map(bin -> Path.of(bin, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path browser() {
    Optional<Path> browser = onPath("chromium", "chromium-browser", "google-chrome");
    Assumptions.assumeTrue(browser.isPresent(), "no Chromium on the path");
    return browser.get();
  }

  private static String dom(Path browser, String file, String address) throws Exception {
    Path out = Files.createTempFile(shared, "dom", ".html");
    chromium(browser, out, shared.resolve(file).toUri() + address, "--dump-dom");
    return Files.readString(out).replaceAll("(?s)<script.*?</script>", "");
  }

  private static void chromium(Path browser, Path out, String address, String... options)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(browser.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--user-data-dir=" + Files.createTempDirectory(shared, "profile"),
            "--virtual-time-budget=5000"));
    command.addAll(List.of(options));
    command.add(address);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      Assumptions.abort("Chromium did not end within two minutes.");
    }
  }
}
