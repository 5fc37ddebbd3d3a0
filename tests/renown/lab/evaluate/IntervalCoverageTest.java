package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import renown.lab.evaluate.IntervalCoverage.Estimate;
import renown.lab.evaluate.IntervalCoverage.Network;
import renown.lab.evaluate.IntervalCoverage.Pair;
import renown.lake.ColumnRows;
import renown.night.score.accounts.NightsInMemory;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.TableColumn;
import renown.testing.Graphs;

class IntervalCoverageTest {
  /** On real events, of halves that nothing was chosen by. */
  @Test
  void nineInTenAreCoveredInEachThirdByNumberOfActors() throws Exception {
    for (String file : List.of("CollegeMsg.txt", "bitcoin-otc.csv")) {
      OpenSet set = OpenSet.read("x", Graphs.realData("interactions/" + file)).get(0);
      List<IntervalCoverage> splits =
          IntStream.range(IntervalSuite.FIRST_SPLIT, IntervalSuite.FIRST_SPLIT + 2)
              .mapToObj(split -> IntervalCoverage.of(IntervalSuite.of(set), split))
              .toList();
      List<Measurement> measurements = IntervalSuite.measurements(file, splits);
      assertThat(splits.get(0).accounts()).isGreaterThan(600);
      assertThat(measurements).filteredOn(one -> one.gate().isPresent()).hasSize(8);
      assertThat(measurements).allMatch(Measurement::holds);
    }
  }

  private static Estimate estimate(double logarithm, double deviation, double freedom, int actors) {
    return new Estimate(
        logarithm, deviation * deviation, freedom, Double.NEGATIVE_INFINITY, actors, 1);
  }

