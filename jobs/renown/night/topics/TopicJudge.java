package renown.night.topics;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import renown.kernels.rank.KeyIndex;
import renown.kernels.taxonomy.Topic;
import renown.kernels.topics.HashtagTopics;
import renown.kernels.topics.JudgedTopic;
import renown.kernels.topics.PairWeights;
import renown.kernels.topics.TopicAccounts;
import renown.kernels.topics.TopicExpertise;
import renown.kernels.topics.TopicSums;
import renown.kernels.topics.TopicVerb;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.TableFileWriter;
import renown.lake.TableFiles;
import renown.tables.AccountKinds;
import renown.tables.AccountResponseRates;
import renown.tables.AccountState;
import renown.tables.Exclusions;
import renown.tables.MartEmergingHashtags;
import renown.tables.MartTopicAttesters;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.TopicIncrements;

/**
 * Judges topics of one network in one task, and writes what is published of them: all of them, or
 * those that fall to a shard. What shards have to tell one another is who returns attention.
 */
final class TopicJudge implements CoreColumns.PairTask<TopicJudge.Shard, TopicJudge.Judged> {
  private static final long serialVersionUID = 1;

  /**
   * What a task is sent.
   *
   * @param number of the shard, below {@code count}
   * @param count shards among which the topics of the network are shared out
   * @param increments files that may hold increments of the network
   * @param hashtags files that may hold its hashtags of the last nights
   * @param kinds of its accounts
   * @param areKindsJudged whether they are as of tonight, and not of the night before
   */
  record Shard(
      String network,
      int number,
      int count,
      TableFiles increments,
      TableFiles hashtags,
      TableFiles languages,
      TableFiles kinds,
      boolean areKindsJudged)
      implements Serializable {
    /** The same, once kinds of tonight are written. */
    Shard withKinds(TableFiles judged) {
      return new Shard(network, number, count, increments, hashtags, languages, judged, true);
    }

    /** Whether a topic falls to it; that which stands for any is needed by all. */
    boolean has(String topicId) {
      return topicId.equals(TopicNumbers.EVERYTHING)
          || Math.floorMod(topicId.hashCode(), count) == number;
    }
  }

  /** What a shard judges. */
  private record Laid(
      TopicSums sums, String[] topics, int everything, KeyIndex keys, TopicExpertise expertise) {}

  /**
   * What a task tells.
   *
   * @param kinds of the network's accounts, where they were not judged before
   * @param compacted all increments of the shard, one row each; empty unless they were asked for
   * @param counts by topic: accounts with a row, and of those, accounts with an expertise
   * @param unconverged a topic whose ranking did not converge; null if all have
   */
  record Judged(
      List<DataFile> scores,
      List<DataFile> leaders,
      List<DataFile> attesters,
      List<DataFile> hashtags,
      List<DataFile> kinds,
      List<DataFile> compacted,
      Map<String, long[]> counts,
      String unconverged)
      implements Serializable {}

  /**
   * What is asked for.
   *
   * @param leastActs own posts and reactions about a topic, for who is neither attested nor voted
   *     for
   * @param compacts whether the increments are to be written again, one row each
   */
  record Options(
      long nightDay,
      TopicExpertise.Options expertise,
      long leastActs,
      long leaders,
      long attesters,
      long emerging,
      boolean compacts)
      implements Serializable {}

  private final Options options;
  private final SharedMatcher shared;
  private final TableFiles credibilities;
  private final TableFiles responseRates;
  private final Kinds kinds;
  private final TableFileWriter scoreFiles;
  private final TableFileWriter leaderFiles;
  private final TableFileWriter attesterFiles;
  private final TableFileWriter hashtagFiles;
  private final TableFileWriter kindFiles;
  private final TableFileWriter incrementFiles;

  TopicJudge(Lake lake, SharedMatcher shared, Options options) {
    this.options = options;
    this.shared = shared;
    credibilities = lake.files(AccountState.TABLE);
    responseRates = lake.files(AccountResponseRates.TABLE);
    kinds = new Kinds(lake, options.nightDay);
    scoreFiles = lake.writer(MartTopicScores.TABLE);
    leaderFiles = lake.writer(MartTopicLeaders.TABLE);
    attesterFiles = lake.writer(MartTopicAttesters.TABLE);
    hashtagFiles = lake.writer(MartEmergingHashtags.TABLE);
    kindFiles = lake.writer(AccountKinds.TABLE);
    incrementFiles = lake.writer(TopicIncrements.TABLE);
  }

