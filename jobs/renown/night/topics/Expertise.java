package renown.night.topics;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import renown.engine.decay.ForwardDecay;
import renown.engine.decay.Shares;
import renown.kernels.rarity.RarityScale;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.Topic;
import renown.run.RenownException;
import renown.tables.MartTopicScores;

/** Computes expertise (what others attest) and interest (own output). */
final class Expertise {
  /** A vertex is an account on a topic: the account's key, then this many bits for the topic. */
  private static final int TOPIC_BITS = 14;

  private static final long TOPICS = 1L << TOPIC_BITS;

  /** Above the keys of all accounts. */
  private static final long NOBODY = 1L << 48;

  /** Ranks sum to 1: the number of units, as integers that add up in any order. */
  private static final double RANK_UNITS = 1L << 60;

  /** Weights, and ranks as multiples of a mean. */
  private static final double MULTIPLE_UNITS = 1L << 30;

  /** 90 % of a normal distribution lies within this many standard deviations. */
  private static final double INTERVAL_DEVIATIONS = 1.6449;

  /** Prior weight, in acts, that shrinks a share of attention to that of attention overall. */
  private static final double PRIOR_ACTS = 3;

  /** Weight of returned attention that does not count. */
  private static final double RETURNED_SHARE = 0.9;

  /** As in credibility. */
  private static final double TRADE_EXPONENT = 1.5;

  /** Anonymous votes: no attention, and not part of the bootstrap. */
  static final String VOTE = "vote";

  static final List<String> VERBS = List.of("like", "list", "mention", "quote", "reply", "repost");

  private static final String[] ON_TOPIC = {"network", "topic_id", "account_key"};

  private Expertise() {}

  /**
   * Attention by topic, one row per pair of accounts.
   *
   * @param increments rows of {@code topic_increments}, from {@link TopicActs#seenFrom}
   * @param exclusions rows of {@code exclusions}: neither side is one of them
   * @param verbWeights weight of each verb, 0 or more
   * @return network, topic_id, src_key, dst_key, weight (above 0: sum over verbs of {@code verb
   *     weight * ln(1 + decayed count)}), returned_weight, a count for each verb, act_count,
   *     latest_post_id. Of a weight, the part that the other side returns, on whatever topic, says
   *     little of either: nine tenths of it are returned_weight
   */
  static Dataset<Row> attention(
      Dataset<Row> increments,
      Dataset<Row> exclusions,
      SortedMap<String, Double> verbWeights,
      LocalDate night,
      long halfLifeDays) {
    List<Column> sums = new ArrayList<>();
    Column weight = lit(0.0);
    for (String verb : VERBS) {
      Column its = col("verb").equalTo(verb);
      sums.add(coalesce(sum(when(its, col("act_count"))), lit(0L)).as(verb + "_count"));
      sums.add(coalesce(sum(when(its, col("decayed_units"))), lit(0L)).as(verb + "_units"));
      Column acts = greatest(col(verb + "_units"), lit(0L)).multiply(acts(night, halfLifeDays));
      weight = weight.plus(log1p(acts).multiply(lit(verbWeights.getOrDefault(verb, 0.0))));
    }
    sums.add(sum("act_count").as("act_count"));
    sums.add(max(struct(col("latest_at"), col("latest_post_id"))).as("latest"));
    Column first = sums.remove(0);
    List<Column> columns = new ArrayList<>();
    for (String name : List.of("network", "topic_id", "src_key", "dst_key", "act_count")) {
      columns.add(col(name));
    }
    VERBS.forEach(verb -> columns.add(col(verb + "_count")));
    columns.add(col("latest.latest_post_id").as("latest_post_id"));
    columns.add(weight.as("weight"));
    Dataset<Row> excluded = exclusions.select("account_key");
    Dataset<Row> pairs =
        increments
            .where(
                col("topic_id")
                    .notEqual(TopicActs.EVERYTHING)
                    .and(col("verb").isin(VERBS.toArray())))
            .join(excluded, col("src_key").equalTo(excluded.col("account_key")), "left_anti")
            .join(excluded, col("dst_key").equalTo(excluded.col("account_key")), "left_anti")
            .groupBy("network", "topic_id", "src_key", "dst_key")
            .agg(first, sums.toArray(new Column[0]))
            .where(col("act_count").gt(0))
            .select(columns.toArray(new Column[0]))
            .where(col("weight").gt(0));
    Dataset<Row> there =
        pairs.groupBy("src_key", "dst_key").agg(sum(Shares.units(col("weight"))).as("there_units"));
    Dataset<Row> traded =
        there
            .join(
                there.select(
                    col("dst_key").as("src_key"),
                    col("src_key").as("dst_key"),
                    col("there_units").as("back_units")),
                new String[] {"src_key", "dst_key"})
            .select(
                col("src_key"),
                col("dst_key"),
                Shares.of(least(col("there_units"), col("back_units")), col("there_units"))
                    .as("traded_share"));
    return pairs
        .join(traded, new String[] {"src_key", "dst_key"}, "left")
        .withColumn(
            "returned_weight",
            col("weight")
                .multiply(coalesce(col("traded_share"), lit(0.0)))
                .multiply(lit(RETURNED_SHARE)))
        .drop("traded_share");
  }

