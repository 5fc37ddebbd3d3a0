package renown.kernels.topics;

import java.io.Serializable;

/**
 * Forward decay of what is summed by topic: an act weighs {@code 2^((its time - landmark) /
 * half-life)} in units of 2^-30, whole numbers that add up in any order and can be taken back. The
 * landmark moves on every four half-lives; older sums are then halved whole times.
 *
 * @param nightDay the night from which it is seen, days since 1970-01-01
 * @param halfLifeDays above 0
 */
public record TopicClock(long nightDay, long halfLifeDays) implements Serializable {
  private static final int UNIT_BITS = 30;
  private static final int HALF_LIVES_PER_LANDMARK = 4;
  private static final double MICROS_PER_DAY = 86_400e6;
  private static final long DAY = 86_400_000_000L;

  /** More halvings leave nothing of a long. */
  private static final int MOST_HALVINGS = 62;

  private long period(long day) {
    return Math.floorDiv(day, halfLifeDays * HALF_LIVES_PER_LANDMARK);
  }

  /** Microseconds since 1970. */
  long landmark() {
    return period(nightDay) * halfLifeDays * HALF_LIVES_PER_LANDMARK * DAY;
  }

  private double halfLives(long micros) {
    return (micros - landmark()) / (halfLifeDays * MICROS_PER_DAY);
  }

  /**
   * The weight of an act.
   *
   * @param happenedAt microseconds since 1970
   */
  public long units(long happenedAt) {
    return (long) Math.rint(StrictMath.pow(2, halfLives(happenedAt) + UNIT_BITS));
  }

  /** What a sum of another night is in this night's units. */
  public long seen(long units, long otherNightDay) {
    long halvings = (period(nightDay) - period(otherNightDay)) * HALF_LIVES_PER_LANDMARK;
    return units >> Math.max(0, Math.min(MOST_HALVINGS, halvings));
  }

  /** Undecayed acts that a unit is worth at the end of the night. */
  public double actsPerUnit() {
    return StrictMath.pow(2, -halfLives((nightDay + 1) * DAY)) / (1L << UNIT_BITS);
  }
}
