package renown.kernels.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What acts, threads, citations and hashtags are about, against the definitions, done plainly. */
class ActTopicsTest {
  private static final int EVERYTHING = 0;
  private static final TopicClock CLOCK = new TopicClock(20_467, 90);
  private static final long NOON = 20_467L * 86_400_000_000L + 43_200_000_000L;

  private record Told(int item, int topic, double confidence, boolean isInferred, long since) {}

  private static ItemTopics items(List<Told> told) {
    ItemTopics items = new ItemTopics();
    told.forEach(t -> items.add(t.item, t.topic, t.confidence, t.isInferred, t.since));
    return items;
  }

  private static List<Told> randomTopics(Random random, int items, int count) {
    List<Told> told = new ArrayList<>();
    Set<List<Integer>> met = new HashSet<>();
    for (int i = 0; i < count; i++) {
      int item = random.nextInt(items);
      int topic = random.nextInt(4);
      if (met.add(List.of(item, topic))) {
        long since = random.nextInt(4) == 0 ? NOON + random.nextInt(1000) - 500 : ItemTopics.ALWAYS;
        told.add(new Told(item, topic, 1 - random.nextDouble(), random.nextBoolean(), since));
      }
    }
    return told;
  }

  private static List<String> rows(TopicSums sums) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < sums.size(); row++) {
      rows.add(
          String.format(
              "%d %d %d %s %d %d %s %d",
              sums.topic(row),
              sums.source(row),
              sums.destination(row),
              sums.verb(row).word(),
              sums.actCount(row),
              sums.units(row),
              sums.latestPost(row),
              sums.latestAt(row)));
    }
    return rows;
  }

  /** One act as its rows; summed by text. */
  @Test
  void actsCountForWhatTheyAreAbout() {
    Random random = new Random(2);
    List<Told> told = randomTopics(random, 30, 90);
    ActTopics acts = new ActTopics(CLOCK, items(told), EVERYTHING);
    Map<String, long[]> expected = new TreeMap<>();
    TopicVerb[] verbs = {
      TopicVerb.LIKE, TopicVerb.REPLY, TopicVerb.LIST, TopicVerb.VOTE, TopicVerb.POST
    };
    for (int i = 0; i < 2000; i++) {
      TopicVerb verb = verbs[random.nextInt(verbs.length)];
      long actor = random.nextInt(9);
      long target = verb == TopicVerb.POST ? actor : random.nextInt(9);
      int item = random.nextInt(34) - 2;
      long at = NOON + random.nextInt(1000) - 500;
      long change = random.nextInt(5) == 0 ? -1 : 1;
      acts.add(verb, actor, target, item, "p" + item, at, change);
      for (Told one : told) {
        if (one.item != item || at < one.since) {
          continue;
        }
        double days = (at - CLOCK.landmark()) / 86_400e6;
        long act = (long) Math.rint(StrictMath.pow(2, days / 90 + 30));
        long weight = (long) Math.rint(act * one.confidence) * change;
        List<String> keys = new ArrayList<>();
        if (one.topic != EVERYTHING) {
          keys.add(one.topic + " " + actor + " " + target + " " + verb.word());
        } else if (verb == TopicVerb.POST) {
          keys.add("0 " + actor + " " + actor + " post");
        } else if (verb == TopicVerb.VOTE) {
          keys.add("0 " + target + " " + target + " vote");
        } else {
          keys.add("0 " + actor + " " + actor + " reaction");
          keys.add("0 " + target + " " + target + " received");
        }
        for (String key : keys) {
          long[] sum = expected.computeIfAbsent(key, k -> new long[3]);
          sum[0] += change;
          sum[1] += weight;
          sum[2] = Math.max(sum[2], at);
        }
      }
    }
    TopicSums sums = acts.sums();
    int found = 0;
    for (int row = 0; row < sums.size(); row++) {
      String key =
          String.format(
              "%d %d %d %s",
              sums.topic(row), sums.source(row), sums.destination(row), sums.verb(row).word());
      assertThat(expected).containsKey(key);
      assertThat(new long[] {sums.actCount(row), sums.units(row), sums.latestAt(row)})
          .as(key)
          .isEqualTo(expected.get(key));
      assertThat(sums.latestPost(row) == null).isEqualTo(sums.topic(row) == EVERYTHING);
      found++;
    }
    assertThat(found)
        .isGreaterThan(100)
        .isEqualTo(expected.values().stream().filter(sum -> sum[0] != 0 || sum[1] != 0).count());
  }

  @Test
  void whatIsUndoneLeavesNothing() {
    List<Told> told =
        List.of(
            new Told(0, EVERYTHING, 1, false, ItemTopics.ALWAYS),
            new Told(0, 1, 0.8, false, ItemTopics.ALWAYS));
    ActTopics tonight = new ActTopics(CLOCK, items(told), EVERYTHING);
    tonight.add(TopicVerb.POST, 1, 1, 0, "a", NOON, 1);
    tonight.add(TopicVerb.LIKE, 3, 1, 0, "a", NOON, 1);
    assertThat(rows(tonight.sums())).hasSize(5);
    ActTopics later = new ActTopics(new TopicClock(20_468, 90), items(told), EVERYTHING);
    later.add(TopicVerb.POST, 1, 1, 0, "a", NOON, -1);
    later.add(TopicVerb.LIKE, 3, 1, 0, "a", NOON, -1);
    TopicSums all = tonight.sums();
    all.addAll(later.sums());
    assertThat(all.merged(true).size()).isZero();
  }

  @Test
  void attentionToACitedPostCountsFromTheNightThatDecidedIt() {
    ItemTopics cited =
        items(List.of(new Told(0, EVERYTHING, 1, false, NOON), new Told(0, 1, 0.6, false, NOON)));
    ActTopics acts = new ActTopics(CLOCK, cited, EVERYTHING);
    // Done before anything was known of the post, so it never counted.
    acts.add(TopicVerb.LIKE, 4, 1, 0, "old", NOON - 1, -1);
    assertThat(rows(acts.sums())).isEmpty();
    acts.add(TopicVerb.LIKE, 3, 1, 0, "old", NOON, 1);
    assertThat(rows(acts.sums()))
        .extracting(row -> row.split(" ", 5)[3])
        .containsExactly("received", "reaction", "like");
  }

  @Test
  void postsInheritFromThreads() {
    Random random = new Random(4);
    int inherited = 0;
    for (int round = 0; round < 200; round++) {
      List<Told> told = randomTopics(random, 4, 10);
      int[] parents = {random.nextInt(5) - 1, random.nextInt(5) - 1, random.nextInt(5) - 1};
      Map<Integer, String> found = new TreeMap<>();
      items(told)
          .inherit(
              parents,
              EVERYTHING,
              0.4,
              (topic, confidence, isInferred) ->
                  assertThat(found.put(topic, confidence + " " + isInferred)).isNull());
      Map<Integer, String> expected = new TreeMap<>();
      for (int topic = 1; topic < 4; topic++) {
        double most = 0;
        boolean isInferred = false;
        for (Told one : told) {
          boolean isParent =
              one.item == parents[0] || one.item == parents[1] || one.item == parents[2];
          if (isParent && one.topic == topic) {
            most = Math.max(most, one.confidence * 0.8);
            isInferred |= one.isInferred;
          }
        }
        if (most >= 0.4) {
          expected.put(topic, most + " " + isInferred);
        }
      }
      assertThat(found).isEqualTo(expected);
      inherited += found.size();
    }
    assertThat(inherited).isGreaterThan(100);
  }

  private record Spoken(int item, long actor, int topic, double confidence) {}

  private static List<String> decided(List<Spoken> spoken) {
    CitedTopics cited = new CitedTopics();
    spoken.forEach(s -> cited.add(s.item, s.actor, s.topic, s.confidence));
    List<String> decided = new ArrayList<>();
    cited.decide(
        EVERYTHING,
        0.3,
        (item, topic, confidence) -> decided.add(item + " " + topic + " " + confidence));
    return decided;
  }

  /** Old posts stand in no file; who answers and quotes them says what they are about. */
  @Test
  void aPostThatWasNeverSeenIsAboutWhatIsSaidOfIt() {
    Random random = new Random(6);
    List<Spoken> spoken = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      spoken.add(
          new Spoken(
              random.nextInt(12),
              random.nextInt(6) * 1_000_003L,
              1 + random.nextInt(3),
              0.5 + random.nextDouble() / 2));
    }
    List<String> expected = new ArrayList<>();
    for (int item : new TreeSet<>(spoken.stream().map(Spoken::item).toList())) {
      List<Spoken> its = spoken.stream().filter(s -> s.item == item).toList();
      Set<Long> actors = new TreeSet<>(its.stream().map(Spoken::actor).toList());
      for (int topic = 1; topic < 4; topic++) {
        long units = 0;
        for (long actor : actors) {
          double most = 0;
          for (Spoken one : its) {
            if (one.actor == actor && one.topic == topic) {
              most = Math.max(most, one.confidence);
            }
          }
          units += (long) Math.rint(most * (1 << 20));
        }
        double confidence = (double) units / actors.size() * (0.8 / (1 << 20));
        if (confidence >= 0.3) {
          expected.add(item + " " + topic + " " + confidence);
        }
      }
      expected.add(item + " 0 1.0");
    }
    assertThat(decided(spoken)).hasSizeGreaterThan(20).isEqualTo(expected);
    Collections.shuffle(spoken, random);
    assertThat(decided(spoken)).isEqualTo(expected);
  }

  /** Two accounts spoke of it; music has half of their voices, too few. */
  @Test
  void whoeverSpeaksOfAPostSpeaksOnce() {
    List<String> decided =
        decided(
            List.of(
                new Spoken(5, 2, 1, 0.9),
                new Spoken(5, 3, 1, 0.75),
                new Spoken(5, 3, 1, 0.75),
                new Spoken(5, 3, 2, 0.7)));
    assertThat(decided).hasSize(2);
    assertThat(decided.get(1)).isEqualTo("5 0 1.0");
    assertThat(Double.parseDouble(decided.get(0).substring(4)))
        .isCloseTo(0.8 * (0.9 + 0.75) / 2, within(1e-6));
  }

  @Test
  void hashtagsAreCountedByDistinctPostsAndAuthors() {
    Random random = new Random(8);
    HashtagCounts counts = new HashtagCounts();
    Map<List<Integer>, Set<Integer>> posts = new TreeMap<>(ActTopicsTest::compare);
    Map<List<Integer>, Set<Long>> authors = new TreeMap<>(ActTopicsTest::compare);
    for (int i = 0; i < 500; i++) {
      int hashtag = random.nextInt(6);
      int topic = random.nextInt(3);
      int post = random.nextInt(40);
      long author = post % 7 * 1_000_000_007L;
      counts.add(hashtag, topic, post, author);
      posts.computeIfAbsent(List.of(hashtag, topic), k -> new HashSet<>()).add(post);
      authors.computeIfAbsent(List.of(hashtag, topic), k -> new HashSet<>()).add(author);
    }
    List<String> counted = new ArrayList<>();
    counts.count(
        (hashtag, topic, postCount, authorCount) ->
            counted.add(hashtag + " " + topic + " " + postCount + " " + authorCount));
    List<String> expected = new ArrayList<>();
    posts.forEach(
        (key, its) ->
            expected.add(
                key.get(0) + " " + key.get(1) + " " + its.size() + " " + authors.get(key).size()));
    assertThat(counted).hasSize(18).isEqualTo(expected);
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    int first = Integer.compare(one.get(0), other.get(0));
    return first != 0 ? first : Integer.compare(one.get(1), other.get(1));
  }
}
