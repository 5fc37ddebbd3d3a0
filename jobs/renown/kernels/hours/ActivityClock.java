package renown.kernels.hours;

import java.util.Arrays;

/**
 * Which clock people live by, as their activity shows it: everywhere it is least about five at
 * night and centred on about five in the afternoon (Yasseri, Sumi, Kertész, "Circadian patterns of
 * Wikipedia editorial activity: a demographic analysis", PLoS ONE 7, 2012, who located editors so).
 * Clocks are whole hours ahead of UTC.
 */
public final class ActivityClock {
  public static final int LEAST_OFFSET = -11;
  public static final int LARGEST_OFFSET = 12;

  private static final int HOURS = Week.DAY;

  /** Hour of the day, local time, on which activity is centred. */
  private static final double CENTRE = 17;

  /** An offset stays unless activity says that it is off by more than this, in hours. */
  private static final double SLACK = 0.75;

  /**
   * Natural logarithm of how many times likelier the hours seen of late must be on a clock that was
   * changed: a million.
   */
  private static final double EVIDENCE = 6 * Math.log(10);

  /** Acts spread evenly over the day, so that a quiet hour is rare but not impossible. */
  private static final double SMOOTHING = 24;

  private ActivityClock() {}

  /**
   * The offset that activity shows, in hours: its first harmonic has its peak at the centre of a
   * day.
   *
   * @param activity by hour of the day, UTC, 0 or more
   * @return -12 to 12; NaN where activity is spread evenly
   */
  static double shown(double[] activity) {
    double sine = 0;
    double cosine = 0;
    for (int h = 0; h < HOURS; h++) {
      double angle = 2 * Math.PI * (h + 0.5) / HOURS;
      sine += activity[h] * StrictMath.sin(angle);
      cosine += activity[h] * StrictMath.cos(angle);
    }
    if (Math.hypot(sine, cosine) <= 1e-9 * Arrays.stream(activity).sum()) {
      return Double.NaN;
    }
    double peak = StrictMath.atan2(sine, cosine) * HOURS / (2 * Math.PI);
    return wrapped(CENTRE - peak);
  }

  private static double wrapped(double hours) {
    return hours - HOURS * Math.floor(hours / HOURS + 0.5);
  }

  /**
   * The offset of a clock.
   *
   * @param activity by hour of the day, UTC, 0 or more
   * @param before what it was taken for so far; null if nothing is known
   * @return {@link #LEAST_OFFSET} to {@link #LARGEST_OFFSET}; 0 where nothing shows it
   */
  public static int offset(double[] activity, Integer before) {
    double shown = shown(activity);
    if (Double.isNaN(shown)) {
      return before == null ? 0 : before;
    }
    if (before != null && Math.abs(wrapped(shown - before)) <= SLACK) {
      return before;
    }
    return Math.floorMod((int) Math.rint(shown) - LEAST_OFFSET, HOURS) + LEAST_OFFSET;
  }

  /**
   * Whether a clock was put forward or back: what was done of late happens at the usual hours only
   * on the changed clock.
   *
   * @param usual acts by hour of the day on the clock, those of the last days left out
   * @param recent acts of the last days by hour of the day, on the clock as it was
   * @return 1 where it is now an hour further ahead of UTC, -1 where it is an hour less, else 0
   */
  public static int change(double[] usual, double[] recent) {
    double all = Arrays.stream(usual).sum() + SMOOTHING;
    double[] log = new double[HOURS];
    for (int h = 0; h < HOURS; h++) {
      log[h] = StrictMath.log((usual[h] + SMOOTHING / HOURS) / all);
    }
    double forward = 0;
    double back = 0;
    for (int h = 0; h < HOURS; h++) {
      forward += recent[h] * (log[(h + 1) % HOURS] - log[h]);
      back += recent[h] * (log[(h + HOURS - 1) % HOURS] - log[h]);
    }
    if (Math.max(forward, back) < EVIDENCE) {
      return 0;
    }
    return forward > back ? 1 : -1;
  }
}
