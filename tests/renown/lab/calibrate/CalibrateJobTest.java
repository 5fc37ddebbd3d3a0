package renown.lab.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.night.score.model.Term;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.AccountState;
import renown.tables.Interactions;
import renown.tables.Posts;
import renown.testing.AccountStates;
import renown.testing.SparkTest;

class CalibrateJobTest extends SparkTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private void calibrate(Map<String, String> settings, String... arguments) throws Exception {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    CalibrateJob job = new CalibrateJob(stream);
    CommandLine command = new CommandLine(job);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.parseArgs(arguments);
    Map<String, String> all = new TreeMap<>(settings);
    all.putIfAbsent("lake.root", folder.resolve("lake").toUri().toString());
    job.run(
        new RunContext(
            Config.load(job.keys(), job.keys(), Optional.empty(), all),
            Optional.empty(),
            Clock.systemUTC(),
            new Progress(stream, Clock.systemUTC()),
            SparkTest::spark));
  }

  private Path judgements(String... lines) throws Exception {
    Path file = folder.resolve("judgements.csv");
    return Files.write(file, List.of(lines));
  }

  /** People who look at reactors alone, though the model went by authority. */
  @Test
  void judgementsBecomeANewModelThatCanBeReadAgain() throws Exception {
    Random random = new Random(1);
    List<String> lines =
        new ArrayList<>(
            List.of("a_account,b_account,a_reactors,b_reactors,a_authority,b_authority,choice"));
    for (int i = 0; i < 800; i++) {
      int a = random.nextInt(60);
      int b = (a + 1 + random.nextInt(59)) % 60;
      double aReactors = a % 8;
      double bReactors = b % 8;
      double lead = Math.log1p(aReactors) - Math.log1p(bReactors) + 0.1 * random.nextGaussian();
      lines.add(
          String.join(
              ",",
              "p" + a,
              "p" + b,
              "" + aReactors,
              "" + bReactors,
              "" + a % 7,
              "" + b % 7,
              lead > 0 ? "A" : "b"));
    }
    Path file = judgements(lines.toArray(new String[0]));
    Path model = folder.resolve("model.properties");
    calibrate(
        Map.of("score.weights", "authority=1,reactors=0.1", "score.model-version", "6"),
        "--pairs",
        file.toString(),
        "--output",
        model.toString());
    Config read = ModelKeys.read(model);
    assertThat(read.value(ModelKeys.MODEL_VERSION)).isEqualTo(7);
    Map<String, Double> weights = read.value(ModelKeys.WEIGHTS);
    assertThat(weights.get("reactors")).isGreaterThan(0.8);
    assertThat(weights.get("authority")).isLessThan(0.3);
    assertThat(weights.values().stream().mapToDouble(x -> x).sum()).isCloseTo(1.1, within(1e-3));
    // What was not judged stays.
    assertThat(read.value(ModelKeys.MOMENTUM_WEIGHTS))
        .containsAllEntriesOf(ModelKeys.MOMENTUM_WEIGHTS.defaultValue().orElseThrow());
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("auc_before", "Model 7 was written to")
        .containsPattern("score: 800 pairs; AUC .* 0\\.[4-7]\\d+ before, 0\\.9\\d+ fitted");
  }

  @Test
  void aFileThatIsOfNoUseIsOneClearLine() throws Exception {
    Path output = folder.resolve("model.properties");
    String[] header = {"a_reactors,b_reactors,choice"};
    assertThatThrownBy(() -> calibrate(Map.of(), "--pairs", folder + "/none.csv"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("it cannot be read");
    assertThatThrownBy(() -> calibrate(Map.of(), "--pairs", judgements(header).toString()))
        .isInstanceOf(RenownException.class)
        .hasMessageEndingWith("it has no judgements.");
    assertThatThrownBy(
            () -> calibrate(Map.of(), "--pairs", judgements("a_fame,b_fame,choice").toString()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("the header is \"a_fame,b_fame,choice\"; it must name choice");
    assertThatThrownBy(
            () ->
                calibrate(Map.of(), "--pairs", judgements(header[0], "1,2,A", "1,x,B").toString()))
        .isInstanceOf(RenownException.class)
        .hasMessageEndingWith("judgement 2: b_reactors is \"x\"; it must be a number, 0 or more.");
    assertThatThrownBy(
            () -> calibrate(Map.of(), "--pairs", judgements(header[0], "1,2,C").toString()))
        .isInstanceOf(RenownException.class)
        .hasMessageEndingWith("judgement 1: choice is \"C\"; it must be A or B.");
    assertThatThrownBy(
            () ->
                calibrate(
                    Map.of(), "--pairs", judgements(header[0], "1,2,A").toString(), "--folds", "1"))
        .isInstanceOf(RenownException.class)
        .hasMessage("--folds 1: it must be 2 to 100.");
    assertThat(output).doesNotExist();
  }

  @Test
  void examplesAreAccountsWithAScoreAndWhatCameOfThem() {
    List<Row> rows =
        History.examples(
                rows(
                    "network string, account_key bigint, score double,"
                        + " term_values array<double>, momentum_values array<double>",
                    row("x", 1L, 10.0, new double[] {1, 2}, new double[] {3, 4}),
                    row("x", 2L, 20.0, new double[] {5, 6}, new double[] {7, 8}),
                    row("x", 3L, null, new double[] {0, 0}, new double[] {0, 0})),
                rows("account_key bigint, reactors double", row(2L, 1.5), row(3L, 9.0)),
                Measure.MOMENTUM,
                100)
            .sort("account_key")
            .collectAsList();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).<Double>getList(2)).containsExactly(3.0, 4.0);
    assertThat(rows.get(0).getDouble(3)).isZero();
    assertThat(rows.get(1).getDouble(3)).isEqualTo(1.5);
  }

  /** Two reactors, of today and of 16 days ago, seen through each half-life. */
  @Test
  void reactorsFadeByTheirHalfLives() {
    Timestamp today = Timestamp.valueOf("2026-01-20 00:00:00");
    Timestamp before = Timestamp.valueOf("2026-01-04 00:00:00");
    Row row =
        HalfLives.reactors(
                rows(
                    "actor_key bigint, target_key bigint, verb string, change bigint,"
                        + " happened_at timestamp",
                    row(1L, 9L, "like", 1L, today),
                    row(2L, 9L, "reply", 1L, before),
                    row(3L, 9L, "follow", 1L, today),
                    row(9L, 9L, "like", 1L, today),
                    row(1L, 8L, "like", 1L, today)),
                rows(
                    "account_key bigint, credibility double",
                    row(1L, 1.0),
                    row(2L, 0.5),
                    row(3L, 1.0),
                    row(9L, 1.0)),
                rows("account_key bigint", row(9L)),
                functions.lit(today))
            .head();
    List<Double> reactors = row.getList(row.fieldIndex("reactors"));
    assertThat(row.getLong(0)).isEqualTo(9);
    assertThat(reactors).hasSize(HalfLives.SINGLE.size());
    for (int i = 0; i < HalfLives.SINGLE.size(); i++) {
      double old = Math.pow(2, -16 / HalfLives.SINGLE.get(i));
      assertThat(reactors.get(i))
          .isCloseTo(1 - Math.exp(-1) + 0.5 * (1 - Math.exp(-old)), within(1e-5));
    }
  }

  /**
   * A lake of two nights, a week apart: accounts of more reactors were reacted to by more, whatever
   * their authority.
   */
  @Test
  void historyBecomesANewModel() throws Exception {
    Lake lake = new Lake(spark(), folder.resolve("lake").toUri().toString());
    lake.create(
        List.of(
            AccountState.TABLE, Interactions.TABLE, Posts.TABLE, renown.tables.Publications.TABLE));
    String terms =
        "array(cast(id % 7 AS double), cast(id % 12 AS double)"
            + ", 0D".repeat(Term.values().length - 2)
            + ")";
    lake.append(
        AccountState.TABLE,
        AccountStates.whole(
            spark()
                .range(120)
                .selectExpr(
                    "'x' AS network",
                    "id AS account_key",
                    terms + " AS term_values",
                    terms + " AS term_parts",
                    "1D AS earned_attention",
                    "1D AS earned_attention_low",
                    "1D AS earned_attention_high",
                    terms + " AS momentum_values",
                    terms + " AS momentum_parts",
                    "1D AS momentum_earned_attention",
                    "5L AS actor_count",
                    "5D AS credible_actor_sum",
                    "DATE'2026-01-05' AS night",
                    "'sufficient' AS evidence",
                    "1D AS score",
                    "1D AS score_low",
                    "1D AS score_high",
                    "1D AS momentum",
                    "2L AS reference_version",
                    "2L AS model_version",
                    "cast(NULL AS double) AS earlier_score")));
    for (String day : List.of("2026-01-03", "2026-01-10")) {
      lake.append(
          Interactions.TABLE,
          spark()
              .range(120)
              .where("id % 12 > 0")
              .selectExpr("id", "explode(sequence(1L, id % 12)) AS actor")
              .selectExpr(
                  "'x' AS network",
                  "id AS record_print_high",
                  "actor AS record_print_low",
                  "DATE'" + day + "' AS record_date",
                  "'like' AS verb",
                  "1000 + actor AS actor_key",
                  "id AS target_key",
                  "cast(NULL AS string) AS object_id",
                  "cast(NULL AS bigint) AS via_print_high",
                  "cast(NULL AS bigint) AS via_print_low",
                  "TIMESTAMP'" + day + " 12:00:00' AS happened_at",
                  "1L AS change",
                  "DATE'" + day + "' AS night",
                  "cast(NULL AS bigint) AS amount",
                  "cast(NULL AS timestamp) AS shown_at"));
    }
    lake.append(
        AccountState.TABLE,
        AccountStates.whole(
            spark()
                .range(1000, 1013)
                .selectExpr(
                    "'x' AS network",
                    "id AS account_key",
                    "1D AS credibility",
                    "1D AS age_days",
                    "1D AS age_share",
                    "1D AS regularity_share",
                    "1D AS profile_share",
                    "1D AS balance_share",
                    "1D AS diversity_share",
                    "1D AS original_share",
                    "0D AS automated_share",
                    "0D AS trading_share",
                    "0D AS blocked_share",
                    "false AS is_trusted",
                    "DATE'2026-01-12' AS night")));
    Map<String, Long> versions =
        new TreeMap<>(
            Map.of(AccountState.TABLE.path(), lake.version(AccountState.TABLE).orElseThrow()));
    for (String night : List.of("2026-01-05", "2026-01-12")) {
      PublishedNights.publishMoved(
          lake,
          new PublishedNights.Publication(LocalDate.parse(night), 0, "run", versions),
          versions);
    }
    Path model = folder.resolve("model.properties");
    calibrate(
        Map.of("score.momentum-weights", "authority=1,reactors=0.1"), "--output", model.toString());
    Config read = ModelKeys.read(model);
    assertThat(read.value(ModelKeys.MOMENTUM_WEIGHTS).get("reactors")).isGreaterThan(0.8);
    assertThat(read.value(ModelKeys.WEIGHTS))
        .containsAllEntriesOf(ModelKeys.WEIGHTS.defaultValue().orElseThrow());
    assertThat(Files.readString(model))
        .contains(
            "# score: no published night 28 days before the last with accounts whose outcomes"
                + " differ; its weights are unchanged.")
        .contains("# momentum: of single half-lives of distinct reactors")
        .contains("# momentum: no night 7 days before 2026-01-05");
    // The past tells here exactly what comes, at any half-life.
    assertThat(Files.readString(model)).contains("predicts best (AUC 1.0000;");
  }

  @Test
  void aLakeThatIsTooYoungIsOneClearLine() throws Exception {
    Lake lake = new Lake(spark(), folder.resolve("lake").toUri().toString());
    lake.create(List.of(Interactions.TABLE, renown.tables.Publications.TABLE));
    assertThatThrownBy(
            () -> calibrate(Map.of(), "--output", folder.resolve("model.properties").toString()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("has too little history: momentum requires a published night 7");
  }
}
