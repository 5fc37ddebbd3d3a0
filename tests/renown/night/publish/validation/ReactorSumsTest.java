package renown.night.publish.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.testing.Columns.rowOf;
import static renown.testing.Columns.rows;
import static renown.testing.Columns.values;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.night.score.model.Term;
import renown.tables.AccountState;
import renown.tables.Interactions;
import renown.tables.MartValidation;
import renown.tables.Posts;

class ReactorSumsTest {
  private static final long PAST = LocalDate.of(2026, 1, 7).toEpochDay();
  private static final long TONIGHT = LocalDate.of(2026, 1, 14).toEpochDay();

  private static Object[] act(String verb, long actor, long target, long change, long night) {
    return rowOf(
        Interactions.TABLE,
        Interactions.VERB,
        verb,
        Interactions.ACTOR_KEY,
        actor,
        Interactions.TARGET_KEY,
        target,
        Interactions.CHANGE,
        change,
        Interactions.NIGHT,
        night);
  }

  private static Object[] credibility(long account, double credibility) {
    return rowOf(
        AccountState.TABLE,
        AccountState.ACCOUNT_KEY,
        account,
        AccountState.CREDIBILITY,
        credibility);
  }

  private static Object[] post(long author, String at, long night) {
    Instant instant = Instant.parse(at);
    return rowOf(
        Posts.TABLE,
        Posts.AUTHOR_KEY,
        author,
        Posts.HAPPENED_AT,
        instant.getEpochSecond() * 1_000_000,
        Posts.NIGHT,
        night);
  }

  @Test
  void outcomesAreDistinctCredibleAccountsSince() {
    ReactorSums sums = new ReactorSums(new long[] {9, 8, 7});
    sums.addInteractions(
        rows(
            Interactions.TABLE,
            act("like", 1, 9, 1, TONIGHT),
            act("repost", 1, 9, 1, TONIGHT),
            act("like", 2, 9, 1, PAST + 1),
            // Known before.
            act("like", 6, 9, 1, PAST),
            act("follow", 3, 9, 1, TONIGHT),
            act("like", 3, 8, 1, TONIGHT),
            act("like", 4, 9, -1, TONIGHT),
            act("like", 5, 9, 1, TONIGHT),
            act("like", 9, 9, 1, TONIGHT),
            // Nobody asks.
            act("like", 1, 5, 1, TONIGHT)),
        PAST);
    ColumnRows credibilities =
        rows(
            AccountState.TABLE,
            credibility(1, 0.5),
            credibility(2, 0.25),
            credibility(3, 1),
            credibility(4, 1),
            credibility(6, 1),
            credibility(9, 1));
    assertThat(sums.sums(credibilities)).containsExactly(0.75, 1, 0);
    sums.addPosts(
        rows(
            Posts.TABLE,
            post(9, "2026-01-01T12:00:00Z", TONIGHT),
            post(9, "2026-01-01T12:00:00Z", TONIGHT),
            post(9, "2026-01-09T12:00:00Z", TONIGHT),
            post(9, "2026-01-17T12:00:00Z", TONIGHT),
            post(8, "2026-01-09T12:00:00Z", PAST)),
        PAST);
    assertThat(sums.sumsPerWeekOfPosting(credibilities)).containsExactly(0.25, 1, 0);
  }

  /** Beside sets of sets. */
  @Test
  void manyActsGiveTheSameAsSets() {
    Random random = new Random(5);
    List<Object[]> acts = new ArrayList<>();
    Map<Long, TreeSet<Long>> sets = new TreeMap<>();
    for (int i = 0; i < 5_000; i++) {
      long actor = random.nextInt(60);
      long target = 100 + random.nextInt(20);
      acts.add(act("like", actor, target, 1, TONIGHT));
      sets.computeIfAbsent(target, any -> new TreeSet<>()).add(actor);
    }
    List<Object[]> credibilities = new ArrayList<>();
    for (long actor = 0; actor < 60; actor++) {
      credibilities.add(credibility(actor, actor / 64.0));
    }
    long[] accounts = sets.keySet().stream().mapToLong(Long::longValue).toArray();
    ReactorSums sums = new ReactorSums(accounts);
    sums.addInteractions(rows(Interactions.TABLE, acts.toArray(Object[][]::new)), PAST);
    double[] expected =
        Arrays.stream(accounts)
            .mapToDouble(key -> sets.get(key).stream().mapToDouble(a -> a / 64.0).sum())
            .toArray();
    assertThat(sums.sums(rows(AccountState.TABLE, credibilities.toArray(Object[][]::new))))
        .containsExactly(expected);
  }

  private static Object[] score(String network, long account, long actors, Double momentum) {
    return rowOf(
        AccountState.TABLE,
        AccountState.NETWORK,
        network,
        AccountState.ACCOUNT_KEY,
        account,
        AccountState.ACTOR_COUNT,
        actors,
        AccountState.RANK_SHARE,
        actors / 10.0,
        AccountState.SCORE,
        momentum,
        AccountState.MOMENTUM,
        momentum);
  }

  /** An account whose reactions are the more recent, the higher its number. */
  private static Object[] earned(long account, double attention, double... values) {
    double[] recent = new double[Term.values().length];
    recent[Term.RECENCY.ordinal()] = account;
    return rowOf(
        AccountState.TABLE,
        AccountState.EARNED_ATTENTION,
        attention,
        AccountState.MOMENTUM_EARNED_ATTENTION,
        attention,
        AccountState.ACCOUNT_KEY,
        account,
        AccountState.TERM_VALUES,
        values,
        AccountState.MOMENTUM_VALUES,
        recent);
  }

