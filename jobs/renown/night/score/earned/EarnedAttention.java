package renown.night.score.earned;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;
import renown.night.score.model.AttentionModel;
import renown.night.score.model.Term;
import renown.tables.EarnedAttentions;

/** Combines the terms into earned attention. */
final class EarnedAttention {
  /** Half the width of a 90 % interval of a normal distribution, in standard deviations. */
  private static final double NINETY_PERCENT = 1.6448536269514722;

  /** Prior posts without a reaction, so that a single post is not a record. */
  private static final double PRIOR_POSTS = 3;

  /**
   * Reactions at which an account's own share of late reactions weighs as much as the network's.
   */
  private static final double PRIOR_REACTIONS = 20;

  private static final double DAYS_PER_WEEK = 7;

  /** Reach at which an account counts as half known to be answered. */
  private static final double HALF_ANSWERED = 0.1;

  private EarnedAttention() {}

  /**
   * The values of all terms.
   *
   * @param ranks rows of {@code influence_ranks}
   * @param standing sums from {@link DistinctActors#sums}, of the slow clock
   * @param momentary the same of the fast clock
   * @param accountReactions rows of {@code account_reactions} of the night
   * @param hIndex from {@link Reactions#hIndex}
   * @param credibilities rows of {@code credibilities}
   * @param reacting network: those whose dumps tell of reactions. There, authority and regularity
   *     count as far as anybody reacts at all, {@code reach / (reach + 0.1)}: who is followed or
   *     busy and never answered is not listened to. Where only follows are told of, they count in
   *     full
   * @param standingShare how far standing reach counts in that of the fast clock, 0 or more
   * @return network, account_key, actor_count, credible_actor_sum; term_values and momentum_values
   *     in the order of {@link Term}; tells_reactions; arrays over the data and its replicates of
   *     what depends on who acts: authorities (as if all were answered), reaches, audiences,
   *     conversations, attestations. One row per row of ranks
   */
  static Dataset<Row> values(
      Dataset<Row> ranks,
      Dataset<Row> standing,
      Dataset<Row> momentary,
      Dataset<Row> accountReactions,
      Dataset<Row> hIndex,
      Dataset<Row> credibilities,
      Dataset<Row> reacting,
      double standingShare) {
    Dataset<Row> known =
        ranks.join(
            credibilities.select("account_key", "credibility", "regularity_share"),
            new String[] {"account_key"},
            "left");
    // Whole units, so that the sum is exact. Accounts of no credit do not dilute the others' rank.
    Column credit = rint(coalesce(col("credibility"), lit(0.0)).multiply(lit(AttentionEdges.UNIT)));
    Dataset<Row> sizes =
        known
            .groupBy("network")
            .agg(sum(credit.cast("long")).divide(lit(AttentionEdges.UNIT)).as("credibility_sum"));
    Dataset<Row> lateness =
        accountReactions
            .groupBy("network")
            .agg(sum("late_units").as("late_sum"), sum("timed_units").as("timed_sum"))
            .select(
                col("network"),
                when(
                        col("timed_sum").gt(0),
                        col("late_sum").cast("double").divide(col("timed_sum").cast("double")))
                    .otherwise(lit(0.0))
                    .as("late_share"));
    String[] account = {"account_key"};
    Column reactors = acts("reactor_units");
    Column perPost = reactors.divide(acts("post_units").plus(lit(PRIOR_POSTS)));
    Column resonance = perPost.plus(coalesce(col("h_index"), lit(0.0))).divide(lit(2.0));
    Column recentPerPost =
        acts("recent_reactor_units").divide(acts("recent_post_units").plus(lit(PRIOR_POSTS)));
    Column persistence =
        acts("late_units")
            .plus(coalesce(col("late_share"), lit(0.0)).multiply(lit(PRIOR_REACTIONS)))
            .divide(acts("timed_units").plus(lit(PRIOR_REACTIONS)));
    // A sum that halves every 8 days covers 8 / ln 2 = 11.5 days at its present rate.
    Column postsPerWeek =
        acts("recent_post_units")
            .multiply(lit(DAYS_PER_WEEK * Math.log(2) / Reactions.RECENT_DAYS));
    Column willPost = lit(1.0).minus(exp(postsPerWeek.multiply(lit(-1))));
    Column momentaryReach = none("recent_reach").plus(first("reach").multiply(lit(standingShare)));
    Column answered = answered(first("reach"));
    Column recentlyAnswered = answered(momentaryReach);
    Column authority = col("rank_share").multiply(col("credibility_sum"));
    Column authorities =
        transform(
            concat(array(col("rank_share")), col("replicate_shares")),
            share -> share.multiply(col("credibility_sum")));
    return known
        .drop("night")
        .join(broadcast(sizes), "network")
        .join(
            broadcast(reacting.select("network").withColumn("tells_reactions", lit(true))),
            new String[] {"network"},
            "left")
        .join(broadcast(lateness), new String[] {"network"}, "left")
        .join(standing, account, "left")
        .join(
            momentary.select(
                col("account_key"),
                col("reach").getItem(0).as("recent_reach"),
                col("conversation").getItem(0).as("recent_conversation")),
            account,
            "left")
        .join(accountReactions.drop("network", "night"), account, "left")
        .join(hIndex, account, "left")
        .select(
            col("network"),
            col("account_key"),
            col("actor_count"),
            none("credible_actor_sum").as("credible_actor_sum"),
            coalesce(col("tells_reactions"), lit(false)).as("tells_reactions"),
            authorities.as("authorities"),
            col("reach").as("reaches"),
            col("audience").as("audiences"),
            col("conversation").as("conversations"),
            col("attestation").as("attestations"),
            array(
                    authority.multiply(answered),
                    first("reach"),
                    resonance,
                    persistence,
                    first("audience"),
                    none("regularity_share").multiply(answered),
                    first("conversation"),
                    first("attestation"))
                .as("term_values"),
            array(
                    authority.multiply(recentlyAnswered),
                    momentaryReach,
                    recentPerPost,
                    persistence,
                    first("audience"),
                    willPost.multiply(recentlyAnswered),
                    none("recent_conversation"),
                    first("attestation"))
                .as("momentum_values"));
  }

