package renown.kernels.communities;

import java.util.Arrays;

/**
 * What sets groups apart: the items, such as hashtags, that their members use more than others do.
 * An account counts once for an item, however often it uses it. Of m members of a group of M that
 * use any item, and of n accounts of N in all, an item has the weight {@code m * ln((m / M) / (n /
 * N))}: the m-fold evidence that a user of it is a member.
 */
public final class Distinctive {
  private Distinctive() {}

  /**
   * The most distinctive items of each group.
   *
   * @param groups the group of the account of each use, from 0
   * @param accounts the account of each use
   * @param items the item of each use, from 0; of equal weight the smaller number comes first
   * @param groupCount above every group
   * @param itemCount above every item
   * @param most items per group
   * @param leastUsers members that must use an item
   * @return of each group its items, the most distinctive first
   */
  public static int[][] items(
      int[] groups,
      long[] accounts,
      int[] items,
      int groupCount,
      int itemCount,
      int most,
      int leastUsers) {
    Integer[] order = new Integer[groups.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (a, b) ->
            groups[a] != groups[b]
                ? Integer.compare(groups[a], groups[b])
                : items[a] != items[b]
                    ? Integer.compare(items[a], items[b])
                    : Long.compare(accounts[a], accounts[b]));
    long[] users = new long[itemCount];
    long[] membersWithAny = membersWithAny(groups, accounts, groupCount);
    for (int i = 0; i < order.length; i++) {
      users[items[order[i]]] += isFirst(order, i, groups, accounts, items) ? 1 : 0;
    }
    double all = Arrays.stream(membersWithAny).sum();
    int[][] found = new int[groupCount][];
    for (int group = 0, from = 0; group < groupCount; group++) {
      int to = from;
      while (to < order.length && groups[order[to]] == group) {
        to++;
      }
      Best best = new Best(most);
      for (int i = from; i < to; ) {
        int item = items[order[i]];
        long members = 0;
        for (; i < to && items[order[i]] == item; i++) {
          members += isFirst(order, i, groups, accounts, items) ? 1 : 0;
        }
        double lift = members / (double) membersWithAny[group] / (users[item] / all);
        if (members >= leastUsers && lift > 1) {
          best.offer(item, members * StrictMath.log(lift));
        }
      }
      found[group] = best.items();
      from = to;
    }
    return found;
  }

  private static boolean isFirst(
      Integer[] order, int i, int[] groups, long[] accounts, int[] items) {
    return i == 0
        || groups[order[i]] != groups[order[i - 1]]
        || items[order[i]] != items[order[i - 1]]
        || accounts[order[i]] != accounts[order[i - 1]];
  }

  private static long[] membersWithAny(int[] groups, long[] accounts, int groupCount) {
    Integer[] order = new Integer[groups.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (a, b) ->
            groups[a] != groups[b]
                ? Integer.compare(groups[a], groups[b])
                : Long.compare(accounts[a], accounts[b]));
    long[] members = new long[groupCount];
    for (int i = 0; i < order.length; i++) {
      boolean isNew =
          i == 0
              || groups[order[i]] != groups[order[i - 1]]
              || accounts[order[i]] != accounts[order[i - 1]];
      members[groups[order[i]]] += isNew ? 1 : 0;
    }
    return members;
  }

  /** The few items of the largest weights; offered in the order of their numbers. */
  private static final class Best {
    private final int[] items;
    private final double[] weights;
    private int size;

    Best(int most) {
      items = new int[most];
      weights = new double[most];
    }

    void offer(int item, double weight) {
      int place = size;
      while (place > 0 && weights[place - 1] < weight) {
        place--;
      }
      if (place == items.length) {
        return;
      }
      size = Math.min(size + 1, items.length);
      for (int i = size - 1; i > place; i--) {
        items[i] = items[i - 1];
        weights[i] = weights[i - 1];
      }
      items[place] = item;
      weights[place] = weight;
    }

    int[] items() {
      return Arrays.copyOf(items, size);
    }
  }
}
