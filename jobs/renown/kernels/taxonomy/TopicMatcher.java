package renown.kernels.taxonomy;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import renown.kernels.taxonomy.Topic.Sign;
import renown.kernels.taxonomy.Topic.Term;

/**
 * Finds the topics of a post: plain Java, stateless, one pass over the text.
 *
 * <p>Signals are phrases, names, hashtags, accounts that are spoken to, and domains. An unambiguous
 * signal has a confidence of its own; signals of one topic combine as independent evidence, {@code
 * 1 - product of (1 - c)}. An ambiguous signal counts only if the post supports it: by another
 * signal of the same topic or of a relative in the taxonomy, or by one of its context words. Single
 * words of another language than the post's count as ambiguous; names are of every language.
 * Ancestors get the largest confidence of their descendants, so that two children do not count
 * twice.
 *
 * <p>In scripts without spaces a term counts where {@link Segments} says that words begin and end.
 */
public final class TopicMatcher implements Serializable {
  // How often a signal that stands alone is right, rounded: measured on the random posts that may
  // be worked with (tests/fixtures/topics/README.md), where there are enough of its kind.
  private static final double PHRASE = 0.8;
  private static final double WORD = 0.75;
  private static final double NAME = 0.85;
  private static final double HASHTAG = 0.9;
  private static final double ACCOUNT = 0.6;
  private static final double SITE = 0.7;
  private static final double SUPPORTED = 0.65;

  /**
   * An ambiguous signal that nothing supports but another ambiguous one: two of them are right in a
   * third of cases, so it takes three.
   */
  private static final double MUTUAL = 0.27;

  /** From this confidence a topic is what a post is about. */
  private static final double CLEAR = 0.8;

  /** What is left of the confidence in another topic of which a post holds a lone word. */
  private static final double IN_PASSING = 0.6;

  /**
   * Beyond this many hashtags each counts less: a post with a wall of them is not about all of
   * their topics.
   */
  private static final int HASHTAGS_READ_FULLY = 6;

  /**
   * Terms in Chinese characters or kana of this length need no boundary of words: dictionaries lack
   * many names, and so long a stretch hardly comes about by chance.
   */
  private static final int LONG_WITHOUT_SPACES = 4;

  /** Longest ending that may follow a stem in Korean, which is written onto the word. */
  private static final int LONGEST_PARTICLE = 4;

  static final Pattern NOT_PROSE =
      Pattern.compile("(?:https?://|www\\.)\\S+|[#＃@＠][\\p{L}\\p{M}\\p{N}_.-]+");

  private static final Pattern WORD_START_IN_TAG =
      Pattern.compile(
          "(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})"
              + "|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");

  /** What Arabic writes onto a word: the article, "and", "with", "for". */
  private static final List<String> ARABIC_PREFIXES =
      List.of("ال", "وال", "بال", "لل", "فال", "كال", "و");

  /**
   * A topic matched by a phrase or hashtag.
   *
   * @param topicId null where the phrase tells that a term within it tells nothing
   */
  private record Claim(
      String topicId, String language, boolean isPrefix, boolean ambiguous, List<String> context)
      implements Serializable {
    boolean isName() {
      return Topic.EVERY_LANGUAGE.equals(language);
    }

    boolean isOf(String postLanguage) {
      return isName() || postLanguage == null || language.equals(postLanguage);
    }
  }

  /** A claim met in a post. */
  private record Sighting(
      String topicId,
      boolean ambiguous,
      List<String> context,
      String sign,
      double confidence,
      String basis) {}

  private final Taxonomy taxonomy;
  private final AhoCorasickDoubleArrayTrie<ArrayList<Claim>> phrases =
      new AhoCorasickDoubleArrayTrie<>();

  /** By letter: its number in the automaton. */
  private final char[] letterCodes = new char[Character.MAX_VALUE + 1];

  private final Map<String, ArrayList<Claim>> hashtags = new HashMap<>();
  private final Map<String, String> sites = new HashMap<>();
  private final Map<String, String> accounts = new HashMap<>();

  /** Ids of the topics that have a label, by the label's words. */
  private final Map<String, Set<String>> labels = new HashMap<>();

