package renown.night.score.accounts;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import renown.kernels.accounts.ClosedTrades;
import renown.kernels.accounts.Degrees;
import renown.kernels.accounts.DistinctActors;
import renown.kernels.accounts.EdgeGraph;
import renown.kernels.accounts.MutualPairs;
import renown.kernels.accounts.RankSources;
import renown.kernels.accounts.TradedWeights;
import renown.night.score.model.EarnedAttentionModel;

/**
 * All edges from or to a range of accounts, on both clocks, and the three walks that a night takes
 * over them. What needs a whole network stands between the walks, and is all that one machine has
 * to hold of it: of an edge 4 bytes if it is returned ({@link MutualPairs}) and what the ranking
 * takes ({@link Outgoing}); of an account a few sums.
 */
final class EdgeShard implements Serializable {
  private static final long serialVersionUID = 1;

  private final StandingEdges standing;
  private final FastEdges fast;

  EdgeShard(StandingEdges standing, FastEdges fast) {
    this.standing = standing;
    this.fast = fast;
  }

  StandingEdges standing() {
    return standing;
  }

  FastEdges fast() {
    return fast;
  }

  /** Pairs of accounts and how much the first attends to the second. */
  record Pairs(int[] sources, int[] destinations, int[] weights) implements Serializable {}

  /**
   * What the first walk finds of each account.
   *
   * @param mutual with whom its attention is mutual
   * @param all whom it attends to; null unless that is wanted
   */
  record Attention(
      Degrees degrees,
      MutualPairs mutual,
      StandingEdges.Blocks blocks,
      boolean[] tellsReactions,
      Pairs all,
      FastEdges.Turnover turnover,
      FastEdges.Written added)
      implements Serializable {}

  /**
   * The first walk: what credibility follows from.
   *
   * @param wantsPairs whether {@link Attention#all} is wanted
   */
  Attention attention(boolean wantsPairs) {
    EdgeGraph graph = standing.graph();
    int[] weights = standing.pairWeights();
    return new Attention(
        new Degrees(graph, weights, StandingEdges.SINGLE_ACT, standing.follows()),
        new MutualPairs(graph, weights),
        standing.blocks(),
        standing.tellsReactions(),
        wantsPairs ? pairs(graph, weights) : null,
        fast.turnover(),
        fast.added());
  }

  private static Pairs pairs(EdgeGraph graph, int[] weights) {
    if (graph.from() == graph.to()) {
      return new Pairs(new int[0], new int[0], new int[0]);
    }
    int first = graph.firstOut(graph.from());
    int end = graph.endOut(graph.to() - 1);
    int[] sources = new int[end - first];
    int[] destinations = new int[end - first];
    for (int edge = first; edge < end; edge++) {
      sources[edge - first] = graph.source(edge);
      destinations[edge - first] = graph.destination(edge);
    }
    return new Pairs(sources, destinations, Arrays.copyOfRange(weights, first, end));
  }

  /** What all first walks found, of all accounts. */
  static final class AllAttention {
    final Degrees degrees;
    final double[] tradingShare;

    /** With how many each trades, and how closed their circle is: see {@link ClosedTrades}. */
    final int[] neighbours;

    final double[] clustering;
    final List<StandingEdges.Blocks> blocks;

    /** Whom everybody attends to, and how much; null unless that is wanted. */
    final EdgeGraph pairs;

    final int[] pairWeights;

    AllAttention(List<Attention> ranges) {
      degrees = Degrees.together(ranges.stream().map(Attention::degrees).toList());
      ClosedTrades trades = new ClosedTrades(ranges.stream().map(Attention::mutual).toList());
      tradingShare = trades.tradingShare;
      neighbours = trades.neighbours;
      clustering = trades.clustering;
      blocks = ranges.stream().map(Attention::blocks).toList();
      if (ranges.get(0).all() == null) {
        pairs = null;
        pairWeights = null;
        return;
      }
      EdgeGraph.Numbered numbered =
          EdgeGraph.of(
              tradingShare.length,
              joined(ranges.stream().map(range -> range.all().sources()).toList()),
              joined(ranges.stream().map(range -> range.all().destinations()).toList()));
      pairs = numbered.graph();
      // Each pair is there once, in the order of its edge.
      pairWeights = joined(ranges.stream().map(range -> range.all().weights()).toList());
    }

    private static int[] joined(List<int[]> parts) {
      return parts.stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** By account, what blocks from old credible accounts come to. */
    double[] blockSums(double[] credibility) {
      return StandingEdges.Blocks.sums(blocks, credibility);
    }
  }

  /**
   * What the second walk finds: the attention that each account of the range gives, which the
   * ranking follows.
   *
   * @param start where each account's destinations begin; one more entry than accounts
   * @param destinations rising within an account
   * @param weights of them, less what closed trades discount
   * @param toNobody what was taken from each account
   * @param given all that it gives, nobody included
   * @param actors how many attend to each account
   */
  record Outgoing(
      int[] start,
      int[] destinations,
      float[] weights,
      double[] toNobody,
      double[] given,
      int[] actors)
      implements Serializable {}

