package renown.kernels.taxonomy;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One topic.
 *
 * @param id lower-case words and dashes in our own taxonomy; whatever stands there in others. A
 *     text, never a number: ids of others overflow 64 bits
 * @param parents ids; empty for a root
 * @param labels by language (BCP 47)
 * @param terms words and phrases that tell it, labels included
 * @param hashtags without #
 * @param sites domains, perhaps with the first part of a path
 * @param accounts handles of accounts that stand for it on every network, without @
 * @param misleading phrases that hold a term of it and tell nothing ("recipe for success")
 * @param wikidataId such as Q333; null if it is not known
 */
public record Topic(
    String id,
    List<String> parents,
    Map<String, String> labels,
    List<Term> terms,
    List<Sign> hashtags,
    List<String> sites,
    List<String> accounts,
    List<String> misleading,
    String wikidataId)
    implements Serializable {

  /** The language of names: they are the same in all. */
  public static final String EVERY_LANGUAGE = "*";

  /** A topic without accounts and misleading phrases. */
  public Topic(
      String id,
      List<String> parents,
      Map<String, String> labels,
      List<Term> terms,
      List<Sign> hashtags,
      List<String> sites,
      String wikidataId) {
    this(id, parents, labels, terms, hashtags, sites, List.of(), List.of(), wikidataId);
  }

  /**
   * A word or phrase of a language.
   *
   * @param text as written in the taxonomy
   * @param language {@link #EVERY_LANGUAGE} for names
   * @param isPrefix words that begin so tell it too (Fußball*)
   * @param ambiguous it means other things too
   * @param context words of which one has to stand in the same text, where nothing else supports an
   *     ambiguous term
   */
  public record Term(
      String text, String language, boolean isPrefix, boolean ambiguous, List<String> context)
      implements Serializable {}

  /**
   * A hashtag.
   *
   * @param ambiguous it means other things too
   */
  public record Sign(String text, boolean ambiguous) implements Serializable {}

  /** The label in a language, else in English, else the first one, else the id. */
  public String label(String language) {
    return Optional.ofNullable(labels.get(language))
        .or(() -> Optional.ofNullable(labels.get("en")))
        .or(() -> labels.values().stream().findFirst())
        .orElse(id);
  }
}
