package renown.lab.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The X stream's lines: shape, ids, offsets, and what they embed. */
class XLinesTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH);

  private static Dumps dumps;
  private static List<JsonNode> tweets;
  private static List<JsonNode> all;

  @AfterAll
  static void forget() {
    dumps = null;
    tweets = null;
    all = null;
  }

  @BeforeAll
  static void generate() {
    dumps = Dumps.of(Dumps.settings(1200, 8, 0), Network.X, 4);
    all = dumps.parsed();
    tweets = all.stream().filter(line -> line.has("text")).toList();
  }

  private static long milliseconds(long snowflake) {
    return (snowflake >>> 22) + 1_288_834_974_657L;
  }

  private static void checkTimes(JsonNode node) {
    assertThat(node.get("id_str").asText()).isEqualTo(node.get("id").asText());
    Instant created = TIME.parse(node.get("created_at").asText(), Instant::from);
    assertThat(milliseconds(node.get("id").asLong()) / 1000).isEqualTo(created.getEpochSecond());
  }

  private static List<JsonNode> withEmbedded(JsonNode tweet) {
    List<JsonNode> found = new ArrayList<>(List.of(tweet));
    for (String name : List.of("retweeted_status", "quoted_status")) {
      if (tweet.has(name)) {
        found.addAll(withEmbedded(tweet.get(name)));
      }
    }
    return found;
  }

  @Test
  void idsHoldTheTimeTheyWereMadeAndAreUnique() {
    Set<Long> ids = new HashSet<>();
    for (JsonNode line : tweets) {
      assertThat(ids.add(line.get("id").asLong())).isTrue();
      assertThat(milliseconds(line.get("id").asLong()))
          .isEqualTo(line.get("timestamp_ms").asLong());
      for (JsonNode tweet : withEmbedded(line)) {
        checkTimes(tweet);
        checkTimes(tweet.get("user"));
      }
    }
    assertThat(ids).hasSizeGreaterThan(30_000);
  }

  @Test
  void entitiesCoverWhatTheyName() {
    int extended = 0;
    for (JsonNode line : tweets) {
      for (JsonNode tweet : withEmbedded(line)) {
        String text = tweet.get("text").asText();
        assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(140);
        checkEntities(text, tweet.get("entities"));
        assertThat(tweet.has("extended_tweet")).isEqualTo(tweet.get("truncated").asBoolean());
        if (tweet.has("extended_tweet")) {
          extended++;
          JsonNode whole = tweet.get("extended_tweet");
          String full = whole.get("full_text").asText();
          assertThat(full.codePointCount(0, full.length())).isGreaterThan(140);
          assertThat(full).startsWith(text.substring(0, text.indexOf('…')));
          checkEntities(full, whole.get("entities"));
        }
      }
    }
    assertThat(extended).isGreaterThan(1000);
  }

  private static void checkEntities(String text, JsonNode entities) {
    for (JsonNode tag : entities.get("hashtags")) {
      assertThat(covered(text, tag)).isEqualTo("#" + tag.get("text").asText());
    }
    for (JsonNode mention : entities.get("user_mentions")) {
      assertThat(covered(text, mention)).isEqualTo("@" + mention.get("screen_name").asText());
    }
    for (JsonNode link : entities.get("urls")) {
      assertThat(covered(text, link)).isEqualTo(link.get("url").asText());
    }
  }

  private static String covered(String text, JsonNode entity) {
    int[] points = text.codePoints().toArray();
    int from = entity.get("indices").get(0).asInt();
    int to = entity.get("indices").get(1).asInt();
    return new String(points, from, to - from);
  }

  @Test
  void whatIsEmbeddedWasWrittenBeforeAndIsTheSameAsOnItsOwn() {
    Map<Long, JsonNode> alone = new HashMap<>();
    tweets.forEach(tweet -> alone.put(tweet.get("id").asLong(), tweet));
    int compared = 0;
    for (JsonNode line : tweets) {
      JsonNode embedded = withEmbedded(line).get(withEmbedded(line).size() - 1);
      if (embedded != line) {
        assertThat(embedded.get("id").asLong()).isLessThan(line.get("id").asLong());
        JsonNode own = alone.get(embedded.get("id").asLong());
        if (own != null) {
          compared++;
          for (String field : List.of("text", "created_at", "entities", "lang", "source")) {
            assertThat(embedded.get(field)).isEqualTo(own.get(field));
          }
          assertThat(embedded.at("/user/id")).isEqualTo(own.at("/user/id"));
        }
      }
      JsonNode repliedTo = line.get("in_reply_to_status_id");
      if (repliedTo.isNumber()) {
        assertThat(repliedTo.asLong()).isLessThan(line.get("id").asLong());
        JsonNode parent = alone.get(repliedTo.asLong());
        if (parent != null) {
          assertThat(parent.at("/user/id")).isEqualTo(line.get("in_reply_to_user_id"));
          assertThat(parent.at("/user/screen_name")).isEqualTo(line.get("in_reply_to_screen_name"));
        }
      }
    }
    assertThat(compared).isGreaterThan(5000);
  }

  /** No line says whom a retweet came through; whoever it was had retweeted the same before. */
  @Test
  void thePathsOfTheTruthLeadToEarlierRetweets() {
    Map<String, Long> retweets = new HashMap<>();
    Map<String, Long> last = new HashMap<>();
    for (JsonNode tweet : tweets) {
      JsonNode original = tweet.get("retweeted_status");
      if (original != null) {
        String act = tweet.at("/user/id_str").asText() + " " + original.get("id_str").asText();
        retweets.merge(act, tweet.get("id").asLong(), Math::min);
        last.merge(act, tweet.get("id").asLong(), Math::max);
      }
    }
    int carried = 0;
    for (JsonNode path : dumps.paths) {
      if (path.get("verb").asText().equals("repost")) {
        String post = path.get("post_id").asText();
        // Some retweet the same on two days, once through somebody.
        Long own = last.get(path.get("account_id").asText() + " " + post);
        Long carrier = retweets.get(path.get("parent_id").asText() + " " + post);
        assertThat(carrier).isNotNull().isLessThan(own);
        carried++;
      }
    }
    assertThat(carried).isBetween(retweets.size() / 5, retweets.size());
  }

  @Test
  void deletionsNameTweetsOfTheirUser() {
    Map<String, String> authors = new HashMap<>();
    tweets.forEach(
        tweet -> authors.put(tweet.get("id_str").asText(), tweet.at("/user/id_str").asText()));
    int deletions = 0;
    for (JsonNode line : all) {
      JsonNode status = line.at("/delete/status");
      if (status.isObject()) {
        deletions++;
        assertThat(authors.get(status.get("id_str").asText()))
            .isEqualTo(status.get("user_id_str").asText());
      }
    }
    assertThat(deletions).isGreaterThan(100);
  }

  @Test
  void accountsAreThoseOfTheTruth() {
    Map<String, JsonNode> truth = dumps.truth();
    for (JsonNode tweet : tweets) {
      JsonNode account = truth.get(tweet.at("/user/id_str").asText());
      assertThat(account.get("handle")).isEqualTo(tweet.at("/user/screen_name"));
      assertThat(tweet.at("/user/protected").asBoolean())
          .isEqualTo(Dumps.has(account, "protected"));
    }
  }

  @Test
  void theShapeIsThatOfTheRealStream() throws IOException {
    Path real = RealData.path("twitter-v1-stream/2019-07-03T0630.json.bz2");
    assumeTrue(Files.exists(real), "no real data at " + real);
    Set<String> realFields = new TreeSet<>();
    List<String> realOrder = null;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new BZip2CompressorInputStream(Files.newInputStream(real), true),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode node = Dumps.parse(line.getBytes(StandardCharsets.UTF_8));
        collect("", node, realFields);
        if (isPlain(node)) {
          realOrder = order(node);
        }
      }
    }
    Set<String> fields = new TreeSet<>();
    for (JsonNode line : all) {
      if (line.has("text") || line.has("delete")) {
        collect("", line, fields);
      }
    }
    assertThat(realFields).containsAll(fields);
    JsonNode plain = tweets.stream().filter(XLinesTest::isPlain).findFirst().orElseThrow();
    assertThat(order(plain)).isEqualTo(realOrder);
  }

  private static boolean isPlain(JsonNode node) {
    return node.has("text")
        && !node.has("retweeted_status")
        && !node.has("quoted_status_id")
        && !node.has("extended_tweet")
        && !node.has("display_text_range")
        && !node.has("possibly_sensitive")
        && !node.at("/user").has("profile_banner_url");
  }

  private static List<String> order(JsonNode tweet) {
    List<String> names = new ArrayList<>();
    tweet.fieldNames().forEachRemaining(names::add);
    tweet.get("user").fieldNames().forEachRemaining(names::add);
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
