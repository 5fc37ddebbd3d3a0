package renown.kernels.rarity;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Turns earned attention into points: {@code 12.5 * log10(1 / share of the reference population
 * that earns at least as much)}, so 12.5 is the top 10 %, 25 the top 1 %, 100 one in 10^8.
 *
 * <p>The population is a histogram in steps of 2^(1/64), 1.1 %. Within it, shares are interpolated
 * between the edges of steps on logarithmic axes. Beyond the point that only {@link #tailCount}
 * accounts reach, where single accounts would decide, a power law takes over whose exponent is the
 * maximum likelihood estimate over those accounts (Hill 1975; Clauset, Shalizi, Newman, "Power-law
 * distributions in empirical data", SIAM Review 2009, section 3.1). Points rise with earned
 * attention everywhere, without a jump.
 *
 * <p>A law that its accounts contradict is not used: logarithms of a power law are exponential, and
 * whether they are is tested at the level of 1 % by the distance of the fit (Stephens, "EDF
 * Statistics for Goodness of Fit", JASA 1974, table 1.2). The law is then tried on ever fewer
 * accounts, so that many with the same attention do not pass for a tail; if none is left of {@value
 * #SMALLEST_TAIL}, shares are those by place up to the greatest account, and only beyond it does
 * the law of those above the tie go on.
 *
 * <p>A population may be measured against itself alone, as those of topics are. Then nobody lies
 * beyond it, and if it is small or one account is far ahead of few others, the power law would
 * claim what so few cannot show: there nobody is more than {@value #RARER_THAN_PLACE} times as rare
 * as its place among them says.
 */
public final class RarityScale implements Serializable {
  /** Steps per doubling of earned attention. */
  public static final int STEPS_PER_DOUBLING = 64;

  private static final double POINTS_PER_DECADE = 12.5;
  private static final double MOST_POINTS = 100;
  private static final int LARGEST_TAIL = 50;
  private static final int SMALLEST_TAIL = 10;

  /**
   * An exponent outside of these means that the tail is not a power law; none has been observed.
   */
  private static final double LEAST_EXPONENT = 0.3;

  private static final double GREATEST_EXPONENT = 10;

  /** Of the modified distance, beyond which one in a hundred exponential samples lies. */
  private static final double GREATEST_DISTANCE = 1.308;

  private static final double RARER_THAN_PLACE = 10;

  private final double[] edges;
  private final double[] shares;
  private final double tailStart;
  private final double tailShare;
  private final double tailExponent;
  private final double tailDistance;
  private final long tailCount;
  private final long population;

  /** Shares by place are divided by it for the least that is claimed; infinite where all is. */
  private final double rarerThanPlace;

  /**
   * The scale of a population to be kept, for accounts of later nights as well.
   *
   * @param steps the steps that hold accounts, rising
   * @param counts accounts in each, above 0
   * @throws IllegalArgumentException if there is no account
   */
  public RarityScale(long[] steps, long[] counts) {
    this(steps, counts, 0, Double.POSITIVE_INFINITY);
  }

  /**
   * The scale of a population for its own accounts.
   *
   * @param steps the steps that hold accounts who earned something, rising
   * @param counts accounts in each, above 0
   * @param withoutCount accounts who earned nothing: they are of the population, but tell nothing
   *     of its tail
   * @throws IllegalArgumentException if nobody earned anything
   */
  public static RarityScale ofItself(long[] steps, long[] counts, long withoutCount) {
    return new RarityScale(steps, counts, withoutCount, RARER_THAN_PLACE);
  }

  private RarityScale(long[] steps, long[] counts, long withoutCount, double rarerThanPlace) {
    if (steps.length == 0) {
      throw new IllegalArgumentException("A population without accounts has no scale.");
    }
    this.rarerThanPlace = rarerThanPlace;
    long[] atLeast = new long[steps.length];
    long above = 0;
    for (int i = steps.length - 1; i >= 0; i--) {
      above += counts[i];
      atLeast[i] = above;
    }
    population = above + withoutCount;
    edges = Arrays.stream(steps).mapToDouble(RarityScale::edge).toArray();
    shares = Arrays.stream(atLeast).mapToDouble(count -> (double) count / population).toArray();

    long wanted = Math.max(SMALLEST_TAIL, Math.min(LARGEST_TAIL, population / 100));
    int tail = 0;
    while (tail + 1 < steps.length && atLeast[tail + 1] >= wanted) {
      tail++;
    }
    Law law = new Law(steps, counts, atLeast, tail);
    while (law.isRefused() && tail + 1 < steps.length && atLeast[tail + 1] >= SMALLEST_TAIL) {
      tail++;
      law = new Law(steps, counts, atLeast, tail);
    }
    tailDistance = law.distance;
    if (law.isRefused()) {
      tailExponent = exponent(steps, counts, tail + 1, edge(steps[tail] + 1));
      tail = steps.length - 1;
    } else {
      tailExponent = law.exponent;
    }
    tailStart = edges[tail];
    tailShare = shares[tail];
    tailCount = atLeast[tail];
  }

  /** A power law over the accounts from a step on. */
  private static final class Law {
    private final double exponent;
    private final double distance;
    private final long accounts;

    Law(long[] steps, long[] counts, long[] atLeast, int tail) {
      double start = edge(steps[tail]);
      exponent = exponent(steps, counts, tail, start);
      accounts = atLeast[tail];
      double largest = 0;
      for (int i = tail; i < steps.length; i++) {
        double at = (double) atLeast[i] / accounts;
        double after = (double) (atLeast[i] - counts[i]) / accounts;
        largest = Math.max(largest, Math.abs(fitted(edge(steps[i]) / start, exponent) - at));
        largest = Math.max(largest, Math.abs(fitted(edge(steps[i] + 1) / start, exponent) - after));
      }
      distance = largest;
    }

    /** Fewer than the smallest tail are all that there is, and show nothing. */
    boolean isRefused() {
      double root = Math.sqrt(accounts);
      return accounts >= SMALLEST_TAIL
          && (distance - 0.2 / accounts) * (root + 0.26 + 0.5 / root) > GREATEST_DISTANCE;
    }
  }

  /** The maximum likelihood exponent over the accounts from a step on, within bounds. */
  private static double exponent(long[] steps, long[] counts, int from, double start) {
    double logs = 0;
    long accounts = 0;
    for (int i = from; i < steps.length; i++) {
      logs += counts[i] * StrictMath.log(middle(steps[i]) / start);
      accounts += counts[i];
    }
    if (accounts == 0) {
      return GREATEST_EXPONENT;
    }
    return Math.min(GREATEST_EXPONENT, Math.max(LEAST_EXPONENT, accounts / logs));
  }

  /** The step that holds a value above 0. */
  public static long step(double earnedAttention) {
    long step =
        (long) Math.floor(StrictMath.log(earnedAttention) / StrictMath.log(2) * STEPS_PER_DOUBLING);
    // The logarithm may round across an edge; the edges themselves decide.
    while (edge(step + 1) <= earnedAttention) {
      step++;
    }
    while (edge(step) > earnedAttention) {
      step--;
    }
    return step;
  }

  /** Earned attention at which a step begins. */
  public static double start(long step) {
    return edge(step);
  }

  private static double edge(long step) {
    return StrictMath.pow(2, (double) step / STEPS_PER_DOUBLING);
  }

  private static double middle(long step) {
    return StrictMath.pow(2, (step + 0.5) / STEPS_PER_DOUBLING);
  }

  /** Share of the tail that earns at least as much, by the power law. */
  private double fitted(double earnedAttention) {
    return fitted(earnedAttention / tailStart, tailExponent);
  }

  private static double fitted(double timesTheStart, double exponent) {
    return StrictMath.pow(timesTheStart, -exponent);
  }

  /** Share of the reference population that earns at least as much, above 0 and at most 1. */
  public double share(double earnedAttention) {
    if (earnedAttention < tailStart) {
      return byPlace(earnedAttention);
    }
    return Math.max(tailShare * fitted(earnedAttention), byPlace(earnedAttention) / rarerThanPlace);
  }

  /** The same by counting, interpolated; beyond the last step it falls as the power law does. */
  private double byPlace(double earnedAttention) {
    if (earnedAttention <= edges[0]) {
      // From zero to the smallest positive earned attention.
      return 1 - (1 - shares[0]) * Math.max(0, earnedAttention) / edges[0];
    }
    int above = Arrays.binarySearch(edges, earnedAttention);
    if (above >= 0) {
      return shares[above];
    }
    above = -above - 1;
    if (above == edges.length) {
      return shares[above - 1] * StrictMath.pow(earnedAttention / edges[above - 1], -tailExponent);
    }
    double position =
        StrictMath.log(earnedAttention / edges[above - 1])
            / StrictMath.log(edges[above] / edges[above - 1]);
    return shares[above - 1] * StrictMath.pow(shares[above] / shares[above - 1], position);
  }

  /** Points, 0 to 100. */
  public double score(double earnedAttention) {
    double points = -POINTS_PER_DECADE * StrictMath.log10(share(earnedAttention));
    return Math.min(MOST_POINTS, Math.max(0, points));
  }

  /**
   * By how much the points of some earned attention vary with the sample of accounts that the
   * population is, as a standard deviation: a share found by counting is binomial, and the exponent
   * of a tail of k accounts has a relative standard error of 1 / sqrt(k) (Hill 1975).
   */
  public double deviation(double earnedAttention) {
    double counted = Math.max(byPlace(Math.min(earnedAttention, tailStart)), 1.0 / population);
    double variance = (1 - counted) / (population * counted);
    if (earnedAttention > tailStart) {
      double beyond = tailExponent * StrictMath.log(earnedAttention / tailStart);
      variance += beyond * beyond / tailCount;
    }
    return POINTS_PER_DECADE / StrictMath.log(10) * Math.sqrt(variance);
  }

  /** The exponent of the tail: share falls as earned attention to the power of minus this. */
  public double tailExponent() {
    return tailExponent;
  }

  /**
   * Kolmogorov-Smirnov distance of the tail's fit, 0 perfect, 1 worst; of the last that was tried
   * if none was good enough.
   */
  public double tailDistance() {
    return tailDistance;
  }

  /**
   * Accounts from which on the power law tells: those it was fitted to, or if it was refused those
   * in the last step.
   */
  public long tailCount() {
    return tailCount;
  }
}
