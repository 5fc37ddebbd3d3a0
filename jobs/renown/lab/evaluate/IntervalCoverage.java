package renown.lab.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import renown.kernels.accounts.StudentQuantiles;
import renown.lake.ColumnRows;
import renown.night.score.accounts.NightsInMemory;
import renown.night.score.model.Term;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.TableColumn;

/**
 * Whether intervals have the right coverage, by the kernels of a night alone. The acts of half of
 * the accounts are one sample of people, those of the others another; in the sample that is not
 * theirs they do the same, at the same times, to accounts and posts that nobody has. What an
 * account earns in the two should differ by no more than its two intervals allow, for nine accounts
 * in ten.
 *
 * <p>Only others are a sample: what an account returns to them is its own doing, and an interval
 * holds it fixed. So accounts are looked at group by group, and those of the group do to all others
 * in both samples what they did. And whom to look at must not depend on how the others fell into
 * the halves: who has enough actors in both by chance has halves that are more alike than chance
 * makes them. So accounts with as many actors in all as give a score in both are looked at, if
 * anybody reacted to them: the others earn what is usual on the network.
 */
final class IntervalCoverage {
  static final int LEAST_ACTORS = 6;

  /** What is returned within a group of accounts is lost: so many groups lose an eighth of it. */
  private static final int GROUPS = 8;

  /** Of a logarithm. */
  private static final double ROUNDING = 1e-9;

  private static final String NOBODY = "nobody-";

  /**
   * A network's rows of one night, as {@link NightsInMemory#night} takes them.
   *
   * @param profiles of accounts that are not excluded
   */
  record Network(
      ColumnRows profiles, ColumnRows posts, ColumnRows texts, ColumnRows interactions, long day) {}

  /**
   * What an account earns by half of the others.
   *
   * @param logarithm of earned attention
   * @param variance of the logarithm if other people had acted
   * @param freedom degrees of freedom of that
   * @param high the upper end of the interval of the logarithm
   * @param actors that attend to it
   * @param reactors distinct credible accounts that reacted, decayed
   */
  record Estimate(
      double logarithm, double variance, double freedom, double high, int actors, double reactors) {
    /** Half the width of the 90 % interval by its variance alone. */
    double halfWidth() {
      return StudentQuantiles.ninetyFive(freedom) * Math.sqrt(variance);
    }
  }

  /** An account in both halves. */
  record Pair(String account, Estimate one, Estimate other) {
    int actors() {
      return one.actors() + other.actors();
    }

    double difference() {
      return Math.abs(one.logarithm() - other.logarithm());
    }

    /**
     * Whether the two differ by no more than their intervals allow. Both variances are told by
     * samples; how many degrees of freedom their sum has, is estimated without bias (Welch,
     * Biometrika 1947): taken as they are, variances of few actors have too few, and the intervals
     * of those with the fewest seemed to cover 0.954 where they cover 0.945. Where the interval of
     * the lower reaches further up than its variance tells, how far the two reach together is the
     * root of the sum of squares (Zou and Donner, Statistics in Medicine 2008).
     */
    boolean isCovered() {
      boolean isLower = one.logarithm() <= other.logarithm();
      Estimate lower = isLower ? one : other;
      Estimate upper = isLower ? other : one;
      double up = lower.high() - lower.logarithm();
      if (up > lower.halfWidth() + ROUNDING) {
        return difference() <= Math.hypot(up, upper.halfWidth());
      }
      double variance = one.variance() + other.variance();
      if (variance == 0) {
        return difference() == 0;
      }
      double ofVariance =
          one.variance() * one.variance() / (one.freedom() + 2)
              + other.variance() * other.variance() / (other.freedom() + 2);
      double freedom = variance * variance / ofVariance - 2;
      return difference() <= StudentQuantiles.ninetyFive(freedom) * Math.sqrt(variance);
    }
  }

  /** By number of actors, the fewest first. */
  private final List<Pair> pairs;

  private IntervalCoverage(List<Pair> pairs) {
    this.pairs =
        pairs.stream()
            .sorted(Comparator.comparingInt(Pair::actors).thenComparing(Pair::account))
            .toList();
  }

  /** Of pairs that are given. */
  static IntervalCoverage of(List<Pair> pairs) {
    return new IntervalCoverage(
        pairs.stream()
            .filter(pair -> pair.actors() >= LEAST_ACTORS)
            .filter(pair -> pair.one().reactors() > 0 || pair.other().reactors() > 0)
            .toList());
  }

  /**
   * Of a network.
   *
   * @param split which of many splits in halves
   */
  static IntervalCoverage of(Network network, int split) {
    return of(
        IntStream.range(0, GROUPS)
            .parallel()
            .mapToObj(group -> pairs(network, split, group))
            .flatMap(List::stream)
            .toList());
  }

  private static List<Pair> pairs(Network network, int split, int group) {
    Map<String, Estimate> one = estimates(network, split, 0, group);
    Map<String, Estimate> other = estimates(network, split, 1, group);
    List<Pair> pairs = new ArrayList<>();
    one.forEach(
        (id, its) -> {
          if (other.containsKey(id)) {
            pairs.add(new Pair(id, its, other.get(id)));
          }
        });
    return pairs;
  }

