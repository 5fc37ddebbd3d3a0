package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.night.score.accounts.Given.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import renown.kernels.accounts.DistinctActors;
import renown.kernels.rarity.RarityScale;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.tables.AccountState;
import renown.tables.DeletedPosts;
import renown.tables.PostReactions;
import renown.tables.Posts;
import renown.tables.RecentEdges;

/**
 * What silence costs. One account after another fell silent an hour earlier than the one before,
 * and was just as busy until then; so their scores at one instant are the score of one account hour
 * by hour.
 */
class SilenceTest {
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

  private static Object[] replies(int source, int destination, long units) {
    return row("x", source, destination, "reply", 1, units, Given.NIGHT);
  }

  @BeforeAll
  static void silence() {
    int count = ACTORS + HOURS + 1;
    AccountNumbers accounts = Given.accounts(count);
    List<Object[]> increments = new ArrayList<>();
    List<Object[]> recent = new ArrayList<>();
    List<Object[]> posts = new ArrayList<>();
    List<Object[]> sums = new ArrayList<>();
    double[] credibility = new double[count];
    Arrays.fill(credibility, 0.8);
    double[] regularity = new double[count];
    double[] ranks = new double[count];
    Arrays.fill(ranks, Double.NaN);
    for (int hour = 0; hour <= HOURS; hour++) {
      int account = ACTORS + hour;
      for (int actor = 0; actor < ACTORS; actor++) {
        // The steady state of an act every few days, from fans to strangers.
        double perDay = 0.02 * Math.pow(2, actor);
        long units = kept(perDay * 90 / Math.log(2), hour, 90);
        increments.add(replies(actor, account, units));
        increments.add(row("x", actor, account, "follow", 1, (long) UNIT, Given.NIGHT));
        if (actor < ANSWERED) {
          increments.add(replies(account, actor, units));
        }
        long[] fast = new long[FastEdges.HALF_LIVES.length];
        for (int clock = 0; clock < fast.length; clock++) {
          double halfLife = FastEdges.HALF_LIVES[clock];
          fast[clock] = kept(perDay * halfLife / Math.log(2), hour, halfLife);
        }
        recent.add(
            row(
                actor,
                account,
                fast[0],
                fast[1],
                fast[2],
                fast[3],
                fast[0],
                fast[1],
                fast[2],
                fast[3],
                Given.NIGHT));
      }
      for (int post = 0; post < 8; post++) {
        posts.add(
            Given.post(
                account + "/" + post, account, null, kept(1 + 0.7 * post, hour, 90), Given.NIGHT));
      }
      sums.add(
          row(
              "x",
              account,
              kept(60, hour, 90),
              kept(60, hour, 90),
              kept(12, hour, 90),
              kept(40, hour, 90),
              kept(9, hour, Reactions.RECENT_DAYS),
              kept(5, hour, Reactions.RECENT_DAYS),
              kept(60, hour, 90),
              0,
              Given.DAY,
              Given.NIGHT));
      // Present week after week until then: a sum of 18.6 weeks over an integral as large, and one.
      regularity[account] = Math.pow(2, -hour / 24.0 / 90) * 18.6 / 19.6;
      // Rank follows attention, and that fades as its edges do.
      ranks[account] = 4.0 / HOURS * Math.pow(2, -hour / 24.0 / 90);
    }
    StandingEdges edges = Given.edges(count, increments.toArray(new Object[0][]));
    FastEdges fast =
        new FastEdges(
            accounts,
            Given.rows(RecentEdges.TABLE, recent.toArray(new Object[0][])),
            Given.acts(accounts),
            Given.DAY);
    Reactions reactions =
        new Reactions(
            accounts,
            Given.rows(AccountState.REACTIONS, sums.toArray(new Object[0][])),
            new Given.Parts(Given.rows(PostReactions.TABLE, posts.toArray(new Object[0][]))),
            Given.rows(List.of(Posts.NETWORK, Posts.POST_ID, Posts.AUTHOR_KEY, Posts.HAPPENED_AT)),
            Given.rows(DeletedPosts.TABLE),
            Given.acts(accounts),
            credibility,
            90,
            Given.DAY);
    double[] open = new double[credibility.length];
    Arrays.fill(open, 1);
    Earned earned =
        new Earned(
            new Earned.Known(
                accounts,
                ranks,
                new double[edges.graph().edges()],
                new DistinctActors(edges.graph(), edges.acts(), credibility, open),
                fast.distinct(credibility, open),
                fast.recency(edges, 90, credibility, open),
                reactions.record(),
                regularity,
                new boolean[] {true},
                new double[] {0.8 * (HOURS + 1)}),
            new EarnedAttentionModel(Measure.SCORE, ModelKeys.WEIGHTS.defaultValue().orElseThrow()),
            new EarnedAttentionModel(
                Measure.MOMENTUM, ModelKeys.MOMENTUM_WEIGHTS.defaultValue().orElseThrow()));
    RarityScale scale = scale();
    scores = new double[HOURS + 1];
    momenta = new double[HOURS + 1];
    for (int hour = 0; hour <= HOURS; hour++) {
      scores[hour] = scale.score(earned.attention(ACTORS + hour));
      momenta[hour] = scale.score(earned.momentumAttention(ACTORS + hour));
    }
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
}
