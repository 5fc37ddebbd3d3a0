package renown.dumps.formats;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * What a reader sees of a piece of HTML that a network gives as the text of a post or profile, and
 * where its links lead. The HTML is taken as browsers take it, whatever is wrong with it; it is
 * never fetched from or run.
 *
 * @param text without tags and scripts, character references resolved; blocks and line breaks are
 *     line ends, other runs of white space one blank
 * @param links the addresses of its {@code a} elements that begin with http: or https:, once each,
 *     in their order
 */
record HtmlText(String text, List<String> links) {

  /** Reads a fragment, such as the inside of a paragraph or several paragraphs. */
  static HtmlText of(String html) {
    return of(html, null);
  }

  /**
   * Reads a fragment.
   *
   * @param unlinked class of {@code a} elements that are no links of the author's, such as those
   *     that networks make of names; may be null
   */
  static HtmlText of(String html, String unlinked) {
    if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
      return new HtmlText(html.strip(), List.of());
    }
    Element body = Jsoup.parseBodyFragment(html).body();
    Visible visible = new Visible(unlinked);
    NodeTraversor.traverse(visible, body);
    // Character references can denote invalid characters.
    List<String> links = new ArrayList<>();
    visible.links.forEach(link -> links.add(JsonObject.storable(link)));
    return new HtmlText(JsonObject.storable(visible.text.toString().strip()), links);
  }

  private static final class Visible implements NodeVisitor {
    private final StringBuilder text = new StringBuilder();
    private final Set<String> links = new LinkedHashSet<>();
    private final String unlinked;

    Visible(String unlinked) {
      this.unlinked = unlinked;
    }

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode words) {
        append(words.getWholeText());
      } else if (node instanceof Element element) {
        if (element.isBlock() || element.normalName().equals("br")) {
          endLine();
        }
        String address = element.attr("href");
        if (element.normalName().equals("a")
            && (unlinked == null || !element.hasClass(unlinked))
            && (address.startsWith("http://") || address.startsWith("https://"))) {
          links.add(address);
        }
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element && element.isBlock()) {
        endLine();
      }
    }

    private void append(String words) {
      for (int i = 0; i < words.length(); i++) {
        char c = words.charAt(i);
        if (!Character.isWhitespace(c)) {
          text.append(c);
        } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
          text.append(' ');
        }
      }
    }

    private void endLine() {
      int end = text.length();
      while (end > 0 && text.charAt(end - 1) == ' ') {
        end--;
      }
      text.setLength(end);
      if (end > 0 && text.charAt(end - 1) != '\n') {
        text.append('\n');
      }
    }
  }
}
