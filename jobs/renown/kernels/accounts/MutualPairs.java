package renown.kernels.accounts;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * With whom the accounts of a range attend to each other, and how much of their attention that is.
 * Takes 4 bytes for each account's each such pair and 28 for an account: all that {@link
 * ClosedTrades} has to hold of a whole network.
 */
public final class MutualPairs implements Serializable {
  private static final long serialVersionUID = 1;

  /** Where each account's others begin; one more entry than accounts. */
  private final int[] start;

  /** Rising within an account. */
  private final int[] others;

  private final long[] given;
  private final long[] mutual;
  private final double[] squares;

  /**
   * @param graph of it the accounts of its range, from the first on
   * @param weights of the edges, whole units, 0 or more; where either direction has none, a pair is
   *     not mutual
   */
  public MutualPairs(EdgeGraph graph, int[] weights) {
    int accounts = graph.to() - graph.from();
    start = new int[accounts + 1];
    given = new long[accounts];
    mutual = new long[accounts];
    squares = new double[accounts];
    int first = accounts == 0 ? 0 : graph.firstOut(graph.from());
    int[] found = new int[accounts == 0 ? 0 : graph.endOut(graph.to() - 1) - first];
    int count = 0;
    for (int place = 0; place < accounts; place++) {
      int account = graph.from() + place;
      for (int edge = graph.firstOut(account); edge < graph.endOut(account); edge++) {
        int back = graph.back(edge);
        int lesser = back < 0 ? 0 : Math.min(weights[edge], weights[back]);
        given[place] += weights[edge];
        mutual[place] += lesser;
        squares[place] += (double) lesser * lesser;
        if (lesser > 0) {
          found[count++] = graph.destination(edge);
        }
      }
      start[place + 1] = count;
    }
    others = Arrays.copyOf(found, count);
  }

  int accounts() {
    return given.length;
  }

  /**
   * The others of all accounts of ranges that follow one another.
   *
   * @param allStart filled: where each account's others begin; one more entry than accounts
   */
  static int[] together(List<MutualPairs> ranges, int[] allStart) {
    if (ranges.size() == 1) {
      System.arraycopy(ranges.get(0).start, 0, allStart, 0, allStart.length);
      return ranges.get(0).others;
    }
    int[] all = new int[ranges.stream().mapToInt(range -> range.others.length).sum()];
    int account = 0;
    int at = 0;
    for (MutualPairs range : ranges) {
      for (int place = 0; place < range.accounts(); place++) {
        allStart[++account] = at + range.start[place + 1];
      }
      System.arraycopy(range.others, 0, all, at, range.others.length);
      at += range.others.length;
    }
    return all;
  }

  /**
   * How far an account's attention is a closed trade, 0 to 1; of one that has a mutual pair.
   *
   * @param place of the account in the range
   * @param clustering of its others, 0 to 1
   */
  double share(int place, double clustering) {
    double concentration = Math.min(1, squares[place] / ((double) mutual[place] * mutual[place]));
    return (double) mutual[place] / given[place] * (1 - (1 - clustering) * (1 - concentration));
  }
}
