package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.LanguageCodes;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TaxonomyText;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.taxonomy.TopicMatcher;
import renown.lab.evaluate.TopicAccuracy.Accuracy;
import renown.lab.evaluate.TopicAccuracy.Label;
import renown.run.RenownException;

class TopicAccuracyTest {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"));

  private static final Path LABELS = Path.of("tests/fixtures/topics/random-posts.tsv");

  private static final Taxonomy TAXONOMY =
      TaxonomyText.parse(
          "test",
          String.join(
              "\n",
              List.of(
                  "topic sport",
                  " en Sport",
                  "topic tennis < sport",
                  " en Tennis",
                  "topic clay < tennis",
                  " en Clay",
                  "topic food",
                  " en Food")));

  private static RealPosts.Post post(String id) {
    return new RealPosts.Post(id, "file", "en", "text " + id, List.of(), List.of());
  }

  private static TopicMatch match(String topic, double confidence) {
    return new TopicMatch(topic, confidence, "term");
  }

  @Test
  void whatIsGivenIsHeldAgainstWhatAReaderSays() {
    Map<String, RealPosts.Post> posts = new TreeMap<>();
    List.of("a", "b", "c", "d", "e").forEach(id -> posts.put(id, post(id)));
    List<Label> labels =
        List.of(
            new Label("a", "en", Set.of("tennis")),
            new Label("b", "en", Set.of("tennis", "food")),
            new Label("c", "en", Set.of()),
            new Label("d", "fr", Set.of("sport")),
            new Label("gone", "en", Set.of("food")));
    Map<String, List<TopicMatch>> matches =
        Map.of(
            // Right: the topic itself; what only stands above it is not counted.
            "a", List.of(match("tennis", 0.9), new TopicMatch("sport", 0.9, "child")),
            // Right: above a labelled one. Not sure enough to be given: food.
            "b", List.of(match("sport", 0.8), match("food", 0.4)),
            // Wrong: the post is about nothing.
            "c", List.of(match("food", 0.7)),
            // Wrong: two steps below the labelled one.
            "d", List.of(match("clay", 0.6)));
    List<Accuracy> rows =
        TopicAccuracy.measure(TAXONOMY, posts, labels, post -> matches.get(post.id()));
    assertThat(rows).extracting(Accuracy::group).containsExactly("en", "fr", "all");
    Accuracy english = rows.get(0);
    assertThat(english.postCount()).isEqualTo(3);
    assertThat(english.toldCount()).isEqualTo(2);
    assertThat(english.givenCount()).isEqualTo(3);
    assertThat(english.precision()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(english.recall()).isEqualTo(1);
    assertThat(english.topicRecall()).isCloseTo(1.0 / 3, within(1e-12));
    // Bins: 0.9 right, 0.8 right, 0.7 wrong, 0.4 right.
    assertThat(english.calibrationError()).isCloseTo((0.1 + 0.2 + 0.7 + 0.6) / 4, within(1e-12));
    Accuracy french = rows.get(1);
    assertThat(french.precision()).isEqualTo(0);
    assertThat(french.recall()).isEqualTo(0);
    assertThat(rows.get(2).postCount()).isEqualTo(4);
  }

  @Test
  void directlyBelowALabelledTopicIsRight() {
    assertThat(TopicAccuracy.isRight(TAXONOMY, "clay", Set.of("tennis"))).isTrue();
    assertThat(TopicAccuracy.isRight(TAXONOMY, "clay", Set.of("sport"))).isFalse();
    assertThat(TopicAccuracy.isRight(TAXONOMY, "sport", Set.of("clay"))).isTrue();
    assertThat(TopicAccuracy.isRight(TAXONOMY, "food", Set.of("sport"))).isFalse();
  }

  @Test
  void twoLabellingsAreComparedWhereBothStand() throws Exception {
    TopicAccuracy.Agreement small =
        TopicAccuracy.agreement(
            List.of(
                new Label("a", "en", Set.of("tennis", "food")),
                new Label("b", "en", Set.of()),
                new Label("c", "en", Set.of("food")),
                new Label("d", "en", Set.of())),
            List.of(
                new Label("a", "en", Set.of("tennis")),
                new Label("b", "en", Set.of()),
                new Label("c", "en", Set.of()),
                new Label("elsewhere", "en", Set.of())));
    assertThat(small.postCount()).isEqualTo(3);
    assertThat(small.agreeing()).isCloseTo(2.0 / 3, within(1e-12));
    // By chance 2/3 * 1/3 + 1/3 * 2/3 = 4/9 would agree.
    assertThat(small.kappa()).isCloseTo((2.0 / 3 - 4.0 / 9) / (5.0 / 9), within(1e-12));
    assertThat(small.commonShare()).isEqualTo(0.5);

    Path again = TopicAccuracy.secondLabels(LABELS);
    TopicAccuracy.Agreement read =
        TopicAccuracy.agreement(TopicAccuracy.labels(LABELS), TopicAccuracy.labels(again));
    // As README.md beside them says.
    assertThat(read.postCount()).isEqualTo(100);
    assertThat(read.agreeing()).isCloseTo(0.97, within(1e-9));
    assertThat(read.kappa()).isCloseTo(0.94, within(0.005));
    assertThat(read.commonShare()).isCloseTo(0.86, within(0.005));
  }

  @Test
  void aLineThatIsNoLabelIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("labels.tsv"), "# comment\n12\ten\n");
    assertThatThrownBy(() -> TopicAccuracy.labels(file))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("an id, a language and topics");
  }

  @Test
  void theLabelsAreOfTheTaxonomyAndOfEnoughPosts() throws Exception {
    List<Label> labels = TopicAccuracy.labels(LABELS);
    assertThat(labels).hasSizeGreaterThanOrEqualTo(600);
    assertThat(labels).extracting(Label::id).doesNotHaveDuplicates();
    Set<String> known = new TreeSet<>();
    TaxonomyFiles.shipped().topics().forEach(topic -> known.add(topic.id()));
    Map<String, Integer> counts = new TreeMap<>();
    for (Label label : labels) {
      assertThat(known).as(label.id()).containsAll(label.topics());
      assertThat(label.topics()).as(label.id()).hasSizeLessThanOrEqualTo(3);
      String language = label.language();
      counts.merge(
          List.of("en", "es", "pt", "fr", "de", "ja").contains(language) ? language : "other",
          1,
          Integer::sum);
    }
    assertThat(counts).containsOnlyKeys("en", "es", "pt", "fr", "de", "ja", "other");
    // There are no more posts in German in these minutes.
    assertThat(counts.get("de")).isGreaterThanOrEqualTo(40);
    counts.remove("de");
    assertThat(counts.values()).allMatch(count -> count >= 100);
    assertThat(labels.stream().filter(l -> l.half() == TopicAccuracy.Half.WORK).count())
        .isBetween(400L, 480L);
  }

  /** Posts of a source and language: how many were drawn. */
  private static final Map<String, Integer> DRAWN =
      Map.ofEntries(
          Map.entry("2011 unstated", 130),
          Map.entry("2013 en", 35),
          Map.entry("2016 en", 40),
          Map.entry("2019 en", 50),
          Map.entry("Bluesky en", 30),
          Map.entry("2013 es", 30),
          Map.entry("2016 es", 30),
          Map.entry("2019 es", 40),
          Map.entry("Bluesky es", 5),
          Map.entry("2013 pt", 30),
          Map.entry("2016 pt", 30),
          Map.entry("2019 pt", 40),
          Map.entry("Bluesky pt", 5),
          Map.entry("2013 ja", 30),
          Map.entry("2016 ja", 30),
          Map.entry("2019 ja", 40),
          Map.entry("Bluesky ja", 5),
          Map.entry("2013 other", 20),
          Map.entry("2016 other", 30),
          Map.entry("2019 other", 50),
          Map.entry("Bluesky other", 30),
          Map.entry("Bluesky unstated", 3));

  /**
   * Drawn later: of those whose language is this as stated or detected; in German there are no
   * more.
   */
  private static final Map<String, Integer> DRAWN_LATER = Map.of("fr", 100, "de", 100);

  /** Drawn later, of those that are held out and were not drawn before. */
  private static final Map<String, Integer> HELD_OUT_LATER = Map.of("pt", 70, "ja", 70, "es", 60);

  @Test
  void theLabelledPostsAreThoseThatTheDrawGivesAndTheirTopicsAreFound() throws Exception {
    assumeTrue(RealPosts.areIn(DATA), () -> "no real data in " + DATA.toAbsolutePath());
    Map<String, List<RealPosts.Post>> groups = new TreeMap<>();
    Map<String, List<String>> known = new TreeMap<>();
    Map<String, RealPosts.Post> posts = RealPosts.read(DATA);
    for (RealPosts.Post post : posts.values()) {
      String language = LanguageCodes.of(post.language());
      String source = post.id().startsWith("at:") ? "Bluesky" : post.source().substring(0, 4);
      String group =
          language == null
              ? "unstated"
              : List.of("en", "es", "pt", "ja").contains(language) ? language : "other";
      groups.computeIfAbsent(source + " " + group, g -> new ArrayList<>()).add(post);
      known
          .computeIfAbsent(String.valueOf(post.knownLanguage()), l -> new ArrayList<>())
          .add(post.id());
    }
    known.values().forEach(ids -> ids.sort(Comparator.comparing(TopicAccuracyTest::place)));
    Set<String> drawn = new TreeSet<>();
    DRAWN.forEach(
        (group, count) ->
            groups.getOrDefault(group, List.of()).stream()
                .map(RealPosts.Post::id)
                .sorted(Comparator.comparing(TopicAccuracyTest::place))
                .limit(count)
                .forEach(drawn::add));
    Set<String> before = new TreeSet<>(drawn);
    DRAWN_LATER.forEach(
        (language, count) -> known.get(language).stream().limit(count).forEach(drawn::add));
    HELD_OUT_LATER.forEach(
        (language, count) ->
            known.get(language).stream()
                .filter(id -> !before.contains(id))
                .filter(id -> TopicAccuracy.Half.of(id) == TopicAccuracy.Half.HELD_OUT)
                .limit(count)
                .forEach(drawn::add));
    List<Label> labels = TopicAccuracy.labels(LABELS);
    assertThat(labels.stream().map(Label::id)).containsExactlyInAnyOrderElementsOf(drawn);
    // Looser than what README.md beside the labels tells: a slip back should be seen.
    TopicMatcher matcher = new TopicMatcher(TaxonomyFiles.shipped());
    for (TopicAccuracy.Half half : TopicAccuracy.Half.values()) {
      List<Accuracy> rows =
          TopicAccuracy.measure(
              TaxonomyFiles.shipped(),
              posts,
              labels.stream().filter(label -> label.half() == half).toList(),
              post -> post.topics(matcher));
      rows.forEach(row -> System.out.println(half + ": " + row));
      Accuracy all = rows.get(rows.size() - 1);
      assertThat(all.precision()).as("precision, " + half).isGreaterThan(0.7);
      assertThat(all.recall()).as("recall, " + half).isGreaterThan(0.5);
    }
  }

  private static String place(String id) {
    try {
      byte[] seeded = ("30-november-2026 " + id).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(seeded);
      hash[0] ^= (byte) 0x80; // drawn in the order of signed numbers
      return HexFormat.of().formatHex(hash);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
