package renown.kernels.accounts;

/**
 * Weights of attention less what closed trades discount. Of a pair that attends to each other the
 * lesser of the two weights is what may be traded; of it each direction loses {@code 0.9 * t(src) *
 * t(dst)}, t an account's trading share beyond the tenth that friends have too. What is taken goes
 * to nobody, whose rank falls to the preference vector: otherwise a source that only trades would
 * pass on all of its rank as before, since only the proportions of its weights matter. The same
 * happens with what an account does not pass on.
 */
public final class TradedWeights {
  /** Mutual attention up to this share is normal among friends and not discounted. */
  private static final double FRIENDS_TRADE = 0.1;

  private static final double MOST_DISCOUNT = 0.9;

  /** What is left of each edge's weight. */
  public final double[] left;

  /** What was taken from each account's edges, from the first account of the graph's range on. */
  public final double[] toNobody;

  /** All that an account gives, nobody included, from the same account on. */
  public final double[] given;

  /**
   * @param weights of the edges, 0 or more
   * @param tradingShare of the accounts, 0 to 1
   * @param passedOn share of what is left that each account passes on, 0 to 1
   */
  public TradedWeights(
      EdgeGraph graph, double[] weights, double[] tradingShare, double[] passedOn) {
    left = new double[graph.edges()];
    toNobody = new double[graph.to() - graph.from()];
    given = new double[graph.to() - graph.from()];
    for (int edge = 0; edge < left.length; edge++) {
      int account = graph.source(edge);
      int back = graph.back(edge);
      double taken = 0;
      if (back >= 0) {
        taken =
            Math.min(weights[edge], weights[back])
                * trade(tradingShare[account])
                * trade(tradingShare[graph.destination(edge)])
                * MOST_DISCOUNT;
      }
      left[edge] = (weights[edge] - taken) * passedOn[account];
      if (account >= graph.from() && account < graph.to()) {
        int place = account - graph.from();
        toNobody[place] += taken + (weights[edge] - taken) * (1 - passedOn[account]);
        given[place] += weights[edge];
      }
    }
  }

  private static double trade(double share) {
    return Math.max(0, (share - FRIENDS_TRADE) / (1 - FRIENDS_TRADE));
  }
}
