package renown.night.score.points;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import renown.kernels.rarity.RarityScale;
import renown.night.score.model.EarnedAttentionModel;
import renown.tables.MartAccountScores;
import renown.tables.ReferencePopulations;
import scala.collection.Seq;

/** Maps earned attention to the reference population and to points. */
final class Scores {
  static final String SCORE = "score";
  static final String MOMENTUM = "momentum";

  private static final UDF1<Double, Long> STEP =
      value -> value == null || value <= 0 ? null : RarityScale.step(value);

  private Scores() {}

  /** A population against which rarity is measured, and of which version. */
  record Reference(RarityScale scale, long version) implements Serializable {}

  /** The quantity whose rarity is measured. */
  record Kind(String network, String measure) implements Serializable {}

  /**
   * Whether there is enough to go by.
   *
   * @param leastActors distinct accounts that attend to it
   * @param leastCredible the sum of their credibility
   */
  static Column isSufficient(long leastActors, double leastCredible) {
    return col("actor_count").geq(leastActors).and(col("credible_actor_sum").geq(leastCredible));
  }

  /**
   * The population of a night, as a reference.
   *
   * @param earned rows of {@code account_state} with earned attention
   * @param version by network; networks without one are left out
   * @return rows of {@code reference_populations}
   */
  static Dataset<Row> reference(Dataset<Row> earned, Map<String, Long> version, Column night) {
    UDF1<String, Long> versions = version::get;
    Column step = udf(STEP, DataTypes.LongType).apply(col("attention"));
    Column measures =
        map(lit(SCORE), col("earned_attention"), lit(MOMENTUM), col("momentum_earned_attention"));
    return earned
        .select(col("network"), explode(measures).as(new String[] {"measure", "attention"}))
        .where(col("attention").gt(0))
        .groupBy(col("network"), col("measure"), step.as("step"))
        .agg(count(lit(1)).as("step_count"))
        .withColumn(
            "at_least_count",
            sum("step_count")
                .over(Window.partitionBy("network", "measure").orderBy(col("step").desc())))
        .withColumn("reference_version", udf(versions, DataTypes.LongType).apply(col("network")))
        .where(col("reference_version").isNotNull())
        .withColumn("model_version", lit(0L))
        .withColumn("reference_night", night)
        .select(ReferencePopulations.TABLE.cols());
  }

  /** The latest reference of each network and measure. */
  static Map<Kind, Reference> references(Dataset<Row> populations) {
    Map<Kind, List<Row>> steps = new HashMap<>();
    Map<Kind, Long> versions = new HashMap<>();
    for (Row row :
        populations.sort("network", "measure", "reference_version", "step").collectAsList()) {
      Kind kind = new Kind(row.getAs("network"), row.getAs("measure"));
      Long version = row.getAs("reference_version");
      if (!version.equals(versions.put(kind, version))) {
        steps.put(kind, new ArrayList<>());
      }
      steps.get(kind).add(row);
    }
    Map<Kind, Reference> references = new HashMap<>();
    steps.forEach(
        (kind, rows) ->
            references.put(
                kind,
                new Reference(
                    new RarityScale(
                        rows.stream().mapToLong(row -> row.<Long>getAs("step")).toArray(),
                        rows.stream().mapToLong(row -> row.<Long>getAs("step_count")).toArray()),
                    versions.get(kind))));
    return references;
  }

  /**
   * What the same values earn under another model.
   *
   * @param earned rows of {@code account_state} with earned attention
   * @param version of the other model
   * @return the same rows; earned_attention, momentum_earned_attention and model_version are the
   *     other model's, and the interval is of no width, since none is computed for it
   */
  static Dataset<Row> underModel(
      Dataset<Row> earned,
      EarnedAttentionModel score,
      EarnedAttentionModel momentum,
      long version) {
    Column attention = udf(earn(score), DataTypes.DoubleType).apply(col("term_values"));
    return earned
        .withColumn("earned_attention", attention)
        .withColumn("earned_attention_low", col("earned_attention"))
        .withColumn("earned_attention_high", col("earned_attention"))
        .withColumn(
            "momentum_earned_attention",
            udf(earn(momentum), DataTypes.DoubleType).apply(col("momentum_values")))
        .withColumn("model_version", lit(version));
  }

  private static UDF1<Seq<Double>, Double> earn(EarnedAttentionModel model) {
    return values -> {
      double[] array = new double[values.size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = values.apply(i);
      }
      return StrictMath.exp(model.logarithm(array));
    };
  }

  /**
   * Points for those with evidence.
   *
   * @param earned rows of {@code account_state} with earned attention
   * @param references for every network in it, both measures
   * @param sufficient from {@link #isSufficient}
   * @return rows of {@code mart_account_scores}
   */
  static Dataset<Row> scores(
      Dataset<Row> earned, Map<Kind, Reference> references, Column sufficient, Column night) {
    UDF1<String, Long> version = network -> references.get(new Kind(network, SCORE)).version();
    return earned
        .withColumn("night", night)
        .withColumn("evidence", when(sufficient, lit("sufficient")).otherwise(lit("insufficient")))
        .withColumn("score", when(sufficient, points(references, SCORE, "earned_attention")))
        .withColumn(
            "score_low", when(sufficient, points(references, SCORE, "earned_attention_low")))
        .withColumn(
            "score_high", when(sufficient, points(references, SCORE, "earned_attention_high")))
        .withColumn(
            "momentum", when(sufficient, points(references, MOMENTUM, "momentum_earned_attention")))
        .withColumn(
            "reference_version",
            coalesce(udf(version, DataTypes.LongType).apply(col("network")), lit(0L)))
        .withColumn("earlier_score", lit(null).cast("double"))
        .select(MartAccountScores.TABLE.cols());
  }

  private static Column points(Map<Kind, Reference> references, String measure, String attention) {
    UDF2<String, Double, Double> points =
        (network, value) ->
            value == null ? null : references.get(new Kind(network, measure)).scale().score(value);
    return udf(points, DataTypes.DoubleType).apply(col("network"), col(attention));
  }
}
