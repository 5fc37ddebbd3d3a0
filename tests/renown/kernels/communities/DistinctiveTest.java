package renown.kernels.communities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DistinctiveTest {
  private static int[][] items(List<long[]> uses, int groups, int items, int most, int least) {
    return Distinctive.items(
        uses.stream().mapToInt(use -> (int) use[0]).toArray(),
        uses.stream().mapToLong(use -> use[1]).toArray(),
        uses.stream().mapToInt(use -> (int) use[2]).toArray(),
        groups,
        items,
        most,
        least);
  }

  /** Of ten accounts in each of two groups all use item 0, those of the second item 1 as well. */
  @Test
  void whatEverybodyUsesSetsNobodyApart() {
    List<long[]> uses = new ArrayList<>();
    for (int account = 0; account < 20; account++) {
      uses.add(new long[] {account / 10, account, 0});
      if (account >= 10) {
        uses.add(new long[] {1, account, 1});
      }
    }
    // One that says it a hundred times is one.
    for (int i = 0; i < 100; i++) {
      uses.add(new long[] {0, 3, 2});
    }
    assertThat(items(uses, 2, 3, 5, 3)).isDeepEqualTo(new int[][] {{}, {1}});
    assertThat(items(uses, 2, 3, 5, 1)).isDeepEqualTo(new int[][] {{2}, {1}});
  }

  /** Against counting sets anew for every group and item. */
  @Test
  void agreesWithCountingSets() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int groups = 1 + random.nextInt(4);
      int items = 1 + random.nextInt(9);
      List<long[]> uses = new ArrayList<>();
      int count = random.nextInt(200);
      for (int i = 0; i < count; i++) {
        long account = random.nextInt(40);
        long group = account % groups;
        uses.add(new long[] {group, account, (group + random.nextInt(items)) % items});
      }
      int[][] expected = new int[groups][];
      for (int group = 0; group < groups; group++) {
        double[] weights = new double[items];
        for (int item = 0; item < items; item++) {
          double members = users(uses, group, item);
          double share = members / users(uses, group, -1);
          double all = (double) users(uses, -1, item) / users(uses, -1, -1);
          weights[item] =
              members >= 2 && share / all > 1 ? members * StrictMath.log(share / all) : 0;
        }
        List<Integer> best = new ArrayList<>();
        for (int item = 0; item < items; item++) {
          if (weights[item] > 0) {
            best.add(item);
          }
        }
        best.sort((a, b) -> Double.compare(weights[b], weights[a]));
        expected[group] = best.stream().mapToInt(item -> item).limit(3).toArray();
      }
      Collections.shuffle(uses, random);
      assertThat(items(uses, groups, items, 3, 2))
          .as("seed %d, %s", seed, Arrays.deepToString(expected))
          .isDeepEqualTo(expected);
    }
  }

  private static int users(List<long[]> uses, int group, int item) {
    Set<Long> users = new HashSet<>();
    for (long[] use : uses) {
      if ((group < 0 || use[0] == group) && (item < 0 || use[2] == item)) {
        users.add(use[1]);
      }
    }
    return users.size();
  }
}
