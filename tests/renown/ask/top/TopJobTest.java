package renown.ask.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.kernels.taxonomy.Taxonomy;
import renown.run.Config;
import renown.run.ExitCode;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

class TopJobTest extends SparkTest {
  private static Taxonomy topics() {
    return PublishedTopics.of(
        rows(
            "topic_id string, labels array<string>",
            row("7", new String[] {"en=Space technology", "es=Tecnología espacial"}),
            row("9", new String[] {"en=Chess", "es=Ajedrez"})));
  }

  @Test
  void aTopicIsFoundByAnyOfItsNames() {
    for (String text : List.of("space TECHNOLOGY", "tecnologia espacial", "7")) {
      assertThat(PublishedTopics.find(topics(), text).id()).isEqualTo("7");
    }
    assertThat(PublishedTopics.find(topics(), "ajedrez").label("en")).isEqualTo("Chess");
  }

  @Test
  void whatPeopleCallATopicInAnyLanguageNamesTheSame() {
    Taxonomy published =
        PublishedTopics.of(
            rows(
                "topic_id string, labels array<string>",
                row("space-technology", new String[] {"en=Space technology"}),
                row("chess", new String[] {"en=Chess"})));
    for (String text :
        List.of("space technology", "tecnología espacial", "宇宙開発", "Raumfahrttechnik")) {
      assertThat(PublishedTopics.find(published, text).id()).as(text).isEqualTo("space-technology");
    }
  }

  @Test
  void nearMissesAreSuggested() {
    assertThatThrownBy(() -> PublishedTopics.find(topics(), "space tecnology"))
        .isInstanceOf(RenownException.class)
        .hasMessage("--topic \"space tecnology\": unknown topic; did you mean Space technology?");
    assertThatThrownBy(() -> PublishedTopics.find(topics(), "quantum knitting"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("see mart_topics for all topics");
  }

  @Test
  void theListIsFilteredAndRanked() {
    Dataset<Row> leaders =
        rows(
            "network string, topic_id string, place bigint, handle string, kind string, language"
                + " string, expertise double, expertise_low double, expertise_high double, evidence"
                + " string",
            row("x", "7", 1L, "brand", "organisation", "es", 40.0, 38.0, 42.0, "e"),
            row("x", "7", 2L, "ana", "person", "es", 30.04, 28.0, 33.0, "e"),
            row("b", "7", 1L, "eva", "person", "es", 35.0, 31.0, 37.0, "e"),
            row("x", "7", 3L, "tom", "person", "en", 29.0, 28.0, 33.0, "e"),
            row("x", "9", 1L, "max", "person", "es", 50.0, 48.0, 53.0, "e"));
    assertThat(handles(TopJob.leaders(leaders, "7", TopJob.Kind.PERSON, "es", null, 10)))
        .containsExactly("eva", "ana");
    assertThat(handles(TopJob.leaders(leaders, "7", null, null, "x", 2)))
        .containsExactly("brand", "ana");
    assertThat(handles(TopJob.leaders(leaders, "7", null, "ja", null, 2))).isEmpty();
  }

  @Test
  void aNetworkThatThereIsNotIsToldWithThoseThereAre() throws Exception {
    TopJob job = new TopJob(System.out);
    new CommandLine(job)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs("--topic", "chess", "--network", "nosuch");
    Config config =
        Config.load(
            job.keys(),
            job.keys(),
            Optional.empty(),
            Map.of("lake.root", SmallLake.root().toUri().toString()));
    Clock clock = Clock.systemUTC();
    Progress progress = new Progress(System.out, clock);
    assertThatThrownBy(
            () ->
                job.run(
                    new RunContext(config, Optional.empty(), clock, progress, SparkTest::spark)))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage("--network nosuch: the lake knows no such network; there are bluesky, x.");
  }

  private static List<String> handles(Dataset<Row> list) {
    return list.collectAsList().stream().map(row -> row.<String>getAs("handle")).toList();
  }

  @Test
  void aLanguageIsAskedForWithOrWithoutItsCountry() {
    TopicOptions options = new TopicOptions();
    new CommandLine(options).parseArgs("--topic", "chess", "--lang", "es-MX");
    assertThat(options.language()).isEqualTo("es");
    assertThat(options.network()).isNull();
  }
}
