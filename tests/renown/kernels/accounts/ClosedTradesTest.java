package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedTradesTest {
  /** The same by looking at every three accounts. */
  private static double slow(EdgeGraph graph, int[] weights, int account, long[] triangles) {
    List<Integer> friends = new ArrayList<>();
    double given = 0;
    double mutual = 0;
    double squares = 0;
    for (int other = 0; other < graph.accounts(); other++) {
      int there = graph.find(account, other);
      if (there >= 0) {
        given += weights[there];
      }
      double lesser = lesser(graph, weights, account, other);
      if (lesser > 0) {
        friends.add(other);
        mutual += lesser;
        squares += lesser * lesser;
      }
    }
    long closed = 0;
    for (int one : friends) {
      for (int other : friends) {
        closed += one < other && lesser(graph, weights, one, other) > 0 ? 1 : 0;
      }
    }
    triangles[account] = closed;
    int n = friends.size();
    if (n == 0) {
      return 0;
    }
    double clustering = n < 2 ? 0 : closed * 2.0 / (n * (n - 1.0));
    return mutual / given * (1 - (1 - clustering) * (1 - squares / (mutual * mutual)));
  }

  private static int lesser(EdgeGraph graph, int[] weights, int one, int other) {
    int there = graph.find(one, other);
    int back = graph.find(other, one);
    return there < 0 || back < 0 ? 0 : Math.min(weights[there], weights[back]);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void tradesAndTrianglesAreThoseOfEveryThreeAccounts(long seed) {
    EdgeGraph graph = new RandomEdges(seed, 70, 2000).graph();
    Random random = new Random(seed);
    int[] weights = new int[graph.edges()];
    for (int edge = 0; edge < weights.length; edge++) {
      weights[edge] = random.nextInt(5) == 0 ? 0 : random.nextInt(1 << 28);
    }
    ClosedTrades trades = new ClosedTrades(graph, weights);
    long[] triangles = new long[70];
    for (int account = 0; account < 70; account++) {
      assertThat(trades.tradingShare[account])
          .isCloseTo(slow(graph, weights, account, triangles), within(1e-12))
          .isBetween(0.0, 1.0);
      int its = trades.neighbours[account];
      assertThat(trades.clustering[account] * its * (its - 1) / 2)
          .isCloseTo(triangles[account], within(1e-9));
    }
    assertThat(trades.triangles).isEqualTo(triangles);
    assertThat(java.util.Arrays.stream(triangles).max().orElseThrow()).isGreaterThan(3);
  }

  private static double trading(int account, int[]... edges) {
    int accounts = 1;
    int[] sources = new int[edges.length];
    int[] destinations = new int[edges.length];
    long[] values = new long[edges.length];
    for (int i = 0; i < edges.length; i++) {
      sources[i] = edges[i][0];
      destinations[i] = edges[i][1];
      values[i] = edges[i][2];
      accounts = Math.max(accounts, 1 + Math.max(sources[i], destinations[i]));
    }
    EdgeGraph.Numbered numbered = EdgeGraph.of(accounts, sources, destinations);
    int[] weights = new int[numbered.graph().edges()];
    long[] sums = numbered.sum(values);
    for (int edge = 0; edge < weights.length; edge++) {
      weights[edge] = (int) sums[edge];
    }
    return new ClosedTrades(numbered.graph(), weights).tradingShare[account];
  }

  @Test
  void tradingIsWhatIsReturnedWithinAClosedCircle() {
    // A swap of two and a ring of four are closed; a star's centre answers many who know it alone.
    assertThat(trading(1, new int[] {1, 2, 5}, new int[] {2, 1, 5})).isCloseTo(1, within(1e-12));
    List<int[]> ring = new ArrayList<>();
    List<int[]> star = new ArrayList<>();
    for (int a = 1; a <= 4; a++) {
      for (int b = 1; b <= 4; b++) {
        if (a != b) {
          ring.add(new int[] {a, b, 3});
        }
      }
      star.add(new int[] {10, a, 1});
      star.add(new int[] {a, 10, 1});
    }
    assertThat(trading(1, ring.toArray(new int[0][]))).isCloseTo(1, within(1e-12));
    assertThat(trading(10, star.toArray(new int[0][]))).isCloseTo(0.25, within(1e-12));
    // Whoever gives most of its attention elsewhere trades little.
    ring.add(new int[] {1, 50, 3});
    ring.add(new int[] {1, 51, 3});
    ring.add(new int[] {1, 52, 3});
    assertThat(trading(1, ring.toArray(new int[0][]))).isCloseTo(0.5, within(1e-12));
  }
}
