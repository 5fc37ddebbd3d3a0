package renown.night.score.influence;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import renown.engine.decay.EdgeSums;
import renown.engine.decay.Shares;
import renown.tables.TopSources;

/** The weighted edges to rank, and what follows from the ranks. */
final class AttentionGraph {
  /** The key of the sink vertex, which receives discounted attention. */
  static final long NOBODY = -1;

  /** Mutual attention up to this share is normal among friends and not discounted. */
  private static final double FRIENDS_TRADE = 0.1;

  private static final double MOST_DISCOUNT = 0.9;

  private AttentionGraph() {}

  /**
   * Weights of edges as seen from the end of a night: the sum over verbs of {@code verb weight *
   * ln(1 + decayed count)}, so that the hundredth reply adds almost nothing. A follow is no act
   * that fades: it counts 1 until it is taken back.
   *
   * @param edges from {@link EdgeSums#of}
   * @param exclusions rows of {@code exclusions}: neither side of an edge is one of them
   * @param verbWeights weight of each verb, 0 or more; verbs without one do not count
   * @return network, src_key, dst_key, weight above 0; one row per edge. The same bits whatever the
   *     order of the rows: acts are summed as integers, verbs in the order of their names
   */
  static Dataset<Row> weights(
      Dataset<Row> edges, Dataset<Row> exclusions, SortedMap<String, Double> verbWeights) {
    Column weight = lit(0.0);
    for (var verb : verbWeights.entrySet()) {
      if (verb.getValue() > 0) {
        Column count =
            verb.getKey().equals("follow")
                ? when(EdgeSums.follows(), lit(1.0)).otherwise(lit(0.0))
                : EdgeSums.decayedCount(verb.getKey());
        weight = weight.plus(log1p(count).multiply(lit(verb.getValue())));
      }
    }
    Dataset<Row> excluded = exclusions.select(col("account_key"));
    return edges
        .join(excluded, col("src_key").equalTo(excluded.col("account_key")), "left_anti")
        .join(excluded, col("dst_key").equalTo(excluded.col("account_key")), "left_anti")
        .select(col("network"), col("src_key"), col("dst_key"), weight.as("weight"))
        .where(col("weight").gt(0));
  }

  /**
   * Takes from traded attention what the trade discounts. For a pair that attends to each other,
   * the lesser of the two weights is what may be traded; of it each direction loses {@code 0.9 *
   * t(src) * t(dst)}, t an account's trading share beyond the tenth that friends have too. What is
   * taken goes to {@link #NOBODY}, an account without out-edges whose rank falls to the preference
   * vector: otherwise a source that only trades would pass on all of its rank as before, since only
   * the proportions of its weights matter.
   *
   * @param weights from {@link #weights}
   * @param credibilities rows of {@code credibilities}
   * @return the same rows with what is left of their weight, and a row from each trader to nobody
   */
  static Dataset<Row> discounted(Dataset<Row> weights, Dataset<Row> credibilities) {
    Column share = col("trading_share").minus(lit(FRIENDS_TRADE)).divide(lit(1 - FRIENDS_TRADE));
    Dataset<Row> traders =
        credibilities
            .where(col("trading_share").gt(FRIENDS_TRADE))
            .select(col("account_key"), share.as("trade"));
    Dataset<Row> among =
        weights
            .join(
                traders.select(col("account_key").as("src_key"), col("trade").as("src_trade")),
                "src_key")
            .join(
                traders.select(col("account_key").as("dst_key"), col("trade").as("dst_trade")),
                "dst_key");
    Column traded =
        least(col("weight"), col("weight_back"))
            .multiply(col("src_trade"))
            .multiply(col("dst_trade"))
            .multiply(lit(MOST_DISCOUNT));
    Dataset<Row> taken =
        among
            .join(
                among.select(
                    col("src_key").as("dst_key"),
                    col("dst_key").as("src_key"),
                    col("weight").as("weight_back")),
                new String[] {"src_key", "dst_key"})
            .select(
                col("network"), col("src_key"), col("dst_key"), Shares.units(traded).as("taken"));
    Column left = col("weight").minus(coalesce(Shares.worth(col("taken")), lit(0.0)));
    Column[] edge = {col("network"), col("src_key"), col("dst_key"), col("weight")};
    return weights
        .join(taken.drop("network"), new String[] {"src_key", "dst_key"}, "left")
        .withColumn("weight", left)
        .select(edge)
        .unionByName(
            taken
                .groupBy("network", "src_key")
                .agg(Shares.worth(sum("taken")).as("weight"))
                .where(col("weight").gt(0))
                .withColumn("dst_key", lit(NOBODY))
                .select(edge));
  }

  /**
   * The ranks of accounts alone, one row each: what {@link #NOBODY} holds is shared out in
   * proportion.
   *
   * @param ranks network, account_key, vector (0 the ranking, others its bootstrap replicates),
   *     rank_share; sums to 1 by network and vector
   * @return network, account_key, rank_share (sums to 1 by network), replicate_shares in the order
   *     of the vectors
   */
  static Dataset<Row> ofAccounts(Dataset<Row> ranks) {
    Dataset<Row> nobody =
        ranks
            .where(col("account_key").equalTo(NOBODY))
            .select(col("network"), col("vector"), col("rank_share").as("nobodys_share"));
    Column share =
        col("rank_share").divide(lit(1.0).minus(coalesce(col("nobodys_share"), lit(0.0))));
    Column replicate = when(col("vector").gt(0), struct(col("vector"), col("share")));
    return ranks
        .where(col("account_key").notEqual(NOBODY))
        .join(broadcast(nobody), new String[] {"network", "vector"}, "left")
        .withColumn("share", share)
        .groupBy("network", "account_key")
        .agg(
            max(when(col("vector").equalTo(0), col("share"))).as("rank_share"),
            transform(array_sort(collect_list(replicate)), one -> one.getField("share"))
                .as("replicate_shares"));
  }

  /**
   * How many attend to each account.
   *
   * @param weights from {@link #discounted}
   * @return account_key, actor_count; accounts to which nobody attends have no row
   */
  static Dataset<Row> actors(Dataset<Row> weights) {
    return weights
        .where(col("dst_key").notEqual(NOBODY))
        .groupBy(col("dst_key").as("account_key"))
        .agg(count(lit(1)).as("actor_count"));
  }

  /**
   * The largest sources of each account's rank.
   *
   * @param weights from {@link #discounted}
   * @param ranks account_key, rank_share
   * @param most how many per account
   * @return rows of {@code top_sources}
   */
  static Dataset<Row> topSources(
      Dataset<Row> weights, Dataset<Row> ranks, double dampingFactor, long most, Column night) {
    Dataset<Row> out =
        weights.groupBy("src_key").agg(Shares.exactSum(col("weight")).as("out_weight"));
    Dataset<Row> sources =
        out.join(ranks, out.col("src_key").equalTo(ranks.col("account_key")))
            .select(
                col("src_key"),
                Shares.of(col("rank_share"), col("out_weight")).as("rank_per_weight"));
    return weights
        .where(col("dst_key").notEqual(NOBODY))
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
