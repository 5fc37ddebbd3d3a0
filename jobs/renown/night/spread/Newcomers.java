package renown.night.spread;

import java.util.Arrays;
import java.util.TreeMap;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.sketches.PairNumbers;
import renown.lake.ColumnRows;
import renown.tables.Communities;

/** Accounts that are in no community yet, with what ties them to which. */
final class Newcomers {
  /** What is made of them. */
  interface Joined {
    void add(String network, long account, long community);
  }

  private final KeyNumbers members;
  private final ColumnRows communities;

  /** By key, so that they join in an order that depends on nothing else. */
  private final TreeMap<Long, String> networks = new TreeMap<>();

  private final PairNumbers choices = new PairNumbers();
  private long[] weights = new long[1 << 9];

  /**
   * @param communities rows of {@code communities}: of all others
   */
  Newcomers(ColumnRows communities) {
    this.communities = communities;
    members = new KeyNumbers(communities.size());
    for (int i = 0; i < communities.size(); i++) {
      members.put(communities.longs(Communities.ACCOUNT_KEY).get(i), i);
    }
  }

  /** Whether one of two accounts is a newcomer. */
  boolean isTie(long one, long other) {
    return members.of(one) < 0 || members.of(other) < 0;
  }

  /** Adds a tie of an account, unless it is in a community. */
  void tie(String network, long account, long other, long weight) {
    if (members.of(account) >= 0) {
      return;
    }
    networks.put(account, network);
    int member = members.of(other);
    if (member < 0) {
      return;
    }
    int choice = choices.add(account, communities.longs(Communities.COMMUNITY_KEY).get(member));
    if (choice == weights.length) {
      weights = Arrays.copyOf(weights, 2 * choice);
    }
    weights[choice] += weight;
  }

  /**
   * Each with the community to which it is tied most, of several the one with the smallest key; who
   * is tied to none is one of its own.
   */
  void each(Joined joined) {
    TreeMap<Long, Integer> best = new TreeMap<>();
    for (int choice = 0; choice < choices.size(); choice++) {
      int one = choice;
      best.merge(choices.first(choice), choice, (held, none) -> better(held, one));
    }
    networks.forEach(
        (account, network) ->
            joined.add(
                network,
                account,
                best.containsKey(account) ? choices.second(best.get(account)) : account));
  }

  private int better(int one, int other) {
    boolean isOther =
        weights[other] > weights[one]
            || weights[other] == weights[one] && choices.second(other) < choices.second(one);
    return isOther ? other : one;
  }
}
