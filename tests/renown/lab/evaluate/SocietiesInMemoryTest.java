package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.kernels.rarity.RarityScale;
import renown.night.score.accounts.NightsInMemory;
import renown.tables.Interactions;

class SocietiesInMemoryTest {
  private static final long DAY = 86_400_000_000L;

  @TempDir Path folder;

  /**
   * Outcomes by a known model: its weights come back, none is negative, what tells nothing stays.
   */
  @Test
  void aPooledFitFindsTheWeightsThatMadeTheOutcomes() {
    Random random = new Random(4);
    List<PooledFit.Examples> sets = new java.util.ArrayList<>();
    for (int set = 0; set < 3; set++) {
      double[][] features = new double[2000][4];
      double[] outcome = new double[2000];
      // How much happens in a set is no matter.
      double level = Math.exp(set);
      for (int i = 0; i < outcome.length; i++) {
        for (int term = 0; term < 3; term++) {
          features[i][term] = random.nextGaussian();
        }
        features[i][3] = 1;
        double rate = level * Math.exp(features[i][0] + 0.5 * features[i][1] - features[i][2]);
        outcome[i] = poisson(random, rate);
      }
      sets.add(new PooledFit.Examples(features, outcome));
    }
    double[] weights =
        PooledFit.fit(
            sets, new double[] {0.1, 0.1, 0.1, 0.2}, new boolean[] {true, true, true, true});
    assertThat(weights[0] / weights[1]).isCloseTo(2, within(0.3));
    assertThat(weights[2]).isZero();
    assertThat(weights[3]).isCloseTo(0.2, within(1e-9));
    assertThat(PooledFit.fit(sets, new double[4], new boolean[] {false, true, true, true})[0])
        .isZero();
  }

  private static int poisson(Random random, double rate) {
    int count = 0;
    for (double left = Math.exp(-rate), at = random.nextDouble(); at > left; count++) {
      at *= random.nextDouble();
    }
    return count;
  }

  /** Ten messages, one a day: seven are known, and the outcome is who reacts in the rest. */
  @Test
  void eventsAreSplitAtTheEndOfTheNight() throws Exception {
    StringBuilder lines = new StringBuilder();
    int[][] pairs = {
      {1, 2}, {3, 2}, {1, 4}, {2, 1}, {1, 2}, {5, 4}, {5, 2}, {1, 2}, {3, 2}, {3, 4}, {6, 9}
    };
    for (int i = 0; i < pairs.length; i++) {
      lines.append(pairs[i][0] + " " + pairs[i][1] + " " + (1_600_000_000 + 86_400 * i) + "\n");
    }
    Path file = Files.writeString(folder.resolve("messages.txt"), lines);
    OpenSet set = OpenSet.read("m", file).get(0);
    assertThat(set.interactions.size()).isEqualTo(7);
    long[] times = set.interactions.longs(Interactions.HAPPENED_AT).toArray();
    long end = (OpenSet.NIGHT + 1) * 86_400_000_000L;
    assertThat(times[6]).isEqualTo(end - 86_400_000_000L);
    assertThat(set.judged()).hasSize(3);
    // 2 is reacted to by 1 and 3, 4 by 3, 1 by nobody; 9 is not known yet.
    double[] rest = Arrays.stream(set.judged()).mapToDouble(i -> set.rest[i]).toArray();
    assertThat(rest).containsExactlyInAnyOrder(2, 1, 0);
    Map<String, double[]> baselines =
        new Baselines(set.acts())
            .values(
                Arrays.stream(set.judged()).asLongStream().toArray(),
                new double[] {Double.NaN, Double.NaN, Double.NaN},
                new double[] {Double.NaN, Double.NaN, Double.NaN});
    assertThat(baselines.get("distinct past reactors")).containsExactlyInAnyOrder(3, 2, 1);
  }

