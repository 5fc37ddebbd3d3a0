package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import renown.dumps.Verb;
import renown.dumps.VerbMeaning;
import renown.testing.GeneratedFile;

/** The page of the formats shows what each format says of its verbs. */
class VerbTableTest {
  private static final Path PAGE = Path.of("jobs/renown/dumps/formats/README.md");
  private static final String BEGIN = "<!-- Generated from the formats by `VerbTableTest`. -->\n";
  private static final String END = "<!-- End of the generated table. -->\n";

  @Test
  void theTableOfThePageIsCurrent() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    String expected =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + "\n"
            + "| network | event | edge | time | identity | undone by |\n"
            + "|---|---|---|---|---|---|\n"
            + Formats.all().stream()
                .flatMap(format -> format.verbMeanings().stream())
                .map(VerbTableTest::row)
                .collect(Collectors.joining())
            + "\n"
            + page.substring(page.indexOf(END));
    GeneratedFile.assertCurrent(PAGE, expected, VerbTableTest.class);
  }

  private static String row(VerbMeaning meaning) {
    String verbs = meaning.verbs().stream().map(Verb::name).collect(Collectors.joining(", "));
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            meaning.network(),
            meaning.event(),
            (verbs.isEmpty() ? "none" : verbs) + ": " + meaning.edge(),
            meaning.time(),
            meaning.identity(),
            meaning.undoneBy());
  }

  /** Who converts a network has to know every verb that there is. */
  @Test
  void theNeutralFormatDocumentsEveryVerb() throws IOException {
    String row =
        Files.readAllLines(PAGE.resolveSibling("NEUTRAL.md")).stream()
            .filter(line -> line.startsWith("| `verb` |"))
            .findFirst()
            .orElseThrow();
    for (Verb verb : Verb.values()) {
      assertThat(row).contains("`" + verb.word() + "`");
    }
  }

  @Test
  void aRowThatLacksACellOrHasAnUnknownVerbIsRefused() {
    assertThatThrownBy(() -> VerbMeaning.table("Example", "LIKE | heart | a -> b | at | id"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A meaning has 6 cells, not 5: \"LIKE | heart | a -> b | at | id\".");
    assertThatThrownBy(() -> VerbMeaning.table("Example", "POKE | poke | a -> b | at | id | -"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