  @Override
  public String network(Shard shard) {
    return shard.network;
  }

  @Override
  public int number(Shard shard) {
    return shard.number;
  }

  @Override
  public int count(Shard shard) {
    return shard.count;
  }

  @Override
  public Judged run(Shard shard, CoreColumns.Seen core) throws IOException {
    Laid laid = lay(shard, core);
    return judge(shard, core, laid, laid.expertise.given());
  }

  @Override
  public PairWeights given(Shard shard, CoreColumns.Seen core) {
    return lay(shard, core).expertise.given();
  }

  @Override
  public Judged run(Shard shard, CoreColumns.Seen core, PairWeights given) throws IOException {
    return judge(shard, core, lay(shard, core), given);
  }

  /** Writes the kinds of a network's accounts, for shards that all need them. */
  CoreColumns.Task<Shard, ArrayList<DataFile>> kinds() {
    return new CoreColumns.Task<>() {
      private static final long serialVersionUID = 1;

      @Override
      public ArrayList<DataFile> run(Shard shard, CoreColumns.Seen core) throws IOException {
        TopicSums sums = new TopicSums();
        String[] topics = read(shard, TopicNumbers.EVERYTHING::equals, sums);
        KeyIndex keys = sums.accounts();
        double[] reactions = reactions(sums, everything(topics), keys);
        return new ArrayList<>(
            kindFiles.write(kinds.judge(shard.network, shard.kinds, core, reactions, keys)));
      }

      @Override
      public String network(Shard shard) {
        return shard.network;
      }
    };
  }

  private Laid lay(Shard shard, CoreColumns.Seen core) {
    TopicSums sums = new TopicSums();
    String[] topics = read(shard, shard.count == 1 ? null : shard::has, sums);
    KeyIndex keys = sums.accounts();
    TopicAccounts accounts = new TopicAccounts(keys);
    tellCredibilities(accounts);
    for (ColumnRows part : core.of(Exclusions.TABLE)) {
      for (long key : part.longs(Exclusions.ACCOUNT_KEY).toArray()) {
        accounts.exclude(key);
      }
    }
    int everything = everything(topics);
    return new Laid(
        sums,
        topics,
        everything,
        keys,
        new TopicExpertise(sums, topics.length, everything, accounts, options.expertise));
  }

  private static int everything(String[] topics) {
    return Arrays.binarySearch(topics, TopicNumbers.EVERYTHING);
  }

  private Judged judge(Shard shard, CoreColumns.Seen core, Laid laid, PairWeights given)
      throws IOException {
    // Of topics of an earlier taxonomy nothing is published but what accounts do themselves.
    Map<String, String> labels = new HashMap<>();
    for (Topic topic : shared.taxonomy().topics()) {
      labels.put(topic.id(), topic.label("en"));
    }
    String[] topics = laid.topics;
    ColumnRows judgedKinds =
        shard.areKindsJudged
            ? shard.kinds.read(AccountKinds.TABLE.columns())
            : kinds.judge(
                shard.network,
                shard.kinds,
                core,
                reactions(laid.sums, laid.everything, laid.keys),
                laid.keys);
    Profiles profiles = new Profiles(shard.network, laid.keys, core, judgedKinds, shard.languages);
    profiles.readResponseRates(responseRates);

    TopicExpertise expertise = laid.expertise.returning(given);
    ColumnRows scores = new ColumnRows(MartTopicScores.TABLE);
    ColumnRows leaders = new ColumnRows(MartTopicLeaders.TABLE);
    ColumnRows attesters = new ColumnRows(MartTopicAttesters.TABLE);
    TopicRows rows = new TopicRows(shard.network, options, profiles);
    TreeMap<String, long[]> counts = new TreeMap<>();
    for (int topic = 0; topic < topics.length; topic++) {
      if (topic == laid.everything) {
        continue;
      }
      String label = labels.get(topics[topic]);
      JudgedTopic judged = expertise.judge(topic, label != null);
      if (judged == null) {
        return new Judged(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            counts,
            topics[topic]);
      }
      counts.put(topics[topic], rows.addScores(topics[topic], judged, scores));
      if (label != null) {
        rows.addLeaders(topics[topic], label, judged, leaders);
        rows.addAttesters(topics[topic], judged, attesters);
      }
    }
    return new Judged(
        scoreFiles.write(scores),
        leaderFiles.write(leaders),
        attesterFiles.write(attesters),
        shard.number == 0 ? hashtagFiles.write(emerging(shard)) : List.of(),
        shard.areKindsJudged ? List.of() : kindFiles.write(judgedKinds),
        options.compacts ? incrementFiles.write(compacted(shard, laid)) : List.of(),
        counts,
        null);
  }

