package renown.night.audience;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.sketches.AudienceSketch;
import renown.kernels.sketches.PairNumbers;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.MartAudienceSketches;
import renown.tables.MartTopicScores;
import renown.tables.TopicIncrements;

/**
 * Who is reached by whom, as sketches: of accounts with a score, overall and on the topics on which
 * they have an expertise. Those that are known are united with what is new; only those of accounts
 * whose audience may have shrunk, or that have none yet, are made from all edges.
 */
final class Audiences {
  private static final Set<String> REACTIONS =
      Set.of("repost", "quote", "reply", "mention", "like");
  private static final String FOLLOW = "follow";

  private final AudienceInput input;
  private final CredibleSet credible;

  /** Numbers of topics; that of everything is 0. */
  private final Map<String, Integer> topicNumbers = new HashMap<>();

  /** Accounts and topics that get a sketch. */
  private final PairNumbers worthy = new PairNumbers();

  private String[] networks = new String[16];
  private String[] topics = new String[16];
  private double[] scores = new double[16];

  /** NaN and -1 for everything. */
  private double[] expertises = new double[16];

  private long[] attesters = new long[16];
  private final byte[][] sketches;
  private int remade;

  Audiences(AudienceInput input, CredibleSet credible) {
    this.input = input;
    this.credible = credible;
    topicNumbers.put(AudienceInput.EVERYTHING, 0);
    readWorthy();
    sketches = new byte[worthy.size()][];
    readKnown(shrunk());
    Added added = new Added(again());
    addEdges(added);
    addTopics(added);
    added.unite();
  }

