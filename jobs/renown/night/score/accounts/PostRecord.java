package renown.night.score.accounts;

import java.io.Serializable;
import java.util.Arrays;
import renown.kernels.accounts.HIndex;

/**
 * What the posts of a range of accounts have met with, account by account; accounts by number. Sums
 * are decayed numbers, in units of which an act at the end of the night is 2^30.
 */
final class PostRecord implements Serializable {
  private static final long serialVersionUID = 1;

  static final int REACTORS = 0;
  static final int TIMED = 1;
  static final int LATE = 2;
  static final int POSTS = 3;
  static final int RECENT_REACTORS = 4;
  static final int RECENT_POSTS = 5;
  static final int DAYS = 6;
  static final int LONE_DAYS = 7;

  /** How many sums there are. */
  static final int SUMS = 8;

  private final int from;
  private final long[][] sums;
  private final double[] lateShares;
  private final double[] hIndex;
  private final double[] elasticity;

  /**
   * @param from the first account
   * @param sums by kind and account
   * @param lateShares the share of timed reactions that are late, by network
   * @param hIndexes of the accounts
   */
  PostRecord(int from, long[][] sums, double[] lateShares, HIndex[] hIndexes) {
    this.from = from;
    this.sums = sums;
    this.lateShares = lateShares;
    this.hIndex = Arrays.stream(hIndexes).mapToDouble(HIndex::value).toArray();
    this.elasticity = Arrays.stream(hIndexes).mapToDouble(HIndex::elasticity).toArray();
  }

  private PostRecord(PostRecord all, int from, int to) {
    this.from = from;
    this.sums = new long[SUMS][];
    for (int sum = 0; sum < SUMS; sum++) {
      sums[sum] = Arrays.copyOfRange(all.sums[sum], from - all.from, to - all.from);
    }
    this.lateShares = all.lateShares;
    this.hIndex = Arrays.copyOfRange(all.hIndex, from - all.from, to - all.from);
    this.elasticity = Arrays.copyOfRange(all.elasticity, from - all.from, to - all.from);
  }

  /** That of some of the accounts. */
  PostRecord of(int first, int end) {
    return first == from && end - first == hIndex.length ? this : new PostRecord(this, first, end);
  }

  private double acts(int sum, int account) {
    return sums[sum][account - from] / Decay.UNIT;
  }

  /** Credible reactors, over all posts of an account. */
  double reactors(int account) {
    return acts(REACTORS, account);
  }

  double timed(int account) {
    return acts(TIMED, account);
  }

  double late(int account) {
    return acts(LATE, account);
  }

  double posts(int account) {
    return acts(POSTS, account);
  }

  double recentReactors(int account) {
    return acts(RECENT_REACTORS, account);
  }

  double recentPosts(int account) {
    return acts(RECENT_POSTS, account);
  }

  /** Days with reactions. */
  double days(int account) {
    return acts(DAYS, account);
  }

  /** Those that would not count without one of their actors; a day of two of them counts twice. */
  double loneDays(int account) {
    return acts(LONE_DAYS, account);
  }

  /** The share of a network's timed reactions that are late; 0 where there are none. */
  double lateShare(int network) {
    return lateShares[network];
  }

  double hIndex(int account) {
    return hIndex[account - from];
  }

  /** By what share the h-index grows per share by which all posts' reactors grow. */
  double elasticity(int account) {
    return elasticity[account - from];
  }
}
