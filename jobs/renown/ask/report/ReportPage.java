package renown.ask.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a night's data, the styles, the scripts and the texts into one HTML file. */
final class ReportPage {
  private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");

  private ReportPage() {}

  /**
   * @param night as the title shows it
   * @param data a JSON object, see {@link ReportQueries#sections}
   * @return the file's text
   */
  static String html(String night, String data) {
    String style = resource("page.css");
    String charts = script("chart.umd.min.js");
    String script = script("page.js");
    Map<String, String> parts =
        Map.of(
            "night", night,
            "policy", policy(style, charts, script),
            "style", style,
            "charts", charts,
            "script", script,
            "texts", embeddable(resource("texts.json")),
            "data", embeddable(data));
    // The slots are those of the template: what stands in the data is not looked at again.
    return SLOT.matcher(resource("page.html"))
        .replaceAll(slot -> Matcher.quoteReplacement(parts.get(slot.group(1))));
  }

  /**
   * The same JSON without any character that means something to HTML or ends a line for a script:
   * none of them stands in JSON but within texts, where an escape says the same.
   */
  static String embeddable(String json) {
    return json.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /** Only these styles and scripts count, and nothing is fetched or sent. */
  private static String policy(String style, String... scripts) {
    StringBuilder sources = new StringBuilder();
    for (String script : scripts) {
      sources.append(' ').append(digest(script));
    }
    return "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src "
        + digest(style)
        + "; script-src"
        + sources;
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String script(String name) {
    String script = resource(name).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    if (script.toLowerCase(java.util.Locale.ROOT).contains("</script") || script.contains("<!--")) {
      throw new IllegalStateException(name + " cannot stand in a script element.");
    }
    return script;
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks renown/report/" + name + ".");
      }
      // A browser takes each line's end for one character before it computes the digest.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
