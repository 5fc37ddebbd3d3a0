package renown.kernels.accounts;

/**
 * How much attention reaches each account that began at credible ones: a walk of a few steps along
 * the edges that begins everywhere. Persons attend to one another, so what they send comes round; a
 * farm that serves somebody else sends its attention away, nobody outside sends any back, and after
 * a few steps hardly any is left of what it began with, however its members attend to one another
 * on the way. That is the idea of SybilRank (Cao et al., NSDI 2012), whose walk is cut short for
 * the same reason; here it begins at all accounts instead of a few that are trusted.
 */
public final class Vouching {
  /** After these, a group that sends a third of its attention away has 9 % left. */
  private static final int STEPS = 6;

  private Vouching() {}

  /**
   * The walk's mass after its steps.
   *
   * @param weights of each edge, 0 or more
   * @param credibility that each account begins with, 0 or more
   * @param part to which of several separate networks each account belongs, 0 or more
   * @param parts how many there are
   * @return of each account; over those of a part that attend to anybody it adds up to their
   *     credibility, so 1 is what a credible account gets on average. 0 where nothing arrives
   */
  public static double[] mass(
      EdgeGraph graph, int[] weights, double[] credibility, int[] part, int parts) {
    int accounts = graph.accounts();
    double[] out = new double[accounts];
    double[] begun = new double[parts];
    for (int account = 0; account < accounts; account++) {
      long sum = 0;
      for (int edge = graph.firstOut(account); edge < graph.endOut(account); edge++) {
        sum += weights[edge];
      }
      out[account] = sum;
      begun[part[account]] += sum > 0 ? credibility[account] : 0;
    }
    double[] mass = credibility.clone();
    for (int step = 0; step < STEPS; step++) {
      double[] next = new double[accounts];
      double[] arrived = new double[parts];
      for (int account = 0; account < accounts; account++) {
        for (int place = graph.firstIn(account); place < graph.endIn(account); place++) {
          int edge = graph.in(place);
          int source = graph.source(edge);
          if (weights[edge] > 0) {
            next[account] += mass[source] * (weights[edge] / out[source]);
          }
        }
        arrived[part[account]] += out[account] > 0 ? next[account] : 0;
      }
      // What reaches accounts that attend to nobody goes no further; the rest stands for it.
      for (int account = 0; account < accounts; account++) {
        double all = arrived[part[account]];
        mass[account] = all > 0 ? next[account] * (begun[part[account]] / all) : 0;
      }
    }
    return mass;
  }
}
