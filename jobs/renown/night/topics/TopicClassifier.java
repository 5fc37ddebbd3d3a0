package renown.night.topics;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import renown.engine.taxonomy.WordCorrections;
import renown.kernels.keys.RecordPrint;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.taxonomy.TopicMatcher;
import renown.kernels.taxonomy.TopicMatcher.Attachment;
import renown.kernels.taxonomy.Words;
import renown.kernels.topics.ActTopics;
import renown.kernels.topics.CitedTopics;
import renown.kernels.topics.HashtagCounts;
import renown.kernels.topics.HashtagTopics;
import renown.kernels.topics.ItemTopics;
import renown.kernels.topics.TopicClock;
import renown.kernels.topics.TopicSums;
import renown.kernels.topics.TopicVerb;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.TableFileWriter;
import renown.lake.TableFiles;
import renown.tables.AccountLanguages;
import renown.tables.AccountLists;
import renown.tables.CitedPosts;
import renown.tables.HashtagIncrements;
import renown.tables.Interactions;
import renown.tables.PostTopics;
import renown.tables.TableColumn;
import renown.tables.TopicIncrements;
import renown.tables.TopicWords;

/**
 * Tells, in one task, what the night's posts and acts of one network are about, and writes what
 * they add. Posts are looked at once, when they come; of those of earlier nights only the ones that
 * tonight's posts, acts and deletions name.
 */
