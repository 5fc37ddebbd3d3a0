package renown.operate.rescore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.night.score.model.Term;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.AccountState;
import renown.tables.MartCandidateScores;
import renown.tables.TableSchema;
import renown.testing.AccountStates;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

/** Three nights of a hundred accounts: on the i-th night, account k is attended to as k + i is. */
class RescoreJobTest extends SparkTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final TableSchema PUBLICATIONS = renown.tables.Publications.TABLE;
  private static final List<TableSchema> TABLES =
      List.of(AccountState.TABLE, MartCandidateScores.TABLE);

  private Lake lake;
  private Path model;

  private void threeNights() throws Exception {
    lake = lake();
    lake.create(TABLES);
    lake.create(List.of(PUBLICATIONS));
    model = Files.createTempFile("model", ".properties");
    Files.writeString(
        model,
        "score.weights = reactors=1\n"
            + "score.momentum-weights = reactors=2\n"
            + "score.model-version = 8\n");
    for (int night = 0; night < 3; night++) {
      // The last night was scored under the new model itself.
      lake.overwrite(AccountState.TABLE, earned(night, night == 2 ? 8 : 3));
      List<Row> versions = new ArrayList<>();
      for (TableSchema table : TABLES) {
        versions.add(
            RowFactory.create(
                day(night), 1L, "run-" + night, table.path(), lake.version(table).orElseThrow()));
      }
      lake.append(
          PUBLICATIONS, spark().createDataFrame(versions, PUBLICATIONS.structType()).coalesce(1));
    }
  }

  private static Date day(int night) {
    return Date.valueOf(FIRST.plusDays(night));
  }

  private static Dataset<Row> earned(int night, long version) {
    List<Row> rows = new ArrayList<>();
    for (int account = 0; account < 100; account++) {
      double[] values = new double[Term.values().length];
      values[Term.REACTORS.ordinal()] = 1 + (account + night) % 100;
      double[] none = new double[values.length];
      // Two are attended to by too few.
      long actors = account % 50 == 7 ? 2 : 5;
      rows.add(
          RowFactory.create(
              "x",
              (long) account,
              values,
              none,
              1.0,
              1.0,
              1.0,
              values,
              none,
              1.0,
              actors,
              4.0,
              version,
              day(night)));
    }
    return AccountStates.whole(
        spark()
            .createDataFrame(rows, AccountStates.schema(AccountState.EARNED_ATTENTIONS))
            .coalesce(1));
  }

  private String run(String... options) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RescoreJob job = new RescoreJob();
    List<String> all = new ArrayList<>(List.of("--model", model.toString()));
    all.addAll(List.of(options));
    new CommandLine(job)
        .registerConverter(LocalDate.class, LocalDate::parse)
        .parseArgs(all.toArray(String[]::new));
    Config config =
        Config.load(
            job.keys(), job.keys(), Optional.empty(), Map.of("lake.root", lake.root().toString()));
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            config,
            Optional.empty(),
            clock,
            new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), clock),
            SparkTest::spark));
    return out.toString(StandardCharsets.UTF_8);
  }

  private Publication last() {
    return PublishedNights.of(lake).latest().orElseThrow();
  }

  private Dataset<Row> published() {
    return lake.readAt(
        MartCandidateScores.TABLE, last().versions().get(MartCandidateScores.TABLE.path()));
  }

  @Test
  void pastNightsGetThePointsOfTheOtherModel() throws Exception {
    threeNights();
    assertThat(run())
        .contains("Night 2026-01-03 was scored with model 8.")
        .contains("2 nights were scored with model 8");
    assertThat(last().date()).isEqualTo(FIRST.plusDays(2));
    assertThat(last().revision()).isEqualTo(2);
    assertThat(last().runId()).isEqualTo("run-2");
    Dataset<Row> rows = published();
    TableAssert.assertThat(rows.groupBy("night", "model_version").count())
        .hasRows(row(day(0), 8L, 98L), row(day(1), 8L, 98L));
    // The tenth of a hundred is one in ten, whatever the weights; the fiftieth one in two.
    for (int night = 0; night < 2; night++) {
      for (int place : new int[] {10, 25, 50}) {
        Row one =
            rows.where("account_key = " + (100 - place - night))
                .where("night = DATE'" + day(night) + "'")
                .head();
        double points = 12.5 * Math.log10(100.0 / place);
        assertThat(one.<Double>getAs("score")).isCloseTo(points, within(0.7));
        assertThat(one.<Double>getAs("momentum")).isCloseTo(points, within(0.7));
      }
    }

    // Another model has rows of its own; only the nights that are asked for. What an attempt that
    // died left is put back: the rows of the first model are the same.
    lake.delete(MartCandidateScores.TABLE, org.apache.spark.sql.functions.lit(true));
    Files.writeString(model, "score.weights = reactors=1\nscore.model-version = 9\n");
    assertThat(run("--from", "2026-01-02", "--to", "2026-01-02"))
        .contains("1 nights were scored with model 9");
    TableAssert.assertThat(published().groupBy("night", "model_version").count())
        .hasRows(row(day(0), 8L, 98L), row(day(1), 8L, 98L), row(day(1), 9L, 98L));
    TableAssert.assertThat(published().where("model_version = 8")).hasRowsOf(rows);
    assertThat(last().revision()).isEqualTo(3);
    assertThat(run("--from", "2027-01-01")).contains("0 nights");
    assertThat(last().revision()).isEqualTo(3);

    nightsWhoseFilesAreGoneAreNamed();
    whatCannotBeDoneIsTold();
  }

  private void nightsWhoseFilesAreGoneAreNamed() throws Exception {
    Publication first = PublishedNights.of(lake).of(FIRST).orElseThrow();
    long version = first.versions().get(AccountState.TABLE.path());
    for (String file : lake.readAt(AccountState.TABLE, version).inputFiles()) {
      Files.delete(Path.of(URI.create(file)));
    }
    assertThat(run())
        .contains("Night 2026-01-01 and those before it can no longer be read")
        .contains("2 nights were scored with model 9");
    TableAssert.assertThat(published().groupBy("night", "model_version").count())
        .hasRows(
            row(day(0), 8L, 98L), row(day(1), 8L, 98L), row(day(1), 9L, 98L), row(day(2), 9L, 98L));
  }

  private void whatCannotBeDoneIsTold() throws Exception {
    assertThatThrownBy(() -> run("--from", "2026-01-02", "--to", "2026-01-01"))
        .isInstanceOf(RenownException.class)
        .hasMessage("--from 2026-01-02 is after --to 2026-01-01.");
    // A night that died after its scores.
    spark()
        .sql(
            "ALTER TABLE delta.`"
                + lake.path(AccountState.TABLE)
                + "` SET TBLPROPERTIES ('night' = 'died')");
    assertThatThrownBy(() -> run()).hasMessageContaining("was started and is not finished");
    Files.delete(model);
    assertThatThrownBy(() -> run())
        .isInstanceOf(RenownException.class)
        .hasMessageContaining(model + ": the model file cannot be read");
  }
}
