package renown.night.score.accounts;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import renown.kernels.accounts.DistinctActors;
import renown.kernels.accounts.EdgeGraph;
import renown.lake.ColumnRows;
import renown.night.score.model.ModelKeys;
import renown.tables.RecentEdges;

/** Who reacts to whom on the fast clock: last night's sums plus tonight's acts. */
final class FastEdges implements Serializable {
  private static final long serialVersionUID = 1;

  /** The half-lives of the fast clock, days. */
  static final double[] HALF_LIVES =
      ModelKeys.FAST_HALF_LIVES.stream().mapToDouble(Double::doubleValue).toArray();

  private static final double SIX_HOURS = 0.25;

  private static final double MONTH = 30;

  /**
   * The power by which a reaction fades: of 1/4 to 3, tried on eight open sets, 3/4 was ahead of
   * distinct reactors in rank correlation in all, in NDCG in half of them (README of evaluate).
   */
  private static final double FADING = 0.75;

  /** What of returned attention counts in full: a friend who last reacted a week ago. */
  private static final double FRIEND = StrictMath.pow(7 + SIX_HOURS, -FADING);

  /** The same on the slow clock: a friend who last reacted a month ago. */
  static final double STANDING_FRIEND = StrictMath.pow(30 + MONTH, -FADING);

  /** What counts on the slow clock of an account that reacts now. */
  static final double STANDING_NOW = StrictMath.pow(MONTH, -FADING);

  private static final double LN_2 = StrictMath.log(2);

  /** Sums below this fraction of an act are dropped. */
  private static final double LEAST_ACT = 0.01;

  /**
   * The age of a single act of which the slowest of the fast clocks has {@link #LEAST_ACT} left.
   */
  private static final double FORGOTTEN_DAYS =
      -HALF_LIVES[HALF_LIVES.length - 1] * (StrictMath.log(LEAST_ACT) / LN_2);

  /** Parts of so many nights are read before they are summed and written again. */
  private static final int MOST_PARTS = 32;

  private final EdgeGraph graph;

  /** Rows of earlier nights that arrive at an account of the range. */
  private final int rowsBefore;

  /** By half-life. */
  private final Sums[] reactions;

  private final Sums[] replies;

  /** Edges on which anything happened tonight, each once, in order. */
  private final int[] touched;

  /**
   * Units at the end of the night.
   *
   * @param now of each edge
   * @param before without the night's acts, of each edge in {@link #touched}
   */
  private record Sums(long[] now, long[] before) implements Serializable {
    /** What counts: never less than nothing. */
    long now(int edge) {
      return Math.max(now[edge], 0);
    }
  }

  /**
   * The sums at the end of a night.
   *
   * @param before rows of {@code recent_edges} of earlier nights, in any order
   * @param acts of the night; what is undone is taken away as much as is left of it
   */
  FastEdges(AccountNumbers accounts, ColumnRows before, Acts acts, long night) {
    this(accounts, rows(before, accounts), acts, night);
  }

  private static RecentRows rows(ColumnRows before, AccountNumbers accounts) {
    RecentRows rows = new RecentRows(0, accounts.accounts());
    rows.add(before, accounts);
    return rows;
  }

  /**
   * Those of a range of accounts.
   *
   * @param before of earlier nights, whose units are let go
   * @param acts of the night, at least all from or to accounts of the range
   */
  FastEdges(AccountNumbers accounts, RecentRows before, Acts acts, long night) {
    int from = before.from();
    int to = before.to();
    int earlier = before.size();
    IntPredicate isIn = account -> account >= from && account < to;
    int[] reacting =
        IntStream.range(0, acts.count())
            .filter(acts::isReaction)
            .filter(act -> isIn.test(acts.sources()[act]) || isIn.test(acts.targets()[act]))
            .toArray();
    int added = reacting.length;
    int[] sources = before.sources(added);
    int[] destinations = before.destinations(added);
    for (int i = 0; i < added; i++) {
      sources[earlier + i] = acts.sources()[reacting[i]];
      destinations[earlier + i] = acts.targets()[reacting[i]];
    }
    EdgeGraph.Numbered numbered =
        EdgeGraph.of(accounts.accounts(), from, to, sources, destinations, earlier + added);
    graph = numbered.graph();
    rowsBefore = before.arriving();
    touched =
        Arrays.stream(numbered.edgeOfRow(), earlier, earlier + added).sorted().distinct().toArray();
    reactions = new Sums[HALF_LIVES.length];
    replies = new Sums[HALF_LIVES.length];
    long end = (night + 1) * (long) Decay.MICROS_PER_DAY;
    for (int clock = 0; clock < HALF_LIVES.length; clock++) {
      for (boolean onlyReplies : new boolean[] {false, true}) {
        long[] units = before.takeUnits(clock, onlyReplies);
        Decay.Clock decay = new Decay.Clock(HALF_LIVES[clock]);
        long[] now = new long[graph.edges()];
        for (int row = 0; row < earlier; row++) {
          now[numbered.edgeOfRow()[row]] += decay.kept(units[row], night - before.night(row));
        }
        long[] ofBefore = Arrays.stream(touched).mapToLong(edge -> now[edge]).toArray();
        for (int i = 0; i < added; i++) {
          int act = reacting[i];
          if (!onlyReplies || acts.verbs()[act] == Acts.REPLY) {
            now[numbered.edgeOfRow()[earlier + i]] +=
                Decay.units(acts.at()[act], end, HALF_LIVES[clock]) * acts.changes()[act];
          }
        }
        (onlyReplies ? replies : reactions)[clock] = new Sums(now, ofBefore);
      }
    }
  }

