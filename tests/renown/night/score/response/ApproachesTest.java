package renown.night.score.response;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.engine.decay.EdgeSums;
import renown.tables.AccountResponseRates;
import renown.tables.EdgeIncrements;
import renown.tables.Landmarks;
import renown.tables.WaitingApproaches;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class ApproachesTest extends SparkTest {
  private static final long UNIT = 1L << 30;
  private static final Column NIGHT = lit(Date.valueOf("2026-01-05"));

  private static Timestamp at(int day, int hour) {
    return Timestamp.valueOf("2026-01-%02d %02d:00:00".formatted(day, hour));
  }

  private static Dataset<Row> acts(Object[]... rows) {
    return rows(
        "network string, verb string, actor_key bigint, target_key bigint, happened_at timestamp,"
            + " change bigint, record_id string, object_id string",
        rows);
  }

  private static Object[] act(String verb, long actor, long target, Timestamp at) {
    return act(verb, actor, target, at, "p" + target);
  }

  private static Object[] act(String verb, long actor, long target, Timestamp at, String object) {
    return row("x", verb, actor, target, at, 1L, "p" + actor, object);
  }

  private static Dataset<Row> edges(Object[]... increments) {
    return EdgeSums.of(
        rows(EdgeIncrements.TABLE.structType(), increments),
        rows(Landmarks.TABLE.structType(), row("x", Date.valueOf("2026-01-01"), 9L)),
        NIGHT);
  }

  private static Object[] increment(long src, long dst, String verb, long change) {
    return row("x", src, dst, verb, change, change * UNIT, Date.valueOf("2026-01-05"));
  }

  private static Dataset<Row> credibilities(Object[]... rows) {
    return rows("account_key bigint, credibility double", rows);
  }

  private static Dataset<Row> waiting(Object[]... rows) {
    return rows(WaitingApproaches.TABLE.structType(), rows);
  }

  private static Object[] waits(long src, long dst, Timestamp at, boolean answered) {
    return row("x", src, dst, at, "p" + src, UNIT, answered, Date.valueOf("2026-01-01"));
  }

  @Test
  void anApproachIsTheFirstActOfAStranger() {
    Dataset<Row> found =
        Approaches.ofNight(
            acts(
                act("mention", 1, 9, at(5, 10)),
                act("reply", 1, 9, at(5, 8)),
                // 9 follows 2 since long; 3 since this morning, before 3 came; 4 only after.
                act("reply", 2, 9, at(5, 8)),
                act("reply", 3, 9, at(5, 8)),
                act("follow", 9, 3, at(5, 7)),
                act("reply", 4, 9, at(5, 8)),
                act("like", 9, 4, at(5, 9)),
                // 9 unfollowed 5 last year; 6 is of little credibility, 7 of none that is known.
                act("mention", 5, 9, at(5, 8)),
                act("mention", 6, 9, at(5, 8)),
                act("mention", 7, 9, at(5, 8)),
                // A like is no approach, nor what one does to oneself, nor what waits already.
                act("like", 8, 9, at(5, 8)),
                act("reply", 9, 9, at(5, 8)),
                act("reply", 11, 9, at(5, 8)),
                // Taken back.
                row("x", "reply", 12L, 9L, at(5, 8), -1L, "p12", "p9")),
            edges(
                increment(1, 9, "mention", 2),
                increment(9, 2, "follow", 1),
                increment(9, 3, "follow", 1),
                increment(9, 4, "like", 1),
                increment(9, 5, "follow", 1),
                increment(9, 5, "follow", -1)),
            waiting(waits(11, 9, at(3, 8), false)),
            credibilities(
                row(1L, 0.9),
                row(2L, 0.9),
                row(3L, 0.9),
                row(4L, 0.1),
                row(5L, 0.2),
                row(6L, 0.025),
                row(8L, 0.9),
                row(9L, 0.9),
                row(11L, 0.9),
                row(12L, 0.9)),
            NIGHT);
    TableAssert.assertThat(found).hasColumnsOf(WaitingApproaches.TABLE);
    TableAssert.assertThat(found.drop("night", "network", "record_id"))
        .hasRows(
            row(1L, 9L, at(5, 8), UNIT, false),
            row(4L, 9L, at(5, 8), UNIT, false),
            row(5L, 9L, at(5, 8), UNIT, false),
            row(6L, 9L, at(5, 8), UNIT / 4, false));
  }

  @Test
  void anAnswerComesAfterAndWithinSevenDays() {
    Dataset<Row> approaches =
        waiting(
            waits(1, 9, at(1, 8), false),
            waits(2, 9, at(1, 8), false),
            waits(3, 9, at(1, 8), false),
            waits(4, 9, at(1, 8), true),
            waits(5, 9, at(1, 8), false),
            waits(6, 9, at(1, 8), false),
            waits(7, 9, at(1, 8), false),
            waits(8, 9, at(1, 8), false));
    Dataset<Row> acts =
        acts(
            act("reply", 9, 1, at(8, 8)),
            act("reply", 9, 1, at(8, 9)),
            act("reply", 9, 2, at(8, 9)),
            act("reply", 9, 3, at(1, 8)),
            act("like", 9, 5, at(2, 8)),
            act("quote", 9, 6, at(2, 8)),
            act("reply", 8, 5, at(2, 8)),
            // To another post of the stranger; and of which post is not told.
            act("reply", 9, 7, at(2, 8), "p77"),
            act("reply", 9, 8, at(2, 8), null));
    TableAssert.assertThat(Approaches.answered(approaches, acts).select("src_key", "is_answered"))
        .hasRows(
            row(1L, true),
            row(2L, false),
            row(3L, false),
            row(4L, true),
            row(5L, false),
            row(6L, true),
            row(7L, false),
            row(8L, true));
    // Eight days later, to the hour.
    assertThat(approaches.where(Approaches.isJudged(lit(at(9, 8)))).count()).isEqualTo(8);
    assertThat(approaches.where(not(Approaches.isJudged(lit(at(9, 7))))).count()).isEqualTo(8);
  }

  @Test
  void sumsFadeAndAdd() {
    Dataset<Row> before =
        rows(
            AccountResponseRates.TABLE.structType(),
            row("x", 9L, 4L, 4 * UNIT, 2 * UNIT, 0.4, 0.3, 0.5, Date.valueOf("2025-12-26")),
            row("x", 8L, 1L, UNIT, 0L, null, null, null, Date.valueOf("2025-12-26")));
    Dataset<Row> judged =
        waiting(
            waits(1, 9, at(1, 8), true), waits(2, 9, at(1, 8), false), waits(1, 7, at(1, 8), true));
    // Ten days are a half-life.
    TableAssert.assertThat(Approaches.sums(before, judged, 10, NIGHT))
        .hasRows(
            row("x", 7L, 1L, UNIT, UNIT),
            row("x", 8L, 1L, UNIT / 2, 0L),
            row("x", 9L, 6L, 4 * UNIT, 2 * UNIT));
  }

  @Test
  void estimatesShrinkToTheRateOfTheKind() {
    List<Object[]> sums = new ArrayList<>();
    // Persons answer half of the time, organisations never; of one network too little is known.
    for (long i = 0; i < 200; i++) {
      sums.add(row("x", i, 4L, 4 * UNIT, (i % 5) * UNIT, "person"));
      sums.add(row("x", 1000 + i, 4L, 4 * UNIT, 0L, "organisation"));
    }
    sums.add(row("x", 5000L, 2L, 2 * UNIT, 0L, "person"));
    sums.add(row("x", 5001L, 3L, 3 * UNIT, 0L, "automated"));
    sums.add(row("y", 6000L, 4L, 4 * UNIT, 4 * UNIT, "person"));
    Dataset<Row> rows =
        rows(
            "network string, account_key bigint, approach_count bigint, approach_units bigint,"
                + " answer_units bigint, kind string",
            sums.toArray(Object[][]::new));
    Map<String, BetaBinomial> populations =
        ResponseRate.populations(ResponseRate.histogram(rows).collectAsList());
    assertThat(populations.keySet())
        .containsExactlyInAnyOrder("x\nperson", "x\norganisation", "x\n*");
    Dataset<Row> estimated = ResponseRate.estimated(rows, populations, 3, NIGHT);
    TableAssert.assertThat(estimated).hasColumnsOf(AccountResponseRates.TABLE);
    Map<Long, Row> byKey = new java.util.HashMap<>();
    estimated.collectAsList().forEach(row -> byKey.put(row.getAs("account_key"), row));
    assertThat(byKey).hasSize(403);
    double silentPerson = byKey.get(0L).getAs("response_rate");
    double silentOrganisation = byKey.get(1000L).getAs("response_rate");
    assertThat(silentOrganisation).isLessThan(0.02);
    assertThat(silentPerson).isBetween(0.05, 0.25);
    assertThat(byKey.get(4L).<Double>getAs("response_rate")).isBetween(0.75, 0.95);
    // The kinds' own mean, for whoever did as most do.
    assertThat(byKey.get(2L).<Double>getAs("response_rate")).isCloseTo(0.5, within(0.03));
    assertThat(byKey.get(5000L).isNullAt(5)).isTrue();
    assertThat(byKey.get(5000L).<Double>getAs("response_rate_high")).isNull();
    // Of a kind too rare to know, the network's rate; of a network too small, one in four.
    assertThat(byKey.get(5001L).<Double>getAs("response_rate")).isBetween(0.01, 0.2);
    assertThat(byKey.get(6000L).<Double>getAs("response_rate")).isCloseTo(5.0 / 8, within(1e-9));
  }
}