final class TopicClassifier
    implements CoreColumns.Task<TopicClassifier.Network, TopicClassifier.Written> {
  private static final long serialVersionUID = 1;

  static final TableColumn[] ACT_COLUMNS = {
    Interactions.NETWORK,
    Interactions.RECORD_PRINT_HIGH,
    Interactions.RECORD_PRINT_LOW,
    Interactions.VERB,
    Interactions.ACTOR_KEY,
    Interactions.TARGET_KEY,
    Interactions.OBJECT_ID,
    Interactions.HAPPENED_AT,
    Interactions.CHANGE
  };

  static final TableColumn[] LIST_COLUMNS = {
    AccountLists.NETWORK,
    AccountLists.LIST_ID,
    AccountLists.LIST_NAME,
    AccountLists.DESCRIPTION,
    AccountLists.PURPOSE
  };

  /** What tells a topic by itself; topics inferred from hashtags must not reinforce themselves. */
  private static final Set<String> TOLD = Set.of("term", "hashtag", "site");

  /**
   * What a task is sent: the files that may hold rows of a network.
   *
   * @param postTopics of posts that may still be reacted to
   * @param citedPosts likewise
   * @param hashtags of the last nights
   * @param words that were learned before
   * @param scores of accounts by topic, as of the night before
   */
  record Network(
      String name,
      TableFiles postTopics,
      TableFiles citedPosts,
      TableFiles hashtags,
      TableFiles languages,
      TableFiles words,
      TableFiles scores)
      implements Serializable {}

  /**
   * What a task tells.
   *
   * @param holdsDeleted of each file of post topics that it was sent, whether it holds posts that
   *     were deleted tonight
   */
  record Written(
      List<DataFile> postTopics,
      List<DataFile> citedPosts,
      List<DataFile> increments,
      List<DataFile> hashtags,
      List<DataFile> languages,
      List<DataFile> words,
      boolean[] holdsDeleted)
      implements Serializable {}

  /**
   * What is asked for.
   *
   * @param leastConfidence less sure topics of a post are left out
   * @param since microseconds at the end of the night published before, or long ago: acts from then
   *     on count by what is decided tonight of posts that were never seen
   * @param corrections of learned words
   */
  record Options(
      TopicClock clock, double leastConfidence, long since, ArrayList<WordCorrections> corrections)
      implements Serializable {}

  private final SharedMatcher shared;
  private final Options options;
  private final TableFileWriter postTopicFiles;
  private final TableFileWriter citedPostFiles;
  private final TableFileWriter incrementFiles;
  private final TableFileWriter hashtagFiles;
  private final TableFileWriter languageFiles;
  private final TableFileWriter wordFiles;

  TopicClassifier(Lake lake, SharedMatcher shared, Options options) {
    this.shared = shared;
    this.options = options;
    postTopicFiles = lake.writer(PostTopics.TABLE);
    citedPostFiles = lake.writer(CitedPosts.TABLE);
    incrementFiles = lake.writer(TopicIncrements.TABLE);
    hashtagFiles = lake.writer(HashtagIncrements.TABLE);
    languageFiles = lake.writer(AccountLanguages.TABLE);
    wordFiles = lake.writer(TopicWords.TABLE);
  }

  /**
   * An act that is about something. For an answer, a quote or a mention that is the post that does
   * it, for a listing the list's name, else the post reacted to.
   *
   * @param item number of the post; of the list where the verb is so
   * @param answered number of the post that it answers or quotes; -1 if it does not
   * @param object post that it is done to; null for a mention or a listing
   */
  private record Act(
      TopicVerb verb,
      long actor,
      long target,
      int item,
      int answered,
      String object,
      long happenedAt,
      long change) {}

  @Override
  public String network(Network network) {
    return network.name;
  }

  @Override
  public Written run(Network network, CoreColumns.Seen core) throws IOException {
    TopicMatcher matcher = shared.get();
    double least = options.leastConfidence;
    TopicNumbers topics = new TopicNumbers();
    Map<String, Attachment> attached = attached(network);
    List<NightPost> posts = NightPost.read(network.name, core, matcher, attached, least);
    NamedPosts named = new NamedPosts(network.name, topics);
    for (NightPost post : posts) {
      named.number(post.id());
      for (String parent : post.parents()) {
        named.number(parent);
      }
    }
    NamedPosts lists = new NamedPosts(network.name, topics);
    List<Act> acts = acts(network.name, core, named, lists);
    DeletedPosts deleted = new DeletedPosts(core);
    deleted.records(network.name).forEach(named::number);
    boolean[] holdsDeleted = named.readSeen(network.postTopics, deleted);
    named.readCited(network.citedPosts);
    ColumnRows postTopics = new ColumnRows(PostTopics.TABLE);
    for (NightPost post : posts) {
      named.add(named.number(post.id()), TopicNumbers.EVERYTHING, 1, false);
      named.addAll(post);
    }
    Expectations expected =
        new Expectations(network.scores.read(Expectations.COLUMNS), posts, named, topics);
    // Of tonight's posts those count whose own words say something, however they are ordered.
    Map<String, Map<String, Double>> expectedOf = new HashMap<>();
    posts.forEach(post -> expectedOf.put(post.id(), expected.of(post)));
    LearnedWords words =
        new LearnedWords(
            network.name,
            network.words.read(TopicWords.TABLE.columns()),
            posts,
            shared.taxonomy(),
            options.corrections,
            options.clock,
            post -> expectedOf.get(post.id()));
    posts.replaceAll(
        post -> {
          if (!post.direct().isEmpty() || post.text() == null) {
            return post;
          }
          Set<String> likely = expectedOf.get(post.id()).keySet();
          NightPost again =
              post.telling(
                  likely.isEmpty() ? List.of() : post.expecting(likely, matcher, attached, least));
          if (again.direct().isEmpty()) {
            again = post.telling(words.topics(post, least));
          }
          named.addAll(again);
          return again;
        });
    for (NightPost post : posts) {
      addRow(postTopics, network, post, TopicNumbers.EVERYTHING, 1, "seen");
      for (TopicMatch match : post.direct()) {
        addRow(postTopics, network, post, match.topicId(), match.confidence(), match.basis());
      }
    }
    ColumnRows citedPosts = cite(network, posts, acts, named, topics);
    inherit(network, posts, named, topics, postTopics);
    readLists(network.name, core, matcher, lists);

    ItemTopics counted = named.counted();
    ActTopics sums = new ActTopics(options.clock, counted, TopicNumbers.OF_EVERYTHING);
    ActTopics listSums = new ActTopics(options.clock, lists.counted(), TopicNumbers.OF_EVERYTHING);
    for (NightPost post : posts) {
      sums.add(
          TopicVerb.POST,
          post.author(),
          post.author(),
          named.number(post.id()),
          post.id(),
          post.happenedAt(),
          1);
    }
    for (NamedPosts.Undone post : named.undone()) {
      sums.add(
          TopicVerb.POST,
          post.author(),
          post.author(),
          post.item(),
          post.id(),
          post.happenedAt(),
          -1);
    }
    for (Act act : acts) {
      (act.verb == TopicVerb.LIST ? listSums : sums)
          .add(
              act.verb,
              act.actor,
              act.target,
              act.item,
              act.verb == TopicVerb.MENTION ? named.id(act.item) : act.object,
              act.happenedAt,
              act.change);
    }
    TopicSums all = new TopicSums();
    all.addAll(sums.sums());
    all.addAll(listSums.sums());
    return new Written(
        postTopicFiles.write(postTopics),
        citedPostFiles.write(citedPosts),
        incrementFiles.write(
            IncrementRows.of(
                all.merged(true), network.name, topics.ids(), options.clock.nightDay())),
        hashtagFiles.write(hashtags(network, posts, matcher)),
        languageFiles.write(languages(network, posts)),
        wordFiles.write(words.rows()),
        holdsDeleted);
  }

  private Map<String, Attachment> attached(Network network) {
    Map<String, Attachment> attached = new HashMap<>();
    long nightDay = options.clock.nightDay();
    for (HashtagTopics.Hashtag hashtag :
        Hashtags.read(network.hashtags, network.name, nightDay).attached()) {
      if (hashtag.topicId() != null) {
        attached.put(hashtag.hashtag(), new Attachment(hashtag.topicId(), hashtag.confidence()));
      }
    }
    return attached;
  }

  private static List<Act> acts(
      String network, CoreColumns.Seen core, NamedPosts named, NamedPosts lists) {
    List<Act> acts = new ArrayList<>();
    for (ColumnRows rows : core.of(Interactions.TABLE)) {
      ColumnRows.Texts networks = rows.texts(Interactions.NETWORK);
      for (int row = 0; row < networks.size(); row++) {
        TopicVerb verb = TopicVerb.of(rows.texts(Interactions.VERB).get(row));
        long actor = rows.longs(Interactions.ACTOR_KEY).get(row);
        long target = rows.longs(Interactions.TARGET_KEY).get(row);
        if (!network.equals(networks.get(row)) || verb == null || actor == target) {
          continue;
        }
        RecordPrint record =
            new RecordPrint(
                rows.longs(Interactions.RECORD_PRINT_HIGH).get(row),
                rows.longs(Interactions.RECORD_PRINT_LOW).get(row));
        String object = rows.texts(Interactions.OBJECT_ID).get(row);
        boolean isAnswer = verb == TopicVerb.REPLY || verb == TopicVerb.QUOTE;
        boolean isByPost = isAnswer || verb == TopicVerb.MENTION;
        int item =
            verb == TopicVerb.LIST
                ? lists.number(object)
                : isByPost ? named.number(record) : named.number(object);
        if (item >= 0) {
          acts.add(
              new Act(
                  verb,
                  actor,
                  target,
                  item,
                  isAnswer ? named.number(object) : -1,
                  verb == TopicVerb.LIST ? null : object,
                  rows.longs(Interactions.HAPPENED_AT).get(row),
                  rows.longs(Interactions.CHANGE).get(row)));
        }
      }
    }
    return acts;
  }

  private void addRow(
      ColumnRows rows,
      Network network,
      NightPost post,
      String topicId,
      double confidence,
      String basis) {
    rows.texts(PostTopics.NETWORK).add(network.name);
    rows.texts(PostTopics.POST_ID).add(post.id());
    rows.longs(PostTopics.RECORD_DATE).add(post.recordDay());
    rows.longs(PostTopics.AUTHOR_KEY).add(post.author());
    rows.texts(PostTopics.TOPIC_ID).add(topicId);
    rows.doubles(PostTopics.CONFIDENCE).add(confidence);
    rows.texts(PostTopics.BASIS).add(basis);
    rows.longs(PostTopics.HAPPENED_AT).add(post.happenedAt());
    rows.longs(PostTopics.NIGHT).add(options.clock.nightDay());
  }

  /** Decides what posts that were never seen are about, by who answers or quotes them. */
  private ColumnRows cite(
      Network network,
      List<NightPost> posts,
      List<Act> acts,
      NamedPosts named,
      TopicNumbers topics) {
    Map<Integer, NightPost> byItem = new HashMap<>();
    for (NightPost post : posts) {
      byItem.put(named.number(post.id()), post);
    }
    CitedTopics spoken = new CitedTopics();
    for (Act act : acts) {
      NightPost answer = byItem.get(act.item);
      if (act.answered >= 0 && act.change == 1 && answer != null && !named.isKnown(act.answered)) {
        for (TopicMatch match : answer.direct()) {
          spoken.add(act.answered, act.actor, topics.number(match.topicId()), match.confidence());
        }
      }
    }
    ColumnRows rows = new ColumnRows(CitedPosts.TABLE);
    spoken.decide(
        TopicNumbers.OF_EVERYTHING,
        options.leastConfidence,
        (item, topic, confidence) -> {
          named.addCited(item, topic, confidence, options.since);
          rows.texts(CitedPosts.NETWORK).add(network.name);
          rows.texts(CitedPosts.POST_ID).add(named.id(item));
          rows.texts(CitedPosts.TOPIC_ID).add(topics.id(topic));
          rows.doubles(CitedPosts.CONFIDENCE).add(confidence);
          rows.longs(CitedPosts.SINCE_AT).add(options.since);
          rows.longs(CitedPosts.NIGHT).add(options.clock.nightDay());
        });
    return rows;
  }

  /** Topics of posts that tell none themselves, from the posts they answer, quote or belong to. */
  private void inherit(
      Network network,
      List<NightPost> posts,
      NamedPosts named,
      TopicNumbers topics,
      ColumnRows rows) {
    for (NightPost post : posts) {
      if (!post.direct().isEmpty()) {
        continue;
      }
      int item = named.number(post.id());
      int[] parents = new int[post.parents().length];
      for (int i = 0; i < parents.length; i++) {
        parents[i] = named.number(post.parents()[i]);
      }
      named
          .told()
          .inherit(
              parents,
              TopicNumbers.OF_EVERYTHING,
              options.leastConfidence,
              (topic, confidence, isInferred) -> {
                named.addInherited(item, topic, confidence, isInferred);
                addRow(
                    rows,
                    network,
                    post,
                    topics.id(topic),
                    confidence,
                    isInferred ? "child" : "thread");
              });
    }
  }

  /** What the lists that were added to tonight are about, by name, else by description. */
  private void readLists(
      String network, CoreColumns.Seen core, TopicMatcher matcher, NamedPosts lists) {
    for (ColumnRows rows : core.of(AccountLists.TABLE)) {
      for (int row = 0; row < rows.size(); row++) {
        String id = rows.texts(AccountLists.LIST_ID).get(row);
        if (!network.equals(rows.texts(AccountLists.NETWORK).get(row))
            || "moderation".equals(rows.texts(AccountLists.PURPOSE).get(row))) {
          continue;
        }
        Integer list = lists.asked(id);
        if (list == null) {
          continue;
        }
        String name = rows.texts(AccountLists.LIST_NAME).get(row);
        String description = rows.texts(AccountLists.DESCRIPTION).get(row);
        lists.add(list, TopicNumbers.EVERYTHING, 1, false);
        for (TopicMatch match : listTopics(name, description, matcher)) {
          if (match.confidence() >= options.leastConfidence) {
            lists.add(list, match.topicId(), match.confidence(), false);
          }
        }
      }
    }
  }

  static List<TopicMatch> listTopics(String name, String description, TopicMatcher matcher) {
    List<TopicMatch> byName = name == null ? List.of() : matcher.matchName(name);
    return byName.isEmpty() && description != null ? matcher.match(description, null) : byName;
  }

  /** Hashtags that the taxonomy does not know, and the topics they occur with. */
  private ColumnRows hashtags(Network network, List<NightPost> posts, TopicMatcher matcher) {
    Map<String, Integer> numbers = new HashMap<>();
    List<String> hashtags = new ArrayList<>();
    TopicNumbers topics = new TopicNumbers();
    HashtagCounts counts = new HashtagCounts();
    for (int post = 0; post < posts.size(); post++) {
      long author = posts.get(post).author();
      for (String written : posts.get(post).hashtags()) {
        String joined = Words.joined(written);
        if (joined.length() < 2 || matcher.knowsHashtag(written)) {
          continue;
        }
        Integer known = numbers.putIfAbsent(joined, hashtags.size());
        int hashtag = known == null ? hashtags.size() : known;
        if (known == null) {
          hashtags.add(joined);
        }
        counts.add(hashtag, TopicNumbers.OF_EVERYTHING, post, author);
        for (TopicMatch match : posts.get(post).direct()) {
          if (TOLD.contains(match.basis())) {
            counts.add(hashtag, topics.number(match.topicId()), post, author);
          }
        }
      }
    }
    ColumnRows rows = new ColumnRows(HashtagIncrements.TABLE);
    counts.count(
        (hashtag, topic, postCount, authorCount) -> {
          rows.texts(HashtagIncrements.NETWORK).add(network.name);
          rows.texts(HashtagIncrements.HASHTAG).add(hashtags.get(hashtag));
          rows.texts(HashtagIncrements.TOPIC_ID).add(topics.id(topic));
          rows.longs(HashtagIncrements.POST_COUNT).add(postCount);
          rows.longs(HashtagIncrements.AUTHOR_COUNT).add(authorCount);
          rows.longs(HashtagIncrements.NIGHT).add(options.clock.nightDay());
        });
    return rows;
  }

  /** In which languages accounts have written; rows of those that did not tonight stay. */
  private ColumnRows languages(Network network, List<NightPost> posts) {
    TreeMap<Long, TreeMap<String, Long>> tonight = new TreeMap<>();
    for (NightPost post : posts) {
      if (post.language() != null) {
        tonight
            .computeIfAbsent(post.author(), author -> new TreeMap<>())
            .merge(post.language(), 1L, Long::sum);
      }
    }
    ColumnRows before = network.languages.read(AccountLanguages.TABLE.columns());
    ColumnRows rows = new ColumnRows(AccountLanguages.TABLE);
    for (int row = 0; row < before.size(); row++) {
      if (!network.name.equals(before.texts(AccountLanguages.NETWORK).get(row))) {
        continue;
      }
      long account = before.longs(AccountLanguages.ACCOUNT_KEY).get(row);
      String language = before.texts(AccountLanguages.LANGUAGE).get(row);
      TreeMap<String, Long> more = tonight.get(account);
      Long added = more == null ? null : more.remove(language);
      if (added == null) {
        rows.addRow(before, row);
      } else {
        long count = before.longs(AccountLanguages.POST_COUNT).get(row);
        addLanguage(rows, network, account, language, count + added);
      }
    }
    tonight.forEach(
        (account, more) ->
            more.forEach(
                (language, count) -> addLanguage(rows, network, account, language, count)));
    return rows;
  }

  private void addLanguage(
      ColumnRows rows, Network network, long account, String language, long count) {
    rows.texts(AccountLanguages.NETWORK).add(network.name);
    rows.longs(AccountLanguages.ACCOUNT_KEY).add(account);
    rows.texts(AccountLanguages.LANGUAGE).add(language);
    rows.longs(AccountLanguages.POST_COUNT).add(count);
    rows.longs(AccountLanguages.NIGHT).add(options.clock.nightDay());
  }
}
