package renown.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import renown.rarity.RarityScale;
import renown.tables.AccountScores;
import renown.tables.InfluenceRanks;
import renown.tables.ReferencePopulations;

/** From ranks to earned attention, to the reference population, to points. */
final class Scores {
  private static final UDF1<Double, Long> STEP =
      value -> value == null || value <= 0 ? null : RarityScale.step(value);

  private Scores() {}

  /**
   * Earned attention: as yet its first term alone, authority, the rank as a multiple of the mean.
   *
   * @param ranks rows of {@code influence_ranks}
   * @return network, account_key, earned_attention, actor_count
   */
  static Dataset<Row> earnedAttention(Dataset<Row> ranks) {
    Dataset<Row> sizes = ranks.groupBy("network").agg(count(lit(1)).as("population_count"));
    return ranks
        .join(org.apache.spark.sql.functions.broadcast(sizes), "network")
        .select(
            InfluenceRanks.NETWORK.col(),
            InfluenceRanks.ACCOUNT_KEY.col(),
            InfluenceRanks.RANK_SHARE
                .col()
                .multiply(col("population_count"))
                .as("earned_attention"),
            InfluenceRanks.ACTOR_COUNT.col());
  }

  /**
   * The population of a night, as a reference.
   *
   * @param attention as {@link #earnedAttention} gives it
   * @param version by network; networks without one are left out
   * @return rows of {@code reference_populations}
   */
  static Dataset<Row> reference(Dataset<Row> attention, Map<String, Long> version, Column night) {
    UDF1<String, Long> versions = version::get;
    Column step = udf(STEP, DataTypes.LongType).apply(col("earned_attention"));
    return attention
        .where(col("earned_attention").gt(0))
        .groupBy(col("network"), step.as("step"))
        .agg(count(lit(1)).as("step_count"))
        .withColumn(
            "at_least_count",
            sum("step_count").over(Window.partitionBy("network").orderBy(col("step").desc())))
        .withColumn("reference_version", udf(versions, DataTypes.LongType).apply(col("network")))
        .where(col("reference_version").isNotNull())
        .withColumn("night", night)
        .withColumnRenamed("night", "reference_night")
        .select(ReferencePopulations.TABLE.cols());
  }

  /**
   * Points for those with evidence.
   *
   * @param attention as {@link #earnedAttention} gives it
   * @param scales by network, for every network in it
   * @param versions the scales' versions, by network
   * @param leastActors fewer distinct actors are insufficient evidence
   * @return rows of {@code account_scores}
   */
  static Dataset<Row> scores(
      Dataset<Row> attention,
      Map<String, RarityScale> scales,
      Map<String, Long> versions,
      long leastActors,
      Column night) {
    UDF2<String, Double, Double> points =
        (network, value) -> value == null ? null : scales.get(network).score(value);
    UDF1<String, Long> version = versions::get;
    Column sufficient = col("actor_count").geq(leastActors);
    return attention
        .withColumn("night", night)
        .withColumn("evidence", when(sufficient, lit("sufficient")).otherwise(lit("insufficient")))
        .withColumn(
            "score",
            when(
                sufficient,
                udf(points, DataTypes.DoubleType).apply(col("network"), col("earned_attention"))))
        .withColumn(
            "reference_version",
            coalesce(udf(version, DataTypes.LongType).apply(col("network")), lit(0L)))
        .select(AccountScores.TABLE.cols());
  }
}
