package renown.night.audience;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.theta_intersection;
import static org.apache.spark.sql.functions.theta_sketch_agg;
import static org.apache.spark.sql.functions.theta_sketch_estimate;
import static org.apache.spark.sql.functions.theta_union;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import renown.engine.shortlist.ReachedAccounts;
import renown.kernels.sketches.AudienceSketch;
import renown.tables.CredibleAccounts;
import renown.tables.MartAudienceOverlaps;
import renown.tables.MartAudienceSketches;
import renown.tables.MartTopicLeaders;

/** Computes who is reached by whom, as sets and as sketches. */
final class Audiences {
  private static final String[] PAIR = {"network", "account_key", "topic_id"};

  private Audiences() {}

  /**
   * The accounts that count. One that counted does so until its credibility falls below half of
   * what was needed, so that no audience changes because somebody wavers.
   *
   * @param credibilities rows of {@code credibilities}; accounts that are excluded have none
   * @param before rows of {@code credible_accounts} of an earlier night
   * @param least 0..1
   * @return rows of {@code credible_accounts}
   */
  static Dataset<Row> credible(
      Dataset<Row> credibilities, Dataset<Row> before, double least, Column night) {
    return credibilities
        .join(
            before.select(col("account_key"), lit(true).as("counted")),
            new String[] {"account_key"},
            "left")
        .where(
            col("credibility")
                .geq(lit(least))
                .or(col("counted").and(col("credibility").geq(lit(least / 2)))))
        .withColumn("night", night)
        .select(CredibleAccounts.TABLE.cols());
  }

  /**
   * Accounts of which somebody who counted may no longer be reached: something was undone, or
   * somebody counts no more.
   *
   * @param interactions the night's rows of {@code interactions}
   * @param edges rows of {@code edge_increments}
   * @param before rows of {@code credible_accounts} of the night before
   * @param credible those of tonight
   * @return account_key; one row each
   */
  static Dataset<Row> shrunk(
      Dataset<Row> interactions, Dataset<Row> edges, Dataset<Row> before, Dataset<Row> credible) {
    Dataset<Row> gone =
        before
            .select("account_key")
            .join(credible.select("account_key"), new String[] {"account_key"}, "left_anti")
            .withColumnRenamed("account_key", "src_key");
    return interactions
        .where(col("change").equalTo(-1))
        .select(col("target_key").as("account_key"))
        .unionByName(
            edges
                .join(gone, new String[] {"src_key"}, "left_semi")
                .select(col("dst_key").as("account_key")))
        .distinct();
  }

  /**
   * The accounts and topics that get a sketch: those with a score, and of these the topics on which
   * they have an expertise.
   *
   * @param scores rows of {@code account_scores}
   * @param topicScores rows of {@code mart_topic_scores}
   * @return network, account_key, topic_id, score, expertise, attester_count (both null for
   *     everything)
   */
  static Dataset<Row> worthy(Dataset<Row> scores, Dataset<Row> topicScores) {
    Dataset<Row> scored =
        scores
            .where(col("evidence").equalTo("sufficient"))
            .select("network", "account_key", "score");
    return scored
        .select(
            col("network"),
            col("account_key"),
            lit(ReachedAccounts.EVERYTHING).as("topic_id"),
            col("score"),
            lit(null).cast("double").as("expertise"),
            lit(null).cast("long").as("attester_count"))
        .unionByName(
            topicScores
                .where(col("expertise").isNotNull())
                .join(scored, new String[] {"network", "account_key"})
                .select(
                    col("network"),
                    col("account_key"),
                    col("topic_id"),
                    col("score"),
                    col("expertise"),
                    col("attester_count")));
  }

  /**
   * Of last night's sketches those that need not be made again.
   *
   * @param last rows of {@code mart_audience_sketches} of the night before
   * @param interactions the night's rows of {@code interactions}
   * @param edges rows of {@code edge_increments}
   * @param before rows of {@code credible_accounts} of the night before
   * @param credible those of tonight
   * @return account_key, topic_id, sketch
   */
  static Dataset<Row> known(
      Dataset<Row> last,
      Dataset<Row> interactions,
      Dataset<Row> edges,
      Dataset<Row> before,
      Dataset<Row> credible) {
    return last.select("account_key", "topic_id", "sketch")
        .join(
            shrunk(interactions, edges, before, credible),
            new String[] {"account_key"},
            "left_anti");
  }

