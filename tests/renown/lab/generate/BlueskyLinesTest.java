package renown.lab.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Jetstream lines: shape, ids, and that they refer to one another rightly. */
class BlueskyLinesTest {
  private static Dumps dumps;
  private static List<JsonNode> lines;

  @AfterAll
  static void forget() {
    dumps = null;
    lines = null;
  }

  @BeforeAll
  static void generate() {
    dumps = Dumps.of(Dumps.settings(1200, 10, 0), Network.BLUESKY, 4);
    lines = dumps.parsed();
  }

  private static List<JsonNode> created(String collection) {
    return lines.stream()
        .filter(line -> line.at("/commit/operation").asText().equals("create"))
        .filter(line -> line.at("/commit/collection").asText().equals(collection))
        .toList();
  }

  private static String uri(JsonNode line) {
    JsonNode commit = line.get("commit");
    return "at://"
        + line.get("did").asText()
        + "/"
        + commit.get("collection").asText()
        + "/"
        + commit.get("rkey").asText();
  }

  @Test
  void everyRecordKeyIsUniqueAndALittleOlderThanItsWitnessing() {
    Set<String> keys = new HashSet<>();
    for (JsonNode line : lines) {
      assertThat(line.get("did").asText()).matches("did:plc:[a-z2-7]{24}");
      JsonNode commit = line.get("commit");
      if (commit == null || commit.get("rkey").asText().equals("self")) {
        continue;
      }
      long made = Dumps.microsOfTid(commit.get("rkey").asText());
      Dumps.microsOfTid(commit.get("rev").asText());
      assertThat(made).isLessThan(line.get("time_us").asLong());
      if (commit.get("operation").asText().equals("create")) {
        assertThat(keys.add(uri(line))).isTrue();
        Instant claimed = Instant.parse(commit.at("/record/createdAt").asText());
        long behind = made / 1000 - claimed.toEpochMilli();
        assertThat(behind).isIn(0L, 365 * Society.DAY_MS);
      }
    }
  }

  @Test
  void facetsCoverWhatTheyName() {
    Map<String, String> handles = new HashMap<>();
    dumps.truth().forEach((id, account) -> handles.put(id, account.get("handle").asText()));
    Set<String> kinds = new TreeSet<>();
    for (JsonNode line : created("app.bsky.feed.post")) {
      JsonNode record = line.at("/commit/record");
      byte[] text = record.get("text").asText().getBytes(StandardCharsets.UTF_8);
      for (JsonNode facet : record.path("facets")) {
        int start = facet.at("/index/byteStart").asInt();
        int end = facet.at("/index/byteEnd").asInt();
        String covered = new String(text, start, end - start, StandardCharsets.UTF_8);
        JsonNode feature = facet.get("features").get(0);
        String kind = feature.get("$type").asText();
        kinds.add(kind);
        switch (kind) {
          case "app.bsky.richtext.facet#tag" ->
              assertThat(covered).isEqualTo("#" + feature.get("tag").asText());
          case "app.bsky.richtext.facet#mention" ->
              assertThat(covered).isEqualTo("@" + handles.get(feature.get("did").asText()));
          default ->
              assertThat(feature.get("uri").asText())
                  .startsWith("https://" + covered.replace("...", ""));
        }
      }
    }
    assertThat(kinds).hasSize(3);
  }

  @Test
  void reactionsComeAfterWhatTheyReactToAndNameItRightly() {
    Map<String, JsonNode> records = new HashMap<>();
    for (JsonNode line : lines) {
      if (line.at("/commit/operation").asText().equals("create")) {
        records.put(uri(line), line);
      }
    }
    long first = Dumps.FIRST.toEpochDay() * Society.DAY_MS * 1000;
    int known = 0;
    for (JsonNode line : lines) {
      for (JsonNode reference : references(line)) {
        String uri = reference.get("uri").asText();
        String key = Dumps.parts(uri)[2];
        assertThat(Dumps.microsOfTid(key))
            .isLessThan(Dumps.microsOfTid(line.at("/commit/rkey").asText()));
        JsonNode record = records.get(uri);
        if (record == null) {
          // Older than the dumps, give or take the way to the relay.
          assertThat(Dumps.microsOfTid(key)).isLessThan(first);
          continue;
        }
        known++;
        assertThat(record.at("/commit/cid")).isEqualTo(reference.get("cid"));
        assertThat(record.get("time_us").asLong()).isLessThan(line.get("time_us").asLong());
      }
    }
    assertThat(known).isGreaterThan(10_000);
  }