  /** Acts per unit, seen from the end of a night. */
  private static Column acts(LocalDate night, long halfLifeDays) {
    Column end = date_add(lit(java.sql.Date.valueOf(night)), 1).cast("timestamp");
    return ForwardDecay.actsPerUnit(
        end, lit(TopicActs.landmark(night, halfLifeDays)), lit(halfLifeDays));
  }

  /** Assigns separate keys to accounts on topics. */
  record Vertices(HashMap<String, Long> places) implements java.io.Serializable {
    static Vertices of(Taxonomy taxonomy) {
      HashMap<String, Long> places = new HashMap<>();
      for (Topic topic : taxonomy.topics()) {
        places.put(topic.id(), (long) places.size());
      }
      if (places.size() > TOPICS) {
        throw RenownException.configuration(
            "Taxonomy %s has %d topics; at most %d can be ranked: use a smaller one.",
            taxonomy.name(), places.size(), TOPICS);
      }
      return new Vertices(places);
    }

    Column key(Column account) {
      HashMap<String, Long> all = places;
      UDF1<String, Long> place = all::get;
      return account
          .multiply(lit(TOPICS))
          .plus(udf(place, DataTypes.LongType).apply(col("topic_id")));
    }
  }

  /**
   * The edges to rank.
   *
   * @param attention from {@link #attention}; topics that the taxonomy does not have (of an earlier
   *     one) are left out
   * @return src_key, dst_key, weight. What is returned leads to a vertex of nobody, from which it
   *     goes back to the preference vector
   */
  static Dataset<Row> edges(Dataset<Row> attention, Vertices vertices) {
    return attention
        .select(
            vertices.key(col("src_key")).as("src_key"),
            vertices.key(col("dst_key")).as("dst_key"),
            col("weight").minus(col("returned_weight")).as("weight"))
        .unionByName(
            attention
                .where(col("returned_weight").gt(0))
                .select(
                    vertices.key(col("src_key")).as("src_key"),
                    vertices.key(lit(NOBODY)).as("dst_key"),
                    col("returned_weight").as("weight")))
        .where(col("src_key").isNotNull().and(col("dst_key").isNotNull()));
  }

  /**
   * Whose attention counts before anybody has attended to them: those who attend to others on the
   * topic, by credibility.
   *
   * @param credibilities account_key, credibility; accounts without one count next to nothing
   * @return account_key (of the vertex), preference_share
   */
  static Dataset<Row> preference(
      Dataset<Row> attention, Dataset<Row> credibilities, Vertices vertices) {
    return attention
        .select(col("network"), col("topic_id"), col("src_key").as("account_key"))
        .distinct()
        .join(
            credibilities.select("account_key", "credibility"),
            new String[] {"account_key"},
            "left")
        .select(
            vertices.key(col("account_key")).as("account_key"),
            coalesce(col("credibility"), lit(0.001)).as("preference_share"))
        .where(col("account_key").isNotNull());
  }

