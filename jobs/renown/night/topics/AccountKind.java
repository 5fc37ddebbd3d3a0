package renown.night.topics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import renown.kernels.taxonomy.Words;

/**
 * Classifies accounts as person, organisation or automated: signals of profile and behaviour, each
 * with a hand-set weight in log-odds, are added up as independent evidence.
 */
final class AccountKind {
  static final String PERSON = "person";
  static final String ORGANISATION = "organisation";
  static final String AUTOMATED = "automated";
  static final String UNKNOWN = "unknown";

  /** A kind with a lower probability is not assigned. */
  private static final double LEAST_CONFIDENCE = 0.6;

  /** Signals with less total weight do not count as evidence. */
  private static final double LEAST_EVIDENCE = 1;

  /** Prior: most accounts are persons. */
  private static final Map<String, Double> PRIORS =
      Map.of(PERSON, 0.5, ORGANISATION, -1.0, AUTOMATED, -1.0);

  private static final List<WordSign> WORD_SIGNS = readWordSigns();

  private AccountKind() {}

  private record WordSign(String kind, double weight, boolean inName, List<String> words) {}

  /**
   * What is known of an account.
   *
   * @param automated what it declares; null if the network does not say
   * @param posts decayed number of posts
   * @param repeatedShare of its posts, those it had written before in the same words, 0..1
   * @param bareLinkShare of its posts, those of a link and next to no words, 0..1
   * @param reactions decayed number of reactions to others
   * @param postsPerWeek in weeks in which it was there
   */
  record Signs(
      String handle,
      String displayName,
      String description,
      Boolean automated,
      double posts,
      double repeatedShare,
      double bareLinkShare,
      double reactions,
      double postsPerWeek) {}

  /**
   * The verdict.
   *
   * @param confidence 0..1
   * @param reasons strongest first
   */
  record Verdict(String kind, double confidence, List<String> reasons) {}

  private record Reason(String kind, double weight, String text) {}

  static Verdict of(Signs signs) {
    List<Reason> reasons = new ArrayList<>();
    if (Boolean.TRUE.equals(signs.automated())) {
      reasons.add(new Reason(AUTOMATED, 5, "declares itself automated"));
    }
    readWords(signs, reasons);
    if (looksLikeAName(signs.displayName())) {
      reasons.add(new Reason(PERSON, 1, "display name of given and family name"));
    }
    if (signs.posts() >= 5) {
      if (signs.repeatedShare() >= 0.3) {
        reasons.add(
            new Reason(
                AUTOMATED,
                6 * signs.repeatedShare(),
                "repeats " + percent(signs.repeatedShare()) + " of its posts word by word"));
      }
      if (signs.bareLinkShare() >= 0.5) {
        reasons.add(
            new Reason(
                ORGANISATION,
                signs.bareLinkShare(),
                "posts bare links " + percent(signs.bareLinkShare()) + " of the time"));
      }
    }
    if (signs.postsPerWeek() >= 350) {
      reasons.add(new Reason(AUTOMATED, 2, "posts more than 50 times a day"));
    }
    if (signs.posts() >= 10 && signs.reactions() < 0.02 * signs.posts()) {
      reasons.add(new Reason(ORGANISATION, 0.7, "hardly reacts to others"));
      reasons.add(new Reason(AUTOMATED, 0.7, "hardly reacts to others"));
    } else if (signs.reactions() >= 5) {
      reasons.add(new Reason(PERSON, 1, "reacts to others"));
    }
    return verdict(reasons);
  }

  private static Verdict verdict(List<Reason> reasons) {
    Map<String, Double> odds = new LinkedHashMap<>();
    double evidence = 0;
    for (String kind : List.of(PERSON, ORGANISATION, AUTOMATED)) {
      odds.put(kind, PRIORS.get(kind));
    }
    for (Reason reason : reasons) {
      odds.merge(reason.kind, reason.weight, Double::sum);
      evidence += reason.weight;
    }
    double sum = 0;
    String best = PERSON;
    for (Map.Entry<String, Double> entry : odds.entrySet()) {
      sum += StrictMath.exp(entry.getValue());
      if (entry.getValue() > odds.get(best)) {
        best = entry.getKey();
      }
    }
    double confidence = StrictMath.exp(odds.get(best)) / sum;
    boolean told = evidence >= LEAST_EVIDENCE && confidence >= LEAST_CONFIDENCE;
    String kind = best;
    List<String> texts =
        reasons.stream()
            .filter(reason -> reason.kind.equals(kind))
            .sorted(Comparator.comparingDouble((Reason reason) -> -reason.weight))
            .map(Reason::text)
            .toList();
    return new Verdict(told ? best : UNKNOWN, confidence, told ? texts : List.of());
  }

  private static void readWords(Signs signs, List<Reason> reasons) {
    String name = words(signs.handle()) + words(signs.displayName());
    String profile = words(signs.description());
    for (WordSign sign : WORD_SIGNS) {
      List<String> found =
          sign.words.stream()
              .filter(word -> (sign.inName ? name : profile).contains(" " + word + " "))
              .toList();
      if (!found.isEmpty()) {
        // A second word adds half the weight of the first, a third hardly more.
        double weight = sign.weight * (found.size() > 1 ? 1.5 : 1);
        reasons.add(
            new Reason(
                sign.kind,
                weight,
                (sign.inName ? "name says \"" : "profile says \"") + found.get(0) + "\""));
      }
    }
  }

  /** Two or three capitalised words and nothing else. */
  private static boolean looksLikeAName(String displayName) {
    return displayName != null
        && displayName.strip().matches("\\p{Lu}\\p{L}+(?:[ '-]\\p{Lu}\\p{L}+){1,2}");
  }

  private static String words(String text) {
    return text == null ? " " : Words.of(text);
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  private static List<WordSign> readWordSigns() {
    List<WordSign> signs = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                AccountKind.class.getResourceAsStream("kind-words.txt"), StandardCharsets.UTF_8))) {
      reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s*\\|\\s*"))
          .forEach(
              parts ->
                  signs.add(
                      new WordSign(
                          parts[0],
                          Double.parseDouble(parts[1]),
                          parts[2].equals("name"),
                          List.of(parts[3].split(",\\s*")))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(signs);
  }
}