  private static boolean isOf(int group, String id) {
    return (id.hashCode() * 0x85EBCA6B >>> 8) % GROUPS == group;
  }

  /** Any even split that does not follow the order of the ids. */
  private static int half(int split, String id) {
    return (id.hashCode() + split * 0x2545F491) * 0x9E3779B1 >>> 31;
  }

  private static final List<TableColumn> BUT_FOR_TARGET =
      NightsInMemory.INTERACTIONS.stream()
          .filter(column -> !column.equals(Interactions.TARGET_KEY))
          .filter(column -> !column.equals(Interactions.OBJECT_ID))
          .toList();

  /** The network in which half of the accounts that are not of a group act on nobody. */
  static Network sample(Network network, int split, int half, int group) {
    ColumnRows profiles = new ColumnRows(NightsInMemory.PROFILES);
    profiles.addAll(network.profiles());
    Map<Long, String> ids = new HashMap<>();
    for (int row = 0; row < profiles.size(); row++) {
      ids.put(
          profiles.longs(Accounts.ACCOUNT_KEY).get(row),
          profiles.texts(Accounts.ACCOUNT_ID).get(row));
    }
    // Nobody's keys follow those of the others.
    long nobody = 1 + ids.keySet().stream().mapToLong(key -> key).max().orElse(0);
    TreeSet<Long> nobodies = new TreeSet<>();
    ColumnRows all = network.interactions();
    ColumnRows acts = new ColumnRows(NightsInMemory.INTERACTIONS);
    for (int row = 0; row < all.size(); row++) {
      String source = ids.get(all.longs(Interactions.ACTOR_KEY).get(row));
      long key = all.longs(Interactions.TARGET_KEY).get(row);
      String target = ids.get(key);
      if (source == null || target == null) {
        continue;
      }
      if (half(split, source) == half || isOf(group, source) && !isOf(group, target)) {
        acts.addRow(all, row);
      } else {
        nobodies.add(nobody + key);
        acts.addValues(all, row, BUT_FOR_TARGET);
        acts.longs(Interactions.TARGET_KEY).add(nobody + key);
        String object = all.texts(Interactions.OBJECT_ID).get(row);
        if (object == null) {
          acts.texts(Interactions.OBJECT_ID).addNull();
        } else {
          acts.texts(Interactions.OBJECT_ID).add(NOBODY + object);
        }
      }
    }
    for (long key : nobodies) {
      addNobody(profiles, key, NOBODY + ids.get(key - nobody), network.day());
    }
    return new Network(profiles, network.posts(), network.texts(), acts, network.day());
  }

  /** What each ranked account of a group earns by the acts of half of the others. */
  private static Map<String, Estimate> estimates(Network network, int split, int half, int group) {
    Network sample = sample(network, split, half, group);
    NightsInMemory.Found found =
        new NightsInMemory(NightsInMemory.Settings.standard())
            .night(
                sample.profiles(),
                sample.posts(),
                sample.texts(),
                sample.interactions(),
                sample.day());
    Map<String, Estimate> estimates = new TreeMap<>();
    for (int row = 0; row < network.profiles().size(); row++) {
      String id = network.profiles().texts(Accounts.ACCOUNT_ID).get(row);
      int account = found.of(network.profiles().longs(Accounts.ACCOUNT_KEY).get(row));
      if (isOf(group, id) && account >= 0 && found.values()[account] != null) {
        estimates.put(
            id,
            new Estimate(
                found.attention()[account],
                found.attentionVariance()[account],
                found.attentionFreedom()[account],
                found.attentionHigh()[account],
                found.actorCount()[account],
                found.values()[account][Term.REACTORS.ordinal()]));
      }
    }
    return estimates;
  }

  private static void addNobody(ColumnRows profiles, long key, String id, long day) {
    String network = profiles.texts(Accounts.NETWORK).get(0);
    profiles.texts(Accounts.NETWORK).add(network);
    profiles.longs(Accounts.ACCOUNT_KEY).add(key);
    profiles.texts(Accounts.ACCOUNT_ID).add(id);
    profiles.longs(Accounts.FIRST_NIGHT).add(day);
    List<TableColumn> told =
        List.of(Accounts.NETWORK, Accounts.ACCOUNT_KEY, Accounts.ACCOUNT_ID, Accounts.FIRST_NIGHT);
    NightsInMemory.PROFILES.stream()
        .filter(column -> !told.contains(column))
        .forEach(profiles::addNone);
  }

  List<Pair> pairs() {
    return pairs;
  }

  int accounts() {
    return pairs.size();
  }

  /** The share of accounts that are covered; not a number where there are none. */
  double share() {
    return share(pairs);
  }

  /** The same of the third with the fewest actors, the middle one, and that with the most. */
  double[] shareByThird() {
    double[] shares = new double[3];
    Arrays.setAll(
        shares,
        third -> share(pairs.subList(third * accounts() / 3, (third + 1) * accounts() / 3)));
    return shares;
  }

  private static double share(List<Pair> some) {
    return some.stream().mapToDouble(pair -> pair.isCovered() ? 1 : 0).average().orElse(Double.NaN);
  }
}
