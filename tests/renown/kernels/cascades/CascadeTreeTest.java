package renown.kernels.cascades;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CascadeTreeTest {
  @Test
  void theAuthorAlone() {
    CascadeTree tree = new CascadeTree(new int[] {-1});
    assertThat(tree.depth()).isZero();
    assertThat(tree.breadth()).isEqualTo(1);
    assertThat(tree.virality()).isNaN();
  }

  /** n leaves: n pairs at distance 1, n (n - 1) / 2 at distance 2. */
  @Test
  void aStar() {
    for (int leaves : new int[] {1, 2, 7, 1000}) {
      CascadeTree star = new CascadeTree(new int[leaves + 1]);
      assertThat(star.depth()).isEqualTo(1);
      assertThat(star.breadth()).isEqualTo(leaves);
      assertThat(star.virality()).isCloseTo(2.0 * leaves / (leaves + 1), within(1e-12));
    }
  }

  /** The mean distance in a path of n vertices is (n + 1) / 3. */
  @Test
  void aChain() {
    for (int n : new int[] {2, 3, 10, 200_000}) {
      CascadeTree chain = new CascadeTree(IntStream.range(-1, n - 1).toArray());
      assertThat(chain.depth()).isEqualTo(n - 1);
      assertThat(chain.breadth()).isEqualTo(1);
      assertThat(chain.virality()).isCloseTo((n + 1) / 3.0, within(1e-7));
    }
  }

  @Test
  void randomTreesAgreeWithWalkingFromEachToEach() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int n = 2 + random.nextInt(40);
      int[] parents = new int[n];
      for (int v = 1; v < n; v++) {
        parents[v] = random.nextInt(v);
      }
      int[][] distance = new int[n][n];
      for (int v = 1; v < n; v++) {
        for (int u = 0; u < v; u++) {
          distance[v][u] = distance[u][v] = distance[parents[v]][u] + 1;
        }
      }
      double sum = 0;
      int[] atDepth = new int[n];
      for (int v = 0; v < n; v++) {
        sum += IntStream.of(distance[v]).sum();
        atDepth[distance[0][v]]++;
      }
      CascadeTree tree = new CascadeTree(parents);
      assertThat(tree.virality()).isCloseTo(sum / n / (n - 1), within(1e-12));
      assertThat(tree.depth()).isEqualTo(IntStream.of(distance[0]).max().orElseThrow());
      assertThat(tree.breadth()).isEqualTo(IntStream.of(atDepth).max().orElseThrow());
      int last = n - 1;
      assertThat(tree.depth(last)).isEqualTo(distance[0][last]);
    }
  }

  @Test
  void nobodyComesBeforeItsParent() {
    assertThatThrownBy(() -> new CascadeTree(new int[] {-1, 2, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vertex 1 has parent 2");
  }
}
