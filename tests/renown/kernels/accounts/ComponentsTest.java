package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  /** Hands the least number on along links until nothing changes. */
  private static int[] slow(int vertices, int[] from, int[] to) {
    int[] least = new int[vertices];
    Arrays.setAll(least, i -> i);
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int link = 0; link < from.length; link++) {
        int both = Math.min(least[from[link]], least[to[link]]);
        changed |= least[from[link]] != both || least[to[link]] != both;
        least[from[link]] = both;
        least[to[link]] = both;
      }
    }
    return least;
  }

  @Test
  void componentsAreThoseOfASimplerWay() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int vertices = 1 + random.nextInt(60);
      int[] from = random.ints(random.nextInt(60), 0, vertices).toArray();
      int[] to = random.ints(from.length, 0, vertices).toArray();
      assertThat(Components.least(vertices, from, to))
          .as("seed " + seed)
          .isEqualTo(slow(vertices, from, to));
    }
  }

  @Test
  void aLongChainIsOneComponentInAnyOrder() {
    int length = 100_000;
    int[] from = new int[length - 1];
    int[] to = new int[length - 1];
    for (int i = 0; i < from.length; i++) {
      from[i] = length - 1 - i;
      to[i] = length - 2 - i;
    }
    assertThat(Components.least(length, from, to)).containsOnly(0);
    assertThat(Components.least(length, to, from)).containsOnly(0);
  }
}
