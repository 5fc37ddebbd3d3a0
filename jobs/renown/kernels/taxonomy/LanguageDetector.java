package renown.kernels.taxonomy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Detects the language of texts for which the network states none: Apache OpenNLP's model of 183
 * languages.
 */
public final class LanguageDetector {
  /** Shorter texts cannot be detected reliably. */
  private static final int LEAST_LETTERS = 24;

  /**
   * Minimum lead of the likeliest language over the next; the probabilities themselves are tiny.
   */
  private static final double LEAST_LEAD = 1.1;

  private static final Map<String, String> SHORT_CODES = shortCodes();

  private LanguageDetector() {}

  /** Loaded on first use; a detector is not thread-safe. */
  private static final class Model {
    private static final LanguageDetectorModel MODEL = load();
    private static final ThreadLocal<LanguageDetectorME> DETECTOR =
        ThreadLocal.withInitial(() -> new LanguageDetectorME(MODEL));

    private static LanguageDetectorModel load() {
      try (var in =
          LanguageDetector.class.getClassLoader().getResourceAsStream("langdetect-183.bin")) {
        return new LanguageDetectorModel(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** ISO 639-1 code, or 639-3 if there is none; null if undetected. */
  public static String detect(String text) {
    if (text == null || text.codePoints().filter(Character::isLetter).count() < LEAST_LETTERS) {
      return null;
    }
    Language[] likely = Model.DETECTOR.get().predictLanguages(text);
    String code = likely[0].getLang();
    return likely[0].getConfidence() < LEAST_LEAD * likely[1].getConfidence()
        ? null
        : SHORT_CODES.getOrDefault(code, code);
  }

  private static Map<String, String> shortCodes() {
    Map<String, String> codes = new HashMap<>();
    for (String language : Locale.getISOLanguages()) {
      codes.put(Locale.forLanguageTag(language).getISO3Language(), language);
    }
    // The model uses separate codes for Mandarin and the standard varieties of two other languages.
    codes.put("cmn", "zh");
    codes.put("pes", "fa");
    codes.put("ekk", "et");
    codes.put("lvs", "lv");
    return codes;
  }
}
