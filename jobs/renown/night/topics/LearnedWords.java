package renown.night.topics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import renown.engine.taxonomy.WordCorrections;
import renown.kernels.taxonomy.ProseWords;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.topics.HashtagCounts;
import renown.kernels.topics.TopicClock;
import renown.kernels.topics.WordConfidence;
import renown.kernels.topics.WordTopics;
import renown.lake.ColumnRows;
import renown.tables.TopicWords;

/**
 * Learns from the night's posts of a network which words go with which topics, and tells what those
 * are about that say nothing else. What was known before is in {@code topic_words}.
 *
 * <p>Posts teach that name their topics by hashtags (tags of a site, a community) or by the sites
 * that they link to. Lists do not: they say what an account is known for, not what a post is about;
 * they count for expertise, and so for what is expected of an author.
 */
final class LearnedWords {
  /** Of a larger night a sample is learned from: more would not tell much more. */
  private static final int MOST_POSTS = 200_000;

  /** Words of a language that are kept, those that most authors use: a bound on the table. */
  private static final int MOST_WORDS = 50_000;

  /** With fewer posts that tell topics in prose, all of them are taken to name them. */
  private static final int LEAST_TELLING = 50;

  /** Of two authors' words something is left for a month. */
  private static final double LEAST_KEPT = 1.5;

  /** What is left of an earlier night's count. */
  private record Known(String word, String topicId, double authors) {}

  /** What is learned of a language. */
  private static final class Language {
    final List<NightPost> posts = new ArrayList<>();
    final List<Known> before = new ArrayList<>();
    final List<String> words = new ArrayList<>(List.of(TopicWords.ANY));
    final Map<String, Integer> wordNumbers = new HashMap<>(Map.of(TopicWords.ANY, WordTopics.ALL));
    String[] topics;
    final Map<String, Integer> topicNumbers = new HashMap<>();
    WordTopics learned;

    /** Of each post its words, and whether it was counted. */
    final List<int[]> wordsOf = new ArrayList<>();

    final BitSet isCounted = new BitSet();

    int word(String word) {
      Integer known = wordNumbers.putIfAbsent(word, words.size());
      if (known == null) {
        words.add(word);
        return words.size() - 1;
      }
      return known;
    }

    int[] numbers(List<String> some) {
      return some.stream().mapToInt(this::word).toArray();
    }

    int[] told(NightPost post) {
      return post.named().stream()
          .filter(match -> !match.basis().equals("child"))
          .mapToInt(match -> topicNumbers.get(match.topicId()))
          .toArray();
    }
  }

  /** A topic found in a post, before it is known how sure it is. */
  private record Found(String topicId, double score) {}

  private final String network;
  private final Taxonomy taxonomy;
  private final TopicClock clock;
  private final TreeMap<String, Language> languages = new TreeMap<>();
  private final Map<String, Found> found = new HashMap<>();
  private final WordConfidence confidence;

  /**
   * Learns.
   *
   * @param before rows of topic words, of all networks
   * @param expected of a post: the topics that its author and its thread are otherwise about, 0 to
   *     1
   */
  LearnedWords(
      String network,
      ColumnRows before,
      List<NightPost> posts,
      Taxonomy taxonomy,
      List<WordCorrections> corrections,
      TopicClock clock,
      Function<NightPost, Map<String, Double>> expected) {
    this.network = network;
    this.taxonomy = taxonomy;
    this.clock = clock;
    read(before);
    for (NightPost post : posts) {
      if (post.language() != null && post.text() != null) {
        languages.computeIfAbsent(post.language(), l -> new Language()).posts.add(post);
      }
    }
    int every = 1;
    while (posts.size() / every > MOST_POSTS) {
      every *= 2;
    }
    for (Map.Entry<String, Language> language : languages.entrySet()) {
      learn(language.getKey(), language.getValue(), corrections, every);
    }
    confidence = find(expected);
  }

