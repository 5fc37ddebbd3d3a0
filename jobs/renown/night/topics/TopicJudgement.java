package renown.night.topics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.topics.TopicClock;
import renown.kernels.topics.TopicExpertise;
import renown.kernels.topics.TopicVerb;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.TableFiles;
import renown.night.Night;
import renown.night.TaskMemory;
import renown.run.RenownException;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.Accounts;
import renown.tables.Exclusions;
import renown.tables.HashtagIncrements;
import renown.tables.Interactions;
import renown.tables.MartEmergingHashtags;
import renown.tables.MartTopicAncestors;
import renown.tables.MartTopicAttesters;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.MartTopics;
import renown.tables.Posts;
import renown.tables.TopicIncrements;

/** Has accounts judged by what the lake holds of their topics, and commits what is published. */
final class TopicJudgement {
  private static final int MOST_ITERATIONS = 200;

  /** What a row of increments takes in memory, with its post's id, its edge and its ranking. */
  private static final long BYTES_PER_INCREMENT = 300;

  /** Days after which the increments are compacted at the latest. */
  private static final int COMPACTION_DAYS = 32;

  /** With fewer files they are not. */
  private static final int LEAST_FILES = 4;

  private final Night night;
  private final Lake lake;
  private final SharedMatcher shared;

  TopicJudgement(Night night, SharedMatcher shared) {
    this.night = night;
    this.lake = night.lake();
    this.shared = shared;
  }

  void run() throws Exception {
    long nightDay = night.date().toEpochDay();
    List<TopicJudge.Shard> shards = shards(nightDay);
    boolean compacts = nightDay % COMPACTION_DAYS == 0;
    for (TopicJudge.Shard shard : shards) {
      compacts |=
          isCompactionDue(
              shard.increments().each().stream().mapToLong(TableFiles::rowCount).toArray());
    }
    TopicClock clock = new TopicClock(nightDay, night.value(TopicSettings.HALF_LIFE_DAYS));
    SortedMap<String, Double> weights = night.value(TopicSettings.VERB_WEIGHTS);
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
                    night.value(TopicSettings.DAMPING_FACTOR),
                    night.value(TopicSettings.TOLERANCE),
                    MOST_ITERATIONS,
                    night.value(TopicSettings.LEAST_CREDIBILITY),
                    night.value(TopicSettings.VOTE_WEIGHT),
                    night.value(TopicSettings.VOTE_PRIOR),
                    night.value(TopicSettings.LEAST_ATTESTERS)),
                night.value(TopicSettings.LEAST_ACTS),
                night.value(TopicSettings.LEADERS),
                night.value(TopicSettings.ATTESTERS),
                night.value(TopicSettings.EMERGING),
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
    for (TopicJudge.Shard shard : shards) {
      memory.hold(
          "Topics of " + shard.network(),
          shard.increments().rowCount() / shard.count(),
          BYTES_PER_INCREMENT,
          "lower " + TopicSettings.SHARD_ROWS.name());
    }
    boolean isShared = shards.stream().anyMatch(shard -> shard.count() > 1);
    List<TopicJudge.Judged> judged =
        isShared
            ? core.inTasksByPairs(withKinds(shards, core, judge), judge)
            : core.inTasks(shards, judge);
    Map<String, long[]> counts = new HashMap<>();
    for (TopicJudge.Judged one : judged) {
      if (one.unconverged() != null) {
        throw RenownException.audit(
            "Night %s: the ranking of topic %s did not converge in %d iterations with %s = %s."
                + " Lower %s or raise the tolerance.",
            night.date(),
            one.unconverged(),
            MOST_ITERATIONS,
            TopicSettings.TOLERANCE.name(),
            night.value(TopicSettings.TOLERANCE),
            TopicSettings.DAMPING_FACTOR.name());
      }
      one.counts()
          .forEach(
              (topic, its) ->
                  counts.merge(topic, its, (a, b) -> new long[] {a[0] + b[0], a[1] + b[1]}));
    }
    if (compacts) {
      lake.overwrite(TopicIncrements.TABLE, files(judged, TopicJudge.Judged::compacted));
    }
    if (!isShared) {
      lake.overwrite(AccountKinds.TABLE, files(judged, TopicJudge.Judged::kinds));
    }
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

  /** Of each network the kinds of its accounts, judged and written before all of its shards. */
  private List<TopicJudge.Shard> withKinds(
      List<TopicJudge.Shard> shards, CoreColumns core, TopicJudge judge) {
    List<TopicJudge.Shard> first = shards.stream().filter(shard -> shard.number() == 0).toList();
    lake.overwrite(
        AccountKinds.TABLE,
        core.inTasks(first, judge.kinds()).stream().<DataFile>flatMap(List::stream).toList());
    TableFiles kinds = lake.files(AccountKinds.TABLE);
    return shards.stream()
        .map(shard -> shard.withKinds(kinds.holding(AccountKinds.NETWORK, shard.network())))
        .toList();
  }

  /** The shards of all networks that topics, languages or kinds are known of, with their files. */
  private List<TopicJudge.Shard> shards(long nightDay) {
    TableFiles increments = lake.files(TopicIncrements.TABLE);
    TableFiles hashtags = NetworkFiles.hashtags(lake, nightDay);
    TableFiles languages = lake.files(AccountLanguages.TABLE);
    TableFiles kinds = lake.files(AccountKinds.TABLE);
    SortedSet<String> names = NetworkFiles.loaded(lake, nightDay);
    names.addAll(increments.distinct(TopicIncrements.NETWORK));
    names.addAll(languages.distinct(AccountLanguages.NETWORK));
    names.addAll(kinds.distinct(AccountKinds.NETWORK));
    List<TopicJudge.Shard> shards = new ArrayList<>();
    for (String name : names) {
      TableFiles its = increments.holding(TopicIncrements.NETWORK, name);
      int count =
          1
              + Math.toIntExact(
                  Math.max(0, its.rowCount() - 1) / night.value(TopicSettings.SHARD_ROWS));
      for (int shard = 0; shard < count; shard++) {
        shards.add(
            new TopicJudge.Shard(
                name,
                shard,
                count,
                its,
                hashtags.holding(HashtagIncrements.NETWORK, name),
                languages.holding(AccountLanguages.NETWORK, name),
                kinds.holding(AccountKinds.NETWORK, name),
                false));
      }
    }
    return shards;
  }

  private static <T> List<DataFile> files(List<T> told, Function<T, List<DataFile>> which) {
    return told.stream().flatMap(one -> which.apply(one).stream()).toList();
  }
}
