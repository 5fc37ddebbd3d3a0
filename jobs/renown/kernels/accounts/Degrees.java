package renown.kernels.accounts;

/** How many an account follows and attends to, and how many follow and attend to it. */
public final class Degrees {
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

  /**
   * @param weights of the edges, whole units, 0 or more
   * @param singleAct weight of an edge of one act
   * @param follows whether each edge's source follows its destination
   */
  public Degrees(EdgeGraph graph, int[] weights, double singleAct, boolean[] follows) {
    int accounts = graph.accounts();
    following = new int[accounts];
    followers = new int[accounts];
    actors = new int[accounts];
    targets = new double[accounts];
    volumes = new double[accounts];
    for (int account = 0; account < accounts; account++) {
      double sum = 0;
      double squares = 0;
      for (int edge = graph.firstOut(account); edge < graph.endOut(account); edge++) {
        int other = graph.destination(edge);
        if (follows[edge]) {
          following[account]++;
          followers[other]++;
        }
        if (weights[edge] > 0) {
          actors[other]++;
        }
        sum += weights[edge];
        squares += (double) weights[edge] * weights[edge];
      }
      volumes[account] = sum / singleAct;
      targets[account] = squares > 0 ? sum * sum / squares : 0;
    }
  }
}