  /**
   * What each attester brings: {@code damping factor * rank of the attester * weight / weight of
   * all it attends to on the topic}, as a multiple of the mean rank of the accounts of the topic.
   *
   * @param attention from {@link #attention}
   * @param ranks account_key (of the vertex) and rank
   * @return the rows of attention, with earned (above 0)
   */
  static Dataset<Row> contributions(
      Dataset<Row> attention, Dataset<Row> ranks, Vertices vertices, double dampingFactor) {
    Dataset<Row> out =
        attention
            .groupBy("network", "topic_id", "src_key")
            .agg(Shares.exactSum(col("weight")).as("out_weight"));
    Dataset<Row> ranked =
        ranks.select(
            col("account_key").as("vertex_key"),
            col("rank"),
            rint(col("rank").multiply(lit(RANK_UNITS))).cast("long").as("rank_units"));
    Dataset<Row> parts =
        attention
            .select(col("network"), col("topic_id"), col("src_key"))
            .unionByName(
                attention.select(col("network"), col("topic_id"), col("dst_key").as("src_key")))
            .distinct()
            .withColumn("vertex_key", vertices.key(col("src_key")))
            .join(ranked, "vertex_key");
    Dataset<Row> means =
        parts
            .groupBy("network", "topic_id")
            .agg(sum("rank_units").divide(count(lit(1))).divide(lit(RANK_UNITS)).as("mean_rank"));
    Dataset<Row> sources =
        out.join(
                parts.select("network", "topic_id", "src_key", "rank"),
                new String[] {"network", "topic_id", "src_key"})
            .join(broadcast(means), new String[] {"network", "topic_id"})
            .select(
                col("network"),
                col("topic_id"),
                col("src_key"),
                Shares.of(Shares.of(col("rank"), col("mean_rank")), col("out_weight"))
                    .multiply(lit(dampingFactor))
                    .as("per_weight"));
    return attention
        .join(sources, new String[] {"network", "topic_id", "src_key"})
        .withColumn(
            "earned", col("weight").minus(col("returned_weight")).multiply(col("per_weight")))
        .drop("per_weight");
  }

