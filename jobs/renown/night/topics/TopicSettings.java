package renown.night.topics;

import java.util.List;
import java.util.SortedMap;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.engine.taxonomy.WordCorrections;
import renown.kernels.topics.TopicVerb;
import renown.run.ConfigKey;

/** What can be set of topics. */
final class TopicSettings {
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
          2,
          0,
          1000,
          "What an anonymous up-vote on a post about a topic adds to the author's expertise"
              + " in it, as a multiple of the mean rank of the topic's accounts.");

  static final ConfigKey<Double> VOTE_PRIOR =
      ConfigKey.number(
          "topics.vote-prior",
          10,
          0.01,
          1_000_000,
          "How many votes of its own tell as much of an account's share of votes on a topic as"
              + " everybody's share there does.");

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

  static final ConfigKey<Long> SHARD_ROWS =
      ConfigKey.integer(
          "topics.shard-rows",
          2_000_000,
          1,
          1_000_000_000,
          "Rows of topic_increments that one task judges; of a network with more, topics are shared"
              + " out among as many tasks as that takes.");

  /** All of them, with those of the taxonomy. */
  static final List<ConfigKey<?>> ALL =
      List.of(
          TaxonomyFiles.TAXONOMY,
          WordCorrections.WORDS,
          LEAST_CONFIDENCE,
          HALF_LIFE_DAYS,
          REACTION_DAYS,
          VERB_WEIGHTS,
          VOTE_WEIGHT,
          VOTE_PRIOR,
          DAMPING_FACTOR,
          TOLERANCE,
          LEAST_ATTESTERS,
          LEAST_CREDIBILITY,
          LEAST_ACTS,
          LEADERS,
          ATTESTERS,
          EMERGING,
          SHARD_ROWS);

  private TopicSettings() {}
}
