package renown.night.publish.marts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.testing.Columns.row;
import static renown.testing.Columns.rowOf;
import static renown.testing.Columns.rows;
import static renown.testing.Columns.values;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.kernels.rarity.RarityScale;
import renown.lake.ColumnRows;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountResponseRates;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.Deletions;
import renown.tables.IgnoredKinds;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartDates;
import renown.tables.MartNetworkActivity;
import renown.tables.MartNetworks;
import renown.tables.MartReferencePopulations;
import renown.tables.MartRunHealth;
import renown.tables.MartScoreChanges;
import renown.tables.MartScoreTerms;
import renown.tables.MartTopSources;
import renown.tables.Posts;
import renown.tables.ReferencePopulations;
import renown.tables.ScoreModels;
import renown.tables.StageRuns;
import renown.tables.TopSources;

class MartsTest {
  private static final LocalDate BEFORE = LocalDate.of(2026, 1, 5);
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 6);
  private static final long BEFORE_DAY = BEFORE.toEpochDay();
  private static final long DAY = NIGHT.toEpochDay();

  /** Terms in the order of their places. */
  private static final List<String> TERMS = List.of("reactors", "authority");

  private static Object[] score(long key, LocalDate night, Double score, long actors) {
    return score(key, night, score, actors, 20260101, 1, null);
  }

  /** A row of {@code account_scores}, or of {@code mart_account_scores}: the same columns. */
  private static Object[] score(
      long key,
      LocalDate night,
      Double score,
      long actors,
      long reference,
      long model,
      Double earlierScore) {
    return rowOf(
        AccountState.TABLE,
        AccountState.ACCOUNT_KEY,
        key,
        AccountState.NIGHT,
        night,
        AccountState.ACTOR_COUNT,
        actors,
        AccountState.CREDIBLE_ACTOR_SUM,
        2.5,
        AccountState.EVIDENCE,
        score == null ? "insufficient" : "sufficient",
        AccountState.SCORE,
        score,
        AccountState.SCORE_LOW,
        score,
        AccountState.SCORE_HIGH,
        score,
        AccountState.MOMENTUM,
        score,
        AccountState.REFERENCE_VERSION,
        reference,
        AccountState.MODEL_VERSION,
        model,
        AccountState.EARLIER_SCORE,
        earlierScore);
  }

  private static ColumnRows scores(Object[]... rows) {
    return rows(AccountState.TABLE, rows);
  }

  private static Object[] source(
      long account, long source, long place, double part, LocalDate night) {
    return row("x", account, source, place, part, 7 * part, night);
  }

  /** A source by what it adds to authority, which is not what it brings of the rank. */
  private static Object[] brings(
      long account, long source, long place, double part, LocalDate night) {
    return row("x", account, source, place, part / 7, part, night);
  }

  private static ColumnRows sources(Object[]... rows) {
    return rows(TopSources.TABLE, rows);
  }

  /** A term of a score: the account, its name, its value and its part. */
  private static Object[] term(long key, String term, double value, double part) {
    return row(key, term, value, part);
  }

  /** What tonight's scores are made of; terms of an account that are not told are 0. */
  private static ScoreTerms terms(ColumnRows scores, Object[]... terms) {
    Map<Long, double[][]> byAccount = new TreeMap<>();
    for (Object[] term : terms) {
      double[][] of = byAccount.computeIfAbsent((Long) term[0], any -> new double[2][TERMS.size()]);
      of[0][TERMS.indexOf(term[1])] = (Double) term[2];
      of[1][TERMS.indexOf(term[1])] = (Double) term[3];
    }
    List<Object[]> earned = new ArrayList<>();
    byAccount.forEach(
        (account, of) ->
            earned.add(
                rowOf(
                    AccountState.TABLE,
                    AccountState.ACCOUNT_KEY,
                    account,
                    AccountState.TERM_VALUES,
                    of[0],
                    AccountState.TERM_PARTS,
                    of[1],
                    AccountState.MOMENTUM_VALUES,
                    new double[TERMS.size()],
                    AccountState.MOMENTUM_PARTS,
                    new double[TERMS.size()])));
    List<Object[]> models = new ArrayList<>();
    for (String measure : List.of("momentum", "score")) {
      for (int i = TERMS.size() - 1; i >= 0; i--) {
        models.add(row(measure, TERMS.get(i), i + 1L, 0.5, 2.0, "What it is.", 1L, NIGHT));
      }
    }
    return new ScoreTerms(
        scores,
        rows(AccountState.TABLE, earned.toArray(Object[][]::new)),
        rows(ScoreModels.TABLE, models.toArray(Object[][]::new)));
  }

  private static ColumnRows termsBefore(Object[]... terms) {
    List<Object[]> rows = new ArrayList<>();
    for (Object[] term : terms) {
      rows.add(row("x", term[0], "score", term[1], term[2], 1.0, 1.0, term[3], 1.0, "It.", BEFORE));
      // Not what is compared.
      rows.add(row("x", term[0], "momentum", term[1], 9.0, 1.0, 1.0, 9.0, 1.0, "It.", BEFORE));
    }
    return rows(MartScoreTerms.TABLE, rows.toArray(Object[][]::new));
  }

  /** Account, term, source, points, change of the score and of its actors. */
  private static List<List<Object>> changes(
      ColumnRows tonight,
      ColumnRows before,
      ScoreTerms terms,
      ColumnRows termsBefore,
      ColumnRows sources) {
    List<List<Object>> changes =
        values(
            new ScoreChanges(tonight, before, terms, termsBefore, sources, BEFORE_DAY)
                .rows(0, tonight.size()),
            MartScoreChanges.ACCOUNT_KEY,
            MartScoreChanges.TERM,
            MartScoreChanges.SOURCE_KEY,
            MartScoreChanges.POINTS,
            MartScoreChanges.SCORE_CHANGE,
            MartScoreChanges.ACTOR_CHANGE);
    changes.forEach(row -> row.set(3, Math.rint((Double) row.get(3) * 1e9) / 1e9 + 0.0));
    return changes;
  }

  @Test
  void changesAddUpByTermAndNameTheSourcesThatBroughtThem() {
    ColumnRows tonight =
        scores(
            score(1, NIGHT, 30.0, 12),
            score(2, NIGHT, 20.0, 4),
            score(3, NIGHT, 12.0, 5),
            score(4, NIGHT, null, 1),
            score(5, NIGHT, 5.0, 3),
            score(6, NIGHT, 5.0, 3));
    ColumnRows before =
        scores(
            score(1, BEFORE, 25.0, 10),
            score(2, BEFORE, 22.0, 7),
            score(3, BEFORE, 10.0, 5),
            score(4, BEFORE, 5.0, 3),
            score(5, BEFORE, null, 1));
    ScoreTerms terms =
        terms(
            tonight,
            term(1, "authority", 3.0, 0.9),
            term(1, "reactors", 7.0, 0.5),
            term(2, "authority", 2.0, 0.6),
            term(2, "reactors", 3.0, 0.2),
            term(3, "authority", 2.5, 0.5),
            term(5, "reactors", 1.0, 1.0),
            term(6, "reactors", 1.0, 1.0));
    ColumnRows termsBefore =
        termsBefore(
            term(1, "authority", 1.0, 0.4),
            // Did not move: it brings nothing, whatever share of the points it has.
            term(1, "reactors", 7.0, 0.5),
            // One rose, the other fell by more.
            term(2, "authority", 1.0, 0.5),
            term(2, "reactors", 4.0, 0.5),
            term(3, "authority", 2.0, 0.4));
    ColumnRows sources =
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
    assertThat(changes(tonight, before, terms, termsBefore, sources))
        .containsExactlyInAnyOrder(
            List.of(1L, "authority", 11L, 2.5, 5.0, 2L),
            // At least 0.2 of it is new: the last on the full list of before had 0.3.
            List.of(1L, "authority", 12L, 0.5, 5.0, 2L),
            List.of(1L, "authority", -1L, 2.0, 5.0, 2L),
            List.of(1L, "reactors", -1L, 0.0, 5.0, 2L),
            List.of(2L, "authority", 14L, 1.0, -2.0, -3L),
            List.of(2L, "authority", -1L, 0.0, -2.0, -3L),
            List.of(2L, "reactors", -1L, -3.0, -2.0, -3L),
            List.of(3L, "authority", 15L, 2.0, 2.0, 0L),
            List.of(3L, "authority", -1L, 0.0, 2.0, 0L),
            List.of(3L, "reactors", -1L, 0.0, 2.0, 0L));
  }

  /** Lists hold two: who is missing on a full one had at most as much as its last. */
  @Test
  void aSourceThatSlipsOffAFullListIsNotLostWhole() {
    ColumnRows tonight = scores(score(1, NIGHT, 30.0, 9), score(2, NIGHT, 20.0, 9));
    assertThat(
            changes(
                tonight,
                scores(score(1, BEFORE, 25.0, 9), score(2, BEFORE, 25.0, 9)),
                terms(tonight, term(1, "authority", 3.0, 1.5), term(2, "authority", 1.0, 0.5)),
                termsBefore(term(1, "authority", 1.0, 1.0), term(2, "authority", 3.0, 1.0)),
                sources(
                    brings(1, 11, 1, 0.9, BEFORE),
                    brings(1, 12, 2, 0.4, BEFORE),
                    brings(1, 11, 2, 0.9, NIGHT),
                    // It brought 0.6 at least: more than 0.4 it did not have.
                    brings(1, 13, 1, 1.0, NIGHT),
                    brings(2, 11, 1, 0.9, BEFORE),
                    brings(2, 12, 2, 0.8, BEFORE),
                    brings(2, 11, 1, 0.9, NIGHT),
                    brings(2, 14, 2, 0.5, NIGHT))))
        .containsExactlyInAnyOrder(
            List.of(1L, "authority", 13L, 1.5, 5.0, 0L),
            List.of(1L, "authority", -1L, 3.5, 5.0, 0L),
            List.of(1L, "reactors", -1L, 0.0, 5.0, 0L),
            List.of(2L, "authority", 12L, -0.75, -5.0, 0L),
            List.of(2L, "authority", -1L, -4.25, -5.0, 0L),
            List.of(2L, "reactors", -1L, 0.0, -5.0, 0L));
  }

  /** Another scale and other weights move scores too, and no term is to blame. */
  @Test
  void whatTheScaleOrTheWeightsBroughtIsNoTerms() {
    ColumnRows tonight =
        scores(
            score(1, NIGHT, 30.0, 9, 20260106, 1, 26.0),
            score(2, NIGHT, 30.0, 9, 20260106, 2, null),
            score(3, NIGHT, 30.0, 9, 0, 1, null));
    assertThat(
            changes(
                tonight,
                scores(
                    score(1, BEFORE, 25.0, 9),
                    score(2, BEFORE, 25.0, 9),
                    score(3, BEFORE, 29.0, 9, 0, 1, null)),
                terms(
                    tonight,
                    term(1, "reactors", 2.0, 1.5),
                    term(2, "reactors", 2.0, 1.5),
                    term(3, "reactors", 2.0, 1.5)),
                termsBefore(
                    term(1, "reactors", 1.0, 1.0),
                    term(2, "reactors", 1.0, 1.0),
                    term(3, "reactors", 2.0, 1.5)),
                sources()))
        .containsExactlyInAnyOrder(
            List.of(1L, "authority", -1L, 0.0, 5.0, 0L),
            List.of(1L, "reactors", -1L, 1.0, 5.0, 0L),
            List.of(1L, "reference", -1L, 4.0, 5.0, 0L),
            List.of(2L, "authority", -1L, 0.0, 5.0, 0L),
            List.of(2L, "reactors", -1L, 0.0, 5.0, 0L),
            List.of(2L, "model", -1L, 5.0, 5.0, 0L),
            List.of(3L, "authority", -1L, 0.0, 1.0, 0L),
            List.of(3L, "reactors", -1L, 0.0, 1.0, 0L),
            List.of(3L, "reference", -1L, 1.0, 1.0, 0L));
  }

  @Test
  void termsAreInProportionToTheirPartsAndAddUpToTheScore() {
    ColumnRows scores = scores(score(1, NIGHT, 20.0, 5), score(2, NIGHT, null, 1));
    ColumnRows rows =
        terms(
                scores,
                term(1, "authority", 3.0, 0.3),
                term(1, "reactors", 1.0, 0.1),
                term(2, "reactors", 1.0, 0.1))
            .rows(0, 2);
    assertThat(
            values(
                rows,
                MartScoreTerms.ACCOUNT_KEY,
                MartScoreTerms.MEASURE,
                MartScoreTerms.TERM,
                MartScoreTerms.VALUE,
                MartScoreTerms.PART,
                MartScoreTerms.WEIGHT,
                MartScoreTerms.SCALE,
                MartScoreTerms.NIGHT))
        .containsExactly(
            List.of(1L, "score", "reactors", 1.0, 0.1, 0.5, 2.0, DAY),
            List.of(1L, "score", "authority", 3.0, 0.3, 0.5, 2.0, DAY),
            List.of(1L, "momentum", "reactors", 0.0, 0.0, 0.5, 2.0, DAY),
            List.of(1L, "momentum", "authority", 0.0, 0.0, 0.5, 2.0, DAY));
    assertThat(rows.doubles(MartScoreTerms.POINTS).toArray())
        // Nothing earned, nothing to share out.
        .containsExactly(new double[] {5, 15, 0, 0}, within(1e-12));
  }

  @Test
  void theLatestScoresArePlacedByScoreThenByAgeAndExplained() {
    ColumnRows scores =
        scores(
            score(3, NIGHT, 10.0, 5),
            score(1, NIGHT, 10.0, 5),
            score(2, NIGHT, 25.0, 5),
            score(4, NIGHT, null, 1),
            // Nobody knows who it is.
            score(6, NIGHT, 10.0, 5));
    List<Object[]> accounts = new ArrayList<>();
    for (Object[] account :
        new Object[][] {
          {1L, "a", "ann", "Ann", BEFORE},
          {2L, "b", null, null, NIGHT},
          {3L, "c", "cid", null, NIGHT},
          {4L, "d", "dot", null, NIGHT},
          {5L, "e", "eve", null, NIGHT}
        }) {
      accounts.add(
          rowOf(
              Accounts.TABLE,
              Accounts.ACCOUNT_KEY,
              account[0],
              Accounts.ACCOUNT_ID,
              account[1],
              Accounts.HANDLE,
              account[2],
              Accounts.DISPLAY_NAME,
              account[3],
              Accounts.FIRST_NIGHT,
              account[4]));
    }
    List<Object[]> terms = new ArrayList<>();
    for (long key : new long[] {1, 2, 3, 6}) {
      terms.add(term(key, "reactors", 1, 0.3));
      terms.add(term(key, "authority", 1, 0.9));
    }
    ColumnRows rows =
        new LatestScores(
                scores,
                rows(Accounts.TABLE, accounts.toArray(Object[][]::new)),
                terms(scores, terms.toArray(Object[][]::new)),
                rows(
                    AccountResponseRates.TABLE,
                    row("x", 2L, 5L, 5L << 30, 2L << 30, 0.375, 0.25, 0.5, NIGHT)),
                rows(
                    AccountKinds.TABLE,
                    row("x", 1L, "person", 0.9, new String[] {"i write"}, NIGHT),
                    row("x", 5L, "automated", 1.0, new String[] {}, NIGHT)),
                // As many in one language as in another: the first in the alphabet.
                rows(
                    AccountLanguages.TABLE,
                    row("x", 1L, "es", 3L, NIGHT),
                    row("x", 1L, "en", 2L, NIGHT),
                    row("x", 3L, "fr", 2L, NIGHT),
                    row("x", 3L, "de", 2L, NIGHT)))
            .rows(0, scores.size());
    assertThat(
            values(
                    rows,
                    MartAccountScoresLatest.ACCOUNT_KEY,
                    MartAccountScoresLatest.ACCOUNT_ID,
                    MartAccountScoresLatest.HANDLE,
                    MartAccountScoresLatest.DISPLAY_NAME,
                    MartAccountScoresLatest.KIND,
                    MartAccountScoresLatest.LANGUAGE,
                    MartAccountScoresLatest.FIRST_NIGHT,
                    MartAccountScoresLatest.SCORE,
                    MartAccountScoresLatest.PLACE)
                .stream()
                .map(Object::toString))
        .containsExactly(
            "[3, c, cid, null, unknown, de, " + DAY + ", 10.0, 3]",
            "[1, a, ann, Ann, person, es, " + BEFORE_DAY + ", 10.0, 2]",
            "[2, b, null, null, unknown, null, " + DAY + ", 25.0, 1]",
            "[4, d, dot, null, unknown, null, " + DAY + ", null, null]");
    assertThat(
            values(
                    rows,
                    MartAccountScoresLatest.RESPONSE_RATE,
                    MartAccountScoresLatest.RESPONSE_RATE_LOW,
                    MartAccountScoresLatest.RESPONSE_RATE_HIGH)
                .stream()
                .map(Object::toString))
        .containsExactly(
            "[null, null, null]", "[null, null, null]", "[0.375, 0.25, 0.5]", "[null, null, null]");
    ColumnRows.Texts english = rows.texts(MartAccountScoresLatest.EXPLANATION_EN);
    ColumnRows.Texts spanish = rows.texts(MartAccountScoresLatest.EXPLANATION_ES);
    assertThat(english.get(2))
        .isEqualTo(
            "Score 25.0 (between 25.0 and 25.0 with other people watching): it earns more attention"
                + " than 99.00 % of the reference population. Most of it is who pays attention to"
                + " it (authority), 18.8 points, and how many credible accounts react (reactors),"
                + " 6.3 points. 5 accounts attend to it. Momentum 25.0, in line with its"
                + " standing.");
    assertThat(spanish.get(2))
        .isEqualTo(
            "Puntuación 25,0 (entre 25,0 y 25,0 con otro público): recibe más atención que el"
                + " 99,00 % de la población de referencia. Lo que más cuenta: quién le presta"
                + " atención (autoridad), 18,8 puntos; y cuántas cuentas creíbles reaccionan"
                + ", 6,3 puntos. Le prestan atención 5 cuentas. Impulso 25,0, en línea"
                + " con lo habitual.");
    assertThat(english.get(3))
        .isEqualTo("No score: 1 accounts attend to it, and their credibility adds up to 2.5 only.");
    assertThat(spanish.get(3))
        .isEqualTo(
            "Sin puntuación: le prestan atención 1 cuentas y su credibilidad suma solo 2,5.");
  }

  @Test
  void momentumBeyondTheIntervalIsTold() {
    assertThat(Explanations.english(numbers(12)))
        .endsWith("Momentum 12.0, more than its standing: it is rising.");
    assertThat(Explanations.english(numbers(8)))
        .endsWith("Momentum 8.0, less than its standing: it is quiet.");
    assertThat(Explanations.spanish(numbers(12)))
        .endsWith("Impulso 12,0, por encima de lo habitual: sube.");
    assertThat(Explanations.spanish(numbers(8)))
        .endsWith("Impulso 8,0, por debajo de lo habitual: está en calma.");
  }

  private static Explanations.Numbers numbers(double momentum) {
    return new Explanations.Numbers(10, 9, 11, momentum, 3, "reactors", 6, "audience", 4);
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
    steps.add(row("w", "score", 1L, 1L, NIGHT, 4L, 9L, 9L));
    RarityScale scale = new RarityScale(numbers, counts);
    ColumnRows published =
        Marts.references(rows(ReferencePopulations.TABLE, steps.toArray(Object[][]::new)), DAY);
    assertThat(published.size()).isEqualTo(121);
    assertThat(published.texts(MartReferencePopulations.NETWORK).get(0)).isEqualTo("w");
    List<Integer> tails = new ArrayList<>();
    for (int row = 1; row <= 120; row++) {
      assertThat(published.longs(MartReferencePopulations.REFERENCE_VERSION).get(row)).isEqualTo(3);
      assertThat(published.doubles(MartReferencePopulations.TAIL_EXPONENT).get(row))
          .isEqualTo(scale.tailExponent());
      if (tails.isEmpty()) {
        double start = published.doubles(MartReferencePopulations.STEP_START).get(row);
        assertThat(scale.share(start))
            .isCloseTo(published.doubles(MartReferencePopulations.SHARE).get(row), within(1e-12));
      }
      if (row < 120) {
        assertThat(published.doubles(MartReferencePopulations.NEXT_SHARE).get(row))
            .isEqualTo(published.doubles(MartReferencePopulations.SHARE).get(row + 1));
        assertThat(published.doubles(MartReferencePopulations.NEXT_START).get(row))
            .isEqualTo(published.doubles(MartReferencePopulations.STEP_START).get(row + 1));
      }
      if (published.longs(MartReferencePopulations.IS_TAIL).get(row) == 1) {
        tails.add(row);
      }
    }
    assertThat(tails).hasSize(1);
    assertThat(published.doubles(MartReferencePopulations.NEXT_START).isNull(120)).isTrue();
  }

  private static ColumnRows handles(Object[]... accounts) {
    List<Object[]> rows = new ArrayList<>();
    for (Object[] account : accounts) {
      rows.add(
          rowOf(Accounts.TABLE, Accounts.ACCOUNT_KEY, account[0], Accounts.HANDLE, account[1]));
    }
    return rows(Accounts.TABLE, rows.toArray(Object[][]::new));
  }

  private static ColumnRows ranks(Object[]... ranks) {
    List<Object[]> rows = new ArrayList<>();
    for (Object[] rank : ranks) {
      rows.add(
          rowOf(
              AccountState.TABLE,
              AccountState.ACCOUNT_KEY,
              rank[0],
              AccountState.RANK_SHARE,
              rank[1]));
    }
    return rows(AccountState.TABLE, rows.toArray(Object[][]::new));
  }

  private static List<String> topSources(
      ColumnRows sources, ColumnRows ranks, ColumnRows accounts) {
    return values(
            Marts.topSources(sources, ranks, accounts, DAY),
            MartTopSources.ACCOUNT_KEY,
            MartTopSources.PLACE,
            MartTopSources.SOURCE_KEY,
            MartTopSources.SOURCE_HANDLE,
            MartTopSources.INFLUENCE_SHARE)
        .stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void sourcesHaveTheirPartOfTheAccountsInfluence() {
    assertThat(
            topSources(
                sources(
                    source(1, 2, 1, 0.125, NIGHT),
                    source(1, 2, 1, 0.2, BEFORE),
                    source(1, 3, 2, 0.0625, NIGHT)),
                ranks(row(1L, 0.25), row(2L, 0.5)),
                handles(row(1L, "ann"), row(2L, "bob"), row(3L, null))))
        .containsExactly("[1, 1, 2, bob, 0.5]", "[1, 2, 3, null, 0.25]");
  }

  @Test
  void aSourcesPartIsNeverMoreThanTheWhole() {
    assertThat(
            topSources(
                sources(source(1, 2, 1, 0.25 + 1e-9, NIGHT), source(3, 2, 1, 1e-12, NIGHT)),
                ranks(row(1L, 0.25), row(3L, 0.0)),
                handles(row(2L, "bob"))))
        .containsExactly("[1, 1, 2, bob, 1.0]", "[3, 1, 2, bob, 1.0]");
  }

  private static ColumnRows ofNetworks(
      renown.tables.TableSchema table, renown.tables.TableColumn network, String... networks) {
    List<Object[]> rows = new ArrayList<>();
    for (String name : networks) {
      rows.add(rowOf(table, network, name));
    }
    return rows(table, rows.toArray(Object[][]::new));
  }

  private static Object[] act(String network, String verb, long change) {
    return rowOf(
        Interactions.TABLE,
        Interactions.NETWORK,
        network,
        Interactions.VERB,
        verb,
        Interactions.CHANGE,
        change);
  }

  private static Object[] file(long lines, long accepted, long ignored, long rejected) {
    return rowOf(
        LoadedFiles.TABLE,
        LoadedFiles.LINE_COUNT,
        lines,
        LoadedFiles.ACCEPTED_COUNT,
        accepted,
        LoadedFiles.IGNORED_COUNT,
        ignored,
        LoadedFiles.REJECTED_COUNT,
        rejected);
  }

  private static Object[] ignored(String network, String rule, long count) {
    return row(network, rule, count, NIGHT);
  }

  @Test
  void activityCountsWhatWasNewByMeasure() {
    NetworkMarts marts = new NetworkMarts();
    marts.addInteractions(
        rows(
            Interactions.TABLE,
            act("x", "like", 1),
            act("x", "like", 1),
            act("x", "like", -1),
            act("y", "follow", 1)));
    marts.addRows("post", ofNetworks(Posts.TABLE, Posts.NETWORK, "x", "x"), Posts.NETWORK);
    marts.addRows(
        "deletion", ofNetworks(Deletions.TABLE, Deletions.NETWORK, "y"), Deletions.NETWORK);
    marts.addAccounts(
        rows(
            Accounts.TABLE,
            rowOf(Accounts.TABLE, Accounts.FIRST_NIGHT, NIGHT),
            rowOf(Accounts.TABLE, Accounts.FIRST_NIGHT, BEFORE)),
        DAY);
    marts.addFiles(rows(LoadedFiles.TABLE, file(10, 7, 2, 1), file(5, 5, 0, 0)));
    marts.addIgnored(
        rows(
            IgnoredKinds.TABLE,
            ignored("x", "duplicate line", 4),
            ignored("x", "kind limit", 9),
            ignored("z", "unreadable file", 3)));
    assertThat(
            values(
                marts.activity(DAY),
                MartNetworkActivity.NETWORK,
                MartNetworkActivity.NIGHT,
                MartNetworkActivity.MEASURE,
                MartNetworkActivity.MEASURE_COUNT))
        .containsExactlyInAnyOrder(
            List.of("x", DAY, "like", 2L),
            List.of("z", DAY, "unreadable file", 3L),
            List.of("x", DAY, "undone like", 1L),
            List.of("y", DAY, "follow", 1L),
            List.of("x", DAY, "post", 2L),
            List.of("y", DAY, "deletion", 1L),
            List.of("x", DAY, "account", 1L),
            List.of("x", DAY, "file", 2L),
            List.of("x", DAY, "line", 15L),
            List.of("x", DAY, "accepted line", 8L),
            List.of("x", DAY, "duplicate line", 4L),
            List.of("x", DAY, "ignored line", 2L),
            List.of("x", DAY, "rejected line", 1L));
  }

  @Test
  void aNetworkIsWhatWasLoadedOfIt() {
    ColumnRows before =
        rows(
            MartNetworkActivity.TABLE,
            row("x", BEFORE, "file", 2L),
            row("x", BEFORE, "line", 100L),
            row("x", BEFORE, "rejected line", 3L),
            row("x", BEFORE, "post", 40L),
            row("x", BEFORE, "like", 7L),
            row("y", BEFORE, "file", 1L),
            row("y", BEFORE, "follow", 9L));
    ColumnRows tonight =
        rows(
            MartNetworkActivity.TABLE,
            row("x", NIGHT, "file", 1L),
            row("x", NIGHT, "line", 50L),
            row("x", NIGHT, "repost", 5L),
            row("x", NIGHT, "undone like", 6L),
            // Nothing of z was loaded: another network's dump spoke of its accounts.
            row("z", NIGHT, "account", 4L));
    assertThat(
            values(
                NetworkMarts.networks(
                    List.of(before, tonight),
                    scores(score(1, NIGHT, 30.0, 12), score(4, NIGHT, null, 1)),
                    DAY),
                MartNetworks.TABLE.columns().toArray(renown.tables.TableColumn[]::new)))
        .containsExactly(
            List.of("x", BEFORE_DAY, DAY, 2L, 150L, 3L, 40L, 12L, 0L, 1L, 2L, 1L, DAY),
            List.of("y", BEFORE_DAY, BEFORE_DAY, 1L, 0L, 0L, 0L, 9L, 1L, 0L, 0L, 0L, DAY));
  }

  /** Over years that begin and end in the midst of a week. */
  @Test
  void theCalendarIsThatOfIso() {
    ColumnRows dates = Marts.dates(LocalDate.of(2019, 3, 5), LocalDate.of(2021, 1, 1));
    assertThat(dates.size()).isEqualTo(365 + 366 + 365);
    LocalDate day = LocalDate.of(2019, 1, 1);
    for (List<Object> row :
        values(
            dates,
            MartDates.CALENDAR_DATE,
            MartDates.YEAR,
            MartDates.QUARTER,
            MartDates.MONTH,
            MartDates.MONTH_START_DATE,
            MartDates.DAY_OF_MONTH,
            MartDates.ISO_YEAR,
            MartDates.ISO_WEEK,
            MartDates.WEEK_START_DATE,
            MartDates.DAY_OF_WEEK,
            MartDates.IS_WEEKEND)) {
      LocalDate monday = day;
      while (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
        monday = monday.minusDays(1);
      }
      assertThat(row)
          .containsExactly(
              day.toEpochDay(),
              (long) day.getYear(),
              (day.getMonthValue() + 2) / 3L,
              (long) day.getMonthValue(),
              LocalDate.of(day.getYear(), day.getMonth(), 1).toEpochDay(),
              (long) day.getDayOfMonth(),
              // The year of its week's Thursday.
              (long) monday.plusDays(3).getYear(),
              (long) day.get(WeekFields.ISO.weekOfWeekBasedYear()),
              monday.toEpochDay(),
              1L + monday.until(day).getDays(),
              monday.until(day).getDays() >= 5 ? 1L : 0L);
      day = day.plusDays(1);
    }
    assertThat(Marts.dates(LocalDate.of(2026, 5, 5), LocalDate.of(2026, 5, 5)).size())
        .isEqualTo(365);
  }

  @Test
  void aStageOfTheRunIsOneRowOfItsHealth() {
    List<Object[]> journal = new ArrayList<>();
    for (String[] told :
        new String[][] {
          {"run", "one", "core/posts"},
          {"run", "one", "core/accounts"},
          {"other", "one", "core/posts"},
          {"run", "two", "core/rejects"}
        }) {
      journal.add(
          rowOf(
              StageRuns.TABLE,
              StageRuns.RUN_ID,
              told[0],
              StageRuns.STAGE,
              told[1],
              StageRuns.TABLE_PATH,
              told[2],
              renown.tables.StageCosts.SECONDS,
              1.5));
    }
    ColumnRows health =
        Marts.runHealth(rows(StageRuns.TABLE, journal.toArray(Object[][]::new)), "run");
    assertThat(
            values(
                health,
                MartRunHealth.STAGE,
                MartRunHealth.RUN_ID,
                renown.tables.StageCosts.SECONDS))
        .containsExactly(List.of("one", "run", 1.5), List.of("two", "run", 1.5));
  }
}
