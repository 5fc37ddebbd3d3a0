package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VouchingTest {
  private static EdgeGraph graph(int accounts, List<int[]> pairs) {
    return EdgeGraph.of(
            accounts,
            pairs.stream().mapToInt(pair -> pair[0]).toArray(),
            pairs.stream().mapToInt(pair -> pair[1]).toArray())
        .graph();
  }

  /**
   * By a dense matrix whose six powers are taken one by one; two networks do not see each other.
   */
  @Test
  void theWalkIsThatOfAMatrix() {
    Random random = new Random(5);
    int accounts = 30;
    List<int[]> pairs = new ArrayList<>();
    int[] part = new int[accounts];
    Arrays.setAll(part, i -> i % 2);
    for (int row = 0; row < 200; row++) {
      int source = random.nextInt(accounts);
      int target = random.nextInt(accounts);
      if (source != target && source % 2 == target % 2 && source % 7 != 0) {
        pairs.add(new int[] {source, target});
      }
    }
    EdgeGraph graph = graph(accounts, pairs);
    int[] weights = random.ints(graph.edges(), 0, 1000).toArray();
    double[] credibility = random.doubles(accounts).toArray();
    double[][] matrix = new double[accounts][accounts];
    for (int edge = 0; edge < graph.edges(); edge++) {
      matrix[graph.source(edge)][graph.destination(edge)] = weights[edge];
    }
    double[] at = credibility.clone();
    double[] begun = new double[2];
    boolean[] acts = new boolean[accounts];
    for (int i = 0; i < accounts; i++) {
      double sum = Arrays.stream(matrix[i]).sum();
      acts[i] = sum > 0;
      for (int j = 0; j < accounts; j++) {
        matrix[i][j] = sum > 0 ? matrix[i][j] / sum : 0;
      }
      begun[i % 2] += acts[i] ? credibility[i] : 0;
    }
    for (int step = 0; step < 6; step++) {
      double[] next = new double[accounts];
      for (int i = 0; i < accounts; i++) {
        for (int j = 0; j < accounts; j++) {
          next[j] += at[i] * matrix[i][j];
        }
      }
      for (int network = 0; network < 2; network++) {
        double all = 0;
        for (int i = network; i < accounts; i += 2) {
          all += acts[i] ? next[i] : 0;
        }
        for (int i = network; i < accounts; i += 2) {
          next[i] *= begun[network] / all;
        }
      }
      at = next;
    }
    assertThat(Vouching.mass(graph, weights, credibility, part, 2))
        .containsExactly(at, within(1e-9));
  }

  /** Persons attend to one another; a farm attends to one of them and, in a circle, to itself. */
  @Test
  void aFarmThatServesSomebodyElseLosesWhatItBeganWith() {
    int persons = 100;
    int accounts = 300;
    Random random = new Random(6);
    List<int[]> pairs = new ArrayList<>();
    for (int person = 0; person < persons; person++) {
      for (int friend = 1; friend <= 8; friend++) {
        pairs.add(new int[] {person, (person + friend * friend) % persons});
      }
    }
    for (int member = persons; member < accounts; member++) {
      pairs.add(new int[] {member, 0});
      pairs.add(new int[] {member, persons + (member + 1 - persons) % (accounts - persons)});
      pairs.add(new int[] {member, 1 + random.nextInt(persons - 1)});
    }
    EdgeGraph graph = graph(accounts, pairs);
    int[] weights = new int[graph.edges()];
    Arrays.fill(weights, 1);
    double[] credibility = new double[accounts];
    Arrays.fill(credibility, 0.8);
    double[] mass = Vouching.mass(graph, weights, credibility, new int[accounts], 1);
    assertThat(Arrays.stream(mass, 0, persons).min().orElseThrow()).isGreaterThan(1);
    assertThat(Arrays.stream(mass, persons, accounts).max().orElseThrow()).isLessThan(0.01);
    assertThat(Arrays.stream(mass).sum()).isCloseTo(0.8 * accounts, within(1e-9));
  }

  @Test
  void whereNobodyAttendsNothingArrives() {
    double[] mass =
        Vouching.mass(graph(2, List.of()), new int[0], new double[] {1, 1}, new int[2], 1);
    assertThat(mass).containsExactly(0, 0);
  }
}
