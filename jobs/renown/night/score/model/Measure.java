package renown.night.score.model;

import java.util.Locale;

/** What is forecast. */
public enum Measure {
  /** Standing: slow to come and slow to go. */
  SCORE,
  /** The coming week as things go now. */
  MOMENTUM;

  /** The word in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
