package renown.night.score.accounts;

import java.util.Arrays;

/** Exponential decay in whole units, of which an act at the end of the night is 2^30. */
final class Decay {
  static final double UNIT = 1L << 30;

  static final double MICROS_PER_DAY = 86_400e6;

  private Decay() {}

  /** An act's units as seen from an instant; one that claims to come later counts as at it. */
  static long units(long atMicros, long endMicros, double halfLifeDays) {
    double days = Math.max(endMicros - atMicros, 0) / MICROS_PER_DAY;
    return (long) Math.rint(StrictMath.pow(2, days / -halfLifeDays) * UNIT);
  }

  /** What is left of units after some days. */
  static long kept(long units, long days, double halfLifeDays) {
    return units == 0 ? 0 : (long) Math.rint(units * StrictMath.pow(2, days / -halfLifeDays));
  }

  /** The same for many: each number of days is raised once. */
  static final class Clock {
    private final double halfLifeDays;
    private double[] factors = new double[0];

    Clock(double halfLifeDays) {
      this.halfLifeDays = halfLifeDays;
    }

    /**
     * @param days 0 or more
     */
    long kept(long units, long days) {
      if (days >= factors.length) {
        int known = factors.length;
        factors = Arrays.copyOf(factors, Math.toIntExact(days) + 32);
        for (int i = known; i < factors.length; i++) {
          factors[i] = StrictMath.pow(2, i / -halfLifeDays);
        }
      }
      return (long) Math.rint(units * factors[(int) days]);
    }
  }
}
