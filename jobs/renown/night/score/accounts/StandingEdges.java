package renown.night.score.accounts;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import renown.kernels.accounts.DistinctActors;
import renown.kernels.accounts.EdgeGraph;
import renown.lake.ColumnRows;
import renown.tables.EdgeIncrements;

/**
 * The attention graph as seen from the end of a night, on the slow clock: its edges between
 * accounts that are not excluded, and what they hold verb by verb.
 */
final class StandingEdges {
  /** What {@link #pairWeights} is of an edge of a single act of today. */
  static final double SINGLE_ACT = Math.log(2) * (1L << 20);

  /** Weights are whole multiples of this, so that their sums are exact. */
  private static final double STEP = 1L << 20;

  private final EdgeGraph graph;

  /** By verb the decayed units of each edge; null where no edge has any. */
  private final long[][] units;

  /** Acts per unit, by network. */
  private final double[] decay;

  private final boolean[] follows;
  private final AccountNumbers accounts;

  /**
   * @param increments rows of {@code edge_increments}, tonight's included; read several times
   * @param excluded accounts whose edges do not count
   * @param decay acts per unit at the end of the night, by network
   */
  StandingEdges(
      ColumnRows increments, AccountNumbers accounts, boolean[] excluded, double[] decay) {
    this.accounts = accounts;
    this.decay = decay;
    int[] sources = accounts.of(increments.longs(EdgeIncrements.SRC_KEY));
    int[] destinations = accounts.of(increments.longs(EdgeIncrements.DST_KEY));
    int[] rows = new int[sources.length];
    int count = 0;
    for (int row = 0; row < sources.length; row++) {
      if (!excluded[sources[row]] && !excluded[destinations[row]]) {
        rows[count++] = row;
      }
    }
    int[] from = new int[count];
    int[] to = new int[count];
    for (int i = 0; i < count; i++) {
      from[i] = sources[rows[i]];
      to[i] = destinations[rows[i]];
    }
    EdgeGraph.Numbered numbered = EdgeGraph.of(accounts.accounts(), from, to);
    graph = numbered.graph();
    units = new long[Acts.VERBS.size()][];
    long[] followCounts = new long[graph.edges()];
    ColumnRows.Texts verbs = increments.texts(EdgeIncrements.VERB);
    ColumnRows.Longs decayed = increments.longs(EdgeIncrements.DECAYED_UNITS);
    ColumnRows.Longs acts = increments.longs(EdgeIncrements.ACT_COUNT);
    for (int i = 0; i < count; i++) {
      int verb = Acts.VERBS.indexOf(verbs.get(rows[i]));
      if (verb >= 0) {
        if (units[verb] == null) {
          units[verb] = new long[graph.edges()];
        }
        int edge = numbered.edgeOfRow()[i];
        units[verb][edge] += decayed.get(rows[i]);
        if (verb == Acts.FOLLOW) {
          followCounts[edge] += acts.get(rows[i]);
        }
      }
    }
    follows = new boolean[graph.edges()];
    for (int edge = 0; edge < follows.length; edge++) {
      follows[edge] = followCounts[edge] > 0;
    }
  }

  EdgeGraph graph() {
    return graph;
  }

  boolean[] follows() {
    return follows;
  }

  /** Decayed number of acts on an edge, 0 or more. */
  private double count(int verb, int edge) {
    return units[verb] == null ? 0 : Math.max(units[verb][edge], 0) * decay(edge);
  }

  private double decay(int edge) {
    return decay[accounts.networkOf(graph.source(edge))];
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
    for (Map.Entry<String, Double> verb : verbWeights.entrySet()) {
      int number = Acts.VERBS.indexOf(verb.getKey());
      if (verb.getValue() > 0 && units[number] != null) {
        for (int edge = 0; edge < weights.length; edge++) {
          double count = number == Acts.FOLLOW ? (follows[edge] ? 1 : 0) : count(number, edge);
          weights[edge] += StrictMath.log1p(count) * verb.getValue();
        }
      }
    }
    return weights;
  }

  /** The sum over verbs but block of ln(1 + decayed count), in whole units of 2^-20. */
  int[] pairWeights() {
    int[] weights = new int[graph.edges()];
    for (int verb = 0; verb < Acts.BLOCK; verb++) {
      if (units[verb] != null) {
        for (int edge = 0; edge < weights.length; edge++) {
          weights[edge] += (int) Math.rint(StrictMath.log1p(count(verb, edge)) * STEP);
        }
      }
    }
    return weights;
  }

  /**
   * Blocks from old credible accounts.
   *
   * @param credibility of the blockers
   * @return by account the sum over its blockers of presence times the square of their credibility
   */
  double[] blockSums(double[] credibility) {
    long[] sums = new long[graph.accounts()];
    for (int edge = 0; units[Acts.BLOCK] != null && edge < graph.edges(); edge++) {
      double presence = 1 - StrictMath.exp(-count(Acts.BLOCK, edge));
      double credible = credibility[graph.source(edge)];
      sums[graph.destination(edge)] += (long) Math.rint(presence * credible * credible * STEP);
    }
    return Arrays.stream(sums).mapToDouble(sum -> sum / STEP).toArray();
  }

  /** What counts for the distinct actors of an account. */
  DistinctActors.Acts acts() {
    double[] reactions = new double[graph.edges()];
    for (int edge = 0; edge < reactions.length; edge++) {
      long sum = 0;
      for (int verb = 0; verb < Acts.REACTIONS; verb++) {
        sum += units[verb] == null ? 0 : units[verb][edge];
      }
      reactions[edge] = Math.max(sum, 0) * decay(edge);
    }
    return new DistinctActors.Acts(reactions, counts(Acts.REPLY), counts(Acts.LIST), follows);
  }
}
