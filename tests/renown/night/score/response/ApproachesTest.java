package renown.night.score.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.night.score.response.Approaches.Found;
import renown.tables.AccountResponseRates;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.WaitingApproaches;
import renown.testing.PrintedIds;

class ApproachesTest {
  private static final long UNIT = 1L << 30;
  private static final long NIGHT = LocalDate.of(2026, 1, 5).toEpochDay();
  private static final long BEFORE = LocalDate.of(2025, 12, 26).toEpochDay();

  private static long at(int day, int hour) {
    return Instant.parse("2026-01-%02dT%02d:00:00Z".formatted(day, hour)).getEpochSecond()
        * 1_000_000;
  }

  private static ColumnRows acts() {
    return new ColumnRows(
        List.of(
            Interactions.NETWORK,
            Interactions.VERB,
            Interactions.ACTOR_KEY,
            Interactions.TARGET_KEY,
            Interactions.HAPPENED_AT,
            Interactions.CHANGE,
            Interactions.RECORD_PRINT_HIGH,
            Interactions.RECORD_PRINT_LOW,
            Interactions.OBJECT_ID));
  }

  private static void act(ColumnRows acts, String verb, long actor, long target, long at) {
    act(acts, verb, actor, target, at, "p" + target, 1);
  }

  private static void act(
      ColumnRows acts, String verb, long actor, long target, long at, String object, long change) {
    acts.texts(Interactions.NETWORK).add("x");
    acts.texts(Interactions.VERB).add(verb);
    acts.longs(Interactions.ACTOR_KEY).add(actor);
    acts.longs(Interactions.TARGET_KEY).add(target);
    acts.longs(Interactions.HAPPENED_AT).add(at);
    acts.longs(Interactions.CHANGE).add(change);
    acts.longs(Interactions.RECORD_PRINT_HIGH).add(PrintedIds.of("p" + actor).high());
    acts.longs(Interactions.RECORD_PRINT_LOW).add(PrintedIds.of("p" + actor).low());
    acts.texts(Interactions.OBJECT_ID).add(object);
  }

  private static ColumnRows increments(long[]... edges) {
    ColumnRows rows =
        new ColumnRows(
            List.of(EdgeIncrements.SRC_KEY, EdgeIncrements.DST_KEY, EdgeIncrements.ACT_COUNT));
    for (long[] edge : edges) {
      rows.longs(EdgeIncrements.SRC_KEY).add(edge[0]);
      rows.longs(EdgeIncrements.DST_KEY).add(edge[1]);
      rows.longs(EdgeIncrements.ACT_COUNT).add(edge[2]);
    }
    return rows;
  }

  private static void waits(ColumnRows waiting, long src, long dst, long at, boolean answered) {
    waiting.texts(WaitingApproaches.NETWORK).add("x");
    waiting.longs(WaitingApproaches.SRC_KEY).add(src);
    waiting.longs(WaitingApproaches.DST_KEY).add(dst);
    waiting.longs(WaitingApproaches.APPROACHED_AT).add(at);
    waiting.longs(WaitingApproaches.RECORD_PRINT_HIGH).add(PrintedIds.of("p" + src).high());
    waiting.longs(WaitingApproaches.RECORD_PRINT_LOW).add(PrintedIds.of("p" + src).low());
    waiting.longs(WaitingApproaches.WEIGHT_UNITS).add(UNIT);
    waiting.longs(WaitingApproaches.IS_ANSWERED).add(answered);
    waiting.longs(WaitingApproaches.NIGHT).add(NIGHT - 4);
  }

  private static ColumnRows waiting() {
    return new ColumnRows(WaitingApproaches.TABLE);
  }

