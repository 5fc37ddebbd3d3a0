package renown.night.topics;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import renown.kernels.rank.KeyIndex;
import renown.kernels.taxonomy.Topic;
import renown.kernels.topics.HashtagTopics;
import renown.kernels.topics.JudgedTopic;
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

/** Judges the topics of one network in one task, and writes what is published of them. */
final class TopicJudge implements CoreColumns.Task<TopicJudge.Network, TopicJudge.Judged> {
  private static final long serialVersionUID = 1;

  /**
   * What a task is sent.
   *
   * @param increments files that may hold increments of the network
   * @param hashtags files that may hold its hashtags of the last nights
   */
  record Network(
      String name,
      TableFiles increments,
      TableFiles hashtags,
      TableFiles languages,
      TableFiles kinds)
      implements Serializable {}

  /**
   * What a task tells.
   *
   * @param compacted all increments of the network, one row each; empty unless they were asked for
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
  public String network(Network network) {
    return network.name;
  }

  @Override
  public Judged run(Network network, CoreColumns.Seen core) throws IOException {
    // Of topics of an earlier taxonomy nothing is published but what accounts do themselves.
    Map<String, String> labels = new HashMap<>();
    for (Topic topic : shared.taxonomy().topics()) {
      labels.put(topic.id(), topic.label("en"));
    }
    TopicSums sums = new TopicSums();
    String[] topics = read(network, sums);
    KeyIndex keys = sums.accounts();
    TopicAccounts accounts = new TopicAccounts(keys);
    tellCredibilities(accounts);
    for (ColumnRows part : core.of(Exclusions.TABLE)) {
      for (long key : part.longs(Exclusions.ACCOUNT_KEY).toArray()) {
        accounts.exclude(key);
      }
    }
    ColumnRows judgedKinds = kinds.judge(network, core, reactions(sums, topics, keys), keys);
    Profiles profiles = new Profiles(network.name, keys, core, judgedKinds, network.languages);
    profiles.readResponseRates(responseRates);

    int everything = Arrays.binarySearch(topics, TopicNumbers.EVERYTHING);
    TopicExpertise expertise =
        new TopicExpertise(sums, topics.length, everything, accounts, options.expertise);
    ColumnRows scores = new ColumnRows(MartTopicScores.TABLE);
    ColumnRows leaders = new ColumnRows(MartTopicLeaders.TABLE);
    ColumnRows attesters = new ColumnRows(MartTopicAttesters.TABLE);
    TopicRows rows = new TopicRows(network.name, options, profiles);
    TreeMap<String, long[]> counts = new TreeMap<>();
    for (int topic = 0; topic < topics.length; topic++) {
      if (topic == everything) {
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
        hashtagFiles.write(emerging(network)),
        kindFiles.write(judgedKinds),
        options.compacts
            ? incrementFiles.write(
                IncrementRows.of(
                    sums.merged(false), network.name, Arrays.asList(topics), options.nightDay))
            : List.of(),
        counts,
        null);
  }

  /** Reads the network's increments; gives their topics, and everything, by number. */
  private String[] read(Network network, TopicSums sums) {
    TopicNumbers met = new TopicNumbers();
    for (TableFiles file : network.increments.each()) {
      IncrementRows.read(file, network.name, options.expertise.clock(), met, sums);
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
  private double[] reactions(TopicSums sums, String[] topics, KeyIndex keys) {
    int everything = Arrays.binarySearch(topics, TopicNumbers.EVERYTHING);
    long[] units = new long[keys.size()];
    for (int row = 0; row < sums.size(); row++) {
      if (sums.topic(row) == everything && sums.verb(row) == TopicVerb.REACTION) {
        units[keys.find(sums.source(row))] += sums.units(row);
      }
    }
    double perUnit = options.expertise.clock().actsPerUnit();
    return Arrays.stream(units).mapToDouble(some -> Math.max(some, 0) * perUnit).toArray();
  }

  private ColumnRows emerging(Network network) {
    HashtagTopics counted = Hashtags.read(network.hashtags, network.name, options.nightDay);
    List<HashtagTopics.Hashtag> emerging = new ArrayList<>(counted.emerging(options.emerging));
    ColumnRows rows = new ColumnRows(MartEmergingHashtags.TABLE);
    for (int i = 0; i < emerging.size(); i++) {
      HashtagTopics.Hashtag hashtag = emerging.get(i);
      rows.texts(MartEmergingHashtags.NETWORK).add(network.name);
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
