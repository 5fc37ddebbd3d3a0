package renown.night.score.credibility;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.engine.decay.EdgeSums;
import renown.tables.AccountActivities;
import renown.tables.Accounts;
import renown.tables.Credibilities;
import renown.tables.EdgeIncrements;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class CredibilityTest extends SparkTest {
  private static final double DOUBT = 0.15;

  private static final Date NIGHT = Date.valueOf("2026-01-14");
  private static final Column NIGHT_LITERAL = lit(NIGHT);
  private static final long UNIT = 1L << 30;
  private static final String DEGREES =
      "account_key bigint, seen_following_count bigint, seen_follower_count bigint,"
          + " actor_count bigint, attention_weight bigint, target_count double";
  private static final String INTERACTIONS =
      "network string, actor_key bigint, happened_at timestamp, change bigint";

  // ---- Activities

  private static Dataset<Row> posts(Object[]... rows) {
    return rows(
        "network string, post_id string, author_key bigint, happened_at timestamp,"
            + " links array<string>",
        rows);
  }

  private static Object[] post(String id, long author, String at, String... links) {
    return row("x", id, author, Timestamp.valueOf(at), links);
  }

  private static Dataset<Row> texts(Object[]... rows) {
    return rows("network string, post_id string, text string", rows);
  }

  private static Dataset<Row> noActivities() {
    return rows(AccountActivities.TABLE.structType());
  }

  @Test
  void whatWasWrittenIsCountedByTheMomentAndTellsWordsFromLinksAndRepetition() {
    String noon = "2026-01-14 12:00:00";
    Dataset<Row> activities =
        Activities.activities(
            noActivities(),
            posts(
                post("a", 1, noon),
                post("b", 1, noon),
                post("c", 1, noon),
                post("d", 1, noon, "https://example.org/1"),
                post("e", 2, "2026-01-15 00:00:00", "https://example.org/1"),
                post("f", 2, "2026-01-14 23:59:59.999999")),
            texts(
                row("x", "a", "acorn"),
                row("x", "b", "Acorn! 2"),
                row("x", "c", "something else entirely"),
                row("x", "d", "read https://example.org/1"),
                row("x", "e", "a text about what stands behind the link https://example.org/1")),
            rows(INTERACTIONS, row("x", 3L, Timestamp.valueOf(noon), -1L)),
            1,
            NIGHT_LITERAL);
    // Half a day before the end, at a half-life of one day.
    double noonUnits = Math.rint(UNIT / Math.sqrt(2));
    TableAssert.assertThat(activities)
        .hasColumnsOf(AccountActivities.TABLE)
        .hasRows(
            row(
                "x",
                1L,
                4 * (long) noonUnits,
                (long) noonUnits,
                (long) noonUnits,
                (long) noonUnits,
                2923L,
                NIGHT),
            // A week ends with the night: the two posts lie in different ones.
            row("x", 2L, 2 * UNIT, 0L, 0L, 2 * UNIT, 2924L, NIGHT));
  }

  @Test
  void aWeekCountsOnceAndSumsHalveFromNightToNight() {
    Dataset<Row> before =
        rows(
            AccountActivities.TABLE.structType(),
            row("x", 1L, 8 * UNIT, 4 * UNIT, 2 * UNIT, 3 * UNIT, 2923L, Date.valueOf("2026-01-12")),
            row("x", 2L, 8 * UNIT, 0L, 0L, 2 * UNIT, 2922L, Date.valueOf("2026-01-12")));
    Timestamp late = Timestamp.valueOf("2026-01-14 23:59:59.999999");
    Dataset<Row> activities =
        Activities.activities(
            before,
            posts(),
            texts(),
            rows(INTERACTIONS, row("x", 1L, late, 1L), row("x", 2L, late, 1L)),
            1,
            NIGHT_LITERAL);
    TableAssert.assertThat(activities)
        .hasRows(
            row("x", 1L, 2 * UNIT, UNIT, UNIT / 2, 3 * UNIT / 4, 2923L, NIGHT),
            row("x", 2L, 2 * UNIT, 0L, 0L, UNIT / 2 + UNIT, 2923L, NIGHT));
  }

  /** Whoever acts every week is regular; whoever has been silent ever longer less and less so. */
  @Test
  void regularityForgetsWithoutAStep() {
    double halfLife = 90;
    double weekly = 0;
    for (int week = 0; week < 100; week++) {
      weekly += Math.pow(2, -(7 * week + 3.5) / halfLife);
    }
    List<Object[]> rows = new ArrayList<>();
    for (int hour = 0; hour <= 120 * 24; hour++) {
      double days = hour / 24.0;
      rows.add(row((long) (UNIT * weekly * Math.pow(2, -days / halfLife)), 700 + days));
    }
    List<Row> shares =
        rows("week_units bigint, known_days double", rows.toArray(new Object[0][]))
            .select(
                Activities.regularityShare(
                        org.apache.spark.sql.functions.col("week_units"),
                        org.apache.spark.sql.functions.col("known_days"),
                        halfLife)
                    .as("share"))
            .collectAsList();
    assertThat(shares.get(0).getDouble(0)).isBetween(0.9, 1.0);
    assertThat(shares.get(shares.size() - 1).getDouble(0)).isBetween(0.3, 0.45);
    for (int hour = 1; hour < shares.size(); hour++) {
      double drop = shares.get(hour - 1).getDouble(0) - shares.get(hour).getDouble(0);
      assertThat(drop).isBetween(0.0, 0.001);
    }
  }

  // ---- Attention

  private static Object[] increment(long source, long destination, String verb, double acts) {
    return row("x", source, destination, verb, (long) Math.ceil(acts), (long) (acts * UNIT), NIGHT);
  }

  /** Nothing has decayed: the landmark is the end of the night. */
  private static Dataset<Row> pairs(Object[]... increments) {
    return Attention.pairs(
        EdgeSums.of(
            rows(EdgeIncrements.TABLE.structType(), increments),
            rows(
                "network string, landmark_date date, half_life_days bigint",
                row("x", Date.valueOf("2026-01-15"), 90L)),
            NIGHT_LITERAL),
        rows("account_key bigint", row(99L)));
  }

  @Test
  void degreesTellFollowsFromAttentionAndLeaveBlocksOut() {
    Dataset<Row> degrees =
        Attention.degrees(
            pairs(
                increment(1, 2, "follow", 1),
                increment(1, 3, "like", 1),
                increment(1, 4, "block", 1),
                increment(99, 2, "like", 1),
                increment(2, 99, "follow", 1)));
    TableAssert.assertThat(
            degrees.select(
                "account_key",
                "seen_following_count",
                "seen_follower_count",
                "actor_count",
                "target_count"))
        .hasRows(
            row(1L, 1L, 0L, 0L, 2.0),
            row(2L, 0L, 1L, 1L, 0.0),
            row(3L, 0L, 0L, 1L, 0.0),
            row(4L, 0L, 0L, 0L, 0.0));
  }

  private static double trading(long account, Object[]... increments) {
    Dataset<Row> pairs = pairs(increments);
    Dataset<Row> mutual = Attention.mutual(pairs);
    return Attention.trading(
            mutual, Attention.degrees(pairs), Closedness.triangles(mutual, Long.MAX_VALUE))
        .where("account_key = " + account)
        .collectAsList()
        .stream()
        .mapToDouble(row -> row.<Double>getAs("trading_share"))
        .sum();
  }

  @Test
  void tradingIsWhatIsReturnedWithinAClosedCircle() {
    // A swap of two and a ring of four are closed; a star's centre answers many who know it alone.
    assertThat(trading(1, increment(1, 2, "repost", 5), increment(2, 1, "repost", 5)))
        .isCloseTo(1, within(1e-12));
    List<Object[]> ring = new ArrayList<>();
    List<Object[]> star = new ArrayList<>();
    for (long a = 1; a <= 4; a++) {
      for (long b = 1; b <= 4; b++) {
        if (a != b) {
          ring.add(increment(a, b, "reply", 3));
        }
      }
      star.add(increment(10, a, "reply", 1));
      star.add(increment(a, 10, "reply", 1));
    }
    assertThat(trading(1, ring.toArray(new Object[0][]))).isCloseTo(1, within(1e-12));
    assertThat(trading(10, star.toArray(new Object[0][]))).isCloseTo(0.25, within(1e-12));
    // Whoever gives most of its attention elsewhere trades little.
    ring.add(increment(1, 50, "reply", 3));
    ring.add(increment(1, 51, "reply", 3));
    ring.add(increment(1, 52, "reply", 3));
    assertThat(trading(1, ring.toArray(new Object[0][]))).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aThousandYoungBlockersWeighLessThanOneOldOne() {
    List<Object[]> blocks = new ArrayList<>();
    List<Object[]> credibilities = new ArrayList<>();
    for (long i = 0; i < 1000; i++) {
      blocks.add(increment(1000 + i, 1, "block", 1));
      credibilities.add(row(1000 + i, 0.01));
    }
    blocks.add(increment(5, 2, "block", 1));
    credibilities.add(row(5L, 0.8));
    Dataset<Row> sums =
        Attention.blocks(
            pairs(blocks.toArray(new Object[0][])),
            rows("account_key bigint, credibility double", credibilities.toArray(new Object[0][])));
    double young = sums.where("account_key = 1").head().<Double>getAs("block_sum");
    double old = sums.where("account_key = 2").head().<Double>getAs("block_sum");
    assertThat(young).isCloseTo(1000 * 0.0001 * (1 - Math.exp(-1)), within(0.001));
    assertThat(old).isCloseTo(0.64 * (1 - Math.exp(-1)), within(1e-5));
  }

  // ---- Credibility

  private static Object[] account(long key, String created, Long followers, Long following) {
    return row(
        key,
        "x",
        "id" + key,
        "h" + key,
        "Name",
        "What it says of itself",
        created == null ? null : Timestamp.valueOf(created),
        followers,
        following,
        null,
        null,
        null,
        null,
        null,
        null,
        Timestamp.valueOf("2026-01-10 00:00:00"),
        "active",
        null,
        Date.valueOf("2026-01-05"));
  }

  private static Dataset<Row> credibilities(Dataset<Row> accounts, Dataset<Row> degrees) {
    Dataset<Row> unblocked =
        Credibility.unblocked(
            accounts,
            rows("account_key bigint", row(99L)),
            noActivities(),
            degrees,
            rows("account_key bigint, trading_share double", row(7L, 0.5)),
            rows("network string, account_id string", row("x", "id8")),
            90,
            90,
            NIGHT_LITERAL);
    return Credibility.credibilities(
        unblocked, rows("account_key bigint, block_sum double", row(6L, 10.0)));
  }

  @Test
  void factorsMultiplyWithinBoundsAndTrustIsWhole() {
    String ninetyDaysAgo = "2025-10-17 00:00:00";
    Dataset<Row> credibilities =
        credibilities(
            rows(
                Accounts.TABLE.structType(),
                account(1, ninetyDaysAgo, 100L, 100L),
                account(2, ninetyDaysAgo, 100L, 700L),
                account(3, "2026-01-06 00:00:00", 100L, 100L),
                account(4, null, null, null),
                account(6, ninetyDaysAgo, 100L, 100L),
                account(7, ninetyDaysAgo, 100L, 100L),
                account(8, "2026-01-14 00:00:00", 0L, 5000L),
                account(99, ninetyDaysAgo, 100L, 100L)),
            rows(DEGREES, row(6L, 0L, 0L, 0L, 0L, 0.0)));
    TableAssert.assertThat(credibilities).hasColumnsOf(Credibilities.TABLE);
    // Half the age, no week yet, whole profile, attends to nobody.
    double one = 0.5 * 0.5 * 1 * 1 * 0.25;
    assertThat(of(credibilities, 1)).isCloseTo(doubted(one), within(1e-12));
    assertThat(of(credibilities, 2)).isCloseTo(doubted(one / 2), within(1e-12));
    // A tenth of the age counts a fiftieth.
    assertThat(of(credibilities, 3)).isCloseTo(doubted(one * 2 * 81 / (81 + 8100)), within(1e-12));
    // No word of its age: it was there when the lake began.
    double age = 10 + 180;
    assertThat(of(credibilities, 4))
        .isCloseTo(doubted(one * 2 * age * age / (age * age + 8100)), within(1e-12));
    assertThat(of(credibilities, 6)).isCloseTo(doubted(one * 0.75), within(1e-12));
    assertThat(of(credibilities, 7)).isCloseTo(doubted(one * Math.pow(0.55, 1.5)), within(1e-12));
    assertThat(of(credibilities, 8)).isEqualTo(1);
    assertThat(credibilities.where("account_key = 99").isEmpty()).isTrue();
  }

  /** What is left of a product of factors: little of a small one. */
  private static double doubted(double product) {
    double bounded = 0.001 + 0.999 * product;
    return Math.pow(bounded, 3) / (bounded * bounded + DOUBT * DOUBT);
  }

  private static double of(Dataset<Row> credibilities, long key) {
    return credibilities.where("account_key = " + key).head().<Double>getAs("credibility");
  }

  @Test
  void anUncountedCircleIsToldByConcentrationAlone() {
    Dataset<Row> pairs = pairs(increment(1, 2, "like", 1), increment(2, 1, "like", 1));
    Dataset<Row> trading =
        Attention.trading(Attention.mutual(pairs), Attention.degrees(pairs), Optional.empty());
    TableAssert.assertThat(trading).hasRows(row(1L, 1.0), row(2L, 1.0));
  }
}
