package renown.lab.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Common influence measures on the same acts, for data that fit one machine. */
final class Baselines {
  private static final double DAMPING_FACTOR = 0.85;
  private static final double TOLERANCE = 1e-9;
  private static final int MOST_ITERATIONS = 500;

  private final Map<Long, Integer> places = new HashMap<>();
  private final List<int[]> pairs = new ArrayList<>();
  private final List<Long> reactions = new ArrayList<>();
  private final List<Boolean> follows = new ArrayList<>();
  private final Map<Long, Integer> pairAt = new HashMap<>();

  /** The half-life of the recency-weighted baseline, in days. */
  private static final double RECENT_DAYS = 0.25;

  private final List<Double> daysAgo = new ArrayList<>();

  /**
   * How often one account did something to another.
   *
   * @param daysAgo when it last did; infinite if that is not known
   */
  record Acts(long actor, long target, String verb, long count, double daysAgo) {}

  /**
   * @param acts blocks, and those on oneself, do not count
   */
  Baselines(List<Acts> acts) {
    for (Acts one : acts) {
      if (one.actor() == one.target() || one.verb().equals("block")) {
        continue;
      }
      int source = place(one.actor());
      int target = place(one.target());
      int pair =
          pairAt.computeIfAbsent(
              (long) source << 32 | target,
              key -> {
                pairs.add(new int[] {source, target});
                reactions.add(0L);
                follows.add(false);
                daysAgo.add(Double.POSITIVE_INFINITY);
                return pairs.size() - 1;
              });
      if (one.verb().equals("follow")) {
        follows.set(pair, true);
      } else if (!one.verb().equals("list")) {
        reactions.set(pair, reactions.get(pair) + one.count());
        daysAgo.set(pair, Math.min(daysAgo.get(pair), one.daysAgo()));
      }
    }
  }

  private int place(long account) {
    return places.computeIfAbsent(account, key -> places.size());
  }

  /**
   * @param accounts to be judged
   * @param stated followers that the network states, by account; NaN if it does not
   * @param following the same of whom it follows
   * @return by the baseline's name a value per account; those that have nothing to go by are left
   *     out
   */
  Map<String, double[]> values(long[] accounts, double[] stated, double[] following) {
    int size = places.size();
    double[] followers = new double[size];
    double[] followed = new double[size];
    double[] reactors = new double[size];
    double[] acts = new double[size];
    double[] recent = new double[size];
    for (int i = 0; i < pairs.size(); i++) {
      int source = pairs.get(i)[0];
      int target = pairs.get(i)[1];
      followers[target] += follows.get(i) ? 1 : 0;
      followed[source] += follows.get(i) ? 1 : 0;
      reactors[target] += reactions.get(i) > 0 ? 1 : 0;
      acts[target] += reactions.get(i);
      recent[target] += Math.pow(2, -daysAgo.get(i) / RECENT_DAYS);
    }
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < accounts.length; i++) {
      Integer place = places.get(accounts[i]);
      if (place != null && seen.add(place)) {
        followers[place] = Math.max(followers[place], Double.isNaN(stated[i]) ? 0 : stated[i]);
        followed[place] = Math.max(followed[place], Double.isNaN(following[i]) ? 0 : following[i]);
      }
    }
    double[] uniform = new double[size];
    Arrays.fill(uniform, 1);
    double[] mass = new double[size];
    for (int i = 0; i < size; i++) {
      mass[i] = userMass(followers[i], followed[i]);
    }
    double[] credit = pageRank(mass);
    for (int i = 0; i < size; i++) {
      credit[i] = adjusted(credit[i], followers[i], followed[i]);
    }
    Map<String, double[]> all = new LinkedHashMap<>();
    all.put("followers", followers);
    all.put("distinct past reactors", reactors);
    all.put("past reactions", acts);
    all.put("recent reactors", recent);
    all.put("plain PageRank", pageRank(uniform));
    all.put("tweepcred", credit);
    Map<String, double[]> values = new LinkedHashMap<>();
    all.forEach(
        (name, ofPlaces) -> {
          double[] ofAccounts = new double[accounts.length];
          for (int i = 0; i < accounts.length; i++) {
            Integer place = places.get(accounts[i]);
            ofAccounts[i] = place == null ? 0 : ofPlaces[place];
          }
          if (Arrays.stream(ofAccounts).distinct().limit(2).count() > 1) {
            values.put(name, ofAccounts);
          }
        });
    return values;
  }

  /**
   * PageRank over the pairs, each with weight 1, damping factor 0.85, dangling mass to the
   * preference vector.
   */
  private double[] pageRank(double[] preference) {
    int size = preference.length;
    double all = Arrays.stream(preference).sum();
    double[] outDegree = new double[size];
    for (int[] pair : pairs) {
      outDegree[pair[0]]++;
    }
    double[] ranks = new double[size];
    for (int i = 0; i < size; i++) {
      ranks[i] = preference[i] / all;
    }
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      double[] next = new double[size];
      for (int[] pair : pairs) {
        next[pair[1]] += DAMPING_FACTOR * ranks[pair[0]] / outDegree[pair[0]];
      }
      double missing = 1 - Arrays.stream(next).sum();
      double distance = 0;
      for (int i = 0; i < size; i++) {
        next[i] += missing * preference[i] / all;
        distance += Math.abs(next[i] - ranks[i]);
      }
      ranks = next;
      if (distance < TOLERANCE) {
        break;
      }
    }
    return ranks;
  }

  /**
   * The preference vector of tweepcred for an account of more than 30 days with a device, neither
   * verified nor restricted, since dumps have none of this; less if it follows many that do not
   * follow back (twitter/the-algorithm, 2023, tweepcred/UserMass.scala).
   */
  static double userMass(double followers, double following) {
    double ratio = (1 + following) / (1 + followers);
    double mass = 55;
    return following > 500 && ratio > 0.6 ? mass / Math.exp(5 * (ratio - 0.6)) : mass;
  }

  /** Tweepcred's transformation of the ranks (the same, Reputation.scala). */
  static double adjusted(double rank, double followers, double following) {
    if (following <= 2500) {
      return rank;
    }
    double ratio = (1 + following) / (1 + followers);
    double divisor = Math.exp(3 * (ratio - 1) * Math.log(Math.log(following)));
    return rank / Math.max(1, Math.min(50, divisor));
  }
}
