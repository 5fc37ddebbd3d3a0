package renown.kernels.accounts;

import java.util.Arrays;
import java.util.List;

/**
 * How far an account's attention is a closed trade: the share of it that is returned, times how
 * closed the circle of those who return it is. A circle is closed where its members attend to one
 * another (the clustering coefficient: Watts and Strogatz, Nature 1998) or are few.
 */
public final class ClosedTrades {
  /** Triangles of mutual pairs that each account is part of. */
  public final long[] triangles;

  /** Accounts with which attention is mutual. */
  public final int[] neighbours;

  /**
   * Of the pairs of each account's neighbours, the share that is mutual, too; 0 of fewer than 2.
   */
  public final double[] clustering;

  /** 0 to 1; 0 for accounts without a mutual pair. */
  public final double[] tradingShare;

  /**
   * @param weights of the edges of a whole graph, whole units, 0 or more; where either direction
   *     has none, a pair is not mutual
   */
  public ClosedTrades(EdgeGraph graph, int[] weights) {
    this(List.of(new MutualPairs(graph, weights)));
  }

  /**
   * @param ranges the pairs of all accounts, by ranges that follow one another
   */
  public ClosedTrades(List<MutualPairs> ranges) {
    int accounts = ranges.stream().mapToInt(MutualPairs::accounts).sum();
    neighbours = new int[accounts];
    clustering = new double[accounts];
    tradingShare = new double[accounts];
    int[] start = new int[accounts + 1];
    int[] others = MutualPairs.together(ranges, start);
    triangles = triangles(start, others);
    int account = 0;
    for (MutualPairs range : ranges) {
      for (int place = 0; place < range.accounts(); place++, account++) {
        int its = start[account + 1] - start[account];
        neighbours[account] = its;
        clustering[account] = its < 2 ? 0 : triangles[account] / (its * (its - 1.0) / 2);
        tradingShare[account] = its == 0 ? 0 : range.share(place, clustering[account]);
      }
    }
  }

  /**
   * Each pair looks from the account with fewer neighbours to that with more, so that a hub has
   * short lists and a triangle is met once (Chiba and Nishizeki, "Arboricity and Subgraph Listing
   * Algorithms", SIAM J. Comput. 1985): at most E^1.5 steps.
   *
   * @param start where each account's neighbours begin in others, where they rise
   */
  private static long[] triangles(int[] start, int[] others) {
    int accounts = start.length - 1;
    int[] upStart = new int[accounts + 1];
    int[] up = new int[others.length / 2];
    int at = 0;
    for (int account = 0; account < accounts; account++) {
      for (int i = start[account]; i < start[account + 1]; i++) {
        if (isBelow(start, account, others[i])) {
          up[at++] = others[i];
        }
      }
      upStart[account + 1] = at;
    }
    long[] triangles = new long[accounts];
    int[] mark = new int[accounts];
    Arrays.fill(mark, -1);
    for (int account = 0; account < accounts; account++) {
      for (int i = upStart[account]; i < upStart[account + 1]; i++) {
        mark[up[i]] = account;
      }
      for (int i = upStart[account]; i < upStart[account + 1]; i++) {
        int other = up[i];
        for (int j = upStart[other]; j < upStart[other + 1]; j++) {
          if (mark[up[j]] == account) {
            triangles[account]++;
            triangles[other]++;
            triangles[up[j]]++;
          }
        }
      }
    }
    return triangles;
  }

  private static boolean isBelow(int[] start, int account, int other) {
    int degree = start[account + 1] - start[account];
    int othersDegree = start[other + 1] - start[other];
    return degree < othersDegree || degree == othersDegree && account < other;
  }
}
