package renown.night.spread;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.engine.decay.Shares;
import renown.tables.MartBridges;
import renown.tables.MartPostSpread;

/** Builds the marts about cascades. */
final class PostSpread {
  private static final double MICROS_PER_HOUR = 3_600e6;
  private static final String[] POST = {"network", "post_id"};

  private PostSpread() {}

  /**
   * @param cascades rows of {@link CascadeRows#MADE}
   * @param reach from {@link Reach#reach}
   * @param scores rows of {@code account_scores}
   * @return rows of {@code mart_post_spread}: posts that something was done to tonight and that
   *     anybody but the author has reacted to
   */
  static Dataset<Row> spread(
      Dataset<Row> cascades, Dataset<Row> reach, Dataset<Row> scores, Column night) {
    return cascades
        .where(col("is_touched").and(col("actor_count").gt(0)))
        .join(reach, POST)
        .join(
            scores.select(col("account_key").as("author_key"), col("score").as("author_score")),
            new String[] {"author_key"},
            "left")
        .withColumn("posted_at", timestamp_micros(col("posted")))
        .withColumn("credible_actor_sum", col("units").divide(lit(Cascades.UNIT)))
        .withColumn("hours_to_half", col("micros_to_half").divide(lit(MICROS_PER_HOUR)))
        .withColumn("days_alive", col("micros_alive").divide(lit(24 * MICROS_PER_HOUR)))
        .withColumn("beyond_audience_share", Shares.of(col("beyond_count"), col("actor_count")))
        .withColumn("night", night)
        .select(MartPostSpread.TABLE.cols());
  }

  /**
   * @param cascades rows of {@link CascadeRows#MADE}
   * @param topics rows of {@code post_topics} that may hold those of the posts
   * @return rows of {@code mart_bridges}
   */
  static Dataset<Row> bridges(Dataset<Row> cascades, Dataset<Row> topics, Column night) {
    Dataset<Row> carried =
        cascades
            .where(col("is_touched"))
            .select(col("network"), col("post_id"), explode(col("bridges")).as("bridge"))
            .select("network", "post_id", "bridge.*");
    Dataset<Row> onTopics =
        carried.join(
            topics.where(col("topic_id").notEqual("*")).select("network", "post_id", "topic_id"),
            POST);
    return carried
        .withColumn("topic_id", lit("*"))
        .unionByName(onTopics)
        .groupBy("network", "account_key", "from_community_key", "to_community_key", "topic_id")
        .agg(
            count(lit(1)).as("post_count"),
            sum("reached_count").as("reached_count"),
            coalesce(sum("units"), lit(0L)).divide(lit(Cascades.UNIT)).as("credible_reached_sum"))
        .withColumn("night", night)
        .select(MartBridges.TABLE.cols());
  }
}
