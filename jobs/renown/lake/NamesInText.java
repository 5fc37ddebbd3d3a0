package renown.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds account names in other people's text: as a mention ({@code @name}), in a URL, or, if
 * unambiguous, on their own.
 *
 * <p>A name that contains one of {@code : / @ .} matches wherever it stands as a word. A bare word
 * only matches after {@code @} and in the parts of URLs where networks put names ({@code u/name},
 * {@code x.com/name}), because as a word in a sentence it may mean anything.
 */
public final class NamesInText {
  /** Replaces a name. */
  public static final String ERASED = "[erased]";

  /** The accounts whose names are searched. */
  public interface Names {
    boolean isId(String name);

    boolean isHandle(String name);
  }

  private static final Set<String> BEFORE_A_NAME =
      Set.of("u", "user", "users", "profile", "people", "channel");

  private static final Set<String> HOSTS_OF_NAMES =
      Set.of(
          "twitter.com",
          "www.twitter.com",
          "mobile.twitter.com",
          "x.com",
          "www.x.com",
          "github.com",
          "www.github.com");

  private NamesInText() {}

  /**
   * Whether an id of something (a post, an act, a list) holds the name of an account, as its whole,
   * as a part between slashes, or as its beginning up to one.
   */
  public static boolean inId(String id, Names names) {
    if (names.isId(id) || isTelling(id) && names.isHandle(id)) {
      return true;
    }
    int start = 0;
    for (int slash = id.indexOf('/'); slash >= 0; slash = id.indexOf('/', slash + 1)) {
      if (slash > start
          && (isTellingName(id.substring(start, slash), names)
              || isTellingName(id.substring(0, slash), names))) {
        return true;
      }
      start = slash + 1;
    }
    return start > 0 && isTellingName(id.substring(start), names);
  }

  /** Whether a text names one of them. */
  public static boolean in(String text, Names names) {
    return !places(text, names).isEmpty();
  }

  /** The text with {@link #ERASED} in place of their names; the same object if there are none. */
  public static String without(String text, Names names) {
    List<int[]> places = places(text, names);
    if (places.isEmpty()) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int end = 0;
    for (int[] place : places) {
      kept.append(text, end, place[0]).append(ERASED);
      end = place[1];
    }
    return kept.append(text, end, text.length()).toString();
  }

  /** Start and end offsets of the text to remove, in order. */
  private static List<int[]> places(String text, Names names) {
    List<int[]> places = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      if (!isOfName(text.charAt(start))) {
        start++;
        continue;
      }
      int end = start;
      boolean marked = false;
      while (end < text.length() && isOfName(text.charAt(end))) {
        marked |= isMark(text.charAt(end));
        end++;
      }
      if (marked) {
        word(text, start, end, names, places);
      }
      start = end;
    }
    return places;
  }

  private static void word(String text, int start, int end, Names names, List<int[]> places) {
    int last = end;
    while (last > start && isPunctuation(text.charAt(last - 1))) {
      last--;
    }
    String word = text.substring(start, last);
    if (isTellingName(word, names) || isAddress(word, names)) {
      places.add(new int[] {start, last});
      return;
    }
    for (int at = word.indexOf('@'); at >= 0; at = word.indexOf('@', at + 1)) {
      int length = mention(word, at + 1, names);
      if (length > 0) {
        places.add(new int[] {start + at, start + at + 1 + length});
        at += length;
      }
    }
  }

  /** Length of the longest name after an @; 0 if there is none. */
  private static int mention(String word, int start, Names names) {
    int end = start;
    while (end < word.length() && word.charAt(end) != '/' && word.charAt(end) != ':') {
      end++;
    }
    for (int last = end; last > start; last--) {
      if (isEnd(word, last) && isName(word.substring(start, last), names)) {
        return last - start;
      }
    }
    return 0;
  }

  /** Whether a name may end here: the next characters do not continue it. */
  private static boolean isEnd(String word, int end) {
    if (end == word.length()) {
      return true;
    }
    char next = word.charAt(end);
    boolean leadsOn = next == '.' || next == '-' || next == '@';
    return !isPlain(next) && !(leadsOn && end + 1 < word.length() && isPlain(word.charAt(end + 1)));
  }

  private static boolean isAddress(String word, Names names) {
    if (word.indexOf('/') < 0) {
      return false;
    }
    String[] parts = word.split("/", -1);
    int prefix = 0;
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      prefix += part.length() + (i == 0 ? 0 : 1);
      boolean nameIsExpected =
          i > 0
              && (BEFORE_A_NAME.contains(parts[i - 1])
                  || HOSTS_OF_NAMES.contains(parts[i - 1])
                  || part.startsWith("@"));
      String name = part.startsWith("@") ? part.substring(1) : part;
      if (nameIsExpected && isName(name, names)
          || isTellingName(part, names)
          || prefix < word.length() && names.isId(word.substring(0, prefix))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTellingName(String word, Names names) {
    return isTelling(word) && isName(word, names);
  }

  private static boolean isName(String word, Names names) {
    return !word.isEmpty() && (names.isId(word) || names.isHandle(word));
  }

  /** Whether a name could hardly be a word of a language. */
  public static boolean isTelling(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (isMark(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMark(char c) {
    return c == ':' || c == '/' || c == '@' || c == '.';
  }

  private static boolean isPunctuation(char c) {
    return isMark(c) || c == '-';
  }

  private static boolean isPlain(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_');
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c)
        || isMark(c)
        || c == '_'
        || c == '-'
        || c == '%'
        || c == '~';
  }
}
