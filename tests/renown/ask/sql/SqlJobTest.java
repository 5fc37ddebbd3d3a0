package renown.ask.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

class SqlJobTest extends SparkTest {
  private static String run(String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SqlJob job = new SqlJob(new PrintStream(out, true, StandardCharsets.UTF_8));
    new CommandLine(job).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    Config config =
        Config.load(
            job.keys(),
            job.keys(),
            Optional.empty(),
            Map.of("lake.root", SmallLake.root().toUri().toString()));
    Clock clock = Clock.systemUTC();
    Progress progress = new Progress(new PrintStream(out), clock);
    job.run(new RunContext(config, Optional.empty(), clock, progress, SparkTest::spark));
    return out.toString(StandardCharsets.UTF_8);
  }

  private String file(String text) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "query", ".sql"), text).toString();
  }

  @Test
  void aQuestionComesFromAFileWithItsComments() throws Exception {
    assertThat(run("--format", "csv", "--file", "jobs/renown/ask/sql/questions/highest-scores.sql"))
        .startsWith("network,place,handle,")
        .contains("bluesky,4,alice.example,");
    assertThat(
            run(
                "--format",
                "csv",
                "--file",
                file("-- One.\n\n/* Two;\n lines */ SELECT 1 AS one -- one\n;\n")))
        .isEqualTo("one\n1\n");
  }

  @Test
  void whatIsNoQuestionIsRefusedBehindACommentToo() throws Exception {
    String drop = file("-- SELECT\nDROP TABLE mart_topics");
    assertThatThrownBy(() -> run("--file", drop))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("\"DROP\" is no question");
    String empty = file("-- SELECT 1");
    assertThatThrownBy(() -> run("--file", empty)).hasMessageStartingWith("\"\" is no question");
  }

  @Test
  void eitherAQueryOrAFile() {
    String absent = Path.of("no", "such.sql").toString();
    assertThatThrownBy(() -> run()).hasMessage("Give either a query or --file.");
    assertThatThrownBy(() -> run("SELECT 1", "--file", absent))
        .hasMessage("Give either a query or --file.");
    assertThatThrownBy(() -> run("--file", absent))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("--file no/such.sql: it cannot be read");
  }
}
