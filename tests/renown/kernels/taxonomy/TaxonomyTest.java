package renown.kernels.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.run.RenownException;

class TaxonomyTest {
  private static Taxonomy parse(String... lines) {
    return TaxonomyText.parse("test", String.join("\n", lines));
  }

  @Test
  void theShippedTopicsHangTogether() {
    Taxonomy taxonomy = TaxonomyFiles.shipped();
    assertThat(taxonomy.topics().size()).isGreaterThan(200);
    assertThat(taxonomy.topics().stream().filter(t -> t.parents().isEmpty()).count())
        .isBetween(12L, 25L);
    for (Topic topic : taxonomy.topics()) {
      assertThat(topic.labels()).as(topic.id()).containsKeys("en", "es");
      if (topic.wikidataId() != null) {
        assertThat(topic.wikidataId()).matches("Q[1-9][0-9]*");
      }
    }
    assertThat(taxonomy.topics().stream().map(Topic::wikidataId).filter(id -> id != null))
        .doesNotHaveDuplicates();
    // Nobody can choose between two topics of one name.
    assertThat(
            taxonomy.topics().stream()
                .flatMap(t -> t.labels().values().stream().map(Words::joined).distinct()))
        .doesNotHaveDuplicates();
  }

  @Test
  void ancestorsAreThoseThatAWalkUpwardsMeets() {
    Taxonomy taxonomy = TaxonomyFiles.shipped();
    for (Topic topic : taxonomy.topics()) {
      Set<String> met = new HashSet<>();
      Deque<Topic> waiting = new ArrayDeque<>();
      waiting.add(topic);
      while (!waiting.isEmpty()) {
        for (String parent : waiting.poll().parents()) {
          met.add(parent);
          waiting.add(taxonomy.topic(parent));
        }
      }
      assertThat(taxonomy.ancestors(topic.id()))
          .containsExactlyInAnyOrderElementsOf(met)
          .doesNotContain(topic.id());
    }
  }

  @Test
  void topicsAreFoundByAnyLabelCaseAndAccentsIgnored() {
    Taxonomy taxonomy = TaxonomyFiles.shipped();
    for (String text :
        new String[] {
          "space technology",
          "Space Technology",
          "TECNOLOGIA ESPACIAL",
          "Tecnología espacial",
          "space-technology"
        }) {
      assertThat(taxonomy.find(text).orElseThrow().id()).isEqualTo("space-technology");
    }
    assertThat(taxonomy.find("space tecnology")).isEmpty();
    assertThat(taxonomy.nearMisses("space tecnology", 3)).first().isEqualTo("Space technology");
    assertThat(taxonomy.nearMisses("learning", 5)).contains("Machine learning");
    assertThat(taxonomy.nearMisses("xqzzw kjhgf", 5)).isEmpty();
  }

  @Test
  void topicsAreFoundByWhatPeopleCallThemInAnyLanguage() {
    Taxonomy taxonomy = TaxonomyFiles.shipped();
    for (String text :
        new String[] {
          "宇宙開発", "rocket landing", "Rocket Landings", "reusable booster", "spacetech", "SpaceX"
        }) {
      assertThat(taxonomy.find(text).orElseThrow().id()).as(text).isEqualTo("space-technology");
    }
    assertThat(taxonomy.find("サッカー").orElseThrow().id()).isEqualTo("football");
    assertThat(taxonomy.find("sepakbola").orElseThrow().id()).isEqualTo("football");
    assertThat(taxonomy.find("mantequilla tostada").orElseThrow().id()).isEqualTo("cooking");
    assertThat(taxonomy.nearMisses("reusable boostr", 3)).contains("Space technology");
    Taxonomy two =
        parse("topic a", "  en A; moon?, sun?", "topic b", "  en B; moon?", "topic c", "  en C");
    assertThat(two.find("moon")).isEmpty();
    assertThat(two.find("sun").orElseThrow().id()).isEqualTo("a");
    assertThat(two.find("...")).isEmpty();
  }

