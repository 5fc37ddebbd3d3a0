package renown.attention;

import java.util.Locale;

/** What is forecast. */
enum Measure {
  /** Standing: slow to come and slow to go. */
  SCORE,
  /** The coming week as things go now. */
  MOMENTUM;

  /** The word in tables. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
