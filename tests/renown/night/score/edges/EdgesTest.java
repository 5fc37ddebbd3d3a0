package renown.night.score.edges;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.engine.decay.ForwardDecay;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class EdgesTest extends SparkTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final Instant LANDMARK = Instant.parse("2026-01-05T00:00:00Z");
  private static final Date NIGHT = Date.valueOf("2026-01-05");
  private static final Column NIGHT_LITERAL = lit(NIGHT);
  private static final long UNIT = 1L << 30;
  private static final int DAY = 86_400;

  private static Dataset<Row> landmarks(long halfLifeDays) {
    return rows(
        "network string, landmark_date date, half_life_days bigint",
        row("x", Date.valueOf("2026-01-05"), halfLifeDays),
        row("y", Date.valueOf("2026-01-04"), halfLifeDays));
  }

  private static Object[] act(String network, long actor, long target, long second, long change) {
    return row(
        network,
        "1",
        NIGHT,
        "like",
        actor,
        target,
        null,
        null,
        Timestamp.from(LANDMARK.plusSeconds(second)),
        change,
        NIGHT);
  }

  private static Dataset<Row> increments(long halfLifeDays, List<Object[]> acts) {
    return Edges.increments(
        rows(Interactions.TABLE.structType(), acts.toArray(new Object[0][])),
        landmarks(halfLifeDays),
        NIGHT_LITERAL);
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
    List<Object[]> times = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      times.add(
          row(random.nextLong(-1000L * DAY, 700L * DAY) * 1_000_000 + random.nextInt(1_000_000)));
    }
    List<Row> computed =
        rows("micros bigint", times.toArray(new Object[0][]))
            .select(
                col("micros"),
                ForwardDecay.units(
                    org.apache.spark.sql.functions.timestamp_micros(col("micros")),
                    lit("1970-01-01T00:00:00Z").cast("timestamp"),
                    lit(90L)))
            .collectAsList();
    assertThat(computed).hasSize(500);
    for (Row row : computed) {
      assertThat(row.getLong(1)).isEqualTo(units(row.getLong(0), 90));
    }
  }

  @Test
  void anActAtTheLandmarkWeighsOneAndDoublesWithEachHalfLife() {
    TableAssert.assertThat(
            increments(
                10,
                List.of(
                    act("x", 1, 2, 0, 1),
                    act("x", 3, 2, 10 * DAY, 1),
                    act("x", 4, 2, -20 * DAY, 1),
                    act("x", 5, 2, -31 * 10 * DAY, 1),
                    act("y", 6, 7, -DAY, 1))))
        .hasColumnsOf(EdgeIncrements.TABLE)
        .hasRows(
            row("x", 1L, 2L, "like", 1L, UNIT, NIGHT),
            row("x", 3L, 2L, "like", 1L, 2 * UNIT, NIGHT),
            row("x", 4L, 2L, "like", 1L, UNIT / 4, NIGHT),
            // Half a unit is rounded to the even number.
            row("x", 5L, 2L, "like", 1L, 0L, NIGHT),
            row("y", 6L, 7L, "like", 1L, UNIT, NIGHT));
  }

  @Test
  void whatIsUndoneLeavesNothing() {
    List<Object[]> acts = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      long second = random.nextLong(-100 * DAY, DAY);
      acts.add(act("x", 1, 2, second, 1));
      acts.add(act("x", 1, 2, second, -1));
    }
    TableAssert.assertThat(increments(90, acts)).isEmpty();
    // Over two nights as well.
    List<Object[]> done = acts.stream().filter(act -> act[9].equals(1L)).toList();
    List<Object[]> undone = acts.stream().filter(act -> act[9].equals(-1L)).toList();
    TableAssert.assertThat(
            Edges.compacted(
                increments(90, done).unionByName(increments(90, undone)), NIGHT_LITERAL))
        .isEmpty();
  }

  @Test
  void noAccountAttendsToItself() {
    TableAssert.assertThat(
            increments(90, List.of(act("x", 1, 1, 0, 1), act("x", 1, 2, 0, 1))).select("dst_key"))
        .hasRows(row(2L));
  }

  @Test
  void votesAreNobodysAttention() {
    Object[] vote = act("x", 9, 3, 0, 1);
    vote[3] = "vote";
    TableAssert.assertThat(
            increments(90, List.of(vote, act("x", 1, 2, 0, 1))).select("src_key", "dst_key"))
        .hasRows(row(1L, 2L));
  }

  @Test
  void neitherOrderNorPartitionsNorNightsMatter() {
    Random random = new Random(3);
    List<Object[]> acts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      acts.add(act("x", random.nextInt(4), random.nextInt(4), random.nextLong(-90 * DAY, DAY), 1));
    }
    Dataset<Row> once = increments(90, acts);
    Collections.shuffle(acts, random);
    Dataset<Row> shuffled =
        Edges.increments(
            rows(Interactions.TABLE.structType(), acts.toArray(new Object[0][])).repartition(5),
            landmarks(90),
            NIGHT_LITERAL);
    TableAssert.assertThat(shuffled).hasRowsOf(once);
    Dataset<Row> inParts =
        increments(90, acts.subList(0, 100))
            .unionByName(increments(90, acts.subList(100, 150)))
            .unionByName(increments(90, acts.subList(150, 400)));
    TableAssert.assertThat(Edges.compacted(inParts, NIGHT_LITERAL)).hasRowsOf(once);
    TableAssert.assertThat(Edges.compacted(once, NIGHT_LITERAL)).hasRowsOf(once);
  }

  @Test
  void compactionIsDueAtAgesThatArePowersOfTwo() {
    List<Long> due = new ArrayList<>();
    for (long age = -10; age < 600; age++) {
      if (GraphStage.isDue(age)) {
        due.add(age);
      }
    }
    assertThat(due).containsExactly(8L, 16L, 32L, 64L, 128L, 256L, 512L);
  }
}
