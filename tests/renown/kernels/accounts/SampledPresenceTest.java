package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.testing.Graphs;

class SampledPresenceTest {
  private static final double SECONDS_PER_WEEK = 7 * 86_400;

  /** Weeks of a negative binomial, whose sample is one of the same dispersion. */
  @Test
  void theWholeFollowsFromTheSampleByTheDistributionItself() {
    for (double dispersion : new double[] {0.05, 0.5, 3, 1e4}) {
      for (double mean : new double[] {0.01, 0.3, 2, 40}) {
        for (double sampleShare : new double[] {0.01, 0.3, 1}) {
          double whole = -Math.expm1(-dispersion * Math.log1p(mean / dispersion));
          double seen = -Math.expm1(-dispersion * Math.log1p(sampleShare * mean / dispersion));
          assertThat(SampledPresence.share(seen, dispersion, sampleShare))
              .isCloseTo(whole, within(1e-9));
        }
      }
    }
    // Acts that come evenly: a week of them is empty with exp(-mean).
    assertThat(SampledPresence.share(1 - Math.exp(-0.02), 1e4, 0.01))
        .isCloseTo(1 - Math.exp(-2), within(1e-4));
  }

  @Test
  void nothingSeenIsNothingAndNoDispersionIsTooSmall() {
    for (double dispersion : new double[] {1e-3, 1, 1e4}) {
      assertThat(SampledPresence.share(0, dispersion, 0.01)).isZero();
      assertThat(SampledPresence.share(1, dispersion, 0.01)).isEqualTo(1);
      assertThat(SampledPresence.share(0.9, dispersion, 1)).isCloseTo(0.9, within(1e-9));
      double before = 0;
      for (int i = 0; i <= 1000; i++) {
        double share = SampledPresence.share(i / 1000.0, dispersion, 0.01);
        assertThat(share).isBetween(Math.max(before, i / 1000.0 - 1e-9), 1.0);
        before = share;
      }
    }
  }

  /** The probability that an urn leaves a week out, act by act. */
  private static double empty(int weeks, int acts, double dispersion) {
    double empty = 1;
    for (int act = 0; act < acts; act++) {
      empty *= ((weeks - 1) * dispersion + act) / (weeks * dispersion + act);
    }
    return empty;
  }

  @Test
  void theDispersionIsThatWithWhichAsManyWeeksAreExpected() {
    double[] weeks = {2, 10, 26, 26, 1};
    double[] acts = {3, 1, 40, 7, 5};
    for (double dispersion : new double[] {0.02, 0.4, 5}) {
      double[] seen = new double[weeks.length];
      for (int i = 0; i < seen.length; i++) {
        seen[i] = weeks[i] * (1 - empty((int) weeks[i], (int) acts[i], dispersion));
      }
      assertThat(SampledPresence.dispersion(weeks, acts, seen) / dispersion)
          .isCloseTo(1, within(1e-6));
    }
    // More weeks than any dispersion explains, and fewer.
    assertThat(SampledPresence.dispersion(weeks, acts, acts)).isGreaterThan(9999);
    assertThat(SampledPresence.dispersion(weeks, acts, new double[5])).isLessThan(0.0011);
  }

  /** Of people who write to one another and who rate one another, samples of half to 3 %. */
  @Test
  void onRealEventsItIsNearerToTheWholeThanWhatTheSampleShows() throws Exception {
    for (String file : List.of("CollegeMsg.txt", "bitcoin-otc.csv")) {
      List<double[]> acts = new ArrayList<>();
      Map<String, Integer> numbers = new HashMap<>();
      for (String line : Files.readAllLines(Graphs.realData("interactions/" + file))) {
        String[] parts = line.split("[ ,]");
        if (Character.isDigit(parts[0].charAt(0))) {
          numbers.putIfAbsent(parts[0], numbers.size());
          acts.add(
              new double[] {numbers.get(parts[0]), Double.parseDouble(parts[parts.length - 1])});
        }
      }
      acts.sort((one, other) -> Double.compare(one[1], other[1]));
      double end = acts.get(acts.size() - 1)[1];
      Seen whole = new Seen(numbers.size());
      acts.forEach(act -> whole.add(act[0], act[1]));
      for (double sampleShare : new double[] {0.5, 0.3, 0.1, 0.03}) {
        double asSeen = 0;
        double estimated = 0;
        for (int seed = 0; seed < 5; seed++) {
          Seen part = new Seen(numbers.size());
          Random random = new Random(seed);
          for (double[] act : acts) {
            if (random.nextDouble() < sampleShare) {
              part.add(act[0], act[1]);
            }
          }
          double dispersion =
              SampledPresence.dispersion(part.weeks(end), part.counts, part.seenWeeks());
          for (int account = 0; account < numbers.size(); account++) {
            if (part.counts[account] > 0) {
              double truth = whole.share(account, end);
              double seen = part.share(account, end);
              double estimate = SampledPresence.share(seen, dispersion, sampleShare);
              asSeen += (seen - truth) * (seen - truth);
              estimated += (estimate - truth) * (estimate - truth);
            }
          }
        }
        assertThat(estimated).as("%s, %s", file, sampleShare).isLessThan(asSeen);
      }
    }
  }

  /** When accounts acted. */
  private static final class Seen {
    private final double[] first;
    private final double[] counts;
    private final List<Set<Long>> weeks = new ArrayList<>();

    Seen(int accounts) {
      first = new double[accounts];
      counts = new double[accounts];
      for (int i = 0; i < accounts; i++) {
        weeks.add(new HashSet<>());
      }
    }

    void add(double number, double at) {
      int account = (int) number;
      first[account] = counts[account]++ == 0 ? at : first[account];
      weeks.get(account).add((long) (at / SECONDS_PER_WEEK));
    }

    /** Of an account that was not seen, one. */
    private double weeks(int account, double end) {
      return counts[account] == 0 ? 1 : (end - first[account]) / SECONDS_PER_WEEK + 1;
    }

    double share(int account, double end) {
      return Math.min(1, weeks.get(account).size() / weeks(account, end));
    }

    double[] weeks(double end) {
      double[] all = new double[counts.length];
      Arrays.setAll(all, account -> weeks(account, end));
      return all;
    }

    double[] seenWeeks() {
      return weeks.stream().mapToDouble(Set::size).toArray();
    }
  }
}
