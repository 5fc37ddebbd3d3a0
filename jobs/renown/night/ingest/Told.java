package renown.night.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import renown.dumps.ParsedRecord;
import renown.night.ingest.Statement.Sort;

/**
 * What parsing tells the driver of the statements that it made and of the lines that it did not.
 */
final class Told implements Serializable {
  private static final long serialVersionUID = 1;

  /** Rejected lines of a file that are told one by one; all are counted. */
  static final int MOST_REJECTS = 1000;

  /** A rejected line; number 0 means the file as a whole. */
  record Reject(String network, String path, long sliceStart, long lineNumber, String reason)
      implements Serializable {}

  /** A slice that was read. */
  record Slice(
      String network,
      String path,
      long start,
      long checksum,
      long lines,
      long blank,
      long accepted,
      long ignored,
      long rejected)
      implements Serializable {
    /** Lines that are not blank; in JSON, values, of which a line may hold several or a part. */
    long records() {
      return accepted + ignored + rejected;
    }
  }

  /** How often a reason led to a reject, and one of the lines. */
  record Rejected(long count, String path, long sliceStart, long lineNumber)
      implements Serializable {
    Rejected and(Rejected other) {
      boolean isFirst =
          path.compareTo(other.path) < 0
              || path.equals(other.path)
                  && (sliceStart < other.sliceStart
                      || sliceStart == other.sliceStart && lineNumber <= other.lineNumber);
      Rejected first = isFirst ? this : other;
      return new Rejected(count + other.count, first.path, first.sliceStart, first.lineNumber);
    }
  }

  final List<Reject> rejects = new ArrayList<>();
  final List<Slice> slices = new ArrayList<>();
  final Counts ignored = new Counts();

  /** By network and reason. */
  final TreeMap<String, TreeMap<String, Rejected>> rejected = new TreeMap<>();

  /** Days of the records, by sort of statement. */
  final Map<Sort, TreeSet<Integer>> days = new TreeMap<>();

  /** Sorts of statements of which one tells no day. */
  final TreeSet<Sort> undated = new TreeSet<>();

  /** Statements by sort, and the day of the last of each: most are of the day before. */
  private final long[] counts = new long[Sort.values().length];

  private final int[] lastDay = new int[Sort.values().length];

  Told() {
    // Neither a day nor that there is none.
    Arrays.fill(lastDay, Integer.MAX_VALUE);
  }

  /** Networks with acts that name a post and not its author. */
  final TreeSet<String> open = new TreeSet<>();

  /** Networks with acts that address somebody by name. */
  final TreeSet<String> addressed = new TreeSet<>();

  /** Some of the accounts that are named, as {@link KeyBucket#name}. */
  final List<String> sample = new ArrayList<>();

  boolean hasMoves;
  long bytes;

  /** Takes note of a statement. */
  void add(Statement said) {
    int sort = said.sort.ordinal();
    if (said.print() != null && said.day != lastDay[sort]) {
      lastDay[sort] = said.day;
      TreeSet<Integer> known = days.computeIfAbsent(said.sort, any -> new TreeSet<>());
      if (said.day == ParsedRecord.NO_DAY) {
        undated.add(said.sort);
      } else {
        known.add(said.day);
      }
    }
    counts[sort]++;
    if (said.isOpen()) {
      (said.isAddressed() ? addressed : open).add(said.network);
    }
    boolean isOfOwn = said.sort == Sort.MOVE || said.sort == Sort.ALIAS;
    hasMoves |= isOfOwn && said.target != Statement.NONE;
  }

  /**
   * Takes note of a rejected line.
   *
   * @param isShown whether it is told and not only counted
   */
  void reject(Reject reject, boolean isShown) {
    rejected
        .computeIfAbsent(reject.network, any -> new TreeMap<>())
        .merge(
            reject.reason,
            new Rejected(1, reject.path, reject.sliceStart, reject.lineNumber),
            Rejected::and);
    if (isShown) {
      rejects.add(reject);
    }
  }

  void addAll(Told other) {
    rejects.addAll(other.rejects);
    slices.addAll(other.slices);
    ignored.addAll(other.ignored);
    other.rejected.forEach(
        (network, reasons) ->
            reasons.forEach(
                (reason, count) ->
                    rejected
                        .computeIfAbsent(network, any -> new TreeMap<>())
                        .merge(reason, count, Rejected::and)));
    other.days.forEach(
        (sort, all) -> days.computeIfAbsent(sort, any -> new TreeSet<>()).addAll(all));
    undated.addAll(other.undated);
    for (int sort = 0; sort < counts.length; sort++) {
      counts[sort] += other.counts[sort];
    }
    open.addAll(other.open);
    addressed.addAll(other.addressed);
    sample.addAll(other.sample);
    hasMoves |= other.hasMoves;
    bytes += other.bytes;
  }

  /** How many statements of a sort there are. */
  long count(Sort sort) {
    return counts[sort.ordinal()];
  }

  /** Whether there is any statement of a sort. */
  boolean has(Sort sort) {
    return counts[sort.ordinal()] > 0;
  }

  /** The days of the records of some sorts; empty where one of them tells none. */
  Optional<TreeSet<Integer>> days(Sort... sorts) {
    TreeSet<Integer> all = new TreeSet<>();
    for (Sort sort : sorts) {
      if (undated.contains(sort)) {
        return Optional.empty();
      }
      all.addAll(days.getOrDefault(sort, new TreeSet<>()));
    }
    return Optional.of(all);
  }

  /**
   * Maximum rows of a sort per file: about a day's. Otherwise the first night of a lake, which
   * loads many days, would leave large files that a later night reads for one of them.
   */
  int rowsPerFile(Sort sort) {
    int dayCount = days.getOrDefault(sort, new TreeSet<>()).size();
    long rows = counts[sort.ordinal()] / Math.max(1, dayCount);
    return (int) Math.min(MOST_ROWS_PER_FILE, Math.max(LEAST_ROWS_PER_FILE, rows));
  }

  /** A smaller file is not worth opening. */
  private static final long LEAST_ROWS_PER_FILE = 10_000;

  private static final long MOST_ROWS_PER_FILE = 5_000_000;
}
