package renown.kernels.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import renown.engine.taxonomy.TaxonomyFiles;

class TopicMatcherTest {
  private static final TopicMatcher MATCHER = new TopicMatcher(TaxonomyFiles.shipped());

  private static List<String> topics(String text, String language) {
    return ids(MATCHER.match(text, language));
  }

  private static List<String> ids(List<TopicMatch> matches) {
    return matches.stream().map(TopicMatch::topicId).toList();
  }

  @Test
  void twoAmbiguousWordsAreNotEnoughAndAPluralIsNoSecondWitness() {
    TopicMatcher matcher =
        new TopicMatcher(
            TaxonomyText.parse(
                "test",
                String.join(
                    "\n",
                    List.of(
                        "topic comedy",
                        "  en Comedy; joke?, sketch?, stage?, comedian",
                        "topic cars",
                        "  en Cars",
                        "  id Mobil; sim a"))));
    assertThat(matcher.match("this joke, then a sketch", "en"))
        .allMatch(match -> match.confidence() < 0.5);
    assertThat(matcher.match("a joke, a sketch, on stage", "en"))
        .extracting(TopicMatch::topicId, match -> match.confidence() > 0.5)
        .containsExactly(tuple("comedy", true));
    assertThat(matcher.match("joke, joke, more jokes", "en")).isEmpty();
    assertThat(matcher.match("comedian", "en").get(0).confidence())
        .isEqualTo(matcher.match("comedians and a comedian", "en").get(0).confidence());
    // A phrase of another language counts, but not one of two particles.
    assertThat(matcher.match("perde sim a pessoa", "pt")).isEmpty();
    assertThat(matcher.match("bikin sim a kemarin", "id")).hasSize(1);
  }

  @Test
  void phrasesTellTheirTopicAndThoseAboveIt() {
    assertThat(topics("A reusable booster landed today", "en"))
        .contains("space-technology", "space", "science", "technology");
    assertThat(topics("La CURVA DE PÉRDIDA, por fin!", "es"))
        .contains("machine-learning", "artificial-intelligence", "technology");
    assertThat(topics("curva de perdida", "es")).contains("machine-learning");
    assertThat(topics("A long week and good company", "en")).isEmpty();
  }

  @Test
  void onlyWholeWordsCount() {
    assertThat(topics("She is a chessboard collector", "en")).doesNotContain("chess");
    assertThat(topics("chess!", "en")).contains("chess");
    assertThat(topics("the telescopes", "en")).contains("astronomy");
  }

  @Test
  void anAmbiguousWordNeedsSupport() {
    assertThat(topics("Java is nice", "en")).isEmpty();
    assertThat(topics("My Java code does not compile", "en"))
        .contains("java-language", "programming")
        .doesNotContain("coffee", "tourism");
    assertThat(topics("Two weeks on java island, what a tourist attraction", "en"))
        .contains("tourism")
        .doesNotContain("java-language");
    assertThat(topics("java coffee, freshly made", "en"))
        .contains("coffee")
        .doesNotContain("java-language");
    // A sign of a relative supports as well as a context word does.
    assertThat(ids(MATCHER.match("java", List.of("openjdk"), List.of(), "en")))
        .contains("java-language");
  }

  @Test
  void aSingleWordOfAnotherLanguageNeedsSupport() {
    // "portero" is a goalkeeper in Spanish; in a Portuguese text it may be anything.
    assertThat(topics("portero", "es")).contains("football");
    assertThat(topics("portero", "pt")).isEmpty();
    assertThat(topics("portero", null)).contains("football");
  }

  @Test
  void hashtagsAndSitesTell() {
    assertThat(ids(MATCHER.match("look", List.of("CambioClimático"), List.of(), "es")))
        .contains("climate", "environment", "nature");
    assertThat(ids(MATCHER.match("", List.of("machine_learning"), List.of(), null)))
        .contains("machine-learning");
    assertThat(ids(MATCHER.match(null, List.of(), List.of("https://blogs.nasa.gov/x?y=1"), null)))
        .contains("space");
    assertThat(ids(MATCHER.match(null, List.of(), List.of("https://www.bbc.co.uk/sport/1"), "en")))
        .containsExactly("sport");
    assertThat(MATCHER.match(null, List.of(), List.of("https://notnasa.gov/", "::"), "en"))
        .isEmpty();
  }

