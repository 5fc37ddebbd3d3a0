package renown.dumps.formats;

import java.time.LocalDate;
import renown.dumps.ParsedRecord;

/**
 * Parses times strictly into microseconds since 1970 UTC, truncating finer digits. Returns {@link
 * ParsedRecord#NO_TIME} if it is not a time.
 */
final class Times {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long MICROS_PER_DAY = SECONDS_PER_DAY * MICROS_PER_SECOND;

  /** No network that we read is older than 2006. */
  private static final long EARLIEST = LocalDate.of(2006, 1, 1).toEpochDay() * MICROS_PER_DAY;

  private static final long LATEST = LocalDate.of(2101, 1, 1).toEpochDay() * MICROS_PER_DAY;
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String WEEKDAYS = "MonTueWedThuFriSatSun";
  private static final int X_LENGTH = 30;

  private Times() {}

  /** Whether an event can have happened then: in the years 2006..2100. */
  static boolean isPlausible(long micros) {
    return micros >= EARLIEST && micros < LATEST;
  }

  /** Days since 1970 UTC. */
  static int day(long micros) {
    return (int) Math.floorDiv(micros, MICROS_PER_DAY);
  }

  /**
   * ISO 8601 and RFC 3339: {@code 2024-02-29T23:59:59}, with any number of decimals of the second,
   * then {@code Z}, {@code +01:00}, {@code +0100} or {@code +01}. The T may be a blank, T and Z may
   * be lower case. A time without a zone is no time. Years 0000..9999.
   */
  static long iso(String text) {
    int length = text.length();
    if (length < 20
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return ParsedRecord.NO_TIME;
    }
    char separator = text.charAt(10);
    if (separator != 'T' && separator != 't' && separator != ' ') {
      return ParsedRecord.NO_TIME;
    }
    int at = 19;
    long micros = 0;
    if (text.charAt(at) == '.') {
      long unit = MICROS_PER_SECOND;
      int first = ++at;
      while (at < length && isDigit(text.charAt(at))) {
        unit /= 10;
        micros += unit * (text.charAt(at++) - '0');
      }
      if (at == first) {
        return ParsedRecord.NO_TIME;
      }
    }
    if (at == length) {
      return ParsedRecord.NO_TIME;
    }
    int offset = 0;
    char zone = text.charAt(at);
    if (zone == 'Z' || zone == 'z') {
      if (at + 1 != length) {
        return ParsedRecord.NO_TIME;
      }
    } else {
      offset = offsetSeconds(text, at);
    }
    return micros(
        number(text, 0, 4),
        number(text, 5, 7),
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        number(text, 17, 19),
        micros,
        offset);
  }

  /** X's own: {@code Wed Oct 10 20:19:24 +0000 2018}. */
  static long x(String text) {
    if (text.length() != X_LENGTH
        || text.charAt(3) != ' '
        || text.charAt(7) != ' '
        || text.charAt(10) != ' '
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || text.charAt(19) != ' '
        || text.charAt(25) != ' ') {
      return ParsedRecord.NO_TIME;
    }
    int weekday = WEEKDAYS.indexOf(text.substring(0, 3));
    int month = MONTHS.indexOf(text.substring(4, 7));
    if (weekday < 0 || weekday % 3 != 0 || month < 0 || month % 3 != 0) {
      return ParsedRecord.NO_TIME;
    }
    return micros(
        number(text, 26, 30),
        month / 3 + 1,
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        number(text, 17, 19),
        0,
        offsetSeconds(text.substring(20, 25), 0));
  }

  private static long micros(
      int year, int month, int day, int hour, int minute, int second, long micros, int offset) {
    if (year < 0
        || month < 1
        || month > 12
        || day < 1
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59
        || offset == Integer.MIN_VALUE) {
      return ParsedRecord.NO_TIME;
    }
    LocalDate first = LocalDate.of(year, month, 1);
    if (day > first.lengthOfMonth()) {
      return ParsedRecord.NO_TIME;
    }
    long seconds =
        (first.toEpochDay() + day - 1) * SECONDS_PER_DAY
            + hour * 3_600L
            + minute * 60L
            + second
            - offset;
    return seconds * MICROS_PER_SECOND + micros;
  }

  /** Seconds east of UTC from {@code +hh}, {@code +hhmm} or {@code +hh:mm} to the text's end. */
  private static int offsetSeconds(String text, int at) {
    char sign = text.charAt(at);
    int length = text.length() - at;
    boolean colon = length == 6 && text.charAt(at + 3) == ':';
    if ((sign != '+' && sign != '-') || (length != 3 && length != 5 && !colon)) {
      return Integer.MIN_VALUE;
    }
    int hours = number(text, at + 1, at + 3);
    int minutes = length == 3 ? 0 : number(text, text.length() - 2, text.length());
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }

  /** The digits as a number, -1 if one is no digit. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
