package renown.kernels.topics;

import java.io.Serializable;
import java.util.Arrays;
import renown.kernels.keys.RowOrder;
import renown.kernels.rank.KeyIndex;

/**
 * Interest and expertise of one network's accounts, topic by topic.
 *
 * <p>Attention of one account to another on a topic weighs the sum over verbs of {@code verb weight
 * * ln(1 + decayed count)}. Of it, the part that the other side returns, on whatever topic, says
 * little of either: nine tenths of it do not count. What an attester brings is {@code damping
 * factor * its rank * what counts of the weight / weight of all it gives on the topic}, as a
 * multiple of the mean rank of the topic's accounts.
 *
 * <p>Attention follows a name, so it counts by how much of the account's attention is about the
 * topic; votes judge posts and cannot be traded. Their share on the topic is shrunk to that of the
 * whole network: see {@link TopicVotes}.
 */
public final class TopicExpertise {
  /** Prior weight, in acts, that shrinks a share of attention to that of attention overall. */
  private static final double PRIOR_ACTS = 3;

  /** Weight of returned attention that does not count. */
  private static final double RETURNED_SHARE = 0.9;

  /** As in credibility. */
  private static final double TRADE_EXPONENT = 1.5;

  /** Preference of an attester of whom no credibility is known. */
  private static final double UNKNOWN_CREDIBILITY = 0.001;

  /**
   * How it is done.
   *
   * @param verbWeights of the verbs of attention, in the order of {@link TopicVerb}, 0 or more
   * @param tolerance see {@link TopicRanks}
   * @param leastCredibility attesters below it do not count as evidence; neither do those most of
   *     whose attention is returned
   * @param voteWeight what a vote earns, as a multiple of the mean rank, 0 or more
   * @param votePrior strength with which the share of an account's votes is shrunk, above 0
   * @param leastAttesters with fewer attesters and votes there is no expertise
   */
  public record Options(
      double[] verbWeights,
      TopicClock clock,
      double dampingFactor,
      double tolerance,
      int mostSweeps,
      double leastCredibility,
      double voteWeight,
      double votePrior,
      long leastAttesters)
      implements Serializable {}

  private final TopicSums sums;
  private final TopicAccounts accounts;
  private final Options options;
  private final double actsPerUnit;
  private final int[] sources;
  private final int[] destinations;

  /** Rows of the sums by topic, destination and source, and where each topic begins. */
  private final int[] order;

  private final int[] rowStarts;
  private final TopicEdges edges;
  private final int[] edgeStarts;
  private final double[] outgoing;

  /**
   * By account, how much of what it earns is believed: one that trades attention is discounted as
   * it is as a source.
   */
  private final double[] believed;

  /** Over all topics, by account: units of its own acts, of attention and of votes received. */
  private final long[] ownUnits;

  private final long[] receivedUnits;
  private final long[] voteUnits;
  private final double receivedByAll;
  private final double votesOfAll;

  /** By account, for the topic that is looked at: its place among the topic's accounts. */
  private final int[] places;

