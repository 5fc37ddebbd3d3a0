package renown.night.score.credibility;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.engine.decay.EdgeSums;

/** Features of accounts as sources in the attention graph. */
final class Attention {
  /** Weights are integer multiples of this, so that their sums are exact. */
  private static final double STEP = 1L << 20;

  private Attention() {}

  /**
   * The pairs of accounts that are left when excluded accounts are gone.
   *
   * @param edges from {@link EdgeSums#of}
   * @param exclusions rows of {@code exclusions}
   * @return network, src_key, dst_key, weight (sum over verbs but block of ln(1 + decayed count),
   *     in units of 2^-20, whole), follow_count (1 if src follows dst, else 0), block_presence (1 -
   *     exp(-decayed blocks), 0 if there is none); one row per pair
   */
  static Dataset<Row> pairs(Dataset<Row> edges, Dataset<Row> exclusions) {
    Dataset<Row> excluded = exclusions.select(col("account_key"));
    Column weight = lit(0L);
    for (String verb : EdgeSums.VERBS) {
      if (!verb.equals("block")) {
        weight = weight.plus(units(log1p(EdgeSums.decayedCount(verb))));
      }
    }
    return edges
        .join(excluded, col("src_key").equalTo(excluded.col("account_key")), "left_anti")
        .join(excluded, col("dst_key").equalTo(excluded.col("account_key")), "left_anti")
        .select(
            col("network"),
            col("src_key"),
            col("dst_key"),
            weight.as("weight"),
            when(EdgeSums.follows(), lit(1L)).otherwise(lit(0L)).as("follow_count"),
            lit(1.0)
                .minus(exp(EdgeSums.decayedCount("block").multiply(lit(-1))))
                .as("block_presence"));
  }

  private static Column units(Column weight) {
    return rint(weight.multiply(lit(STEP))).cast("long");
  }

  /**
   * The pairs that attend to each other, both directions, each with the lesser of the two weights.
   *
   * @param pairs from {@link #pairs}
   * @return src_key, dst_key, weight above 0
   */
  static Dataset<Row> mutual(Dataset<Row> pairs) {
    Dataset<Row> there = pairs.where(col("weight").gt(0)).select("src_key", "dst_key", "weight");
    Dataset<Row> back =
        there.select(
            col("src_key").as("dst_key"),
            col("dst_key").as("src_key"),
            col("weight").as("weight_back"));
    return there
        .join(back, new String[] {"src_key", "dst_key"})
        .select(
            col("src_key"), col("dst_key"), least(col("weight"), col("weight_back")).as("weight"));
  }

  /**
   * How many an account follows and attends to, and how many follow and attend to it.
   *
   * @param pairs from {@link #pairs}
   * @return account_key, seen_following_count, seen_follower_count, actor_count (accounts that
   *     attend to it), attention_weight (what it gives), target_count (effective number of accounts
   *     it attends to: (sum of weights)^2 / sum of squared weights, 0 for none)
   */
  static Dataset<Row> degrees(Dataset<Row> pairs) {
    Dataset<Row> out =
        pairs
            .groupBy(col("src_key").as("account_key"))
            .agg(
                sum("follow_count").as("seen_following_count"),
                sum("weight").as("attention_weight"),
                squares().as("squares"));
    Dataset<Row> in =
        pairs
            .groupBy(col("dst_key").as("account_key"))
            .agg(
                sum("follow_count").as("seen_follower_count"),
                count(when(col("weight").gt(0), lit(1))).as("actor_count"));
    Column attention = col("attention_weight").cast("double");
    return out.join(in, new String[] {"account_key"}, "full")
        .select(
            col("account_key"),
            coalesce(col("seen_following_count"), lit(0L)).as("seen_following_count"),
            coalesce(col("seen_follower_count"), lit(0L)).as("seen_follower_count"),
            coalesce(col("actor_count"), lit(0L)).as("actor_count"),
            coalesce(col("attention_weight"), lit(0L)).as("attention_weight"),
            when(col("squares").gt(0), attention.multiply(attention).divide(col("squares")))
                .otherwise(lit(0.0))
                .as("target_count"));
  }

  /** Sum of squared weights: integers of up to 38 digits, so exact in any order. */
  private static Column squares() {
    return sum(col("weight").multiply(col("weight")).cast("decimal(38,0)")).cast("double");
  }

  /**
   * How far an account's attention is a closed trade.
   *
   * @param mutual from {@link #mutual}
   * @param degrees from {@link #degrees}
   * @param triangles account_key, clustering_share in the graph of mutual pairs; empty if that
   *     graph is too large: circles then count as closed by concentration alone
   * @return account_key, trading_share (0 to 1), for accounts with a mutual pair
   */
  static Dataset<Row> trading(
      Dataset<Row> mutual, Dataset<Row> degrees, Optional<Dataset<Row>> triangles) {
    Dataset<Row> circles =
        mutual
            .groupBy(col("src_key").as("account_key"))
            .agg(sum("weight").as("mutual_weight"), squares().as("squares"));
    Dataset<Row> clustered =
        triangles
            .map(
                counted ->
                    circles.join(
                        counted.select("account_key", "clustering_share"),
                        new String[] {"account_key"},
                        "left"))
            .orElseGet(() -> circles.withColumn("clustering_share", lit(0.0)));
    Column weight = col("mutual_weight").cast("double");
    Column concentration = least(lit(1.0), col("squares").divide(weight.multiply(weight)));
    Column open =
        lit(1.0)
            .minus(coalesce(col("clustering_share"), lit(0.0)))
            .multiply(lit(1.0).minus(concentration));
    return clustered
        .join(degrees.select("account_key", "attention_weight"), "account_key")
        .select(
            col("account_key"),
            weight
                .divide(col("attention_weight"))
                .multiply(lit(1.0).minus(open))
                .as("trading_share"));
  }

  /**
   * Blocks from old credible accounts.
   *
   * @param pairs from {@link #pairs}
   * @param credibilities account_key, credibility from {@link Credibility#unblocked}
   * @return account_key, block_sum: over its blockers, the square of that credibility; accounts
   *     that nobody blocks have no row
   */
  static Dataset<Row> blocks(Dataset<Row> pairs, Dataset<Row> credibilities) {
    Column weight =
        units(col("block_presence").multiply(col("credibility")).multiply(col("credibility")));
    return pairs
        .where(col("block_presence").gt(0))
        .join(credibilities.select(col("account_key").as("src_key"), col("credibility")), "src_key")
        .groupBy(col("dst_key").as("account_key"))
        .agg(sum(weight).divide(lit(STEP)).as("block_sum"));
  }
}
