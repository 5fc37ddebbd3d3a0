package renown.night.score.model;

import java.util.Locale;

/** The two forecasts. */
public enum Measure {
  /** Standing: slow to rise and fall. */
  SCORE,
  /** The coming week at the current pace. */
  MOMENTUM;

  /** The name used in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
