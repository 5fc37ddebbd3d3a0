package renown.ingest.formats;

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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import renown.ingest.DumpFormat;

/**
 * Every fixture {@code <format>.jsonl} says what {@code <format>.expected} holds: for each line its
 * number and what it is about, then a row for each statement. The rows were checked one by one;
 * whoever changes one vouches for it.
 */
class FixturesTest {
  private static final Path FIXTURES = Path.of("tests/fixtures/formats");

  static Stream<DumpFormat> formats() {
    return Formats.all().stream();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void linesSayWhatIsExpected(DumpFormat format) throws IOException {
    List<String> lines = Files.readAllLines(FIXTURES.resolve(format.name() + ".jsonl"));
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

  @ParameterizedTest
  @MethodSource("formats")
  void theOrderOfMembersDoesNotMatter(DumpFormat format) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    for (String line : Files.readAllLines(FIXTURES.resolve(format.name() + ".jsonl"))) {
      assertThat(Statements.asText(format, reversed(mapper.readTree(line)).toString()))
          .isEqualTo(Statements.asText(format, line));
    }
  }
}
