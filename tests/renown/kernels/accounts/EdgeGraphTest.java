package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeGraphTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyPairIsOneEdgeFoundFromBothSidesAndKnowsTheOneBack(long seed) {
    RandomEdges random = new RandomEdges(seed, 60, 700);
    EdgeGraph graph = random.graph();
    assertThat(graph.edges()).isEqualTo(random.pairs.size());
    long[] values = new Random(seed).longs(random.rows.size(), -100, 100).toArray();
    long[] sums = random.numbered.sum(values);
    int left = 0;
    for (int account = 0; account < 60; account++) {
      for (int edge = graph.firstOut(account); edge < graph.endOut(account); edge++, left++) {
        assertThat(graph.source(edge)).isEqualTo(account);
        assertThat(edge).isEqualTo(left);
        int other = graph.destination(edge);
        assertThat(graph.find(account, other)).isEqualTo(edge);
        assertThat(graph.back(edge)).isEqualTo(graph.find(other, account));
        assertThat(sums[edge])
            .isEqualTo(
                random.pairs.get(new RandomEdges.Pair(account, other)).stream()
                    .mapToLong(row -> values[row])
                    .sum());
        if (edge > graph.firstOut(account)) {
          assertThat(other).isGreaterThan(graph.destination(edge - 1));
        }
      }
    }
    assertThat(left).isEqualTo(graph.edges());
    int arrived = 0;
    for (int account = 0; account < 60; account++) {
      for (int place = graph.firstIn(account); place < graph.endIn(account); place++, arrived++) {
        assertThat(graph.destination(graph.in(place))).isEqualTo(account);
        if (place > graph.firstIn(account)) {
          assertThat(graph.source(graph.in(place)))
              .isGreaterThan(graph.source(graph.in(place - 1)));
        }
      }
    }
    assertThat(arrived).isEqualTo(graph.edges());
    for (int from = 0; from < 60; from++) {
      for (int to = 0; to < 60; to++) {
        assertThat(graph.find(from, to) >= 0)
            .isEqualTo(random.pairs.containsKey(new RandomEdges.Pair(from, to)));
      }
    }
  }
}
