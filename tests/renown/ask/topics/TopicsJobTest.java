package renown.ask.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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

class TopicsJobTest extends SparkTest {
  @Test
  void aPublishedLakeProposesWhatItsTaxonomyLacks() throws Exception {
    assertThat(said("propose", "--network", "bluesky"))
        .isEqualTo(
            """
            # 12 uses by accounts of bluesky
            topic newthing
              en Newthing?
              tags newthing

            # topic climate is often tagged: cop40
            """);
  }

  @Test
  void learnedWordsAreListedAsTheFileOfCorrectionsWantsThem() throws Exception {
    String topic = said("words", "--lang", "es").split("\t")[2];
    assertThat(said("words"))
        .isEqualTo(
            String.join(
                "\n",
                "# language, word, topic, weight; authors (decayed) and network are for the reader",
                "en\tpermafrost\t" + topic + "\t3.00\t6.0 authors\tx",
                "es\tdeshielo\t" + topic + "\t2.50\t7.0 authors\tbluesky",
                "en\theatwave\t" + topic + "\t2.25\t9.5 authors\tbluesky",
                ""));
    assertThat(said("words", "--topic", topic, "--network", "x")).contains("permafrost");
    assertThat(said("words", "--lang", "fr")).isEmpty();
    assertThatThrownBy(() -> said("words", "--topic", "nosuch"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("--topic \"nosuch\": there is no topic of this id");
    assertThatThrownBy(() -> said("propose", "--lang", "es"))
        .isInstanceOf(RenownException.class)
        .hasMessage("--topic and --lang choose learned words: use them with \"topics words\".");
  }

  private static String said(String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TopicsJob job = new TopicsJob(new PrintStream(out, true, StandardCharsets.UTF_8));
    new CommandLine(job).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            Config.load(
                job.keys(),
                job.keys(),
                Optional.empty(),
                Map.of("lake.root", SmallLake.root().toUri().toString())),
            Optional.empty(),
            clock,
            new Progress(System.out, clock),
            SparkTest::spark));
    return out.toString(StandardCharsets.UTF_8);
  }
}
