package renown.night.score.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.engine.decay.EdgeSums;
import renown.tables.EdgeIncrements;
import renown.tables.TopSources;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class AttentionGraphTest extends SparkTest {
  private static final long UNIT = 1L << 30;
  private static final Date NIGHT = Date.valueOf("2026-01-05");
  private static final Column NIGHT_LITERAL = lit(NIGHT);
  private static final SortedMap<String, Double> VERBS =
      new TreeMap<>(Map.of("repost", 3.0, "reply", 2.0, "like", 1.0, "follow", 0.0));

  private static Object[] increment(long source, long destination, String verb, long units) {
    return row("x", source, destination, verb, 1L, units, NIGHT);
  }

  private static Dataset<Row> table(List<Object[]> increments) {
    return rows(EdgeIncrements.TABLE.structType(), increments.toArray(new Object[0][]));
  }

  /** 9 days before the end of the night, at a half-life of 9: everything counts half. */
  private static Dataset<Row> weights(Dataset<Row> increments, Long... excluded) {
    Object[][] exclusions = new Object[excluded.length][];
    for (int i = 0; i < excluded.length; i++) {
      exclusions[i] = row(excluded[i], "opted out", NIGHT);
    }
    return AttentionGraph.weights(
        EdgeSums.of(
            increments,
            rows(
                "network string, landmark_date date, half_life_days bigint",
                row("x", Date.valueOf("2025-12-28"), 9L)),
            NIGHT_LITERAL),
        rows("account_key bigint, reason string, night date", exclusions),
        VERBS);
  }

  @Test
  void aWeightIsTheSumOfTheLogarithmsOfItsVerbs() {
    Map<Long, Double> weights = new TreeMap<>();
    for (Row row :
        weights(
                table(
                    List.of(
                        increment(1, 9, "like", 2 * UNIT),
                        increment(2, 9, "like", 6 * UNIT),
                        increment(2, 9, "repost", UNIT),
                        increment(2, 9, "repost", UNIT),
                        increment(2, 9, "reply", 200 * UNIT),
                        increment(3, 9, "follow", UNIT),
                        increment(4, 9, "block", UNIT),
                        increment(5, 9, "like", UNIT),
                        increment(5, 9, "like", -UNIT))))
            .collectAsList()) {
      weights.put(row.getAs("src_key"), row.getAs("weight"));
      assertThat(row.<Long>getAs("dst_key")).isEqualTo(9);
      assertThat(row.<String>getAs("network")).isEqualTo("x");
    }
    // Verbs that count nothing, and acts that were undone, are no edges.
    assertThat(weights.keySet()).containsExactly(1L, 2L);
    assertThat(weights.get(1L)).isCloseTo(Math.log(2), within(1e-15));
    assertThat(weights.get(2L))
        .isCloseTo(Math.log(4) + 3 * Math.log(2) + 2 * Math.log(101), within(1e-14));
  }

  /** Long ago or not: it counts 1 until it is taken back, however often it was done. */
  @Test
  void aFollowDoesNotFade() {
    Map<Long, Double> weights = new TreeMap<>();
    AttentionGraph.weights(
            EdgeSums.of(
                table(
                    List.of(
                        increment(1, 9, "follow", UNIT / 1000),
                        increment(2, 9, "follow", UNIT),
                        increment(2, 9, "follow", UNIT),
                        increment(3, 9, "follow", UNIT),
                        row("x", 3L, 9L, "follow", -1L, -UNIT, NIGHT))),
                rows(
                    "network string, landmark_date date, half_life_days bigint",
                    row("x", Date.valueOf("2025-12-28"), 9L)),
                NIGHT_LITERAL),
            rows("account_key bigint, reason string, night date"),
            new TreeMap<>(Map.of("follow", 2.0)))
        .collectAsList()
        .forEach(row -> weights.put(row.getAs("src_key"), row.getAs("weight")));
    assertThat(weights).isEqualTo(Map.of(1L, 2 * Math.log(2), 2L, 2 * Math.log(2)));
  }

  @Test
  void excludedAccountsAreNeitherSideOfAnEdge() {
    TableAssert.assertThat(
            weights(
                    table(
                        List.of(
                            increment(1, 2, "like", UNIT),
                            increment(2, 3, "like", UNIT),
                            increment(3, 1, "like", UNIT),
                            increment(3, 4, "like", UNIT))),
                    1L,
                    4L)
                .select("src_key", "dst_key"))
        .hasRows(row(2L, 3L));
  }

  @Test
  void theBitsDoNotDependOnOrderOrPartitionsAndAgreeWithPlainJava() {
    Random random = new Random(4);
    String[] verbs = {"like", "reply", "repost"};
    List<Object[]> all = new ArrayList<>();
    Map<String, long[]> sums = new TreeMap<>();
    for (int i = 0; i < 1000; i++) {
      long source = random.nextInt(10);
      long destination = 10 + random.nextInt(10);
      int verb = random.nextInt(3);
      long units = random.nextLong(-UNIT / 4, 8 * UNIT);
      all.add(increment(source, destination, verbs[verb], units));
      sums.computeIfAbsent(source + " " + destination, k -> new long[3])[verb] += units;
    }
    Dataset<Row> once = weights(table(all)).localCheckpoint();
    Set<String> edges = new HashSet<>();
    for (Row row : once.collectAsList()) {
      String edge = row.getAs("src_key") + " " + row.getAs("dst_key");
      assertThat(edges.add(edge)).isTrue();
      double expected = 0;
      for (int verb = 0; verb < 3; verb++) {
        double count = Math.max(0, sums.get(edge)[verb]) / (2.0 * UNIT);
        expected += VERBS.get(verbs[verb]) * Math.log1p(count);
      }
      assertThat(row.<Double>getAs("weight")).isCloseTo(expected, within(1e-13));
    }
    assertThat(edges).isEqualTo(sums.keySet());
    for (int partitions : new int[] {1, 4, 9}) {
      Collections.shuffle(all, random);
      TableAssert.assertThat(weights(table(all).repartition(partitions))).hasRowsOf(once);
    }
  }

  @Test
  void actorsAreCountedOnceEach() {
    TableAssert.assertThat(
            AttentionGraph.actors(
                weights(
                    table(
                        List.of(
                            increment(1, 9, "like", UNIT),
                            increment(1, 9, "repost", UNIT),
                            increment(2, 9, "like", UNIT),
                            increment(2, 8, "like", UNIT))))))
        .hasRows(row(9L, 2L), row(8L, 1L));
  }

  @Test
  void topSourcesAreTheEdgesThatCarryMostRank() {
    Dataset<Row> weights =
        rows(
            "network string, src_key bigint, dst_key bigint, weight double",
            row("x", 1L, 9L, 3.0),
            row("x", 1L, 8L, 1.0),
            row("x", 2L, 9L, 5.0),
            row("x", 3L, 9L, 7.0),
            row("x", 4L, 9L, 2.0));
    Dataset<Row> ranks =
        rows(
            "account_key bigint, rank_share double",
            row(1L, 0.25),
            row(2L, 0.125),
            row(3L, 0.125),
            row(4L, 0.0625),
            row(8L, 0.1875),
            row(9L, 0.25));
    Dataset<Row> top = AttentionGraph.topSources(weights, ranks, 0.5, 3, NIGHT_LITERAL);
    // 1 sends three quarters of its rank; 2 and 3 tie, and the older account comes first.
    TableAssert.assertThat(top)
        .hasColumnsOf(TopSources.TABLE)
        .hasRows(
            row("x", 9L, 1L, 1L, 0.09375, NIGHT),
            row("x", 9L, 2L, 2L, 0.0625, NIGHT),
            row("x", 9L, 3L, 3L, 0.0625, NIGHT),
            row("x", 8L, 1L, 1L, 0.03125, NIGHT));
  }

  private static Dataset<Row> credibilities(Object[]... shares) {
    return rows("account_key bigint, trading_share double", shares);
  }

  private static Dataset<Row> edges(Object[]... edges) {
    return rows("network string, src_key bigint, dst_key bigint, weight double", edges);
  }

  /** What a trade loses goes to nobody; friends, and who attends one way, lose nothing. */
  @Test
  void tradedAttentionIsDiscountedAndTheRestGoesToNobody() {
    Dataset<Row> discounted =
        AttentionGraph.discounted(
            edges(
                row("x", 1L, 2L, 4.0),
                row("x", 2L, 1L, 2.0),
                row("x", 1L, 3L, 1.0),
                row("x", 3L, 4L, 1.0),
                row("x", 4L, 3L, 1.0)),
            credibilities(row(1L, 1.0), row(2L, 0.55), row(3L, 0.1), row(4L, 0.05)));
    // t = 1 and 0.5: of the lesser weight, 2, each direction loses 0.9 * 0.5.
    TableAssert.assertThat(discounted.withColumn("weight", round(col("weight"), 12)))
        .hasRows(
            row("x", 1L, 2L, 3.1),
            row("x", 2L, 1L, 1.1),
            row("x", 1L, 3L, 1.0),
            row("x", 3L, 4L, 1.0),
            row("x", 4L, 3L, 1.0),
            row("x", 1L, AttentionGraph.NOBODY, 0.9),
            row("x", 2L, AttentionGraph.NOBODY, 0.9));
    TableAssert.assertThat(AttentionGraph.actors(discounted))
        .hasRows(row(1L, 1L), row(2L, 1L), row(3L, 2L), row(4L, 1L));
  }

  /** Weights below one in 10^9: of acts some 30 half-lives ago. */
  @Test
  void attentionOfLongAgoIsTradedAndHasSourcesAsAnyOther() {
    Dataset<Row> old =
        edges(row("x", 1L, 2L, 3e-10), row("x", 2L, 1L, 3e-10), row("x", 1L, 3L, 1e-10));
    Map<String, Double> left = new TreeMap<>();
    Dataset<Row> discounted =
        AttentionGraph.discounted(old, credibilities(row(1L, 1.0), row(2L, 1.0)));
    discounted
        .collectAsList()
        .forEach(
            row ->
                left.put(
                    row.getAs("src_key") + " " + row.getAs("dst_key"),
                    row.<Double>getAs("weight") * 1e10));
    assertThat(left.get("1 2")).isCloseTo(0.3, within(1e-6));
    assertThat(left.get("1 " + AttentionGraph.NOBODY)).isCloseTo(2.7, within(1e-6));
    Row source =
        AttentionGraph.topSources(
                old,
                rows("account_key bigint, rank_share double", row(1L, 0.5)),
                0.5,
                1,
                NIGHT_LITERAL)
            .where("account_key = 2")
            .head();
    assertThat(source.<Double>getAs("rank_part")).isCloseTo(0.5 * 0.5 * 0.75, within(1e-6));
  }

  @Test
  void whatNobodyHoldsIsSharedOutInProportion() {
    TableAssert.assertThat(
            AttentionGraph.ofAccounts(
                rows(
                    "network string, account_key bigint, vector int, rank_share double",
                    row("x", 1L, 0, 0.5),
                    row("x", 2L, 0, 0.25),
                    row("x", AttentionGraph.NOBODY, 0, 0.25),
                    row("x", 1L, 2, 0.75),
                    row("x", 2L, 2, 0.25),
                    row("x", 1L, 1, 0.125),
                    row("x", 2L, 1, 0.375),
                    row("x", AttentionGraph.NOBODY, 1, 0.5),
                    row("y", 3L, 0, 1.0))))
        .hasRows(
            row("x", 1L, 0.5 / 0.75, "[0.25, 0.75]"),
            row("x", 2L, 0.25 / 0.75, "[0.75, 0.25]"),
            row("y", 3L, 1.0, "[]"));
  }
}
