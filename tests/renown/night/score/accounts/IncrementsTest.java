package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.night.score.accounts.Given.UNIT;
import static renown.night.score.accounts.Given.row;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.engine.decay.ForwardDecay;
import renown.lake.ColumnRows;
import renown.tables.EdgeIncrements;

class IncrementsTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final long NIGHT = 20_458;
  private static final int SECONDS = 86_400;
  private static final AccountNumbers ACCOUNTS = Given.accounts(10);

  private static Object[] act(String verb, long actor, long target, long second, long change) {
    return row(verb, actor, target, null, Instant.ofEpochSecond(NIGHT * SECONDS + second), change);
  }

  private static Object[] like(long actor, long target, long second, long change) {
    return act("like", actor, target, second, change);
  }

  private static ColumnRows increments(long halfLifeDays, List<Object[]> acts) {
    return Increments.ofNight(
        Given.acts(ACCOUNTS, acts.toArray(new Object[0][])),
        ACCOUNTS,
        new long[] {NIGHT},
        halfLifeDays,
        NIGHT);
  }

  private static ColumnRows compacted(ColumnRows increments, long move) {
    return Increments.compacted(
        EdgeRows.of(increments, ACCOUNTS), ACCOUNTS, new long[] {move}, NIGHT);
  }

  /** Acts and units by edge and verb; each at most once. */
  private static TreeMap<String, String> byEdge(ColumnRows increments) {
    TreeMap<String, String> rows = new TreeMap<>();
    for (int row = 0; row < increments.size(); row++) {
      String before =
          rows.put(
              increments.longs(EdgeIncrements.SRC_KEY).get(row)
                  + " "
                  + increments.longs(EdgeIncrements.DST_KEY).get(row)
                  + " "
                  + increments.texts(EdgeIncrements.VERB).get(row),
              increments.longs(EdgeIncrements.ACT_COUNT).get(row)
                  + " "
                  + increments.longs(EdgeIncrements.DECAYED_UNITS).get(row));
      assertThat(before).isNull();
    }
    return rows;
  }

  /** 2^(micros / half-life) * 2^30, rounded, to 60 digits: 2^x = sum of (x ln 2)^n / n!. */
  private static long units(long micros, long halfLifeDays) {
    BigDecimal exponent =
        BigDecimal.valueOf(micros)
            .divide(BigDecimal.valueOf(halfLifeDays * 86_400_000_000L), DIGITS)
            .multiply(
                new BigDecimal("0.693147180559945309417232121458176568075500134360255254120680"));
    BigDecimal power = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 200; n++) {
      term = term.multiply(exponent, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      power = power.add(term, DIGITS);
    }
    return power
        .multiply(BigDecimal.valueOf(UNIT), DIGITS)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  @Test
  void unitsAreThoseOfSixtyDigitArithmetic() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      long micros =
          random.nextLong(-1000L * SECONDS, 700L * SECONDS) * 1_000_000 + random.nextInt(1_000_000);
      assertThat(ForwardDecay.units(micros, 0, 90)).isEqualTo(units(micros, 90));
    }
  }

  @Test
  void aUnitIsWorthAsMuchAtTheEndOfANightAsAnActOfThenWeighs() {
    for (long night : new long[] {0, 1, 10, 200}) {
      long then = (NIGHT + night + 1) * SECONDS * 1_000_000L;
      assertThat(
              ForwardDecay.units(then, NIGHT, 10)
                  * ForwardDecay.actsPerUnit(NIGHT + night, NIGHT, 10))
          .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-8));
    }
  }

  @Test
  void anActAtTheLandmarkWeighsOneAndDoublesWithEachHalfLife() {
    assertThat(
            byEdge(
                increments(
                    10,
                    List.of(
                        like(1, 2, 0, 1),
                        like(3, 2, 10 * SECONDS, 1),
                        like(4, 2, -20 * SECONDS, 1),
                        // Half a unit is rounded to the even number.
                        like(5, 2, -31 * 10 * SECONDS, 1)))))
        .containsExactly(
            java.util.Map.entry("1 2 like", "1 " + UNIT),
            java.util.Map.entry("3 2 like", "1 " + 2 * UNIT),
            java.util.Map.entry("4 2 like", "1 " + UNIT / 4),
            java.util.Map.entry("5 2 like", "1 0"));
  }

  @Test
  void whatIsUndoneLeavesNothing() {
    List<Object[]> done = new ArrayList<>();
    List<Object[]> undone = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      long second = random.nextLong(-100 * SECONDS, SECONDS);
      done.add(like(1, 2, second, 1));
      undone.add(like(1, 2, second, -1));
    }
    List<Object[]> both = new ArrayList<>(done);
    both.addAll(undone);
    assertThat(increments(90, both).size()).isZero();
    // Over two nights as well.
    ColumnRows nights = increments(90, done);
    nights.addAll(increments(90, undone));
    assertThat(compacted(nights, 0).size()).isZero();
  }

  @Test
  void nobodyAttendsToItselfAndVotesAreNobodysAttention() {
    assertThat(
            byEdge(
                    increments(
                        90, List.of(like(1, 1, 0, 1), act("vote", 9, 3, 0, 1), like(1, 2, 0, 1))))
                .keySet())
        .containsExactly("1 2 like");
  }

  @Test
  void neitherOrderNorNightsMatter() {
    Random random = new Random(3);
    List<Object[]> acts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      acts.add(
          act(
              Acts.VERBS.get(random.nextInt(3)),
              random.nextInt(4),
              random.nextInt(4),
              random.nextLong(-90 * SECONDS, SECONDS),
              1));
    }
    TreeMap<String, String> once = byEdge(increments(90, acts));
    assertThat(once).hasSize(36);
    Collections.shuffle(acts, random);
    assertThat(byEdge(increments(90, acts))).isEqualTo(once);
    ColumnRows parts = increments(90, acts.subList(0, 100));
    parts.addAll(increments(90, acts.subList(100, 150)));
    parts.addAll(increments(90, acts.subList(150, 400)));
    ColumnRows compacted = compacted(parts, 0);
    assertThat(byEdge(compacted)).isEqualTo(once);
    assertThat(byEdge(compacted(compacted, 0))).isEqualTo(once);
  }

  @Test
  void aLandmarkMovesByWholeHalfLivesAndUnitsWithIt() {
    assertThat(Increments.move(80, 10)).isZero();
    assertThat(Increments.move(256, 10)).isEqualTo(25);
    ColumnRows moved = compacted(increments(10, List.<Object[]>of(like(1, 2, 30 * SECONDS, 1))), 2);
    assertThat(byEdge(moved)).containsEntry("1 2 like", "1 " + 2 * UNIT);
  }

  @Test
  void compactionIsDueAtAgesThatArePowersOfTwo() {
    List<Long> due = new ArrayList<>();
    for (long age = -10; age < 600; age++) {
      if (Increments.isDue(age)) {
        due.add(age);
      }
    }
    assertThat(due).containsExactly(8L, 16L, 32L, 64L, 128L, 256L, 512L);
  }
}