  /**
   * Lays out the attention of one network, on all its topics or on some. Before any of them is
   * judged, {@link #returning} has to be told what accounts give one another.
   *
   * @param sums acts by topic, in units of the clock's night; each key may have many rows
   * @param topicCount topics are numbered 0 to this, without it
   * @param everything number that stands for any topic or none
   * @param accounts made of {@link TopicSums#accounts}
   */
  public TopicExpertise(
      TopicSums sums, int topicCount, int everything, TopicAccounts accounts, Options options) {
    this.sums = sums;
    this.accounts = accounts;
    this.options = options;
    this.actsPerUnit = options.clock.actsPerUnit();
    KeyIndex keys = accounts.keys;
    sources = sums.sourceNumbers(keys);
    destinations = sums.destinationNumbers(keys);
    int[] topics = sums.topics();
    order = new RowOrder(sums.size()).by(sources).by(destinations).by(topics).rows();
    rowStarts = starts(topics, topicCount);
    edges = new TopicEdges(pairs(everything));
    edgeStarts = new int[topicCount + 1];
    for (int topic = 0; topic < topicCount; topic++) {
      if (topic != everything) {
        addEdges(topic);
      }
      edgeStarts[topic + 1] = edges.size();
    }
    outgoing = new double[keys.size()];
    believed = new double[keys.size()];
    for (int account = 0; account < believed.length; account++) {
      believed[account] =
          StrictMath.pow(1 - accounts.tradingShares[account] * RETURNED_SHARE, TRADE_EXPONENT);
    }

    ownUnits = new long[keys.size()];
    receivedUnits = new long[keys.size()];
    voteUnits = new long[keys.size()];
    for (int at = rowStarts[everything]; at < rowStarts[everything + 1]; at++) {
      int row = order[at];
      switch (sums.verb(row)) {
        case RECEIVED -> receivedUnits[sources[row]] += sums.units(row);
        case VOTE -> voteUnits[sources[row]] += sums.units(row);
        default -> ownUnits[sources[row]] += sums.units(row);
      }
    }
    receivedByAll = sum(receivedUnits);
    votesOfAll = sum(voteUnits);
    places = new int[keys.size()];
    Arrays.fill(places, -1);
  }

  /** What accounts give one another on these topics. */
  public PairWeights given() {
    return edges.given(accounts.keys);
  }

  /**
   * Tells how much attention is returned, before anything is judged.
   *
   * @param given over all topics of the network, by the pairs of {@link #given()} that give both
   */
  public TopicExpertise returning(PairWeights given) {
    edges.markReturned(given, accounts.keys, RETURNED_SHARE);
    return this;
  }

  private static int[] starts(int[] topics, int topicCount) {
    int[] starts = new int[topicCount + 1];
    for (int topic : topics) {
      starts[topic + 1]++;
    }
    for (int topic = 0; topic < topicCount; topic++) {
      starts[topic + 1] += starts[topic];
    }
    return starts;
  }

  /** Sums of many accounts' units may exceed a long. */
  private static double sum(long[] units) {
    double sum = 0;
    for (long some : units) {
      sum += some;
    }
    return sum;
  }

  /** Pairs of accounts with any act on a topic; at least as many as there are edges. */
  private int pairs(int everything) {
    int pairs = 0;
    for (int topic = 0; topic + 1 < rowStarts.length; topic++) {
      for (int at = rowStarts[topic]; topic != everything && at < rowStarts[topic + 1]; at++) {
        pairs +=
            at == rowStarts[topic]
                    || sources[order[at]] != sources[order[at - 1]]
                    || destinations[order[at]] != destinations[order[at - 1]]
                ? 1
                : 0;
      }
    }
    return pairs;
  }

  private void addEdges(int topic) {
    long[] counts = new long[TopicVerb.ATTENTION_VERBS];
    long[] units = new long[TopicVerb.ATTENTION_VERBS];
    for (int from = rowStarts[topic], to; from < rowStarts[topic + 1]; from = to) {
      int source = sources[order[from]];
      int destination = destinations[order[from]];
      Arrays.fill(counts, 0);
      Arrays.fill(units, 0);
      long acts = 0;
      int latest = -1;
      for (to = from;
          to < rowStarts[topic + 1]
              && sources[order[to]] == source
              && destinations[order[to]] == destination;
          to++) {
        int row = order[to];
        if (sums.verb(row).isAttention()) {
          int verb = sums.verb(row).ordinal();
          counts[verb] += sums.actCount(row);
          units[verb] += sums.units(row);
          acts += sums.actCount(row);
          latest = latest < 0 ? row : sums.later(latest, row);
        }
      }
      double weight = 0;
      for (int verb = 0; verb < units.length; verb++) {
        weight +=
            StrictMath.log1p(Math.max(units[verb], 0) * actsPerUnit) * options.verbWeights[verb];
      }
      if (acts > 0
          && weight > 0
          && !accounts.excluded.get(source)
          && !accounts.excluded.get(destination)) {
        edges.add(topic, source, destination, weight, counts, acts, sums.latestPost(latest));
      }
    }
  }

