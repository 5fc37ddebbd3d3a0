package renown.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The days that a set of records belongs to. Duplicates of a record, and what a deletion names, lie
 * on the record's own day, so a night has to read only those days of the history.
 */
final class RecordDates {
  /** More ranges than this make the filter dearer than the files it spares. */
  private static final int MOST_RANGES = 64;

  private RecordDates() {}

  /**
   * A condition on {@code record_date} that holds on each day of the records, and on few others.
   *
   * @param records with a column record_date; a null there stands for any day
   */
  static Column within(Dataset<Row> records) {
    TreeSet<LocalDate> days = new TreeSet<>();
    for (Row row : records.select("record_date").distinct().collectAsList()) {
      if (row.isNullAt(0)) {
        return lit(true);
      }
      days.add(row.getDate(0).toLocalDate());
    }
    return ranges(days).stream()
        .map(range -> col("record_date").between(Date.valueOf(range[0]), Date.valueOf(range[1])))
        .reduce(Column::or)
        .orElse(lit(false));
  }

  /** Runs of consecutive days; where there are too many, those nearest to each other are joined. */
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
    if (ranges.size() > MOST_RANGES) {
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
    return ranges;
  }

  private static long gap(List<LocalDate[]> ranges, int i) {
    return ranges.get(i)[0].toEpochDay() - ranges.get(i - 1)[1].toEpochDay();
  }
}
