package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DegreesTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void degreesAreThoseOfEveryPair(long seed) {
    EdgeGraph graph = new RandomEdges(seed, 50, 700).graph();
    Random random = new Random(seed);
    int[] weights =
        random.ints(graph.edges(), -1 << 20, 1 << 24).map(w -> Math.max(w, 0)).toArray();
    boolean[] follows = new boolean[graph.edges()];
    for (int edge = 0; edge < follows.length; edge++) {
      follows[edge] = random.nextBoolean();
    }
    Degrees degrees = new Degrees(graph, weights, 1 << 20, follows);
    for (int account = 0; account < 50; account++) {
      int following = 0;
      int followers = 0;
      int actors = 0;
      double given = 0;
      double squares = 0;
      for (int other = 0; other < 50; other++) {
        int there = graph.find(account, other);
        int back = graph.find(other, account);
        following += there >= 0 && follows[there] ? 1 : 0;
        followers += back >= 0 && follows[back] ? 1 : 0;
        actors += back >= 0 && weights[back] > 0 ? 1 : 0;
        given += there < 0 ? 0 : weights[there];
        squares += there < 0 ? 0 : Math.pow(weights[there], 2);
      }
      assertThat(degrees.following[account]).isEqualTo(following);
      assertThat(degrees.followers[account]).isEqualTo(followers);
      assertThat(degrees.actors[account]).isEqualTo(actors);
      assertThat(degrees.volumes[account]).isEqualTo(given / (1 << 20));
      double targets = given > 0 ? given * given / squares : 0;
      assertThat(degrees.targets[account]).isCloseTo(targets, within(1e-9 * targets));
    }
  }
}
