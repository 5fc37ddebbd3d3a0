package renown.kernels.communities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import renown.kernels.communities.LabelPropagation.Labels;

class LabelPropagationTest {
  private static final Labels NOTHING = new Labels(new long[0], new long[0]);

  private static Labels communities(List<long[]> ties, Labels before) {
    return communities(ties, before, 1);
  }

  private static Labels communities(List<long[]> ties, Labels before, int shards) {
    return LabelPropagation.communities(
        column(ties, 0), column(ties, 1), column(ties, 2), before, shards);
  }

  private static long[] column(List<long[]> ties, int column) {
    return ties.stream().mapToLong(tie -> tie[column]).toArray();
  }

  /**
   * Random graphs, some of groups and some of nothing, cold and warm, with ties of a vertex to
   * itself.
   */
  @Test
  void anyNumberOfShardsGivesWhatTheSlowOneGives() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int n = 2 + random.nextInt(300);
      int group = 1 + random.nextInt(n);
      List<long[]> ties = new ArrayList<>();
      int count = random.nextInt(6 * n);
      for (int i = 0; i < count; i++) {
        long a = random.nextInt(n);
        long b =
            random.nextInt(4) > 0
                ? Math.min(a / group * group + random.nextInt(group), n - 1)
                : random.nextInt(n);
        ties.add(new long[] {7 * a, 7 * b, 1 + random.nextInt(3)});
      }
      Labels before = NOTHING;
      if (random.nextBoolean()) {
        long[] keys = random.longs(20, 0, 7L * n).distinct().sorted().toArray();
        before = new Labels(keys, Arrays.stream(keys).map(key -> key / 50 * 49).toArray());
      }
      Labels slow =
          SlowLabelPropagation.communities(
              column(ties, 0), column(ties, 1), column(ties, 2), before);
      for (int shards : new int[] {1, 2, 7, 40}) {
        Collections.shuffle(ties, random);
        Labels found = communities(ties, before, shards);
        assertThat(found.keys()).isEqualTo(slow.keys());
        assertThat(found.labels()).as("seed %d, %d shards", seed, shards).isEqualTo(slow.labels());
      }
    }
  }

  private static void clique(List<long[]> ties, long from, long to) {
    for (long a = from; a < to; a++) {
      for (long b = a + 1; b < to; b++) {
        ties.add(new long[] {a, b, 10});
      }
    }
  }

  /** The plainest modularity there is: Newman's definition, pair by pair. */
  private static double modularity(List<long[]> ties, Labels labels) {
    int n = labels.keys().length;
    double[][] weight = new double[n][n];
    double[] strength = new double[n];
    double total = 0;
    for (long[] tie : ties) {
      int a = Arrays.binarySearch(labels.keys(), tie[0]);
      int b = Arrays.binarySearch(labels.keys(), tie[1]);
      weight[a][b] += tie[2];
      weight[b][a] += tie[2];
      strength[a] += tie[2];
      strength[b] += tie[2];
      total += 2 * tie[2];
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (labels.labels()[i] == labels.labels()[j]) {
          sum += weight[i][j] - strength[i] * strength[j] / total;
        }
      }
    }
    return sum / total;
  }

  @Test
  void aRingOfCliquesFallsIntoItsCliques() {
    List<long[]> ties = new ArrayList<>();
    for (long c = 0; c < 12; c++) {
      clique(ties, 10 * c, 10 * c + 8);
      ties.add(new long[] {10 * c + 7, 10 * ((c + 1) % 12), 1});
    }
    Labels found = communities(ties, NOTHING);
    assertThat(found.keys()).hasSize(96);
    Map<Long, Long> labelOfClique = new HashMap<>();
    for (int v = 0; v < found.keys().length; v++) {
      Long label = labelOfClique.putIfAbsent(found.keys()[v] / 10, found.labels()[v]);
      assertThat(label == null ? found.labels()[v] : label).isEqualTo(found.labels()[v]);
    }
    assertThat(labelOfClique.values()).doesNotHaveDuplicates();
  }

  @Test
  void plantedCommunitiesAreFoundWhateverTheOrderOfTheTies() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      List<long[]> ties = new ArrayList<>();
      for (int i = 0; i < 6000; i++) {
        int a = random.nextInt(400);
        // Nine of ten ties stay within the forty accounts of equal a / 40.
        int b = random.nextInt(10) > 0 ? a / 40 * 40 + random.nextInt(40) : random.nextInt(400);
        if (a != b) {
          ties.add(new long[] {a, b, 1 + random.nextInt(5)});
        }
      }
      Labels found = communities(ties, NOTHING);
      long[] planted = Arrays.stream(found.keys()).map(key -> key / 40).toArray();
      assertThat(found.labels()).hasSameSizeAs(planted);
      int wrong = 0;
      for (int v = 0; v < planted.length; v++) {
        for (int u = 0; u < v; u++) {
          wrong += (found.labels()[v] == found.labels()[u]) == (planted[v] == planted[u]) ? 0 : 1;
        }
      }
      // Of 79,800 pairs: a vertex may have more ties by chance to others than to its own.
      assertThat(wrong).isLessThan(80);
      List<long[]> turned = new ArrayList<>();
      ties.forEach(tie -> turned.add(new long[] {tie[1], tie[0], tie[2]}));
      Collections.shuffle(turned, random);
      assertThat(communities(turned, NOTHING).labels()).isEqualTo(found.labels());
      // What was found once stays, names included.
      assertThat(communities(ties, found).labels()).isEqualTo(found.labels());
    }
  }

  /** Against the best of all partitions of graphs that are small enough to try them all. */
  @Test
  void modularityIsNearTheBestThereIs() {
    double reached = 0;
    double possible = 0;
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int n = 4 + random.nextInt(5);
      List<long[]> ties = new ArrayList<>();
      for (int a = 0; a < n; a++) {
        for (int b = a + 1; b < n; b++) {
          if (random.nextInt(5) < 2) {
            ties.add(new long[] {a, b, 1 + random.nextInt(9)});
          }
        }
      }
      if (ties.isEmpty()) {
        continue;
      }
      Labels found = communities(ties, NOTHING);
      long[] trial = new long[found.keys().length];
      double best = best(ties, found.keys(), trial, 0, 0);
      double modularity = modularity(ties, found);
      assertThat(modularity).isLessThanOrEqualTo(best + 1e-12);
      assertThat(modularity).isGreaterThanOrEqualTo(-1e-12);
      reached += modularity;
      possible += best;
    }
    assertThat(reached).isGreaterThan(0.9 * possible);
  }

  private static double best(List<long[]> ties, long[] keys, long[] trial, int v, int used) {
    if (v == keys.length) {
      return modularity(ties, new Labels(keys, trial));
    }
    double best = -1;
    for (int label = 0; label <= used; label++) {
      trial[v] = label;
      best = Math.max(best, best(ties, keys, trial, v + 1, Math.max(used, label + 1)));
    }
    return best;
  }

  @Test
  void aCommunityIsNeverNamedAfterAVertexThatIsGone() {
    List<long[]> ties = new ArrayList<>();
    clique(ties, 5, 10);
    clique(ties, 20, 25);
    Labels before =
        new Labels(
            new long[] {1, 5, 6, 7, 8, 9, 20, 21, 22, 23, 24},
            new long[] {1, 1, 1, 1, 1, 1, 20, 20, 20, 20, 20});
    assertThat(communities(ties, before).labels())
        .containsExactly(5, 5, 5, 5, 5, 20, 20, 20, 20, 20);
  }

  @Test
  void nothingGivesNothing() {
    assertThat(communities(List.of(), NOTHING).keys()).isEmpty();
  }
}
