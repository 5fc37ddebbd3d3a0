package renown.kernels.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.kernels.topics.WordTopics.Finding;

class WordTopicsTest {
  private static final int WORDS = 40;
  private static final int TOPICS = 6;

  private record Use(long author, Set<Integer> words, Set<Integer> topics) {}

  /** Posts whose words lean to their topics; most name none. */
  private static List<Use> posts(Random random, int count) {
    List<Use> posts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int topic = 1 + random.nextInt(TOPICS - 1);
      Set<Integer> words = new HashSet<>();
      for (int j = 0; j < 5; j++) {
        words.add(
            random.nextBoolean() ? topic * 6 + random.nextInt(6) : 1 + random.nextInt(WORDS - 1));
      }
      posts.add(
          new Use(
              random.nextInt(count / 2), words, random.nextInt(3) == 0 ? Set.of(topic) : Set.of()));
    }
    return posts;
  }

  private static WordTopics counted(List<Use> posts) {
    HashtagCounts counts = new HashtagCounts();
    for (int post = 0; post < posts.size(); post++) {
      Use use = posts.get(post);
      Set<Integer> words = new HashSet<>(use.words);
      words.add(WordTopics.ALL);
      for (int word : words) {
        counts.add(word, WordTopics.ALL, post, use.author);
        for (int topic : use.topics) {
          counts.add(word, topic, post, use.author);
        }
      }
    }
    WordTopics.Builder builder = new WordTopics.Builder();
    counts.count((word, topic, postCount, authors) -> builder.add(word, topic, authors));
    return builder.build(WORDS, TOPICS);
  }

  /** From sets of authors, by the book. */
  private static double slowWeight(List<Use> posts, int word, int topic) {
    Set<Long> users = new HashSet<>();
    Set<Long> namers = new HashSet<>();
    Set<Long> both = new HashSet<>();
    Set<Long> all = new HashSet<>();
    for (Use use : posts) {
      all.add(use.author);
      if (use.words.contains(word)) {
        users.add(use.author);
      }
      if (use.topics.contains(topic)) {
        namers.add(use.author);
        if (use.words.contains(word)) {
          both.add(use.author);
        }
      }
    }
    double a = both.size() + 0.5;
    double b = users.size() - both.size() + 0.5;
    double c = namers.size() - both.size() + 0.5;
    double d = Math.max(0, all.size() - users.size() - namers.size() + both.size()) + 0.5;
    double bound = Math.log(a * d / b / c) - 2.5758 * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
    return both.size() < 2 ? 0 : Math.max(0, bound);
  }

  @Test
  void weightsAreThoseOfTheSetsOfAuthors() {
    int telling = 0;
    for (int seed = 0; seed < 10; seed++) {
      List<Use> posts = posts(new Random(seed), 400);
      WordTopics learned = counted(posts);
      for (int row = 0; row < learned.size(); row++) {
        if (learned.word(row) != WordTopics.ALL && learned.topic(row) != WordTopics.ALL) {
          double slow = slowWeight(posts, learned.word(row), learned.topic(row));
          assertThat(learned.weight(row)).isCloseTo(slow, within(1e-9));
          telling += slow > 0 ? 1 : 0;
        }
      }
    }
    assertThat(telling).isGreaterThan(50);
  }

  @Test
  void aPostIsFoundByTheSumOfItsWords() {
    List<Use> posts = posts(new Random(3), 700);
    WordTopics learned = counted(posts);
    double[] shares = new double[TOPICS];
    for (int i = 0; i < 150; i++) {
      Use use = posts.get(i);
      double[] expected = {0, 0.1 * (i % 3), 0, 0, 0.5 * (i % 2), 0};
      Finding finding = learned.find(numbers(use.words), topic -> expected[topic]);
      int best = -1;
      double most = 0;
      for (int topic = 1; topic < TOPICS; topic++) {
        int wanted = topic;
        double sum = 0;
        int words = 0;
        for (int word : use.words) {
          double weight = slowWeight(posts, word, wanted);
          sum += weight;
          words += weight > 0 ? 1 : 0;
        }
        Set<Long> all = new HashSet<>();
        Set<Long> namers = new HashSet<>();
        for (Use one : posts) {
          all.add(one.author);
          if (one.topics.contains(wanted)) {
            namers.add(one.author);
          }
        }
        double base = (namers.size() + 0.5) / (all.size() + 1);
        double prior = base + (1 - base) * 0.5 * expected[topic];
        double score = sum + Math.log(prior / (1 - prior));
        if ((words > 1 || words == 1 && expected[topic] > 0) && (best < 0 || score > most)) {
          best = topic;
          most = score;
        }
      }
      if (best < 0) {
        assertThat(finding).isNull();
      } else {
        assertThat(finding.topic()).isEqualTo(best);
        assertThat(finding.score()).isCloseTo(most, within(1e-9));
        shares[best]++;
      }
    }
    assertThat(shares[1] + shares[2] + shares[3]).isGreaterThan(20);
  }

  @Test
  void whatAnAuthorTaughtIsLeftOut() {
    Random random = new Random(5);
    List<Use> posts = new ArrayList<>(posts(random, 400));
    // Each author once, so that leaving out an author is leaving out a post.
    Map<Long, Use> byAuthor = new HashMap<>();
    posts.forEach(use -> byAuthor.putIfAbsent(use.author, use));
    posts = new ArrayList<>(byAuthor.values());
    WordTopics learned = counted(posts);
    int found = 0;
    for (Use use : posts) {
      List<Use> others = new ArrayList<>(posts);
      others.remove(use);
      Finding expected = counted(others).find(numbers(use.words), topic -> 0);
      Finding finding = learned.findWithout(numbers(use.words), numbers(use.topics), topic -> 0);
      if (expected == null) {
        assertThat(finding).isNull();
        continue;
      }
      found++;
      assertThat(finding.topic()).isEqualTo(expected.topic());
      assertThat(finding.score()).isCloseTo(expected.score(), within(1e-9));
    }
    assertThat(found).isGreaterThan(10);
  }

  @Test
  void aLoneWordDecidesOnlyWhatIsExpected() {
    WordTopics learned =
        new WordTopics.Builder()
            .add(0, 0, 1000)
            .add(0, 1, 50)
            .add(1, 0, 40)
            .add(1, 1, 40)
            .add(2, 0, 300)
            .add(2, 1, 2)
            .build(3, 2);
    assertThat(learned.find(new int[] {1, 2}, topic -> 0)).isNull();
    assertThat(learned.find(new int[] {1, 2}, topic -> 0.3).topic()).isEqualTo(1);
    assertThat(learned.find(new int[] {2}, topic -> 1)).isNull();
  }

  @Test
  void aPersonsCorrectionHolds() {
    WordTopics learned =
        new WordTopics.Builder()
            .add(0, 0, 1000)
            .add(0, 1, 50)
            .add(1, 0, 40)
            .add(1, 1, 40)
            .correct(1, 1, 0)
            .correct(2, 1, 0.1)
            .correct(1, 2, 4)
            .correct(2, 2, 4)
            .build(3, 3);
    Finding finding = learned.find(new int[] {1, 2}, topic -> 0);
    assertThat(finding.topic()).isEqualTo(2);
    assertThat(finding.score()).isCloseTo(8 + Math.log(0.5 / 1000.5), within(1e-12));
    assertThat(learned.findWithout(new int[] {1, 2}, new int[] {1}, topic -> 0).topic())
        .isEqualTo(2);
  }

  @Test
  void sharesRiseAsIsotonicRegressionSays() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int count = 1 + random.nextInt(60);
      double[] scores = new double[count];
      boolean[] hits = new boolean[count];
      for (int i = 0; i < count; i++) {
        scores[i] = random.nextInt(40) - 20;
        hits[i] = random.nextInt(40) < scores[i] + 20;
      }
      double[][] rising = WordConfidence.rising(scores, hits);
      // The isotonic mean is the largest of the least means of what surrounds it.
      List<Double> levels = new ArrayList<>();
      for (double score : scores) {
        levels.add(score);
      }
      levels = new ArrayList<>(new HashSet<>(levels));
      Collections.sort(levels);
      for (double level : levels) {
        double slow = Double.NEGATIVE_INFINITY;
        for (double from : levels) {
          double least = Double.POSITIVE_INFINITY;
          for (double to : levels) {
            if (from <= level && to >= level) {
              least = Math.min(least, mean(scores, hits, from, to));
            }
          }
          slow = from <= level ? Math.max(slow, least) : slow;
        }
        int pool = 0;
        while (pool + 1 < rising[0].length && rising[0][pool + 1] <= level) {
          pool++;
        }
        double end =
            pool + 1 < rising[0].length ? rising[0][pool + 1] - 0.5 : Double.POSITIVE_INFINITY;
        assertThat(mean(scores, hits, rising[0][pool], end)).isCloseTo(slow, within(1e-12));
      }
      assertThat(rising[1]).isSorted();
    }
  }

  private static double mean(double[] scores, boolean[] hits, double from, double to) {
    double all = 0;
    double good = 0;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] >= from && scores[i] <= to) {
        all++;
        good += hits[i] ? 1 : 0;
      }
    }
    return good / all;
  }

  @Test
  void confidenceIsTheShareThatIsRightThoughFewNameTheirTopic() {
    Random random = new Random(11);
    int count = 40_000;
    double[] scores = new double[count];
    boolean[] right = new boolean[count];
    for (int i = 0; i < count; i++) {
      scores[i] = random.nextDouble() * 4 - 2;
      boolean isAbout = random.nextDouble() < 1 / (1 + Math.exp(-4 * scores[i]));
      // One post in five that is about something names it.
      right[i] = isAbout && random.nextInt(5) == 0;
    }
    WordConfidence confidence = WordConfidence.of(scores, right, 0.2);
    for (double score = -1.5; score < 0.5; score += 0.25) {
      assertThat(confidence.of(score)).isCloseTo(1 / (1 + Math.exp(-4 * score)), within(0.08));
    }
    assertThat(confidence.of(2)).isEqualTo(0.9);
    assertThat(confidence.of(-9)).isZero();
  }

  @Test
  void fewPostsSayNothing() {
    double[] scores = new double[29];
    boolean[] all = new boolean[29];
    Arrays.fill(all, true);
    assertThat(WordConfidence.of(scores, all, 1).of(5)).isZero();
  }

  private static int[] numbers(Set<Integer> some) {
    return some.stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}
