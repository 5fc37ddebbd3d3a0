package renown.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import renown.ingest.DumpFormat;

/**
 * Every fixture {@code <format>.jsonl} says what {@code <format>.expected} holds: for each line its
 * number, then a row for each statement. The expected rows are written by hand, that is, whoever
 * changes them vouches for every one.
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
}
