package renown.engine.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.kernels.taxonomy.Taxonomy;
import renown.run.RenownException;

class WordCorrectionsTest {
  private static final Taxonomy TAXONOMY = TaxonomyFiles.shipped();

  @Test
  void aLineIsAWordAndItsWeight(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("words.tsv");
    Files.writeString(file, "# checked\nen\tBérliner\tchess\t0\n\nes-MX\tjaque\tchess\t4.5\t12\n");
    assertThat(WordCorrections.read(file.toString(), TAXONOMY, new Configuration()))
        .containsExactly(
            new WordCorrections("en", "berliner", "chess", 0),
            new WordCorrections("es", "jaque", "chess", 4.5));
    assertThat(WordCorrections.read("", TAXONOMY, new Configuration())).isEmpty();
    String gone = folder.resolve("gone.tsv").toString();
    assertThatThrownBy(() -> WordCorrections.read(gone, TAXONOMY, new Configuration()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aWrongLineIsToldWithItsPlace() {
    refused("en\tberliner\tchess", "line 1: it must be language, word, topic and weight");
    refused("\nen\ttwo words\tchess\t1", "line 2: \"two words\" is not one word");
    refused("en\tberliner\tches\t1", "line 1: there is no topic \"ches\"");
    refused("en\tberliner\tchess\tmuch", "the weight \"much\" must be a number from 0 to 20");
    refused("en\tberliner\tchess\t-1", "the weight \"-1\" must be a number from 0 to 20");
    refused("en\tberliner\tchess\tNaN", "must be a number from 0 to 20");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> WordCorrections.parse("words.tsv", text, TAXONOMY))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("topics.words = \"words.tsv\"")
        .hasMessageContaining(message);
  }
}
