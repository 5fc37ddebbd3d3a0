package renown.kernels.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.testing.Graphs;

/** A block is laid out and worked on by any number of threads alike. */
class LocalRankingTest {
  private static final int VERTICES = 20_000;
  private static final int EDGES = 120_000;

  /** Large enough for several pieces per thread; some pairs repeat, some vertices are dangling. */
  private static LocalRanking ranking(boolean scatteredKeys, boolean weighted, int threads) {
    Random random = new Random(11);
    long[] sources = new long[EDGES];
    long[] destinations = new long[EDGES];
    float[] weights = new float[EDGES];
    for (int edge = 0; edge < EDGES; edge++) {
      sources[edge] = (long) (VERTICES * 0.9 * random.nextDouble() * random.nextDouble());
      destinations[edge] = (long) (VERTICES * random.nextDouble() * random.nextDouble());
      weights[edge] = random.nextFloat() + 1e-3f;
    }
    if (scatteredKeys) {
      for (int edge = 0; edge < EDGES; edge++) {
        sources[edge] = KeyIndex.mix(sources[edge]);
        destinations[edge] = KeyIndex.mix(destinations[edge]);
      }
    }
    return new LocalRanking(sources, destinations, weighted ? weights : null, threads);
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    for (boolean weighted : new boolean[] {false, true}) {
      LocalRanking one = ranking(weighted, weighted, 1);
      one.iterate(7, 0.85);
      for (int threads : new int[] {2, 5}) {
        LocalRanking several = ranking(weighted, weighted, threads);
        several.iterate(3, 0.85);
        several.iterate(4, 0.85);
        assertThat(several.keys()).isEqualTo(one.keys());
        assertThat(several.edges()).isEqualTo(one.edges());
        assertThat(several.ranks()).isEqualTo(one.ranks());
      }
      assertThat(one.edges()).isLessThan(EDGES);
      double sum = 0;
      double[] ranks = one.ranks();
      for (double rank : ranks) {
        sum += rank;
      }
      assertThat(sum).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  /** Until the rule is met, with preference and warm start, it agrees with the plainest ranking. */
  @Test
  void ranksAreThoseOfTheDefinition() {
    List<Graphs.Edge> edges = Graphs.random(12, 500, 3000, true);
    Map<Long, Double> shares = new TreeMap<>();
    Random random = new Random(12);
    for (Graphs.Edge edge : edges) {
      shares.put(edge.source(), random.nextDouble());
      shares.put(edge.destination(), random.nextInt(3) == 0 ? random.nextDouble() : 0);
    }
    long[] keys = shares.keySet().stream().mapToLong(key -> key).toArray();
    double[] values = shares.values().stream().mapToDouble(share -> share).toArray();
    float[] weights = new float[edges.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) edges.get(i).weight();
    }
    LocalRanking local =
        new LocalRanking(
            edges.stream().mapToLong(Graphs.Edge::source).toArray(),
            edges.stream().mapToLong(Graphs.Edge::destination).toArray(),
            weights,
            2);
    Map<Long, Double> expected = Graphs.serial(edges, shares, 0.85, 200);
    int cold = 0;
    for (double[] start : new double[][] {null, values, null}) {
      double[] from = start == null ? null : new double[keys.length];
      for (int i = 0; from != null && i < keys.length; i++) {
        from[i] = expected.get(keys[i]);
      }
      RankReport.Outcome outcome = local.rank(keys, values, from, RankOptions.standard());
      assertThat(outcome.converged()).isTrue();
      assertThat(outcome.residual()).isLessThanOrEqualTo(1e-7);
      if (from == null) {
        cold = outcome.iterations();
      } else {
        assertThat(outcome.iterations()).isLessThanOrEqualTo(5).isLessThan(cold);
      }
      Map<Long, Double> ranks = new TreeMap<>();
      for (int row = 0; row < local.vertices(); row++) {
        ranks.put(local.keys()[row], local.ranks()[row]);
      }
      assertThat(Graphs.distance(ranks, expected)).isLessThan(1e-6);
      assertThat(ranks.values().stream().mapToDouble(rank -> rank).sum())
          .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-12));
    }
  }
}
