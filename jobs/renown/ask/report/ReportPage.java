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

/** Assembles a night's data, styles, scripts and texts into one HTML file. */
final class ReportPage {
  private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");

  private ReportPage() {}

  /**
   * @param night as the title shows it
   * @param data a JSON object, see {@link ReportQueries#sections}
   * @param cards a JSON array, apart since it is most of the page and parsed late
   * @return the file's text
   */
  static String html(String night, String data, String cards) {
    String style = resource("page.css");
    String charts = script("chart.umd.min.js");
    String script = script("page.js");
    Map<String, String> parts =
        Map.of(
            "night",
            night,
            "policy",
            policy(style, charts, script),
            "style",
            style,
            "charts",
            charts,
            "script",
            script,
            "texts",
            embeddable(resource("texts.json")),
            "data",
            embeddable(data),
            "cards",
            embeddable(cards));
    // Slots are only replaced in the template, never in the data.
    return SLOT.matcher(resource("page.html"))
        .replaceAll(slot -> Matcher.quoteReplacement(parts.get(slot.group(1))));
  }

  /**
   * The same JSON without characters that have a meaning in HTML or end a line in a script. In JSON
   * they only occur in strings, where an escape is equivalent.
   */
  static String embeddable(String json) {
    return json.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /** Allows only these styles and scripts, and no network access. */
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
        throw new IllegalStateException("The jar lacks renown/ask/report/" + name + ".");
      }
      // Browsers normalise line ends before they compute the digest.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
