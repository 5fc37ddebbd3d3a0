package renown.lake;

import java.util.concurrent.atomic.LongAdder;

/** How often a lake was written to and its logs were read: what a night pays whatever its data. */
public final class LakeCounts {
  private final LakeCounts whole;
  private final LongAdder commits = new LongAdder();
  private final LongAdder snapshots = new LongAdder();

  LakeCounts() {
    this(null);
  }

  /** Counts of a part, which count in the whole too. */
  LakeCounts(LakeCounts whole) {
    this.whole = whole;
  }

  void countCommit() {
    commits.increment();
    if (whole != null) {
      whole.countCommit();
    }
  }

  void countSnapshot() {
    snapshots.increment();
    if (whole != null) {
      whole.countSnapshot();
    }
  }

  /** Versions that tables were given. */
  public long commits() {
    return commits.sum();
  }

  /** Table snapshots that were loaded, to read a table or to learn its version. */
  public long snapshots() {
    return snapshots.sum();
  }
}
