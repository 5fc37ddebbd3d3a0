package renown.kernels.hours;

import java.util.Arrays;

/**
 * Sums by hour of the week, of which most are nothing: an account posts at few hours. Whole units,
 * so that they are the same in whatever order they are added.
 */
public final class HourCounts {
  private short[] hours = new short[4];
  private long[] units = new long[4];
  private int size;

  /** None yet. */
  public HourCounts() {}

  /**
   * What was kept of some.
   *
   * @param hours of the week
   * @param units of each
   */
  public HourCounts(long[] hours, long[] units) {
    for (int i = 0; i < hours.length; i++) {
      add((int) hours[i], units[i]);
    }
  }

  /** Adds units, which may be negative, to an hour of the week. */
  public void add(int hour, long more) {
    for (int i = 0; i < size; i++) {
      if (hours[i] == hour) {
        units[i] += more;
        return;
      }
    }
    if (size == hours.length) {
      hours = Arrays.copyOf(hours, Math.min(2 * size, Week.HOURS));
      units = Arrays.copyOf(units, hours.length);
    }
    hours[size] = (short) hour;
    units[size++] = more;
  }

  /** Multiplies all by a share, 0 to 1, and rounds. */
  public void fade(double share) {
    for (int i = 0; i < size; i++) {
      units[i] = (long) Math.rint(units[i] * share);
    }
  }

  /** Puts all some hours later, where the clock that they were counted by was wrong. */
  public void move(int later) {
    for (int i = 0; i < size; i++) {
      hours[i] = (short) Week.later(hours[i], later);
    }
  }

  /** Makes nothing of what is less: more was undone than was seen done. */
  public void noneBelowZero() {
    for (int i = 0; i < size; i++) {
      units[i] = Math.max(units[i], 0);
    }
  }

  /** All units. */
  public long sum() {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += units[i];
    }
    return sum;
  }

  /** Hours with anything, rising. */
  public long[] hours() {
    long[] kept = new long[sorted()];
    for (int i = 0, at = 0; i < size; i++) {
      if (units[i] != 0) {
        kept[at++] = hours[i];
      }
    }
    return kept;
  }

  /** Units of {@link #hours}. */
  public long[] units() {
    long[] kept = new long[sorted()];
    for (int i = 0, at = 0; i < size; i++) {
      if (units[i] != 0) {
        kept[at++] = units[i];
      }
    }
    return kept;
  }

  /** Puts the hours in order, and counts those with anything. */
  private int sorted() {
    int some = 0;
    for (int i = 0; i < size; i++) {
      short hour = hours[i];
      long its = units[i];
      some += its != 0 ? 1 : 0;
      int at = i;
      for (; at > 0 && hours[at - 1] > hour; at--) {
        hours[at] = hours[at - 1];
        units[at] = units[at - 1];
      }
      hours[at] = hour;
      units[at] = its;
    }
    return some;
  }

  /** All hours of the week, each multiplied. */
  public double[] week(double factor) {
    double[] week = new double[Week.HOURS];
    for (int i = 0; i < size; i++) {
      week[hours[i]] = units[i] * factor;
    }
    return week;
  }
}
