package renown.night.publish.marts;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import renown.kernels.rarity.RarityScale;
import renown.lake.ColumnRows;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountResponseRates;
import renown.tables.AccountScores;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartDates;
import renown.tables.MartNetworkActivity;
import renown.tables.MartNetworks;
import renown.tables.MartReferencePopulations;
import renown.tables.MartScoreChanges;
import renown.tables.MartScoreTerms;
import renown.tables.MartTopSources;
import renown.tables.ReferencePopulations;
import renown.tables.StageRuns;
import renown.tables.TopSources;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class MartsTest extends SparkTest {
  private static final Date BEFORE = Date.valueOf("2026-01-05");
  private static final Date NIGHT = Date.valueOf("2026-01-06");
  private static final Column BEFORE_LITERAL = lit(BEFORE);

  private static Object[] score(long key, Date night, Double score, long actors) {
    return score(key, night, score, actors, 20260101, 1, null);
  }

  private static Object[] score(
      long key,
      Date night,
      Double score,
      long actors,
      long reference,
      long model,
      Double earlierScore) {
    String evidence = score == null ? "insufficient" : "sufficient";
    return row(
        "x",
        key,
        night,
        1.0,
        actors,
        2.5,
        evidence,
        score,
        score,
        score,
        score,
        reference,
        model,
        earlierScore);
  }

  private static Dataset<Row> scores(Object[]... rows) {
    return rows(AccountScores.TABLE.structType(), rows);
  }

  private static Object[] source(long account, long source, long place, double part, Date night) {
    return row("x", account, source, place, part, 7 * part, night);
  }

  /** A source by what it adds to authority, which is not what it brings of the rank. */
  private static Object[] brings(long account, long source, long place, double part, Date night) {
    return row("x", account, source, place, part / 7, part, night);
  }

  private static Dataset<Row> sources(Object[]... rows) {
    return rows(TopSources.TABLE.structType(), rows);
  }

  private static Object[] term(long key, String term, double value, double points) {
    return term(key, term, value, 1, points);
  }

  private static Object[] term(long key, String term, double value, double part, double points) {
    return row("x", key, "score", term, value, 1.0, 1.0, part, points, "What it is.", NIGHT);
  }

  private static Dataset<Row> terms(Object[]... rows) {
    return rows(MartScoreTerms.TABLE.structType(), rows);
  }

  @Test
  void changesAddUpByTermAndNameTheSourcesThatBroughtThem() {
    Dataset<Row> tonight =
        scores(
            score(1, NIGHT, 30.0, 12),
            score(2, NIGHT, 20.0, 4),
            score(3, NIGHT, 12.0, 5),
            score(4, NIGHT, null, 1),
            score(5, NIGHT, 5.0, 3));
    Dataset<Row> before =
        Marts.accountScores(
            scores(
                score(1, BEFORE, 25.0, 10),
                score(2, BEFORE, 22.0, 7),
                score(3, BEFORE, 10.0, 5),
                score(4, BEFORE, 5.0, 3),
                score(5, BEFORE, null, 1)));
    Dataset<Row> terms =
        terms(
            term(1, "authority", 3.0, 0.9, 20),
            term(1, "reactors", 7.0, 0.5, 10),
            term(2, "authority", 2.0, 0.6, 11),
            term(2, "reactors", 3.0, 0.2, 9),
            term(3, "authority", 2.5, 0.5, 12));
    Dataset<Row> termsBefore =
        terms(
            term(1, "authority", 1.0, 0.4, 12),
            // Did not move: it brings nothing, whatever share of the points it has.
            term(1, "reactors", 7.0, 0.5, 13),
            // One rose, the other fell by more.
            term(2, "authority", 1.0, 0.5, 12),
            term(2, "reactors", 4.0, 0.5, 10),
            term(3, "authority", 2.0, 0.4, 10));
    Dataset<Row> sources =
        sources(
            // Half of the 2 that authority gained.
            brings(1, 11, 1, 0.5, BEFORE),
            brings(1, 11, 2, 1.5, NIGHT),
            brings(1, 12, 1, 0.5, NIGHT),
            brings(1, 13, 2, 0.3, BEFORE),
            brings(2, 14, 1, 1.0, NIGHT),
            // What one source brings, another takes away but for a quarter: it brought what there
            // is, not four times that.
            brings(3, 15, 1, 2.0, NIGHT),
            brings(3, 16, 1, 1.5, BEFORE));
    Dataset<Row> changes =
        Marts.changes(tonight, before, terms, termsBefore, sources, BEFORE_LITERAL);
    TableAssert.assertThat(changes).hasColumnsOf(MartScoreChanges.TABLE);
    TableAssert.assertThat(rounded(changes))
        .hasRows(
            row(1L, "authority", 11L, 2.5, 5.0, 2L),
            // At least 0.2 of it is new: the last on the full list of before had 0.3.
            row(1L, "authority", 12L, 0.5, 5.0, 2L),
            row(1L, "authority", -1L, 2.0, 5.0, 2L),
            row(1L, "reactors", -1L, 0.0, 5.0, 2L),
            row(2L, "authority", 14L, 1.0, -2.0, -3L),
            row(2L, "authority", -1L, 0.0, -2.0, -3L),
            row(2L, "reactors", -1L, -3.0, -2.0, -3L),
            row(3L, "authority", 15L, 2.0, 2.0, 0L),
            row(3L, "authority", -1L, 0.0, 2.0, 0L));
  }

  private static Dataset<Row> rounded(Dataset<Row> changes) {
    return changes.selectExpr(
        "account_key",
        "term",
        "source_key",
        "round(points, 9) + 0.0D AS points",
        "score_change",
        "actor_change");
  }

  /** Lists hold two: who is missing on a full one had at most as much as its last. */
  @Test
  void aSourceThatSlipsOffAFullListIsNotLostWhole() {
    Dataset<Row> changes =
        Marts.changes(
            scores(score(1, NIGHT, 30.0, 9), score(2, NIGHT, 20.0, 9)),
            Marts.accountScores(scores(score(1, BEFORE, 25.0, 9), score(2, BEFORE, 25.0, 9))),
            terms(term(1, "authority", 3.0, 1.5, 30), term(2, "authority", 1.0, 0.5, 20)),
            terms(term(1, "authority", 1.0, 1.0, 25), term(2, "authority", 3.0, 1.0, 25)),
            sources(
                brings(1, 11, 1, 0.9, BEFORE),
                brings(1, 12, 2, 0.4, BEFORE),
                brings(1, 11, 2, 0.9, NIGHT),
                // It brought 0.6 at least: more than 0.4 it did not have.
                brings(1, 13, 1, 1.0, NIGHT),
                brings(2, 11, 1, 0.9, BEFORE),
                brings(2, 12, 2, 0.8, BEFORE),
                brings(2, 11, 1, 0.9, NIGHT),
                brings(2, 14, 2, 0.5, NIGHT)),
            BEFORE_LITERAL);
    TableAssert.assertThat(rounded(changes))
        .hasRows(
            row(1L, "authority", 13L, 1.5, 5.0, 0L),
            row(1L, "authority", -1L, 3.5, 5.0, 0L),
            row(2L, "authority", 12L, -0.75, -5.0, 0L),
            row(2L, "authority", -1L, -4.25, -5.0, 0L));
  }

  /** Another scale and other weights move scores too, and no term is to blame. */
  @Test
  void whatTheScaleOrTheWeightsBroughtIsNoTerms() {
    Dataset<Row> changes =
        Marts.changes(
            scores(
                score(1, NIGHT, 30.0, 9, 20260106, 1, 26.0),
                score(2, NIGHT, 30.0, 9, 20260106, 2, null),
                score(3, NIGHT, 30.0, 9, 0, 1, null)),
            Marts.accountScores(
                scores(
                    score(1, BEFORE, 25.0, 9),
                    score(2, BEFORE, 25.0, 9),
                    score(3, BEFORE, 29.0, 9, 0, 1, null))),
            terms(
                term(1, "reactors", 2.0, 1.5, 30),
                term(2, "reactors", 2.0, 1.5, 30),
                term(3, "reactors", 2.0, 1.5, 30)),
            terms(
                term(1, "reactors", 1.0, 1.0, 25),
                term(2, "reactors", 1.0, 1.0, 25),
                term(3, "reactors", 2.0, 1.5, 25)),
            sources(),
            BEFORE_LITERAL);
    TableAssert.assertThat(rounded(changes))
        .hasRows(
            row(1L, "reactors", -1L, 1.0, 5.0, 0L),
            row(1L, "reference", -1L, 4.0, 5.0, 0L),
            row(2L, "reactors", -1L, 0.0, 5.0, 0L),
            row(2L, "model", -1L, 5.0, 5.0, 0L),
            row(3L, "reactors", -1L, 0.0, 1.0, 0L),
            row(3L, "reference", -1L, 1.0, 1.0, 0L));
  }

  @Test
  void termsAreInProportionToTheirPartsAndAddUpToTheScore() {
    double[] values = {3.0, 1.0};
    double[] parts = {0.3, 0.1};
    double[] zeros = {0.0, 0.0};
    Dataset<Row> earned =
        rows(
            "network string, account_key bigint, term_values array<double>,"
                + " term_parts array<double>, momentum_values array<double>,"
                + " momentum_parts array<double>, night date",
            row("x", 1L, values, parts, values, zeros, NIGHT),
            row("x", 2L, values, parts, values, parts, NIGHT));
    Dataset<Row> models =
        rows(
            "measure string, term string, place bigint, weight double, scale double,"
                + " meaning string",
            row("score", "authority", 1L, 0.5, 2.0, "One."),
            row("score", "reactors", 2L, 0.25, 1.0, "Two."),
            row("momentum", "authority", 1L, 0.5, 2.0, "One."),
            row("momentum", "reactors", 2L, 0.25, 1.0, "Two."));
    Dataset<Row> terms =
        Marts.terms(scores(score(1, NIGHT, 20.0, 5), score(2, NIGHT, null, 1)), earned, models);
    TableAssert.assertThat(terms).hasColumnsOf(MartScoreTerms.TABLE);
    TableAssert.assertThat(terms.selectExpr("account_key", "measure", "term", "value", "weight"))
        .hasRows(
            row(1L, "score", "authority", 3.0, 0.5),
            row(1L, "score", "reactors", 1.0, 0.25),
            row(1L, "momentum", "authority", 3.0, 0.5),
            row(1L, "momentum", "reactors", 1.0, 0.25));
    for (Row row : terms.collectAsList()) {
      boolean isScore = row.<String>getAs("measure").equals("score");
      double share = row.<String>getAs("term").equals("authority") ? 0.75 : 0.25;
      // Nothing earned, nothing to share out.
      assertThat(row.<Double>getAs("points")).isCloseTo(isScore ? 20 * share : 0, within(1e-12));
    }
  }

  @Test
  void theLatestScoresArePlacedByScoreThenByAgeAndExplained() {
    Dataset<Row> scores =
        scores(
            score(1, NIGHT, 10.0, 5),
            score(2, NIGHT, 25.0, 5),
            score(3, NIGHT, 10.0, 5),
            score(4, NIGHT, null, 1));
    Dataset<Row> accounts =
        rows(
            "account_key bigint, account_id string, handle string, display_name string,"
                + " first_night date",
            row(1L, "a", "ann", "Ann", BEFORE),
            row(2L, "b", null, null, NIGHT),
            row(3L, "c", "cid", null, NIGHT),
            row(4L, "d", "dot", null, NIGHT),
            row(5L, "e", "eve", null, NIGHT));
    List<Object[]> terms = new ArrayList<>();
    for (long key = 1; key <= 3; key++) {
      terms.add(term(key, "audience", 1, 1));
      terms.add(term(key, "reactors", 1, 6.25));
      terms.add(term(key, "authority", 1, 2.75));
    }
    Dataset<Row> responseRates =
        rows(
            AccountResponseRates.TABLE.structType(),
            row("x", 2L, 5L, 5L << 30, 2L << 30, 0.375, 0.25, 0.5, NIGHT));
    Dataset<Row> kinds =
        rows(
            AccountKinds.TABLE.structType(),
            row("x", 1L, "person", 0.9, new String[] {"i write"}, NIGHT),
            row("x", 5L, "automated", 1.0, new String[] {}, NIGHT));
    // As many in one language as in another: the first in the alphabet.
    Dataset<Row> languages =
        rows(
            AccountLanguages.TABLE.structType(),
            row("x", 1L, "es", 3L, NIGHT),
            row("x", 1L, "en", 2L, NIGHT),
            row("x", 3L, "fr", 2L, NIGHT),
            row("x", 3L, "de", 2L, NIGHT));
    Dataset<Row> latest =
        Marts.latest(
            scores,
            accounts,
            terms(terms.toArray(new Object[0][])),
            responseRates,
            kinds,
            languages);
    TableAssert.assertThat(latest).hasColumnsOf(MartAccountScoresLatest.TABLE);
    TableAssert.assertThat(latest.select("account_key", "kind", "language", "first_night"))
        .hasRows(
            row(1L, "person", "es", BEFORE),
            row(2L, "unknown", null, NIGHT),
            row(3L, "unknown", "de", NIGHT),
            row(4L, "unknown", null, NIGHT));
    TableAssert.assertThat(latest.select("account_key", "account_id", "handle", "score", "place"))
        .hasRows(
            row(1L, "a", "ann", 10.0, 2L),
            row(2L, "b", null, 25.0, 1L),
            row(3L, "c", "cid", 10.0, 3L),
            row(4L, "d", "dot", null, null));
    TableAssert.assertThat(Marts.accountScores(scores)).hasColumnsOf(MartAccountScores.TABLE);
    Row second = latest.where("account_key = 2").head();
    assertThat(second.<Double>getAs("response_rate")).isEqualTo(0.375);
    assertThat(second.<Double>getAs("response_rate_low")).isEqualTo(0.25);
    assertThat(second.<Double>getAs("response_rate_high")).isEqualTo(0.5);
    assertThat(second.<String>getAs("explanation_en"))
        .isEqualTo(
            "Score 25.0 (between 25.0 and 25.0 with other people watching): it earns more attention"
                + " than 99.00 % of the reference population. Most of it is how many credible"
                + " accounts react (reactors), 6.3 points, and who pays attention to it"
                + " (authority), 2.8 points. 5 accounts attend to it. Momentum 25.0, in line with"
                + " its standing.");
    assertThat(second.<String>getAs("explanation_es"))
        .isEqualTo(
            "Puntuación 25,0 (entre 25,0 y 25,0 con otro público): recibe más atención que el"
                + " 99,00 % de la población de referencia. Lo que más cuenta: cuántas cuentas"
                + " creíbles reaccionan, 6,3 puntos; y quién le presta atención"
                + " (autoridad), 2,8 puntos. Le prestan atención 5 cuentas. Impulso 25,0, en línea"
                + " con lo habitual.");
    Row fourth = latest.where("account_key = 4").head();
    assertThat(fourth.<String>getAs("explanation_en"))
        .isEqualTo("No score: 1 accounts attend to it, and their credibility adds up to 2.5 only.");
    assertThat(fourth.<String>getAs("explanation_es"))
        .isEqualTo(
            "Sin puntuación: le prestan atención 1 cuentas y su credibilidad suma solo 2,5.");
  }

  /** What is published of the scale gives the points that the scale gives. */
  @Test
  void thePublishedScaleIsTheScaleInUse() {
    List<Object[]> steps = new ArrayList<>();
    long[] numbers = new long[120];
    long[] counts = new long[120];
    long above = 0;
    for (int i = 119; i >= 0; i--) {
      numbers[i] = 2 * i - 17;
      counts[i] = 1 + (119 - i) * (119L - i) / 60;
      above += counts[i];
      steps.add(row("x", "score", 3L, 1L, NIGHT, numbers[i], counts[i], above));
      // Older versions are not in use.
      steps.add(row("x", "score", 2L, 1L, NIGHT, numbers[i] + 5, 1L, 120L - i));
    }
    RarityScale scale = new RarityScale(numbers, counts);
    Dataset<Row> published =
        spark()
            .createDataFrame(
                Marts.references(
                    rows(ReferencePopulations.TABLE.structType(), steps.toArray(new Object[0][]))
                        .collectAsList(),
                    NIGHT.toLocalDate()),
                MartReferencePopulations.TABLE.structType());
    assertThat(published.count()).isEqualTo(120);
    assertThat(published.where("is_tail").count()).isEqualTo(1);
    assertThat(published.where("reference_version <> 3").isEmpty()).isTrue();
    for (Row row : published.collectAsList()) {
      double start = row.<Double>getAs("step_start");
      boolean beyond = start > scaleTail(published);
      if (!beyond) {
        assertThat(scale.share(start)).isCloseTo(row.<Double>getAs("share"), within(1e-12));
      }
      assertThat(row.<Double>getAs("tail_exponent")).isEqualTo(scale.tailExponent());
    }
  }

  private static double scaleTail(Dataset<Row> published) {
    return published.where("is_tail").head().<Double>getAs("step_start");
  }

  @Test
  void sourcesHaveTheirPartOfTheAccountsInfluence() {
    Dataset<Row> top =
        Marts.topSources(
            sources(source(1, 2, 1, 0.125, NIGHT), source(1, 3, 2, 0.0625, NIGHT)),
            rows("account_key bigint, rank_share double", row(1L, 0.25), row(2L, 0.5)),
            rows(
                "account_key bigint, handle string",
                row(1L, "ann"),
                row(2L, "bob"),
                row(3L, null)));
    TableAssert.assertThat(top)
        .hasColumnsOf(MartTopSources.TABLE)
        .hasRows(row("x", 1L, 1L, 2L, "bob", 0.5, NIGHT), row("x", 1L, 2L, 3L, null, 0.25, NIGHT));
  }

  @Test
  void aSourcesPartIsNeverMoreThanTheWhole() {
    TableAssert.assertThat(
            Marts.topSources(
                sources(source(1, 2, 1, 0.25 + 1e-9, NIGHT), source(3, 2, 1, 1e-12, NIGHT)),
                rows("account_key bigint, rank_share double", row(1L, 0.25), row(3L, 0.0)),
                rows("account_key bigint, handle string", row(2L, "bob"))))
        .hasRows(row("x", 1L, 1L, 2L, "bob", 1.0, NIGHT), row("x", 3L, 1L, 2L, "bob", 1.0, NIGHT));
  }

  @Test
  void activityCountsWhatWasNewByMeasure() {
    TableAssert.assertThat(
            Marts.activity(
                rows(
                    "network string, verb string, change bigint",
                    row("x", "like", 1L),
                    row("x", "like", 1L),
                    row("x", "like", -1L),
                    row("y", "follow", 1L)),
                rows("network string", row("x"), row("x")),
                rows("network string", row("y")),
                rows("network string", row("x")),
                rows(
                    "network string, line_count bigint, accepted_count bigint,"
                        + " ignored_count bigint, rejected_count bigint",
                    row("x", 10L, 7L, 2L, 1L),
                    row("x", 5L, 5L, 0L, 0L)),
                rows(
                    "network string, rule string, statement_count bigint",
                    row("x", "duplicate line", 4L),
                    row("x", "kind limit", 9L),
                    row("z", "unreadable file", 3L)),
                lit(NIGHT)))
        .hasColumnsOf(MartNetworkActivity.TABLE)
        .hasRows(
            row("x", NIGHT, "like", 2L),
            row("z", NIGHT, "unreadable file", 3L),
            row("x", NIGHT, "undone like", 1L),
            row("y", NIGHT, "follow", 1L),
            row("x", NIGHT, "post", 2L),
            row("y", NIGHT, "deletion", 1L),
            row("x", NIGHT, "account", 1L),
            row("x", NIGHT, "file", 2L),
            row("x", NIGHT, "line", 15L),
            row("x", NIGHT, "accepted line", 8L),
            row("x", NIGHT, "duplicate line", 4L),
            row("x", NIGHT, "ignored line", 2L),
            row("x", NIGHT, "rejected line", 1L));
  }

  @Test
  void aNetworkIsWhatWasLoadedOfIt() {
    Dataset<Row> activity =
        rows(
            MartNetworkActivity.TABLE.structType(),
            row("x", BEFORE, "file", 2L),
            row("x", BEFORE, "line", 100L),
            row("x", BEFORE, "rejected line", 3L),
            row("x", BEFORE, "post", 40L),
            row("x", BEFORE, "like", 7L),
            row("x", NIGHT, "file", 1L),
            row("x", NIGHT, "line", 50L),
            row("x", NIGHT, "repost", 5L),
            row("x", NIGHT, "undone like", 6L),
            row("y", BEFORE, "file", 1L),
            row("y", BEFORE, "follow", 9L),
            // Nothing of z was loaded: another network's dump spoke of its accounts.
            row("z", NIGHT, "account", 4L));
    TableAssert.assertThat(
            Marts.networks(
                activity, scores(score(1, NIGHT, 30.0, 12), score(4, NIGHT, null, 1)), lit(NIGHT)))
        .hasColumnsOf(MartNetworks.TABLE)
        .hasRows(
            row("x", BEFORE, NIGHT, 2L, 150L, 3L, 40L, 12L, false, true, 2L, 1L, NIGHT),
            row("y", BEFORE, BEFORE, 1L, 0L, 0L, 0L, 9L, true, false, 0L, 0L, NIGHT));
  }

  /** Beside Spark's calendar, over years that begin and end in the midst of a week. */
  @Test
  void theCalendarIsThatOfIso() {
    ColumnRows dates = Marts.dates(LocalDate.of(2019, 3, 5), LocalDate.of(2021, 1, 1));
    List<Row> expected =
        spark()
            .sql(
                """
                SELECT unix_date(d), year(d), quarter(d), month(d), unix_date(trunc(d, 'month')),
                       dayofmonth(d), extract(YEAROFWEEK FROM d), weekofyear(d),
                       unix_date(trunc(d, 'week')), weekday(d) + 1, weekday(d) >= 5
                FROM (SELECT explode(sequence(DATE'2019-01-01', DATE'2021-12-31')) AS d)
                ORDER BY d
                """)
            .collectAsList();
    assertThat(dates.size()).isEqualTo(expected.size()).isEqualTo(365 + 366 + 365);
    for (int day = 0; day < expected.size(); day++) {
      for (int i = 0; i < MartDates.TABLE.columns().size(); i++) {
        Object value = expected.get(day).get(i);
        long wanted = value instanceof Boolean flag ? flag ? 1 : 0 : ((Number) value).longValue();
        assertThat(dates.longs(MartDates.TABLE.columns().get(i)).get(day)).isEqualTo(wanted);
      }
    }
    LocalDate day = LocalDate.of(2026, 5, 5);
    assertThat(Marts.dates(day, day).size()).isEqualTo(365);
  }

  @Test
  void aStageOfTheRunIsOneRowOfItsHealth() {
    StructType journal = StageRuns.TABLE.structType();
    List<Row> stageRuns = new ArrayList<>();
    for (String[] told :
        new String[][] {
          {"run", "one", "core/posts"},
          {"run", "one", "core/accounts"},
          {"other", "one", "core/posts"},
          {"run", "two", "core/rejects"}
        }) {
      Object[] values = new Object[journal.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (journal.fields()[i].name()) {
              case "run_id" -> told[0];
              case "stage" -> told[1];
              case "table_path" -> told[2];
              case "night" -> NIGHT;
              case "waiting_files" -> null;
              case "seconds", "cpu_seconds" -> 1.5;
              default -> 7L;
            };
      }
      stageRuns.add(new GenericRowWithSchema(values, journal));
    }
    List<Row> health = Marts.runHealth(stageRuns, "run");
    assertThat(health).extracting(row -> row.getString(2)).containsExactly("one", "two");
    assertThat(health.get(0).getString(1)).isEqualTo("run");
    assertThat(health.get(0).getDouble(6)).isEqualTo(1.5);
  }
}
