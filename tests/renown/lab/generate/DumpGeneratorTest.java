package renown.lab.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files as files: the same for a seed, countable, and as dirty as the truth says. */
class DumpGeneratorTest {

  @ParameterizedTest
  @EnumSource(Network.class)
  void aFileIsTheSameWhoeverWritesItAndInWhateverOrder(Network network) throws IOException {
    SocietySettings settings = Dumps.settings(1500, 120, 0.01);
    assertThat(settings.shards()).isEqualTo(2);
    List<int[]> files = new ArrayList<>();
    for (int day = 0; day < 2; day++) {
      for (int shard = 0; shard < settings.shards(); shard++) {
        files.add(new int[] {day, shard});
      }
    }
    Map<String, byte[]> byOneTask = new HashMap<>();
    DumpGenerator one = new DumpGenerator(settings, network);
    for (int[] file : files) {
      byOneTask.put(file[0] + "/" + file[1], bytes(one, file[0], file[1]));
    }
    Collections.shuffle(files, new Random(3));
    for (int[] file : files) {
      byte[] alone = bytes(new DumpGenerator(settings, network), file[0], file[1]);
      assertThat(alone).isEqualTo(byOneTask.get(file[0] + "/" + file[1]));
    }
    SocietySettings otherSeed =
        new SocietySettings(1500, Dumps.FIRST, 8, 120, 0.01, Speech.SENTENCES);
    assertThat(bytes(new DumpGenerator(otherSeed, network), 1, 0))
        .isNotEqualTo(byOneTask.get("1/0"));
  }

