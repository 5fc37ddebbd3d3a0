package renown.night.score.accounts;

import java.util.Arrays;
import renown.kernels.accounts.DistinctActors;
import renown.kernels.accounts.EdgeGraph;
import renown.lake.ColumnRows;
import renown.night.score.model.ModelKeys;
import renown.tables.RecentEdges;

/** Who reacts to whom on the fast clock: last night's sums plus tonight's acts. */
final class FastEdges {
  /** The half-lives of the fast clock, days. */
  static final double[] HALF_LIVES =
      ModelKeys.FAST_HALF_LIVES.stream().mapToDouble(Double::doubleValue).toArray();

  private static final double SIX_HOURS = 0.25;

  private static final double LN_2 = StrictMath.log(2);

  /** Sums below this fraction of an act are dropped. */
  private static final double LEAST_ACT = 0.01;

  /**
   * The age of a single act of which the slowest of the fast clocks has {@link #LEAST_ACT} left.
   */
  private static final double FORGOTTEN_DAYS =
      -HALF_LIVES[HALF_LIVES.length - 1] * (StrictMath.log(LEAST_ACT) / LN_2);

  private final AccountNumbers accounts;
  private final EdgeGraph graph;

  /** By half-life, of each edge. */
  private final long[][] reactions;

  private final long[][] replies;

  /**
   * The sums at the end of a night.
   *
   * @param before rows of {@code recent_edges} of an earlier night
   * @param acts of the night; what is undone is taken away as much as is left of it
   */
  FastEdges(AccountNumbers accounts, ColumnRows before, Acts acts, long night) {
    this.accounts = accounts;
    int earlier = before.size();
    int[] reacting = new int[acts.count()];
    int added = 0;
    for (int act = 0; act < acts.count(); act++) {
      if (acts.isReaction(act)) {
        reacting[added++] = act;
      }
    }
    int[] sources = Arrays.copyOf(accounts.of(before.longs(RecentEdges.SRC_KEY)), earlier + added);
    int[] destinations =
        Arrays.copyOf(accounts.of(before.longs(RecentEdges.DST_KEY)), earlier + added);
    for (int i = 0; i < added; i++) {
      sources[earlier + i] = acts.sources()[reacting[i]];
      destinations[earlier + i] = acts.targets()[reacting[i]];
    }
    EdgeGraph.Numbered numbered = EdgeGraph.of(accounts.accounts(), sources, destinations);
    graph = numbered.graph();
    reactions = new long[HALF_LIVES.length][];
    replies = new long[HALF_LIVES.length][];
    long end = (night + 1) * (long) Decay.MICROS_PER_DAY;
    long[] ofRows = new long[earlier + added];
    for (int clock = 0; clock < HALF_LIVES.length; clock++) {
      for (boolean onlyReplies : new boolean[] {false, true}) {
        ColumnRows.Lists units =
            before.lists(onlyReplies ? RecentEdges.REPLY_UNITS : RecentEdges.REACTION_UNITS);
        for (int row = 0; row < earlier; row++) {
          long days = night - before.longs(RecentEdges.NIGHT).get(row);
          ofRows[row] = Decay.kept(units.longs(row)[clock], days, HALF_LIVES[clock]);
        }
        for (int i = 0; i < added; i++) {
          int act = reacting[i];
          ofRows[earlier + i] =
              onlyReplies && acts.verbs()[act] != Acts.REPLY
                  ? 0
                  : Decay.units(acts.at()[act], end, HALF_LIVES[clock]) * acts.changes()[act];
        }
        (onlyReplies ? replies : reactions)[clock] = numbered.sum(ofRows);
      }
    }
  }

  EdgeGraph graph() {
    return graph;
  }

  /** Whether any of an edge's sums is still worth keeping. */
  private boolean isFresh(int edge) {
    for (long[] sums : reactions) {
      if (sums[edge] >= LEAST_ACT * Decay.UNIT) {
        return true;
      }
    }
    return false;
  }

  /**
   * What counts for the distinct actors of an account.
   *
   * @param clock place of a half-life
   */
  DistinctActors.Acts acts(int clock) {
    return new DistinctActors.Acts(counts(reactions[clock]), counts(replies[clock]), null, null);
  }

  private double[] counts(long[] units) {
    double[] counts = new double[graph.edges()];
    for (int edge = 0; edge < counts.length; edge++) {
      counts[edge] = isFresh(edge) ? Math.max(units[edge], 0) / Decay.UNIT : 0;
    }
    return counts;
  }

  /** The distinct actors of each account, by half-life. */
  DistinctActors[] distinct(double[] credibility) {
    DistinctActors[] distinct = new DistinctActors[HALF_LIVES.length];
    for (int clock = 0; clock < distinct.length; clock++) {
      distinct[clock] = new DistinctActors(graph, acts(clock), credibility);
    }
    return distinct;
  }

  /**
   * How recently credible accounts reacted.
   *
   * @param standing all edges, those that the fast clock has forgotten too
   * @param halfLifeDays of the standing edges
   * @return of each account the largest of its actors' credibility over the days since they last
   *     reacted and six hours; 0 if nobody ever did
   */
  double[] recency(StandingEdges standing, double halfLifeDays, double[] credibility) {
    double[] recency = new double[accounts.accounts()];
    double[] reactions = standing.acts().reactions();
    EdgeGraph slow = standing.graph();
    for (int edge = 0; edge < reactions.length; edge++) {
      if (reactions[edge] > 0) {
        int fast = graph.find(slow.source(edge), slow.destination(edge));
        // What the fast clock has forgotten is at least so old.
        double days = fast >= 0 && isFresh(fast) ? days(fast) : FORGOTTEN_DAYS;
        days = Math.max(days, -halfLifeDays * (StrictMath.log(reactions[edge]) / LN_2));
        int account = slow.destination(edge);
        recency[account] =
            Math.max(recency[account], credibility[slow.source(edge)] / (days + SIX_HOURS));
      }
    }
    return recency;
  }

  /**
   * Days since an edge's last reaction, as far as its sums tell: each clock says how old a single
   * act would be, and none can be younger than that, so the largest answer is the nearest. What a
   * clock has lost is at least as old as the least that it holds.
   */
  private double days(int edge) {
    double days = 0;
    for (int clock = 0; clock < HALF_LIVES.length; clock++) {
      double acts = Math.max(reactions[clock][edge], 1) / Decay.UNIT;
      days = Math.max(days, -HALF_LIVES[clock] * (StrictMath.log(acts) / LN_2));
    }
    return days;
  }

  /** Rows of {@code recent_edges}. */
  ColumnRows rows(long night) {
    ColumnRows rows = new ColumnRows(RecentEdges.TABLE);
    for (int edge = 0; edge < graph.edges(); edge++) {
      if (isFresh(edge)) {
        rows.texts(RecentEdges.NETWORK).add(accounts.networkNameOf(graph.source(edge)));
        rows.longs(RecentEdges.SRC_KEY).add(accounts.key(graph.source(edge)));
        rows.longs(RecentEdges.DST_KEY).add(accounts.key(graph.destination(edge)));
        rows.lists(RecentEdges.REACTION_UNITS).add(of(reactions, edge));
        rows.lists(RecentEdges.REPLY_UNITS).add(of(replies, edge));
        rows.longs(RecentEdges.NIGHT).add(night);
      }
    }
    return rows;
  }

  private static long[] of(long[][] sums, int edge) {
    return Arrays.stream(sums).mapToLong(ofClock -> Math.max(ofClock[edge], 0)).toArray();
  }
}
