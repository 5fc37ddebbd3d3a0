package renown.kernels.rank;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The per-vertex data of a block that a tile of vectors needs, row by row and lane by lane, and the
 * exact block sums that make up the totals.
 */
public final class Lanes implements Serializable {
  /** Preference shares; null if all are 1. */
  public final float[] preference;

  /** Where the iteration starts, up to a factor; null if at the preference vector. */
  final double[] initial;

  /** Sum of the preference shares, per lane. */
  public final ExactSums preferenceTotal;

  /** Sum of {@code initial}, per lane. */
  public final ExactSums initialTotal;

  private Lanes(int lanes, float[] preference, double[] initial) {
    this.preference = preference;
    this.initial = initial;
    this.preferenceTotal = new ExactSums(lanes);
    this.initialTotal = new ExactSums(lanes);
  }

  /** The uniform preference vector in every lane. */
  static Lanes uniform(int lanes) {
    return new Lanes(lanes, null, null);
  }

  /**
   * Reads the lanes of the vectors from {@code firstVector}.
   *
   * @param preference messages with shares; null for the uniform preference vector
   * @param warmStart messages with ranks of an earlier run; null for a cold start
   */
  public static Lanes read(
      EdgeBlock block,
      int firstVector,
      int vectors,
      int lanes,
      Iterator<byte[]> preference,
      Iterator<byte[]> warmStart) {
    int values = Math.multiplyExact(block.vertices(), lanes);
    RowIndex rows = preference == null && warmStart == null ? null : new RowIndex(block);
    double[] shares = preference == null ? null : new double[values];
    if (shares != null) {
      fill(shares, preference, rows, firstVector, vectors, lanes);
    }
    float[] narrow = null;
    if (shares != null) {
      narrow = new float[values];
      for (int i = 0; i < values; i++) {
        narrow[i] = (float) shares[i];
      }
    }
    double[] initial = null;
    if (warmStart != null) {
      initial = new double[values];
      fill(initial, warmStart, rows, firstVector, vectors, lanes);
    }
    Lanes read = new Lanes(lanes, narrow, initial);
    for (int i = 0; i < values; i++) {
      read.preferenceTotal.add(i % lanes, narrow == null ? 1 : narrow[i]);
      if (initial != null) {
        read.initialTotal.add(i % lanes, initial[i]);
      }
    }
    return read;
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

  /** Of several rows for one account and vector the largest counts: it does not depend on order. */
  private static void fill(
      double[] values,
      Iterator<byte[]> messages,
      RowIndex rows,
      int firstVector,
      int vectors,
      int lanes) {
    while (messages.hasNext()) {
      AccountValues.read(
          messages.next(),
          (key, vector, value) -> {
            int row = rows.find(key);
            if (row < 0) {
              return;
            }
            if (vector == AccountValues.EVERY_VECTOR) {
              for (int lane = 0; lane < vectors; lane++) {
                values[row * lanes + lane] = Math.max(values[row * lanes + lane], value);
              }
            } else if (vector >= firstVector && vector < firstVector + vectors) {
              int at = row * lanes + vector - firstVector;
              values[at] = Math.max(values[at], value);
            }
          });
    }
  }

  /** The ranks that the iteration starts from. */
  public double[] initialRanks(int vertices, int vectors, int lanes, LaneTotals totals) {
    double[] ranks = new double[vertices * lanes];
    for (int lane = 0; lane < vectors; lane++) {
      boolean warm = initial != null && totals.initial[lane] > 0;
      double scale = 1 / (warm ? totals.initial[lane] : totals.preference[lane]);
      for (int at = lane; at < ranks.length; at += lanes) {
        double value = warm ? initial[at] : preference == null ? 1 : preference[at];
        ranks[at] = value * scale;
      }
    }
    return ranks;
  }

  /** Sums over all blocks, per lane. */
  public static final class LaneTotals implements Serializable {
    public final double[] preference;
    final double[] initial;

    public LaneTotals(ExactSums preference, ExactSums initial) {
      this.preference = new double[preference.size()];
      this.initial = new double[initial.size()];
      Arrays.setAll(this.preference, preference::value);
      Arrays.setAll(this.initial, initial::value);
    }
  }
}