  /**
   * The second walk.
   *
   * @param tradingShare of all accounts
   * @param passedOn of all accounts
   */
  Outgoing outgoing(
      SortedMap<String, Double> verbWeights, double[] tradingShare, double[] passedOn) {
    EdgeGraph graph = standing.graph();
    double[] weights = standing.rankWeights(verbWeights);
    TradedWeights traded = new TradedWeights(graph, weights, tradingShare, passedOn);
    int accounts = graph.to() - graph.from();
    int first = accounts == 0 ? 0 : graph.firstOut(graph.from());
    int edges = accounts == 0 ? 0 : graph.endOut(graph.to() - 1) - first;
    int[] start = new int[accounts + 1];
    int[] destinations = new int[edges];
    float[] left = new float[edges];
    int[] actors = new int[accounts];
    for (int place = 0; place < accounts; place++) {
      int account = graph.from() + place;
      start[place + 1] = graph.endOut(account) - first;
      for (int in = graph.firstIn(account); in < graph.endIn(account); in++) {
        actors[place] += weights[graph.in(in)] > 0 ? 1 : 0;
      }
    }
    for (int edge = 0; edge < edges; edge++) {
      destinations[edge] = graph.destination(first + edge);
      left[edge] = (float) traded.left[first + edge];
    }
    return new Outgoing(start, destinations, left, traded.toNobody, traded.given, actors);
  }

  /**
   * What the third walk goes by, of all accounts.
   *
   * @param openShare of the attention that an account returned, how much counts
   * @param given all that each account gives, nobody included
   * @param ranks not a number for those that are not ranked
   * @param credibilitySums of the ranked accounts, by network
   */
  record Ranked(
      double[] credibility,
      double[] tradingShare,
      double[] openShare,
      double[] passedOn,
      double[] given,
      double[] ranks,
      boolean[] tellsReactions,
      double[] credibilitySums)
      implements Serializable {}

  /** How a night counts attention. */
  record Rules(
      SortedMap<String, Double> verbWeights,
      double dampingFactor,
      double halfLifeDays,
      EarnedAttentionModel score,
      EarnedAttentionModel momentum,
      int topSources)
      implements Serializable {}

  /**
   * Where the rank of the accounts of the range comes from, the largest part first.
   *
   * @param authorityPerRank what a rank is worth to the account in the unit of its authority
   */
  record Sources(int[] accounts, int[] sources, double[] parts, double[] authorityPerRank)
      implements Serializable {}

  /** What the third walk finds. */
  record Result(Earned earned, Sources sources) implements Serializable {}

  /**
   * The third walk: the attention that each account of the range earns.
   *
   * @param posts of the range
   * @param regularity of the range
   */
  Result earned(
      AccountNumbers accounts, Ranked ranked, PostRecord posts, double[] regularity, Rules rules) {
    EdgeGraph graph = standing.graph();
    double[] left =
        new TradedWeights(
                graph,
                standing.rankWeights(rules.verbWeights()),
                ranked.tradingShare(),
                ranked.passedOn())
            .left;
    RankSources sources =
        new RankSources(graph, left, ranked.given(), ranked.ranks(), rules.dampingFactor());
    Earned earned =
        new Earned(
            new Earned.Known(
                accounts,
                ranked.ranks(),
                sources.parts(),
                new DistinctActors(
                    graph, standing.acts(), ranked.credibility(), ranked.openShare()),
                fast.distinct(ranked.credibility(), ranked.openShare()),
                fast.recency(
                    standing, rules.halfLifeDays(), ranked.credibility(), ranked.openShare()),
                posts,
                regularity,
                ranked.tellsReactions(),
                ranked.credibilitySums()),
            graph.from(),
            graph.to(),
            rules.score(),
            rules.momentum());
    return new Result(earned, sources(graph, sources, earned, rules.topSources()));
  }

  private static Sources sources(EdgeGraph graph, RankSources sources, Earned earned, int most) {
    int[][] top = new int[graph.to() - graph.from()][];
    int count = 0;
    for (int place = 0; place < top.length; place++) {
      top[place] = sources.top(graph.from() + place, most);
      count += top[place].length;
    }
    Sources found =
        new Sources(new int[count], new int[count], new double[count], new double[count]);
    int at = 0;
    for (int place = 0; place < top.length; place++) {
      for (int edge : top[place]) {
        found.accounts[at] = graph.from() + place;
        found.sources[at] = graph.source(edge);
        found.parts[at] = sources.parts()[edge];
        found.authorityPerRank[at++] = earned.authorityPerRank(graph.from() + place);
      }
    }
    return found;
  }
}
