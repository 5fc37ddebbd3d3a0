package renown.night.publish.marts;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import renown.kernels.rarity.RarityScale;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.MartDates;
import renown.tables.MartReferencePopulations;
import renown.tables.MartRunHealth;
import renown.tables.MartTopSources;
import renown.tables.ReferencePopulations;
import renown.tables.StageRuns;
import renown.tables.TopSources;

/** Maps computed tables to marts of one table each. */
final class Marts {
  private Marts() {}

  /**
   * The scales in use, ready to be joined with earned attention.
   *
   * @param populations rows of {@code reference_populations}
   * @return rows of {@code mart_reference_populations}
   */
  static ColumnRows references(ColumnRows populations, long night) {
    ColumnRows.Texts networks = populations.texts(ReferencePopulations.NETWORK);
    ColumnRows.Texts measures = populations.texts(ReferencePopulations.MEASURE);
    ColumnRows.Longs versions = populations.longs(ReferencePopulations.REFERENCE_VERSION);
    List<Integer> sorted =
        IntStream.range(0, populations.size())
            .boxed()
            .sorted(
                Comparator.<Integer, String>comparing(networks::get)
                    .thenComparing(measures::get)
                    .thenComparingLong(versions::get)
                    .thenComparingLong(populations.longs(ReferencePopulations.STEP)::get))
            .toList();
    ColumnRows rows = new ColumnRows(MartReferencePopulations.TABLE);
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      int last = sorted.get(i - 1);
      boolean ends = i == sorted.size();
      boolean isLatest =
          ends
              || !networks.get(last).equals(networks.get(sorted.get(i)))
              || !measures.get(last).equals(measures.get(sorted.get(i)));
      if (isLatest) {
        addScale(rows, populations, sorted.subList(from, i), night);
      }
      if (isLatest || versions.get(last) != versions.get(sorted.get(i))) {
        from = i;
      }
    }
    return rows;
  }

  private static void addScale(
      ColumnRows rows, ColumnRows populations, List<Integer> steps, long night) {
    long[] numbers = longs(populations.longs(ReferencePopulations.STEP), steps);
    long[] counts = longs(populations.longs(ReferencePopulations.STEP_COUNT), steps);
    long[] atLeast = longs(populations.longs(ReferencePopulations.AT_LEAST_COUNT), steps);
    RarityScale scale = new RarityScale(numbers, counts);
    double population = IntStream.range(0, counts.length).mapToLong(i -> counts[i]).sum();
    for (int i = 0; i < numbers.length; i++) {
      rows.addValues(
          populations,
          steps.get(i),
          List.of(
              ReferencePopulations.NETWORK,
              ReferencePopulations.MEASURE,
              ReferencePopulations.REFERENCE_VERSION,
              ReferencePopulations.STEP));
      rows.doubles(MartReferencePopulations.STEP_START).add(RarityScale.start(numbers[i]));
      rows.doubles(MartReferencePopulations.SHARE).add(atLeast[i] / population);
      if (i + 1 == numbers.length) {
        rows.doubles(MartReferencePopulations.NEXT_START).addNull();
        rows.doubles(MartReferencePopulations.NEXT_SHARE).addNull();
      } else {
        rows.doubles(MartReferencePopulations.NEXT_START).add(RarityScale.start(numbers[i + 1]));
        rows.doubles(MartReferencePopulations.NEXT_SHARE).add(atLeast[i + 1] / population);
      }
      rows.longs(MartReferencePopulations.IS_TAIL).add(atLeast[i] == scale.tailCount());
      rows.doubles(MartReferencePopulations.TAIL_EXPONENT).add(scale.tailExponent());
      rows.doubles(MartReferencePopulations.TAIL_DISTANCE).add(scale.tailDistance());
      rows.longs(MartReferencePopulations.TAIL_COUNT).add(scale.tailCount());
      rows.longs(MartReferencePopulations.NIGHT).add(night);
    }
  }

  private static long[] longs(ColumnRows.Longs values, List<Integer> rows) {
    return rows.stream().mapToLong(values::get).toArray();
  }

  /**
   * Who attention comes from.
   *
   * @param sources rows of {@code top_sources}; those of other nights are left out
   * @param ranks rows of {@code account_state}
   * @param accounts rows of {@code accounts}
   * @return rows of {@code mart_top_sources}, influence_share at most 1; as many as sources
   */
  static ColumnRows topSources(
      ColumnRows sources, ColumnRows ranks, ColumnRows accounts, long night) {
    RowsByAccount rankRows = new RowsByAccount(ranks.longs(AccountState.ACCOUNT_KEY).toArray());
    RowsByAccount accountRows = new RowsByAccount(accounts.longs(Accounts.ACCOUNT_KEY).toArray());
    ColumnRows rows = new ColumnRows(MartTopSources.TABLE);
    for (int row = 0; row < sources.size(); row++) {
      int rank = rankRows.first(sources.longs(TopSources.ACCOUNT_KEY).get(row));
      int source = accountRows.first(sources.longs(TopSources.SOURCE_KEY).get(row));
      if (rank < 0 || source < 0 || sources.longs(TopSources.NIGHT).get(row) != night) {
        continue;
      }
      rows.addValues(
          sources,
          row,
          List.of(
              TopSources.NETWORK,
              TopSources.ACCOUNT_KEY,
              TopSources.PLACE,
              TopSources.SOURCE_KEY,
              TopSources.NIGHT));
      rows.texts(MartTopSources.SOURCE_HANDLE).add(accounts.texts(Accounts.HANDLE).get(source));
      rows.doubles(MartTopSources.INFLUENCE_SHARE)
          .add(
              share(
                  sources.doubles(TopSources.RANK_PART).get(row),
                  ranks.doubles(AccountState.RANK_SHARE).get(rank)));
    }
    return rows;
  }

  /**
   * The ranking ends within an absolute tolerance. That is much next to the rank of an account of
   * little credibility, so a source's part may come out greater than the whole.
   */
  private static double share(double part, double whole) {
    if (part >= whole) {
      return part > 0 ? 1 : 0;
    }
    return whole > 0 ? part / whole : 0;
  }

  /**
   * The calendar.
   *
   * @param from a day of the first year
   * @param to a day of the last
   * @return rows of {@code mart_dates}: all days of the years from one to the other
   */
  static ColumnRows dates(LocalDate from, LocalDate to) {
    ColumnRows rows = new ColumnRows(MartDates.TABLE);
    LocalDate end = LocalDate.of(to.getYear() + 1, 1, 1);
    for (LocalDate day = from.withDayOfYear(1); day.isBefore(end); day = day.plusDays(1)) {
      rows.longs(MartDates.CALENDAR_DATE).add(day.toEpochDay());
      rows.longs(MartDates.YEAR).add(day.getYear());
      rows.longs(MartDates.QUARTER).add(day.get(IsoFields.QUARTER_OF_YEAR));
      rows.longs(MartDates.MONTH).add(day.getMonthValue());
      rows.longs(MartDates.MONTH_START_DATE).add(day.withDayOfMonth(1).toEpochDay());
      rows.longs(MartDates.DAY_OF_MONTH).add(day.getDayOfMonth());
      rows.longs(MartDates.ISO_YEAR).add(day.get(IsoFields.WEEK_BASED_YEAR));
      rows.longs(MartDates.ISO_WEEK).add(day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      rows.longs(MartDates.WEEK_START_DATE).add(day.with(DayOfWeek.MONDAY).toEpochDay());
      rows.longs(MartDates.DAY_OF_WEEK).add(day.getDayOfWeek().getValue());
      rows.longs(MartDates.IS_WEEKEND).add(day.getDayOfWeek().getValue() >= 6);
    }
    return rows;
  }

  /**
   * What the stages of a run cost, a row for each.
   *
   * @param stageRuns rows of {@code stage_runs}
   * @return rows of {@code mart_run_health} in the order of the journal
   */
  static ColumnRows runHealth(ColumnRows stageRuns, String runId) {
    ColumnRows rows = new ColumnRows(MartRunHealth.TABLE);
    Set<String> told = new HashSet<>();
    for (int row = 0; row < stageRuns.size(); row++) {
      if (stageRuns.texts(StageRuns.RUN_ID).get(row).equals(runId)
          && told.add(stageRuns.texts(StageRuns.STAGE).get(row))) {
        rows.addValues(stageRuns, row, MartRunHealth.TABLE.columns());
      }
    }
    return rows;
  }
}
