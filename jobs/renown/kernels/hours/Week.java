package renown.kernels.hours;

/** Hours of a week, 0 to 167, from Monday 0:00 on. */
public final class Week {
  public static final int DAY = 24;
  public static final int DAYS = 7;
  public static final int HOURS = DAYS * DAY;

  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  /** 1 January 1970 was a Thursday. */
  private static final long FIRST_HOUR = 3 * DAY;

  private Week() {}

  /**
   * The hour of the week on a clock.
   *
   * @param at microseconds since 1970
   * @param offset whole hours that the clock is ahead of UTC
   */
  public static int hour(long at, int offset) {
    return (int)
        Math.floorMod(Math.floorDiv(at, MICROS_PER_HOUR) + FIRST_HOUR + offset, (long) HOURS);
  }

  /** The hour that lies so many hours later, or earlier where they are negative. */
  public static int later(int hour, int hours) {
    return Math.floorMod(hour + hours, HOURS);
  }

  /** Monday is 1, Sunday 7. */
  public static int weekday(int hour) {
    return hour / DAY + 1;
  }

  /** 0 to 23. */
  public static int hourOfDay(int hour) {
    return hour % DAY;
  }
}
