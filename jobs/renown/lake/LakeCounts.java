package renown.lake;

import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often a lake was written to and its logs were read, which a night pays whatever its data; and
 * what was read and written in the driver, of which Spark's own counts know nothing.
 */
public final class LakeCounts {
  private final LakeCounts whole;
  private final LongAdder commits = new LongAdder();
  private final LongAdder snapshots = new LongAdder();
  private final LongAdder rowsRead = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder rowsWritten = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();

  /** Nothing was done yet. */
  public LakeCounts() {
    this(null);
  }

  /** Counts of a part, which count in the whole too. */
  LakeCounts(LakeCounts whole) {
    this.whole = whole;
  }

  /** The same without what parts of it counted. */
  public LakeCounts without(Collection<LakeCounts> parts) {
    LakeCounts rest = new LakeCounts();
    rest.add(this, 1);
    parts.forEach(part -> rest.add(part, -1));
    return rest;
  }

  private void add(LakeCounts other, int times) {
    commits.add(times * other.commits());
    snapshots.add(times * other.snapshots());
    rowsRead.add(times * other.rowsRead());
    bytesRead.add(times * other.bytesRead());
    rowsWritten.add(times * other.rowsWritten());
    bytesWritten.add(times * other.bytesWritten());
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

  void countRead(long rows, long bytes) {
    rowsRead.add(rows);
    bytesRead.add(bytes);
    if (whole != null) {
      whole.countRead(rows, bytes);
    }
  }

  void countWritten(long rows, long bytes) {
    rowsWritten.add(rows);
    bytesWritten.add(bytes);
    if (whole != null) {
      whole.countWritten(rows, bytes);
    }
  }

  /** Rows that were read from files in the driver. */
  public long rowsRead() {
    return rowsRead.sum();
  }

  /** Bytes of the files that were read in the driver. */
  public long bytesRead() {
    return bytesRead.sum();
  }

  /** Rows that were written to files in the driver. */
  public long rowsWritten() {
    return rowsWritten.sum();
  }

  /** Bytes that were written to files in the driver. */
  public long bytesWritten() {
    return bytesWritten.sum();
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
