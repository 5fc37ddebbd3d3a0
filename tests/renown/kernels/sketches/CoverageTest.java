package renown.kernels.sketches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import renown.kernels.sketches.Coverage.Choice;
import renown.kernels.sketches.Coverage.Pick;
import renown.kernels.sketches.Coverage.Request;

class CoverageTest {
  private static final int SETS = 12;

  /** Sets of very different sizes that share much. */
  private static long[][] sets(Random random, int count, int universe) {
    long[][] sets = new long[count][];
    for (int i = 0; i < count; i++) {
      int size = 1 + (int) (universe * Math.pow(random.nextDouble(), 3) / 2);
      sets[i] = random.longs(size, 0, universe).distinct().toArray();
    }
    return sets;
  }

  private static int covered(long[][] sets, int[] chosen) {
    Set<Long> members = new HashSet<>();
    for (int set : chosen) {
      Arrays.stream(sets[set]).forEach(members::add);
    }
    return members.size();
  }

  private static int[] chosen(Choice choice) {
    return choice.picks().stream().mapToInt(Pick::set).toArray();
  }

  /** The most that any selection within the request covers. */
  private static int optimum(long[][] sets, Request request) {
    int best = 0;
    for (int subset = 1; subset < 1 << sets.length; subset++) {
      int bits = subset;
      int[] chosen = IntStream.range(0, sets.length).filter(i -> (bits >> i & 1) == 1).toArray();
      if (isAllowed(chosen, request)) {
        best = Math.max(best, covered(sets, chosen));
      }
    }
    return best;
  }

  private static boolean isAllowed(int[] chosen, Request request) {
    if (chosen.length > request.seats()) {
      return false;
    }
    if (request.costs() != null
        && Arrays.stream(chosen).mapToDouble(i -> request.costs()[i]).sum() > request.budget()) {
      return false;
    }
    Map<Integer, Integer> perGroup = new HashMap<>();
    return request.groups() == null
        || Arrays.stream(chosen)
            .filter(i -> request.groups()[i] >= 0)
            .allMatch(
                i ->
                    perGroup.merge(request.groups()[i], 1, Integer::sum) <= request.mostPerGroup());
  }

  /** Plain greedy: counts everything in each step. */
  private static int[] slowGreedy(long[][] sets, int seats) {
    int[] chosen = new int[0];
    while (chosen.length < seats) {
      int best = -1;
      int most = covered(sets, chosen);
      for (int i = 0; i < sets.length; i++) {
        int[] more = Arrays.copyOf(chosen, chosen.length + 1);
        more[chosen.length] = i;
        if (covered(sets, more) > most) {
          most = covered(sets, more);
          best = i;
        }
      }
      if (best < 0) {
        break;
      }
      chosen = Arrays.copyOf(chosen, chosen.length + 1);
      chosen[chosen.length - 1] = best;
    }
    return chosen;
  }

  /** Greedy by the book: what adds most per cost, passing over what is too dear. */
  private static void assertConsistent(long[][] sets, Choice choice, Request request) {
    assertThat(isAllowed(chosen(choice), request)).isTrue();
    assertThat(chosen(choice)).doesNotHaveDuplicates();
    assertThat(choice.covered()).isEqualTo(covered(sets, chosen(choice)));
    assertThat(choice.picks().stream().mapToInt(Pick::gained).sum()).isEqualTo(choice.covered());
  }