  private void read(ColumnRows rows) {
    for (int row = 0; row < rows.size(); row++) {
      if (!network.equals(rows.texts(TopicWords.NETWORK).get(row))) {
        continue;
      }
      long nights = clock.nightDay() - rows.longs(TopicWords.NIGHT).get(row);
      double left = StrictMath.pow(2, -(double) nights / clock.halfLifeDays());
      languages
          .computeIfAbsent(rows.texts(TopicWords.LANGUAGE).get(row), l -> new Language())
          .before
          .add(
              new Known(
                  rows.texts(TopicWords.WORD).get(row),
                  rows.texts(TopicWords.TOPIC_ID).get(row),
                  rows.doubles(TopicWords.AUTHOR_COUNT).get(row) * left));
    }
  }

  private static void learn(
      String code, Language language, List<WordCorrections> corrections, int every) {
    // In the order of their ids, so that equal scores are decided alike on every night.
    TreeSet<String> topics = new TreeSet<>();
    language.before.forEach(known -> topics.add(known.topicId()));
    language.posts.forEach(post -> post.named().forEach(match -> topics.add(match.topicId())));
    List<WordCorrections> its =
        corrections.stream().filter(one -> one.language().equals(code)).toList();
    its.forEach(one -> topics.add(one.topicId()));
    topics.remove(TopicNumbers.EVERYTHING);
    language.topicNumbers.put(TopicNumbers.EVERYTHING, WordTopics.ALL);
    topics.forEach(topic -> language.topicNumbers.put(topic, language.topicNumbers.size()));
    language.topics = new String[language.topicNumbers.size()];
    language.topicNumbers.forEach((topic, number) -> language.topics[number] = topic);

    WordTopics.Builder builder = new WordTopics.Builder();
    for (Known known : language.before) {
      builder.add(
          language.word(known.word()), language.topicNumbers.get(known.topicId()), known.authors());
    }
    HashtagCounts counts = new HashtagCounts();
    for (int post = 0; post < language.posts.size(); post++) {
      NightPost one = language.posts.get(post);
      int[] words = language.numbers(ProseWords.of(one.text()));
      language.wordsOf.add(words);
      if ((one.id().hashCode() & every - 1) != 0) {
        continue;
      }
      language.isCounted.set(post);
      int[] told = language.told(one);
      count(counts, WordTopics.ALL, told, post, one.author());
      for (int word : words) {
        count(counts, word, told, post, one.author());
      }
    }
    counts.count((word, topic, postCount, authors) -> builder.add(word, topic, authors));
    for (WordCorrections one : its) {
      builder.correct(
          language.word(one.word()), language.topicNumbers.get(one.topicId()), one.weight());
    }
    language.learned = builder.build(language.words.size(), language.topics.length);
  }

  private static void count(HashtagCounts counts, int word, int[] told, int post, long author) {
    counts.add(word, WordTopics.ALL, post, author);
    for (int topic : told) {
      counts.add(word, topic, post, author);
    }
  }

