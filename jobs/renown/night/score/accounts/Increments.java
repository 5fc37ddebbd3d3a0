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
    int[] rows = new int[acts.count()];
    int count = 0;
    for (int act = 0; act < acts.count(); act++) {
      if (acts.isAttention(act)) {
        rows[count++] = act;
      }
    }
    int[] sources = new int[count];
    int[] targets = new int[count];
    byte[] verbs = new byte[count];
    long[] changes = new long[count];
    long[] units = new long[count];
    for (int i = 0; i < count; i++) {
      int act = rows[i];
      sources[i] = acts.sources()[act];
      targets[i] = acts.targets()[act];
      verbs[i] = acts.verbs()[act];
      changes[i] = acts.changes()[act];
      units[i] =
          changes[i]
              * ForwardDecay.units(
                  acts.at()[act], landmarks[accounts.networkOf(sources[i])], halfLifeDays);
    }
    return summed(accounts, sources, targets, verbs, changes, units, night);
  }

  /** A row per edge and verb of which anything is left. */
  private static ColumnRows summed(
      AccountNumbers accounts,
      int[] sources,
      int[] targets,
      byte[] verbs,
      long[] acts,
      long[] units,
      long night) {
    EdgeGraph.Numbered numbered = EdgeGraph.of(accounts.accounts(), sources, targets);
    int kinds = Acts.VERBS.size();
    long[] actSums = new long[Math.multiplyExact(numbered.graph().edges(), kinds)];
    long[] unitSums = new long[actSums.length];
    for (int row = 0; row < verbs.length; row++) {
      int at = numbered.edgeOfRow()[row] * kinds + verbs[row];
      actSums[at] += acts[row];
      unitSums[at] += units[row];
    }
    ColumnRows increments = new ColumnRows(EdgeIncrements.TABLE);
    for (int at = 0; at < actSums.length; at++) {
      if (actSums[at] != 0 || unitSums[at] != 0) {
        int edge = at / kinds;
        add(
            increments,
            accounts.networkNameOf(numbered.graph().source(edge)),
            accounts.key(numbered.graph().source(edge)),
            accounts.key(numbered.graph().destination(edge)),
            Acts.VERBS.get(at % kinds),
            actSums[at],
            unitSums[at],
            night);
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
  static ColumnRows compacted(
      ColumnRows increments, AccountNumbers accounts, long[] moves, long night) {
    int rows = increments.size();
    int[] sources = accounts.of(increments.longs(EdgeIncrements.SRC_KEY));
    byte[] verbs = new byte[rows];
    for (int row = 0; row < rows; row++) {
      verbs[row] = (byte) Acts.VERBS.indexOf(increments.texts(EdgeIncrements.VERB).get(row));
    }
    ColumnRows summed =
        summed(
            accounts,
            sources,
            accounts.of(increments.longs(EdgeIncrements.DST_KEY)),
            verbs,
            increments.longs(EdgeIncrements.ACT_COUNT).toArray(),
            increments.longs(EdgeIncrements.DECAYED_UNITS).toArray(),
            night);
    ColumnRows moved = new ColumnRows(EdgeIncrements.TABLE);
    for (int row = 0; row < summed.size(); row++) {
      long acts = summed.longs(EdgeIncrements.ACT_COUNT).get(row);
      if (acts != 0) {
        String network = summed.texts(EdgeIncrements.NETWORK).get(row);
        add(
            moved,
            network,
            summed.longs(EdgeIncrements.SRC_KEY).get(row),
            summed.longs(EdgeIncrements.DST_KEY).get(row),
            summed.texts(EdgeIncrements.VERB).get(row),
            acts,
            (long)
                Math.rint(
                    summed.longs(EdgeIncrements.DECAYED_UNITS).get(row)
                        / StrictMath.pow(2, moves[accounts.network(network)])),
            night);
      }
    }
    return moved;
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