  /** Its increments, one row each. */
  private ColumnRows compacted(Shard shard, Laid laid) {
    // What all shards need is written by the first.
    TopicSums its = shard.number == 0 ? laid.sums : laid.sums.without(laid.everything);
    return IncrementRows.of(
        its.merged(false), shard.network, Arrays.asList(laid.topics), options.nightDay);
  }

  /**
   * Reads the increments of wanted topics, or, by null, of all; gives these topics, and everything,
   * by number.
   */
  private String[] read(Shard shard, Predicate<String> wanted, TopicSums sums) {
    TopicNumbers met = new TopicNumbers();
    for (TableFiles file : shard.increments.each()) {
      IncrementRows.read(file, shard.network, wanted, options.expertise.clock(), met, sums);
    }
    // Files come in any order: topics are numbered in the order of their ids.
    String[] topics = met.ids().stream().sorted().toArray(String[]::new);
    sums.renumber(met.ids().stream().mapToInt(id -> Arrays.binarySearch(topics, id)).toArray());
    return topics;
  }

  private void tellCredibilities(TopicAccounts accounts) {
    ColumnRows known =
        credibilities
            .read(AccountState.ACCOUNT_KEY, AccountState.CREDIBILITY, AccountState.TRADING_SHARE)
            .having(AccountState.CREDIBILITY);
    for (int row = 0; row < known.size(); row++) {
      accounts.tell(
          known.longs(AccountState.ACCOUNT_KEY).get(row),
          known.doubles(AccountState.CREDIBILITY).get(row),
          known.doubles(AccountState.TRADING_SHARE).get(row));
    }
  }

  /** Decayed reactions of each account to others, by number. */
  private double[] reactions(TopicSums sums, int everything, KeyIndex keys) {
    long[] units = new long[keys.size()];
    for (int row = 0; row < sums.size(); row++) {
      if (sums.topic(row) == everything && sums.verb(row) == TopicVerb.REACTION) {
        units[keys.find(sums.source(row))] += sums.units(row);
      }
    }
    double perUnit = options.expertise.clock().actsPerUnit();
    return Arrays.stream(units).mapToDouble(some -> Math.max(some, 0) * perUnit).toArray();
  }

  private ColumnRows emerging(Shard shard) {
    HashtagTopics counted = Hashtags.read(shard.hashtags, shard.network, options.nightDay);
    List<HashtagTopics.Hashtag> emerging = new ArrayList<>(counted.emerging(options.emerging));
    ColumnRows rows = new ColumnRows(MartEmergingHashtags.TABLE);
    for (int i = 0; i < emerging.size(); i++) {
      HashtagTopics.Hashtag hashtag = emerging.get(i);
      rows.texts(MartEmergingHashtags.NETWORK).add(shard.network);
      rows.texts(MartEmergingHashtags.HASHTAG).add(hashtag.hashtag());
      rows.longs(MartEmergingHashtags.PLACE).add(i + 1L);
      rows.longs(MartEmergingHashtags.AUTHOR_COUNT).add(hashtag.authorCount());
      rows.longs(MartEmergingHashtags.POST_COUNT).add(hashtag.postCount());
      rows.longs(MartEmergingHashtags.AUTHOR_COUNT_BEFORE).add(hashtag.authorCountBefore());
      rows.texts(MartEmergingHashtags.TOPIC_ID).add(hashtag.topicId());
      TopicRows.add(rows.doubles(MartEmergingHashtags.TOPIC_CONFIDENCE), hashtag.confidence());
      rows.longs(MartEmergingHashtags.NIGHT).add(options.nightDay);
    }
    return rows;
  }
}