  /** One topic's accounts. */
  private final class Members {
    final int[] members;
    final boolean[] acts;
    final long[] own;
    final long[] posts;
    final long[] reactions;
    final long[] attention;
    final long[] votes;
    final long[] voteCounts;

    Members(int topic) {
      int[] met = new int[2 * (rowStarts[topic + 1] - rowStarts[topic])];
      int size = 0;
      for (int at = rowStarts[topic]; at < rowStarts[topic + 1]; at++) {
        for (int account : new int[] {sources[order[at]], destinations[order[at]]}) {
          if (places[account] < 0) {
            places[account] = 0;
            met[size++] = account;
          }
        }
      }
      members = Arrays.copyOf(met, size);
      Arrays.sort(members);
      for (int place = 0; place < size; place++) {
        places[members[place]] = place;
      }
      acts = new boolean[size];
      own = new long[size];
      posts = new long[size];
      reactions = new long[size];
      attention = new long[size];
      votes = new long[size];
      voteCounts = new long[size];
      for (int at = rowStarts[topic]; at < rowStarts[topic + 1]; at++) {
        add(order[at]);
      }
    }

    private void add(int row) {
      int source = places[sources[row]];
      int destination = places[destinations[row]];
      TopicVerb verb = sums.verb(row);
      if (verb == TopicVerb.VOTE) {
        votes[destination] += sums.units(row);
        voteCounts[destination] += sums.actCount(row);
        return;
      }
      acts[source] = true;
      own[source] += sums.units(row);
      if (verb == TopicVerb.POST) {
        posts[source] += sums.actCount(row);
      } else {
        reactions[source] += sums.actCount(row);
        attention[destination] += sums.units(row);
      }
    }

    void forget() {
      for (int account : members) {
        places[account] = -1;
      }
    }
  }

  /**
   * The accounts of a topic.
   *
   * @param isRanked whether it is a topic of the taxonomy; otherwise nobody earns anything on it
   * @return null where the ranking did not converge
   */
  public JudgedTopic judge(int topic, boolean isRanked) {
    Members members = new Members(topic);
    try {
      return judge(topic, isRanked, members);
    } finally {
      members.forget();
    }
  }

