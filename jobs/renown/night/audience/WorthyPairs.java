package renown.night.audience;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.sketches.PairNumbers;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.MartTopicScores;

/**
 * The accounts and topics that get a sketch: accounts with a score, overall and on the topics on
 * which they have an expertise.
 */
final class WorthyPairs {
  private final AudienceInput input;

  /** Numbers of topics; that of everything is 0. */
  private final Map<String, Integer> topicNumbers = new HashMap<>();

  private final PairNumbers pairs = new PairNumbers();
  private String[] networks = new String[16];
  private String[] topics = new String[16];
  private double[] scores = new double[16];

  /** NaN and -1 for everything. */
  private double[] expertises = new double[16];

  private long[] attesters = new long[16];

  WorthyPairs(AudienceInput input) {
    this.input = input;
    topicNumbers.put(AudienceInput.EVERYTHING, 0);
    read();
  }

  private void read() {
    KeyNumbers scored = new KeyNumbers(1 << 10);
    ColumnRows rows =
        input
            .accountStates()
            .read(
                AccountState.NETWORK,
                AccountState.ACCOUNT_KEY,
                AccountState.EVIDENCE,
                AccountState.SCORE)
            .having(AccountState.EVIDENCE);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.texts(AccountState.EVIDENCE).get(i).equals("sufficient")) {
        long account = rows.longs(AccountState.ACCOUNT_KEY).get(i);
        scored.add(account);
        add(
            rows.texts(AccountState.NETWORK).get(i),
            account,
            AudienceInput.EVERYTHING,
            rows.doubles(AccountState.SCORE).get(i),
            Double.NaN,
            -1);
      }
    }
    ColumnRows onTopics =
        input
            .topicScores()
            .read(
                MartTopicScores.NETWORK,
                MartTopicScores.ACCOUNT_KEY,
                MartTopicScores.TOPIC_ID,
                MartTopicScores.EXPERTISE,
                MartTopicScores.ATTESTER_COUNT);
    for (int i = 0; i < onTopics.size(); i++) {
      long account = onTopics.longs(MartTopicScores.ACCOUNT_KEY).get(i);
      if (!onTopics.doubles(MartTopicScores.EXPERTISE).isNull(i) && scored.of(account) >= 0) {
        add(
            onTopics.texts(MartTopicScores.NETWORK).get(i),
            account,
            onTopics.texts(MartTopicScores.TOPIC_ID).get(i),
            scores[pairs.of(account, 0)],
            onTopics.doubles(MartTopicScores.EXPERTISE).get(i),
            onTopics.longs(MartTopicScores.ATTESTER_COUNT).get(i));
      }
    }
  }

  private void add(
      String network, long account, String topic, double score, double expertise, long attested) {
    int number = topicNumbers.computeIfAbsent(topic, unknown -> topicNumbers.size());
    int pair = pairs.add(account, number);
    if (pair == scores.length) {
      networks = Arrays.copyOf(networks, 2 * pair);
      topics = Arrays.copyOf(topics, 2 * pair);
      scores = Arrays.copyOf(scores, 2 * pair);
      expertises = Arrays.copyOf(expertises, 2 * pair);
      attesters = Arrays.copyOf(attesters, 2 * pair);
    }
    networks[pair] = network;
    topics[pair] = topic;
    scores[pair] = score;
    expertises[pair] = expertise;
    attesters[pair] = attested;
  }

  /** The number of a topic; null if no account has a sketch on it. */
  Integer topicNumber(String topic) {
    return topicNumbers.get(topic);
  }

  /** The number of an account's pair with a topic, or -1 if it is to have no sketch. */
  int of(long account, String topic) {
    Integer number = topicNumbers.get(topic);
    return number == null ? -1 : pairs.of(account, number);
  }

  /** The same by the number of the topic. */
  int of(long account, int topic) {
    return pairs.of(account, topic);
  }

  int size() {
    return pairs.size();
  }

  long account(int pair) {
    return pairs.first(pair);
  }

  String network(int pair) {
    return networks[pair];
  }

  String topic(int pair) {
    return topics[pair];
  }

  boolean isOfAll(int pair) {
    return pairs.second(pair) == 0;
  }

  double score(int pair) {
    return scores[pair];
  }

  /** NaN for everything. */
  double expertise(int pair) {
    return expertises[pair];
  }

  long attesters(int pair) {
    return attesters[pair];
  }
}
