package renown.kernels.cascades;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import renown.kernels.cascades.AuthorPrior.Forecast;
import renown.kernels.cascades.AuthorPrior.Totals;

class AuthorPriorTest {
  /** The tail against adding up the distribution, term by term. */
  @Test
  void theTailIsThatOfTheNegativeBinomialDistribution() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      double mean = 0.05 + 20 * random.nextDouble();
      double size = 0.1 + 10 * random.nextDouble();
      Forecast forecast = new Forecast(mean, size);
      double term = Math.pow(size / (size + mean), size);
      double below = 0;
      for (int count = 0; count < 40; count++) {
        assertThat(forecast.tail(count)).isCloseTo(1 - below, within(1e-9));
        below += term;
        term *= (count + size) / (count + 1) * mean / (mean + size);
      }
    }
    assertThat(new Forecast(2, 1).tail(0)).isEqualTo(1);
    assertThat(new Forecast(2, 1).tail(-3)).isEqualTo(1);
    // With a size of 1 it is the geometric distribution, however far the tail.
    assertThat(new Forecast(1, 1).tail(300)).isCloseTo(Math.pow(2, -300), within(1e-98));
  }

  @Test
  void authorsThatDifferAndPostsThatDifferAreToldApart() {
    double[][] planted = {{3, 2, 1}, {10, 1, 3}, {1, 4, 0.7}};
    for (int i = 0; i < planted.length; i++) {
      Totals totals = simulated(planted[i][0], planted[i][1], planted[i][2], 4000, i);
      AuthorPrior prior = AuthorPrior.fit(totals, totals);
      assertThat(prior.mean()).isCloseTo(planted[i][0], within(0.1 * planted[i][0]));
      assertThat(prior.postShape()).isCloseTo(planted[i][1], within(0.25 * planted[i][1]));
      assertThat(prior.authorShape()).isCloseTo(planted[i][2], within(0.25 * planted[i][2]));
    }
  }

  /** Authors with 1 to 10 posts each, both levels gamma, counts Poisson. */
  private static Totals simulated(
      double mean, double postShape, double authorShape, int authors, long seed) {
    RandomGenerator random = new Well19937c(seed);
    GammaDistribution ofAuthors = new GammaDistribution(random, authorShape, mean / authorShape);
    GammaDistribution ofPosts = new GammaDistribution(random, postShape, 1 / postShape);
    Totals totals = Totals.NOTHING;
    for (int a = 0; a < authors; a++) {
      double rate = ofAuthors.sample();
      int posts = 1 + random.nextInt(10);
      double sum = 0;
      double squares = 0;
      for (int p = 0; p < posts; p++) {
        double postRate = rate * ofPosts.sample();
        int count =
            postRate > 0 ? new PoissonDistribution(random, postRate, 1e-12, 10000).sample() : 0;
        sum += count;
        squares += (double) count * count;
      }
      totals =
          totals.plus(
              new Totals(1, posts, sum, squares, sum * sum / posts, (double) posts * posts));
    }
    return totals;
  }

  @Test
  void theRecordCountsTheMoreTheLongerItIs() {
    AuthorPrior prior = new AuthorPrior(4, 2, 1);
    assertThat(prior.forecast(0, 0).mean()).isEqualTo(4);
    double before = 4;
    for (int posts = 1; posts < 200; posts *= 2) {
      double mean = prior.forecast(posts, 20.0 * posts).mean();
      assertThat(mean).isGreaterThan(before).isLessThan(20);
      assertThat(prior.forecast(posts, 20.0 * posts).size())
          .isGreaterThan(prior.forecast(posts / 2, 10.0 * posts).size() - 1e-12)
          .isLessThanOrEqualTo(2);
      before = mean;
    }
    assertThat(before).isGreaterThan(19);
    // Authors that hardly differ are all like the mean.
    assertThat(new AuthorPrior(4, 2, 1e4).forecast(5, 100).mean()).isCloseTo(4, within(0.1));
  }

  /** Where posts of one author differ by chance alone it is the conjugate case, exactly. */
  @Test
  void theForecastIsThatOfGammaAndPoisson() {
    double mean = 0.8;
    double shape = 0.4;
    AuthorPrior prior = new AuthorPrior(mean, 1e12, shape);
    for (int posts = 0; posts < 6; posts++) {
      for (int sum = 0; sum < 12; sum++) {
        Forecast forecast = prior.forecast(posts, sum);
        assertThat(forecast.size()).isCloseTo(shape + sum, within(1e-6));
        assertThat(forecast.mean()).isCloseTo((shape + sum) / (shape / mean + posts), within(1e-9));
      }
    }
  }

  /**
   * How often the second post of an author draws much, after a first one that drew nothing, a
   * little and much: drawn at random as planted, against what the forecast says.
   */
  @Test
  void whatTheFirstPostDrewTellsHowFarTheSecondMayGo() {
    AuthorPrior prior = new AuthorPrior(1, 2.5, 0.5);
    RandomGenerator random = new Well19937c(3);
    GammaDistribution ofAuthors = new GammaDistribution(random, 0.5, 2);
    GammaDistribution ofPosts = new GammaDistribution(random, 2.5, 0.4);
    long[][] groups = {{0, 0, 5}, {3, 6, 12}, {7, 14, 25}};
    double[] authors = new double[groups.length];
    double[] reached = new double[groups.length];
    double[] told = new double[groups.length];
    for (int a = 0; a < 1_000_000; a++) {
      double rate = ofAuthors.sample();
      long first = poisson(rate * ofPosts.sample(), random);
      long second = poisson(rate * ofPosts.sample(), random);
      for (int g = 0; g < groups.length; g++) {
        if (first >= groups[g][0] && first <= groups[g][1]) {
          authors[g]++;
          reached[g] += second >= groups[g][2] ? 1 : 0;
          told[g] += prior.forecast(1, first).tail(groups[g][2]);
        }
      }
    }
    for (int g = 0; g < groups.length; g++) {
      assertThat(reached[g]).as("group " + g).isGreaterThan(100);
      assertThat(told[g] / reached[g]).as("group " + g).isBetween(0.6, 1.7);
    }
  }

  /** Knuth's method: enough for small means. */
  private static long poisson(double mean, RandomGenerator random) {
    double limit = Math.exp(-mean);
    long count = -1;
    for (double product = 1; product > limit || count < 0; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  @Test
  void fewAuthorsBorrowFromAllAndNothingIsNeverImpossible() {
    Totals all = simulated(3, 2, 1, 500, 9);
    AuthorPrior few = AuthorPrior.fit(new Totals(1, 2, 200, 20_000, 20_000, 4), all);
    assertThat(few.mean()).isBetween(25.0, 35.0);
    assertThat(few.postShape()).isEqualTo(AuthorPrior.fit(all, all).postShape());
    AuthorPrior none = AuthorPrior.fit(Totals.NOTHING, new Totals(3, 3, 0, 0, 0, 3));
    assertThat(none.mean()).isGreaterThan(0);
    assertThat(none.forecast(10, 0).tail(1)).isBetween(0.0, 0.1);
    assertThat(none.forecast(0, 0).tail(1)).isBetween(0.0, 0.1);
  }
}
