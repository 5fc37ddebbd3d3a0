package renown.kernels.accounts;

import java.io.Serializable;
import java.util.List;

/** How many an account follows and attends to, and how many follow and attend to it. */
public final class Degrees implements Serializable {
  private static final long serialVersionUID = 1;

  public final int[] following;
  public final int[] followers;

  /** Accounts that attend to it. */
  public final int[] actors;

  /**
   * Effective number of accounts it attends to: the inverse of the sum of squared shares of its
   * attention; 0 for none.
   */
  public final double[] targets;

  /** All that it gives, in units of what a single act of one kind weighs. */
  public final double[] volumes;

  /** Edges from it and to it, those of no weight included. */
  public final int[] edges;

  /**
   * @param graph of it the accounts of its range, from the first on
   * @param weights of the edges, whole units, 0 or more
   * @param singleAct weight of an edge of one act
   * @param follows whether each edge's source follows its destination
   */
  public Degrees(EdgeGraph graph, int[] weights, double singleAct, boolean[] follows) {
    this(graph.to() - graph.from());
    for (int account = graph.from(); account < graph.to(); account++) {
      int place = account - graph.from();
      double sum = 0;
      double squares = 0;
      for (int edge = graph.firstOut(account); edge < graph.endOut(account); edge++) {
        following[place] += follows[edge] ? 1 : 0;
        sum += weights[edge];
        squares += (double) weights[edge] * weights[edge];
      }
      for (int in = graph.firstIn(account); in < graph.endIn(account); in++) {
        followers[place] += follows[graph.in(in)] ? 1 : 0;
        actors[place] += weights[graph.in(in)] > 0 ? 1 : 0;
      }
      volumes[place] = sum / singleAct;
      targets[place] = squares > 0 ? sum * sum / squares : 0;
      edges[place] =
          graph.endOut(account)
              - graph.firstOut(account)
              + graph.endIn(account)
              - graph.firstIn(account);
    }
  }

  private Degrees(int accounts) {
    following = new int[accounts];
    followers = new int[accounts];
    actors = new int[accounts];
    targets = new double[accounts];
    volumes = new double[accounts];
    edges = new int[accounts];
  }

  /** Those of all accounts, from those of ranges that follow one another. */
  public static Degrees together(List<Degrees> ranges) {
    if (ranges.size() == 1) {
      return ranges.get(0);
    }
    Degrees all = new Degrees(ranges.stream().mapToInt(range -> range.edges.length).sum());
    int at = 0;
    for (Degrees range : ranges) {
      int length = range.edges.length;
      System.arraycopy(range.following, 0, all.following, at, length);
      System.arraycopy(range.followers, 0, all.followers, at, length);
      System.arraycopy(range.actors, 0, all.actors, at, length);
      System.arraycopy(range.targets, 0, all.targets, at, length);
      System.arraycopy(range.volumes, 0, all.volumes, at, length);
      System.arraycopy(range.edges, 0, all.edges, at, length);
      at += length;
    }
    return all;
  }
}
