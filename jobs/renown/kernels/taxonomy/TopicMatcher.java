package renown.kernels.taxonomy;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import renown.kernels.taxonomy.Topic.Sign;
import renown.kernels.taxonomy.Topic.Term;

/**
 * Finds the topics of a post: plain Java, stateless, one pass over the text.
 *
 * <p>Signals are phrases, hashtags and domains. An unambiguous signal has a confidence of its own;
 * signals of one topic combine as independent evidence, {@code 1 - product of (1 - c)}. An
 * ambiguous signal counts only if the post supports it: by another signal of the same topic or of a
 * relative in the taxonomy, or by one of its context words. Single words of another language than
 * the post's count as ambiguous. Ancestors get the largest confidence of their descendants, so that
 * two children do not count twice.
 *
 * <p>The confidences were set by hand and are meaningful as an order, not as measured frequencies.
 */
public final class TopicMatcher implements Serializable {
  private static final double PHRASE = 0.85;
  private static final double WORD = 0.7;
  private static final double HASHTAG = 0.9;
  private static final double SITE = 0.8;
  private static final double SUPPORTED = 0.65;

  /**
   * Beyond this many hashtags each counts less: a post with a wall of them is not about all of
   * their topics.
   */
  private static final int HASHTAGS_READ_FULLY = 6;

  private static final Pattern NOT_PROSE =
      Pattern.compile("(?:https?://|www\\.)\\S+|[#@][\\p{L}\\p{N}_.-]+");

  /** A topic matched by a phrase or hashtag. */
  private record Claim(String topicId, String language, boolean ambiguous, List<String> context)
      implements Serializable {}

  /** A claim met in a post. */
  private record Sighting(Claim claim, String sign, double confidence, String basis) {}

  private final Taxonomy taxonomy;
  private final AhoCorasickDoubleArrayTrie<ArrayList<Claim>> phrases =
      new AhoCorasickDoubleArrayTrie<>();
  private final Map<String, ArrayList<Claim>> hashtags = new HashMap<>();
  private final Map<String, String> sites = new HashMap<>();

  /** Ids of the topics that have a label, by the label's words. */
  private final Map<String, Set<String>> labels = new HashMap<>();

  public TopicMatcher(Taxonomy taxonomy) {
    this.taxonomy = taxonomy;
    TreeMap<String, ArrayList<Claim>> terms = new TreeMap<>();
    for (Topic topic : taxonomy.topics()) {
      for (Term term : topic.terms()) {
        add(terms, Words.of(term.text()), claim(topic, term));
      }
      for (Sign tag : topic.hashtags()) {
        Claim claim = new Claim(topic.id(), null, tag.ambiguous(), List.of());
        add(hashtags, Words.joined(tag.text()), claim);
      }
      topic
          .labels()
          .values()
          .forEach(
              label ->
                  labels
                      .computeIfAbsent(Words.of(label).strip(), l -> new HashSet<>())
                      .add(topic.id()));
      topic.sites().forEach(site -> sites.put(site.toLowerCase(Locale.ROOT), topic.id()));
    }
    addDerivedSigns(terms);
    if (!terms.isEmpty()) {
      phrases.build(terms);
    }
  }

  private static Claim claim(Topic topic, Term term) {
    List<String> context = term.context().stream().map(Words::of).toList();
    return new Claim(topic.id(), term.language(), term.ambiguous(), context);
  }

  private static void add(Map<String, ArrayList<Claim>> signs, String sign, Claim claim) {
    ArrayList<Claim> claims = signs.computeIfAbsent(sign, s -> new ArrayList<>());
    if (claims.stream().noneMatch(c -> c.topicId.equals(claim.topicId))) {
      claims.add(claim);
    }
  }

  /** Plurals, and phrases written as hashtags, unless another topic lists them. */
  private void addDerivedSigns(TreeMap<String, ArrayList<Claim>> terms) {
    Set<String> named = new HashSet<>(terms.keySet());
    Set<String> namedTags = new HashSet<>(hashtags.keySet());
    for (Topic topic : taxonomy.topics()) {
      for (Term term : topic.terms()) {
        String words = Words.of(term.text());
        String tag = words.replace(" ", "");
        if (tag.length() > 3 && !namedTags.contains(tag)) {
          add(hashtags, tag, claim(topic, term));
        }
        String plural = plural(words.strip(), term.language());
        if (plural != null && !named.contains(" " + plural + " ")) {
          add(terms, " " + plural + " ", claim(topic, term));
        }
      }
    }
  }