  EdgeGraph graph() {
    return graph;
  }

  /** Whether any of an edge's sums is still worth keeping. */
  private boolean isFresh(int edge) {
    for (Sums sums : reactions) {
      if (sums.now[edge] >= LEAST_ACT * Decay.UNIT) {
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

  private double[] counts(Sums units) {
    double[] counts = new double[graph.edges()];
    for (int edge = 0; edge < counts.length; edge++) {
      counts[edge] = isFresh(edge) ? units.now(edge) / Decay.UNIT : 0;
    }
    return counts;
  }

  /**
   * The distinct actors of each account, by half-life; what each brings is let go.
   *
   * @param openShare of the attention that an account returned, how much counts
   */
  DistinctActors[] distinct(double[] credibility, double[] openShare) {
    DistinctActors[] distinct = new DistinctActors[HALF_LIVES.length];
    for (int clock = 0; clock < distinct.length; clock++) {
      distinct[clock] = new DistinctActors(graph, acts(clock), credibility, openShare).onlySums();
    }
    return distinct;
  }

  /**
   * How recently credible accounts reacted.
   *
   * <p>Memory fades as a power of time, as people's does (Anderson and Schooler, "Reflections of
   * the environment in memory", Psychological Science 1991) and as the response to posts does
   * (Crane and Sornette, PNAS 2008): a single function serves hours and months, where each
   * half-life sees its own stretch alone.
   *
   * @param last of each account of the range the largest of its actors' credibility over the days
   *     since they last reacted and six hours; 0 if nobody ever did
   * @param fading of each account its actors' credibility over the power 3/4 of the same, where
   *     what is returned adds at most as much again and a friend
   * @param unasked of each account the sum of its actors' credibility over the power 3/4 of the
   *     days and 30, of what came unasked
   * @param returned the same of what the account returned, as far as it counts
   * @param standingParts what each standing edge adds to both of its destination
   */
  record Recency(
      double[] last, double[] fading, double[] unasked, double[] returned, double[] standingParts) {
    /** As {@link #fading} with 30 days instead of six hours; of a place in the range. */
    double standing(int place) {
      return DistinctActors.earned(unasked[place], returned[place], STANDING_FRIEND);
    }
  }

  /**
   * @param standing all edges, those that the fast clock has forgotten too
   * @param halfLifeDays of the standing edges
   * @param openShare of the attention that an account returned, how much counts
   */
  Recency recency(
      StandingEdges standing, double halfLifeDays, double[] credibility, double[] openShare) {
    EdgeGraph slow = standing.graph();
    int width = slow.to() - slow.from();
    Recency recency =
        new Recency(
            new double[width],
            new double[width],
            new double[width],
            new double[width],
            new double[slow.edges()]);
    double[] fadingReturned = new double[width];
    for (int edge = 0; edge < slow.edges(); edge++) {
      double reactions = standing.arrives(edge) ? standing.reactions(edge) : 0;
      if (reactions > 0) {
        int fast = graph.find(slow.source(edge), slow.destination(edge));
        // What the fast clock has forgotten is at least so old; before, it is not called older.
        double days =
            fast >= 0 && isFresh(fast) ? Math.min(days(fast), FORGOTTEN_DAYS) : FORGOTTEN_DAYS;
        days = Math.max(days, -halfLifeDays * (StrictMath.log(reactions) / LN_2));
        int account = slow.destination(edge) - slow.from();
        double credible = credibility[slow.source(edge)];
        recency.last[account] = Math.max(recency.last[account], credible / (days + SIX_HOURS));
        int back = slow.back(edge);
        double returned =
            back < 0 ? 0 : DistinctActors.returned(reactions, standing.reactions(back));
        double counts = returned * openShare[slow.destination(edge)];
        // Sums run in the order of the sources, so that their bits are reproducible.
        double fading = credible * StrictMath.pow(days + SIX_HOURS, -FADING);
        recency.fading[account] += fading * (1 - returned);
        fadingReturned[account] += fading * counts;
        double part = credible * StrictMath.pow(days + MONTH, -FADING);
        recency.standingParts[edge] = part;
        recency.unasked[account] += part * (1 - returned);
        recency.returned[account] += part * counts;
      }
    }
    for (int account = 0; account < fadingReturned.length; account++) {
      recency.fading[account] =
          DistinctActors.earned(recency.fading[account], fadingReturned[account], FRIEND);
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
      double acts = Math.max(reactions[clock].now(edge), 1) / Decay.UNIT;
      days = Math.max(days, -HALF_LIVES[clock] * (StrictMath.log(acts) / LN_2));
    }
    return days;
  }

  /** Whether an edge is one that arrives at an account of the range. */
  private boolean arrives(int edge) {
    int destination = graph.destination(edge);
    return destination >= graph.from() && destination < graph.to();
  }

  /**
   * What decides when parts are summed and written again.
   *
   * @param rows of earlier nights
   * @param changed edges that the night changes
   * @param fresh edges that have not faded
   */
  record Turnover(long rows, long changed, long fresh) implements Serializable {
    Turnover plus(Turnover other) {
      return new Turnover(rows + other.rows, changed + other.changed, fresh + other.fresh);
    }

    /**
     * Whether the parts are to be replaced by {@link #all} instead of getting {@link #added}: where
     * they are many, or half of their rows stand for what other rows are of or what has faded.
     *
     * @param parts files of parts
     */
    boolean isCompactionDue(int parts) {
      return parts >= MOST_PARTS || rows + changed > 2 * fresh + 1000;
    }
  }

  /** That of the edges that arrive at accounts of the range. */
  Turnover turnover() {
    return new Turnover(
        rowsBefore,
        IntStream.range(0, touched.length)
            .filter(place -> arrives(touched[place]) && isChanged(place))
            .count(),
        IntStream.range(0, graph.edges()).filter(edge -> arrives(edge) && isFresh(edge)).count());
  }

  /** By how much the night changes what counts. */
  private long change(Sums sums, int place) {
    return sums.now(touched[place]) - Math.max(sums.before[place], 0);
  }

  private boolean isChanged(int place) {
    for (int clock = 0; clock < HALF_LIVES.length; clock++) {
      if (change(reactions[clock], place) != 0 || change(replies[clock], place) != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * What is to be written of some edges.
   *
   * @param units of each, clock by clock, all reactions before replies
   */
  record Written(int[] sources, int[] destinations, long[][] units) implements Serializable {
    /** Rows of {@code recent_edges}. */
    static ColumnRows rows(List<Written> parts, AccountNumbers accounts, long night) {
      ColumnRows rows = new ColumnRows(RecentEdges.TABLE);
      for (Written part : parts) {
        for (int i = 0; i < part.sources.length; i++) {
          for (int clock = 0; clock < HALF_LIVES.length; clock++) {
            rows.longs(RecentEdges.REACTION_UNITS.get(clock)).add(part.units[clock][i]);
            rows.longs(RecentEdges.REPLY_UNITS.get(clock))
                .add(part.units[HALF_LIVES.length + clock][i]);
          }
          rows.longs(RecentEdges.SRC_KEY).add(accounts.key(part.sources[i]));
          rows.longs(RecentEdges.DST_KEY).add(accounts.key(part.destinations[i]));
          rows.longs(RecentEdges.NIGHT).add(night);
        }
      }
      return rows;
    }
  }

  /** What tonight adds to the edges that arrive at accounts of the range. */
  Written added() {
    int[] changed =
        IntStream.range(0, touched.length)
            .filter(place -> arrives(touched[place]) && isChanged(place))
            .toArray();
    List<long[]> units = new ArrayList<>();
    for (Sums[] some : List.of(reactions, replies)) {
      for (Sums sums : some) {
        units.add(Arrays.stream(changed).mapToLong(place -> change(sums, place)).toArray());
      }
    }
    return written(Arrays.stream(changed).map(place -> touched[place]).toArray(), units);
  }

  /** All that has not faded of the same edges. */
  Written all() {
    int[] fresh =
        IntStream.range(0, graph.edges()).filter(edge -> arrives(edge) && isFresh(edge)).toArray();
    List<long[]> units = new ArrayList<>();
    for (Sums[] some : List.of(reactions, replies)) {
      for (Sums sums : some) {
        units.add(Arrays.stream(fresh).mapToLong(sums::now).toArray());
      }
    }
    return written(fresh, units);
  }

  private Written written(int[] edges, List<long[]> units) {
    return new Written(
        Arrays.stream(edges).map(graph::source).toArray(),
        Arrays.stream(edges).map(graph::destination).toArray(),
        units.toArray(long[][]::new));
  }
}
