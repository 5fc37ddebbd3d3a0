package renown.influence;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import renown.decay.ForwardDecay;
import renown.tables.TopSources;

/** The weighted edges that are ranked, and what the ranks say of them. */
final class AttentionGraph {
  private AttentionGraph() {}

  /**
   * Weights of edges as seen from the end of a night: the sum over verbs of {@code verb weight *
   * ln(1 + decayed count)}, so that the hundredth reply adds almost nothing.
   *
   * @param increments rows of {@code edge_increments}
   * @param landmarks rows of {@code landmarks}
   * @param exclusions rows of {@code exclusions}: neither side of an edge is one of them
   * @param verbWeights weight of each verb, 0 or more; verbs without one do not count
   * @return network, src_key, dst_key, weight above 0; one row per edge. The same bits whatever the
   *     order of the rows: acts are summed as whole numbers, verbs in the order of their names
   */
  static Dataset<Row> weights(
      Dataset<Row> increments,
      Dataset<Row> landmarks,
      Dataset<Row> exclusions,
      SortedMap<String, Double> verbWeights,
      Column night) {
    List<Column> units = new ArrayList<>();
    Column weight = lit(0.0);
    for (var verb : verbWeights.entrySet()) {
      if (verb.getValue() > 0) {
        String name = verb.getKey() + "_units";
        Column its = col("verb").equalTo(verb.getKey());
        units.add(coalesce(sum(when(its, col("decayed_units"))), lit(0L)).as(name));
        Column decayedCount = greatest(col(name), lit(0L)).multiply(col("decay"));
        weight = weight.plus(log1p(decayedCount).multiply(lit(verb.getValue())));
      }
    }
    Column first = units.remove(0);
    Column nightEnd = date_add(night, 1).cast("timestamp");
    Dataset<Row> decays =
        landmarks.select(
            col("network"),
            ForwardDecay.actsPerUnit(nightEnd, ForwardDecay.landmark(), col("half_life_days"))
                .as("decay"));
    Dataset<Row> excluded = exclusions.select(col("account_key"));
    return increments
        .join(excluded, col("src_key").equalTo(excluded.col("account_key")), "left_anti")
        .join(excluded, col("dst_key").equalTo(excluded.col("account_key")), "left_anti")
        .groupBy("network", "src_key", "dst_key")
        .agg(first, units.toArray(new Column[0]))
        .join(org.apache.spark.sql.functions.broadcast(decays), "network")
        .select(col("network"), col("src_key"), col("dst_key"), weight.as("weight"))
        .where(col("weight").gt(0));
  }

  /**
   * How many attend to each account.
   *
   * @param weights as {@link #weights} gives them
   * @return account_key, actor_count; accounts to which nobody attends have no row
   */
  static Dataset<Row> actors(Dataset<Row> weights) {
    return weights.groupBy(col("dst_key").as("account_key")).agg(count(lit(1)).as("actor_count"));
  }

  /**
   * The largest sources of each account's rank.
   *
   * @param weights as {@link #weights} gives them
   * @param ranks account_key, rank_share
   * @param most how many per account
   * @return rows of {@code top_sources}
   */
  static Dataset<Row> topSources(
      Dataset<Row> weights, Dataset<Row> ranks, double dampingFactor, long most, Column night) {
    Column exact = org.apache.spark.sql.functions.round(col("weight").multiply(lit(1e9)));
    Dataset<Row> out =
        weights
            .groupBy("src_key")
            .agg(sum(exact.cast("decimal(38,0)")).cast("double").divide(lit(1e9)).as("out_weight"));
    Dataset<Row> sources =
        out.join(ranks, out.col("src_key").equalTo(ranks.col("account_key")))
            .select(
                col("src_key"), col("rank_share").divide(col("out_weight")).as("rank_per_weight"));
    return weights
        .join(sources, "src_key")
        .select(
            col("network"),
            col("dst_key").as("account_key"),
            col("src_key").as("source_key"),
            col("weight")
                .multiply(col("rank_per_weight"))
                .multiply(lit(dampingFactor))
                .as("rank_part"))
        .withColumn(
            "place",
            row_number()
                .over(
                    Window.partitionBy("account_key")
                        .orderBy(col("rank_part").desc(), col("source_key")))
                .cast("long"))
        .where(col("place").leq(most))
        .withColumn("night", night)
        .select(TopSources.TABLE.cols());
  }
}