  /**
   * What accounts have earned and done on each topic.
   *
   * @param contributions from {@link #contributions}
   * @param increments rows of {@code topic_increments}, from {@link TopicActs#seenFrom}
   * @param credibilities account_key, credibility, trading_share
   * @param exclusions rows of {@code exclusions}
   * @param leastCredibility attesters below it do not count as evidence; neither do those most of
   *     whose attention is returned
   * @param voteWeight what a vote earns, as a multiple of the mean rank, 0 or more
   * @return one row per network, topic_id and account_key: attester_count, verb counts, vote_count,
   *     topic_attention_share, earned_expertise, deviation_share (standard deviation over the
   *     value), interest_share, post_count, reaction_count. Attention follows a name, and counts by
   *     how much of it is about the topic; votes judge posts, and count as they are. To those on
   *     the topic come as many as the account would have there, were all its votes spread over
   *     topics as everybody's are: the estimate of a small sample shrinks to what else is known of
   *     the account
   */
  static Dataset<Row> accounts(
      Dataset<Row> contributions,
      Dataset<Row> increments,
      Dataset<Row> credibilities,
      Dataset<Row> exclusions,
      double leastCredibility,
      double voteWeight,
      LocalDate night,
      long halfLifeDays) {
    Column units = lit(MULTIPLE_UNITS);
    List<Column> sums = new ArrayList<>();
    Column isGiven = col("returned_weight").multiply(lit(2)).lt(col("weight"));
    sums.add(
        sum(when(col("credibility").geq(leastCredibility).and(isGiven), lit(1L)))
            .as("attester_count"));
    // Were each attester drawn a Poisson(1) number of times, the sum would have this variance.
    sums.add(
        sum(rint(col("earned").multiply(col("earned")).multiply(units)).cast("decimal(38,0)"))
            .as("square_units"));
    sums.add(sum(rint(col("earned").multiply(units)).cast("long")).as("earned_units"));
    VERBS.forEach(verb -> sums.add(sum(verb + "_count").as(verb + "_count")));
    Column first = sums.remove(0);
    Dataset<Row> earned =
        contributions
            .join(
                credibilities.select(col("account_key").as("src_key"), col("credibility")),
                new String[] {"src_key"},
                "left")
            .withColumnRenamed("dst_key", "account_key")
            .groupBy(ON_TOPIC[0], ON_TOPIC[1], ON_TOPIC[2])
            .agg(first, sums.toArray(new Column[0]));

    Column everything = col("topic_id").equalTo(TopicActs.EVERYTHING);
    Column post = col("verb").equalTo("post");
    Column received = col("verb").equalTo("received");
    Column vote = col("verb").equalTo(VOTE);
    Dataset<Row> own =
        increments
            .where(everything.or(not(vote)))
            .groupBy(col("network"), col("topic_id"), col("src_key").as("account_key"))
            .agg(
                unitsWhere(not(received.or(vote))).as("own_units"),
                unitsWhere(received).as("all_units"),
                unitsWhere(vote).as("all_vote_units"),
                coalesce(sum(when(post, col("act_count"))), lit(0L)).as("post_count"),
                coalesce(sum(when(not(post.or(received)), col("act_count"))), lit(0L))
                    .as("reaction_count"));
    Dataset<Row> totals =
        own.where(everything)
            .select(
                col("network"),
                col("account_key"),
                col("own_units").as("all_own_units"),
                col("all_units"),
                col("all_vote_units"));
    Dataset<Row> onTopic =
        increments
            .where(everything.or(post).equalTo(false))
            .groupBy(col("network"), col("topic_id"), col("dst_key").as("account_key"))
            .agg(
                unitsWhere(not(vote)).as("topic_units"),
                unitsWhere(vote).as("vote_units"),
                coalesce(sum(when(vote, col("act_count"))), lit(0L)).as("vote_count"));
    Dataset<Row> priors =
        onTopic
            .groupBy("network", "topic_id")
            .agg(total("topic_units").as("of_topic"), total("vote_units").as("votes_of_topic"))
            .join(
                totals
                    .groupBy("network")
                    .agg(
                        total("all_units").as("of_all"),
                        total("all_vote_units").as("votes_of_all")),
                "network")
            .select(
                col("network"),
                col("topic_id"),
                shareOf("of_topic", "of_all").as("prior"),
                shareOf("votes_of_topic", "votes_of_all").as("vote_prior"));
    Column perUnit = acts(night, halfLifeDays);
    Column attention = notBelowZero("all_units").multiply(perUnit);
    Column onIt = notBelowZero("topic_units").multiply(perUnit);
    Column share =
        least(
            onIt.plus(col("prior").multiply(lit(PRIOR_ACTS)))
                .divide(attention.plus(lit(PRIOR_ACTS))),
            lit(1.0));
    Column votes = notBelowZero("vote_units").multiply(perUnit);
    Column verdicts =
        votes
            .plus(
                notBelowZero("all_vote_units")
                    .multiply(perUnit)
                    .multiply(coalesce(col("vote_prior"), lit(0.0))))
            .multiply(lit(voteWeight));
    // An account that trades attention is discounted here as it is as a source. Anonymous votes
    // cannot be traded.
    Column believed =
        share.multiply(
            pow(
                lit(1.0)
                    .minus(coalesce(col("trading_share"), lit(0.0)).multiply(lit(RETURNED_SHARE))),
                lit(TRADE_EXPONENT)));
    Column earnings =
        coalesce(col("earned_units").divide(units).multiply(believed), lit(0.0)).plus(verdicts);
    // Each vote is drawn a Poisson(1) number of times too; decayed ones vary less than this.
    Column variance =
        coalesce(
                col("square_units").cast("double").divide(units).multiply(pow(believed, lit(2))),
                lit(0.0))
            .plus(votes.multiply(lit(voteWeight * voteWeight)));
    Column interest =
        when(
            col("all_own_units").gt(0),
            least(notBelowZero("own_units").divide(col("all_own_units")), lit(1.0)));
    return own.where(not(everything))
        .drop("all_units", "all_vote_units")
        .join(earned, ON_TOPIC, "full")
        .join(onTopic, ON_TOPIC, "left")
        .join(totals, new String[] {"network", "account_key"}, "left")
        .join(broadcast(priors), new String[] {"network", "topic_id"}, "left")
        .join(
            credibilities.select("account_key", "trading_share"),
            new String[] {"account_key"},
            "left")
        .join(exclusions.select("account_key"), new String[] {"account_key"}, "left_anti")
        .withColumn("attester_count", coalesce(col("attester_count"), lit(0L)))
        .withColumn("topic_attention_share", when(col("all_units").gt(0), share))
        .withColumn("vote_count", notBelowZero("vote_count"))
        .withColumn("earned_expertise", earnings)
        .withColumn("deviation_share", when(earnings.gt(0), sqrt(variance).divide(earnings)))
        .withColumn("interest_share", interest)
        .withColumn("post_count", notBelowZero("post_count"))
        .withColumn("reaction_count", notBelowZero("reaction_count"))
        .drop("square_units", "earned_units", "own_units", "all_own_units", "all_units", "prior")
        .drop("topic_units", "vote_units", "all_vote_units", "vote_prior", "trading_share");
  }

  private static Column unitsWhere(Column condition) {
    return coalesce(sum(when(condition, col("decayed_units"))), lit(0L));
  }

  /** 0 or more; 0 if there is none. */
  private static Column notBelowZero(String column) {
    return greatest(coalesce(col(column), lit(0L)), lit(0L));
  }

  /** Sums of many accounts' units may exceed a long. */
  private static Column total(String column) {
    return sum(col(column).cast("decimal(38,0)")).cast("double");
  }