  @Test
  void witnessesAddUpAndAWordSaidTwiceIsOne() {
    double one = confidence(MATCHER.match("zugzwang", "en"), "chess");
    double twice = confidence(MATCHER.match("zugzwang zugzwang", "en"), "chess");
    double two = confidence(MATCHER.match("zugzwang tablebase", "en"), "chess");
    assertThat(twice).isEqualTo(one);
    assertThat(two).isCloseTo(1 - (1 - one) * (1 - one), within(1e-12));
  }

  @Test
  void theParentOfTwoChildrenIsAsSureAsTheSurerOfThem() {
    List<TopicMatch> matches = MATCHER.match("zugzwang", List.of("boardgames"), List.of(), "en");
    assertThat(confidence(matches, "games"))
        .isEqualTo(Math.max(confidence(matches, "chess"), confidence(matches, "board-games")));
  }

  private static double confidence(List<TopicMatch> matches, String topicId) {
    return matches.stream()
        .filter(match -> match.topicId().equals(topicId))
        .findFirst()
        .orElseThrow()
        .confidence();
  }

  @Test
  void linksNamesAndHashtagsInTheTextAreNoProse() {
    assertThat(topics("@chess https://example.com/chess #chess", "en")).isEmpty();
  }

  @Test
  void aWallOfHashtagsSaysLess() {
    List<String> wall = new ArrayList<>(List.of("chess"));
    for (int i = 0; i < 29; i++) {
      wall.add("follow" + i);
    }
    assertThat(confidence(MATCHER.match("", wall, List.of(), "en"), "chess"))
        .isCloseTo(0.9 * 6 / 30, within(1e-12));
  }

