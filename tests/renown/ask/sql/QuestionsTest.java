package renown.ask.sql;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.tables.TableSchema;
import renown.testing.Questions;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

/**
 * The questions of {@code jobs/renown/ask/sql/questions}, asked of marts whose answers are known.
 */
class QuestionsTest extends SparkTest {
  /** How many rows each question is answered with, and the first of them where one can tell. */
  private static final Map<String, List<Object>> ANSWERS =
      Map.ofEntries(
          Map.entry("account-over-time", List.of(10, "2026-01-05|56.0|54.0|58.5|55.0|97")),
          Map.entry("biggest-gains", List.of(20, "bluesky|bluesky-0|0.25|authority|3")),
          Map.entry("biggest-losses", List.of(20, "bluesky|bluesky-1|-0.25|authority|-2")),
          Map.entry("answers-strangers", List.of(20, "bluesky|bluesky-0|0.3|0.2|64.25")),
          Map.entry(
              "breakouts",
              List.of(
                  6,
                  "bluesky|2026-01-14|1|bluesky-20|24.25|climate|en|2.0|40|1.0E-12|60.0|900.0|4|3.5|3|0.7")),
          Map.entry("bridges", List.of(4, "bluesky|bluesky-2|60.25|2|7|30|12.0")),
          Map.entry("campaign-gain", List.of(1, "spring|2026-01-14|3|60|40|50.0")),
          Map.entry("candidate-model", List.of(20, "bluesky|bluesky-0|3|64.25|63.25|-1.0")),
          Map.entry("spark/common-audience", List.of(1, "30|10|50")),
          Map.entry("concentration", List.of(2)),
          Map.entry("distribution", List.of(22, "bluesky|10|1")),
          Map.entry("early-warnings", List.of(2, "bluesky|1|post-w|5|1.0|12|0.67|0.8")),
          Map.entry("emerging-hashtags", List.of(2, "bluesky|cop40|9|0|climate")),
          Map.entry("evidence", List.of(4, "bluesky|insufficient|5")),
          Map.entry("experts-without-fame", List.of(17, "x|x-11|47.0|36.75|12")),
          Map.entry("fields-of-knowledge", List.of(4, "Field of games|bluesky|10|50.0")),
          Map.entry("gains-over-a-week", List.of(20, "bluesky|bluesky-0|62.5|64.25|1.75")),
          Map.entry("gone-quiet", List.of(0)),
          Map.entry(
              "highest-scores",
              List.of(20, "bluesky|1|bluesky-0|Name of bluesky-0|64.3|62.3|66.8")),
          Map.entry("jitter", List.of(18, "bluesky|2026-01-06|0.25|4.5")),
          Map.entry("kingmakers", List.of(20, "bluesky|1|bluesky-1|1|0.5")),
          Map.entry("communities", List.of(4, "bluesky|#endgame #opening|10|chess|en|0.75|2")),
          Map.entry(
              "community-bridges", List.of(4, "bluesky|#endgame #opening|alice.example|53.75|15")),
          Map.entry("kinds-among-leaders", List.of(6, "chess|organisation|8")),
          Map.entry("kinds-of-accounts", List.of(18)),
          Map.entry("largest-topics", List.of(2, "chess|Chess|null|20|30")),
          Map.entry("least-certain", List.of(20, "bluesky|bluesky-24|16.25|4.5|76")),
          Map.entry("listed-most", List.of(20, "bluesky|bluesky-0|2.0078125|10.0")),
          Map.entry("many-topics", List.of(20, "bluesky|0|bluesky-0|1")),
          Map.entry("mean-terms", List.of(16, "bluesky|authority|9.52")),
          Map.entry("new-at-the-top", List.of(0)),
          Map.entry(
              "networks", List.of(2, "bluesky|2026-01-05|2026-01-14|10|10000|1.0|30|25|true|true")),
          Map.entry("one-source", List.of(20, "bluesky|bluesky-0|64.25|bluesky-1|0.5")),
          Map.entry("persons-across-networks", List.of(3, "0|64.25|bluesky|bluesky-0|2")),
          Map.entry("quantiles", List.of(2, "bluesky|25|37.8|57.8|64.3")),
          Map.entry("quiet-experts", List.of(8, "bluesky|bluesky-0|50.0|20|0")),
          Map.entry("spark/reach-together", List.of(4, "bluesky|chess|10|110|200")),
          Map.entry("rejects", List.of(20)),
          Map.entry("rising", List.of(0)),
          Map.entry("scale", List.of(2, "bluesky|1|4.0")),
          Map.entry("score-of-an-account", List.of(1)),
          Map.entry("seconds-by-night", List.of(10, "2026-01-14|100.0|10000|5000")),
          Map.entry("share-above", List.of(2)),
          Map.entry("shared-audiences", List.of(20, "bluesky|chess|bluesky-10|bluesky-11|10|0.5")),
          Map.entry("slowest-stages", List.of(5, "topics|30.0|30.0|20000")),
          Map.entry("sources-of-an-account", List.of(3, "1|bluesky-4|50.0")),
          Map.entry("steady-climbers", List.of(20, "bluesky|bluesky-0|7|1.75")),
          Map.entry("talkers", List.of(20)),
          Map.entry("terms-of-a-score", List.of(8, "authority|13.44|8.0|What authority measures.")),
          Map.entry("topic-leaders", List.of(20)),
          Map.entry("topic-persons-in-a-language", List.of(2, "bluesky|1|alice.example|41.0|20")),
          Map.entry("topics-of-an-account", List.of(2, "climate|Climate|41.0|4|0.2|3")),
          Map.entry("validation", List.of(10, "bluesky|momentum|momentum|0.89|null|ours")),
          Map.entry("validation-over-time", List.of(6)),
          Map.entry("volume-by-night", List.of(20, "2026-01-14|bluesky|1000|300|660")),
          Map.entry("volume-by-week", List.of(6, "2026|3|2026-01-12|false|bluesky|3|1980")),
          Map.entry("volume-halved", List.of(1, "2026-01-14|x|240|960")),
          Map.entry("when-to-post", List.of(3, "1|2|3|2|1|46.0|1.5")),
          Map.entry("who-attests", List.of(1, "climate|1|bluesky-4|0.4|5|post-3")),
          Map.entry("why-a-score-moved", List.of(3, "authority|bluesky-4|-0.13|-0.25")));

