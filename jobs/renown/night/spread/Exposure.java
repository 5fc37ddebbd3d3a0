package renown.night.spread;

import renown.kernels.cascades.Cascade;

/**
 * Bounds the number of distinct credible accounts that could see a post. Every account is counted
 * once, by its credibility. In a network of more accounts than are counted only those count whose
 * hash falls into one of n equal parts, each n times: the standard error of such a sum is {@code
 * sqrt(n (n - 1) sum of squared credibility)}.
 */
final class Exposure {
  /** Half the width of a 90 % interval of a normal distribution. */
  private static final double DEVIATIONS = 1.645;

  private final People people;
  private final NightAttention attention;

  /** The last post that each account has seen. */
  private final int[] seen;

  private double low;
  private double high;

  Exposure(People people, NightAttention attention) {
    this.people = people;
    this.attention = attention;
    this.seen = new int[people.size()];
    java.util.Arrays.fill(seen, -1);
  }

  /** Counts those who could see a post. */
  void count(int post, int network, Cascade cascade) {
    long units = 0;
    // Squares of a million sampled accounts are below 2^60.
    long squares = 0;
    long parts = 1;
    long[] showers = cascade.showers();
    double followers = 0;
    for (int s = 0; s < showers.length; s++) {
      int followed = attention.followed(showers[s]);
      for (int place = attention.from(followed); place < attention.to(followed); place++) {
        int person = attention.follower(place);
        if (isFirst(post, person)) {
          units += people.units(person);
          squares += people.units(person) * people.units(person);
          parts = people.parts(person);
        }
      }
      int shower = people.of(showers[s]);
      long stated = shower < 0 ? Cascade.UNKNOWN : people.followers(shower);
      boolean isKnown = attention.tellsFollows(network);
      followers +=
          isKnown
              ? Math.max(stated, attention.count(followed))
              : stated == Cascade.UNKNOWN ? Double.NaN : stated;
    }
    for (int node = 1; node <= cascade.reactors(); node++) {
      int person = people.of(cascade.account(node));
      if (isFirst(post, person)) {
        units += people.units(person);
        squares += people.units(person) * people.units(person);
        parts = people.parts(person);
      }
    }
    double estimate = units * parts / People.UNIT;
    double error = Math.sqrt((double) squares * parts * (parts - 1)) / People.UNIT;
    low = Math.max(cascade.units() / People.UNIT, estimate - error * DEVIATIONS);
    high = Math.max(followers, low);
  }

  private boolean isFirst(int post, int person) {
    if (seen[person] == post || !people.isSampled(person)) {
      return false;
    }
    seen[person] = post;
    return true;
  }

  /** Lower bound of the post that was counted last. */
  double low() {
    return low;
  }

  /** Upper bound; NaN if the followers of its author or of one who shared it are unknown. */
  double high() {
    return high;
  }
}