  /** The regular plural of a phrase's last word; null if there is none of that kind. */
  static String plural(String words, String language) {
    char last = words.charAt(words.length() - 1);
    if (words.length() < 4 || last == 's' || last < 'a' || last > 'z') {
      return null;
    }
    if ("en".equals(language)) {
      boolean changes = last == 'y' && "aeiou".indexOf(words.charAt(words.length() - 2)) < 0;
      boolean hisses = last == 'x' || last == 'z' || words.endsWith("ch") || words.endsWith("sh");
      return changes
          ? words.substring(0, words.length() - 1) + "ies"
          : words + (hisses ? "es" : "s");
    }
    if ("es".equals(language) && !words.contains(" ")) {
      boolean vowel = "aeo".indexOf(last) >= 0;
      return last == 'z'
          ? words.substring(0, words.length() - 1) + "ces"
          : words + (vowel ? "s" : "es");
    }
    return null;
  }

  /** Whether the taxonomy knows a hashtag. */
  public boolean knowsHashtag(String hashtag) {
    return hashtags.containsKey(Words.joined(hashtag));
  }

  /**
   * A topic that a hashtag is taken to be about though no taxonomy says so.
   *
   * @param confidence above 0 to 1
   */
  public record Attachment(String topicId, double confidence) implements Serializable {}

  /** The topics of a text alone. */
  public List<TopicMatch> match(String text, String language) {
    return match(text, List.of(), List.of(), language);
  }

  /**
   * The topics of a name, such as that of a list: in so short a text a topic's label needs no
   * support, even if it is ambiguous elsewhere.
   */
  public List<TopicMatch> matchName(String name) {
    List<Sighting> sightings = new ArrayList<>();
    String words = Words.of(name);
    readPhrases(words, null, sightings);
    sightings.replaceAll(
        sighting ->
            sighting.claim.ambiguous
                    && labels.getOrDefault(sighting.sign, Set.of()).contains(sighting.claim.topicId)
                ? new Sighting(
                    new Claim(sighting.claim.topicId, null, false, List.of()),
                    sighting.sign,
                    SUPPORTED,
                    sighting.basis)
                : sighting);
    return sightings.isEmpty() ? List.of() : weigh(sightings, words, Set.of());
  }

  /** As {@link #match(String, Collection, Collection, String, Map)}, nothing attached. */
  public List<TopicMatch> match(
      String text, Collection<String> hashtagsOfPost, Collection<String> links, String language) {
    return match(text, hashtagsOfPost, links, language, Map.of());
  }

  /**
   * The topics of a post, those above them included.
   *
   * @param text null if there is none
   * @param hashtagsOfPost without #
   * @param links full addresses
   * @param language BCP 47; null if it is not known, then all languages count
   * @param attached topics of hashtags that the taxonomy does not know, by {@link Words#joined}
   * @return in the order of their ids
   */
  public List<TopicMatch> match(
      String text,
      Collection<String> hashtagsOfPost,
      Collection<String> links,
      String language,
      Map<String, Attachment> attached) {
    List<Sighting> sightings = new ArrayList<>();
    String words = text == null ? " " : Words.of(NOT_PROSE.matcher(text).replaceAll(" ; "));
    readPhrases(words, Words.language(language), sightings);
    Set<String> tags = new HashSet<>();
    double tagShare = Math.min(1.0, (double) HASHTAGS_READ_FULLY / hashtagsOfPost.size());
    for (String hashtag : hashtagsOfPost) {
      String tag = Words.joined(hashtag);
      if (tags.add(tag)) {
        for (Claim claim : hashtags.getOrDefault(tag, new ArrayList<>())) {
          sightings.add(new Sighting(claim, tag, HASHTAG * tagShare, "hashtag"));
        }
        Attachment attachment = hashtags.containsKey(tag) ? null : attached.get(tag);
        if (attachment != null) {
          Claim claim = new Claim(attachment.topicId, null, false, List.of());
          double confidence = attachment.confidence * tagShare;
          sightings.add(new Sighting(claim, tag, confidence, "co-occurrence"));
        }
      }
    }
    Set<String> seenSites = new HashSet<>();
    for (String link : links) {
      String site = site(link);
      if (site != null && seenSites.add(site)) {
        Claim claim = new Claim(sites.get(site), null, false, List.of());
        sightings.add(new Sighting(claim, site, SITE, "site"));
      }
    }
    return sightings.isEmpty() ? List.of() : weigh(sightings, words, tags);
  }