  private static List<JsonNode> references(JsonNode line) {
    List<JsonNode> references = new ArrayList<>();
    for (String path :
        List.of("/subject", "/via", "/reply/parent", "/reply/root", "/embed/record")) {
      JsonNode reference = line.at("/commit/record" + path);
      if (reference.isObject()) {
        references.add(reference);
      }
    }
    return references;
  }

  @Test
  void repostsTravelAlongFollowsOfWhoeverTheyCameThrough() {
    Map<String, Long> followed = new HashMap<>();
    for (JsonNode line : created("app.bsky.graph.follow")) {
      String edge = line.get("did").asText() + " " + line.at("/commit/record/subject").asText();
      followed.merge(edge, line.get("time_us").asLong(), Math::min);
    }
    Map<String, JsonNode> reposts = new HashMap<>();
    created("app.bsky.feed.repost").forEach(line -> reposts.put(uri(line), line));
    int paths = 0;
    int deepest = 0;
    for (JsonNode line : reposts.values()) {
      JsonNode via = line.at("/commit/record/via/uri");
      if (!via.isTextual()) {
        continue;
      }
      paths++;
      JsonNode through = reposts.get(via.asText());
      assertThat(through).isNotNull();
      assertThat(through.at("/commit/record/subject")).isEqualTo(line.at("/commit/record/subject"));
      String edge = line.get("did").asText() + " " + through.get("did").asText();
      assertThat(followed).containsKey(edge);
      // What was followed before the first day is told in its first half hour.
      assertThat(followed.get(edge))
          .isLessThan(
              Math.max(
                  line.get("time_us").asLong(),
                  (Dumps.FIRST.toEpochDay() * Society.DAY_MS + 1_800_000) * 1000));
      int depth = 1;
      for (JsonNode at = line; at.at("/commit/record/via/uri").isTextual(); depth++) {
        at = reposts.get(at.at("/commit/record/via/uri").asText());
      }
      deepest = Math.max(deepest, depth);
    }
    assertThat(paths).isGreaterThan(reposts.size() / 5);
    assertThat(deepest).isBetween(4, 60);
  }

  @Test
  void theTruthNamesTheSamePathsAsTheDumps() {
    Map<String, String> authors = new HashMap<>();
    created("app.bsky.feed.repost")
        .forEach(line -> authors.put(uri(line), line.get("did").asText()));
    Set<String> dumped = new HashSet<>();
    for (JsonNode line : created("app.bsky.feed.repost")) {
      JsonNode via = line.at("/commit/record/via/uri");
      if (via.isTextual()) {
        dumped.add(
            String.join(
                " ",
                line.get("did").asText(),
                line.at("/commit/record/subject/uri").asText(),
                authors.get(via.asText())));
      }
    }
    Set<String> told = new HashSet<>();
    for (JsonNode path : dumps.paths) {
      if (path.get("verb").asText().equals("repost")) {
        told.add(
            String.join(
                " ",
                path.get("account_id").asText(),
                path.get("post_id").asText(),
                path.get("parent_id").asText()));
      }
    }
    assertThat(told).isEqualTo(dumped).hasSizeGreaterThan(100);
  }

  @Test
  void deletionsNameWhatWasWrittenBefore() {
    Set<String> there = new HashSet<>();
    int deletions = 0;
    for (JsonNode line : lines) {
      if (line.has("commit")) {
        boolean deleted = line.at("/commit/operation").asText().equals("delete");
        deletions += deleted ? 1 : 0;
        assertThat(deleted ? there.remove(uri(line)) : there.add(uri(line))).isTrue();
        assertThat(line.at("/commit/record").isMissingNode()).isEqualTo(deleted);
      }
    }
    assertThat(deletions).isGreaterThan(500);
  }