  @Test
  void anApproachIsTheFirstActOfAStranger() {
    ColumnRows acts = acts();
    act(acts, "mention", 1, 9, at(5, 10));
    act(acts, "reply", 1, 9, at(5, 8));
    // 9 follows 2 since long; 3 since this morning, before 3 came; 4 only after.
    act(acts, "reply", 2, 9, at(5, 8));
    act(acts, "reply", 3, 9, at(5, 8));
    act(acts, "follow", 9, 3, at(5, 7));
    act(acts, "reply", 4, 9, at(5, 8));
    act(acts, "like", 9, 4, at(5, 9));
    // 9 unfollowed 5 last year; 6 is of little credibility, 7 of none that is known.
    act(acts, "mention", 5, 9, at(5, 8));
    act(acts, "mention", 6, 9, at(5, 8));
    act(acts, "mention", 7, 9, at(5, 8));
    // A like is no approach, nor what one does to oneself, nor what waits already.
    act(acts, "like", 8, 9, at(5, 8));
    act(acts, "reply", 9, 9, at(5, 8));
    act(acts, "reply", 11, 9, at(5, 8));
    // Taken back.
    act(acts, "reply", 12, 9, at(5, 8), "p9", -1);
    ColumnRows waiting = waiting();
    waits(waiting, 11, 9, at(3, 8), false);
    Map<Long, Double> credibilities = new HashMap<>();
    for (long key : new long[] {1, 2, 3, 8, 9, 11, 12}) {
      credibilities.put(key, 0.9);
    }
    credibilities.put(4L, 0.1);
    credibilities.put(5L, 0.2);
    credibilities.put(6L, 0.025);
    ColumnRows found =
        Approaches.ofNight(
            acts,
            increments(
                new long[] {1, 9, 2},
                new long[] {9, 2, 1},
                new long[] {9, 3, 1},
                new long[] {9, 4, 1},
                new long[] {9, 5, 1},
                new long[] {9, 5, -1}),
            waiting,
            credibilities,
            NIGHT);
    assertThat(found.longs(WaitingApproaches.SRC_KEY).toArray()).containsExactly(1, 4, 5, 6);
    assertThat(found.longs(WaitingApproaches.DST_KEY).toArray()).containsOnly(9);
    assertThat(found.longs(WaitingApproaches.APPROACHED_AT).toArray()).containsOnly(at(5, 8));
    assertThat(found.longs(WaitingApproaches.WEIGHT_UNITS).toArray())
        .containsExactly(UNIT, UNIT, UNIT, UNIT / 4);
    assertThat(found.longs(WaitingApproaches.IS_ANSWERED).toArray()).containsOnly(0);
    assertThat(found.longs(WaitingApproaches.RECORD_PRINT_LOW).toArray())
        .containsExactly(1, 4, 5, 6);
    assertThat(found.longs(WaitingApproaches.RECORD_PRINT_HIGH).toArray())
        .containsOnly(PrintedIds.of("p1").high());
    assertThat(found.size()).isEqualTo(4);
  }

  @Test
  void anAnswerComesAfterAndWithinSevenDays() {
    ColumnRows approaches = waiting();
    for (long stranger = 1; stranger <= 8; stranger++) {
      waits(approaches, stranger, 9, at(1, 8), stranger == 4);
    }
    ColumnRows acts = acts();
    act(acts, "reply", 9, 1, at(8, 8));
    act(acts, "reply", 9, 1, at(8, 9));
    act(acts, "reply", 9, 2, at(8, 9));
    act(acts, "reply", 9, 3, at(1, 8));
    act(acts, "like", 9, 5, at(2, 8));
    act(acts, "quote", 9, 6, at(2, 8));
    act(acts, "reply", 8, 5, at(2, 8));
    // To another post of the stranger; and of which post is not told.
    act(acts, "reply", 9, 7, at(2, 8), "p77", 1);
    act(acts, "reply", 9, 8, at(2, 8), null, 1);
    ColumnRows answered = Approaches.answered(approaches, acts);
    assertThat(answered.longs(WaitingApproaches.SRC_KEY).toArray())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(answered.longs(WaitingApproaches.IS_ANSWERED).toArray())
        .containsExactly(1, 0, 0, 1, 0, 1, 0, 1);
    // Eight days later, to the hour.
    assertThat(Approaches.judged(approaches, true, at(9, 8)).size()).isEqualTo(8);
    assertThat(Approaches.judged(approaches, false, at(9, 8)).size()).isZero();
    assertThat(Approaches.judged(approaches, false, at(9, 7)).size()).isEqualTo(8);
  }

