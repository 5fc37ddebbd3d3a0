package renown.night.score.accounts;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntPredicate;
import renown.kernels.accounts.EdgeGraph;
import renown.lake.ColumnRows;
import renown.tables.EdgeIncrements;

/**
 * What edges hold, to be summed by edge and verb, in 21 bytes a row; accounts by number, verbs by
 * place.
 */
final class EdgeRows implements Serializable {
  private static final long serialVersionUID = 1;

  /** Grown by half where there is no telling how many rows will come. */
  private int[] sources = new int[16];

  private int[] destinations = new int[16];
  private byte[] verbs = new byte[16];
  private int[] acts = new int[16];
  private long[] units = new long[16];
  private int size;
  private final int from;
  private final int to;

  /** Of all accounts. */
  EdgeRows() {
    this(0, Integer.MAX_VALUE);
  }

  /** Of the edges from or to accounts of a range. */
  EdgeRows(int from, int to) {
    this.from = from;
    this.to = to;
  }

  /** Rows of {@code edge_increments}; those of an account that is not known are left out. */
  static EdgeRows of(ColumnRows increments, AccountNumbers accounts) {
    EdgeRows rows = new EdgeRows();
    rows.add(increments, accounts, null);
    return rows;
  }

  /**
   * The same, in addition to those that are there.
   *
   * @param excluded accounts whose edges are left out as well; null for none
   */
  void add(ColumnRows increments, AccountNumbers accounts, boolean[] excluded) {
    ColumnRows.Longs from = increments.longs(EdgeIncrements.SRC_KEY);
    ColumnRows.Longs to = increments.longs(EdgeIncrements.DST_KEY);
    ColumnRows.Texts words = increments.texts(EdgeIncrements.VERB);
    ColumnRows.Longs counts = increments.longs(EdgeIncrements.ACT_COUNT);
    ColumnRows.Longs decayed = increments.longs(EdgeIncrements.DECAYED_UNITS);
    for (int row = 0; row < increments.size(); row++) {
      int source = accounts.of(from.get(row));
      int destination = accounts.of(to.get(row));
      if (source < 0 || destination < 0 || !isIn(source) && !isIn(destination)) {
        continue;
      }
      int verb = Acts.VERBS.indexOf(words.get(row));
      if (verb >= 0 && (excluded == null || !excluded[source] && !excluded[destination])) {
        add(source, destination, verb, Math.toIntExact(counts.get(row)), decayed.get(row));
      }
    }
  }

  private boolean isIn(int account) {
    return account >= from && account < to;
  }

  void add(int source, int destination, int verb, int count, long decayed) {
    if (size == sources.length) {
      reserve(size + (size >> 1));
    }
    sources[size] = source;
    destinations[size] = destination;
    verbs[size] = (byte) verb;
    acts[size] = count;
    units[size++] = decayed;
  }

  /** Makes room for so many rows in all. */
  void reserve(int room) {
    if (room > sources.length) {
      sources = Arrays.copyOf(sources, room);
      destinations = Arrays.copyOf(destinations, room);
      verbs = Arrays.copyOf(verbs, room);
      acts = Arrays.copyOf(acts, room);
      units = Arrays.copyOf(units, room);
    }
  }

  int size() {
    return size;
  }

  /** Adds the same rows as others. */
  void addAll(EdgeRows others) {
    for (int row = 0; row < others.size; row++) {
      add(
          others.sources[row],
          others.destinations[row],
          others.verbs[row],
          others.acts[row],
          others.units[row]);
    }
  }

  /** Lets go the rows of accounts that are excluded. */
  void leaveOut(boolean[] excluded) {
    keep(row -> !excluded[sources[row]] && !excluded[destinations[row]]);
  }

  /** Lets go the rows of edges that only leave the range. */
  void onlyArriving() {
    keep(row -> isIn(destinations[row]));
  }

  private void keep(IntPredicate wanted) {
    int kept = 0;
    for (int row = 0; row < size; row++) {
      if (wanted.test(row)) {
        sources[kept] = sources[row];
        destinations[kept] = destinations[row];
        verbs[kept] = verbs[row];
        acts[kept] = acts[row];
        units[kept++] = units[row];
      }
    }
    size = kept;
  }

  /**
   * Edges and their sums.
   *
   * @param start where the sums of each edge begin; one more entry than edges
   * @param verbs of the sums, rising within an edge
   */
  record Sums(EdgeGraph graph, int[] start, byte[] verbs, int[] acts, long[] units)
      implements Serializable {}

  /** The sums by edge and verb. */
  Sums sums(int accounts) {
    EdgeGraph.Numbered numbered =
        EdgeGraph.of(accounts, from, Math.min(to, accounts), sources, destinations, size);
    int edges = numbered.graph().edges();
    int[] next = new int[edges + 1];
    for (int edge : numbered.edgeOfRow()) {
      next[edge + 1]++;
    }
    for (int edge = 0; edge < edges; edge++) {
      next[edge + 1] += next[edge];
    }
    int[] order = new int[size];
    for (int row = 0; row < size; row++) {
      order[next[numbered.edgeOfRow()[row]]++] = row;
    }
    int kinds = Acts.VERBS.size();
    int[] start = new int[edges + 1];
    byte[] present = new byte[(edges + 1)];
    for (int edge = 0, at = 0, count = 0; edge < edges; edge++) {
      // The counting sort has moved each edge's place to the end of its rows.
      for (; at < next[edge]; at++) {
        present[edge] |= (byte) (1 << verbs[order[at]]);
      }
      count += Integer.bitCount(present[edge] & 0xff);
      start[edge + 1] = count;
    }
    byte[] sumVerbs = new byte[start[edges]];
    int[] sumActs = new int[start[edges]];
    long[] sumUnits = new long[start[edges]];
    int[] placeOf = new int[kinds];
    for (int edge = 0, at = 0; edge < edges; edge++) {
      int place = start[edge];
      for (int verb = 0; verb < kinds; verb++) {
        if ((present[edge] & 1 << verb) != 0) {
          sumVerbs[place] = (byte) verb;
          placeOf[verb] = place++;
        }
      }
      for (; at < next[edge]; at++) {
        int row = order[at];
        int sum = placeOf[verbs[row]];
        sumActs[sum] = Math.addExact(sumActs[sum], acts[row]);
        sumUnits[sum] += units[row];
      }
    }
    return new Sums(numbered.graph(), start, sumVerbs, sumActs, sumUnits);
  }
}
