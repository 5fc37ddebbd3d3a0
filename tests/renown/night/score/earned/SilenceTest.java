package renown.night.score.earned;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import renown.engine.decay.EdgeSums;
import renown.kernels.rarity.RarityScale;
import renown.night.score.model.AttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.night.score.model.Term;
import renown.run.ConfigKey;
import renown.tables.AccountReactions;
import renown.tables.EarnedAttentions;
import renown.tables.EdgeIncrements;
import renown.tables.InfluenceRanks;
import renown.tables.PostReactions;
import renown.tables.RecentEdges;
import renown.testing.SparkTest;

/**
 * What silence costs. One account after another fell silent an hour earlier than the one before,
 * and was just as busy until then; so their scores at one instant are the score of one account hour
 * by hour.
 */
class SilenceTest extends SparkTest {
  private static final Date NIGHT = Date.valueOf("2026-01-14");
  private static final double UNIT = 1L << 30;
  private static final int HOURS = 120 * 24;
  private static final int ACTORS = 6;

  /** Of them, those whose attention the account returned. */
  private static final int ANSWERED = 3;

  private static double[] scores;
  private static double[] momenta;

  private static long kept(double units, int hour, double halfLifeDays) {
    return Math.round(units * UNIT * Math.pow(2, -hour / 24.0 / halfLifeDays));
  }

  @BeforeAll
  static void silence() {
    List<Object[]> increments = new ArrayList<>();
    List<Object[]> recent = new ArrayList<>();
    List<Object[]> posts = new ArrayList<>();
    List<Object[]> accounts = new ArrayList<>();
    List<Object[]> credibilities = new ArrayList<>();
    List<Object[]> ranks = new ArrayList<>();
    for (long actor = 0; actor < ACTORS; actor++) {
      credibilities.add(row("x", actor, 0.8, 0.9));
    }
    for (int hour = 0; hour <= HOURS; hour++) {
      long account = 1000 + hour;
      for (long actor = 0; actor < ACTORS; actor++) {
        // The steady state of an act every few days, from fans to strangers.
        double perDay = 0.02 * Math.pow(2, actor);
        increments.add(
            row(
                "x",
                actor,
                account,
                "reply",
                1L,
                kept(perDay * 90 / Math.log(2), hour, 90),
                NIGHT));
        increments.add(row("x", actor, account, "follow", 1L, (long) UNIT, NIGHT));
        if (actor < ANSWERED) {
          increments.add(
              row(
                  "x",
                  account,
                  actor,
                  "reply",
                  1L,
                  kept(perDay * 90 / Math.log(2), hour, 90),
                  NIGHT));
        }
        List<Long> units = new ArrayList<>();
        for (double halfLife : AttentionEdges.FAST_HALF_LIVES) {
          units.add(kept(perDay * halfLife / Math.log(2), hour, halfLife));
        }
        recent.add(row("x", actor, account, array(units), array(units), NIGHT));
      }
      for (int post = 0; post < 8; post++) {
        posts.add(
            row("x", account + "/" + post, account, null, kept(1 + 0.7 * post, hour, 90), NIGHT));
      }
      accounts.add(
          row(
              "x",
              account,
              kept(60, hour, 90),
              kept(60, hour, 90),
              kept(12, hour, 90),
              kept(40, hour, 90),
              kept(9, hour, Reactions.RECENT_DAYS),
              kept(5, hour, Reactions.RECENT_DAYS),
              NIGHT));
      // Present week after week until then: a sum of 18.6 weeks over an integral as large, and one.
      double regularity = Math.pow(2, -hour / 24.0 / 90) * 18.6 / 19.6;
      credibilities.add(row("x", account, 0.8, regularity));
      // Rank follows attention, and that fades as its edges do.
      double rank = 4.0 / HOURS * Math.pow(2, -hour / 24.0 / 90);
      ranks.add(row("x", account, rank, new double[] {rank, rank}, 6L, NIGHT));
    }
    Dataset<Row> credible =
        table(
            "network string, account_key bigint, credibility double, regularity_share double",
            credibilities);
    Dataset<Row> actors = DistinctActors.actors(credible);
    Dataset<Row> landmarks =
        rows(
            "network string, landmark_date date, half_life_days bigint",
            row("x", Date.valueOf("2026-01-15"), 90L));
    Dataset<Row> values =
        EarnedAttention.values(
            rows(InfluenceRanks.TABLE.structType(), ranks.toArray(new Object[0][])),
            DistinctActors.sums(
                AttentionEdges.standing(
                    EdgeSums.of(
                        rows(
                            EdgeIncrements.TABLE.structType(), increments.toArray(new Object[0][])),
                        landmarks,
                        lit(NIGHT))),
                actors,
                2),
            DistinctActors.sums(
                AttentionEdges.momentary(
                    rows(RecentEdges.TABLE.structType(), recent.toArray(new Object[0][])),
                    ModelKeys.MOMENTUM_SHARES.defaultValue().orElseThrow()),
                actors,
                0),
            rows(AccountReactions.TABLE.structType(), accounts.toArray(new Object[0][])),
            Reactions.hIndex(
                rows(PostReactions.TABLE.structType(), posts.toArray(new Object[0][]))),
            credible,
            rows("network string", row("x")),
            ModelKeys.STANDING_SHARE.defaultValue().orElseThrow());
    Dataset<Row> earned =
        EarnedAttention.earned(
            values,
            new AttentionModel(Measure.SCORE, ModelKeys.WEIGHTS.defaultValue().orElseThrow()),
            new AttentionModel(
                Measure.MOMENTUM, ModelKeys.MOMENTUM_WEIGHTS.defaultValue().orElseThrow()),
            1,
            lit(NIGHT));
    List<Row> rows =
        earned.select(EarnedAttentions.TABLE.cols()).sort(col("account_key")).collectAsList();
    RarityScale scale = scale();
    scores = rows.stream().mapToDouble(r -> scale.score(r.getAs("earned_attention"))).toArray();
    momenta = rows.stream().mapToDouble(r -> scale.score(r.getAs("momentum_attention"))).toArray();
    assertThat(scores).hasSize(HOURS + 1);
  }

