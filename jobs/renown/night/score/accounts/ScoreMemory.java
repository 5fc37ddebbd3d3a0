package renown.night.score.accounts;

import java.util.Locale;
import renown.night.TaskMemory;
import renown.run.RenownException;

/** What the walks over a lake's edges take in memory, as measured (README of the nights). */
final class ScoreMemory {
  /**
   * Bytes that the driver holds of an edge at the most, while a network is laid out for the
   * ranking: 30, and 4 of one that is returned.
   */
  static final long BYTES_PER_EDGE = 40;

  /** Bytes that the driver holds of an account at the most, while credibility is computed. */
  static final long BYTES_PER_ACCOUNT = 440;

  /**
   * Bytes that a task takes for a row of edges, where half as many edges are recent ones and a
   * fifth as many accounts are walked.
   */
  static final long BYTES_PER_SHARD_ROW = 400;

  /** Rows and accounts are numbered by ints, which have to number the edges to nobody as well. */
  private static final long MOST = Integer.MAX_VALUE - 16L;

  private ScoreMemory() {}

  /** What the driver holds at the most. */
  static double driverBytes(long rows, long accounts) {
    return (double) rows * BYTES_PER_EDGE + (double) accounts * BYTES_PER_ACCOUNT;
  }

  /**
   * Refuses what one driver cannot hold before anything is read.
   *
   * @param driver its memory
   * @param rows of {@code edge_increments}
   * @param accounts of all networks
   * @throws RenownException that says what is needed
   */
  static void check(TaskMemory driver, long rows, long accounts) {
    if (rows + accounts > MOST) {
      throw RenownException.configuration(
          "The lake has %,d rows of edges and %,d accounts; one driver numbers %,d of both together"
              + " at most. Divide the networks over several lakes.",
          rows, accounts, MOST);
    }
    driver.hold(
        String.format(
            Locale.ROOT,
            "The lake's %,d rows of edges and %,d accounts take in the driver",
            rows,
            accounts),
        driverBytes(rows, accounts),
        "divide the networks over several lakes");
  }
}