  /**
   * Tonight's sketches: those that are known united with what is new, the others made from all
   * edges.
   *
   * @param worthy from {@link #worthy}
   * @param known from {@link #known}
   * @param edges rows of {@code edge_increments}, tonight's included
   * @param topics rows of {@code topic_increments}, likewise
   * @param before rows of {@code credible_accounts} of the night before
   * @param credible those of tonight
   * @return the columns of {@code worthy} and reached_count, relative_error, sketch; the same with
   *     nothing in {@code known}
   */
  static Dataset<Row> sketches(
      Dataset<Row> worthy,
      Dataset<Row> known,
      Dataset<Row> edges,
      Dataset<Row> topics,
      Dataset<Row> before,
      Dataset<Row> credible,
      Column night) {
    Dataset<Row> again =
        worthy
            .join(known, new String[] {"account_key", "topic_id"}, "left_anti")
            .select("account_key")
            .distinct();
    Dataset<Row> newcomers =
        credible
            .join(before.select("account_key"), new String[] {"account_key"}, "left_anti")
            .select(col("account_key").as("src_key"));
    Dataset<Row> added =
        ReachedAccounts.added(edges, topics, again, newcomers, credible, night)
            .groupBy("account_key", "topic_id")
            .agg(theta_sketch_agg(col("src_key"), AudienceSketch.LOG2_ENTRIES).as("added"));
    UDF1<byte[], Double> error = AudienceSketch::relativeError;
    return worthy
        .join(known, new String[] {"account_key", "topic_id"}, "left")
        .join(added, new String[] {"account_key", "topic_id"}, "left")
        .withColumn(
            "sketch",
            when(col("sketch").isNull(), col("added"))
                .when(col("added").isNull(), col("sketch"))
                .otherwise(theta_union(col("sketch"), col("added"), AudienceSketch.LOG2_ENTRIES)))
        .where(col("sketch").isNotNull())
        .withColumn("reached_count", theta_sketch_estimate(col("sketch")))
        .withColumn("relative_error", udf(error, DataTypes.DoubleType).apply(col("sketch")))
        .drop("added");
  }

  /**
   * What people read of sketches.
   *
   * @param sketches from {@link #sketches}
   * @param accounts rows of {@code accounts}
   * @param kinds rows of {@code account_kinds}
   * @param languages rows of {@code account_languages}
   * @param leaders rows of {@code mart_topic_leaders}
   * @return rows of {@code mart_audience_sketches}
   */
  static Dataset<Row> mart(
      Dataset<Row> sketches,
      Dataset<Row> accounts,
      Dataset<Row> kinds,
      Dataset<Row> languages,
      Dataset<Row> leaders,
      Column night) {
    Dataset<Row> writes =
        languages
            .groupBy("account_key")
            .agg(
                org.apache
                    .spark
                    .sql
                    .functions
                    .min(
                        org.apache.spark.sql.functions.struct(
                            col("post_count").multiply(lit(-1)), col("language")))
                    .as("main"))
            .select(col("account_key"), col("main.language").as("written"));
    Dataset<Row> total =
        sketches
            .where(col("topic_id").equalTo(ReachedAccounts.EVERYTHING))
            .select(col("account_key"), col("reached_count").as("total_reached_count"));
    String[] account = {"account_key"};
    return sketches
        .join(total, account, "left")
        .join(
            accounts.select(col("account_key"), col("follower_count").as("stated_follower_count")),
            account,
            "left")
        .join(kinds.select("account_key", "kind"), account, "left")
        .join(writes, account, "left")
        .join(
            leaders.select(col("account_key"), col("topic_id"), col("language").as("led")),
            new String[] {"account_key", "topic_id"},
            "left")
        .withColumn("kind", coalesce(col("kind"), lit("unknown")))
        .withColumn("language", coalesce(col("written"), col("led")))
        .withColumn("night", night)
        .select(MartAudienceSketches.TABLE.cols());
  }

  /**
   * How far leaders share their audiences.
   *
   * @param sketches rows of {@code mart_audience_sketches}
   * @param leaders rows of {@code mart_topic_leaders}
   * @param most how many leaders per topic and network
   * @return rows of {@code mart_audience_overlaps}
   */
  static Dataset<Row> overlaps(
      Dataset<Row> sketches, Dataset<Row> leaders, long most, Column night) {
    Dataset<Row> first =
        sketches.join(
            broadcast(
                leaders
                    .where(MartTopicLeaders.PLACE.col().leq(lit(most)))
                    .select("account_key", "topic_id")),
            new String[] {"account_key", "topic_id"},
            "left_semi");
    Dataset<Row> others =
        first.select(
            col("network"),
            col("topic_id"),
            col("account_key").as("other_key"),
            col("sketch").as("other_sketch"));
    Column shared = theta_sketch_estimate(theta_intersection(col("sketch"), col("other_sketch")));
    return first
        .select(PAIR[0], PAIR[1], PAIR[2], "reached_count", "sketch")
        .join(others, new String[] {"network", "topic_id"})
        .where(col("account_key").notEqual(col("other_key")))
        .withColumn("shared_count", shared)
        .withColumn(
            "shared_share",
            org.apache.spark.sql.functions.least(
                col("shared_count").divide(col("reached_count")), lit(1.0)))
        .withColumn("night", night)
        .select(MartAudienceOverlaps.TABLE.cols());
  }
}
