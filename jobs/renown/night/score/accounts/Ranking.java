package renown.night.score.accounts;

import java.util.Arrays;
import java.util.Optional;
import renown.kernels.accounts.EdgeGraph;
import renown.kernels.accounts.TradedWeights;
import renown.kernels.rank.LocalRanking;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.RankReport;

/** The ranks of one network's accounts, and how they came about. */
final class Ranking {
  /** The key of the sink vertex, which receives discounted attention. */
  private static final long NOBODY = -1;

  /** Accounts and the sink that were ranked, and edges between them. */
  final long vertices;

  final long edges;
  final RankReport.VectorOutcome outcome;

  private Ranking(long vertices, long edges, RankReport.VectorOutcome outcome) {
    this.vertices = vertices;
    this.edges = edges;
    this.outcome = outcome;
  }

  /**
   * Ranks the accounts of a network that have an edge. What nobody holds is shared out in
   * proportion, so the ranks of accounts sum to 1.
   *
   * @param weights of all networks' edges
   * @param preference of all accounts
   * @param before ranks of an earlier night, 0 of accounts that had none
   * @param ranks filled at the network's accounts with an edge; others are left
   * @return empty if the network has no edge
   */
  static Optional<Ranking> of(
      AccountNumbers accounts,
      int network,
      EdgeGraph graph,
      TradedWeights weights,
      double[] preference,
      double[] before,
      RankOptions options,
      int threads,
      double[] ranks) {
    int most = graph.edges() + graph.accounts();
    long[] sources = new long[most];
    long[] destinations = new long[most];
    float[] narrow = new float[most];
    int count = 0;
    for (int account = 0; account < graph.accounts(); account++) {
      if (accounts.networkOf(account) != network) {
        continue;
      }
      for (int edge = graph.firstOut(account); edge <= graph.endOut(account); edge++) {
        boolean toNobody = edge == graph.endOut(account);
        float weight = (float) (toNobody ? weights.toNobody[account] : weights.left[edge]);
        if (weight > 0) {
          sources[count] = account;
          destinations[count] = toNobody ? NOBODY : graph.destination(edge);
          narrow[count++] = weight;
        }
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    LocalRanking ranking =
        new LocalRanking(
            Arrays.copyOf(sources, count),
            Arrays.copyOf(destinations, count),
            Arrays.copyOf(narrow, count),
            1,
            threads);
    long[] keys = ranking.keys();
    double[] shares = new double[keys.length];
    double[] start = new double[keys.length];
    boolean isWarm = false;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != NOBODY) {
        shares[i] = preference[(int) keys[i]];
        start[i] = before[(int) keys[i]];
        isWarm |= start[i] > 0;
      }
    }
    RankReport.VectorOutcome outcome = ranking.rank(keys, shares, isWarm ? start : null, options);
    double[] found = ranking.ranks();
    double nobodys = 0;
    for (int i = 0; i < keys.length; i++) {
      nobodys += keys[i] == NOBODY ? found[i] : 0;
    }
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != NOBODY) {
        ranks[(int) keys[i]] = found[i] / (1 - nobodys);
      }
    }
    return Optional.of(new Ranking(ranking.vertices(), ranking.edges(), outcome));
  }
}
