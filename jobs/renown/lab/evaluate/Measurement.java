package renown.lab.evaluate;

import java.util.Locale;
import java.util.Optional;

/**
 * One measured number.
 *
 * @param subject what was measured, such as a network or a topic
 * @param measure what the number is, with its unit if it has one
 * @param value NaN if there was nothing to measure; then no gate holds
 * @param gate what the value must be; empty for a number that is only told, such as a baseline
 */
public record Measurement(String subject, String measure, double value, Optional<Gate> gate) {
  /** A bound that a value must not cross. */
  public record Gate(Direction direction, double bound) {
    boolean holds(double value) {
      return direction == Direction.AT_LEAST ? value >= bound : value <= bound;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%s %.4g", direction == Direction.AT_LEAST ? ">=" : "<=", bound);
    }
  }

  /** On which side of its bound a value must lie. */
  public enum Direction {
    AT_LEAST,
    AT_MOST
  }

  /** A number without a gate. */
  public static Measurement of(String subject, String measure, double value) {
    return new Measurement(subject, measure, value, Optional.empty());
  }

  /** The same number, which must be the bound or more. */
  public Measurement atLeast(double bound) {
    return new Measurement(
        subject, measure, value, Optional.of(new Gate(Direction.AT_LEAST, bound)));
  }

  /** The same number, which must be the bound or less. */
  public Measurement atMost(double bound) {
    return new Measurement(
        subject, measure, value, Optional.of(new Gate(Direction.AT_MOST, bound)));
  }

  /** Whether the gate holds; true if there is none. */
  public boolean holds() {
    return gate.map(g -> g.holds(value)).orElse(true);
  }
}
