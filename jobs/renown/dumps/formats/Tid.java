package renown.dumps.formats;

/**
 * Timestamp identifiers of the AT protocol: 13 characters of base 32 that hold 53 bits of
 * microseconds since 1970 and 10 bits of clock id.
 */
final class Tid {
  private static final String DIGITS = "234567abcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 13;
  private static final int CLOCK_BITS = 10;

  /** The first digit is below 16, so that the number fits 64 bits and is not negative. */
  private static final int FIRST_DIGITS = 16;

  private Tid() {}

  /**
   * The day since 1970 encoded in a record key; 0 if it is not a TID, or one of a day outside
   * 2006..2100.
   */
  static int day(String rkey) {
    if (rkey.length() != LENGTH) {
      return 0;
    }
    long bits = 0;
    for (int i = 0; i < LENGTH; i++) {
      int digit = DIGITS.indexOf(rkey.charAt(i));
      if (digit < 0 || (i == 0 && digit >= FIRST_DIGITS)) {
        return 0;
      }
      bits = bits << 5 | digit;
    }
    long micros = bits >>> CLOCK_BITS;
    return Times.isPlausible(micros) ? Times.day(micros) : 0;
  }
}