  @Test
  void everyQuestionIsAnswered() throws Exception {
    // Held on the driver: fifty queries need not look at files forty times.
    SmallLake.marts()
        .forEach(
            (mart, rows) ->
                spark()
                    .createDataFrame(rows, mart.structType())
                    .createOrReplaceTempView(mart.name()));
    Set<String> asked = new TreeSet<>();
    Map<String, String> wrong = new TreeMap<>();
    for (Map.Entry<String, String> question : Questions.all().entrySet()) {
      String name = question.getKey();
      asked.add(name);
      List<Row> answer = spark().sql(question.getValue()).collectAsList();
      List<Object> expected = ANSWERS.getOrDefault(name, List.of(-1));
      if (answer.size() != (int) expected.get(0)) {
        wrong.put(name, answer.size() + " rows");
      }
      if (expected.size() > 1 && !answer.get(0).mkString("|").equals(expected.get(1))) {
        wrong.put(name, answer.size() + " rows, the first: " + answer.get(0).mkString("|"));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isEqualTo(new TreeSet<>(ANSWERS.keySet()));
  }

  /** On a quiet night any count may be 0: what divides by it has no answer, and is no error. */
  @Test
  void countsOfZeroFailNoQuestion() throws Exception {
    SmallLake.marts()
        .forEach(
            (mart, rows) -> {
              Dataset<Row> quiet = spark().createDataFrame(rows, mart.structType());
              for (String name : mart.names()) {
                if (name.endsWith("_count") || name.equals("earned_attention")) {
                  quiet =
                      quiet.withColumn(name, lit(0).cast(mart.structType().apply(name).dataType()));
                }
              }
              quiet.createOrReplaceTempView(mart.name());
            });
    for (Map.Entry<String, String> question : Questions.all().entrySet()) {
      assertThatCode(() -> spark().sql(question.getValue()).collectAsList())
          .as(question.getKey())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void everyQuestionIsPutInWordsAndEveryTableIsAsked() throws Exception {
    Map<String, String> questions = Questions.all();
    assertThat(Questions.ofAnyEngine()).hasSizeGreaterThanOrEqualTo(50);
    List<String> listed = new ArrayList<>();
    questions.forEach(
        (name, text) -> {
          String words =
              text.lines()
                  .takeWhile(line -> line.startsWith("-- "))
                  .map(line -> line.substring(3))
                  .collect(Collectors.joining(" "));
          assertThat(words).as(name).matches("[A-Z].*[?.]");
          listed.add("| [" + name + "](" + name + ".sql) | " + words + " |");
          // Trino's driver takes no semicolon.
          assertThat(text).as(name).contains("ORDER BY").doesNotContain(";");
        });
    assertThat(
            Files.readAllLines(Path.of("jobs/renown/ask/sql/questions/README.md")).stream()
                .filter(line -> line.startsWith("| [")))
        .containsExactlyInAnyOrderElementsOf(listed);
    String all = String.join("\n", questions.values());
    for (TableSchema mart : PublishedMarts.marts()) {
      assertThat(all).containsPattern("\\b" + mart.name() + "\\b");
    }
  }
}