  private JudgedTopic judge(int topic, boolean isRanked, Members members) {
    int size = members.members.length;
    int from = edgeStarts[topic];
    int to = isRanked ? edgeStarts[topic + 1] : from;
    double[] earnings = earnings(from, to, members);
    if (earnings == null) {
      return null;
    }
    boolean[] isListed = members.acts.clone();
    double[] earned = new double[size];
    double[] squares = new double[size];
    long[] attesters = new long[size];
    long[][] verbs = new long[TopicVerb.ATTENTION_VERBS][size];
    for (int edge = from; edge < to; edge++) {
      int place = places[edges.destination(edge)];
      double brought = earnings[edge - from];
      isListed[place] = true;
      earned[place] += brought;
      squares[place] += brought * brought;
      boolean isGiven = 2 * edges.returned(edge) < edges.weight(edge);
      if (isGiven && accounts.credibilities[edges.source(edge)] >= options.leastCredibility) {
        attesters[place]++;
      }
      for (int verb = 0; verb < verbs.length; verb++) {
        verbs[verb][place] += edges.count(edge, verb);
      }
    }
    double prior = share(sum(members.attention), receivedByAll);
    double voteShare = share(sum(members.votes), votesOfAll);
    JudgedTopic judged = new JudgedTopic(edges, from, earnings, accounts, size);
    for (int place = 0; place < size; place++) {
      int account = members.members[place];
      if (!isListed[place] || accounts.excluded.get(account)) {
        continue;
      }
      double attention = Math.max(receivedUnits[account], 0) * actsPerUnit;
      double onTopic = Math.max(members.attention[place], 0) * actsPerUnit;
      double share = Math.min((onTopic + prior * PRIOR_ACTS) / (attention + PRIOR_ACTS), 1);
      double votes = Math.max(members.votes[place], 0) * actsPerUnit;
      double allVotes = Math.max(voteUnits[account], 0) * actsPerUnit;
      // Anonymous votes cannot be traded.
      double counted = share * believed[account];
      judged.add(
          account,
          attesters[place],
          Math.max(members.voteCounts[place], 0),
          Math.max(members.posts[place], 0),
          Math.max(members.reactions[place], 0));
      judged.setShares(
          receivedUnits[account] > 0 ? share : Double.NaN,
          ownUnits[account] > 0
              ? Math.min((double) Math.max(members.own[place], 0) / ownUnits[account], 1)
              : Double.NaN);
      // Were each attester drawn a Poisson(1) number of times, its sum would have this variance.
      // Each vote is drawn so too; decayed ones vary less than this.
      judged.setEarned(
          earned[place] * counted
              + TopicVotes.worth(votes, allVotes, voteShare, options.votePrior)
                  * options.voteWeight,
          squares[place] * counted * counted
              + TopicVotes.variance(votes, allVotes, voteShare, options.votePrior)
                  * options.voteWeight
                  * options.voteWeight);
      for (int verb = 0; verb < verbs.length; verb++) {
        judged.setVerbCount(verb, verbs[verb][place]);
      }
    }
    judged.score(options.leastAttesters);
    return judged;
  }

  /** What each edge of a topic brings; null where the ranking did not converge. */
  private double[] earnings(int from, int to, Members members) {
    int size = members.members.length;
    int[] starts = new int[size + 1];
    int[] edgeSources = new int[to - from];
    boolean[] isVertex = new boolean[size];
    double[] preference = new double[size];
    for (int edge = from; edge < to; edge++) {
      int source = places[edges.source(edge)];
      int destination = places[edges.destination(edge)];
      edgeSources[edge - from] = source;
      starts[destination + 1]++;
      outgoing[edges.source(edge)] += edges.weight(edge);
      isVertex[source] = true;
      isVertex[destination] = true;
      double credibility = accounts.credibilities[edges.source(edge)];
      preference[source] = Double.isNaN(credibility) ? UNKNOWN_CREDIBILITY : credibility;
    }
    double[] shares = new double[to - from];
    for (int edge = from; edge < to; edge++) {
      shares[edge - from] =
          (edges.weight(edge) - edges.returned(edge)) / outgoing[edges.source(edge)];
    }
    for (int edge = from; edge < to; edge++) {
      outgoing[edges.source(edge)] = 0;
    }
    for (int place = 0; place < size; place++) {
      starts[place + 1] += starts[place];
    }
    double[] ranks =
        TopicRanks.rank(
            starts,
            edgeSources,
            shares,
            preference,
            options.dampingFactor,
            options.tolerance,
            options.mostSweeps);
    if (ranks == null) {
      return null;
    }
    double sum = 0;
    long vertices = 0;
    for (int place = 0; place < size; place++) {
      sum += ranks[place];
      vertices += isVertex[place] ? 1 : 0;
    }
    double mean = sum / vertices;
    double[] earnings = new double[to - from];
    for (int edge = 0; edge < earnings.length; edge++) {
      earnings[edge] = ranks[edgeSources[edge]] / mean * shares[edge] * options.dampingFactor;
    }
    return earnings;
  }

  /** A part of a whole; 0 where the whole is nothing, at most 1. */
  private static double share(double part, double whole) {
    return whole > 0 ? Math.min(part / whole, 1) : 0;
  }
}
