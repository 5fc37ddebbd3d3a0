package renown.night.topics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.engine.taxonomy.WordCorrections;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.topics.HashtagTopics;
import renown.kernels.topics.TopicClock;
import renown.kernels.topics.TopicExpertise;
import renown.kernels.topics.TopicVerb;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.TableFiles;
import renown.night.Night;
import renown.night.Stage;
import renown.night.TaskMemory;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountLists;
import renown.tables.AccountResponseRates;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.CitedPosts;
import renown.tables.Deletions;
import renown.tables.Exclusions;
import renown.tables.HashtagIncrements;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.LoadedFiles;
import renown.tables.MartEmergingHashtags;
import renown.tables.MartTopicAncestors;
import renown.tables.MartTopicAttesters;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.MartTopics;
import renown.tables.PostTexts;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.TableSchema;
import renown.tables.TopicClocks;
import renown.tables.TopicIncrements;
import renown.tables.TopicWords;

/** Computes what the night's posts are about, and accounts' interest and expertise. */
public final class TopicStage implements Stage {
  static final ConfigKey<Double> LEAST_CONFIDENCE =
      ConfigKey.number(
          "topics.confidence-min",
          0.5,
          0.05,
          1,
          "Topics of a post with lower confidence are ignored.");

  static final ConfigKey<Long> HALF_LIFE_DAYS =
      ConfigKey.integer(
          "topics.half-life-days",
          90,
          1,
          3650,
          "Days in which what was written, and attention, halves. Fixed for a lake once it holds"
              + " topics.");

  static final ConfigKey<Long> REACTION_DAYS =
      ConfigKey.integer(
          "topics.reaction-days",
          60,
          1,
          36_500,
          "Maximum age in days of posts whose reactions count for topics: post topics of this"
              + " many days are read.");

  static final ConfigKey<SortedMap<String, Double>> VERB_WEIGHTS =
      ConfigKey.weights(
          "topics.verb-weights",
          "list=3,mention=1.5,quote=1.5,repost=1,reply=0.7,like=0.3",
          "verb",
          TopicVerb.attention(),
          1000,
          "Weight of attention on a topic by verb: weight * ln(1 + decayed count).");

  static final ConfigKey<Double> VOTE_WEIGHT =
      ConfigKey.number(
          "topics.vote-weight",
          0.5,
          0,
          1000,
          "What an anonymous up-vote on a post about a topic adds to the author's expertise"
              + " in it, as a multiple of the mean rank of the topic's accounts.");

  static final ConfigKey<Double> DAMPING_FACTOR =
      ConfigKey.number(
          "topics.damping-factor",
          0.7,
          0.01,
          0.99,
          "Share of an attester's weight that comes from its own attestations; the rest is"
              + " credibility.");

  static final ConfigKey<Double> TOLERANCE =
      ConfigKey.number(
          "topics.tolerance",
          1e-5,
          1e-7,
          0.01,
          "The topic ranking stops when the L1 distance of two iterations is at most this.");

  static final ConfigKey<Long> LEAST_ATTESTERS =
      ConfigKey.integer(
          "topics.attesters-min",
          3,
          1,
          1_000_000,
          "Minimum number of credible attesters, votes included, for an expertise; below it"
              + " the evidence is insufficient and there is no number.");

  static final ConfigKey<Double> LEAST_CREDIBILITY =
      ConfigKey.number(
          "topics.credibility-min",
          0.01,
          0,
          1,
          "Accounts with lower credibility do not count as evidence of expertise.");

  static final ConfigKey<Long> LEAST_ACTS =
      ConfigKey.integer(
          "topics.acts-min",
          2,
          1,
          1_000_000,
          "Minimum posts and reactions on a topic for a row of an account that nobody"
              + " attests.");

  static final ConfigKey<Long> LEADERS =
      ConfigKey.integer(
          "topics.leaders",
          100,
          1,
          100_000,
          "Leaders listed per topic, network, kind and language.");

  static final ConfigKey<Long> ATTESTERS =
      ConfigKey.integer("topics.attesters", 5, 1, 1000, "Attesters listed per account and topic.");

