package renown.night.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.dumps.ParsedRecord.Kind;

/**
 * The days of a night's records. Duplicates of a record, and what a deletion refers to, are on the
 * record's own day, so a night only reads those days of the history.
 */
final class RecordDates {
  /** With more ranges than this the filter costs more than the files it skips. */
  private static final int MOST_RANGES = 64;

  /** A smaller file is not worth opening. */
  private static final long LEAST_ROWS_PER_FILE = 10_000;

  private final Map<String, TreeSet<LocalDate>> days = new HashMap<>();
  private final Map<String, Long> records = new HashMap<>();
  private final TreeSet<String> undated = new TreeSet<>();
  private boolean hasOpenActs;
  private boolean hasAddressedNames;
  private boolean hasMoves;

  private RecordDates() {}

  /**
   * Looks at all statements once.
   *
   * @param parsed rows of {@link Parsed}
   */
  static RecordDates of(Dataset<Row> parsed) {
    RecordDates dates = new RecordDates();
    for (Row row :
        parsed
            .where(col("record_id").isNotNull().or(isOfOwn()))
            .groupBy(
                col("kind"),
                col("record_day"),
                Targets.isOpen().as("is_open"),
                Targets.isAddressed().as("is_addressed"),
                isOfOwn().and(col("target_id").isNotNull()).as("is_move"))
            .count()
            .collectAsList()) {
      String kind = row.getString(0);
      dates.hasOpenActs |= row.getBoolean(2);
      dates.hasAddressedNames |= row.getBoolean(3);
      dates.hasMoves |= row.getBoolean(4);
      dates.records.merge(kind, row.getLong(5), Long::sum);
      dates.days.computeIfAbsent(kind, k -> new TreeSet<>());
      if (row.isNullAt(1)) {
        dates.undated.add(kind);
      } else {
        dates.days.get(kind).add(LocalDate.ofEpochDay(row.getInt(1)));
      }
    }
    return dates;
  }

  /** The days of some records. */
  static TreeSet<LocalDate> daysOf(Dataset<Row> records) {
    TreeSet<LocalDate> days = new TreeSet<>();
    records
        .select("record_date")
        .distinct()
        .collectAsList()
        .forEach(row -> days.add(row.getDate(0).toLocalDate()));
    return days;
  }

  /** The same, and days on which there are records of a kind besides. */
  RecordDates with(Kind kind, Collection<LocalDate> more) {
    RecordDates dates = new RecordDates();
    days.forEach((word, known) -> dates.days.put(word, new TreeSet<>(known)));
    dates.undated.addAll(undated);
    dates.hasOpenActs = hasOpenActs;
    dates.hasAddressedNames = hasAddressedNames;
    dates.hasMoves = hasMoves;
    dates.days.computeIfAbsent(Parsed.kind(kind), k -> new TreeSet<>()).addAll(more);
    return dates;
  }

  /** Whether an act names a post but not its author. */
  boolean hasOpenActs() {
    return hasOpenActs;
  }

  /** Whether an act addresses somebody by name. */
  boolean hasAddressedNames() {
    return hasAddressedNames;
  }

  private static Column isOfOwn() {
    return col("kind").isin(Parsed.kind(Kind.MOVE), Parsed.kind(Kind.ALIAS));
  }

  /** Whether an account states that it moved, or claims another as its own. */
  boolean hasMoves() {
    return hasMoves;
  }

  /**
   * Whether there is any statement of a kind that has a record, or that is about an account itself.
   */
  boolean has(Kind kind) {
    return days.containsKey(Parsed.kind(kind));
  }

  /**
   * A condition on {@code record_date} that holds on each day of the records of a kind, and on few
   * others; on every day if the day of one of them is unknown.
   */
  Column within(Kind kind) {
    String word = Parsed.kind(kind);
    if (undated.contains(word)) {
      return lit(true);
    }
    return on(days.getOrDefault(word, new TreeSet<>()), "record_date");
  }

  /** A condition on a column that holds on each of some days, and on few others. */
  static Column on(TreeSet<LocalDate> days, String recordDate) {
    return ranges(days).stream()
        .map(range -> col(recordDate).between(Date.valueOf(range[0]), Date.valueOf(range[1])))
        .reduce(Column::or)
        .orElse(lit(false));
  }

  /**
   * Maximum rows of a kind per file: about a day's. Otherwise the first night of a lake, which
   * loads many days, would leave large files that a later night reads for one of them.
   */
  long rowsPerFile(Kind kind) {
    String word = Parsed.kind(kind);
    int dayCount = days.getOrDefault(word, new TreeSet<>()).size();
    return Math.max(LEAST_ROWS_PER_FILE, records.getOrDefault(word, 0L) / Math.max(1, dayCount));
  }

  /** Ranges of consecutive days; if there are too many, the closest are merged. */
  static List<LocalDate[]> ranges(TreeSet<LocalDate> days) {
    List<LocalDate[]> ranges = new ArrayList<>();
    for (LocalDate day : days) {
      LocalDate[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last[1].plusDays(1).equals(day)) {
        last[1] = day;
      } else {
        ranges.add(new LocalDate[] {day, day});
      }
    }
    if (ranges.size() <= MOST_RANGES) {
      return ranges;
    }
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < ranges.size(); i++) {
      gaps.add(gap(ranges, i));
    }
    gaps.sort(Comparator.reverseOrder());
    long widest = gaps.get(MOST_RANGES - 1);
    List<LocalDate[]> joined = new ArrayList<>();
    joined.add(ranges.get(0));
    for (int i = 1; i < ranges.size(); i++) {
      if (gap(ranges, i) > widest) {
        joined.add(ranges.get(i));
      } else {
        joined.get(joined.size() - 1)[1] = ranges.get(i)[1];
      }
    }
    return joined;
  }

  private static long gap(List<LocalDate[]> ranges, int i) {
    return ranges.get(i)[0].toEpochDay() - ranges.get(i - 1)[1].toEpochDay();
  }
}
