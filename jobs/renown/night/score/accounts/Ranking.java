package renown.night.score.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import renown.kernels.rank.EdgeChunk;
import renown.kernels.rank.EdgeList;
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
  final RankReport.Outcome outcome;

  private Ranking(long vertices, long edges, RankReport.Outcome outcome) {
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
    Attention edges = Attention.of(accounts, network, attention);
    LocalRanking ranking =
        new LocalRanking(edges, edges.accountCount + 1, number -> number + NOBODY, threads);
    if (ranking.edges() == 0) {
      return Optional.empty();
    }
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
    RankReport.Outcome outcome = ranking.rank(keys, shares, isWarm ? start : null, options);
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

  /** A network's edges with a weight, read where they lie; nobody is vertex 0. */
  private static final class Attention implements EdgeList {
    private static final int ACCOUNTS_AT_A_TIME = 256;

    private final AccountNumbers accounts;
    private final int network;
    private final List<Piece> pieces;
    private final int accountCount;

    private Attention(AccountNumbers accounts, int network, List<Piece> pieces, int accountCount) {
      this.accounts = accounts;
      this.network = network;
      this.pieces = pieces;
      this.accountCount = accountCount;
    }

    /**
     * Some accounts of a range.
     *
     * @param before accounts of the ranges before it
     */
    private record Piece(EdgeShard.Outgoing range, int before, int from, int to) {}

    static Attention of(AccountNumbers accounts, int network, List<EdgeShard.Outgoing> attention) {
      List<Piece> pieces = new ArrayList<>();
      int before = 0;
      for (EdgeShard.Outgoing range : attention) {
        int size = range.given().length;
        for (int from = 0; from < size; from += ACCOUNTS_AT_A_TIME) {
          pieces.add(new Piece(range, before, from, Math.min(size, from + ACCOUNTS_AT_A_TIME)));
        }
        before += size;
      }
      return new Attention(accounts, network, pieces, before);
    }

    @Override
    public int chunks() {
      return pieces.size();
    }

    @Override
    public void read(int chunk, EdgeChunk into) {
      Piece piece = pieces.get(chunk);
      EdgeShard.Outgoing range = piece.range;
      into.clear();
      for (int place = piece.from; place < piece.to; place++) {
        int account = piece.before + place;
        if (accounts.networkOf(account) != network) {
          continue;
        }
        for (int edge = range.start()[place]; edge < range.start()[place + 1]; edge++) {
          add(into, account, range.destinations()[edge] + 1, range.weights()[edge]);
        }
        add(into, account, 0, (float) range.toNobody()[place]);
      }
    }

    private static void add(EdgeChunk into, int account, int destination, float weight) {
      if (weight > 0) {
        into.add(account + 1, destination, weight);
      }
    }
  }
}