  private static Column shareOf(String part, String whole) {
    return least(
        coalesce(when(col(whole).gt(0), col(part).divide(col(whole))), lit(0.0)), lit(1.0));
  }

  /**
   * How many accounts of each topic have earned how much.
   *
   * @param accounts from {@link #accounts}
   * @return network, topic_id, step (see {@link RarityScale}; null for those who earned nothing),
   *     step_count
   */
  static Dataset<Row> populations(Dataset<Row> accounts) {
    UDF1<Double, Long> step = value -> value > 0 ? RarityScale.step(value) : null;
    return accounts
        .groupBy(
            col("network"),
            col("topic_id"),
            udf(step, DataTypes.LongType).apply(col("earned_expertise")).as("step"))
        .agg(count(lit(1)).as("step_count"));
  }

  /** A scale for each topic with earned attention, by network and id. */
  static HashMap<String, RarityScale> scales(List<Row> populations) {
    Map<String, List<Row>> byTopic = new java.util.TreeMap<>();
    for (Row row : populations) {
      byTopic
          .computeIfAbsent(key(row.getAs("network"), row.getAs("topic_id")), k -> new ArrayList<>())
          .add(row);
    }
    HashMap<String, RarityScale> scales = new HashMap<>();
    byTopic.forEach(
        (key, rows) -> {
          long withoutCount =
              rows.stream()
                  .filter(row -> row.getAs("step") == null)
                  .mapToLong(row -> row.<Long>getAs("step_count"))
                  .sum();
          List<Row> steps =
              rows.stream()
                  .filter(row -> row.getAs("step") != null)
                  .sorted(java.util.Comparator.comparingLong(row -> row.<Long>getAs("step")))
                  .toList();
          if (!steps.isEmpty()) {
            scales.put(
                key,
                RarityScale.ofItself(
                    steps.stream().mapToLong(row -> row.<Long>getAs("step")).toArray(),
                    steps.stream().mapToLong(row -> row.<Long>getAs("step_count")).toArray(),
                    withoutCount));
          }
        });
    return scales;
  }

  private static String key(String network, String topicId) {
    return network + "\t" + topicId;
  }

  /**
   * Points and places.
   *
   * @param accounts from {@link #accounts}
   * @param scales from {@link #scales}
   * @param leastAttesters fewer attesters and votes are no evidence: null
   * @return the rows, with expertise, expertise_low, expertise_high and place
   */
  static Dataset<Row> scored(
      Dataset<Row> accounts, HashMap<String, RarityScale> scales, long leastAttesters) {
    // The low end of one old vote may be 0.
    UDF3<String, String, Double, Double> points =
        (network, topicId, earned) -> {
          RarityScale scale = scales.get(key(network, topicId));
          return scale == null ? null : scale.score(earned);
        };
    Column evident =
        col("attester_count")
            .plus(col("vote_count"))
            .geq(leastAttesters)
            .and(col("earned_expertise").gt(0));
    Column deviation = col("deviation_share").multiply(lit(INTERVAL_DEVIATIONS));
    Dataset<Row> scored = accounts;
    Map<String, Column> ends = new java.util.LinkedHashMap<>();
    ends.put("expertise", lit(1.0));
    ends.put("expertise_low", exp(deviation.multiply(lit(-1))));
    ends.put("expertise_high", exp(deviation));
    for (Map.Entry<String, Column> end : ends.entrySet()) {
      scored =
          scored.withColumn(
              end.getKey(),
              when(
                  evident,
                  udf(points, DataTypes.DoubleType)
                      .apply(
                          col("network"),
                          col("topic_id"),
                          col("earned_expertise").multiply(end.getValue()))));
    }
    return scored.withColumn(
        "place",
        when(
            col("expertise").isNotNull(),
            row_number()
                .over(
                    Window.partitionBy("network", "topic_id")
                        .orderBy(
                            col("expertise").desc_nulls_last(),
                            col("earned_expertise").desc(),
                            col("account_key")))
                .cast("long")));
  }

  /**
   * What is published of it: accounts that are attested or voted for, or that wrote or reacted
   * often enough.
   *
   * @param scored from {@link #scored}
   * @param leastActs own posts and reactions about a topic
   * @return rows of {@code mart_topic_scores}
   */
  static Dataset<Row> scores(Dataset<Row> scored, long leastActs, Column night) {
    return scored
        .where(
            col("attester_count")
                .plus(col("vote_count"))
                .gt(0)
                .or(col("post_count").plus(col("reaction_count")).geq(leastActs)))
        .withColumn("night", night)
        .select(MartTopicScores.TABLE.cols());
  }
}
