package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankSourcesTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theTopSourcesAreTheFirstOfAllSorted(long seed) {
    EdgeGraph graph = new RandomEdges(seed, 60, 900).graph();
    Random random = new Random(seed);
    // Whole weights and equal ranks: there are ties.
    double[] weights = random.ints(graph.edges(), 0, 4).asDoubleStream().toArray();
    double[] given = new double[60];
    double[] ranks = new double[60];
    for (int edge = 0; edge < weights.length; edge++) {
      given[graph.source(edge)] += weights[edge];
    }
    for (int account = 0; account < 60; account++) {
      ranks[account] = (1 + random.nextInt(2)) / 90.0;
      given[account] = Math.ceil(given[account] / 8) * 8;
    }
    RankSources sources = new RankSources(graph, weights, given, ranks, 0.5);
    for (int account = 0; account < 60; account++) {
      int destination = account;
      int[] sorted =
          IntStream.range(0, graph.edges())
              .filter(edge -> graph.destination(edge) == destination && weights[edge] > 0)
              .boxed()
              .sorted(
                  Comparator.comparingDouble(
                          (Integer edge) ->
                              -ranks[graph.source(edge)]
                                  * weights[edge]
                                  / given[graph.source(edge)])
                      .thenComparingInt(graph::source))
              .limit(5)
              .mapToInt(edge -> edge)
              .toArray();
      assertThat(sources.top(account, 5)).isEqualTo(sorted);
      for (int edge : sorted) {
        assertThat(sources.parts()[edge])
            .isCloseTo(
                0.5 * ranks[graph.source(edge)] * weights[edge] / given[graph.source(edge)],
                within(1e-15));
      }
    }
  }

  /** What a trade loses goes to nobody; friends, and who attends one way, lose nothing. */
  @Test
  void tradedAttentionIsDiscountedAndTheRestGoesToNobody() {
    int[] sources = {1, 2, 1, 3, 4};
    int[] destinations = {2, 1, 3, 4, 3};
    double[] rowWeights = {4, 2, 1, 1, 1};
    EdgeGraph.Numbered numbered = EdgeGraph.of(5, sources, destinations);
    double[] weights = new double[5];
    for (int row = 0; row < 5; row++) {
      weights[numbered.edgeOfRow()[row]] = rowWeights[row];
    }
    TradedWeights traded =
        new TradedWeights(
            numbered.graph(),
            weights,
            new double[] {0, 1, 0.55, 0.1, 0.05},
            new double[] {1, 1, 1, 1, 1});
    double[] left = new double[5];
    for (int row = 0; row < 5; row++) {
      left[row] = traded.left[numbered.edgeOfRow()[row]];
    }
    // t = 1 and 0.5: of the lesser weight, 2, each direction loses 0.9 * 0.5.
    assertThat(left).containsExactly(new double[] {3.1, 1.1, 1, 1, 1}, within(1e-12));
    assertThat(traded.toNobody).containsExactly(new double[] {0, 0.9, 0.9, 0, 0}, within(1e-12));
    assertThat(traded.given).containsExactly(new double[] {0, 5, 2, 1, 1}, within(1e-12));
  }

  /** Weights below one in 10^9: of acts some 30 half-lives ago. */
  @Test
  void attentionOfLongAgoIsTradedAndHasSourcesAsAnyOther() {
    EdgeGraph graph = EdgeGraph.of(4, new int[] {1, 2, 1}, new int[] {2, 1, 3}).graph();
    double[] weights = {3e-10, 1e-10, 3e-10};
    TradedWeights traded =
        new TradedWeights(graph, weights, new double[] {0, 1, 1, 0}, new double[] {1, 1, 1, 1});
    assertThat(traded.left[graph.find(1, 2)] * 1e10).isCloseTo(0.3, within(1e-9));
    assertThat(traded.toNobody[1] * 1e10).isCloseTo(2.7, within(1e-9));
    RankSources sources =
        new RankSources(graph, weights, traded.given, new double[] {0, 0.5, 0, 0}, 0.5);
    assertThat(sources.parts()[graph.find(1, 2)]).isCloseTo(0.5 * 0.5 * 0.75, within(1e-12));
  }
}