  /** The automaton against a search for each term in turn, on random texts of the terms' words. */
  @Test
  void theAutomatonFindsWhatAPlainSearchFinds() {
    StringBuilder text = new StringBuilder();
    List<String> words = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      String id = "t" + i;
      String term = word(random) + (i % 2 == 0 ? "" : " " + word(random));
      text.append("topic ").append(id).append("\n  xx ").append(term).append(i).append("\n");
      words.addAll(List.of((term + i).split(" ")));
    }
    Taxonomy taxonomy = TaxonomyText.parse("random", text.toString());
    TopicMatcher matcher = new TopicMatcher(taxonomy);
    Map<String, String> terms =
        taxonomy.topics().stream()
            .collect(Collectors.toMap(Topic::id, t -> Words.of(t.label("xx"))));
    for (int seed = 0; seed < 200; seed++) {
      Random its = new Random(seed);
      String post =
          its.ints(12, 0, words.size()).mapToObj(words::get).collect(Collectors.joining(" "));
      String folded = Words.of(post);
      TreeSet<String> found = new TreeSet<>();
      terms.forEach(
          (id, term) -> {
            boolean within =
                terms.values().stream()
                    .anyMatch(o -> !o.equals(term) && o.contains(term) && folded.contains(o));
            if (folded.contains(term) && !within) {
              found.add(id);
            }
          });
      assertThat(ids(matcher.match(post, null))).containsExactlyElementsOf(found);
    }
  }

  private static String word(Random random) {
    return random.ints(2, 'a', 'd').mapToObj(Character::toString).collect(Collectors.joining());
  }

  @Test
  void aMatcherThatWasSentElsewhereFindsTheSame() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(MATCHER);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      TopicMatcher copy = (TopicMatcher) in.readObject();
      String post = "A sourdough starter in the cast iron pan";
      assertThat(copy.match(post, "en")).isEqualTo(MATCHER.match(post, "en")).isNotEmpty();
    }
  }

  private static final TopicMatcher MANY_SCRIPTS =
      new TopicMatcher(
          TaxonomyText.parse(
              "test",
              String.join(
                  "\n",
                  List.of(
                      "topic football",
                      "  en Football?; striker",
                      "  * Rovers FC, Strikers United",
                      "  de Fußball*",
                      "  ja サッカー; 宇宙サッカー大会",
                      "  ko 축구",
                      "  ar كرة القدم",
                      "  accounts rovers_fc",
                      "  not striker of a match",
                      "topic space-technology",
                      "  en Space technology; rocket",
                      "  ja 宇宙開発",
                      "  zh 航天",
                      "  th จรวด",
                      "  hi अंतरिक्ष",
                      "topic place",
                      "  en Place",
                      "  ja 京都",
                      "topic code",
                      "  en Code; C++, C#",
                      "  tags c++ c# 🚀"))));

  private static List<String> found(String text, String language) {
    return ids(MANY_SCRIPTS.match(text, language));
  }

  @Test
  void whereNoSpacesPartWordsDictionariesDo() {
    assertThat(found("昨日は宇宙開発のニュースを読んだ", "ja")).containsExactly("space-technology");
    assertThat(found("今日のサッカーは楽しかった", "ja")).containsExactly("football");
    assertThat(found("我喜欢航天新闻", "zh")).containsExactly("space-technology");
    assertThat(found("เมื่อวานดูจรวดขึ้นฟ้า", "th")).containsExactly("space-technology");
    // "京都" is a city, and stands by chance in "東京都", another.
    assertThat(found("東京都に住んでいます", "ja")).isEmpty();
    assertThat(found("京都に住んでいます", "ja")).containsExactly("place");
    // Letters of another script next to them part words too.
    assertThat(found("NASA宇宙開発2026", "ja")).containsExactly("space-technology");
    assertThat(ids(MANY_SCRIPTS.match("", List.of("宇宙開発"), List.of(), "ja")))
        .containsExactly("space-technology");
  }

  @Test
  void whatALanguageWritesOntoAWordBelongsToIt() {
    assertThat(found("Fußballspiele am Abend", "de")).containsExactly("football");
    assertThat(found("fussballspiele am abend", "de")).containsExactly("football");
    assertThat(found("오늘은 축구를 봤다", "ko")).containsExactly("football");
    assertThat(found("أحب كرة القدم", "ar")).containsExactly("football");
    assertThat(found("وكرة القدم", "ar")).containsExactly("football");
    assertThat(found("मुझे अंतरिक्ष पसंद है", "hi")).containsExactly("space-technology");
    // Another word with the same consonants and other vowel signs.
    assertThat(found("अंतरीक्षा", "hi")).isEmpty();
  }

  @Test
  void namesAreOfEveryLanguageAndOtherSingleWordsAreNot() {
    assertThat(found("los Rovers FC ganaron", "es")).containsExactly("football");
    assertThat(found("striker", "es")).isEmpty();
    assertThat(found("striker", "en")).containsExactly("football");
  }

  @Test
  void accountsThatStandForATopicTellItAndOthersDoNot() {
    assertThat(found("@Rovers_FC well done!", "en")).containsExactly("football");
    assertThat(found("@rovers well done!", "en")).isEmpty();
  }

  @Test
  void aPhraseMayTakeATermAway() {
    assertThat(found("the striker of a match lights it", "en")).isEmpty();
  }

  @Test
  void symbolsTellHashtagsApart() {
    assertThat(ids(MANY_SCRIPTS.match("", List.of("C++"), List.of(), null)))
        .containsExactly("code");
    assertThat(ids(MANY_SCRIPTS.match("", List.of("🚀"), List.of(), null))).containsExactly("code");
    assertThat(ids(MANY_SCRIPTS.match("", List.of("C"), List.of(), null))).isEmpty();
    assertThat(found("I write C# and more", "en")).containsExactly("code");
  }

  @Test
  void anUnknownHashtagIsReadAsTheWordsThatItIsMadeOf() {
    assertThat(ids(MANY_SCRIPTS.match("", List.of("GoRoversFCGo"), List.of(), null)))
        .containsExactly("football");
    assertThat(ids(MANY_SCRIPTS.match("", List.of("gorocketgo"), List.of(), null))).isEmpty();
  }

  @Test
  void anAddressThatIsNoUriStillHasASite() {
    assertThat(ids(MATCHER.match(null, List.of(), List.of("https://a_b.nasa.gov/x|y z"), "en")))
        .contains("space");
    assertThat(ids(MATCHER.match(null, List.of(), List.of("http://u@nasa.gov:8080?q"), "en")))
        .contains("space");
  }

  @Test
  void whatAnAuthorIsUsuallyAboutSupportsAndGivesNothingByItself() {
    assertThat(
            ids(
                MANY_SCRIPTS.match(
                    "football", List.of(), List.of(), "en", Map.of(), Set.of("football"))))
        .containsExactly("football");
    assertThat(
            ids(
                MANY_SCRIPTS.match(
                    "good morning", List.of(), List.of(), "en", Map.of(), Set.of("football"))))
        .isEmpty();
  }

  @Test
  void pluralsAreRegularOnes() {
    assertThat(TopicMatcher.plural("cancao", "pt")).isEqualTo("cancoes");
    assertThat(TopicMatcher.plural("viagem", "pt")).isEqualTo("viagens");
    assertThat(TopicMatcher.plural("jornal", "pt")).isEqualTo("jornais");
    assertThat(TopicMatcher.plural("journal", "fr")).isEqualTo("journaux");
    assertThat(TopicMatcher.plural("romanzo", "it")).isEqualTo("romanzi");
    assertThat(TopicMatcher.plural("partita", "it")).isEqualTo("partite");
    assertThat(TopicMatcher.plural("telescope", "en")).isEqualTo("telescopes");
    assertThat(TopicMatcher.plural("galaxy", "en")).isEqualTo("galaxies");
    assertThat(TopicMatcher.plural("wristwatch", "en")).isEqualTo("wristwatches");
    assertThat(TopicMatcher.plural("books", "en")).isNull();
    assertThat(TopicMatcher.plural("volcan", "es")).isEqualTo("volcanes");
    assertThat(TopicMatcher.plural("telescopio", "es")).isEqualTo("telescopios");
    assertThat(TopicMatcher.plural("curva de perdida", "es")).isNull();
    assertThat(TopicMatcher.plural("nba", "en")).isNull();
  }

  @Test
  void aWordOfThePostsOwnLanguageMeansWhatItMeansThere() {
    // English has both for something else than Portuguese, where they are a gym and an advert.
    assertThat(topics("ela largou a academia hoje", "pt")).doesNotContain("higher-education");
    assertThat(topics("a propaganda da Ruffles", "pt")).doesNotContain("politics");
  }

  @Test
  void namesThatAreWordsElsewhereNeedCompany() {
    assertThat(topics("amo a esa mujer, con toda mi alma", "es")).isEmpty();
    assertThat(topics("ESA y NASA lanzan un satélite", "es")).contains("space");
    assertThat(topics("kkk adorei isso", "pt")).isEmpty();
    assertThat(topics("no hay nada que temer", "es")).isEmpty();
    assertThat(topics("el mundo acabará ciego", "es")).isEmpty();
  }

  @Test
  void loneCommonWordsDoNotDecide() {
    assertThat(topics("Hard work is a recipe for success", "en")).doesNotContain("cooking");
    assertThat(topics("that meeting was a marathon", "en")).doesNotContain("running");
    assertThat(topics("my boxer barks at everyone", "en")).doesNotContain("boxing");
  }

  @Test
  void namesAreOfEveryLanguage() {
    assertThat(topics("Messi volvió a marcar", "es")).contains("football");
    assertThat(topics("Heute auf Netflix nichts gefunden", "de")).contains("television");
    assertThat(topics("ChatGPT hat mir geholfen", "de")).contains("artificial-intelligence");
    assertThat(topics("Comprei Bitcoin ontem", "pt")).contains("blockchain");
  }
}
