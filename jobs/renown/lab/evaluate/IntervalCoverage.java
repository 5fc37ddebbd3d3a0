package renown.lab.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
   * @param actors that attend to it
   * @param reactors distinct credible accounts that reacted, decayed
   */
  record Estimate(double logarithm, double variance, double freedom, int actors, double reactors) {
    /** Half the width of the 90 % interval. */
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
     * samples (Welch, Biometrika 1947).
     */
    boolean isCovered() {
      double variance = one.variance() + other.variance();
      double ofVariance =
          one.variance() * one.variance() / one.freedom()
              + other.variance() * other.variance() / other.freedom();
      double freedom = variance == 0 ? 1 : variance * variance / ofVariance;
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
    List<Pair> pairs = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      Map<String, Estimate> one = estimates(network, split, 0, group);
      Map<String, Estimate> other = estimates(network, split, 1, group);
      one.forEach(
          (id, its) -> {
            if (other.containsKey(id)) {
              pairs.add(new Pair(id, its, other.get(id)));
            }
          });
    }
    return of(pairs);
  }

  private static boolean isOf(int group, String id) {
    return (id.hashCode() * 0x85EBCA6B >>> 8) % GROUPS == group;
  }

  /** Any even split that does not follow the order of the ids. */
  private static int half(int split, String id) {
    return (id.hashCode() + split * 0x2545F491) * 0x9E3779B1 >>> 31;
  }

  /** What each ranked account of a group earns by the acts of half of the others. */
  private static Map<String, Estimate> estimates(Network network, int split, int half, int group) {
    ColumnRows profiles = new ColumnRows(NightsInMemory.PROFILES);
    Map<Long, String> ids = new HashMap<>();
    long last = 0;
    for (int row = 0; row < network.profiles().size(); row++) {
      long key = network.profiles().longs(Accounts.ACCOUNT_KEY).get(row);
      ids.put(key, network.profiles().texts(Accounts.ACCOUNT_ID).get(row));
      last = Math.max(last, key);
    }
    long nobody = last + 1;
    ColumnRows acts = new ColumnRows(NightsInMemory.INTERACTIONS);
    Map<Long, String> nobodies = new TreeMap<>();
    for (int row = 0; row < network.interactions().size(); row++) {
      String source = ids.get(network.interactions().longs(Interactions.ACTOR_KEY).get(row));
      long key = network.interactions().longs(Interactions.TARGET_KEY).get(row);
      String target = ids.get(key);
      if (source == null || target == null) {
        continue;
      }
      boolean isReal = half(split, source) == half || isOf(group, source) && !isOf(group, target);
      if (isReal) {
        acts.addRow(network.interactions(), row);
      } else {
        nobodies.put(nobody + key, network.profiles().texts(Accounts.NETWORK).get(0));
        acts.addValues(
            network.interactions(),
            row,
            NightsInMemory.INTERACTIONS.stream()
                .filter(
                    c -> !c.equals(Interactions.TARGET_KEY) && !c.equals(Interactions.OBJECT_ID))
                .toList());
        acts.longs(Interactions.TARGET_KEY).add(nobody + key);
        String object = network.interactions().texts(Interactions.OBJECT_ID).get(row);
        if (object == null) {
          acts.texts(Interactions.OBJECT_ID).addNull();
        } else {
          acts.texts(Interactions.OBJECT_ID).add(NOBODY + object);
        }
      }
    }
    for (int row = 0; row < network.profiles().size(); row++) {
      profiles.addRow(network.profiles(), row);
    }
    for (Map.Entry<Long, String> one : nobodies.entrySet()) {
      for (TableColumn column : NightsInMemory.PROFILES) {
        if (column.equals(Accounts.ACCOUNT_KEY)) {
          profiles.longs(column).add(one.getKey());
        } else if (column.equals(Accounts.NETWORK)) {
          profiles.texts(column).add(one.getValue());
        } else if (column.equals(Accounts.ACCOUNT_ID)) {
          profiles.texts(column).add(NOBODY + ids.get(one.getKey() - nobody));
        } else if (column.equals(Accounts.FIRST_NIGHT)) {
          profiles.longs(column).add(network.day());
        } else {
          profiles.addNone(column);
        }
      }
    }
    NightsInMemory.Found found =
        new NightsInMemory(NightsInMemory.Settings.standard())
            .night(profiles, network.posts(), network.texts(), acts, network.day());
    Map<String, Estimate> estimates = new TreeMap<>();
    ids.forEach(
        (key, id) -> {
          int account = found.of(key);
          if (isOf(group, id) && account >= 0 && found.values()[account] != null) {
            estimates.put(
                id,
                new Estimate(
                    found.attention()[account],
                    found.attentionVariance()[account],
                    found.attentionFreedom()[account],
                    found.actorCount()[account],
                    found.values()[account][Term.REACTORS.ordinal()]));
          }
        });
    return estimates;
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
