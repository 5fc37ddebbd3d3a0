package renown.kernels.taxonomy;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * Normalises text for comparison, as its script demands: case is ignored, so is punctuation, and so
 * are the marks of Latin, Greek and Cyrillic letters (ß, æ and œ are two letters). Marks of other
 * scripts tell words apart (Indic and Thai vowels, the dots of ガ) and stay; the result is in
 * Unicode's form NFC.
 */
public final class Words {
  /** Letters below it that are not ASCII may be Latin, Greek or Cyrillic ones with marks. */
  private static final int MARKED_END = 0x530;

  private static final int MARKED_ADDITIONS = 0x1E00;
  private static final int MARKED_ADDITIONS_END = 0x2000;

  /** By letter: the same without its marks. */
  private static final char[] PLAIN = plain(0, MARKED_END);

  private static final char[] PLAIN_ADDITIONS = plain(MARKED_ADDITIONS, MARKED_ADDITIONS_END);

  private Words() {}

  /**
   * The words of a text, in lower case and separated by single spaces and with one at either end,
   * so that a phrase can be found by searching for it with spaces around it. Letters and digits of
   * all scripts are kept, and {@code +} and {@code #} at a word's end (C++, F#); everything else
   * separates words. A stretch without spaces between words, as in Japanese, Chinese or Thai, is
   * one word here (see {@link Segments}), apart from letters of other scripts next to it.
   */
  public static String of(String text) {
    String composed =
        isAscii(text) || Normalizer.isNormalized(text, Form.NFKC)
            ? text
            : Normalizer.normalize(text, Form.NFKC);
    int length = composed.length();
    StringBuilder words = new StringBuilder(length + 2).append(' ');
    boolean inWord = false;
    boolean isSpaceless = false;
    boolean dropsMarks = true;
    for (int i = 0; i < length; ) {
      int point = composed.charAt(i);
      if (point < 0x80) {
        i++;
        char ascii = ascii(point);
        if (ascii != 0) {
          if (isSpaceless && inWord) {
            words.append(' ');
          }
          words.append(ascii);
          inWord = true;
          isSpaceless = false;
          dropsMarks = true;
        } else if (inWord) {
          if ((point == '+' || point == '#') && !isSpaceless && endsAWord(composed, i)) {
            words.append((char) point);
          } else {
            words.append(' ');
            inWord = false;
          }
        }
        continue;
      }
      point = composed.codePointAt(i);
      i += Character.charCount(point);
      if (Character.isLetterOrDigit(point)) {
        boolean spaceless = isSpaceless(point);
        if (inWord && spaceless != isSpaceless) {
          words.append(' ');
        }
        dropsMarks = isMarked(point);
        String apart = dropsMarks ? inTwoLetters(point) : null;
        if (apart != null) {
          words.append(apart);
        } else {
          words.appendCodePoint(Character.toLowerCase(plain(point)));
        }
        inWord = true;
        isSpaceless = spaceless;
      } else if (isMark(point)) {
        if (inWord && !dropsMarks) {
          words.appendCodePoint(point);
        }
      } else if (point != 0x200C && point != 0x200D && inWord) { // joiners are within words
        words.append(' ');
        inWord = false;
      }
    }
    if (inWord) {
      words.append(' ');
    }
    String result = words.toString();
    return isAscii(result) || Normalizer.isNormalized(result, Form.NFC)
        ? result
        : Normalizer.normalize(result, Form.NFC);
  }

  /**
   * A hashtag or a name as one word: letters and digits alone, lower case, without the marks that
   * {@link #of} drops. What has neither letters nor digits, such as an emoji, stands for itself.
   */
  public static String joined(String text) {
    String joined = of(text).replace(" ", "");
    if (!joined.isEmpty()) {
      return joined;
    }
    StringBuilder symbols = new StringBuilder();
    text.codePoints()
        .filter(
            point ->
                switch (Character.getType(point)) {
                  case Character.OTHER_SYMBOL, Character.MODIFIER_SYMBOL, Character.SURROGATE ->
                      true;
                  default -> point == 0x200D; // joins emoji
                })
        .forEach(symbols::appendCodePoint);
    return symbols.toString();
  }

  /** Whether a letter's script is written without spaces between words. */
  static boolean isSpaceless(int point) {
    return point >= 0x0E00
        && (point < 0x0F00 // Thai, Lao
            || point >= 0x1000 && point < 0x10A0 // Burmese
            || point >= 0x1780 && point < 0x1800 // Khmer
            || point >= 0x2E80 && point < 0x3100 // radicals, kana
            || point >= 0x31F0 && point < 0x3200
            || point >= 0x3400 && point < 0xA000 // Chinese characters
            || point >= 0xF900 && point < 0xFB00
            || point >= 0x20000 && point < 0x40000);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The letter or digit in lower case; 0 for anything else. */
  private static char ascii(int point) {
    if (point >= 'a' && point <= 'z' || point >= '0' && point <= '9') {
      return (char) point;
    }
    return point >= 'A' && point <= 'Z' ? (char) (point + 32) : 0;
  }

  /** Whether nothing but more of + and # comes before the word's end. */
  private static boolean endsAWord(String text, int next) {
    for (int i = next; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '+' && c != '#') {
        return !Character.isLetterOrDigit(c);
      }
    }
    return true;
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /** Whether a letter is of a script whose marks are dropped. */
  private static boolean isMarked(int point) {
    return point < MARKED_END || point >= MARKED_ADDITIONS && point < MARKED_ADDITIONS_END;
  }

  /** Letters that many write as two; null for others. */
  private static String inTwoLetters(int point) {
    return switch (point) {
      case 'ß', 'ẞ' -> "ss";
      case 'æ', 'Æ' -> "ae";
      case 'œ', 'Œ' -> "oe";
      default -> null;
    };
  }

  private static int plain(int point) {
    if (point < MARKED_END) {
      return PLAIN[point];
    }
    return point >= MARKED_ADDITIONS && point < MARKED_ADDITIONS_END
        ? PLAIN_ADDITIONS[point - MARKED_ADDITIONS]
        : point;
  }

  private static char[] plain(int from, int to) {
    char[] plain = new char[to - from];
    for (int point = from; point < to; point++) {
      String apart = Normalizer.normalize(Character.toString(point), Form.NFD);
      plain[point - from] =
          switch (point) {
            case 'ø', 'Ø' -> 'o'; // a stroke is a mark too, but Unicode does not take it apart
            case 'ł', 'Ł' -> 'l';
            case 'đ', 'Đ' -> 'd';
            case 'ı' -> 'i';
            default -> Character.isLetter(point) ? apart.charAt(0) : (char) point;
          };
    }
    return plain;
  }
}
