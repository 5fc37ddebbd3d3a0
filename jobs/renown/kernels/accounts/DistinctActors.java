package renown.kernels.accounts;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Distinct credible actors of each account, by what they do, and how much of that is chance. An
 * actor counts by its credibility times its presence, {@code 1 - exp(-decayed number of acts)}: one
 * act counts 0.63, three 0.95, a hundred 1.
 *
 * <p>What an account returns is no free gift: with R the attention that it has returned in kind,
 * act for act, and U that which came unasked, it counts {@code U + (U + 5) R / (U + 5 + R)}: among
 * people who talk with one another nearly all attention is returned, so a few count as they are,
 * and beyond them trading at most doubles what came unasked; more of either is never less. To an
 * account of few reactors five friends would be worth a ring, so what carries weight allows for one
 * ({@link #earnedReactors}). Conversations C count {@code U C / (U + C)}. Of R only so much counts
 * as the circle of those who return it is open: who all answer one another are no audience, however
 * many they are.
 *
 * <p>Sums are of whole units of 2^-20, exact in any order.
 */
public final class DistinctActors {
  /** What is summed over the actors of an account; {@link Slopes} are in this order. */
  public static final int UNASKED_REACTORS = 0;

  public static final int RETURNED_REACTORS = 1;
  public static final int UNASKED_AUDIENCE = 2;
  public static final int RETURNED_AUDIENCE = 3;
  public static final int CONVERSATION = 4;
  public static final int ATTESTATION = 5;

  /** Decayed number of reactions, each worth its actor's credibility. */
  public static final int REACTIONS = 6;

  /** What an actor's rank brings. */
  public static final int RANK = 7;

  /** What an actor is worth that fades with the time since it last reacted, and came unasked. */
  public static final int FADING = 8;

  /** The same of what was returned. */
  public static final int RETURNED_FADING = 9;

  /** How many of them there are. */
  public static final int SUMS = 10;

  /**
   * The number of friends whose attention counts in full even if it is returned, so that ordinary
   * friendships are not discounted.
   */
  private static final double FRIENDS = 5;

  private static final double ONE_FRIEND = 1;

  private static final double STEP = 1L << 20;

  private final EdgeGraph graph;
  private final Acts acts;
  private final double[] credibility;
  private final double[] reacts;
  private final double[] replies;
  private final double[] openShare;

  /** The first account of the sums. */
  private final int from;

  private final long[][] sums;
  private final long[] any;

  /** What all that react bring, returned or not. */
  private final long[] present;

  private final long[] squares;

  /**
   * What the edges of a graph hold, as decayed numbers of acts, 0 or more.
   *
   * @param lists null if there are none
   * @param follows whether the source follows the destination; null if nobody does
   */
  public record Acts(double[] reactions, double[] replies, double[] lists, boolean[] follows) {}

  /**
   * @param credibility of each account, 0 to 1
   * @param openShare of the attention that each account returned, how much counts; 0 to 1
   */
  public DistinctActors(EdgeGraph graph, Acts acts, double[] credibility, double[] openShare) {
    this.graph = graph;
    this.acts = acts;
    this.credibility = credibility;
    this.openShare = openShare;
    this.reacts = Arrays.stream(acts.reactions()).map(DistinctActors::presence).toArray();
    this.replies = Arrays.stream(acts.replies()).map(DistinctActors::presence).toArray();
    this.from = graph.from();
    int accounts = graph.to() - from;
    this.sums = new long[RANK][accounts];
    this.any = new long[accounts];
    this.present = new long[accounts];
    this.squares = new long[accounts];
    double[] values = new double[SUMS];
    for (int account = from; account < graph.to(); account++) {
      for (int place = graph.firstIn(account); place < graph.endIn(account); place++) {
        int edge = graph.in(place);
        values(edge, values);
        for (int i = 0; i < RANK; i++) {
          sums[i][account - from] += units(values[i]);
        }
        double credible = credibility[graph.source(edge)];
        present[account - from] += units(reacts[edge] * credible);
        any[account - from] += units(presence(count(edge)) * credible);
        squares[account - from] += units(values[REACTIONS] * credible);
      }
    }
  }

  private DistinctActors(DistinctActors whole) {
    this.graph = null;
    this.acts = null;
    this.credibility = null;
    this.openShare = null;
    this.reacts = null;
    this.replies = null;
    this.from = whole.from;
    this.sums = whole.sums;
    this.any = whole.any;
    this.present = whole.present;
    this.squares = whole.squares;
  }

  /** The same sums without what each edge adds to them: no {@link #variances}. */
  public DistinctActors onlySums() {
    return new DistinctActors(this);
  }

  /** Acts of all kinds, and 1 if it follows. */
  private double count(int edge) {
    double count = acts.reactions()[edge];
    if (acts.lists() != null) {
      count += acts.lists()[edge];
    }
    return follows(edge) ? count + 1 : count;
  }

  private boolean follows(int edge) {
    return acts.follows() != null && acts.follows()[edge];
  }

  private static double presence(double count) {
    return 1 - StrictMath.exp(-count);
  }

  private static long units(double value) {
    return (long) Math.rint(value * STEP);
  }

  /** What an edge adds to the sums of its destination; the rank is left as it is. */
  private void values(int edge, double[] values) {
    values(edge, returned(edge), values);
  }

  /** The same if such a share of its reactions had been returned. */
  private void values(int edge, double returned, double[] values) {
    double credible = credibility[graph.source(edge)];
    int back = graph.back(edge);
    double unasked = reacts[edge] * (1 - returned) * credible;
    double asked = reacts[edge] * returned * openShare[graph.destination(edge)] * credible;
    boolean follows = follows(edge);
    values[UNASKED_REACTORS] = unasked;
    values[RETURNED_REACTORS] = asked;
    values[UNASKED_AUDIENCE] = follows ? unasked : 0;
    values[RETURNED_AUDIENCE] = follows ? asked : 0;
    values[CONVERSATION] = back < 0 ? 0 : replies[edge] * replies[back] * credible;
    values[ATTESTATION] = acts.lists() == null ? 0 : presence(acts.lists()[edge]) * credible;
    values[REACTIONS] = acts.reactions()[edge] * credible;
  }

  /**
   * The share of an actor's reactions that the account has returned, act for act.
   *
   * @param reactions decayed, above 0
   * @param back those of the account to the actor, 0 or more
   * @return 0 to 1
   */
  public static double returned(double reactions, double back) {
    return Math.min(1, back / reactions);
  }

  private double returned(int edge) {
    int back = graph.back(edge);
    double reactions = acts.reactions()[edge];
    return back < 0 || reactions == 0 ? 0 : returned(reactions, acts.reactions()[back]);
  }

  private double sum(int what, int account) {
    return sums[what][account - from] / STEP;
  }

  /** Distinct credible accounts that react. */
  public double reactors(int account) {
    return earned(sum(UNASKED_REACTORS, account), sum(RETURNED_REACTORS, account), FRIENDS);
  }

  /** The same with a single friend in place of five. */
  public double earnedReactors(int account) {
    return earned(sum(UNASKED_REACTORS, account), sum(RETURNED_REACTORS, account), ONE_FRIEND);
  }

  /** Of what all that react bring, the share that is unasked or from an open circle; 0 to 1. */
  public double countedShare(int account) {
    double whole = present[account - from] / STEP;
    double counted = sum(UNASKED_REACTORS, account) + sum(RETURNED_REACTORS, account);
    return whole == 0 ? 1 : Math.min(1, counted / whole);
  }

  /**
   * What counts of attention: what came unasked, and of what was returned at most as much again and
   * what a friend is worth: {@code U + (U + F) R / (U + F + R)}.
   *
   * @param friend what is returned and counts in full, 0 or more, in the unit of the others
   */
  public static double earned(double unasked, double returned, double friend) {
    return unasked + harmonic(unasked + friend, returned);
  }

  /** By how much {@link #earned} rises with what came unasked. */
  public static double earnedByUnasked(double unasked, double returned, double friend) {
    return 1 + slope(unasked + friend, returned);
  }

  /** By how much {@link #earned} rises with what was returned. */
  public static double earnedByReturned(double unasked, double returned, double friend) {
    return slope(returned, unasked + friend);
  }

  /** Distinct credible followers that have reacted. */
  public double audience(int account) {
    return earned(sum(UNASKED_AUDIENCE, account), sum(RETURNED_AUDIENCE, account), FRIENDS);
  }

  /** Distinct credible accounts that replied and were answered. */
  public double conversation(int account) {
    return harmonic(sum(UNASKED_REACTORS, account), sum(CONVERSATION, account));
  }

  /** Distinct credible curators that list it. */
  public double attestation(int account) {
    return sum(ATTESTATION, account);
  }

  /** Credibility of those that do or did anything, follow included. */
  public double credibleActors(int account) {
    return any[account - from] / STEP;
  }

  /** Decayed number of reactions, each worth its actor's credibility. */
  public double reactions(int account) {
    return sum(REACTIONS, account);
  }

  /** What a reaction is worth on average, each counted as often as it is worth; 0 to 1. */
  public double worthOfReaction(int account) {
    long reactions = sums[REACTIONS][account - from];
    return reactions == 0 ? 0 : Math.min(1, (double) squares[account - from] / reactions);
  }

  /** {@code a b / (a + b)}: rises with both, and never exceeds either. */
  public static double harmonic(double a, double b) {
    return a + b > 0 ? a * b / (a + b) : 0;
  }

  /** By how much {@link #harmonic} rises with its first argument. */
  public static double slope(double a, double b) {
    return a + b > 0 ? b / (a + b) * (b / (a + b)) : 0;
  }

  /** How a quantity changes with an account's sums. */
  public interface Slopes {
    /**
     * @param slopes filled: the derivative by each sum
     */
    void of(int account, double[] slopes);
  }

  /** Adds to slopes what a quantity that rises with reactors by so much owes to the sums. */
  public void addReactors(int account, double by, double[] slopes) {
    addReturned(account, UNASKED_REACTORS, FRIENDS, by, slopes);
  }

  /** The same for {@link #earnedReactors}. */
  public void addEarnedReactors(int account, double by, double[] slopes) {
    addReturned(account, UNASKED_REACTORS, ONE_FRIEND, by, slopes);
  }

  /**
   * The same for what all that react bring, each in proportion to its presence.
   *
   * @param whole what they bring together
   */
  public void addPresent(int account, double whole, double[] slopes) {
    double present = sum(UNASKED_REACTORS, account) + sum(RETURNED_REACTORS, account);
    if (present > 0) {
      slopes[UNASKED_REACTORS] += whole / present;
      slopes[RETURNED_REACTORS] += whole / present;
    }
  }

  /** The same for {@link #audience}. */
  public void addAudience(int account, double by, double[] slopes) {
    addReturned(account, UNASKED_AUDIENCE, FRIENDS, by, slopes);
  }

  private void addReturned(int account, int what, double friends, double by, double[] slopes) {
    double unasked = sum(what, account);
    double returned = sum(what + 1, account);
    slopes[what] += by * earnedByUnasked(unasked, returned, friends);
    slopes[what + 1] += by * earnedByReturned(unasked, returned, friends);
  }

  /** The same for {@link #conversation}. */
  public void addConversation(int account, double by, double[] slopes) {
    double own = sum(UNASKED_REACTORS, account);
    double conversation = sum(CONVERSATION, account);
    slopes[UNASKED_REACTORS] += by * slope(own, conversation);
    slopes[CONVERSATION] += by * slope(conversation, own);
  }

  /**
   * How far a quantity of each account is chance.
   *
   * @param from the first account, of the others the next
   * @param variances of it
   * @param fourths sum over actors of the square of what each adds to it: the variance of the
   *     variance, which is itself told by a sample of people
   */
  public record Chance(int from, double[] variances, double[] fourths) implements Serializable {
    /**
     * How many degrees of freedom the variance has: it is to twice the square of the variance as
     * that of the chi-squared distribution with as many (Satterthwaite, Biometrics Bulletin 1946).
     * 2 where one actor brings all, twice their number where all bring the same.
     */
    public double freedom(int account) {
      int place = account - from;
      return 2 * variances[place] * variances[place] / fourths[place];
    }
  }

  /**
   * The variance of a quantity if another sample of people had acted: every actor is there a
   * Poisson number of times, of mean and variance 1, with all it does. To first order (the delta
   * method) that is the sum over actors of the square of what each adds to the quantity.
   *
   * <p>What an actor adds hangs on whether it acts unasked, and how often other people would, a few
   * tell little of: who has three actors and returned all that they did would seem to be certain of
   * what a fourth, who came unasked, doubles. So of n that reacted each counts as it is n times in
   * n + 1, and else as likely as one who came unasked as one whose attention is returned: the prior
   * of Jeffreys for a share (Proceedings of the Royal Society A, 1946).
   *
   * @param rankParts what each edge brings its destination of the source's rank
   * @param fadingParts what each edge brings its destination that fades
   */
  public Chance variances(double[] rankParts, double[] fadingParts, Slopes quantity) {
    double[] variances = new double[graph.to() - from];
    double[] fourths = new double[graph.to() - from];
    double[] slopes = new double[SUMS];
    double[] values = new double[SUMS];
    for (int account = from; account < graph.to(); account++) {
      if (graph.firstIn(account) == graph.endIn(account)) {
        continue;
      }
      Arrays.fill(slopes, 0);
      quantity.of(account, slopes);
      double asSeen = asSeen(account);
      double variance = 0;
      double fourth = 0;
      for (int place = graph.firstIn(account); place < graph.endIn(account); place++) {
        int edge = graph.in(place);
        double unasked = adds(edge, 0, rankParts, fadingParts, slopes, values);
        double asked = adds(edge, 1, rankParts, fadingParts, slopes, values);
        double returned = returned(edge);
        double adds = (1 - returned) * unasked + returned * asked;
        double square =
            asSeen * adds * adds + (1 - asSeen) * (unasked * unasked + asked * asked) / 2;
        variance += square;
        fourth += square * square;
      }
      variances[account - from] = variance;
      fourths[account - from] = fourth;
    }
    return new Chance(from, variances, fourths);
  }

  /** How far the actors of an account are known to be unasked or returned as they are; 0 to 1. */
  private double asSeen(int account) {
    int reacting = 0;
    for (int place = graph.firstIn(account); place < graph.endIn(account); place++) {
      if (acts.reactions()[graph.in(place)] > 0) {
        reacting++;
      }
    }
    return reacting / (reacting + 1.0);
  }

  /** What an edge adds to a quantity if such a share of its reactions had been returned. */
  private double adds(
      int edge,
      double returned,
      double[] rankParts,
      double[] fadingParts,
      double[] slopes,
      double[] values) {
    values(edge, returned, values);
    values[RANK] = rankParts[edge];
    values[FADING] = fadingParts[edge] * (1 - returned);
    values[RETURNED_FADING] = fadingParts[edge] * returned * openShare[graph.destination(edge)];
    double adds = 0;
    for (int i = 0; i < SUMS; i++) {
      adds += slopes[i] * values[i];
    }
    return adds;
  }
}
