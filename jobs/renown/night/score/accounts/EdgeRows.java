package renown.night.score.accounts;

import java.util.Arrays;
import renown.kernels.accounts.EdgeGraph;
import renown.lake.ColumnRows;
import renown.tables.EdgeIncrements;

/**
 * What edges hold, to be summed by edge and verb, in 21 bytes a row; accounts by number, verbs by
 * place.
 */
final class EdgeRows {
  private int[] sources = new int[16];
  private int[] destinations = new int[16];
  private byte[] verbs = new byte[16];
  private int[] acts = new int[16];
  private long[] units = new long[16];
  private int size;

  /** Rows of {@code edge_increments}; those of an account that is not known are left out. */
  static EdgeRows of(ColumnRows increments, AccountNumbers accounts) {
    EdgeRows rows = new EdgeRows();
    rows.add(increments, accounts);
    return rows;
  }

  /** The same, in addition to those that are there. */
  void add(ColumnRows increments, AccountNumbers accounts) {
    ColumnRows.Longs from = increments.longs(EdgeIncrements.SRC_KEY);
    ColumnRows.Longs to = increments.longs(EdgeIncrements.DST_KEY);
    ColumnRows.Texts words = increments.texts(EdgeIncrements.VERB);
    ColumnRows.Longs counts = increments.longs(EdgeIncrements.ACT_COUNT);
    ColumnRows.Longs decayed = increments.longs(EdgeIncrements.DECAYED_UNITS);
    reserve(increments.size());
    for (int row = 0; row < increments.size(); row++) {
      int source = accounts.of(from.get(row));
      int destination = accounts.of(to.get(row));
      int verb = Acts.VERBS.indexOf(words.get(row));
      if (source >= 0 && destination >= 0 && verb >= 0) {
        add(source, destination, verb, Math.toIntExact(counts.get(row)), decayed.get(row));
      }
    }
  }

  void add(int source, int destination, int verb, int count, long decayed) {
    if (size == sources.length) {
      reserve(size / 2);
    }
    sources[size] = source;
    destinations[size] = destination;
    verbs[size] = (byte) verb;
    acts[size] = count;
    units[size++] = decayed;
  }

  private void reserve(int more) {
    if (size + more > sources.length) {
      int room = Math.addExact(size, more);
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

  /** Those between accounts that are not excluded. */
  EdgeRows without(boolean[] excluded) {
    EdgeRows kept = new EdgeRows();
    for (int row = 0; row < size; row++) {
      if (!excluded[sources[row]] && !excluded[destinations[row]]) {
        kept.add(sources[row], destinations[row], verbs[row], acts[row], units[row]);
      }
    }
    return kept;
  }

  /**
   * Edges and their sums.
   *
   * @param start where the sums of each edge begin; one more entry than edges
   * @param verbs of the sums, rising within an edge
   */
  record Sums(EdgeGraph graph, int[] start, byte[] verbs, int[] acts, long[] units) {}

  /** The sums by edge and verb. */
  Sums sums(int accounts) {
    EdgeGraph.Numbered numbered =
        EdgeGraph.of(accounts, Arrays.copyOf(sources, size), Arrays.copyOf(destinations, size));
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
    byte[] sumVerbs = new byte[size];
    int[] sumActs = new int[size];
    long[] sumUnits = new long[size];
    int count = 0;
    boolean[] isThere = new boolean[kinds];
    int[] actsOf = new int[kinds];
    long[] unitsOf = new long[kinds];
    for (int edge = 0, at = 0; edge < edges; edge++) {
      // The counting sort has moved each edge's place to the end of its rows.
      for (; at < next[edge]; at++) {
        int row = order[at];
        isThere[verbs[row]] = true;
        actsOf[verbs[row]] = Math.addExact(actsOf[verbs[row]], acts[row]);
        unitsOf[verbs[row]] += units[row];
      }
      for (int verb = 0; verb < kinds; verb++) {
        if (isThere[verb]) {
          sumVerbs[count] = (byte) verb;
          sumActs[count] = actsOf[verb];
          sumUnits[count++] = unitsOf[verb];
          isThere[verb] = false;
          actsOf[verb] = 0;
          unitsOf[verb] = 0;
        }
      }
      start[edge + 1] = count;
    }
    return new Sums(
        numbered.graph(),
        start,
        Arrays.copyOf(sumVerbs, count),
        Arrays.copyOf(sumActs, count),
        Arrays.copyOf(sumUnits, count));
  }
}
