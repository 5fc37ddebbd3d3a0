package renown.tables;

/**
 * The calendar, for tools that join facts to dates. Grain: one row per UTC day of the years from
 * the lake's first night on.
 */
public final class MartDates {
  public static final TableColumn CALENDAR_DATE =
      TableColumn.date("calendar_date", "UTC day; join it with night of the other tables.");
  public static final TableColumn YEAR = TableColumn.whole("year", "Year, Gregorian.");
  public static final TableColumn QUARTER =
      TableColumn.whole("quarter", "Quarter of the year.").between(1, 4);
  public static final TableColumn MONTH =
      TableColumn.whole("month", "Month of the year.").between(1, 12);
  public static final TableColumn MONTH_START_DATE =
      TableColumn.date("month_start_date", "First day of its month.");
  public static final TableColumn DAY_OF_MONTH =
      TableColumn.whole("day_of_month", "Day of the month.").between(1, 31);
  public static final TableColumn ISO_YEAR =
      TableColumn.whole("iso_year", "ISO 8601 year of its week.");
  public static final TableColumn ISO_WEEK =
      TableColumn.whole("iso_week", "ISO 8601 week of the year.").between(1, 53);
  public static final TableColumn WEEK_START_DATE =
      TableColumn.date("week_start_date", "Monday of its week.");
  public static final TableColumn DAY_OF_WEEK =
      TableColumn.whole("day_of_week", "1 for Monday to 7 for Sunday, ISO 8601.").between(1, 7);
  public static final TableColumn IS_WEEKEND =
      TableColumn.flag("is_weekend", "Saturday or Sunday.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_dates")
          .purpose("Calendar dimension, for joins by date.")
          .grain("one row per UTC day of the years from the lake's first night on")
          .writer("marts")
          .key(CALENDAR_DATE)
          .rules(
              "month_start_date <= calendar_date",
              "week_start_date <= calendar_date",
              "is_weekend = (day_of_week >= 6)")
          .retention("rewritten when a year is added")
          .columns(
              CALENDAR_DATE,
              YEAR,
              QUARTER,
              MONTH,
              MONTH_START_DATE,
              DAY_OF_MONTH,
              ISO_YEAR,
              ISO_WEEK,
              WEEK_START_DATE,
              DAY_OF_WEEK,
              IS_WEEKEND);

  private MartDates() {}
}