  private static byte[] bytes(DumpGenerator generator, int day, int shard) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    generator.write(day, shard, out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(Network.class)
  void theCountsAreThoseOfAnIndependentReader(Network network) {
    Dumps dumps = Dumps.of(Dumps.settings(600, 10, 0.05), network, 3);
    Set<String> seenBefore = new HashSet<>();
    for (int day = 0; day < dumps.days; day++) {
      Map<Count, Long> found = new EnumMap<>(Count.class);
      for (byte[] line : dumps.lines.get(day)) {
        for (Count count : classify(dumps, day, line, seenBefore)) {
          found.merge(count, 1L, Long::sum);
        }
      }
      Map<Count, Long> said = new EnumMap<>(Count.class);
      for (Count count : Count.values()) {
        if (dumps.counts.get(day)[count.ordinal()] > 0) {
          said.put(count, dumps.counts.get(day)[count.ordinal()]);
        }
      }
      assertThat(found).isEqualTo(said);
      if (day == 1) {
        assertThat(said)
            .containsKeys(
                Count.TRUNCATED,
                Count.WRONG_TYPE,
                Count.INVALID_UTF8,
                Count.UNKNOWN_KINDS,
                Count.DUPLICATES,
                Count.FUTURE,
                Count.LATE);
      }
    }
  }

  /** What a line is, told from its bytes alone. */
  private static List<Count> classify(Dumps dumps, int day, byte[] line, Set<String> seenBefore) {
    List<Count> counts = new ArrayList<>(List.of(Count.LINES));
    if (line.length == 0) {
      counts.add(Count.BLANK_LINES);
      return counts;
    }
    JsonNode node;
    try {
      node = Dumps.JSON.readTree(Dumps.strictUtf8(line));
    } catch (CharacterCodingException e) {
      // A cut may fall inside a character: then nothing closes the object.
      counts.add(line[line.length - 1] == '}' ? Count.INVALID_UTF8 : Count.TRUNCATED);
      return counts;
    } catch (JsonProcessingException e) {
      counts.add(Count.TRUNCATED);
      return counts;
    }
    long end = Dumps.FIRST.plusDays(day + 1).toEpochDay() * Society.DAY_MS;
    boolean bluesky = dumps.network == Network.BLUESKY;
    Count kind = bluesky ? blueskyKind(node) : xKind(node);
    long time =
        kind == Count.WRONG_TYPE ? 0 : bluesky ? node.get("time_us").asLong() / 1000 : xTime(node);
    if (kind == Count.WRONG_TYPE || kind == Count.UNKNOWN_KINDS) {
      counts.add(kind);
    } else if (time >= end) {
      counts.add(Count.FUTURE);
    } else if (!seenBefore.add(new String(line, java.nio.charset.StandardCharsets.UTF_8))) {
      counts.add(Count.DUPLICATES);
    } else {
      counts.add(kind);
      if (time < end - Society.DAY_MS) {
        assertThat(time).isGreaterThanOrEqualTo(end - 2 * Society.DAY_MS);
        counts.add(Count.LATE);
      }
      if (bluesky && kind == Count.REPOSTS && node.at("/commit/record/via").isObject()) {
        counts.add(Count.REPOSTS_VIA);
      }
      if (kind == Count.POSTS || kind == Count.REPLIES || kind == Count.QUOTES) {
        int mentions = bluesky ? blueskyMentions(node) : xMentions(node);
        for (int i = 0; i < mentions; i++) {
          counts.add(Count.MENTIONS);
        }
      }
    }
    return counts;
  }

  private static Count blueskyKind(JsonNode node) {
    if (!node.get("did").isTextual()) {
      return Count.WRONG_TYPE;
    }
    String kind = node.get("kind").asText();
    if (kind.equals("identity")) {
      return Count.IDENTITIES;
    }
    if (kind.equals("account")) {
      return Count.ACCOUNT_ENDS;
    }
    if (!kind.equals("commit")) {
      return Count.UNKNOWN_KINDS;
    }
    JsonNode commit = node.get("commit");
    boolean deleted = commit.get("operation").asText().equals("delete");
    return switch (commit.get("collection").asText()) {
      case "app.bsky.feed.post" ->
          deleted
              ? Count.POST_DELETES
              : commit.at("/record/reply").isObject()
                  ? Count.REPLIES
                  : commit.at("/record/embed/record").isObject() ? Count.QUOTES : Count.POSTS;
      case "app.bsky.feed.like" -> deleted ? Count.LIKE_DELETES : Count.LIKES;
      case "app.bsky.feed.repost" -> deleted ? Count.REPOST_DELETES : Count.REPOSTS;
      case "app.bsky.graph.follow" -> deleted ? Count.UNFOLLOWS : Count.FOLLOWS;
      case "app.bsky.graph.block" -> Count.BLOCKS;
      case "app.bsky.graph.list" -> Count.LISTS;
      case "app.bsky.graph.listitem" -> Count.LIST_ITEMS;
      case "app.bsky.graph.starterpack" -> Count.STARTER_PACKS;
      case "app.bsky.actor.profile" -> Count.PROFILES;
      default -> Count.UNKNOWN_KINDS;
    };
  }

  private static int blueskyMentions(JsonNode node) {
    return (int)
        node.at("/commit/record/facets").findValuesAsText("$type").stream()
            .filter(type -> type.endsWith("#mention"))
            .count();
  }

  /** Deletions of retweets and of tweets look the same: both are told from what came before. */
  private static final Set<String> RETWEETS = new HashSet<>();

  private static Count xKind(JsonNode node) {
    if (node.has("delete")) {
      String id = node.at("/delete/status/id_str").asText();
      return RETWEETS.contains(id) ? Count.REPOST_DELETES : Count.POST_DELETES;
    }
    if (node.has("user_delete") || node.has("user_suspend")) {
      return Count.ACCOUNT_ENDS;
    }
    if (!node.has("text")) {
      return Count.UNKNOWN_KINDS;
    }
    if (!node.get("id").isIntegralNumber()) {
      return Count.WRONG_TYPE;
    }
    if (node.has("retweeted_status")) {
      RETWEETS.add(node.get("id_str").asText());
      return Count.REPOSTS;
    }
    return node.get("in_reply_to_status_id").isNumber()
        ? Count.REPLIES
        : node.has("quoted_status") ? Count.QUOTES : Count.POSTS;
  }

  private static long xTime(JsonNode node) {
    JsonNode time = node.findValue("timestamp_ms");
    return time == null ? 0 : time.asLong();
  }

  private static int xMentions(JsonNode node) {
    JsonNode whole = node.has("extended_tweet") ? node.get("extended_tweet") : node;
    int mentions = whole.at("/entities/user_mentions").size();
    return node.get("in_reply_to_status_id").isNumber() ? mentions - 1 : mentions;
  }

  @Test
  void aSocietyOfTenIsPossible() {
    for (Network network : Network.values()) {
      Dumps dumps = Dumps.of(Dumps.settings(10, 8, 0), network, 5);
      assertThat(dumps.parsed()).hasSizeGreaterThan(50);
      assertThat(dumps.truth()).hasSize(10);
    }
  }

  @Test
  void linesComeInTheOrderOfTheirTime() {
    Dumps dumps = Dumps.of(Dumps.settings(600, 8, 0), Network.BLUESKY, 2);
    long before = 0;
    for (JsonNode line : dumps.parsed()) {
      long time = line.get("time_us").asLong() / 1000;
      assertThat(time).isGreaterThanOrEqualTo(before);
      assertThat(Instant.ofEpochMilli(time))
          .isBetween(Instant.parse("2026-01-05T00:00:00Z"), Instant.parse("2026-01-07T00:00:00Z"));
      before = time;
    }
  }
}