  static final ConfigKey<Long> EMERGING =
      ConfigKey.integer(
          "topics.emerging", 200, 1, 100_000, "Emerging hashtags listed per network.");

  private static final int MOST_ITERATIONS = 200;

  /** What a row of increments takes in memory, with its post's id, its edge and its ranking. */
  private static final long BYTES_PER_INCREMENT = 300;

  /** Days after which the increments are compacted at the latest. */
  private static final int COMPACTION_DAYS = 32;

  /** With fewer files they are not. */
  private static final int LEAST_FILES = 4;

  /** Rows of a file that count no more and stay there all the same. */
  private static final double MOST_DELETED_SHARE = 1.0 / 16;

  private static final long MOST_AGE_DAYS = 1 << 15;

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        TaxonomyFiles.TAXONOMY,
        WordCorrections.WORDS,
        LEAST_CONFIDENCE,
        HALF_LIFE_DAYS,
        REACTION_DAYS,
        VERB_WEIGHTS,
        VOTE_WEIGHT,
        DAMPING_FACTOR,
        TOLERANCE,
        LEAST_ATTESTERS,
        LEAST_CREDIBILITY,
        LEAST_ACTS,
        LEADERS,
        ATTESTERS,
        EMERGING);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        Posts.TABLE,
        PostTexts.TABLE,
        Interactions.TABLE,
        Deletions.TABLE,
        AccountLists.TABLE,
        Accounts.TABLE,
        Exclusions.TABLE,
        AccountState.TABLE,
        AccountResponseRates.TABLE,
        LoadedFiles.TABLE,
        Landmarks.TABLE,
        PostTopics.TABLE,
        CitedPosts.TABLE,
        TopicClocks.TABLE,
        TopicIncrements.TABLE,
        HashtagIncrements.TABLE,
        AccountLanguages.TABLE,
        AccountKinds.TABLE,
        TopicWords.TABLE,
        MartTopicScores.TABLE,
        MartTopics.TABLE,
        MartTopicAncestors.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        PostTopics.TABLE,
        CitedPosts.TABLE,
        TopicClocks.TABLE,
        TopicIncrements.TABLE,
        HashtagIncrements.TABLE,
        AccountLanguages.TABLE,
        AccountKinds.TABLE,
        TopicWords.TABLE,
        MartTopics.TABLE,
        MartTopicAncestors.TABLE,
        MartTopicScores.TABLE,
        MartTopicLeaders.TABLE,
        MartTopicAttesters.TABLE,
        MartEmergingHashtags.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    keepHalfLife(night.lake(), night.value(HALF_LIFE_DAYS));
    SharedMatcher shared = SharedMatcher.of(night.spark(), night.value(TaxonomyFiles.TAXONOMY));
    classify(night, shared);
    judge(night, shared);
  }

  /**
   * Notes the half-life that the sums are made with.
   *
   * @throws RenownException where those of earlier nights were made with another one
   */
  static void keepHalfLife(Lake lake, long halfLifeDays) throws IOException {
    ColumnRows.Longs known =
        lake.files(TopicClocks.TABLE)
            .read(TopicClocks.HALF_LIFE_DAYS)
            .longs(TopicClocks.HALF_LIFE_DAYS);
    for (long other : known.toArray()) {
      if (other != halfLifeDays) {
        throw RenownException.configuration(
            "%s = %d, but the topics of this lake were summed with %d: set it back, or build a new"
                + " lake with the new value.",
            HALF_LIFE_DAYS.name(), halfLifeDays, other);
      }
    }
    if (known.size() == 0) {
      ColumnRows first = new ColumnRows(TopicClocks.TABLE);
      first.longs(TopicClocks.HALF_LIFE_DAYS).add(halfLifeDays);
      lake.append(TopicClocks.TABLE, first);
    }
  }

  /** What the night's posts and acts are about: one task for each network. */
  private static void classify(Night night, SharedMatcher shared) {
    Lake lake = night.lake();
    TopicClock clock = new TopicClock(night.date().toEpochDay(), night.value(HALF_LIFE_DAYS));
    long since =
        night.previous().map(before -> before.plusDays(1).toEpochDay()).orElse(0L) * MICROS_PER_DAY;
    CoreColumns core =
        new CoreColumns(night)
            .withTonight(Posts.TABLE, Posts.NIGHT, NightPost.POST_COLUMNS)
            .withTonight(PostTexts.TABLE, PostTexts.NIGHT, NightPost.TEXT_COLUMNS)
            .withTonight(Interactions.TABLE, Interactions.NIGHT, TopicClassifier.ACT_COLUMNS)
            .withTonight(Deletions.TABLE, Deletions.NIGHT, DeletedPosts.COLUMNS)
            .with(AccountLists.TABLE, TopicClassifier.LIST_COLUMNS);
    List<TopicClassifier.Network> networks = namedTonight(night);
    List<TopicClassifier.Written> written =
        core.inTasks(
            networks,
            new TopicClassifier(
                lake,
                shared,
                new TopicClassifier.Options(
                    clock, night.value(LEAST_CONFIDENCE), since, corrections(night, shared))));
    appendPostTopics(night, networks, written);
    lake.append(CitedPosts.TABLE, files(written, TopicClassifier.Written::citedPosts));
    lake.append(TopicIncrements.TABLE, files(written, TopicClassifier.Written::increments));
    lake.append(HashtagIncrements.TABLE, files(written, TopicClassifier.Written::hashtags));
    lake.overwrite(AccountLanguages.TABLE, files(written, TopicClassifier.Written::languages));
    lake.overwrite(TopicWords.TABLE, files(written, TopicClassifier.Written::words));
  }

  private static ArrayList<WordCorrections> corrections(Night night, SharedMatcher shared) {
    return new ArrayList<>(
        WordCorrections.read(
            night.value(WordCorrections.WORDS),
            shared.taxonomy(),
            night.spark().sessionState().newHadoopConf()));
  }

  /** Adds tonight's, and takes those out that were deleted tonight. */
  private static void appendPostTopics(
      Night night, List<TopicClassifier.Network> networks, List<TopicClassifier.Written> written) {
    Lake lake = night.lake();
    List<DataFile> added = new ArrayList<>(files(written, TopicClassifier.Written::postTopics));
    List<TableFiles> touched = new ArrayList<>();
    for (int network = 0; network < networks.size(); network++) {
      List<TableFiles> files = networks.get(network).postTopics().each();
      for (int file = 0; file < files.size(); file++) {
        if (written.get(network).holdsDeleted()[file]
            || isDueForRewriting(files.get(file), night.date().toEpochDay())) {
          touched.add(files.get(file));
        }
      }
    }
    if (touched.isEmpty()) {
      lake.append(PostTopics.TABLE, added);
      return;
    }
    // A file of several networks is named by each of them.
    TableFiles replaced = TableFiles.together(touched);
    new CoreColumns(night)
        .withTonight(Deletions.TABLE, Deletions.NIGHT, DeletedPosts.COLUMNS)
        .inTasks(
            replaced.each().stream()
                .map(
                    file ->
                        new DeletedPosts.Holding(
                            file, isDueForRewriting(file, night.date().toEpochDay())))
                .toList(),
            DeletedPosts.removal(lake))
        .forEach(added::addAll);
    lake.replace(PostTopics.TABLE, replaced, added);
  }

  /**
   * Whether the rows of a file that count no more go for good: where they are many, and at ages of
   * 2, 4, 8 nights and so on, so that a file is written a few times in its life and not on each
   * night on which one of its posts is deleted.
   */
  private static boolean isDueForRewriting(TableFiles file, long nightDay) {
    long gone = file.deletedRowCount();
    boolean isDue = gone > MOST_DELETED_SHARE * file.rowCount();
    for (long age = 2; gone > 0 && !isDue && age <= MOST_AGE_DAYS; age *= 2) {
      isDue = file.within(PostTopics.NIGHT, nightDay - age, nightDay - age).count() > 0;
    }
    return isDue;
  }

  /** The networks of which there is anything to tell, with the files of each. */
  private static List<TopicClassifier.Network> namedTonight(Night night) {
    Lake lake = night.lake();
    long nightDay = night.date().toEpochDay();
    // Not by the record's day, because ids of some networks carry no time.
    long first = nightDay - night.value(REACTION_DAYS);
    TableFiles postTopics = lake.files(PostTopics.TABLE).within(PostTopics.NIGHT, first, nightDay);
    TableFiles cited = lake.files(CitedPosts.TABLE).within(CitedPosts.NIGHT, first, nightDay);
    TableFiles hashtags = hashtags(lake, nightDay);
    TableFiles languages = lake.files(AccountLanguages.TABLE);
    TableFiles words = lake.files(TopicWords.TABLE);
    TableFiles scores = lake.files(MartTopicScores.TABLE);
    SortedSet<String> names = networksLoaded(lake, nightDay);
    names.addAll(languages.distinct(AccountLanguages.NETWORK));
    names.addAll(words.distinct(TopicWords.NETWORK));
    return names.stream()
        .map(
            name ->
                new TopicClassifier.Network(
                    name,
                    postTopics.holding(PostTopics.NETWORK, name),
                    cited.holding(CitedPosts.NETWORK, name),
                    hashtags.holding(HashtagIncrements.NETWORK, name),
                    languages.holding(AccountLanguages.NETWORK, name),
                    words.holding(TopicWords.NETWORK, name),
                    scores.holding(MartTopicScores.NETWORK, name)))
        .toList();
  }

  private static TableFiles hashtags(Lake lake, long nightDay) {
    return lake.files(HashtagIncrements.TABLE)
        .within(HashtagIncrements.NIGHT, HashtagTopics.firstDay(nightDay), nightDay);
  }

  /** Networks of which something was loaded tonight, or acts on any night. */
  private static SortedSet<String> networksLoaded(Lake lake, long nightDay) {
    SortedSet<String> names =
        new TreeSet<>(
            lake.files(LoadedFiles.TABLE)
                .within(LoadedFiles.NIGHT, nightDay, nightDay)
                .distinct(LoadedFiles.NETWORK));
    names.addAll(lake.files(Landmarks.TABLE).distinct(Landmarks.NETWORK));
    return names;
  }

  /** Accounts' interest and expertise: one task for each network. */
  private static void judge(Night night, SharedMatcher shared) throws Exception {
    Lake lake = night.lake();
    long nightDay = night.date().toEpochDay();
    List<TopicJudge.Network> networks = networks(lake, nightDay);
    boolean compacts = nightDay % COMPACTION_DAYS == 0;
    for (TopicJudge.Network network : networks) {
      compacts |=
          isCompactionDue(
              network.increments().each().stream().mapToLong(TableFiles::rowCount).toArray());
    }
    TopicClock clock = new TopicClock(nightDay, night.value(HALF_LIFE_DAYS));
    SortedMap<String, Double> weights = night.value(VERB_WEIGHTS);
    TopicJudge judge =
        new TopicJudge(
            lake,
            shared,
            new TopicJudge.Options(
                nightDay,
                new TopicExpertise.Options(
                    TopicVerb.attention().stream()
                        .mapToDouble(verb -> weights.getOrDefault(verb, 0.0))
                        .toArray(),
                    clock,
                    night.value(DAMPING_FACTOR),
                    night.value(TOLERANCE),
                    MOST_ITERATIONS,
                    night.value(LEAST_CREDIBILITY),
                    night.value(VOTE_WEIGHT),
                    night.value(LEAST_ATTESTERS)),
                night.value(LEAST_ACTS),
                night.value(LEADERS),
                night.value(ATTESTERS),
                night.value(EMERGING),
                compacts));
    CoreColumns core =
        new CoreColumns(night)
            .with(
                Accounts.TABLE,
                Accounts.ACCOUNT_KEY,
                Accounts.NETWORK,
                Accounts.HANDLE,
                Accounts.DISPLAY_NAME,
                Accounts.DESCRIPTION,
                Accounts.IS_AUTOMATED,
                Accounts.PROFILE_AT)
            .with(Exclusions.TABLE, Exclusions.ACCOUNT_KEY)
            .withTonight(Posts.TABLE, Posts.NIGHT, Posts.AUTHOR_KEY)
            .withTonight(Interactions.TABLE, Interactions.NIGHT, Interactions.ACTOR_KEY);
    TaskMemory memory = TaskMemory.of(night);
    for (TopicJudge.Network network : networks) {
      memory.hold(
          "Topics of " + network.name(),
          network.increments().rowCount(),
          BYTES_PER_INCREMENT,
          "build a new lake with shorter " + HALF_LIFE_DAYS.name());
    }
    List<TopicJudge.Judged> judged = core.inTasks(networks, judge);
    Map<String, long[]> counts = new HashMap<>();
    for (TopicJudge.Judged one : judged) {
      if (one.unconverged() != null) {
        throw RenownException.audit(
            "Night %s: the ranking of topic %s did not converge in %d iterations with %s = %s."
                + " Lower %s or raise the tolerance.",
            night.date(),
            one.unconverged(),
            MOST_ITERATIONS,
            TOLERANCE.name(),
            night.value(TOLERANCE),
            DAMPING_FACTOR.name());
      }
      one.counts()
          .forEach(
              (topic, its) ->
                  counts.merge(topic, its, (a, b) -> new long[] {a[0] + b[0], a[1] + b[1]}));
    }
    if (compacts) {
      lake.overwrite(TopicIncrements.TABLE, files(judged, TopicJudge.Judged::compacted));
    }
    lake.overwrite(AccountKinds.TABLE, files(judged, TopicJudge.Judged::kinds));
    lake.overwrite(MartTopicScores.TABLE, files(judged, TopicJudge.Judged::scores));
    lake.overwrite(MartTopicLeaders.TABLE, files(judged, TopicJudge.Judged::leaders));
    lake.overwrite(MartTopicAttesters.TABLE, files(judged, TopicJudge.Judged::attesters));
    lake.overwrite(MartEmergingHashtags.TABLE, files(judged, TopicJudge.Judged::hashtags));
    Taxonomy taxonomy = shared.taxonomy();
    TopicMarts.write(
        lake, MartTopics.TABLE, MartTopics.NIGHT, TopicMarts.topics(taxonomy, counts, nightDay));
    TopicMarts.write(
        lake,
        MartTopicAncestors.TABLE,
        MartTopicAncestors.NIGHT,
        TopicMarts.ancestors(taxonomy, nightDay));
  }

  /**
   * Whether increments are written again, one row each: where what was added has become as much as
   * what was there. So each row is written a few times, and a night reads no more than twice what
   * there is.
   *
   * @param rows of each file of a network
   */
  static boolean isCompactionDue(long... rows) {
    return rows.length >= LEAST_FILES
        && Arrays.stream(rows).sum() >= 2 * Arrays.stream(rows).max().orElse(0);
  }

  /** The networks that topics, languages or kinds are known of, with the files of each. */
  private static List<TopicJudge.Network> networks(Lake lake, long nightDay) {
    TableFiles increments = lake.files(TopicIncrements.TABLE);
    TableFiles hashtags = hashtags(lake, nightDay);
    TableFiles languages = lake.files(AccountLanguages.TABLE);
    TableFiles kinds = lake.files(AccountKinds.TABLE);
    SortedSet<String> names = networksLoaded(lake, nightDay);
    names.addAll(increments.distinct(TopicIncrements.NETWORK));
    names.addAll(languages.distinct(AccountLanguages.NETWORK));
    names.addAll(kinds.distinct(AccountKinds.NETWORK));
    return names.stream()
        .map(
            name ->
                new TopicJudge.Network(
                    name,
                    increments.holding(TopicIncrements.NETWORK, name),
                    hashtags.holding(HashtagIncrements.NETWORK, name),
                    languages.holding(AccountLanguages.NETWORK, name),
                    kinds.holding(AccountKinds.NETWORK, name)))
        .toList();
  }

  private static <T> List<DataFile> files(List<T> told, Function<T, List<DataFile>> which) {
    return told.stream().flatMap(one -> which.apply(one).stream()).toList();
  }
}
