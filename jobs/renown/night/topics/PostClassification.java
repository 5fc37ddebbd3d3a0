package renown.night.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import renown.engine.taxonomy.WordCorrections;
import renown.kernels.topics.TopicClock;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.TableFiles;
import renown.night.Night;
import renown.tables.AccountLanguages;
import renown.tables.AccountLists;
import renown.tables.CitedPosts;
import renown.tables.Deletions;
import renown.tables.HashtagIncrements;
import renown.tables.Interactions;
import renown.tables.MartTopicScores;
import renown.tables.PostTexts;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.TopicIncrements;
import renown.tables.TopicWords;

/** Has the night's posts and acts classified, and commits what that adds. */
final class PostClassification {
  /** Rows of a file that count no more and stay there all the same. */
  private static final double MOST_DELETED_SHARE = 1.0 / 16;

  private static final long MOST_AGE_DAYS = 1 << 15;

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final Night night;
  private final Lake lake;
  private final SharedMatcher shared;

  PostClassification(Night night, SharedMatcher shared) {
    this.night = night;
    this.lake = night.lake();
    this.shared = shared;
  }

  /** One task for each network, and one for each file that is written again. */
  void run() {
    TopicClock clock =
        new TopicClock(night.date().toEpochDay(), night.value(TopicSettings.HALF_LIFE_DAYS));
    long since =
        night.previous().map(before -> before.plusDays(1).toEpochDay()).orElse(0L) * MICROS_PER_DAY;
    CoreColumns core =
        new CoreColumns(night)
            .withTonight(Posts.TABLE, Posts.NIGHT, NightPost.POST_COLUMNS)
            .withTonight(PostTexts.TABLE, PostTexts.NIGHT, NightPost.TEXT_COLUMNS)
            .withTonight(Interactions.TABLE, Interactions.NIGHT, NightActs.COLUMNS)
            .withTonight(Deletions.TABLE, Deletions.NIGHT, DeletedPosts.COLUMNS)
            .with(AccountLists.TABLE, ListTopics.COLUMNS);
    List<TopicClassifier.Network> networks = namedTonight();
    List<TopicClassifier.Written> written =
        core.inTasks(
            networks,
            new TopicClassifier(
                lake,
                shared,
                new TopicClassifier.Options(
                    clock, night.value(TopicSettings.LEAST_CONFIDENCE), since, corrections())));
    appendPostTopics(networks, written);
    lake.append(CitedPosts.TABLE, files(written, TopicClassifier.Written::citedPosts));
    lake.append(TopicIncrements.TABLE, files(written, TopicClassifier.Written::increments));
    lake.append(HashtagIncrements.TABLE, files(written, TopicClassifier.Written::hashtags));
    lake.overwrite(AccountLanguages.TABLE, files(written, TopicClassifier.Written::languages));
    lake.overwrite(TopicWords.TABLE, files(written, TopicClassifier.Written::words));
  }

  private ArrayList<WordCorrections> corrections() {
    return new ArrayList<>(
        WordCorrections.read(
            night.value(WordCorrections.WORDS),
            shared.taxonomy(),
            night.spark().sessionState().newHadoopConf()));
  }

  /** Adds tonight's, and takes those out that were deleted tonight. */
  private void appendPostTopics(
      List<TopicClassifier.Network> networks, List<TopicClassifier.Written> written) {
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
  private List<TopicClassifier.Network> namedTonight() {
    long nightDay = night.date().toEpochDay();
    // Not by the record's day, because ids of some networks carry no time.
    long first = nightDay - night.value(TopicSettings.REACTION_DAYS);
    TableFiles postTopics = lake.files(PostTopics.TABLE).within(PostTopics.NIGHT, first, nightDay);
    TableFiles cited = lake.files(CitedPosts.TABLE).within(CitedPosts.NIGHT, first, nightDay);
    TableFiles hashtags = NetworkFiles.hashtags(lake, nightDay);
    TableFiles languages = lake.files(AccountLanguages.TABLE);
    TableFiles words = lake.files(TopicWords.TABLE);
    TableFiles scores = lake.files(MartTopicScores.TABLE);
    SortedSet<String> names = NetworkFiles.loaded(lake, nightDay);
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

  private static <T> List<DataFile> files(List<T> told, Function<T, List<DataFile>> which) {
    return told.stream().flatMap(one -> which.apply(one).stream()).toList();
  }
}
