package renown.kernels.taxonomy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One code for each language, whatever a network, an archive or a model calls it. */
public final class LanguageCodes {
  /** Codes of three letters and codes that were withdrawn, to those in use. */
  private static final Map<String, String> CODES = codes();

  private LanguageCodes() {}

  /**
   * The language of a BCP 47 tag, without region or script: ISO 639-1, or 639-3 where there is
   * none. X's {@code in} and {@code iw} are {@code id} and {@code he}.
   *
   * @return null if the tag names none: it is empty, undetermined ({@code und}), no language at all
   *     ({@code zxx}), several, or one of X's codes for posts of hashtags, links or media alone
   */
  public static String of(String tag) {
    if (tag == null || tag.isBlank()) {
      return null;
    }
    String language = tag.strip().split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    String code = CODES.getOrDefault(language, language);
    return code.isEmpty() || code.length() > 3 ? null : code;
  }

  private static Map<String, String> codes() {
    Map<String, String> codes = new HashMap<>();
    for (String language : Locale.getISOLanguages()) {
      codes.put(Locale.forLanguageTag(language).getISO3Language(), language);
    }
    // Codes that ISO 639 has withdrawn; X uses the first two.
    codes.put("in", "id");
    codes.put("iw", "he");
    codes.put("ji", "yi");
    codes.put("jw", "jv");
    codes.put("mo", "ro");
    codes.put("sh", "sr");
    // Two written forms and one spoken name of one language.
    codes.put("nb", "no");
    codes.put("nob", "no");
    codes.put("nn", "no");
    codes.put("nno", "no");
    codes.put("fil", "tl");
    // Single languages of groups.
    codes.put("cmn", "zh");
    codes.put("pes", "fa");
    codes.put("ekk", "et");
    codes.put("lvs", "lv");
    codes.put("arb", "ar");
    codes.put("zsm", "ms");
    // Codes of ISO 639-2 that differ from those of 639-3.
    codes.put("ger", "de");
    codes.put("fre", "fr");
    codes.put("dut", "nl");
    codes.put("chi", "zh");
    codes.put("per", "fa");
    codes.put("gre", "el");
    codes.put("cze", "cs");
    codes.put("rum", "ro");
    for (String none :
        new String[] {
          "und", "zxx", "mul", "mis", "art", "qam", "qct", "qht", "qme", "qst", "null", "none"
        }) {
      codes.put(none, "");
    }
    // Java still lists withdrawn codes among those in use.
    codes.replaceAll((from, to) -> codes.getOrDefault(to, to));
    return codes;
  }
}
