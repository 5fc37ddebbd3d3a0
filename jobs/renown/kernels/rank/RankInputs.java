package renown.kernels.rank;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/**
 * What a ranking needs of a block's vertices, row by row: preference shares and where the iteration
 * starts; and the exact block sums that make up the totals.
 */
public final class RankInputs implements Serializable {
  /** Preference shares; null if all are 1. */
  public final float[] preference;

  /** Where the iteration starts, up to a factor; null if at the preference vector. */
  private final double[] initial;

  private final Totals totals;

  private RankInputs(float[] preference, double[] initial, Totals totals) {
    this.preference = preference;
    this.initial = initial;
    this.totals = totals;
  }

  /** The uniform preference vector, and the start there. */
  static RankInputs uniform() {
    return new RankInputs(null, null, new Totals(new ExactSums(1), new ExactSums(1)));
  }

  /**
   * Reads the numbers of a block's vertices.
   *
   * @param preference messages with shares; null for the uniform preference vector
   * @param warmStart messages with ranks of an earlier run; null for a cold start
   */
  public static RankInputs read(
      EdgeBlock block, Iterator<byte[]> preference, Iterator<byte[]> warmStart) {
    int vertices = block.vertices();
    RowIndex rows = preference == null && warmStart == null ? null : new RowIndex(block);
    ExactSums preferenceTotal = new ExactSums(1);
    float[] narrow = null;
    if (preference != null) {
      double[] shares = values(vertices, preference, rows);
      narrow = new float[vertices];
      for (int row = 0; row < vertices; row++) {
        narrow[row] = (float) shares[row];
        preferenceTotal.add(0, narrow[row]);
      }
    } else {
      preferenceTotal.add(0, vertices);
    }
    ExactSums initialTotal = new ExactSums(1);
    double[] initial = null;
    if (warmStart != null) {
      initial = values(vertices, warmStart, rows);
      for (double value : initial) {
        initialTotal.add(0, value);
      }
    }
    return new RankInputs(narrow, initial, new Totals(preferenceTotal, initialTotal));
  }

  /** Finds a vertex's row by its key. */
  private static final class RowIndex {
    private final KeyIndex keys;
    private final int[] rows;

    RowIndex(EdgeBlock block) {
      keys = KeyIndex.of(List.of(block.vertexKeys));
      rows = new int[keys.size()];
      for (int row = 0; row < rows.length; row++) {
        rows[keys.find(block.vertexKeys[row])] = row;
      }
    }

    /** The row, or -1. */
    int find(long key) {
      int number = keys.find(key);
      return number < 0 ? -1 : rows[number];
    }
  }

  /** Of several numbers for one account the largest counts: it does not depend on order. */
  private static double[] values(int vertices, Iterator<byte[]> messages, RowIndex rows) {
    double[] values = new double[vertices];
    while (messages.hasNext()) {
      AccountValues.read(
          messages.next(),
          (key, value) -> {
            int row = rows.find(key);
            if (row >= 0) {
              values[row] = Math.max(values[row], value);
            }
          });
    }
    return values;
  }

  /**
   * The ranks that the iteration starts from.
   *
   * @param all totals of all blocks together
   */
  public double[] initialRanks(int vertices, Totals all) {
    double[] ranks = new double[vertices];
    boolean warm = initial != null && all.initial() > 0;
    double scale = 1 / (warm ? all.initial() : all.preference());
    for (int row = 0; row < vertices; row++) {
      double value = warm ? initial[row] : preference == null ? 1 : preference[row];
      ranks[row] = value * scale;
    }
    return ranks;
  }

  /** Sums over this block. */
  public Totals totals() {
    return totals;
  }

  /** Exact sums of preference shares and of where the iteration starts. */
  public static final class Totals implements Serializable {
    private final ExactSums preference;
    private final ExactSums initial;

    private Totals(ExactSums preference, ExactSums initial) {
      this.preference = preference;
      this.initial = initial;
    }

    /** Adds another block's. */
    public Totals plus(Totals other) {
      Totals both = new Totals(new ExactSums(1), new ExactSums(1));
      for (Totals each : List.of(this, other)) {
        both.preference.addAll(each.preference);
        both.initial.addAll(each.initial);
      }
      return both;
    }

    public double preference() {
      return preference.value(0);
    }

    double initial() {
      return initial.value(0);
    }
  }
}
