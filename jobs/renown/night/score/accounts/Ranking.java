package renown.night.score.accounts;

import java.util.List;
import java.util.Optional;
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
   * @param attention that accounts of all networks give, by ranges that follow one another
   * @param preference of all accounts
   * @param before ranks of an earlier night, 0 of accounts that had none
   * @param ranks filled at the network's accounts with an edge; others are left
   * @return empty if the network has no edge
   */
  static Optional<Ranking> of(
      AccountNumbers accounts,
      int network,
      List<EdgeShard.Outgoing> attention,
      double[] preference,
      double[] before,
      RankOptions options,
      int threads,
      double[] ranks) {
    Edges edges = new Edges();
    // Counted first, so that nothing has to grow.
    for (boolean isCounted : new boolean[] {false, true}) {
      if (isCounted) {
        edges.reserve();
      }
      int account = 0;
      for (EdgeShard.Outgoing range : attention) {
        for (int place = 0; place < range.given().length; place++, account++) {
          if (accounts.networkOf(account) == network) {
            for (int edge = range.start()[place]; edge < range.start()[place + 1]; edge++) {
              edges.add(account, range.destinations()[edge], range.weights()[edge]);
            }
            edges.add(account, NOBODY, (float) range.toNobody()[place]);
          }
        }
      }
    }
    if (edges.count == 0) {
      return Optional.empty();
    }
    LocalRanking ranking =
        new LocalRanking(edges.sources, edges.destinations, edges.weights, 1, threads);
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

  /** Edges with a weight: at first only counted. */
  private static final class Edges {
    private int count;
    private long[] sources;
    private long[] destinations;
    private float[] weights;

    void reserve() {
      sources = new long[count];
      destinations = new long[count];
      weights = new float[count];
      count = 0;
    }

    void add(long source, long destination, float weight) {
      if (weight > 0) {
        if (sources != null) {
          sources[count] = source;
          destinations[count] = destination;
          weights[count] = weight;
        }
        count++;
      }
    }
  }
}
