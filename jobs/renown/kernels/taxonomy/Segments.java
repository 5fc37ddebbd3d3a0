package renown.kernels.taxonomy;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;

/**
 * Where words end in scripts that are written without spaces: ICU's dictionaries of Chinese,
 * Japanese, Thai, Lao, Khmer and Burmese. A text is only cut when somebody asks.
 */
final class Segments {
  private static final ThreadLocal<BreakIterator> BREAKS =
      ThreadLocal.withInitial(() -> BreakIterator.getWordInstance(ULocale.ROOT));

  private final String text;
  private BreakIterator breaks;

  Segments(String text) {
    this.text = text;
  }

  /** Whether a word may begin or end before the character at an index. */
  boolean isBoundary(int index) {
    if (breaks == null) {
      breaks = BREAKS.get();
      breaks.setText(text);
    }
    return breaks.isBoundary(index);
  }
}
