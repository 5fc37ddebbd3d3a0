package renown.dumps.formats;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds URLs in plain text or Markdown. */
final class TextLinks {
  /** Without the punctuation that ends a sentence or is Markdown's. */
  private static final Pattern LINK =
      Pattern.compile("https?://[^\\s()<>\\[\\]\"`]*[^\\s()<>\\[\\]\"`.,;:!?'*_]");

  private TextLinks() {}

  /** The addresses that begin with http: or https:, once each, in their order. */
  static List<String> of(String text) {
    if (!text.contains("http")) {
      return List.of();
    }
    Set<String> links = new LinkedHashSet<>();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      links.add(link.group());
    }
    return List.copyOf(links);
  }
}
