package renown.dumps.formats;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the names that a comment addresses with {@code @}, on networks where they do not identify
 * an account.
 */
final class AddressedNames {
  /** Not part of an address, a path or code; letters and digits of any script. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\p{L}\\p{N}_/`.@])@([\\p{L}\\p{N}][\\p{L}\\p{N}_.'\\u2019\\u00B7-]*)");

  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern POSSESSIVE = Pattern.compile("['\\u2019]s$");
  private static final String PUNCTUATION = "_.'\u2019\u00B7-";

  private AddressedNames() {}

  /**
   * The names in a text in order, without duplicates, {@code @}, {@code 's} and trailing
   * punctuation. Text between backticks is code and addresses nobody.
   */
  static Set<String> in(String text) {
    Set<String> names = new LinkedHashSet<>();
    if (text.indexOf('@') < 0) {
      return names;
    }
    Matcher name = NAME.matcher(CODE.matcher(text).replaceAll(" "));
    while (name.find()) {
      names.add(bare(name.group(1)));
    }
    return names;
  }

  private static String bare(String name) {
    int end = name.length();
    while (PUNCTUATION.indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    Matcher possessive = POSSESSIVE.matcher(name.substring(0, end));
    return possessive.find() ? name.substring(0, possessive.start()) : name.substring(0, end);
  }
}
