package renown.night.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.engine.taxonomy.WordCorrections;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.topics.TopicClock;
import renown.lake.ColumnRows;
import renown.tables.TopicWords;

/** What the posts of a night teach about words. */
class LearnedWordsTest {
  private static final Taxonomy TAXONOMY = TaxonomyFiles.shipped();
  private static final long NIGHT = 20_500;
  private static final List<TopicMatch> CHESS =
      List.of(new TopicMatch("chess", 0.9, "hashtag"), new TopicMatch("games", 0.9, "child"));

  /** Words that no taxonomy has, of people who talk about chess. */
  private static final List<String> OURS = List.of("zwischen", "rookie", "fianch", "berliner");

  private static final List<String> OTHERS =
      List.of("morning", "train", "late", "happy", "again", "window", "yellow", "people");

  private static NightPost post(
      String id, long author, String language, String text, List<TopicMatch> named) {
    return post(id, author, language, text, List.of(), named);
  }

  private static NightPost post(
      String id,
      long author,
      String language,
      String text,
      List<TopicMatch> direct,
      List<TopicMatch> named) {
    return new NightPost(
        id,
        NIGHT,
        author,
        1,
        language,
        new String[3],
        new String[0],
        new String[0],
        text,
        direct,
        named);
  }

  /** A fifth of the people talk about chess, and a third of those say so by a hashtag. */
  private static List<NightPost> posts() {
    Random random = new Random(7);
    List<NightPost> posts = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      boolean isOurs = random.nextInt(5) == 0;
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 6; word++) {
        List<String> of = isOurs && word < 3 ? OURS : OTHERS;
        text.append(of.get(random.nextInt(of.size()))).append(' ');
      }
      boolean names = isOurs && random.nextInt(3) == 0;
      // What else they say tells some of them, whether or not they name it.
      List<TopicMatch> direct =
          isOurs && random.nextInt(3) == 0
              ? List.of(new TopicMatch("chess", 0.8, "term"))
              : List.of();
      posts.add(post("p" + i, i, "en", text.toString(), direct, names ? CHESS : List.of()));
    }
    posts.add(post("ours", 9001, "en", "That Berliner, then zwischen... wow", List.of()));
    posts.add(post("lone", 9002, "en", "zwischen", List.of()));
    posts.add(post("expected", 9003, "en", "zwischen", List.of()));
    posts.add(post("others", 9004, "en", "Happy people, late again", List.of()));
    posts.add(post("foreign", 9005, "de", "Berliner, zwischen", List.of()));
    posts.add(post("unknown", 9006, null, "Berliner, zwischen", List.of()));
    return posts;
  }

  private static LearnedWords learned(
      ColumnRows before, List<NightPost> posts, long night, WordCorrections... corrections) {
    Function<NightPost, Map<String, Double>> expected =
        post -> post.id().equals("expected") ? Map.of("chess", 0.8) : Map.of();
    return new LearnedWords(
        "n", before, posts, TAXONOMY, List.of(corrections), new TopicClock(night, 90), expected);
  }

  private static ColumnRows none() {
    return new ColumnRows(TopicWords.TABLE);
  }

  private static List<String> found(LearnedWords learned, List<NightPost> posts, String id) {
    NightPost post = posts.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    return learned.topics(post, 0.5).stream().map(m -> m.topicId() + " " + m.basis()).toList();
  }

  @Test
  void wordsTellWhatHashtagsTaught() {
    List<NightPost> posts = posts();
    LearnedWords learned = learned(none(), posts, NIGHT);
    assertThat(found(learned, posts, "ours")).containsExactly("chess co-occurrence", "games child");
    assertThat(found(learned, posts, "lone")).isEmpty();
    assertThat(found(learned, posts, "others")).isEmpty();
    assertThat(found(learned, posts, "foreign")).isEmpty();
    assertThat(found(learned, posts, "unknown")).isEmpty();
    // Nobody counts it wrong that most posts about chess do not say so.
    long right = 0;
    long given = 0;
    for (NightPost post : posts) {
      boolean isOurs = post.text() != null && OURS.stream().anyMatch(post.text()::contains);
      boolean isGiven = !learned.topics(post, 0.5).isEmpty();
      given += isGiven ? 1 : 0;
      right += isGiven && isOurs ? 1 : 0;
    }
    assertThat(right).isEqualTo(given).isGreaterThan(200);
  }

  @Test
  void whatIsKnownIsKeptDecayedAndCorrected() {
    ColumnRows rows = learned(none(), posts(), NIGHT).rows();
    Map<String, Integer> row = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      row.put(
          rows.texts(TopicWords.LANGUAGE).get(i)
              + " "
              + rows.texts(TopicWords.WORD).get(i)
              + " "
              + rows.texts(TopicWords.TOPIC_ID).get(i),
          i);
    }
    assertThat(row).doesNotContainKey("de * *").containsKeys("en * *", "en * chess");
    int zwischen = row.get("en zwischen chess");
    assertThat(rows.doubles(TopicWords.WEIGHT).get(zwischen)).isGreaterThan(2);
    assertThat(rows.doubles(TopicWords.WEIGHT).get(row.get("en happy chess"))).isZero();
    assertThat(rows.doubles(TopicWords.WEIGHT).isNull(row.get("en zwischen *"))).isTrue();
    // All counted once: 1,500 and the four in English.
    assertThat(rows.doubles(TopicWords.AUTHOR_COUNT).get(row.get("en * *"))).isEqualTo(1504);

    double count = rows.doubles(TopicWords.AUTHOR_COUNT).get(zwischen);
    ColumnRows later = learned(rows, List.of(), NIGHT + 90).rows();
    for (int i = 0; i < later.size(); i++) {
      if (later.texts(TopicWords.WORD).get(i).equals("zwischen")
          && later.texts(TopicWords.TOPIC_ID).get(i).equals("chess")) {
        assertThat(later.doubles(TopicWords.AUTHOR_COUNT).get(i))
            .isCloseTo(count / 2, within(1e-9));
      }
    }
    // Enough is forgotten after years.
    assertThat(learned(later, List.of(), NIGHT + 3000).rows().size()).isZero();

    List<NightPost> posts = posts();
    WordCorrections never = new WordCorrections("en", "berliner", "chess", 0);
    assertThat(found(learned(none(), posts, NIGHT, never), posts, "ours")).isEmpty();
    WordCorrections does = new WordCorrections("en", "wow", "chess", 6);
    assertThat(found(learned(none(), posts, NIGHT, never, does), posts, "ours"))
        .containsExactly("chess co-occurrence", "games child");
  }

  @Test
  void theOrderOfPostsChangesNothing() {
    List<NightPost> posts = posts();
    ColumnRows once = learned(none(), posts, NIGHT).rows();
    List<NightPost> turned = new ArrayList<>(posts);
    Collections.reverse(turned);
    ColumnRows again = learned(none(), turned, NIGHT).rows();
    assertThat(again.size()).isEqualTo(once.size());
    Map<String, Double> weights = new TreeMap<>();
    for (int i = 0; i < once.size(); i++) {
      if (!once.doubles(TopicWords.WEIGHT).isNull(i)) {
        weights.put(
            once.texts(TopicWords.WORD).get(i) + once.texts(TopicWords.TOPIC_ID).get(i),
            once.doubles(TopicWords.WEIGHT).get(i));
      }
    }
    for (int i = 0; i < again.size(); i++) {
      if (!again.doubles(TopicWords.WEIGHT).isNull(i)) {
        assertThat(again.doubles(TopicWords.WEIGHT).get(i))
            .isEqualTo(
                weights.get(
                    again.texts(TopicWords.WORD).get(i) + again.texts(TopicWords.TOPIC_ID).get(i)));
      }
    }
  }
}