  private static Column answered(Column reach) {
    return when(col("tells_reactions"), reach.divide(reach.plus(lit(HALF_ANSWERED))))
        .otherwise(lit(1.0));
  }

  private static double answered(double reach) {
    return reach / (reach + HALF_ANSWERED);
  }

  private static Column acts(String units) {
    return coalesce(col(units), lit(0L)).divide(lit(AttentionEdges.UNIT));
  }

  private static Column none(String value) {
    return coalesce(col(value), lit(0.0));
  }

  private static Column first(String sums) {
    return coalesce(col(sums).getItem(0), lit(0.0));
  }

  /**
   * What the values earn.
   *
   * @param values from {@link #values}
   * @return rows of {@code earned_attentions}; as many as values
   */
  static Dataset<Row> earned(
      Dataset<Row> values,
      AttentionModel score,
      AttentionModel momentum,
      long modelVersion,
      Column night) {
    StructType type =
        StructType.fromDDL(
            "term_parts array<double>, earned_attention double, attention_low double,"
                + " attention_high double, momentum_parts array<double>,"
                + " momentum_attention double");
    UDF1<Row, Row> earn = row -> earn(row, score, momentum);
    Column all =
        struct(
            col("term_values"),
            col("momentum_values"),
            col("tells_reactions"),
            col("authorities"),
            col("reaches"),
            col("audiences"),
            col("conversations"),
            col("attestations"));
    return values
        .withColumn("earned", udf(earn, type).apply(all))
        .select(
            col("network"),
            col("account_key"),
            col("term_values"),
            col("momentum_values"),
            col("actor_count"),
            col("credible_actor_sum"),
            col("earned.*"))
        .withColumn("model_version", lit(modelVersion))
        .withColumn("night", night)
        .select(EarnedAttentions.TABLE.cols());
  }

  private static Row earn(Row row, AttentionModel score, AttentionModel momentum) {
    double[] values = doubles(row, "term_values");
    double[] parts = score.parts(values);
    double[] momentumParts = momentum.parts(doubles(row, "momentum_values"));
    double logarithm = AttentionModel.sum(parts);
    double spread = spread(row, score, values, logarithm);
    return RowFactory.create(
        list(parts),
        StrictMath.exp(logarithm),
        StrictMath.exp(logarithm - NINETY_PERCENT * spread),
        StrictMath.exp(logarithm + NINETY_PERCENT * spread),
        list(momentumParts),
        StrictMath.exp(AttentionModel.sum(momentumParts)));
  }

  /**
   * The standard deviation of the logarithm over the replicates. Resonance varies with reach,
   * because the same people react. Authority and regularity count to the extent that the
   * replicate's people react.
   */
  private static double spread(Row row, AttentionModel model, double[] values, double logarithm) {
    double[] authorities = doubles(row, "authorities");
    double[] reaches = doubles(row, "reaches");
    double[] audiences = doubles(row, "audiences");
    double[] conversations = doubles(row, "conversations");
    double[] attestations = doubles(row, "attestations");
    boolean tellsReactions = row.getAs("tells_reactions");
    double squares = 0;
    for (int i = 1; i < authorities.length; i++) {
      double[] replicate = values.clone();
      double answered = tellsReactions ? reaches.length > 0 ? answered(reaches[i]) : 0 : 1;
      replicate[Term.AUTHORITY.ordinal()] = authorities[i] * answered;
      if (reaches.length > 0) {
        if (tellsReactions && reaches[0] > 0) {
          replicate[Term.REGULARITY.ordinal()] *= answered / answered(reaches[0]);
        }
        replicate[Term.REACH.ordinal()] = reaches[i];
        replicate[Term.AUDIENCE.ordinal()] = audiences[i];
        replicate[Term.CONVERSATION.ordinal()] = conversations[i];
        replicate[Term.ATTESTATION.ordinal()] = attestations[i];
        if (reaches[0] > 0) {
          replicate[Term.RESONANCE.ordinal()] *= reaches[i] / reaches[0];
        }
      }
      double difference = model.logarithm(replicate) - logarithm;
      squares += difference * difference;
    }
    return authorities.length > 1 ? Math.sqrt(squares / (authorities.length - 1)) : 0;
  }

  /** Empty for null, which means no actors. */
  private static double[] doubles(Row row, String column) {
    int field = row.fieldIndex(column);
    if (row.isNullAt(field)) {
      return new double[0];
    }
    return row.<Double>getList(field).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Double> list(double[] values) {
    List<Double> list = new ArrayList<>(values.length);
    for (double value : values) {
      list.add(value);
    }
    return list;
  }
}
