package renown.kernels.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.run.RenownException;

class ForeignTaxonomiesTest {
  private static final String TOPICS =
      "\"topicId\",\"topicSlug\",\"topicDisplayName\",\"wikiItemId\",\"freebaseMachineId\"\n"
          + "10000000000000018902,\"space-technology\",\"Space Technology\",\"Q1\",\"x\"\n"
          + "7,\"science-super\",\"Science\",,\n";
  private static final String EDGES =
      "\"parentTopicId\",\"parrentTopicSlug\",\"childTopicId\",\"childTopicSlug\"\n"
          + "0,\"_ROOT_\",0,\"_ROOT_\"\n"
          + "0,\"_ROOT_\",7,\"science-super\"\n"
          + "7,\"science-super\",10000000000000018902,\"space-technology\"\n";

  private static Path data(String name) {
    String root = System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data");
    Path path = Path.of(root, "topics", name);
    assumeTrue(Files.exists(path), path + " is not there: nothing to compare with");
    return path;
  }

  @Test
  void kloutsIdsAreTextsAndItsRootIsNone() {
    Taxonomy taxonomy =
        ForeignTaxonomies.klout(
            "klout",
            new StringReader(TOPICS),
            new StringReader(EDGES),
            new StringReader(
                "\"topicId\",\"language\",\"topicDisplayName\"\n"
                    + "10000000000000018902,\"es\",\"Tecnología espacial\"\n"));
    assertThat(taxonomy.topics()).hasSize(2);
    assertThat(taxonomy.topic("7").parents()).isEmpty();
    assertThat(taxonomy.ancestors("10000000000000018902")).containsExactly("7");
    assertThat(taxonomy.find("tecnologia espacial").orElseThrow().id())
        .isEqualTo("10000000000000018902");
    TopicMatcher matcher = new TopicMatcher(taxonomy);
    assertThat(matcher.match("Space technology is hard", "en"))
        .extracting(TopicMatch::topicId)
        .containsExactly("10000000000000018902", "7");
    // A single word may mean anything.
    assertThat(matcher.match("Science", "en")).isEmpty();
  }

  @Test
  void kloutsOwnFilesAreADirectedAcyclicGraph() {
    Path folder = data("klout_topic_ontology_20180601.csv").getParent();
    Taxonomy taxonomy = TaxonomyFiles.read(folder.toString(), new Configuration());
    assertThat(taxonomy.topics()).hasSizeGreaterThan(8000);
    assertThat(taxonomy.topics().stream().mapToInt(t -> t.parents().size()).sum())
        .isGreaterThan(13_000);
    Topic space = taxonomy.find("Space Technology").orElseThrow();
    assertThat(space.id()).isEqualTo("10000000000000018902");
    assertThat(space.labels()).containsKeys("en", "es", "fr", "de", "it", "ar");
  }

  /** Some sixty thousand names in one automaton. */
  @Tag("long")
  @Test
  void kloutsOwnTopicsAreFoundInTexts() {
    Path folder = data("klout_topic_ontology_20180601.csv").getParent();
    Taxonomy taxonomy = TaxonomyFiles.read(folder.toString(), new Configuration());
    assertThat(new TopicMatcher(taxonomy).match("I love space technology", "en"))
        .extracting(TopicMatch::topicId)
        .contains("10000000000000018902");
  }

  @Test
  void iabsFilesAreRead() {
    for (String version : new String[] {"2.2", "3.1"}) {
      Path file = data("Content Taxonomy " + version + ".tsv");
      Taxonomy taxonomy = TaxonomyFiles.read(file.toString(), new Configuration());
      assertThat(taxonomy.topics()).as(version).hasSizeGreaterThan(300);
      assertThat(taxonomy.find("Amusement and Theme Parks")).as(version).isPresent();
    }
  }

  @Test
  void whatIsNoTaxonomyIsRefused(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> TaxonomyFiles.read(folder + "/none.txt", new Configuration()))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("topics.taxonomy = ")
        .hasMessageContaining("there is no such file or folder");
    assertThatThrownBy(() -> TaxonomyFiles.read(folder.toString(), new Configuration()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("klout_topic_ontology");
    Path file = Files.writeString(folder.resolve("x.tsv"), "a\tb\n");
    assertThatThrownBy(() -> TaxonomyFiles.read(file.toString(), new Configuration()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("Unique ID");
  }
}
