package renown.run;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;

/**
 * Says how long work goes on: one line per finished step, with rows, seconds and rows per second.
 */
public final class Progress {
  private final PrintStream out;
  private final Clock clock;

  public Progress(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Work that gives back how many rows it handled. */
  public interface Work {
    /** Does it; the rows handled, or a negative number where rows mean nothing. */
    long rows() throws Exception;
  }

  /** Runs a step and prints its line. */
  public void step(String name, Work work) throws Exception {
    long start = clock.millis();
    long rows = work.rows();
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
    out.println(String.format(Locale.ROOT, format, values));
  }
}