  @Test
  void everyStrategyStaysWithinItsBudget() {
    java.util.SplittableRandom random = new java.util.SplittableRandom(7);
    for (int i = 0; i < 1000; i++) {
      RedTeamSuite.Strategy strategy = RedTeamSuite.Strategy.random(random).changed(random);
      double cost =
          strategy.made() * (0.1 + 0.05 * strategy.monthsWaited())
              + strategy.bought() * 5
              + strategy.deceived() * 2
              + strategy.friends() * 20;
      assertThat(cost).isLessThanOrEqualTo(1000.001);
      assertThat(strategy.made() + strategy.bought()).isBetween(0, 1000);
    }
  }

  /** Of each of a society of 400, points before and after fifty of them answer one another once. */
  @Test
  void fiftyWhoAnswerOneAnotherGainLittle() {
    SmallSociety society = new SmallSociety(1, 400, 1, null);
    long night = 20_120;
    SmallSociety.Rows rows = society.begin(20_001, night);
    society.live(rows, 20_001, night);
    NightsInMemory.Found before = found(rows, night);
    Integer[] middling =
        IntStream.range(0, 400)
            .boxed()
            .sorted(Comparator.comparingDouble(account -> before.attention()[account]))
            .toArray(Integer[]::new);
    int[] ring = IntStream.range(175, 225).map(place -> middling[place]).toArray();
    for (int one : ring) {
      for (int other : ring) {
        rows.act("reply", one, other, SmallSociety.post(other, night), (night + 1) * DAY - 1);
      }
    }
    NightsInMemory.Found after = found(rows, night);
    RarityScale scale = RedTeamSuite.scale(before);
    double most =
        Arrays.stream(ring)
            .mapToDouble(
                account ->
                    scale.score(Math.exp(after.attention()[account]))
                        - scale.score(Math.exp(before.attention()[account])))
            .max()
            .orElseThrow();
    assertThat(most).isLessThan(2);
  }

  private static NightsInMemory.Found found(SmallSociety.Rows rows, long night) {
    return new NightsInMemory(NightsInMemory.Settings.standard())
        .night(rows.profiles, rows.posts, rows.texts, rows.interactions, night);
  }

  /**
   * On a society that nothing was chosen on; by what the sample itself shows, the gate is missed.
   */
  @Test
  void aSampleGivesTheScoresOfTheWholeWithinTheirIntervals() {
    List<Measurement> measurements =
        DriftSuite.sample(DriftSuite.settings(NightsInMemory.Settings.standard()), 29);
    List<Measurement> shares =
        measurements.stream()
            .filter(one -> one.measure().equals("share within both intervals"))
            .toList();
    assertThat(shares).hasSize(2);
    assertThat(shares.get(0).value()).isLessThan(0.85);
    assertThat(shares.get(1).holds()).isTrue();
  }

  /**
   * For accounts that were made, bought or deceived into a farm nobody of the network vouches; what
   * 50 persons do who are paid to react is told from nobody else's reactions.
   */
  @Test
  void whatIsKnownOfAnAttackDecidesWhatItGains() {
    RedTeamSuite.Target target =
        new RedTeamSuite.Target(
            1, null, NightsInMemory.Settings.standard().withVouching(Set.of("bluesky")));
    Map<String, RedTeamSuite.Strategy> known = RedTeamSuite.known();
    for (String attack :
        List.of(
            "1,000 day-old accounts that claim three years",
            "200 bought accounts of three years",
            "1,000 accounts, 250 persons deceived")) {
      assertThat(target.gain(known.get(attack), 1)).as(attack).isBetween(-1.0, 3.0);
    }
    assertThat(target.gain(known.get("50 friends on every post"), 1)).isGreaterThan(3);
  }

  @Test
  void aSteadySocietyIsTheSameEachTime() {
    SmallSociety.Rows[] both = new SmallSociety.Rows[2];
    for (int i = 0; i < 2; i++) {
      SmallSociety society = new SmallSociety(3, 50, 1, null);
      both[i] = society.begin(10, 10);
      society.live(both[i], 10, 19);
    }
    assertThat(both[0].interactions.longs(Interactions.TARGET_KEY).toArray())
        .isEqualTo(both[1].interactions.longs(Interactions.TARGET_KEY).toArray())
        .hasSizeBetween(350, 650);
  }
}