  /** Two samples of each of many normal distributions, whose variance is told by the sample. */
  @Test
  void intervalsOfTheRightWidthCoverNineOfTenWhereFewTellTheVariance() {
    Random random = new Random(1);
    Map<Double, Double> shares = Map.of(1.0, 0.9, 0.5, 0.589, 2.0, 0.996);
    for (int size : new int[] {4, 60}) {
      shares.forEach(
          (widths, share) -> {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < 6000; i++) {
              double deviation = 0.1 + random.nextDouble();
              Estimate[] halves = new Estimate[2];
              for (int half = 0; half < 2; half++) {
                double[] sample =
                    IntStream.range(0, size)
                        .mapToDouble(any -> deviation * random.nextGaussian())
                        .toArray();
                double mean = Arrays.stream(sample).average().orElseThrow();
                double variance =
                    Arrays.stream(sample).map(x -> (x - mean) * (x - mean)).sum() / (size - 1);
                halves[half] = estimate(mean, widths * Math.sqrt(variance / size), size - 1, 50);
              }
              pairs.add(new Pair("account" + i, halves[0], halves[1]));
            }
            double slack = widths == 1 ? 0.015 : size == 4 ? 0.06 : 0.02;
            assertThat(IntervalCoverage.of(pairs).share()).isCloseTo(share, within(slack));
          });
    }
  }

  @Test
  void thirdsAreByHowManyActedAndThoseWithoutReactionsAreLeftOut() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      // Those with many actors lie apart; their names would sort first.
      pairs.add(
          new Pair(
              "account" + (9 - i),
              estimate(2, 0.1, 100, 5 + i),
              estimate(i < 6 ? 2.05 : 4, 0.1, 100, 5 + i)));
    }
    pairs.add(new Pair("few", estimate(0, 1, 9, 2), estimate(0, 1, 9, 3)));
    pairs.add(new Pair("silent", new Estimate(0, 0, 9, 0, 9, 0), new Estimate(0, 0, 9, 0, 9, 0)));
    IntervalCoverage coverage = IntervalCoverage.of(pairs);
    assertThat(coverage.accounts()).isEqualTo(9);
    assertThat(coverage.share()).isCloseTo(6 / 9.0, within(1e-9));
    assertThat(coverage.shareByThird()).containsExactly(1, 1, 0);
    Measurement first = IntervalSuite.measurements("n", List.of(coverage)).get(1);
    assertThat(first.gate()).as("too few for a gate").isEmpty();
    assertThat(first.value()).isCloseTo(6 / 9.0, within(1e-9));
  }

  @Test
  void whatNobodyDecidesIsCoveredWhereItIsTheSame() {
    Estimate fixed = new Estimate(1, 0, Double.POSITIVE_INFINITY, 1, 4, 1);
    assertThat(new Pair("a", fixed, fixed).isCovered()).isTrue();
    assertThat(new Pair("a", fixed, new Estimate(1.1, 0, 9, 1.1, 4, 1)).isCovered()).isFalse();
    // Nobody reacted in the lower half: its interval reaches up to where some would.
    Estimate nobody = new Estimate(0, 0, Double.POSITIVE_INFINITY, 2, 4, 0);
    assertThat(new Pair("a", estimate(1.9, 0.01, 100, 4), nobody).isCovered()).isTrue();
    assertThat(new Pair("a", estimate(2.1, 0.01, 100, 4), nobody).isCovered()).isFalse();
  }

  /** Forty accounts like and follow account 0; 7 takes its like back. */
  @Test
  void eachAccountActsOnOthersInOneHalfAndOnNobodyInTheOther() {
    ColumnRows profiles = new ColumnRows(NightsInMemory.PROFILES);
    ColumnRows acts = new ColumnRows(NightsInMemory.INTERACTIONS);
    for (long actor = 0; actor <= 40; actor++) {
      for (TableColumn column : NightsInMemory.PROFILES) {
        if (column.equals(Accounts.ACCOUNT_KEY)) {
          profiles.longs(column).add(actor);
        } else if (column.equals(Accounts.ACCOUNT_ID)) {
          profiles.texts(column).add("id" + actor);
        } else {
          profiles.addNone(column);
        }
      }
      if (actor > 0) {
        add(acts, "like", actor, "post", 1);
        add(acts, "follow", actor, null, 1);
      }
    }
    add(acts, "like", 7, "post", -1);
    ColumnRows none = new ColumnRows(NightsInMemory.POSTS);
    ColumnRows texts = new ColumnRows(NightsInMemory.TEXTS);
    Network network = new Network(profiles, none, texts, acts, 20_000);
    List<Set<Long>> actors = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      Network sample = IntervalCoverage.sample(network, 3, half, -1);
      ColumnRows its = sample.interactions();
      assertThat(its.size()).isEqualTo(81);
      assertThat(sample.profiles().size()).isEqualTo(42);
      Set<Long> onOthers = new TreeSet<>();
      Set<Long> onNobody = new TreeSet<>();
      for (int row = 0; row < its.size(); row++) {
        boolean isReal = its.longs(Interactions.TARGET_KEY).get(row) == 0;
        (isReal ? onOthers : onNobody).add(its.longs(Interactions.ACTOR_KEY).get(row));
        boolean isFollow = its.texts(Interactions.VERB).get(row).equals("follow");
        assertThat(its.texts(Interactions.OBJECT_ID).get(row))
            .isEqualTo(isFollow ? null : isReal ? "post" : "nobody-post");
      }
      // A fair coin gives fewer than 8 or more than 32 of 40 once in some 20,000 times.
      assertThat(onOthers).hasSizeBetween(8, 32).doesNotContainAnyElementsOf(onNobody);
      actors.add(onOthers);
    }
    assertThat(actors.get(0)).doesNotContainAnyElementsOf(actors.get(1));
    assertThat(actors.get(0).size() + actors.get(1).size()).isEqualTo(40);
  }

  private static void add(ColumnRows acts, String verb, long actor, String object, long change) {
    acts.texts(Interactions.NETWORK).add("x");
    acts.texts(Interactions.VERB).add(verb);
    acts.longs(Interactions.ACTOR_KEY).add(actor);
    acts.longs(Interactions.TARGET_KEY).add(0);
    if (object == null) {
      acts.texts(Interactions.OBJECT_ID).addNull();
    } else {
      acts.texts(Interactions.OBJECT_ID).add(object);
    }
    acts.longs(Interactions.HAPPENED_AT).add(0);
    acts.longs(Interactions.CHANGE).add(change);
  }
}
