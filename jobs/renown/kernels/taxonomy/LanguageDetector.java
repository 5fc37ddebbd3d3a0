package renown.kernels.taxonomy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Detects the language of texts for which the network states none: by the script where one tells
 * it, else by Apache OpenNLP's model of 183 languages.
 */
public final class LanguageDetector {
  /** With fewer letters of a script that many languages share nothing is said. */
  private static final int LEAST_LETTERS = 8;

  /**
   * How far the likeliest language must be ahead of the next; the model's probabilities themselves
   * are tiny in short texts.
   */
  private static final double LEAST_LEAD = 1.1;

  /** From this lead over those that people write most, a rarer language is believed. */
  private static final double LEAD_OF_THE_RARE = 1.4;

  /**
   * Leads, and the share of texts of X with that lead or more, up to the next, whose language is
   * the one that X states (2,000 posts of 2013 to 2019 in Latin script).
   */
  private static final double[][] CONFIDENCES = {{1.1, 0.85}, {1.2, 0.9}, {1.4, 0.95}, {1.8, 0.99}};

  /** Languages in Latin script that make up nearly all posts in it. */
  private static final Set<String> FREQUENT =
      Set.of(
          "en", "es", "pt", "fr", "de", "it", "nl", "id", "tl", "tr", "pl", "sv", "da", "no", "fi",
          "ro", "hu", "cs", "vi", "ca", "et", "lt", "lv", "eu", "ht", "sl", "hr", "sk", "cy");

  /** Scripts that hardly more than one language is written in. */
  private static final Map<UnicodeScript, String> SCRIPTS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(UnicodeScript.HIRAGANA, "ja"),
              Map.entry(UnicodeScript.KATAKANA, "ja"),
              Map.entry(UnicodeScript.HAN, "zh"),
              Map.entry(UnicodeScript.HANGUL, "ko"),
              Map.entry(UnicodeScript.THAI, "th"),
              Map.entry(UnicodeScript.LAO, "lo"),
              Map.entry(UnicodeScript.KHMER, "km"),
              Map.entry(UnicodeScript.MYANMAR, "my"),
              Map.entry(UnicodeScript.HEBREW, "he"),
              Map.entry(UnicodeScript.GREEK, "el"),
              Map.entry(UnicodeScript.ARMENIAN, "hy"),
              Map.entry(UnicodeScript.GEORGIAN, "ka"),
              Map.entry(UnicodeScript.TAMIL, "ta"),
              Map.entry(UnicodeScript.TELUGU, "te"),
              Map.entry(UnicodeScript.BENGALI, "bn"),
              Map.entry(UnicodeScript.GUJARATI, "gu"),
              Map.entry(UnicodeScript.GURMUKHI, "pa"),
              Map.entry(UnicodeScript.KANNADA, "kn"),
              Map.entry(UnicodeScript.MALAYALAM, "ml"),
              Map.entry(UnicodeScript.SINHALA, "si")));

  private static final Pattern NOT_PROSE =
      Pattern.compile("(?:https?://|www\\.)\\S+|[#@][\\p{L}\\p{N}_.-]+");

  private LanguageDetector() {}

  /**
   * What a text's language seems to be.
   *
   * @param language ISO 639-1, or 639-3 if there is none
   * @param confidence above 0 to 1: how often such a finding is right
   */
  public record Detection(String language, double confidence) {}

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
    Detection detection = detection(text);
    return detection == null ? null : detection.language();
  }

  /**
   * The same, and how sure it is; null if undetected. Names, hashtags and links are passed over.
   */
  public static Detection detection(String text) {
    if (text == null) {
      return null;
    }
    String prose = NOT_PROSE.matcher(text).replaceAll(" ");
    Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
    prose
        .codePoints()
        .filter(Character::isLetter)
        .mapToObj(UnicodeScript::of)
        .filter(script -> script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED)
        .forEach(script -> letters.merge(script, 1, Integer::sum));
    int most = 0;
    UnicodeScript script = null;
    for (Map.Entry<UnicodeScript, Integer> entry : letters.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        script = entry.getKey();
      }
    }
    if (script == null || most < 2) {
      return null;
    }
    int all = letters.values().stream().mapToInt(Integer::intValue).sum();
    if (letters.containsKey(UnicodeScript.HIRAGANA)
        || letters.containsKey(UnicodeScript.KATAKANA)) {
      int japanese =
          letters.getOrDefault(UnicodeScript.HIRAGANA, 0)
              + letters.getOrDefault(UnicodeScript.KATAKANA, 0);
      int characters = letters.getOrDefault(UnicodeScript.HAN, 0);
      // Chinese posts hold a の for looks; Japanese ones are full of kana.
      if (japanese + characters >= most && japanese * 10 >= characters) {
        return new Detection("ja", confidence(japanese + characters, all));
      }
    }
    String byScript = SCRIPTS.get(script);
    if (byScript != null) {
      return new Detection(byScript, confidence(most, all));
    }
    return most < LEAST_LETTERS ? null : byModel(prose, script);
  }

  private static double confidence(int letters, int all) {
    return Math.min(0.99, (double) letters / all);
  }

  private static Detection byModel(String prose, UnicodeScript script) {
    Language[] likely = Model.DETECTOR.get().predictLanguages(prose);
    if (script != UnicodeScript.LATIN) {
      return detection(likely[0], likely[1]);
    }
    Language first = null;
    Language second = null;
    for (Language language : likely) {
      if (FREQUENT.contains(LanguageCodes.of(language.getLang()))) {
        if (first != null) {
          second = language;
          break;
        }
        first = language;
      }
    }
    return likely[0].getConfidence() >= LEAD_OF_THE_RARE * first.getConfidence()
        ? detection(likely[0], first)
        : detection(first, second);
  }

  private static Detection detection(Language first, Language second) {
    double lead = first.getConfidence() / second.getConfidence();
    if (lead < LEAST_LEAD) {
      return null;
    }
    double confidence = 0;
    for (double[] step : CONFIDENCES) {
      if (lead >= step[0]) {
        confidence = step[1];
      }
    }
    return new Detection(LanguageCodes.of(first.getLang()), confidence);
  }
}