  private void readPhrases(String words, String language, List<Sighting> sightings) {
    if (words.length() < 3 || phrases.size() == 0) {
      return;
    }
    List<AhoCorasickDoubleArrayTrie.Hit<ArrayList<Claim>>> hits = phrases.parseText(words);
    for (AhoCorasickDoubleArrayTrie.Hit<ArrayList<Claim>> hit : hits) {
      // Terms within a longer phrase belong to that phrase.
      boolean within =
          hits.stream()
              .anyMatch(
                  other ->
                      other.begin <= hit.begin
                          && other.end >= hit.end
                          && other.end - other.begin > hit.end - hit.begin);
      if (within) {
        continue;
      }
      String sign = words.substring(hit.begin + 1, hit.end - 1);
      boolean phrase = sign.indexOf(' ') >= 0;
      for (Claim claim : hit.value) {
        boolean foreign =
            !phrase
                && language != null
                && !language.equals(claim.language)
                && hit.value.stream().noneMatch(c -> language.equals(c.language));
        Claim read =
            foreign ? new Claim(claim.topicId, claim.language, true, claim.context) : claim;
        sightings.add(new Sighting(read, sign, phrase ? PHRASE : WORD, "term"));
      }
    }
  }

  /** The taxonomy's site that a URL belongs to; null if there is none. */
  private String site(String link) {
    String host;
    String path;
    try {
      URI uri = URI.create(link.contains("://") ? link : "https://" + link);
      host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      path = uri.getPath() == null ? "" : uri.getPath();
    } catch (IllegalArgumentException e) {
      return null; // not a URL
    }
    String[] parts = path.split("/", 3);
    while (!host.isEmpty()) {
      if (parts.length > 1 && sites.containsKey(host + "/" + parts[1])) {
        return host + "/" + parts[1];
      }
      if (sites.containsKey(host)) {
        return host;
      }
      int dot = host.indexOf('.');
      host = dot < 0 ? "" : host.substring(dot + 1);
    }
    return null;
  }

  private List<TopicMatch> weigh(List<Sighting> sightings, String words, Set<String> tags) {
    // By topic and signal: a repeated word counts once.
    Map<String, Map<String, Double>> witnesses = new TreeMap<>();
    Map<String, String> bases = new HashMap<>();
    for (Sighting sighting : sightings) {
      Claim claim = sighting.claim;
      double confidence = sighting.confidence;
      if (claim.ambiguous) {
        if (!isSupported(sighting, sightings, words, tags)) {
          continue;
        }
        confidence = Math.min(confidence, SUPPORTED);
      }
      witnesses
          .computeIfAbsent(claim.topicId, t -> new LinkedHashMap<>())
          .merge(sighting.sign, confidence, Math::max);
      bases.putIfAbsent(claim.topicId, sighting.basis);
    }
    TreeMap<String, TopicMatch> matches = new TreeMap<>();
    witnesses.forEach(
        (topicId, confidences) -> {
          double doubt = 1;
          for (double confidence : confidences.values()) {
            doubt *= 1 - confidence;
          }
          matches.put(topicId, new TopicMatch(topicId, 1 - doubt, bases.get(topicId)));
        });
    for (String topicId : witnesses.keySet()) {
      double confidence = matches.get(topicId).confidence();
      for (String above : taxonomy.ancestors(topicId)) {
        TopicMatch known = matches.get(above);
        if (known == null || known.confidence() < confidence) {
          String basis = known == null ? "child" : known.basis();
          matches.put(above, new TopicMatch(above, confidence, basis));
        }
      }
    }
    return List.copyOf(matches.values());
  }

  private boolean isSupported(
      Sighting sighting, List<Sighting> sightings, String words, Set<String> tags) {
    Claim claim = sighting.claim;
    for (String context : claim.context) {
      if (words.contains(context) || tags.contains(context.strip())) {
        return true;
      }
    }
    for (Sighting other : sightings) {
      if (!other.sign.equals(sighting.sign)
          && (other.claim.ambiguous
              ? other.claim.topicId.equals(claim.topicId)
              : taxonomy.related(claim.topicId, other.claim.topicId))) {
        return true;
      }
    }
    return false;
  }
}