  @Test
  void eachPredictorIsJudgedOnTheSameAccounts() {
    ValidationStage.Judged judged =
        ValidationStage.candidates(
            rows(
                AccountState.TABLE,
                score("x", 1, 5, 12.0),
                score("x", 2, 6, 22.0),
                score("w", 5, 6, 22.0),
                score("x", 3, 4, 32.0),
                score("x", 4, 1, null),
                score("x", 6, 0, null)),
            rows(
                AccountState.TABLE,
                earned(1, 12.0, 3, 1, 0, 0, 9),
                earned(2, 22.0, 2, 2, 0, 0, 9),
                earned(3, 32.0, 1, 3, 0, 0, 9),
                earned(4, 2.0, 4, 0, 0, 0, 9),
                earned(6, 50.0, 1, 3, 0, 0, 9)),
            "momentum",
            100);
    assertThat(judged.accounts()).containsExactlyInAnyOrder(1, 2, 3, 4);
    assertThat(judged.ends()).isEqualTo(Map.of("w", 0, "x", 4));
    double[] outcome =
        Arrays.stream(judged.accounts())
            .mapToDouble(key -> key == 4 ? 0 : key == 1 ? 0.5 : key == 2 ? 1 : 7)
            .toArray();
    ColumnRows rows = new ColumnRows(MartValidation.TABLE);
    ValidationStage.addRows(rows, judged, outcome, "momentum", 7, TONIGHT);
    assertThat(
            values(
                    rows,
                    MartValidation.NETWORK,
                    MartValidation.PREDICTOR,
                    MartValidation.ACCOUNT_COUNT,
                    MartValidation.SPEARMAN,
                    MartValidation.ADVANTAGE,
                    MartValidation.NIGHT)
                .stream()
                .map(Object::toString))
        .containsExactly(
            "[x, momentum, 4, 1.0, null, " + TONIGHT + "]",
            "[x, authority, 4, -1.0, 2.0, " + TONIGHT + "]",
            "[x, reactors, 4, 1.0, 0.0, " + TONIGHT + "]",
            "[x, audience, 4, 0.0, 1.0, " + TONIGHT + "]",
            "[x, attending accounts, 4, 0.4, 0.6, " + TONIGHT + "]",
            "[x, recency, 4, -0.2, 1.2, " + TONIGHT + "]",
            "[x, PageRank, 4, 0.4, 0.6, " + TONIGHT + "]");
  }

  /** Where a rival is ahead for certain, the sentence says that first. */
  @Test
  void aVerdictSaysWhoWasAheadFirst() {
    List<String> rivals = List.of("authority", "reactors", "audience", "attending accounts");
    List<double[]> intervals =
        List.of(
            new double[] {0.1, 0.2},
            new double[] {-0.2, -0.1},
            new double[] {-0.1, 0.1},
            new double[] {0.01, 0.3});
    assertThat(Verdicts.english("score", 28, 0.456, rivals, intervals))
        .isEqualTo(
            "The score of 28 days before told whom people react to (rank correlation 0.46)"
                + " clearly worse than reactors, clearly better than authority and attending"
                + " accounts, not clearly better or worse than audience.");
    assertThat(
            Verdicts.spanish("momentum", 7, 0.456, rivals.subList(1, 2), intervals.subList(1, 2)))
        .isEqualTo(
            "El impulso de 7 días antes anticipó a quién se reacciona (correlación de rangos 0,46)"
                + " claramente peor que las cuentas que reaccionan.");
  }

  @Test
  void everyPredictorHasANameInSpanish() {
    for (String rival : ValidationStage.PREDICTORS.subList(1, ValidationStage.PREDICTORS.size())) {
      assertThat(
              Verdicts.spanish("score", 28, 0.5, List.of(rival), List.of(new double[] {0.1, 0.2})))
          .doesNotContain("null")
          .contains("claramente mejor que ");
    }
  }

  @Test
  void aSampleIsTheSameWhateverTheOrderOfRows() {
    List<Object[]> scores = new ArrayList<>();
    List<Object[]> earned = new ArrayList<>();
    for (long key = 0; key < 50; key++) {
      scores.add(score("x", key, 3, 5.0));
      earned.add(0, earned(key, 5, 1, 1, 1, 1, 1));
    }
    long[] first = sample(scores, earned);
    java.util.Collections.shuffle(scores, new Random(1));
    assertThat(first).hasSize(10).containsExactly(sample(scores, earned));
  }

  private static long[] sample(List<Object[]> scores, List<Object[]> earned) {
    return ValidationStage.candidates(
            rows(AccountState.TABLE, scores.toArray(Object[][]::new)),
            rows(AccountState.TABLE, earned.toArray(Object[][]::new)),
            "score",
            10)
        .accounts();
  }

  /** Beside replicates that are drawn, sorted and ranked one by one. */
  @Test
  void intervalsOfAllPredictorsAreThoseOfEach() {
    Random random = new Random(3);
    double[] outcome = random.ints(300, 0, 6).asDoubleStream().toArray();
    double[][] predicted = new double[4][];
    for (int i = 0; i < predicted.length; i++) {
      double noise = i * 2;
      predicted[i] =
          Arrays.stream(outcome).map(x -> Math.rint(x + noise * random.nextGaussian())).toArray();
    }
    double[][] intervals = Prediction.spearmanAdvantages(predicted, outcome, 60, 7);
    assertThat(intervals[0]).containsExactly(0, 0);
    for (int i = 1; i < predicted.length; i++) {
      assertThat(intervals[i])
          .containsExactly(
              Prediction.advantage(
                  Prediction::spearman, predicted[0], predicted[i], outcome, 60, 7),
              within(1e-12));
      assertThat(intervals[i][1]).isGreaterThan(0);
    }
  }
}