  private static void rate(ColumnRows rates, long key, long count, long units, long answers) {
    rates.texts(AccountResponseRates.NETWORK).add("x");
    rates.longs(AccountResponseRates.ACCOUNT_KEY).add(key);
    rates.longs(AccountResponseRates.APPROACH_COUNT).add(count);
    rates.longs(AccountResponseRates.APPROACH_UNITS).add(units);
    rates.longs(AccountResponseRates.ANSWER_UNITS).add(answers);
    rates.doubles(AccountResponseRates.RESPONSE_RATE).addNull();
    rates.doubles(AccountResponseRates.RESPONSE_RATE_LOW).addNull();
    rates.doubles(AccountResponseRates.RESPONSE_RATE_HIGH).addNull();
    rates.longs(AccountResponseRates.NIGHT).add(BEFORE);
  }

  @Test
  void sumsFadeAndAdd() {
    ColumnRows before = new ColumnRows(AccountResponseRates.TABLE);
    rate(before, 9, 4, 4 * UNIT, 2 * UNIT);
    rate(before, 8, 1, UNIT, 0);
    ColumnRows judged = waiting();
    waits(judged, 1, 9, at(1, 8), true);
    waits(judged, 2, 9, at(1, 8), false);
    waits(judged, 1, 7, at(1, 8), true);
    // Ten days are a half-life.
    TreeMap<Long, Found> sums = Approaches.sums(before, judged, 10, NIGHT);
    assertThat(sums).containsOnlyKeys(7L, 8L, 9L);
    assertThat(numbers(sums.get(7L))).containsExactly(1, UNIT, UNIT);
    assertThat(numbers(sums.get(8L))).containsExactly(1, UNIT / 2, 0);
    assertThat(numbers(sums.get(9L))).containsExactly(6, 4 * UNIT, 2 * UNIT);
  }

  private static long[] numbers(Found found) {
    return new long[] {found.approaches, found.approachUnits, found.answerUnits};
  }

  @Test
  void estimatesShrinkToTheRateOfTheKind() {
    TreeMap<Long, Found> sums = new TreeMap<>();
    Map<Long, String> kinds = new HashMap<>();
    // Persons answer half of the time, organisations never; of one network too little is known.
    for (long i = 0; i < 200; i++) {
      add(sums, kinds, "x", i, 4, i % 5, "person");
      add(sums, kinds, "x", 1000 + i, 4, 0, "organisation");
    }
    add(sums, kinds, "x", 5000, 2, 0, "person");
    add(sums, kinds, "x", 5001, 3, 0, "automated");
    add(sums, kinds, "y", 6000, 4, 4, "person");
    Map<String, BetaBinomial> populations = ResponseRate.populations(sums, kinds);
    assertThat(populations.keySet())
        .containsExactlyInAnyOrder("x\nperson", "x\norganisation", "x\n*");
    ColumnRows estimated = ResponseRate.estimated(sums, kinds, populations, 3, NIGHT);
    assertThat(estimated.size()).isEqualTo(403);
    Map<Long, Double> rates = new HashMap<>();
    List<Long> silent = new ArrayList<>();
    for (int row = 0; row < estimated.size(); row++) {
      long key = estimated.longs(AccountResponseRates.ACCOUNT_KEY).get(row);
      if (estimated.doubles(AccountResponseRates.RESPONSE_RATE).isNull(row)) {
        silent.add(key);
        assertThat(estimated.doubles(AccountResponseRates.RESPONSE_RATE_HIGH).isNull(row)).isTrue();
      } else {
        rates.put(key, estimated.doubles(AccountResponseRates.RESPONSE_RATE).get(row));
      }
    }
    assertThat(silent).containsExactly(5000L);
    assertThat(rates.get(1000L)).isLessThan(0.02);
    assertThat(rates.get(0L)).isBetween(0.05, 0.25);
    assertThat(rates.get(4L)).isBetween(0.75, 0.95);
    // The kinds' own mean, for whoever did as most do.
    assertThat(rates.get(2L)).isCloseTo(0.5, within(0.03));
    // Of a kind too rare to know, the network's rate; of a network too small, one in four.
    assertThat(rates.get(5001L)).isBetween(0.01, 0.2);
    assertThat(rates.get(6000L)).isCloseTo(5.0 / 8, within(1e-9));
  }

  private static void add(
      TreeMap<Long, Found> sums,
      Map<Long, String> kinds,
      String network,
      long key,
      long approaches,
      long answers,
      String kind) {
    Found found = new Found(network);
    found.approaches = approaches;
    found.approachUnits = approaches * UNIT;
    found.answerUnits = answers * UNIT;
    sums.put(key, found);
    kinds.put(key, kind);
  }
}
