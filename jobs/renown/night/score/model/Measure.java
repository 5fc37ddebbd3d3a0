package renown.night.score.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The two forecasts. */
public enum Measure {
  /** Standing: slow to rise and fall. */
  SCORE,
  /** The coming week at the current pace. */
  MOMENTUM;

  /** The one with a name used in tables. */
  public static Optional<Measure> of(String word) {
    return Arrays.stream(values()).filter(measure -> measure.word().equals(word)).findFirst();
  }

  /** The name used in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
