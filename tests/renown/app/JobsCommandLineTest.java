package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line with the jobs that there are; nothing here starts Spark. */
class JobsCommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return new Main(
            Jobs.all(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC())
        .run(arguments);
  }

  /** The default, too, is taken as a user would write it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "table", "csv", "json", "JSON"})
  void theFormatOfAResultIsWrittenInSmallLetters(String format) {
    String[] sql = {"sql", "SELECT 1", "--set", "lake.root="};
    String[] withFormat = {"sql", "--format", format, "SELECT 1", "--set", "lake.root="};
    assertThat(run(format.isEmpty() ? sql : withFormat)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("lake.root").doesNotContain("format");
  }

  @Test
  void aModelThatIsNotThereIsToldBeforeSparkStarts() {
    String[] nightly = {
      "nightly",
      "--set",
      "raw.root=raw",
      "--set",
      "lake.root=lake",
      "--set",
      "score.candidate-model=/no/model.properties"
    };
    assertThat(run(nightly)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("/no/model.properties");
  }

  @Test
  void aFormatThatThereIsNotIsRefused() {
    assertThat(run("sql", "--format", "xml", "SELECT 1")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--format").contains("xml");
  }

  /** Also where the option that was meant must be given. */
  @ParameterizedTest
  @CsvSource({
    "campaign, --topik, --topic",
    "campaign, --min-respons-rate=0.1, --min-response-rate",
    "top, --languag=es, --lang",
    "sql, --fromat, --format",
    "nightly, --agian, --again",
  })
  void anOptionThatThereIsNotIsToldWithTheNearest(String job, String given, String meant) {
    assertThat(run(job, given, "x", "--set", "lake.root=/tmp")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "There is no option "
                + given.replaceFirst("=.*", "")
                + "; the nearest is "
                + meant
                + ".");
  }
}