  @Test
  void listsAreNamedAfterTopicsAndHoldItsExpertsMostly() {
    Map<String, JsonNode> truth = dumps.truth();
    Map<String, JsonNode> lists = new HashMap<>();
    created("app.bsky.graph.list").forEach(line -> lists.put(uri(line), line));
    int experts = 0;
    List<JsonNode> items = created("app.bsky.graph.listitem");
    for (JsonNode item : items) {
      JsonNode list = lists.get(item.at("/commit/record/list").asText());
      JsonNode owner = truth.get(list.get("did").asText());
      JsonNode subject = truth.get(item.at("/commit/record/subject").asText());
      Vocabulary.Topic topic =
          Vocabulary.STANDARD.topics.stream()
              .filter(t -> t.slug.equals(owner.get("topic").asText()))
              .findFirst()
              .orElseThrow();
      assertThat(topic.names.values())
          .anyMatch(name -> list.at("/commit/record/name").asText().contains(name));
      experts +=
          subject.get("role").asText().equals("expert")
                  && subject.get("topic").equals(owner.get("topic"))
              ? 1
              : 0;
    }
    assertThat(items).hasSizeGreaterThan(50);
    assertThat(experts).isGreaterThan(items.size() / 4);
    assertThat(created("app.bsky.graph.starterpack"))
        .isNotEmpty()
        .allMatch(pack -> lists.containsKey(pack.at("/commit/record/list").asText()));
  }

  @Test
  void theShapeIsThatOfTheRealStream() throws IOException {
    Path real = RealData.path("bluesky/expected_v1.jsonl");
    assumeTrue(Files.exists(real), "no real data at " + real);
    Map<String, List<String>> orders = new TreeMap<>();
    Set<String> fields = new TreeSet<>();
    for (String line : Files.readAllLines(real)) {
      JsonNode node = Dumps.parse(line.getBytes(StandardCharsets.UTF_8));
      orders.put(kind(node), fieldOrder(node));
      collect("", node, fields);
    }
    Set<String> compared = new TreeSet<>();
    for (JsonNode line : lines) {
      List<String> order = orders.get(kind(line));
      if (order != null) {
        compared.add(kind(line));
        List<String> ours = fieldOrder(line);
        // Real accounts that are active have no status, real identities need no handle.
        ours.remove("status");
        ours.remove("handle");
        assertThat(ours).isEqualTo(order);
      }
    }
    assertThat(compared)
        .contains(
            "app.bsky.feed.post create",
            "app.bsky.feed.like create",
            "app.bsky.graph.follow create",
            "app.bsky.graph.follow delete",
            "app.bsky.feed.post delete",
            "app.bsky.feed.repost create",
            "identity");
    Set<String> known = new TreeSet<>();
    for (String collection : List.of("post", "like", "repost")) {
      for (JsonNode line : created("app.bsky.feed." + collection)) {
        collect("", line, known);
      }
    }
    // The sample of a few seconds has no quote and no mention; these are the lexicon's names.
    known.removeIf(f -> f.contains("/embed/record") || f.endsWith("/features/did"));
    assertThat(fields).containsAll(known);
  }

  private static String kind(JsonNode node) {
    return node.has("commit")
        ? node.at("/commit/collection").asText() + " " + node.at("/commit/operation").asText()
        : node.get("kind").asText();
  }

  private static List<String> fieldOrder(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    JsonNode inner = node.get(node.get("kind").asText());
    inner.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void collect(String path, JsonNode node, Set<String> fields) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                fields.add(path + "/" + field.getKey());
                collect(path + "/" + field.getKey(), field.getValue(), fields);
              });
    } else {
      node.forEach(element -> collect(path, element, fields));
    }
  }
}
