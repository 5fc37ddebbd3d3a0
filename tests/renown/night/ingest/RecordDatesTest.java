package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renown.dumps.ParsedRecord.Kind;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class RecordDatesTest extends SparkTest {
  private static final String COLUMNS =
      "kind string, record_id string, record_day int, target_id string, target_handle string";

  private static final LocalDate FIRST = LocalDate.of(2025, 12, 30);

  private static List<String> ranges(int... offsets) {
    TreeSet<LocalDate> days = new TreeSet<>();
    for (int offset : offsets) {
      days.add(FIRST.plusDays(offset));
    }
    return RecordDates.ranges(days).stream().map(range -> range[0] + ".." + range[1]).toList();
  }

  @Test
  void daysInARowAreOneRange() {
    assertThat(ranges()).isEmpty();
    assertThat(ranges(0)).containsExactly("2025-12-30..2025-12-30");
    assertThat(ranges(3, 0, 1, 2, 5))
        .containsExactly("2025-12-30..2026-01-02", "2026-01-04..2026-01-04");
  }

  @Test
  void tooManyRangesAreJoinedOverTheSmallestGaps() {
    // 64 pairs of days with a day between, and a month from pair to pair.
    TreeSet<LocalDate> days = new TreeSet<>();
    for (int pair = 0; pair < 64; pair++) {
      days.add(FIRST.plusDays(30L * pair));
      days.add(FIRST.plusDays(30L * pair + 2));
    }
    List<LocalDate[]> ranges = RecordDates.ranges(days);
    // All the gaps between pairs are alike, so there is no reason to keep one and not another.
    assertThat(ranges).hasSize(64);
    for (int pair = 0; pair < 64; pair++) {
      assertThat(ranges.get(pair))
          .containsExactly(FIRST.plusDays(30L * pair), FIRST.plusDays(30L * pair + 2));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 64, 65, 66, 129, 500, 2000})
  void everyDayIsCoveredByFewRangesThatBeginAndEndOnDays(int count) {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      TreeSet<LocalDate> days = new TreeSet<>();
      int span = 1 + random.nextInt(count * 20);
      for (int i = 0; i < count; i++) {
        days.add(FIRST.plusDays((long) (span * Math.pow(random.nextDouble(), 1 + seed % 3))));
      }
      List<LocalDate[]> ranges = RecordDates.ranges(days);
      assertThat(ranges).hasSizeBetween(1, 64);
      LocalDate end = LocalDate.MIN;
      for (LocalDate[] range : ranges) {
        assertThat(days).contains(range[0], range[1]);
        assertThat(range[0]).isAfter(end).isBeforeOrEqualTo(range[1]);
        end = range[1];
      }
      assertThat(days)
          .allMatch(
              day -> ranges.stream().anyMatch(r -> !day.isBefore(r[0]) && !day.isAfter(r[1])));
    }
  }

  @Test
  void eachKindHasItsOwnDaysAndOneUndatedRecordMeansAllDays() {
    RecordDates dates =
        RecordDates.of(
            rows(
                COLUMNS,
                row("post", "1", day(0), null, null),
                row("post", "2", day(1), null, null),
                row("post", "3", day(5), null, null),
                row("deletion", "4", day(0), null, null),
                row("deletion", "5", null, null, null),
                row("interaction", "6", day(0), "ann", null),
                row("slice", null, null, null, null)));
    assertThat(dates.has(Kind.POST)).isTrue();
    assertThat(dates.has(Kind.DELETION)).isTrue();
    assertThat(dates.has(Kind.LIST)).isFalse();
    Dataset<Row> history =
        rows(
            "record_date date",
            row(java.sql.Date.valueOf(FIRST.minusDays(1))),
            row(java.sql.Date.valueOf(FIRST)),
            row(java.sql.Date.valueOf(FIRST.plusDays(1))),
            row(java.sql.Date.valueOf(FIRST.plusDays(3))),
            row(java.sql.Date.valueOf(FIRST.plusDays(5))));
    TableAssert.assertThat(history.where(dates.within(Kind.POST)))
        .hasRows(row("2025-12-30"), row("2025-12-31"), row("2026-01-04"));
    TableAssert.assertThat(history.where(dates.within(Kind.DELETION))).hasRowsOf(history);
    TableAssert.assertThat(history.where(dates.within(Kind.LIST))).isEmpty();
  }

  @Test
  void actsThatNameOnlyAPostAreNoticed() {
    RecordDates named =
        RecordDates.of(
            rows(
                COLUMNS,
                row("interaction", "1", day(0), "ann", null),
                row("post", "2", day(0), null, null)));
    assertThat(named.hasOpenActs()).isFalse();
    RecordDates open = RecordDates.of(rows(COLUMNS, row("interaction", "1", day(0), null, null)));
    assertThat(open.hasOpenActs()).isTrue();
    assertThat(open.hasAddressedNames()).isFalse();
    RecordDates addressed =
        RecordDates.of(rows(COLUMNS, row("interaction", "1", day(0), null, "ann")));
    assertThat(addressed.hasAddressedNames()).isTrue();
    assertThat(addressed.with(Kind.POST, List.of()).hasAddressedNames()).isTrue();
  }

  @Test
  void movesAreNoticedUnlessNobodyMoved() {
    RecordDates none = RecordDates.of(rows(COLUMNS, row("account", null, null, null, null)));
    assertThat(none.has(Kind.MOVE)).isFalse();
    RecordDates stayed = RecordDates.of(rows(COLUMNS, row("move", null, null, null, null)));
    assertThat(stayed.has(Kind.MOVE)).isTrue();
    assertThat(stayed.hasMoves()).isFalse();
    for (String kind : List.of("move", "alias")) {
      assertThat(RecordDates.of(rows(COLUMNS, row(kind, null, null, "ann", null))).hasMoves())
          .isTrue();
    }
  }

  @Test
  void moreDaysOfAKindLeaveTheOthersAlone() {
    RecordDates dates = RecordDates.of(rows(COLUMNS, row("post", "1", day(0), null, null)));
    RecordDates more = dates.with(Kind.INTERACTION, List.of(FIRST.plusDays(3)));
    Dataset<Row> history =
        rows(
            "record_date date",
            row(java.sql.Date.valueOf(FIRST)),
            row(java.sql.Date.valueOf(FIRST.plusDays(3))));
    TableAssert.assertThat(history.where(more.within(Kind.POST))).hasRows(row("2025-12-30"));
    TableAssert.assertThat(history.where(more.within(Kind.INTERACTION))).hasRows(row("2026-01-02"));
    assertThat(dates.has(Kind.INTERACTION)).isFalse();
  }

  private static int day(int offset) {
    return (int) FIRST.plusDays(offset).toEpochDay();
  }
}