  @Test
  void seatsAreFilledAsPlainGreedyWould() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      long[][] sets = sets(random, 40, 200);
      int seats = 1 + random.nextInt(12);
      Choice choice = Coverage.choose(sets, Request.seats(seats));
      assertThat(chosen(choice)).as("seed %s", seed).isEqualTo(slowGreedy(sets, seats));
      assertConsistent(sets, choice, Request.seats(seats));
    }
  }

  @Test
  void everyChoiceKeepsItsGuarantee() {
    double worst = 1;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(1000 + seed);
      long[][] sets = sets(random, SETS, 60);
      double[] costs = random.ints(SETS, 1, 10).asDoubleStream().toArray();
      int[] groups = random.ints(SETS, -1, 4).toArray();
      for (Request request :
          new Request[] {
            Request.seats(4),
            Request.seats(4).withGroups(groups, 1),
            Request.budget(costs, 12),
            Request.budget(costs, 12).withGroups(groups, 1),
            new Request(3, costs, 12, null, 0)
          }) {
        Choice choice = Coverage.choose(sets, request);
        assertConsistent(sets, choice, request);
        int optimum = optimum(sets, request);
        assertThat((double) choice.covered())
            .as("seed %s, %s", seed, request)
            .isGreaterThanOrEqualTo(request.guarantee(SETS) * optimum);
        worst = Math.min(worst, choice.covered() / (double) optimum);
      }
    }
    // Else the guarantees would be all that is tested.
    assertThat(worst).isGreaterThan(0.8);
  }

  /**
   * Per cost the one cheap account comes first and leaves no money for the large one: the choice
   * must be the better of both.
   */
  @Test
  void aCheapTrifleDoesNotKeepOutWhatIsWorthTheBudget() {
    long[][] sets = new long[Coverage.MOST_TRIED + 1][];
    double[] costs = new double[sets.length];
    for (int i = 0; i < sets.length; i++) {
      sets[i] = new long[] {1000, 1001};
      costs[i] = 1;
    }
    sets[20] = IntStream.range(0, 100).asLongStream().toArray();
    costs[20] = 100;
    Choice choice = Coverage.choose(sets, Request.budget(costs, 100));
    assertThat(choice.covered()).isEqualTo(100);
    assertThat(chosen(choice)).containsExactly(20);
    assertThat(Request.budget(costs, 100).guarantee(sets.length))
        .isEqualTo(1 - 1 / Math.sqrt(Math.E));
    assertThatThrownBy(
            () -> Coverage.choose(new long[][] {{1}}, Request.budget(new double[] {0}, 1)))
        .hasMessage("A cost must be above 0: 0.0");
  }

  @Test
  void aCommunityFillsAtMostItsSeats() {
    long[][] sets = {{1, 2, 3, 4}, {5, 6, 7}, {8, 9}, {10}, {11}};
    int[] groups = {0, 0, 0, 1, -1};
    assertThat(chosen(Coverage.choose(sets, Request.seats(3)))).containsExactly(0, 1, 2);
    assertThat(chosen(Coverage.choose(sets, Request.seats(3).withGroups(groups, 1))))
        .containsExactly(0, 3, 4);
    assertThat(chosen(Coverage.choose(sets, Request.seats(3).withGroups(groups, 2))))
        .containsExactly(0, 1, 3);
  }

  @Test
  void whatAddsNothingIsNotChosen() {
    long[][] sets = {{1, 2}, {2}, {0, Long.MAX_VALUE}, {}};
    assertThat(chosen(Coverage.choose(sets, Request.seats(4)))).containsExactly(0, 2);
    assertThat(Coverage.choose(new long[0][], Request.seats(4)).picks()).isEmpty();
  }

  @Test
  void aListIsTakenInItsOrderAsFarAsItMay() {
    long[][] sets = {{1, 2}, {2}, {3}, {4, 5}};
    double[] costs = {2, 2, 1, 5};
    Choice list = Coverage.inOrder(sets, new int[] {1, 0, 3, 2}, Request.budget(costs, 5));
    assertThat(chosen(list)).containsExactly(1, 0, 2);
    assertThat(list.covered()).isEqualTo(3);
    assertThat(list.cost()).isEqualTo(5);
  }

  /** Lazy evaluation is why a million candidates can be asked. */
  @Test
  void fewSetsAreCounted() {
    Random random = new Random(7);
    long[][] sets = sets(random, 5000, 3000);
    Choice choice = Coverage.choose(sets, Request.seats(10));
    assertThat(choice.counted()).isLessThan(10L * sets.length / 3);
  }

  /** A sample of the universe, the same for all sets, hardly changes what is reached. */
  @Test
  void aSampleOfTheUniverseReachesAsMuchWithinOnePercent() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      long[][] sets = sets(random, 300, 20_000);
      long[][] sampled = new long[sets.length][];
      long salt = random.nextLong();
      for (int i = 0; i < sets.length; i++) {
        sampled[i] =
            Arrays.stream(sets[i])
                .filter(m -> (mix(m + salt) >>> 1) < Long.MAX_VALUE / 4)
                .toArray();
      }
      int exact = Coverage.choose(sets, Request.seats(10)).covered();
      int[] chosen = chosen(Coverage.choose(sampled, Request.seats(10)));
      assertThat((double) covered(sets, chosen)).isGreaterThan(0.99 * exact);
    }
  }

  private static long mix(long number) {
    long z = number * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  @Test
  void aSetOfNumbersHoldsWhatWasPutIn() {
    Random random = new Random(3);
    LongSet ours = new LongSet();
    Set<Long> theirs = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      long number = i % 3 == 0 ? random.nextInt(2000) : (1L << 40) + random.nextInt(60_000);
      assertThat(ours.contains(number)).isEqualTo(theirs.contains(number));
      ours.add(number);
      theirs.add(number);
    }
    assertThat(ours.size()).isEqualTo(theirs.size());
    assertThat(ours.contains(0)).isTrue();
  }
}