  private void readWorthy() {
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
            scores[worthy.of(account, 0)],
            onTopics.doubles(MartTopicScores.EXPERTISE).get(i),
            onTopics.longs(MartTopicScores.ATTESTER_COUNT).get(i));
      }
    }
  }

  private void add(
      String network, long account, String topic, double score, double expertise, long attested) {
    int number = topicNumbers.computeIfAbsent(topic, unknown -> topicNumbers.size());
    int pair = worthy.add(account, number);
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

  /**
   * Accounts of which somebody who counted may no longer be reached: something was undone, or
   * somebody counts no more.
   */
  private KeyNumbers shrunk() {
    KeyNumbers shrunk = new KeyNumbers(1 << 10);
    ColumnRows acts =
        input.interactions().read(Interactions.TARGET_KEY, Interactions.CHANGE, Interactions.NIGHT);
    for (int i = 0; i < acts.size(); i++) {
      if (acts.longs(Interactions.CHANGE).get(i) < 0
          && input.isTonight(acts.longs(Interactions.NIGHT).get(i))) {
        shrunk.add(acts.longs(Interactions.TARGET_KEY).get(i));
      }
    }
    if (credible.isAnyGone()) {
      ColumnRows lost =
          input
              .edges()
              .readWhere(
                  (rows, row) -> credible.isGone(rows.longs(EdgeIncrements.SRC_KEY).get(row)),
                  List.of(EdgeIncrements.SRC_KEY),
                  EdgeIncrements.DST_KEY);
      for (long account : lost.longs(EdgeIncrements.DST_KEY).toArray()) {
        shrunk.add(account);
      }
    }
    return shrunk;
  }

  /** Of last night's sketches those that need not be made again. */
  private void readKnown(KeyNumbers shrunk) {
    ColumnRows last =
        input
            .sketches()
            .read(
                MartAudienceSketches.ACCOUNT_KEY,
                MartAudienceSketches.TOPIC_ID,
                MartAudienceSketches.SKETCH);
    for (int i = 0; i < last.size(); i++) {
      long account = last.longs(MartAudienceSketches.ACCOUNT_KEY).get(i);
      int pair = pair(account, last.texts(MartAudienceSketches.TOPIC_ID).get(i));
      if (pair >= 0 && shrunk.of(account) < 0) {
        sketches[pair] = last.lists(MartAudienceSketches.SKETCH).bytes(i);
      }
    }
  }

  private int pair(long account, String topic) {
    Integer number = topicNumbers.get(topic);
    return number == null ? -1 : worthy.of(account, number);
  }

  /** The accounts with a sketch to be made from all edges. */
  private KeyNumbers again() {
    KeyNumbers again = new KeyNumbers(1 << 10);
    for (int pair = 0; pair < sketches.length; pair++) {
      if (sketches[pair] == null) {
        again.add(worthy.first(pair));
        remade++;
      }
    }
    return again;
  }

  private void addEdges(Added added) {
    ColumnRows edges =
        input
            .edges()
            .readWhere(
                (rows, row) ->
                    added.isWanted(
                        rows.longs(EdgeIncrements.SRC_KEY).get(row),
                        rows.longs(EdgeIncrements.DST_KEY).get(row),
                        0,
                        input.isTonight(rows.longs(EdgeIncrements.NIGHT).get(row))),
                List.of(EdgeIncrements.SRC_KEY, EdgeIncrements.DST_KEY, EdgeIncrements.NIGHT),
                EdgeIncrements.SRC_KEY,
                EdgeIncrements.DST_KEY,
                EdgeIncrements.VERB,
                EdgeIncrements.ACT_COUNT);
    for (int i = 0; i < edges.size(); i++) {
      String verb = edges.texts(EdgeIncrements.VERB).get(i);
      if (verb.equals(FOLLOW) || REACTIONS.contains(verb)) {
        added.add(
            edges.longs(EdgeIncrements.SRC_KEY).get(i),
            edges.longs(EdgeIncrements.DST_KEY).get(i),
            0,
            edges.longs(EdgeIncrements.ACT_COUNT).get(i));
      }
    }
  }

  private void addTopics(Added added) {
    ColumnRows rows =
        input
            .topicEdges()
            .readWhere(
                (some, row) -> {
                  Integer topic = topicNumbers.get(some.texts(TopicIncrements.TOPIC_ID).get(row));
                  return topic != null
                      && topic != 0
                      && added.isWanted(
                          some.longs(TopicIncrements.SRC_KEY).get(row),
                          some.longs(TopicIncrements.DST_KEY).get(row),
                          topic,
                          input.isTonight(some.longs(TopicIncrements.NIGHT).get(row)));
                },
                List.of(
                    TopicIncrements.TOPIC_ID,
                    TopicIncrements.SRC_KEY,
                    TopicIncrements.DST_KEY,
                    TopicIncrements.NIGHT),
                TopicIncrements.TOPIC_ID,
                TopicIncrements.SRC_KEY,
                TopicIncrements.DST_KEY,
                TopicIncrements.VERB,
                TopicIncrements.ACT_COUNT);
    for (int i = 0; i < rows.size(); i++) {
      if (REACTIONS.contains(rows.texts(TopicIncrements.VERB).get(i))) {
        added.add(
            rows.longs(TopicIncrements.SRC_KEY).get(i),
            rows.longs(TopicIncrements.DST_KEY).get(i),
            topicNumbers.get(rows.texts(TopicIncrements.TOPIC_ID).get(i)),
            rows.longs(TopicIncrements.ACT_COUNT).get(i));
      }
    }
  }

  /**
   * What the night brings to the sets: of accounts to be made again and by sources that are new
   * everything, of the others what the night's acts add.
   */
  private final class Added {
    private final KeyNumbers again;
    private final PairNumbers reached = new PairNumbers();
    private long[] acts = new long[1 << 10];

    Added(KeyNumbers again) {
      this.again = again;
    }

    /** Whether an act changes a sketch. */
    boolean isWanted(long src, long dst, int topic, boolean isTonight) {
      return worthy.of(dst, topic) >= 0
          && credible.has(src)
          && (isTonight || again.of(dst) >= 0 || credible.isNew(src));
    }

    void add(long src, long dst, int topic, long count) {
      int row = reached.add(worthy.of(dst, topic), src);
      if (row == acts.length) {
        acts = Arrays.copyOf(acts, 2 * row);
      }
      acts[row] += count;
    }

    void unite() {
      int[] offsets = new int[worthy.size() + 1];
      for (int row = 0; row < reached.size(); row++) {
        offsets[(int) reached.first(row) + 1] += acts[row] > 0 ? 1 : 0;
      }
      Arrays.parallelPrefix(offsets, Integer::sum);
      long[] sources = new long[offsets[worthy.size()]];
      int[] next = offsets.clone();
      for (int row = 0; row < reached.size(); row++) {
        if (acts[row] > 0) {
          sources[next[(int) reached.first(row)]++] = reached.second(row);
        }
      }
      for (int pair = 0; pair < worthy.size(); pair++) {
        if (offsets[pair] < offsets[pair + 1]) {
          byte[] sketch =
              AudienceSketch.of(Arrays.copyOfRange(sources, offsets[pair], offsets[pair + 1]));
          sketches[pair] =
              sketches[pair] == null ? sketch : AudienceSketch.union(sketches[pair], sketch);
        }
      }
    }
  }

  int size() {
    return sketches.length;
  }

  long account(int pair) {
    return worthy.first(pair);
  }

  String network(int pair) {
    return networks[pair];
  }

  String topic(int pair) {
    return topics[pair];
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

  /** The number of an account's pair with a topic, or -1 if it is to have no sketch. */
  int of(long account, String topic) {
    return pair(account, topic);
  }

  /** The sketch, or null if nobody is reached. */
  byte[] sketch(int pair) {
    return sketches[pair];
  }

  /** How many were made from all edges. */
  int remade() {
    return remade;
  }
}
