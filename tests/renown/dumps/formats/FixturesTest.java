package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import renown.dumps.DumpFormat;

/**
 * Every fixture {@code <format>.jsonl} (or {@code .xml}) says what {@code <format>.expected} holds:
 * for each line its number and what it is about, then a row for each statement. The rows were
 * checked one by one; whoever changes one vouches for it.
 */
class FixturesTest {
  private static final Path FIXTURES = Path.of("tests/fixtures/formats");

  static Stream<DumpFormat> formats() {
    return Formats.all().stream();
  }

  private static Path fixture(DumpFormat format) {
    Path lines = FIXTURES.resolve(format.name() + ".jsonl");
    return Files.exists(lines) ? lines : FIXTURES.resolve(format.name() + ".xml");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void linesSayWhatIsExpected(DumpFormat format) throws IOException {
    List<String> lines = Files.readAllLines(fixture(format));
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      said.append(i + 1).append('\n');
      Statements.asText(format, lines.get(i))
          .forEach(row -> said.append("  ").append(row).append('\n'));
    }
    List<String> expected =
        Files.readAllLines(FIXTURES.resolve(format.name() + ".expected")).stream()
            .map(row -> row.replaceFirst("^(\\d+) .*", "$1"))
            .toList();
    assertThat(said.toString().lines().toList()).isEqualTo(expected);
  }

  /** The same line with the members of every object the other way round. */
  private static JsonNode reversed(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> array.add(reversed(element)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    Collections.reverse(names);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    names.forEach(name -> object.set(name, reversed(node.get(name))));
    return object;
  }

  /** The same element with its attributes the other way round. */
  private static String reversedAttributes(String line) {
    List<String> attributes = new ArrayList<>();
    Matcher attribute = Pattern.compile(" \\w+=\"[^\"]*\"").matcher(line);
    while (attribute.find()) {
      attributes.add(0, attribute.group());
    }
    return line.startsWith("  <row") ? "<row" + String.join("", attributes) + "/>" : line;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void theOrderOfMembersDoesNotMatter(DumpFormat format) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    for (String line : Files.readAllLines(fixture(format))) {
      String turned =
          line.startsWith("{")
              ? reversed(mapper.readTree(line)).toString()
              : reversedAttributes(line);
      assertThat(Statements.asText(format, turned)).isEqualTo(Statements.asText(format, line));
    }
  }

  /** What the table of the documentation calls the networks of a format. */
  private static final Map<String, String> NETWORKS =
      Map.ofEntries(
          Map.entry("bluesky-jetstream", "Bluesky"),
          Map.entry("x-v1-stream", "X v1.1"),
          Map.entry("x-v2", "X v2"),
          Map.entry("mastodon", "Mastodon"),
          Map.entry("stack-exchange", "Stack Exchange"),
          Map.entry("reddit", "Reddit"),
          Map.entry("gh-archive", "GitHub"),
          Map.entry("hacker-news", "Hacker News"),
          Map.entry("youtube", "YouTube"),
          Map.entry("farcaster", "Farcaster"),
          Map.entry("nostr", "Nostr"));

  /** What each verb means on each network stands in one table, and nothing that no line says. */
  @ParameterizedTest
  @MethodSource("formats")
  void theTableOfActsIsThatOfTheFormats(DumpFormat format) throws IOException {
    if (format.name().equals("neutral")) {
      // Its verbs are whatever the converter says.
      return;
    }
    Set<String> documented = new TreeSet<>();
    for (String row : Files.readAllLines(Path.of("jobs/renown/dumps/formats/README.md"))) {
      String[] cells = row.split("\\|");
      if (cells.length > 3 && cells[1].strip().equals(NETWORKS.get(format.name()))) {
        Matcher verb = Pattern.compile("\\b[A-Z]{3,}\\b").matcher(cells[3]);
        while (verb.find()) {
          documented.add(verb.group().toLowerCase(Locale.ROOT));
          documented.removeAll(Set.of("did", "uri"));
        }
      }
    }
    Set<String> said = new TreeSet<>();
    for (String line : Files.readAllLines(FIXTURES.resolve(format.name() + ".expected"))) {
      Matcher verb = Pattern.compile(" verb=([a-z]+)").matcher(line);
      if (verb.find()) {
        said.add(verb.group(1));
      }
    }
    if (format.name().equals("mastodon")) {
      // From its CSV, which has a test of its own.
      said.add("list");
    }
    if (format.name().equals("reddit")) {
      said.addAll(Set.of("like", "follow"));
    }
    assertThat(documented).isEqualTo(said);
  }
}