  public TopicMatcher(Taxonomy taxonomy) {
    this.taxonomy = taxonomy;
    TreeMap<String, ArrayList<Claim>> terms = new TreeMap<>();
    for (Topic topic : taxonomy.topics()) {
      for (Term term : topic.terms()) {
        Claim claim = claim(topic, term);
        add(terms, pattern(Words.of(term.text()), claim.isPrefix), claim);
      }
      for (String phrase : topic.misleading()) {
        Claim nothing = new Claim(null, Topic.EVERY_LANGUAGE, false, false, List.of());
        add(terms, pattern(Words.of(phrase), false), nothing);
      }
      for (Sign tag : topic.hashtags()) {
        add(hashtags, readable(Words.joined(tag.text())), claim(topic.id(), tag.ambiguous()));
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
      topic.accounts().forEach(name -> accounts.put(name.toLowerCase(Locale.ROOT), topic.id()));
    }
    addDerivedSigns(terms);
    if (!terms.isEmpty()) {
      numberLetters(terms.keySet());
      TreeMap<String, ArrayList<Claim>> coded = new TreeMap<>();
      terms.forEach((term, claims) -> coded.put(coded(term), claims));
      phrases.build(coded);
    }
  }

  /**
   * Numbers the letters of all terms, the most frequent first: the automaton's arrays are as wide
   * as letters are apart, and those of Chinese are far from those of English.
   */
  private void numberLetters(Collection<String> terms) {
    int[] counts = new int[letterCodes.length];
    terms.forEach(term -> term.chars().forEach(letter -> counts[letter]++));
    int[] next = {1};
    IntStream.range(0, counts.length)
        .filter(letter -> counts[letter] > 0)
        .boxed()
        .sorted(
            Comparator.comparingInt((Integer letter) -> -counts[letter])
                .thenComparing(letter -> letter))
        .forEach(letter -> letterCodes[letter] = (char) next[0]++);
  }

  /** The letters' numbers, as many as letters; 0 for those that no term has. */
  private String coded(String text) {
    char[] codes = new char[text.length()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = letterCodes[text.charAt(i)];
    }
    return new String(codes);
  }

  private static Claim claim(String topicId, boolean ambiguous) {
    return new Claim(topicId, Topic.EVERY_LANGUAGE, false, ambiguous, List.of());
  }

  private static Claim claim(Topic topic, Term term) {
    List<String> context = new ArrayList<>();
    for (String word : term.context()) {
      context.add(pattern(Words.of(word), word.endsWith("*")));
    }
    boolean isPrefix = term.isPrefix() || isKorean(term.text());
    return new Claim(topic.id(), term.language(), isPrefix, term.ambiguous(), List.copyOf(context));
  }

  /**
   * Arabic as it is read: with or without the signs of short vowels, and with the letters that many
   * write for one another as one.
   */
  static String readable(String words) {
    int first = 0;
    while (first < words.length() && (words.charAt(first) < 0x621 || words.charAt(first) > 0x670)) {
      first++;
    }
    if (first == words.length()) {
      return words;
    }
    StringBuilder plain = new StringBuilder(words.length());
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c >= 0x64B && c <= 0x65F || c == 0x670 || c == 0x640) {
        continue;
      }
      plain.append(
          switch (c) {
            case 'أ', 'إ', 'آ' -> 'ا';
            case 'ى' -> 'ي';
            case 'ة' -> 'ه';
            default -> c;
          });
    }
    return plain.toString();
  }

  private static boolean isKorean(String text) {
    return !text.isEmpty()
        && Character.UnicodeScript.of(text.codePointBefore(text.length()))
            == Character.UnicodeScript.HANGUL;
  }

  /**
   * What to look for in the words of a text: no space is expected where a word has no end to be
   * seen.
   */
  private static String pattern(String text, boolean isPrefix) {
    String words = readable(text);
    if (words.length() < 3) {
      return words;
    }
    int from = Words.isSpaceless(words.codePointAt(1)) ? 1 : 0;
    int to = words.length() - 1;
    boolean open = isPrefix || Words.isSpaceless(words.codePointBefore(to));
    return words.substring(from, open ? to : to + 1);
  }

  private static void add(Map<String, ArrayList<Claim>> signs, String sign, Claim claim) {
    ArrayList<Claim> claims = signs.computeIfAbsent(sign, s -> new ArrayList<>());
    if (claims.stream()
        .noneMatch(
            c -> Objects.equals(c.topicId, claim.topicId) && c.language.equals(claim.language))) {
      claims.add(claim);
    }
  }

  /** Plurals, and phrases written as hashtags, unless another topic lists them. */
  private void addDerivedSigns(TreeMap<String, ArrayList<Claim>> terms) {
    Set<String> named = new HashSet<>(terms.keySet());
    Set<String> namedTags = new HashSet<>(hashtags.keySet());
    for (Topic topic : taxonomy.topics()) {
      for (Term term : topic.terms()) {
        String words = readable(Words.of(term.text()));
        String tag = words.replace(" ", "");
        boolean isSpaceless = !tag.isEmpty() && Words.isSpaceless(tag.codePointAt(0));
        if (tag.length() > (isSpaceless ? 1 : 3) && !namedTags.contains(tag)) {
          add(hashtags, tag, claim(topic, term));
        }
        for (String form : forms(words.strip(), term.language())) {
          if (!named.contains(" " + form + " ")) {
            add(terms, " " + form + " ", claim(topic, term));
          }
          if (!namedTags.contains(form) && form.length() > 3 && form.indexOf(' ') < 0) {
            add(hashtags, form, claim(topic, term));
          }
        }
      }
    }
  }

  /** Further forms of a term that follow from its language's rules. */
  private static List<String> forms(String words, String language) {
    if ("ar".equals(language) && !words.isEmpty()) {
      List<String> forms = new ArrayList<>();
      String bare = words.startsWith("ال") ? words.substring(2) : words;
      for (String prefix : ARABIC_PREFIXES) {
        forms.add(prefix + (prefix.equals("و") ? words : bare));
      }
      forms.remove(words);
      return forms;
    }
    String plural = plural(words, language);
    return plural == null ? List.of() : List.of(plural);
  }

  /** The regular plural of a phrase's last word; null if there is none of that kind. */
  static String plural(String words, String language) {
    if (words.length() < 4) {
      return null;
    }
    char last = words.charAt(words.length() - 1);
    if (last == 's' || last < 'a' || last > 'z') {
      return null;
    }
    boolean vowel = "aeo".indexOf(last) >= 0;
    if ("en".equals(language)) {
      boolean changes = last == 'y' && "aeiou".indexOf(words.charAt(words.length() - 2)) < 0;
      boolean hisses = last == 'x' || last == 'z' || words.endsWith("ch") || words.endsWith("sh");
      return changes
          ? words.substring(0, words.length() - 1) + "ies"
          : words + (hisses ? "es" : "s");
    }
    if (words.contains(" ")) {
      return null;
    }
    String stem = words.substring(0, words.length() - 1);
    return switch (language) {
      case "es" -> last == 'z' ? stem + "ces" : words + (vowel ? "s" : "es");
      case "pt" ->
          switch (last) {
            case 'm' -> stem + "ns";
            case 'l' -> words.endsWith("il") ? stem + "s" : stem + "is";
            case 'r', 'z' -> words + "es";
            default ->
                words.endsWith("cao")
                    ? words.substring(0, words.length() - 2) + "oes"
                    : words + "s";
          };
      case "fr" ->
          words.endsWith("al")
              ? stem + "ux"
              : last == 'x' || last == 'z' ? null : words + (words.endsWith("au") ? "x" : "s");
      case "it" -> vowel ? stem + (last == 'a' ? "e" : "i") : null;
      default -> null;
    };
  }

  /** Whether the taxonomy knows a hashtag. */
  public boolean knowsHashtag(String hashtag) {
    return hashtags.containsKey(readable(Words.joined(hashtag)));
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
    String words = readable(Words.of(name));
    readPhrases(words, null, "term", sightings);
    sightings.replaceAll(
        sighting ->
            sighting.ambiguous
                    && labels.getOrDefault(sighting.sign, Set.of()).contains(sighting.topicId)
                ? new Sighting(
                    sighting.topicId, false, List.of(), sighting.sign, SUPPORTED, sighting.basis)
                : sighting);
    return sightings.isEmpty() ? List.of() : weigh(sightings, words, Set.of(), Set.of());
  }

  /** As {@link #match(String, Collection, Collection, String, Map)}, nothing attached. */
  public List<TopicMatch> match(
      String text, Collection<String> hashtagsOfPost, Collection<String> links, String language) {
    return match(text, hashtagsOfPost, links, language, Map.of());
  }

  /** As {@link #match(String, Collection, Collection, String, Map, Set)}, nothing expected. */
  public List<TopicMatch> match(
      String text,
      Collection<String> hashtagsOfPost,
      Collection<String> links,
      String language,
      Map<String, Attachment> attached) {
    return match(text, hashtagsOfPost, links, language, attached, Set.of());
  }

  /**
   * The topics of a post, those above them included.
   *
   * @param text null if there is none
   * @param hashtagsOfPost without #
   * @param links full addresses
   * @param language BCP 47; null if it is not known, then all languages count
   * @param attached topics of hashtags that the taxonomy does not know, by {@link Words#joined}
   * @param expected topics that its author or its thread is usually about: they support ambiguous
   *     signals of theirs, and give no topic by themselves
   * @return in the order of their ids
   */
  public List<TopicMatch> match(
      String text,
      Collection<String> hashtagsOfPost,
      Collection<String> links,
      String language,
      Map<String, Attachment> attached,
      Set<String> expected) {
    List<Sighting> sightings = new ArrayList<>();
    String code = LanguageCodes.of(language);
    String words = " ";
    if (text != null) {
      words = readable(Words.of(prose(text, sightings)));
      readPhrases(words, code, "term", sightings);
    }
    Set<String> tags = new HashSet<>();
    double tagShare = Math.min(1.0, (double) HASHTAGS_READ_FULLY / hashtagsOfPost.size());
    for (String hashtag : hashtagsOfPost) {
      String tag = Words.joined(hashtag);
      if (!tags.add(tag)) {
        continue;
      }
      List<Claim> claims = hashtags.get(readable(tag));
      if (claims != null) {
        Set<String> topics = new HashSet<>();
        for (Claim claim : claims) {
          if (claim.topicId != null && topics.add(claim.topicId)) {
            sightings.add(sighting(claim, tag, HASHTAG * tagShare, "hashtag"));
          }
        }
        continue;
      }
      Attachment attachment = attached.get(tag);
      if (attachment != null) {
        Claim claim = claim(attachment.topicId, false);
        sightings.add(sighting(claim, tag, attachment.confidence * tagShare, "co-occurrence"));
      } else if (tagShare == 1) {
        readPhrases(
            readable(Words.of(WORD_START_IN_TAG.matcher(hashtag).replaceAll(" "))),
            code,
            "hashtag",
            sightings);
      }
    }
    Set<String> seenSites = new HashSet<>();
    for (String link : links) {
      String site = site(link);
      if (site != null && seenSites.add(site)) {
        sightings.add(sighting(claim(sites.get(site), false), site, SITE, "site"));
      }
    }
    return sightings.isEmpty() ? List.of() : weigh(sightings, words, tags, expected);
  }

  /** A text without links, hashtags and accounts; notes the accounts that stand for a topic. */
  private String prose(String text, List<Sighting> sightings) {
    Matcher matcher = NOT_PROSE.matcher(text);
    if (!matcher.find()) {
      return text;
    }
    StringBuilder prose = new StringBuilder(text.length());
    Set<String> seen = new HashSet<>();
    int from = 0;
    do {
      prose.append(text, from, matcher.start()).append(" ; ");
      from = matcher.end();
      char first = text.charAt(matcher.start());
      if (first == '@' || first == '＠') {
        String name = text.substring(matcher.start() + 1, from).toLowerCase(Locale.ROOT);
        String topic = accounts.get(name.replaceFirst("[.-]+$", ""));
        if (topic != null && seen.add(name)) {
          sightings.add(new Sighting(topic, false, List.of(), "@" + name, ACCOUNT, "term"));
        }
      }
    } while (matcher.find());
    return prose.append(text, from, text.length()).toString();
  }

  private static Sighting sighting(Claim claim, String sign, double confidence, String basis) {
    return new Sighting(claim.topicId, claim.ambiguous, claim.context, sign, confidence, basis);
  }

  private void readPhrases(String words, String language, String basis, List<Sighting> sightings) {
    if (words.length() < 3 || phrases.size() == 0) {
      return;
    }
    List<AhoCorasickDoubleArrayTrie.Hit<ArrayList<Claim>>> hits = phrases.parseText(coded(words));
    if (hits.isEmpty()) {
      return;
    }
    Segments segments = new Segments(words);
    hits.removeIf(hit -> !isWhole(words, hit, segments));
    for (AhoCorasickDoubleArrayTrie.Hit<ArrayList<Claim>> hit : hits) {
      if (!isWithinAnother(hit, hits)) {
        read(hit, words, language, basis, sightings);
      }
    }
  }

  /** Terms within a longer phrase belong to that phrase. */
  private static boolean isWithinAnother(
      AhoCorasickDoubleArrayTrie.Hit<ArrayList<Claim>> hit,
      List<AhoCorasickDoubleArrayTrie.Hit<ArrayList<Claim>>> hits) {
    for (AhoCorasickDoubleArrayTrie.Hit<ArrayList<Claim>> other : hits) {
      if (other.begin <= hit.begin
          && other.end >= hit.end
          && other.end - other.begin > hit.end - hit.begin) {
        return true;
      }
    }
    return false;
  }

  /** Whether a hit begins and ends with a word, where no spaces say so. */
  private static boolean isWhole(
      String words, AhoCorasickDoubleArrayTrie.Hit<ArrayList<Claim>> hit, Segments segments) {
    char first = words.charAt(hit.begin);
    char last = words.charAt(hit.end - 1);
    boolean openStart = first != ' ';
    boolean openEnd = last != ' ';
    if (openEnd && Character.UnicodeScript.of(last) == Character.UnicodeScript.HANGUL) {
      return words.indexOf(' ', hit.end) - hit.end <= LONGEST_PARTICLE;
    }
    if (!openStart && (!openEnd || !Words.isSpaceless(words.codePointBefore(hit.end)))) {
      return true; // a prefix may go on as it likes
    }
    boolean isLong =
        hit.end - hit.begin >= LONG_WITHOUT_SPACES && first >= 0x2E80 && last >= 0x2E80;
    return isLong
        || (!openStart || segments.isBoundary(hit.begin))
            && (!openEnd || segments.isBoundary(hit.end));
  }

  private void read(
      AhoCorasickDoubleArrayTrie.Hit<ArrayList<Claim>> hit,
      String words,
      String language,
      String basis,
      List<Sighting> sightings) {
    String sign = words.substring(hit.begin, hit.end).strip();
    boolean phrase = sign.indexOf(' ') >= 0;
    // What is made of particles in one language is often something else in another ("sim a").
    boolean isUniversal = phrase && hasLongWord(sign);
    boolean isForeign = language != null && !isUniversal;
    for (Claim claim : hit.value) {
      isForeign &= !claim.isOf(language);
    }
    Set<String> read = new HashSet<>();
    // Where a topic claims a word in several languages, that of the post or of none comes first.
    for (int round = 0; round < 2; round++) {
      for (Claim claim : hit.value) {
        // What is ambiguous in its own language tells nothing in another, and a word that the
        // post's language has itself means what it means there (academia, propaganda).
        if (claim.topicId != null
            && (round == 0 || isUniversal || !claim.ambiguous && isForeign)
            && claim.isOf(language) == (round == 0)
            && read.add(claim.topicId)) {
          sightings.add(
              new Sighting(
                  claim.topicId,
                  claim.ambiguous || isForeign,
                  claim.context,
                  sign,
                  phrase ? PHRASE : claim.isName() ? NAME : WORD,
                  basis));
        }
      }
    }
  }

  private static boolean hasLongWord(String sign) {
    int from = 0;
    for (int i = 0; i <= sign.length(); i++) {
      if (i == sign.length() || sign.charAt(i) == ' ') {
        if (i - from > 3 || i > from && sign.charAt(from) >= 0x2E80) {
          return true;
        }
        from = i + 1;
      }
    }
    return false;
  }

  /** The taxonomy's site that a URL belongs to; null if there is none. */
  private String site(String link) {
    // Not java.net.URI: people's addresses hold bars, blanks and underscores that it refuses.
    int scheme = link.indexOf("://");
    int from = scheme < 0 ? 0 : scheme + 3;
    int slash = from;
    while (slash < link.length() && "/?#".indexOf(link.charAt(slash)) < 0) {
      slash++;
    }
    int user = link.lastIndexOf('@', slash);
    int start = user >= from ? user + 1 : from;
    int port = link.indexOf(':', start);
    int hostEnd = port >= 0 && port < slash ? port : slash;
    String host = link.substring(start, hostEnd).toLowerCase(Locale.ROOT);
    int end = slash + 1;
    while (end < link.length() && "/?#".indexOf(link.charAt(end)) < 0) {
      end++;
    }
    String folder =
        slash < link.length() && link.charAt(slash) == '/' ? link.substring(slash, end) : "";
    while (!host.isEmpty()) {
      if (folder.length() > 1 && sites.containsKey(host + folder)) {
        return host + folder;
      }
      if (sites.containsKey(host)) {
        return host;
      }
      int dot = host.indexOf('.');
      host = dot < 0 ? "" : host.substring(dot + 1);
    }
    return null;
  }

  private List<TopicMatch> weigh(
      List<Sighting> sightings, String words, Set<String> tags, Set<String> expected) {
    // By topic and signal: a repeated word counts once.
    Map<String, Map<String, Double>> witnesses = new TreeMap<>();
    Map<String, String> bases = new HashMap<>();
    for (Sighting sighting : sightings) {
      double confidence = sighting.confidence;
      if (sighting.ambiguous) {
        confidence = Math.min(confidence, support(sighting, sightings, words, tags, expected));
        if (confidence == 0) {
          continue;
        }
      }
      witnesses
          .computeIfAbsent(sighting.topicId, t -> new LinkedHashMap<>())
          .merge(sighting.sign, confidence, Math::max);
      bases.putIfAbsent(sighting.topicId, sighting.basis);
    }
    TreeMap<String, TopicMatch> matches = new TreeMap<>();
    witnesses.forEach(
        (topicId, confidences) -> {
          double doubt = 1;
          for (Map.Entry<String, Double> one : confidences.entrySet()) {
            if (!isFormOfAnother(one.getKey(), confidences.keySet())) {
              doubt *= 1 - one.getValue();
            }
          }
          matches.put(topicId, new TopicMatch(topicId, 1 - doubt, bases.get(topicId)));
        });
    discountMentions(matches, witnesses);
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

  /** A lone word says less where the rest of the post clearly says something else. */
  private void discountMentions(
      TreeMap<String, TopicMatch> matches, Map<String, Map<String, Double>> witnesses) {
    List<String> clear =
        matches.values().stream()
            .filter(match -> match.confidence() >= CLEAR)
            .map(TopicMatch::topicId)
            .toList();
    if (clear.isEmpty()) {
      return;
    }
    witnesses.forEach(
        (topicId, confidences) -> {
          TopicMatch match = matches.get(topicId);
          if (confidences.size() == 1
              && match.confidence() <= WORD
              && clear.stream().noneMatch(other -> taxonomy.related(topicId, other))) {
            matches.put(
                topicId, new TopicMatch(topicId, match.confidence() * IN_PASSING, match.basis()));
          }
        });
  }

  /** Whether a signal is the beginning of another one: a plural says no more than its singular. */
  private static boolean isFormOfAnother(String sign, Set<String> signs) {
    for (String other : signs) {
      if (other.length() > sign.length() && other.startsWith(sign)) {
        return true;
      }
    }
    return false;
  }

  /** What an ambiguous signal is worth in this post; 0 where nothing supports it. */
  private double support(
      Sighting sighting,
      List<Sighting> sightings,
      String words,
      Set<String> tags,
      Set<String> expected) {
    if (expected.contains(sighting.topicId)) {
      return SUPPORTED;
    }
    for (String context : sighting.context) {
      if (words.contains(context) || tags.contains(context.strip())) {
        return SUPPORTED;
      }
    }
    double support = 0;
    for (Sighting other : sightings) {
      if (other.sign.startsWith(sighting.sign) || sighting.sign.startsWith(other.sign)) {
        continue;
      }
      if (!other.ambiguous && taxonomy.related(sighting.topicId, other.topicId)) {
        return SUPPORTED;
      }
      if (other.ambiguous && other.topicId.equals(sighting.topicId)) {
        support = MUTUAL;
      }
    }
    return support;
  }
}
