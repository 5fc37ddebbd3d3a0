package renown.night.score.accounts;

import renown.run.RenownException;

/**
 * What the pass over a lake's edges takes in the driver's heap.
 *
 * @param rows of {@code edge_increments}, tonight's included
 * @param accounts of all networks
 */
record Footprint(long rows, long accounts) {
  /**
   * Bytes for a row whose edge is also a recent one, at the end of the pass: 33 for the edge and
   * what it holds by verb, 17 for its weights, 40 for its acts and their presence, 8 for its part
   * of the rank, 208 for the four fast clocks.
   */
  static final long BYTES_PER_ROW = 300;

  /** Bytes for an account: its profile, its sums and what it earns, term by term. */
  static final long BYTES_PER_ACCOUNT = 1200;

  /** Rows and accounts are numbered by ints, which have to number the edges to nobody as well. */
  private static final long MOST = Integer.MAX_VALUE - 16L;

  /** What is certainly needed, in bytes. */
  long bytes() {
    return rows * BYTES_PER_ROW + accounts * BYTES_PER_ACCOUNT;
  }

  /**
   * Refuses what one driver cannot hold before anything is read.
   *
   * @param heapBytes the most that the driver's heap may grow to
   * @throws RenownException that says what is needed
   */
  void check(long heapBytes) {
    if (rows + accounts > MOST) {
      throw RenownException.configuration(
          "The lake has %,d rows of edges and %,d accounts; one driver numbers %,d of both together"
              + " at most. Divide the networks over several lakes.",
          rows, accounts, MOST);
    }
    if (bytes() > heapBytes) {
      throw RenownException.configuration(
          "The lake's %,d rows of edges and %,d accounts take some %.1f GB in the driver, whose"
              + " heap has %.1f GB: give it more (SPARK_DRIVER_MEMORY=%dg), or divide the networks"
              + " over several lakes.",
          rows, accounts, bytes() / 1e9, heapBytes / 1e9, (bytes() * 5 / 4 >> 30) + 1);
    }
  }
}
