package renown.run;

import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Reports progress: one line per finished step, with rows, seconds and rows per second. On a
 * terminal the last line is that of the running step, drawn anew twice a second: a bar, rows, their
 * rate and the time left. A log holds finished lines only.
 */
public final class Progress {
  private static final long REDRAWN_MILLIS = 500;
  private static final int LEAST_WIDTH = 40;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final Clock clock;
  private final Optional<PrintStream> terminal;
  private final int width;

  /** Those that run, in the order in which they began: the first is drawn. */
  private final Map<String, Running> running = new LinkedHashMap<>();

  /** A step that runs. */
  private record Running(long start, Gauge gauge) {}

  /** Without a terminal. */
  public Progress(PrintStream out, Clock clock) {
    this(out, clock, Optional.empty(), 80);
  }

  /**
   * @param out where the lines go
   * @param terminal where somebody watches, if anybody does
   * @param width of the terminal, in characters
   */
  public Progress(PrintStream out, Clock clock, Optional<PrintStream> terminal, int width) {
    this.out = out;
    this.clock = clock;
    this.terminal = terminal;
    this.width = Math.max(LEAST_WIDTH, width);
  }

  /** Whether somebody watches: only then is a {@link Gauge} looked at. */
  public boolean isWatched() {
    return terminal.isPresent();
  }

  /**
   * What is known of a step while it runs.
   *
   * @param rows handled so far, from any thread
   * @param expectedSeconds what all of it is likely to take; empty if nobody knows
   */
  public record Gauge(LongSupplier rows, OptionalDouble expectedSeconds) {
    /** Of a step of which nothing is known but the time that it has taken. */
    public static final Gauge NONE = new Gauge(() -> 0, OptionalDouble.empty());
  }

  /** A step that returns the number of rows it processed. */
  public interface Work {
    /** Does it; the rows handled, or a negative number where rows mean nothing. */
    long rows() throws Exception;
  }

  /** Runs a step and prints its line. */
  public void step(String name, Work work) throws Exception {
    step(name, Gauge.NONE, work);
  }

  /** The same for a step of which more is known while it runs. */
  public void step(String name, Gauge gauge, Work work) throws Exception {
    long start = clock.millis();
    long rows;
    begin(name, new Running(start, gauge));
    try {
      rows = work.rows();
    } finally {
      end(name);
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

  private void begin(String name, Running step) {
    if (terminal.isEmpty()) {
      return;
    }
    synchronized (running) {
      running.put(name, step);
      draw();
      if (running.size() == 1) {
        Thread drawing = new Thread(this::redraw, "progress");
        drawing.setDaemon(true);
        drawing.start();
      }
    }
  }

  private void end(String name) {
    if (terminal.isEmpty()) {
      return;
    }
    synchronized (running) {
      running.remove(name);
      running.notifyAll();
      terminal.get().print(CLEAR_LINE);
    }
  }

  /** Until nothing runs any more. */
  private void redraw() {
    synchronized (running) {
      try {
        while (!running.isEmpty()) {
          running.wait(REDRAWN_MILLIS);
          draw();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void draw() {
    running.entrySet().stream()
        .findFirst()
        .ifPresent(
            step -> {
              String line =
                  ProgressLine.of(
                      step.getKey(),
                      step.getValue().gauge().rows().getAsLong(),
                      (clock.millis() - step.getValue().start()) / 1e3,
                      step.getValue().gauge().expectedSeconds(),
                      width - 1);
              terminal.get().print(CLEAR_LINE + visible(line));
              terminal.get().flush();
            });
  }

  /** Prints a line. */
  public void say(String format, Object... values) {
    String line = visible(String.format(Locale.ROOT, format, values));
    if (terminal.isEmpty()) {
      out.println(line);
      return;
    }
    synchronized (running) {
      terminal.get().print(CLEAR_LINE);
      terminal.get().flush();
      out.println(line);
      draw();
    }
  }

  /**
   * A line as it may be shown: names of files and accounts are chosen by strangers, and nothing in
   * them may move the cursor, turn the line round or begin another one.
   */
  public static String visible(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "\uFFFD");
  }
}
