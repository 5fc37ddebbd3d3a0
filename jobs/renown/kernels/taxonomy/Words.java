package renown.kernels.taxonomy;

import java.text.Normalizer;
import java.util.Locale;

/** Normalises text for comparison: ignores case, accents and punctuation. */
public final class Words {
  private Words() {}

  /**
   * The words of a text, lower case and without accents, separated by single spaces and with one at
   * either end, so that a phrase can be found by searching for it with spaces around it. Letters
   * and digits of all scripts are kept, everything else separates words.
   */
  public static String of(String text) {
    String plain = isPlain(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder words = new StringBuilder(plain.length() + 2).append(' ');
    for (int i = 0; i < plain.length(); ) {
      int point = plain.codePointAt(i);
      i += Character.charCount(point);
      if (Character.isLetterOrDigit(point)) {
        words.appendCodePoint(Character.toLowerCase(point));
      } else if (Character.getType(point) != Character.NON_SPACING_MARK
          && words.charAt(words.length() - 1) != ' ') {
        words.append(' ');
      }
    }
    if (words.charAt(words.length() - 1) != ' ') {
      words.append(' ');
    }
    return words.toString();
  }

  /** A hashtag or a name as one word: letters and digits alone, lower case, without accents. */
  public static String joined(String text) {
    return of(text).replace(" ", "");
  }

  /** The language of a BCP 47 tag without region or script; null if there is none. */
  public static String language(String tag) {
    if (tag == null || tag.isBlank()) {
      return null;
    }
    String language = tag.strip().split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    return language.equals("und") || language.length() > 3 ? null : language;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