  /** Looks at every post, and learns from those that name their topics how sure findings are. */
  private WordConfidence find(Function<NightPost, Map<String, Double>> expected) {
    List<Double> scores = new ArrayList<>();
    List<Boolean> right = new ArrayList<>();
    int telling = 0;
    int naming = 0;
    for (Language language : languages.values()) {
      for (int number = 0; number < language.posts.size(); number++) {
        NightPost post = language.posts.get(number);
        int[] words = language.wordsOf.get(number);
        int[] told = language.told(post);
        if (post.direct().stream().anyMatch(match -> match.basis().equals("term"))) {
          telling++;
          naming += told.length > 0 ? 1 : 0;
        }
        Map<String, Double> its = expected.apply(post);
        IntToDoubleFunction share = topic -> its.getOrDefault(language.topics[topic], 0.0);
        WordTopics.Finding finding =
            told.length > 0 && language.isCounted.get(number)
                ? language.learned.findWithout(words, told, share)
                : language.learned.find(words, share);
        if (finding == null) {
          continue;
        }
        String topic = language.topics[finding.topic()];
        scores.add(finding.score());
        right.add(isNamed(topic, post));
        found.put(post.id(), new Found(topic, finding.score()));
      }
    }
    boolean[] hits = new boolean[right.size()];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = right.get(i);
    }
    return WordConfidence.of(
        scores.stream().mapToDouble(Double::doubleValue).toArray(),
        hits,
        telling < LEAST_TELLING ? 1 : (naming + 1.0) / (telling + 2.0));
  }

  private boolean isNamed(String topic, NightPost post) {
    Set<String> above = new HashSet<>(isKnown(topic) ? taxonomy.ancestors(topic) : List.of());
    for (TopicMatch match : post.named()) {
      // Those above a named topic are among the matches.
      if (match.topicId().equals(topic)
          || above.contains(match.topicId()) && !match.basis().equals("child")) {
        return true;
      }
    }
    return false;
  }

  private boolean isKnown(String topic) {
    return taxonomy.ancestors(topic) != null;
  }

  /**
   * What the words of a post tell, those above it included.
   *
   * @param leastConfidence less sure topics are left out
   * @return none where they tell nothing
   */
  List<TopicMatch> topics(NightPost post, double leastConfidence) {
    Found its = found.get(post.id());
    // A topic of an earlier taxonomy is not told any more.
    if (its == null || !isKnown(its.topicId())) {
      return List.of();
    }
    double sure = confidence.of(its.score());
    if (sure < leastConfidence) {
      return List.of();
    }
    TreeMap<String, TopicMatch> matches = new TreeMap<>();
    for (String above : taxonomy.ancestors(its.topicId())) {
      matches.put(above, new TopicMatch(above, sure, "child"));
    }
    matches.put(its.topicId(), new TopicMatch(its.topicId(), sure, "co-occurrence"));
    return List.copyOf(matches.values());
  }

  /** What is known from now on. */
  ColumnRows rows() {
    ColumnRows rows = new ColumnRows(TopicWords.TABLE);
    languages.forEach((code, language) -> addRows(code, language, rows));
    return rows;
  }

  private void addRows(String code, Language language, ColumnRows rows) {
    WordTopics learned = language.learned;
    // Only words that came with a topic, those of most authors first.
    double[] authors = new double[language.words.size()];
    boolean[] isTelling = new boolean[authors.length];
    for (int row = 0; row < learned.size(); row++) {
      int word = learned.word(row);
      if (learned.topic(row) == WordTopics.ALL) {
        authors[word] = learned.authors(row);
      } else {
        isTelling[word] |= learned.authors(row) >= LEAST_KEPT;
      }
    }
    double[] ordered = new double[authors.length];
    int words = 0;
    for (int word = 1; word < authors.length; word++) {
      if (isTelling[word]) {
        ordered[words++] = authors[word];
      }
    }
    Arrays.sort(ordered, 0, words);
    double least = words > MOST_WORDS ? ordered[words - MOST_WORDS] : LEAST_KEPT;
    if (!isTelling[WordTopics.ALL]) {
      return;
    }
    for (int row = 0; row < learned.size(); row++) {
      int word = learned.word(row);
      boolean isOfAll = learned.topic(row) == WordTopics.ALL;
      boolean isKept = word == WordTopics.ALL || isTelling[word] && authors[word] >= least;
      if (!isKept || learned.authors(row) < (isOfAll ? 0 : LEAST_KEPT)) {
        continue;
      }
      rows.texts(TopicWords.NETWORK).add(network);
      rows.texts(TopicWords.LANGUAGE).add(code);
      rows.texts(TopicWords.WORD).add(language.words.get(word));
      rows.texts(TopicWords.TOPIC_ID).add(language.topics[learned.topic(row)]);
      rows.doubles(TopicWords.AUTHOR_COUNT).add(learned.authors(row));
      if (isOfAll || word == WordTopics.ALL) {
        rows.doubles(TopicWords.WEIGHT).addNull();
      } else {
        rows.doubles(TopicWords.WEIGHT).add(learned.weight(row));
      }
      rows.longs(TopicWords.NIGHT).add(clock.nightDay());
    }
  }
}