  @Test
  void aLanguageMayHaveTermsWithoutALabel() {
    Topic topic = parse("topic a", "  en A", "  tl ; bagyo", "  * Haiyan").topic("a");
    assertThat(topic.labels()).containsOnlyKeys("en");
    assertThat(topic.terms())
        .extracting(Topic.Term::language)
        .containsExactly("en", "tl", Topic.EVERY_LANGUAGE);
  }

  @Test
  void aLabelTermAndContextAreReadAsWritten() {
    Topic topic =
        parse(
                "# comment",
                "topic drink",
                "  en Drink",
                "topic coffee < drink",
                "  en Coffee? (beans, roast); espresso, java coffee",
                "  es Café",
                "  tags coffee brew?",
                "  sites beans.example",
                "  wikidata Q8486")
            .topic("coffee");
    assertThat(topic.parents()).containsExactly("drink");
    assertThat(topic.labels()).containsEntry("en", "Coffee").containsEntry("es", "Café");
    assertThat(topic.terms().get(0).context()).containsExactly("beans", "roast");
    assertThat(topic.terms())
        .extracting(Topic.Term::ambiguous)
        .containsExactly(true, false, false, false);
    assertThat(topic.hashtags()).extracting(Topic.Sign::ambiguous).containsExactly(false, true);
    assertThat(topic.label("es")).isEqualTo("Café");
    assertThat(topic.label("fr")).isEqualTo("Coffee");
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertThatThrownBy(() -> parse("topic a < b", "  en A"))
        .isInstanceOf(RenownException.class)
        .hasMessage(
            "Taxonomy test: topic \"a\" has the unknown parent \"b\"; the nearest topic is"
                + " \"a\".");
    assertThatThrownBy(
            () -> parse("topic a < c", "  en A", "topic b < a", "  en B", "topic c < b", "  en C"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("a topic is its own ancestor: a < c < b < a;");
    assertThatThrownBy(() -> parse("topic a", "  en A", "topic a", "  en B"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("topic \"a\" is defined twice");
    assertThatThrownBy(() -> parse("topic a", "  en A; moon", "topic b", "  en B; Moon"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("the term \"moon\" is claimed by \"a\" and by \"b\"");
    assertThatThrownBy(() -> parse("topic a", "  en A", "  tags x", "topic b", "  en B", " tags X"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("the hashtag \"x\" is claimed by \"a\" and by \"b\"");
    assertThatThrownBy(() -> parse("topic a", "  english A"))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("Taxonomy test, line 2: a line begins with \"english\"");
    assertThatThrownBy(() -> parse("topic a", "topic b", "  en B"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("topic \"a\" has no label");
    assertThatThrownBy(() -> parse("topic A b", "  en B"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("topic lower-case-id");
    assertThatThrownBy(() -> parse("topic a", "  en A; moon (night)"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("put a ? before the bracket");
    assertThatThrownBy(() -> parse("topic a", "  en A", "  wikidata 42"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("write it as Q42");
  }

  @Test
  void twoTopicsMayClaimATermThatBothCallAmbiguous() {
    assertThat(parse("topic a", "  en A; moon?", "topic b", "  en B; moon?").topics()).hasSize(2);
  }

  @Test
  void wordsAreComparedWithoutCaseAccentsAndPunctuation() {
    assertThat(Words.of("¡Árbol, niño! C++ #1")).isEqualTo(" arbol nino c++ 1 ");
    assertThat(Words.of("")).isEqualTo(" ");
    assertThat(Words.of("...")).isEqualTo(" ");
    assertThat(Words.of("e\u0301cole")).isEqualTo(Words.of("\u00e9cole"));
    assertThat(Words.of("العربية")).isEqualTo(" العربية ");
    assertThat(Words.joined("Cambio-Climático")).isEqualTo("cambioclimatico");
  }
}
