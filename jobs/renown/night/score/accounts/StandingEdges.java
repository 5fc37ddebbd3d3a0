package renown.night.score.accounts;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import renown.kernels.accounts.DistinctActors;
import renown.kernels.accounts.EdgeGraph;

/**
 * The attention graph as seen from the end of a night, on the slow clock: its edges between
 * accounts that are not excluded, and what they hold verb by verb.
 */
final class StandingEdges implements Serializable {
  private static final long serialVersionUID = 1;

  /** What {@link #pairWeights} is of an edge of a single act of today. */
  static final double SINGLE_ACT = Math.log(2) * (1L << 20);

  /** Weights are whole multiples of this, so that their sums are exact. */
  private static final double STEP = 1L << 20;

  private final EdgeGraph graph;
  private final EdgeRows.Sums sums;

  /** Acts per unit, by network. */
  private final double[] decay;

  private final boolean[] follows;

  /** Of each edge. */
  private final short[] networks;

  /**
   * @param rows what the edges hold, tonight's included
   * @param excluded accounts whose edges do not count, which are let go
   * @param decay acts per unit at the end of the night, by network
   */
  StandingEdges(EdgeRows rows, AccountNumbers accounts, boolean[] excluded, double[] decay) {
    this.decay = decay;
    rows.leaveOut(excluded);
    sums = rows.sums(accounts.accounts());
    graph = sums.graph();
    follows = new boolean[graph.edges()];
    networks = new short[graph.edges()];
    for (int edge = 0; edge < follows.length; edge++) {
      int at = place(Acts.FOLLOW, edge);
      follows[edge] = at >= 0 && sums.acts()[at] > 0;
      networks[edge] = (short) accounts.networkOf(graph.source(edge));
    }
  }

  EdgeGraph graph() {
    return graph;
  }

  boolean[] follows() {
    return follows;
  }

  /** Where the sum of an edge and verb stands, or -1. */
  private int place(int verb, int edge) {
    for (int at = sums.start()[edge]; at < sums.start()[edge + 1]; at++) {
      if (sums.verbs()[at] == verb) {
        return at;
      }
    }
    return -1;
  }

  private double count(int at, double decay) {
    return Math.max(sums.units()[at], 0) * decay;
  }

  /** Decayed number of acts on an edge, 0 or more. */
  private double count(int verb, int edge) {
    int at = place(verb, edge);
    return at < 0 ? 0 : count(at, decay(edge));
  }

  private double decay(int edge) {
    return decay[networks[edge]];
  }

  private double[] counts(int verb) {
    double[] counts = new double[graph.edges()];
    for (int edge = 0; edge < counts.length; edge++) {
      counts[edge] = count(verb, edge);
    }
    return counts;
  }

  /**
   * Weights for the ranking: the sum over verbs of {@code verb weight * ln(1 + decayed count)}, so
   * that the hundredth reply adds almost nothing. A follow is no act that fades: it counts 1 until
   * it is taken back.
   *
   * @param verbWeights 0 or more; verbs without one do not count
   */
  double[] rankWeights(SortedMap<String, Double> verbWeights) {
    double[] weights = new double[graph.edges()];
    double[] ofVerb = new double[Acts.VERBS.size()];
    // Sums run over the verbs as their names rise.
    int[] order =
        verbWeights.keySet().stream()
            .mapToInt(Acts.VERBS::indexOf)
            .filter(verb -> verb >= 0)
            .toArray();
    verbWeights.forEach(
        (verb, weight) -> {
          if (Acts.VERBS.contains(verb)) {
            ofVerb[Acts.VERBS.indexOf(verb)] = weight;
          }
        });
    for (int edge = 0; edge < weights.length; edge++) {
      for (int verb : order) {
        int at = ofVerb[verb] > 0 ? place(verb, edge) : -1;
        if (at >= 0) {
          double count = verb == Acts.FOLLOW ? (follows[edge] ? 1 : 0) : count(at, decay(edge));
          weights[edge] += StrictMath.log1p(count) * ofVerb[verb];
        }
      }
    }
    return weights;
  }

  /** The sum over verbs but block of ln(1 + decayed count), in whole units of 2^-20. */
  int[] pairWeights() {
    int[] weights = new int[graph.edges()];
    for (int edge = 0; edge < weights.length; edge++) {
      for (int at = sums.start()[edge]; at < sums.start()[edge + 1]; at++) {
        if (sums.verbs()[at] < Acts.BLOCK) {
          weights[edge] += (int) Math.rint(StrictMath.log1p(count(at, decay(edge))) * STEP);
        }
      }
    }
    return weights;
  }

  /** Whether an edge arrives at an account of the graph's range. */
  boolean arrives(int edge) {
    int destination = graph.destination(edge);
    return destination >= graph.from() && destination < graph.to();
  }

  /**
   * Who blocks whom.
   *
   * @param presence of each block, 0 to 1
   */
  record Blocks(int[] sources, int[] destinations, double[] presence) implements Serializable {
    /**
     * Blocks from old credible accounts.
     *
     * @param all of all ranges
     * @param credibility of the blockers
     * @return by account the sum over its blockers of presence times the square of their
     *     credibility
     */
    static double[] sums(List<Blocks> all, double[] credibility) {
      long[] blocks = new long[credibility.length];
      for (Blocks its : all) {
        for (int i = 0; i < its.presence.length; i++) {
          double credible = credibility[its.sources[i]];
          blocks[its.destinations[i]] +=
              (long) Math.rint(its.presence[i] * credible * credible * STEP);
        }
      }
      return Arrays.stream(blocks).mapToDouble(sum -> sum / STEP).toArray();
    }
  }

  /** Blocks of accounts of the graph's range. */
  Blocks blocks() {
    int[] blocking =
        IntStream.range(0, graph.edges())
            .filter(edge -> arrives(edge) && count(Acts.BLOCK, edge) > 0)
            .toArray();
    return new Blocks(
        Arrays.stream(blocking).map(graph::source).toArray(),
        Arrays.stream(blocking).map(graph::destination).toArray(),
        Arrays.stream(blocking)
            .mapToDouble(edge -> 1 - StrictMath.exp(-count(Acts.BLOCK, edge)))
            .toArray());
  }

  /** By network, whether any edge that arrives at an account of the range tells of reactions. */
  boolean[] tellsReactions() {
    boolean[] tells = new boolean[decay.length];
    for (int edge = 0; edge < graph.edges(); edge++) {
      tells[networks[edge]] |= arrives(edge) && reactions(edge) > 0;
    }
    return tells;
  }

  /** Decayed number of reactions on an edge, 0 or more. */
  double reactions(int edge) {
    long sum = 0;
    for (int at = sums.start()[edge]; at < sums.start()[edge + 1]; at++) {
      sum += sums.verbs()[at] < Acts.REACTIONS ? sums.units()[at] : 0;
    }
    return Math.max(sum, 0) * decay(edge);
  }

  /** What counts for the distinct actors of an account. */
  DistinctActors.Acts acts() {
    double[] reactions = new double[graph.edges()];
    Arrays.setAll(reactions, this::reactions);
    return new DistinctActors.Acts(reactions, counts(Acts.REPLY), counts(Acts.LIST), follows);
  }
}
