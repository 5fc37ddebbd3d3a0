package renown.run;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/**
 * Reports progress: one line per finished step, with rows, seconds and rows per second. On a
 * terminal the last line names the running step, where Spark draws its task progress bar.
 */
public final class Progress {
  private static final String CLEAR_LINE = "\r" + " ".repeat(60) + "\r";

  private final PrintStream out;
  private final Clock clock;
  private final Optional<PrintStream> terminal;

  /** Without a terminal. */
  public Progress(PrintStream out, Clock clock) {
    this(out, clock, Optional.empty());
  }

  /**
   * @param out where the lines go
   * @param terminal where somebody watches, if anybody does
   */
  public Progress(PrintStream out, Clock clock, Optional<PrintStream> terminal) {
    this.out = out;
    this.clock = clock;
    this.terminal = terminal;
  }

  /** A step that returns the number of rows it processed. */
  public interface Work {
    /** Does it; the rows handled, or a negative number where rows mean nothing. */
    long rows() throws Exception;
  }

  /** Runs a step and prints its line. */
  public void step(String name, Work work) throws Exception {
    terminal.ifPresent(screen -> screen.print(CLEAR_LINE + name + " ..."));
    long start = clock.millis();
    long rows;
    try {
      rows = work.rows();
    } finally {
      terminal.ifPresent(screen -> screen.print(CLEAR_LINE));
    }
    double seconds = (clock.millis() - start) / 1e3;
    if (rows < 0) {
      say("%-28s %36.1f s", name, seconds);
    } else {
      say(
          "%-28s %,14d rows %15.1f s %,14.0f rows/s",
          name, rows, seconds, rows / Math.max(seconds, 1e-3));
    }
  }

  /** Prints a line. */
  public void say(String format, Object... values) {
    out.println(visible(String.format(Locale.ROOT, format, values)));
  }

  /**
   * A line as it may be shown: names of files and accounts are chosen by strangers, and nothing in
   * them may move the cursor, turn the line round or begin another one.
   */
  public static String visible(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "\uFFFD");
  }
}
