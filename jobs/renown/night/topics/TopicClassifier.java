package renown.night.topics;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import renown.engine.taxonomy.WordCorrections;
import renown.kernels.taxonomy.TopicMatcher;
import renown.kernels.taxonomy.TopicMatcher.Attachment;
import renown.kernels.topics.ActTopics;
import renown.kernels.topics.TopicClock;
import renown.kernels.topics.TopicSums;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.TableFileWriter;
import renown.lake.TableFiles;
import renown.tables.AccountLanguages;
import renown.tables.CitedPosts;
import renown.tables.HashtagIncrements;
import renown.tables.PostTopics;
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

  @Override
  public String network(Network network) {
    return network.name;
  }

  @Override
  public Written run(Network network, CoreColumns.Seen core) throws IOException {
    TopicMatcher matcher = shared.get();
    double least = options.leastConfidence;
    long nightDay = options.clock.nightDay();
    TopicNumbers topics = new TopicNumbers();
    Map<String, Attachment> attached =
        Hashtags.attached(Hashtags.read(network.hashtags, network.name, nightDay));
    List<NightPost> posts = NightPost.read(network.name, core, matcher, attached, least);
    NamedPosts named = new NamedPosts(network.name, topics);
    for (NightPost post : posts) {
      named.number(post.id());
      for (String parent : post.parents()) {
        named.number(parent);
      }
    }
    NamedPosts lists = new NamedPosts(network.name, topics);
    NightActs acts = NightActs.read(network.name, core, named, lists);
    DeletedPosts deleted = new DeletedPosts(core);
    deleted.records(network.name).forEach(named::number);
    boolean[] holdsDeleted = named.readSeen(network.postTopics, deleted);
    named.readCited(network.citedPosts);
    for (NightPost post : posts) {
      named.add(named.number(post.id()), TopicNumbers.EVERYTHING, 1, false);
      named.addAll(post);
    }
    LearnedWords words = tellByOthers(network, posts, named, topics, matcher, attached);
    PostTopicRows postTopics = new PostTopicRows(network.name, nightDay);
    posts.forEach(postTopics::addAll);
    ColumnRows citedPosts = acts.cite(posts, named, topics, least, options.since, nightDay);
    inherit(posts, named, topics, postTopics);
    ListTopics.read(network.name, core, matcher, least, lists);
    TopicSums sums = sums(posts, acts, named, lists);
    return new Written(
        postTopics.write(postTopicFiles),
        citedPostFiles.write(citedPosts),
        incrementFiles.write(IncrementRows.of(sums, network.name, topics.ids(), nightDay)),
        hashtagFiles.write(Hashtags.count(network.name, nightDay, posts, matcher)),
        languageFiles.write(Languages.counted(network.name, nightDay, network.languages, posts)),
        wordFiles.write(words.rows()),
        holdsDeleted);
  }

  /**
   * Tells what those posts are about whose own words do not say it clearly: by what their author
   * and their thread are otherwise about, else by words that were learned.
   *
   * @param posts changed in place
   * @return what was learned
   */
  private LearnedWords tellByOthers(
      Network network,
      List<NightPost> posts,
      NamedPosts named,
      TopicNumbers topics,
      TopicMatcher matcher,
      Map<String, Attachment> attached) {
    double least = options.leastConfidence;
    Expectations expected = new Expectations(network.scores, posts, named, topics);
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
    return words;
  }

  /** Topics of posts that tell none themselves, from the posts they answer, quote or belong to. */
  private void inherit(
      List<NightPost> posts, NamedPosts named, TopicNumbers topics, PostTopicRows rows) {
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
                rows.add(post, topics.id(topic), confidence, isInferred ? "child" : "thread");
              });
    }
  }

  /** What the night adds to accounts' topics, one row each. */
  private TopicSums sums(
      List<NightPost> posts, NightActs acts, NamedPosts named, NamedPosts lists) {
    ActTopics sums = new ActTopics(options.clock, named.counted(), TopicNumbers.OF_EVERYTHING);
    ActTopics listSums = new ActTopics(options.clock, lists.counted(), TopicNumbers.OF_EVERYTHING);
    for (NightPost post : posts) {
      int item = named.number(post.id());
      sums.addPost(post.author(), item, post.id(), post.happenedAt(), 1);
    }
    for (NamedPosts.Undone post : named.undone()) {
      sums.addPost(post.author(), post.item(), post.id(), post.happenedAt(), -1);
    }
    acts.addTo(sums, listSums, named);
    TopicSums all = new TopicSums();
    all.addAll(sums.sums());
    all.addAll(listSums.sums());
    return all.merged(true);
  }
}