  private static Long[] array(List<Long> list) {
    return list.toArray(new Long[0]);
  }

  private static Dataset<Row> table(String ddl, List<Object[]> rows) {
    return rows(ddl, rows.toArray(new Object[0][]));
  }

  /** 20,000 accounts whose attention has a power-law tail of exponent 1.2. */
  private static RarityScale scale() {
    Random random = new Random(3);
    Map<Long, Long> counts = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      double attention = Math.pow(1 - random.nextDouble(), -1 / 1.2);
      counts.merge(RarityScale.step(attention), 1L, Long::sum);
    }
    return new RarityScale(
        counts.keySet().stream().mapToLong(Long::longValue).toArray(),
        counts.values().stream().mapToLong(Long::longValue).toArray());
  }

  @Test
  void noHourOfFourMonthsOfSilenceCostsAVisibleStep() {
    double largest = 0;
    for (int hour = 1; hour <= HOURS; hour++) {
      double drop = scores[hour - 1] - scores[hour];
      assertThat(drop).isNotNegative();
      largest = Math.max(largest, drop);
    }
    assertThat(scores[0]).isGreaterThan(8);
    assertThat(scores[HOURS]).isLessThan(scores[0] - 2);
    assertThat(largest).isBetween(0.001, 0.05);
  }

  @Test
  void threeWeeksOfHolidayCostLessThanThreePointsAndMomentumShowsThem() {
    int holiday = 21 * 24;
    double cost = scores[0] - scores[holiday];
    assertThat(cost).isBetween(0.2, 3.0);
    assertThat(momenta[0] - momenta[holiday]).isGreaterThan(2 * cost);
    // Momentum fades faster, and as smoothly: 24 hours of silence are no cliff.
    for (int hour = 1; hour <= HOURS; hour++) {
      assertThat(momenta[hour - 1] - momenta[hour]).isBetween(0.0, 0.3);
    }
  }

  @Test
  void everyTermHasAWeight() {
    for (ConfigKey<SortedMap<String, Double>> key :
        List.of(ModelKeys.WEIGHTS, ModelKeys.MOMENTUM_WEIGHTS)) {
      Map<String, Double> weights = key.defaultValue().orElseThrow();
      assertThat(weights).containsOnlyKeys(Term.words());
      assertThat(weights.values()).allMatch(weight -> weight > 0);
    }
  }
}
