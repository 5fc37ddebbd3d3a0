package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import renown.dumps.DumpFormat;
import renown.dumps.RejectedLineException;

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

  /** What the files say that a network hands out to an account's owner, and no fixture has. */
  private static List<String> ownersFiles(DumpFormat format) throws RejectedLineException {
    switch (format.name()) {
      case "mastodon":
        DumpFormat lists = format.inFile("mastodon/dt=2026-01-05/ann@social.example/lists.csv");
        return Statements.asText(lists, "bees,bob@other.example");
      case "reddit":
        DumpFormat owned =
            format.inContext(
                "statistic,value\naccount name,Ann_B\n".getBytes(StandardCharsets.UTF_8));
        return Stream.concat(
                Statements.asText(owned.inFile("a.zip!/post_votes.csv"), "1abc,link,up").stream(),
                Statements.asText(owned.inFile("a.zip!/friends.csv"), "Bob,").stream())
            .toList();
      default:
        return List.of();
    }
  }

  /** A format states the meaning of each verb that its lines give, and of no other. */
  @ParameterizedTest
  @MethodSource("formats")
  void theVerbsStatedAreThoseOfTheLines(DumpFormat format) throws Exception {
    List<String> rows = new ArrayList<>(ownersFiles(format));
    for (String line : Files.readAllLines(fixture(format))) {
      rows.addAll(Statements.asText(format, line));
    }
    Set<String> said = new TreeSet<>();
    for (String row : rows) {
      Matcher verb = Pattern.compile("^interaction .* verb=([a-z]+)").matcher(row);
      if (verb.find()) {
        said.add(verb.group(1));
      }
    }
    Set<String> stated = new TreeSet<>();
    format.verbMeanings().forEach(row -> row.verbs().forEach(verb -> stated.add(verb.word())));
    assertThat(said).isNotEmpty().isEqualTo(stated);
  }
}
