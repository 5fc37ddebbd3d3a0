package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.night.score.accounts.Given.UNIT;
import static renown.night.score.accounts.Given.increment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.kernels.accounts.Degrees;
import renown.tables.EdgeIncrements;

class StandingEdgesTest {
  private static final SortedMap<String, Double> VERBS =
      new TreeMap<>(Map.of("repost", 3.0, "reply", 2.0, "like", 1.0, "follow", 0.0));

  private static double weight(StandingEdges edges, int source, int destination) {
    return edges.rankWeights(VERBS)[edges.graph().find(source, destination)];
  }

  @Test
  void aWeightIsTheSumOfTheLogarithmsOfItsVerbs() {
    StandingEdges edges =
        Given.edges(
            10,
            increment(1, 9, "like", 1),
            increment(2, 9, "like", 3),
            increment(2, 9, "repost", 0.5),
            increment(2, 9, "repost", 0.5),
            increment(2, 9, "reply", 100),
            increment(3, 9, "follow", 1),
            increment(4, 9, "block", 1),
            increment(5, 9, "like", 1),
            increment(5, 9, "like", -1));
    assertThat(weight(edges, 1, 9)).isCloseTo(Math.log(2), within(1e-15));
    assertThat(weight(edges, 2, 9))
        .isCloseTo(Math.log(4) + 3 * Math.log(2) + 2 * Math.log(101), within(1e-14));
    // Verbs that count nothing, and acts that were undone.
    for (int source = 3; source <= 5; source++) {
      assertThat(weight(edges, source, 9)).isZero();
    }
  }

  /** Long ago or not: it counts 1 until it is taken back, however often it was done. */
  @Test
  void aFollowDoesNotFade() {
    StandingEdges edges =
        Given.edges(
            10,
            Given.row("x", 1, 9, "follow", 1, UNIT / 1000, Given.NIGHT),
            increment(2, 9, "follow", 1),
            increment(2, 9, "follow", 1),
            increment(3, 9, "follow", 1),
            Given.row("x", 3, 9, "follow", -1, -UNIT, Given.NIGHT));
    double[] weights = edges.rankWeights(new TreeMap<>(Map.of("follow", 2.0)));
    assertThat(weights[edges.graph().find(1, 9)]).isEqualTo(2 * Math.log(2));
    assertThat(weights[edges.graph().find(2, 9)]).isEqualTo(2 * Math.log(2));
    assertThat(weights[edges.graph().find(3, 9)]).isZero();
  }

  @Test
  void excludedAccountsAreNeitherSideOfAnEdge() {
    boolean[] excluded = new boolean[6];
    excluded[1] = true;
    excluded[4] = true;
    StandingEdges edges =
        Given.edges(
            6,
            excluded,
            increment(1, 2, "like", 1),
            increment(2, 3, "like", 1),
            increment(3, 1, "like", 1),
            increment(3, 4, "like", 1));
    assertThat(edges.graph().edges()).isEqualTo(1);
    assertThat(edges.graph().find(2, 3)).isZero();
  }

  @Test
  void degreesTellFollowsFromAttentionAndLeaveBlocksOut() {
    StandingEdges edges =
        Given.edges(
            5,
            increment(1, 2, "follow", 1),
            increment(1, 3, "like", 1),
            increment(1, 4, "block", 1));
    Degrees degrees =
        new Degrees(edges.graph(), edges.pairWeights(), StandingEdges.SINGLE_ACT, edges.follows());
    assertThat(degrees.following).containsExactly(0, 1, 0, 0, 0);
    assertThat(degrees.followers).containsExactly(0, 0, 1, 0, 0);
    assertThat(degrees.actors).containsExactly(0, 0, 1, 1, 0);
    assertThat(degrees.targets).containsExactly(0, 2, 0, 0, 0);
  }

  @Test
  void aThousandYoungBlockersWeighLessThanOneOldOne() {
    List<Object[]> blocks = new ArrayList<>();
    double[] credibility = new double[1010];
    for (int i = 10; i < 1010; i++) {
      blocks.add(increment(i, 1, "block", 1));
      credibility[i] = 0.01;
    }
    blocks.add(increment(5, 2, "block", 1));
    credibility[5] = 0.8;
    StandingEdges edges = Given.edges(1010, blocks.toArray(new Object[0][]));
    double[] sums = StandingEdges.Blocks.sums(List.of(edges.blocks()), credibility);
    assertThat(sums[1]).isCloseTo(1000 * 0.0001 * (1 - Math.exp(-1)), within(0.001));
    assertThat(sums[2]).isCloseTo(0.64 * (1 - Math.exp(-1)), within(1e-5));
  }

  /** Sums of units in any order; the logarithm of what has decayed since the landmark. */
  @Test
  void weightsAgreeWithPlainSums() {
    Random random = new Random(4);
    String[] verbs = {"like", "reply", "repost"};
    List<Object[]> all = new ArrayList<>();
    Map<String, long[]> sums = new TreeMap<>();
    for (int i = 0; i < 1000; i++) {
      long source = random.nextInt(10);
      long destination = 10 + random.nextInt(10);
      int verb = random.nextInt(3);
      long units = random.nextLong(-UNIT / 4, 8 * UNIT);
      all.add(Given.row("x", source, destination, verbs[verb], 1, units, Given.NIGHT));
      sums.computeIfAbsent(source + " " + destination, k -> new long[3])[verb] += units;
    }
    StandingEdges edges =
        new StandingEdges(
            EdgeRows.of(
                Given.rows(EdgeIncrements.TABLE, all.toArray(new Object[0][])), Given.accounts(20)),
            Given.accounts(20),
            new boolean[20],
            new double[] {0.5 / UNIT});
    double[] weights = edges.rankWeights(VERBS);
    assertThat(weights).hasSize(sums.size());
    for (int edge = 0; edge < weights.length; edge++) {
      String name = edges.graph().source(edge) + " " + edges.graph().destination(edge);
      double expected = 0;
      for (int verb = 0; verb < 3; verb++) {
        double count = Math.max(0, sums.get(name)[verb]) / (2.0 * UNIT);
        expected += VERBS.get(verbs[verb]) * Math.log1p(count);
      }
      assertThat(weights[edge]).isCloseTo(expected, within(1e-13));
    }
  }
}
