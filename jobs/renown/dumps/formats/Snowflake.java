package renown.dumps.formats;

import renown.dumps.ParsedRecord;

/** X's ids since 4 November 2010: milliseconds since {@link #EPOCH}, then 22 other bits. */
final class Snowflake {
  /** Milliseconds since 1970 at which the count begins: 2010-11-04T01:42:54.657Z. */
  private static final long EPOCH = 1_288_834_974_657L;

  /** The first snowflake; ids below it were counted one by one. */
  private static final long FIRST = 29_700_859_247L;

  private static final int OTHER_BITS = 22;
  private static final int LONGEST_LONG = 19;

  private Snowflake() {}

  /**
   * The day since 1970 that an id tells; 0 if it is older than snowflakes, or larger than 63 bits.
   *
   * @param id decimal digits
   */
  static int day(String id) {
    long time = time(id);
    return time == ParsedRecord.NO_TIME ? 0 : Times.day(time);
  }

  /**
   * When an id was made, in microseconds since 1970, whole milliseconds; {@link
   * ParsedRecord#NO_TIME} if it does not tell.
   *
   * @param id decimal digits
   */
  static long time(String id) {
    if (id.length() > LONGEST_LONG) {
      return ParsedRecord.NO_TIME;
    }
    long number;
    try {
      number = Long.parseLong(id);
    } catch (NumberFormatException e) {
      return ParsedRecord.NO_TIME;
    }
    return number < FIRST ? ParsedRecord.NO_TIME : ((number >>> OTHER_BITS) + EPOCH) * 1_000;
  }
}
