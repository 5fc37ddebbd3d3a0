package renown.night.score.accounts;

import renown.engine.decay.ForwardDecay;
import renown.kernels.accounts.EdgeGraph;
import renown.lake.ColumnRows;
import renown.tables.EdgeIncrements;

/** Acts as increments of edges, in the units of a landmark. */
final class Increments {
  /** At this exponent the landmark moves, long before sums of units could overflow 63 bits. */
  private static final int HALF_LIVES_PER_LANDMARK = 8;

  /** A younger graph is not worth compacting. */
  private static final long FIRST_COMPACTION_DAYS = 8;

  private Increments() {}

  /**
   * What a night adds to the graph: a row per edge and verb. No account attends to itself, and
   * votes are nobody's attention.
   *
   * @param landmarks of the networks, days since 1970
   * @param halfLifeDays of a weight
   * @return rows of {@code edge_increments}
   */
  static ColumnRows ofNight(
      Acts acts, AccountNumbers accounts, long[] landmarks, long halfLifeDays, long night) {
    EdgeRows rows = new EdgeRows();
    for (int act = 0; act < acts.count(); act++) {
      if (acts.isAttention(act)) {
        int source = acts.sources()[act];
        long change = acts.changes()[act];
        long landmark = landmarks[accounts.networkOf(source)];
        rows.add(
            source,
            acts.targets()[act],
            acts.verbs()[act],
            (int) change,
            change * ForwardDecay.units(acts.at()[act], landmark, halfLifeDays));
      }
    }
    EdgeRows.Sums sums = rows.sums(accounts.accounts());
    return summed(sums, 0, accounts.accounts(), accounts, new long[landmarks.length], true, night);
  }

  /**
   * A row per edge and verb of which anything is left.
   *
   * @param from the first account whose edges to others are wanted
   * @param to one after the last
   * @param moves half-lives by which each network's landmark moves on
   * @param isUndone whether what was wholly undone has a row, where its units do not cancel
   */
  private static ColumnRows summed(
      EdgeRows.Sums sums,
      int from,
      int to,
      AccountNumbers accounts,
      long[] moves,
      boolean isUndone,
      long night) {
    EdgeGraph graph = sums.graph();
    ColumnRows increments = new ColumnRows(EdgeIncrements.TABLE);
    int end = to == 0 ? 0 : graph.endOut(to - 1);
    for (int edge = from == 0 ? 0 : graph.endOut(from - 1); edge < end; edge++) {
      int source = graph.source(edge);
      for (int at = sums.start()[edge]; at < sums.start()[edge + 1]; at++) {
        long acts = sums.acts()[at];
        long units = sums.units()[at];
        if (acts != 0 || isUndone && units != 0) {
          long moved = moves[accounts.networkOf(source)];
          add(
              increments,
              accounts.networkNameOf(source),
              accounts.key(source),
              accounts.key(graph.destination(edge)),
              Acts.VERBS.get(sums.verbs()[at]),
              acts,
              moved == 0 ? units : (long) Math.rint(units / StrictMath.pow(2, moved)),
              night);
        }
      }
    }
    return increments;
  }

  private static void add(
      ColumnRows rows,
      String network,
      long source,
      long destination,
      String verb,
      long acts,
      long units,
      long night) {
    rows.texts(EdgeIncrements.NETWORK).add(network);
    rows.longs(EdgeIncrements.SRC_KEY).add(source);
    rows.longs(EdgeIncrements.DST_KEY).add(destination);
    rows.texts(EdgeIncrements.VERB).add(verb);
    rows.longs(EdgeIncrements.ACT_COUNT).add(acts);
    rows.longs(EdgeIncrements.DECAYED_UNITS).add(units);
    rows.longs(EdgeIncrements.NIGHT).add(night);
  }

  /**
   * The same edges, a row per edge and verb; what was wholly undone is gone.
   *
   * @param moves half-lives by which each network's landmark moves on
   */
  static ColumnRows compacted(EdgeRows rows, AccountNumbers accounts, long[] moves, long night) {
    int all = accounts.accounts();
    return compacted(rows.sums(all), 0, all, accounts, moves, night);
  }

  /** The same of the edges that leave accounts of a range. */
  static ColumnRows compacted(
      EdgeRows.Sums sums, int from, int to, AccountNumbers accounts, long[] moves, long night) {
    return summed(sums, from, to, accounts, moves, false, night);
  }

  /** Whether a graph of this age is compacted: at powers of two, so each row less than twice. */
  static boolean isDue(long ageDays) {
    return ageDays >= FIRST_COMPACTION_DAYS && Long.bitCount(ageDays) == 1;
  }

  /** By how many half-lives a landmark of this age moves on. */
  static long move(long ageDays, long halfLifeDays) {
    return ageDays > halfLifeDays * HALF_LIVES_PER_LANDMARK ? ageDays / halfLifeDays : 0;
  }
}
