package renown.kernels.taxonomy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The words that a post is written in, without its hashtags, names of accounts and links. */
public final class ProseWords {
  /** Shorter ones are particles, initials and letters; a character of Chinese is a word. */
  private static final int SHORTEST = 2;

  private static final int LONGEST = 30;

  private ProseWords() {}

  /**
   * The distinct words of a text as {@link Words} writes them, in their order; what is written
   * without spaces is cut by {@link Segments}. Left out are numbers, single letters and words of
   * more than 30.
   *
   * @param text null for none
   */
  public static List<String> of(String text) {
    if (text == null) {
      return List.of();
    }
    String words =
        TopicMatcher.readable(Words.of(TopicMatcher.NOT_PROSE.matcher(text).replaceAll(" ; ")));
    TreeSet<String> distinct = new TreeSet<>();
    Segments segments = new Segments(words);
    for (int from = 1, to; from < words.length(); from = to + 1) {
      to = words.indexOf(' ', from);
      if (!Words.isSpaceless(words.codePointAt(from))) {
        add(distinct, words.substring(from, to));
        continue;
      }
      for (int start = from, end = from + 1; end <= to; end++) {
        if (end == to || segments.isBoundary(end)) {
          add(distinct, words.substring(start, end));
          start = end;
        }
      }
    }
    return new ArrayList<>(distinct);
  }

  private static void add(TreeSet<String> words, String word) {
    int shortest = word.isEmpty() || isCharacter(word.charAt(0)) ? 1 : SHORTEST;
    if (word.length() >= shortest
        && word.length() <= LONGEST
        && word.chars().anyMatch(Character::isLetter)) {
      words.add(word);
    }
  }

  private static boolean isCharacter(char c) {
    return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
  }
}
