package renown.kernels.accounts;

/** Where the rank of accounts comes from: what each edge brings, and the edges that bring most. */
public final class RankSources {
  private final EdgeGraph graph;
  private final double[] parts;

  /**
   * @param weights what is left of each edge's weight
   * @param given all that each account of the whole graph gives, 0 or more
   * @param ranks of the accounts
   */
  public RankSources(
      EdgeGraph graph, double[] weights, double[] given, double[] ranks, double dampingFactor) {
    this.graph = graph;
    this.parts = new double[graph.edges()];
    for (int edge = 0; edge < parts.length; edge++) {
      int source = graph.source(edge);
      if (weights[edge] > 0) {
        parts[edge] = weights[edge] * (ranks[source] / given[source]) * dampingFactor;
      }
    }
  }

  /** Share of all rank that each edge brings its destination. */
  public double[] parts() {
    return parts;
  }

  /**
   * The edges that bring an account most, the largest first, of equals that of the lesser source.
   *
   * @param most how many
   */
  public int[] top(int account, int most) {
    int[] top = new int[Math.min(most, graph.endIn(account) - graph.firstIn(account))];
    if (top.length == 0) {
      return top;
    }
    int found = 0;
    for (int place = graph.firstIn(account); place < graph.endIn(account); place++) {
      int edge = graph.in(place);
      if (parts[edge] > 0 && (found < top.length || parts[edge] > parts[top[found - 1]])) {
        int at = found < top.length ? found++ : found - 1;
        while (at > 0 && parts[top[at - 1]] < parts[edge]) {
          top[at] = top[at - 1];
          at--;
        }
        top[at] = edge;
      }
    }
    return java.util.Arrays.copyOf(top, found);
  }
}
