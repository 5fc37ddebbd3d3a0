package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReactionCountTest {
  private static final Path REAL =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"));

  @TempDir Path folder;

  private ReactionCount count(String format, List<String> lines) throws Exception {
    return ReactionCount.of(format, List.of(Files.write(folder.resolve("lines.json"), lines)));
  }

  private static Map<String, Long> byVerb(ReactionCount count) {
    return count.reactions().entrySet().stream()
        .collect(
            Collectors.groupingBy(
                one -> one.getKey().verb(), Collectors.summingLong(Map.Entry::getValue)));
  }

  private static ReactionCount.Post post(String author, Map<String, Long> counts, long actors) {
    return new ReactionCount.Post(author, counts, actors);
  }

  @Test
  void ofMinutesOfXEachActCountsOnceAndNotWhereItsActorDeletedIt() throws Exception {
    ReactionCount count = count(RealEvents.X_STREAM, NativeLines.minute());
    assertThat(byVerb(count)).isEqualTo(Map.of("repost", 3L, "quote", 1L, "reply", 3L));
    assertThat(count.posts())
        .isEqualTo(
            Map.of(
                // Its author's own answer is no reaction of others; the repost by 3 was deleted.
                "101", post("1", Map.of("repost", 1L, "quote", 1L, "reply", 1L), 2),
                "203", post("4", Map.of("repost", 1L), 1),
                "204", post("2", Map.of("repost", 1L), 1),
                "999", post("9", Map.of("reply", 1L), 1)));
    // All was taken back from 103; 205 was reposted by an account that is protected.
    assertThat(count.notCompared()).containsExactly("103", "205");
    assertThat(count.reactions())
        .containsEntry(new ReactionCount.Reaction("101", "1", "1", "reply"), 1L);
  }

  @Test
  void ofAWindowOfJetstreamAnAnswerCountsInItsThreadToo() throws Exception {
    ReactionCount count = count(RealEvents.JETSTREAM, NativeLines.window());
    assertThat(byVerb(count)).isEqualTo(Map.of("repost", 1L, "quote", 1L, "reply", 5L, "like", 2L));
    assertThat(count.posts())
        .isEqualTo(
            Map.of(
                "at://did:plc:ann/app.bsky.feed.post/p",
                post("did:plc:ann", Map.of("repost", 1L, "quote", 1L, "reply", 2L, "like", 2L), 4),
                "at://did:plc:fay/app.bsky.feed.post/u",
                post("did:plc:fay", Map.of("reply", 1L), 1),
                "at://did:plc:fay/app.bsky.feed.post/v",
                post("did:plc:fay", Map.of("reply", 1L), 1)));
    // An account liked it that is gone.
    assertThat(count.notCompared()).containsExactly("at://did:plc:bob/app.bsky.feed.post/q1");
    assertThat(count.minutes()).isEqualTo(1);
  }

  @Test
  void whatOnlyOneSideHasIsNotEqual() {
    assertThat(RealSpread.equal(Map.of("a", 1, "b", 2), Map.of("a", 1, "b", 2))).isEqualTo(1);
    assertThat(RealSpread.equal(Map.of("a", 1, "b", 2), Map.of("a", 1, "b", 3, "c", 4)))
        .isEqualTo(1 / 3.0);
    assertThat(RealSpread.equal(Map.of(), Map.of())).isNaN();
  }

  /** In that window nothing is taken back, and nobody is gone. */
  @Test
  void aRealWindowHoldsAsManyActsAsLinesOfThem() throws Exception {
    Path window = REAL.resolve("bluesky/expected_v1.jsonl");
    assumeTrue(Files.isRegularFile(window), () -> "no real data at " + window.toAbsolutePath());
    List<String> lines = Files.readAllLines(window);
    ReactionCount count = ReactionCount.of(RealEvents.JETSTREAM, List.of(window));
    Map<String, Long> counts = byVerb(count);
    for (String verb : List.of("like", "repost")) {
      assertThat(counts.get(verb))
          .isPositive()
          .isEqualTo(
              lines.stream()
                  .filter(line -> line.contains("\"collection\":\"app.bsky.feed." + verb + "\""))
                  .count());
    }
    assertThat(count.leftOut()).isEmpty();
    assertThat(count.notCompared()).isEmpty();
  }
}
