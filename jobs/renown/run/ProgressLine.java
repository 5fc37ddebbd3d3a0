package renown.run;

import java.util.Locale;
import java.util.OptionalDouble;

/** The line of a step that runs: its name, a bar, rows, rows per second and the time left. */
final class ProgressLine {
  private static final int BAR = 20;
  private static final String PARTS = "▏▎▍▌▋▊▉";

  /** A step that takes longer than it is thought to is never said to be done. */
  private static final double MOST = 0.99;

  private ProgressLine() {}

  /**
   * The line.
   *
   * @param rows so far
   * @param seconds since it began
   * @param expectedSeconds what the whole of it is likely to take; without it the bar is left out
   * @param width most characters
   */
  static String of(
      String name, long rows, double seconds, OptionalDouble expectedSeconds, int width) {
    StringBuilder line = new StringBuilder(String.format("%-12s ", name));
    if (expectedSeconds.isPresent() && expectedSeconds.getAsDouble() > 0) {
      double share = Math.min(MOST, seconds / expectedSeconds.getAsDouble());
      line.append(bar(share)).append(String.format(Locale.ROOT, " %3.0f %%", 100 * share));
    } else {
      line.append(time(seconds));
    }
    if (rows > 0) {
      line.append(
          String.format(Locale.ROOT, "  %,d rows  %,.0f/s", rows, rows / Math.max(seconds, 1e-3)));
    }
    if (expectedSeconds.isPresent() && expectedSeconds.getAsDouble() > seconds) {
      line.append("  ").append(time(expectedSeconds.getAsDouble() - seconds)).append(" left");
    }
    return line.length() <= width ? line.toString() : line.substring(0, Math.max(0, width));
  }

  private static String bar(double share) {
    int eighths = (int) (share * BAR * 8);
    int whole = eighths / 8;
    String rest = eighths % 8 == 0 ? "" : PARTS.substring(eighths % 8 - 1, eighths % 8);
    return "█".repeat(whole) + rest + "░".repeat(BAR - whole - rest.length());
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole % 3600 / 60, whole % 60);
  }
}
