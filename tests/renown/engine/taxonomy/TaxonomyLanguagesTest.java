package renown.engine.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.Topic;

/** In which languages the built-in taxonomy knows what people say. */
class TaxonomyLanguagesTest {
  private static final List<String> LANGUAGES =
      List.of("en", "es", "pt", "fr", "de", "it", "ja", "ar", "hi", "id");

  private static final Taxonomy TAXONOMY = TaxonomyFiles.shipped();

  private static Set<String> languages(Topic topic) {
    return topic.terms().stream()
        .map(Topic.Term::language)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The topics that most of 19,194 random posts of X and Bluesky got, the most frequent first. */
  @Test
  void theHundredLargestTopicsHaveTermsInTenLanguages() throws Exception {
    List<String> largest = Files.readAllLines(Path.of("tests/fixtures/topics/largest.txt"));
    assertThat(largest).hasSize(100).doesNotHaveDuplicates();
    for (String id : largest) {
      assertThat(languages(TAXONOMY.topic(id))).as(id).containsAll(LANGUAGES);
    }
  }

  @Test
  void theGuideTellsHowManyTopicsHaveTermsInEachLanguage() throws Exception {
    String guide = Files.readString(Path.of("conf/taxonomy/README.md"));
    for (String language : LANGUAGES) {
      long topics =
          TAXONOMY.topics().stream().filter(topic -> languages(topic).contains(language)).count();
      long terms =
          TAXONOMY.topics().stream()
              .flatMap(topic -> topic.terms().stream())
              .filter(term -> term.language().equals(language))
              .count();
      assertThat(guide).contains(String.format("| %s | %d | %d |", language, topics, terms));
    }
  }
}
