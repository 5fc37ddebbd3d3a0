package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctActorsTest {
  private static final double[] WEIGHTS = {0.3, 0.1, 0.05, 0.15, 0.2, 0.5, 0.4, 0, 0.25};

  /**
   * Somebody who does what another does.
   *
   * @param answered the share of its reactions that are returned
   */
  private record Newcomer(int like, double answered, double times) {}

  /** A graph whose edges hold random acts. */
  private static final class Given {
    private final EdgeGraph graph;
    private final DistinctActors.Acts acts;
    private final double[] credibility;
    private final double[] openShare;
    private final double[] parts;
    private final double[] fading;

    Given(long seed, int accounts, int rows) {
      graph = new RandomEdges(seed, accounts, rows).graph();
      Random random = new Random(seed);
      double[] reactions = new double[graph.edges()];
      double[] replies = new double[graph.edges()];
      double[] lists = new double[graph.edges()];
      parts = new double[graph.edges()];
      fading = new double[graph.edges()];
      boolean[] follows = new boolean[graph.edges()];
      for (int edge = 0; edge < graph.edges(); edge++) {
        reactions[edge] = random.nextInt(4) == 0 ? 0 : 3 * random.nextDouble();
        replies[edge] = random.nextBoolean() ? reactions[edge] / 2 : 0;
        lists[edge] = random.nextInt(5) == 0 ? 1 : 0;
        follows[edge] = random.nextBoolean();
        parts[edge] = random.nextDouble() / 10;
        fading[edge] = reactions[edge] / (1 + lists[edge]);
      }
      acts = new DistinctActors.Acts(reactions, replies, lists, follows);
      credibility = random.doubles(accounts, 0.01, 1).toArray();
      openShare = random.doubles(accounts, 0.1, 1).toArray();
    }

    DistinctActors actors() {
      return new DistinctActors(graph, acts, credibility, openShare);
    }

    /**
     * Reactors, audience, conversation, attestation, reactions, rank, what fades, credible actors,
     * reactors with one friend: pair by pair, each source so many times.
     */
    double[] slow(int account, double[] times) {
      return slow(account, times, new Newcomer(0, 0, 0));
    }

    /** How much of a source's reactions an account returned; 0 if there are none. */
    double answered(int source, int account) {
      int there = graph.find(source, account);
      int back = graph.find(account, source);
      return there < 0 || back < 0 || acts.reactions()[there] == 0
          ? 0
          : Math.min(acts.reactions()[back], acts.reactions()[there]) / acts.reactions()[there];
    }

    /** The same with somebody beside them. */
    double[] slow(int account, double[] times, Newcomer newcomer) {
      double unasked = 0;
      double returned = 0;
      double unaskedFollowing = 0;
      double returnedFollowing = 0;
      double conversation = 0;
      double attestation = 0;
      double reactions = 0;
      double rank = 0;
      double fades = 0;
      double fadesReturned = 0;
      double any = 0;
      for (int one = 0; one <= graph.accounts(); one++) {
        boolean isNew = one == graph.accounts();
        int source = isNew ? newcomer.like : one;
        int there = graph.find(source, account);
        if (there < 0) {
          continue;
        }
        int back = graph.find(account, source);
        double often = isNew ? newcomer.times : times[source];
        double worth = credibility[source] * often;
        double reacts = 1 - Math.exp(-acts.reactions()[there]);
        double answered = isNew ? newcomer.answered : answered(source, account);
        double follows = acts.follows()[there] ? 1 : 0;
        double counts = answered * openShare[account];
        unasked += worth * reacts * (1 - answered);
        returned += worth * reacts * counts;
        unaskedFollowing += worth * reacts * (1 - answered) * follows;
        returnedFollowing += worth * reacts * counts * follows;
        conversation +=
            back < 0
                ? 0
                : worth
                    * (1 - Math.exp(-acts.replies()[there]))
                    * (1 - Math.exp(-acts.replies()[back]));
        attestation += worth * (1 - Math.exp(-acts.lists()[there]));
        reactions += worth * acts.reactions()[there];
        rank += often * parts[there];
        fades += often * fading[there] * (1 - answered);
        fadesReturned += often * fading[there] * counts;
        any += worth * (1 - Math.exp(-acts.reactions()[there] - acts.lists()[there] - follows));
      }
      return new double[] {
        unasked + (unasked + 5) * returned / (unasked + 5 + returned),
        unaskedFollowing
            + (unaskedFollowing + 5)
                * returnedFollowing
                / (unaskedFollowing + 5 + returnedFollowing),
        unasked + conversation > 0 ? unasked * conversation / (unasked + conversation) : 0,
        attestation,
        reactions,
        rank,
        fades + (fades + 0.3) * fadesReturned / (fades + 0.3 + fadesReturned),
        any,
        unasked + (unasked + 1) * returned / (unasked + 1 + returned)
      };
    }

    /** A quantity that rises with all of them. */
    double quantity(int account, double[] times) {
      return quantity(account, times, new Newcomer(0, 0, 0));
    }

    private double quantity(int account, double[] times, Newcomer newcomer) {
      double[] values = slow(account, times, newcomer);
      double logarithm = 0;
      for (int i = 0; i < WEIGHTS.length; i++) {
        logarithm += WEIGHTS[i] * Math.log1p(values[i]);
      }
      return logarithm;
    }

    /** By how much the quantity rises with somebody new who does what another does. */
    double slope(int account, int like, double answered) {
      double[] once = new double[graph.accounts()];
      Arrays.fill(once, 1);
      return (quantity(account, once, new Newcomer(like, answered, 1e-5))
              - quantity(account, once, new Newcomer(like, answered, -1e-5)))
          / 2e-5;
    }

    DistinctActors.Chance variances() {
      DistinctActors actors = actors();
      double[] rank = new double[graph.accounts()];
      double[] fades = new double[graph.accounts()];
      double[] fadesReturned = new double[graph.accounts()];
      for (int edge = 0; edge < graph.edges(); edge++) {
        int back = graph.back(edge);
        double reactions = acts.reactions()[edge];
        double returned =
            back < 0 || reactions == 0
                ? 0
                : DistinctActors.returned(reactions, acts.reactions()[back]);
        rank[graph.destination(edge)] += parts[edge];
        fades[graph.destination(edge)] += fading[edge] * (1 - returned);
        fadesReturned[graph.destination(edge)] +=
            fading[edge] * returned * openShare[graph.destination(edge)];
      }
      return actors.variances(
          parts,
          fading,
          (account, slopes) -> {
            actors.addReactors(account, WEIGHTS[0] / (1 + actors.reactors(account)), slopes);
            actors.addAudience(account, WEIGHTS[1] / (1 + actors.audience(account)), slopes);
            actors.addConversation(
                account, WEIGHTS[2] / (1 + actors.conversation(account)), slopes);
            slopes[DistinctActors.ATTESTATION] += WEIGHTS[3] / (1 + actors.attestation(account));
            slopes[DistinctActors.REACTIONS] += WEIGHTS[4] / (1 + actors.reactions(account));
            slopes[DistinctActors.RANK] += WEIGHTS[5] / (1 + rank[account]);
            double unasked = fades[account];
            double returned = fadesReturned[account];
            double slope = WEIGHTS[6] / (1 + DistinctActors.earned(unasked, returned, 0.3));
            slopes[DistinctActors.FADING] +=
                slope * DistinctActors.earnedByUnasked(unasked, returned, 0.3);
            slopes[DistinctActors.RETURNED_FADING] +=
                slope * DistinctActors.earnedByReturned(unasked, returned, 0.3);
            actors.addEarnedReactors(
                account, WEIGHTS[8] / (1 + actors.earnedReactors(account)), slopes);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sumsAreThoseOfEveryPair(long seed) {
    Given given = new Given(seed, 60, 900);
    DistinctActors actors = given.actors();
    double[] once = new double[60];
    Arrays.fill(once, 1);
    for (int account = 0; account < 60; account++) {
      double[] slow = given.slow(account, once);
      assertThat(actors.reactors(account)).isCloseTo(slow[0], within(1e-4));
      assertThat(actors.audience(account)).isCloseTo(slow[1], within(1e-4));
      assertThat(actors.conversation(account)).isCloseTo(slow[2], within(1e-4));
      assertThat(actors.attestation(account)).isCloseTo(slow[3], within(1e-4));
      assertThat(actors.reactions(account)).isCloseTo(slow[4], within(1e-4));
      assertThat(actors.credibleActors(account)).isCloseTo(slow[7], within(1e-4));
      assertThat(actors.earnedReactors(account)).isCloseTo(slow[8], within(1e-4));
      assertThat(actors.worthOfReaction(account)).isBetween(0.0, 1.0);
    }
  }

  /**
   * Of every actor: what the quantity gains if there is a little more of it, squared. Of n that
   * react each is n times in n + 1 as it is, and else as often unasked as returned.
   */
  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void theVarianceIsTheSumOfTheSquaresOfWhatEachActorAdds(long seed) {
    Given given = new Given(seed, 60, 900);
    DistinctActors.Chance chance = given.variances();
    for (int account = 0; account < 60; account++) {
      int reacting = 0;
      for (int source = 0; source < 60; source++) {
        int there = given.graph.find(source, account);
        reacting += there >= 0 && given.acts.reactions()[there] > 0 ? 1 : 0;
      }
      double variance = 0;
      double fourth = 0;
      for (int source = 0; source < 60; source++) {
        double asItIs = given.slope(account, source, given.answered(source, account));
        double unasked = given.slope(account, source, 0);
        double returned = given.slope(account, source, 1);
        double square =
            (reacting * asItIs * asItIs + unasked * unasked / 2 + returned * returned / 2)
                / (reacting + 1);
        variance += square;
        fourth += square * square;
      }
      assertThat(chance.variances()[account]).isCloseTo(variance, within(1e-3 * variance + 1e-12));
      assertThat(chance.fourths()[account]).isCloseTo(fourth, within(2e-3 * fourth + 1e-12));
    }
    assertThat(Arrays.stream(chance.variances()).max().orElseThrow()).isGreaterThan(0.001);
  }

  /** Three whose attention is returned do not prove that nobody comes unasked; three hundred do. */
  @Test
  void fewActorsTellLittleOfHowManyComeUnasked() {
    double before = Double.POSITIVE_INFINITY;
    for (int actors : new int[] {3, 30, 300}) {
      double[] acts = new double[actors];
      Arrays.fill(acts, 3);
      DistinctActors all = one(acts, acts);
      double[] none = new double[2 * actors];
      DistinctActors.Chance chance =
          all.variances(none, none, (account, slopes) -> all.addEarnedReactors(account, 1, slopes));
      double presence = 1 - Math.exp(-3);
      double returned = actors * presence;
      double more = presence / (1 + returned) / (1 + returned);
      double unasked = presence * (1 + Math.pow(returned / (1 + returned), 2));
      double expected =
          actors
              * (actors * more * more + unasked * unasked / 2 + more * more / 2)
              / (actors + 1.0);
      assertThat(chance.variances()[0]).isCloseTo(expected, within(1e-4));
      // Nearly two units come with half an actor: little beside what a hundred bring, not three.
      double relative = Math.sqrt(chance.variances()[0]) / (1 + returned);
      assertThat(relative).isLessThan(before);
      before = relative;
    }
    assertThat(before).isLessThan(0.01);
  }

  /** With some thirty actors and more, 2,000 samples of people spread as the formula says. */
  @Test
  void theVarianceIsThatOfALargeBootstrap() {
    int accounts = 120;
    int samples = 2000;
    Given given = new Given(7, accounts, 9000);
    double[] variances = given.variances().variances();
    PoissonDistribution poisson =
        new PoissonDistribution(
            new Well19937c(7),
            1,
            PoissonDistribution.DEFAULT_EPSILON,
            PoissonDistribution.DEFAULT_MAX_ITERATIONS);
    double[] sums = new double[accounts];
    double[] squares = new double[accounts];
    for (int sample = 0; sample < samples; sample++) {
      double[] times = Arrays.stream(poisson.sample(accounts)).asDoubleStream().toArray();
      for (int account = 0; account < accounts; account++) {
        double quantity = given.quantity(account, times);
        sums[account] += quantity;
        squares[account] += quantity * quantity;
      }
    }
    int compared = 0;
    for (int account = 0; account < accounts; account++) {
      int actors = given.graph.endIn(account) - given.graph.firstIn(account);
      if (actors >= 30) {
        double mean = sums[account] / samples;
        double deviation = Math.sqrt(squares[account] / samples - mean * mean);
        assertThat(Math.sqrt(variances[account])).isCloseTo(deviation, within(0.12 * deviation));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(20);
  }

  private static double[] open(int accounts) {
    double[] open = new double[accounts];
    Arrays.fill(open, 1);
    return open;
  }

  private static DistinctActors one(double[] there, double[] back) {
    return one(there, back, open(there.length + 1));
  }

  private static DistinctActors one(double[] there, double[] back, double[] openShare) {
    int partners = there.length;
    int[] sources = new int[2 * partners];
    int[] destinations = new int[2 * partners];
    for (int i = 0; i < partners; i++) {
      sources[2 * i] = i + 1;
      destinations[2 * i + 1] = i + 1;
    }
    EdgeGraph.Numbered numbered = EdgeGraph.of(partners + 1, sources, destinations);
    double[] acts = new double[2 * partners];
    for (int i = 0; i < partners; i++) {
      acts[numbered.edgeOfRow()[2 * i]] = there[i];
      acts[numbered.edgeOfRow()[2 * i + 1]] = back[i];
    }
    double[] credible = new double[partners + 1];
    Arrays.fill(credible, 1);
    return new DistinctActors(
        numbered.graph(), new DistinctActors.Acts(acts, acts, null, null), credible, openShare);
  }

  @Test
  void aHundredActsOfOneCountLittleMoreThanThree() {
    double[] none = {0};
    assertThat(one(new double[] {1}, none).reactors(0)).isCloseTo(0.632, within(1e-3));
    assertThat(one(new double[] {3}, none).reactors(0)).isCloseTo(0.950, within(1e-3));
    assertThat(one(new double[] {100}, none).reactors(0)).isCloseTo(1, within(1e-3));
  }

  /** A hundred who trade with it are worth what it has unasked and five, and are never a loss. */
  @Test
  void tradingAtMostDoublesWhatCameUnasked() {
    double before = 0;
    double presence = 1 - Math.exp(-5);
    for (int traders = 0; traders <= 200; traders += 20) {
      double[] there = new double[3 + traders];
      double[] back = new double[3 + traders];
      Arrays.fill(there, 5);
      Arrays.fill(back, 3, back.length, 5);
      DistinctActors actors = one(there, back);
      double unasked = 3 * presence;
      assertThat(actors.reactors(0)).isBetween(Math.max(before, unasked - 1e-4), 2 * unasked + 5);
      assertThat(actors.earnedReactors(0)).isBetween(unasked - 1e-4, 2 * unasked + 1);
      assertThat(actors.conversation(0)).isLessThan(unasked + 1e-4);
      before = actors.reactors(0);
    }
  }

  /** Fifty who answer one another and nobody else are worth five, where fifty friends are fifty. */
  @Test
  void aClosedCircleCountsAsFarAsItIsOpen() {
    double[] acts = new double[50];
    Arrays.fill(acts, 5);
    double returned = 50 * (1 - Math.exp(-5));
    for (double open : new double[] {1, 0.5, 0.1}) {
      double[] openShare = new double[51];
      Arrays.fill(openShare, open);
      DistinctActors actors = one(acts, acts, openShare);
      double counts = open * returned;
      assertThat(actors.reactors(0)).isCloseTo(5 * counts / (5 + counts), within(1e-3));
      assertThat(actors.earnedReactors(0)).isCloseTo(counts / (1 + counts), within(1e-3));
      assertThat(actors.countedShare(0)).isCloseTo(open, within(1e-6));
      // Who comes unasked counts in full.
      assertThat(one(acts, new double[50], openShare).reactors(0))
          .isCloseTo(returned, within(1e-3));
      assertThat(one(acts, new double[50], openShare).countedShare(0)).isEqualTo(1);
    }
  }

  /** Other numbers of accounts, another order of rows: not a bit of any sum changes. */
  @Test
  void neitherNamesNorOrderChangeASum() {
    int accounts = 40;
    Random random = new Random(4);
    double[] credibility = random.doubles(accounts).toArray();
    int rows = 600;
    int[] sources = new int[rows];
    int[] destinations = new int[rows];
    for (int row = 0; row < rows; row++) {
      sources[row] = random.nextInt(accounts);
      destinations[row] = (sources[row] + 1 + random.nextInt(accounts - 1)) % accounts;
    }
    long[] units = random.longs(rows, 0, 1L << 31).toArray();
    double[] mirrored = new double[accounts];
    int[] mirroredSources = new int[rows];
    int[] mirroredDestinations = new int[rows];
    long[] mirroredUnits = new long[rows];
    for (int account = 0; account < accounts; account++) {
      mirrored[accounts - 1 - account] = credibility[account];
    }
    for (int row = 0; row < rows; row++) {
      int other = rows - 1 - row;
      mirroredSources[other] = accounts - 1 - sources[row];
      mirroredDestinations[other] = accounts - 1 - destinations[row];
      mirroredUnits[other] = units[row];
    }
    DistinctActors one = of(accounts, sources, destinations, units, credibility);
    DistinctActors other =
        of(accounts, mirroredSources, mirroredDestinations, mirroredUnits, mirrored);
    for (int account = 0; account < accounts; account++) {
      int its = accounts - 1 - account;
      assertThat(other.reactors(its)).isEqualTo(one.reactors(account));
      assertThat(other.conversation(its)).isEqualTo(one.conversation(account));
      assertThat(other.credibleActors(its)).isEqualTo(one.credibleActors(account));
    }
  }

  private static DistinctActors of(
      int accounts, int[] sources, int[] destinations, long[] units, double[] credibility) {
    EdgeGraph.Numbered numbered = EdgeGraph.of(accounts, sources, destinations);
    double[] acts = Arrays.stream(numbered.sum(units)).mapToDouble(u -> u * 0x1p-30).toArray();
    return new DistinctActors(
        numbered.graph(),
        new DistinctActors.Acts(acts, acts, acts, null),
        credibility,
        open(accounts));
  }
}
