package renown.night.spread;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.engine.decay.EdgeSums;

/** Bounds the number of distinct credible accounts that could see a post. */
final class Reach {
  private static final String[] POST = {"network", "post_id"};

  /** Half the width of a 90 % interval of a normal distribution. */
  private static final double DEVIATIONS = 1.645;

  private Reach() {}

  /**
   * The interval of a post's reach. Every account is counted once, by its credibility. In a network
   * of more than {@code sample} accounts only those count whose hash falls into one of n equal
   * parts, each n times: the standard error of such a sum is {@code sqrt(n (n - 1) sum of squared
   * credibility)}.
   *
   * @param cascades rows of {@link CascadeRows#MADE}
   * @param edges from {@link EdgeSums#of}
   * @param accounts rows of {@code accounts}
   * @param credible rows of {@code credibilities}
   * @param sample accounts of a network that are counted without estimating
   * @return network, post_id, reach_low, reach_high (null if the followers of the author or a
   *     sharer are unknown)
   */
  static Dataset<Row> reach(
      Dataset<Row> cascades,
      Dataset<Row> edges,
      Dataset<Row> accounts,
      Dataset<Row> credible,
      long sample) {
    Dataset<Row> touched = cascades.where(col("is_touched").and(col("actor_count").gt(0)));
    Dataset<Row> showers =
        touched.select(
            col("network"),
            col("post_id"),
            explode(array_union(array(col("author_key")), col("sharers"))).as("dst_key"));
    Dataset<Row> follows =
        edges
            .where(EdgeSums.follows())
            .select("network", "src_key", "dst_key")
            .join(showers.select("dst_key").distinct(), new String[] {"dst_key"}, "left_semi");
    Dataset<Row> parts =
        credible
            .groupBy("network")
            .agg(count(lit(1)).as("account_count"))
            .select(
                col("network"),
                ceil(col("account_count").divide(lit((double) sample))).cast("bigint").as("parts"));
    Column units =
        org.apache
            .spark
            .sql
            .functions
            .rint(col("credibility").multiply(lit(Cascades.UNIT)))
            .cast("long");
    Dataset<Row> sampled =
        credible
            .select("network", "account_key", "credibility")
            .join(broadcast(parts), "network")
            .where(pmod(xxhash64(col("account_key")), col("parts")).equalTo(0))
            .select(col("account_key").as("src_key"), units.as("units"), col("parts"));
    Column squares =
        col("units").cast("decimal(20,0)").multiply(col("units").cast("decimal(18,0)"));
    Column estimate = col("unit_sum").multiply(col("parts")).divide(lit(Cascades.UNIT));
    Column error =
        sqrt(col("square_sum")
                .cast("double")
                .multiply(col("parts"))
                .multiply(col("parts").minus(lit(1))))
            .divide(lit(Cascades.UNIT));
    Dataset<Row> seen =
        showers
            .join(follows.select("src_key", "dst_key"), "dst_key")
            .select(col("network"), col("post_id"), col("src_key"))
            .unionByName(
                touched.select(
                    col("network"), col("post_id"), explode(col("reactors")).as("src_key")))
            .distinct()
            .join(sampled, "src_key")
            .groupBy(POST[0], POST[1])
            .agg(
                sum("units").as("unit_sum"),
                sum(squares).as("square_sum"),
                org.apache.spark.sql.functions.max("parts").as("parts"))
            .select(
                col("network"),
                col("post_id"),
                estimate.minus(error.multiply(lit(DEVIATIONS))).as("estimate_low"));
    return touched
        .select("network", "post_id", "units")
        .join(seen, POST, "left")
        .join(most(showers, follows, accounts), POST, "left")
        .withColumn(
            "reach_low",
            greatest(
                col("units").divide(lit(Cascades.UNIT)), coalesce(col("estimate_low"), lit(0.0))))
        .select(
            col("network"),
            col("post_id"),
            col("reach_low"),
            when(col("follower_sum").isNotNull(), greatest(col("follower_sum"), col("reach_low")))
                .as("reach_high"));
  }

  /** Total followers of the author and of all sharers; null if unknown for one of them. */
  private static Dataset<Row> most(
      Dataset<Row> showers, Dataset<Row> follows, Dataset<Row> accounts) {
    Dataset<Row> known = follows.groupBy("dst_key").agg(count(lit(1)).as("known_count"));
    Dataset<Row> networks =
        follows.select("network").distinct().withColumn("tells_follows", lit(true));
    Column followers =
        greatest(
            col("follower_count"),
            when(col("tells_follows"), coalesce(col("known_count"), lit(0L))));
    return showers
        .join(
            accounts.select(col("account_key").as("dst_key"), col("follower_count")),
            new String[] {"dst_key"},
            "left")
        .join(known, new String[] {"dst_key"}, "left")
        .join(broadcast(networks), new String[] {"network"}, "left")
        .withColumn("followers", followers)
        .groupBy(POST[0], POST[1])
        .agg(
            sum("followers").as("follower_sum"),
            count(lit(1)).as("showers"),
            count(col("followers")).as("told"))
        .select(
            col("network"),
            col("post_id"),
            when(col("showers").equalTo(col("told")), col("follower_sum").cast("double"))
                .as("follower_sum"));
  }
}
