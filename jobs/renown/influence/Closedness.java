package renown.influence;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.graphx.Edge;
import org.apache.spark.graphx.Graph;
import org.apache.spark.graphx.PartitionStrategy;
import org.apache.spark.graphx.lib.ConnectedComponents;
import org.apache.spark.graphx.lib.StronglyConnectedComponents;
import org.apache.spark.graphx.lib.TriangleCount;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * How reciprocal and how closed the attention around an account is: what credibility discounts
 * trading rings by. Components and triangles come from GraphX, whose ready algorithms fit graphs of
 * mutual edges well and full graphs badly; so each takes a bound on the edges and does nothing
 * beyond it.
 */
public final class Closedness {
  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

  private Closedness() {}

  /**
   * Weight that goes both ways.
   *
   * @param edges columns {@code src_key}, {@code dst_key} (long), {@code weight} (double above 0);
   *     one row per pair, no loops
   * @return one row per account with an edge: {@code account_key}, {@code given_weight} (sum over
   *     its out-edges), {@code received_weight} (over its in-edges), {@code mutual_weight} (sum
   *     over partners of the lesser of the two directions' weights) and {@code reciprocity_share}
   *     (mutual over received, 0..1; 0 where nothing is received)
   */
  public static Dataset<Row> reciprocity(Dataset<Row> edges) {
    Dataset<Row> given =
        edges.groupBy(col("src_key").as("account_key")).agg(sum("weight").as("given_weight"));
    Dataset<Row> received =
        edges.groupBy(col("dst_key").as("account_key")).agg(sum("weight").as("received_weight"));
    Dataset<Row> mutual =
        mutualEdges(edges)
            .groupBy(col("src_key").as("account_key"))
            .agg(sum("weight").as("mutual_weight"));
    String[] key = {"account_key"};
    // An absent row means no edge of that kind: weight 0.
    return given
        .join(received, key, "full")
        .join(mutual, key, "left")
        .select(
            col("account_key"),
            coalesce(col("given_weight"), lit(0.0)).as("given_weight"),
            coalesce(col("received_weight"), lit(0.0)).as("received_weight"),
            coalesce(col("mutual_weight"), lit(0.0)).as("mutual_weight"),
            coalesce(col("mutual_weight").divide(col("received_weight")), lit(0.0))
                .as("reciprocity_share"));
  }

  /**
   * The edges that have a counterpart, both directions, each with the lesser of the two weights.
   *
   * @param edges see {@link #reciprocity}
   * @return columns {@code src_key}, {@code dst_key}, {@code weight}
   */
  public static Dataset<Row> mutualEdges(Dataset<Row> edges) {
    Dataset<Row> back =
        edges.select(
            col("src_key").as("dst_key"),
            col("dst_key").as("src_key"),
            col("weight").as("weight_back"));
    return edges
        .join(back, new String[] {"src_key", "dst_key"})
        .selectExpr("src_key", "dst_key", "least(weight, weight_back) as weight");
  }

  /**
   * Weakly connected components.
   *
   * @param mostEdges beyond so many edges nothing is computed
   * @return {@code account_key} and {@code component_key}, the least key in its component; empty
   *     where the graph is too large
   */
  public static Optional<Dataset<Row>> components(Dataset<Row> edges, long mostEdges) {
    return guarded(edges, mostEdges)
        .map(
            graph ->
                keyed(edges, ConnectedComponents.run(graph, ANY, ANY), "component_key bigint"));
  }

  /**
   * Strongly connected components.
   *
   * @param mostEdges beyond so many edges nothing is computed
   * @param mostRounds bound of the algorithm's outer loop; a chain of n components may need n
   * @return {@code account_key} and {@code component_key}, the least key in its component; empty
   *     where the graph is too large
   */
  public static Optional<Dataset<Row>> strongComponents(
      Dataset<Row> edges, long mostEdges, int mostRounds) {
    return guarded(edges, mostEdges)
        .map(
            graph ->
                keyed(
                    edges,
                    StronglyConnectedComponents.run(graph, mostRounds, ANY, ANY),
                    "component_key bigint"));
  }

  /**
   * Triangles that an account is part of, directions and weights left aside.
   *
   * @param mostEdges beyond so many edges nothing is computed
   * @return {@code account_key}, {@code triangle_count}, {@code neighbour_count} and {@code
   *     clustering_share}: triangles over pairs of neighbours, 0..1, 0 with fewer than two
   *     neighbours; empty where the graph is too large
   */
  public static Optional<Dataset<Row>> triangles(Dataset<Row> edges, long mostEdges) {
    return guarded(edges, mostEdges)
        .map(
            graph -> {
              Dataset<Row> counted =
                  keyed(
                      edges,
                      TriangleCount.run(
                          graph.partitionBy(PartitionStrategy.EdgePartition2D$.MODULE$), ANY, ANY),
                      "triangle_count bigint");
              Dataset<Row> pairs =
                  edges.select(col("src_key").as("account_key"), col("dst_key").as("neighbour"));
              Dataset<Row> neighbours =
                  pairs
                      .union(pairs.select("neighbour", "account_key"))
                      .where("account_key <> neighbour")
                      .distinct()
                      .groupBy("account_key")
                      .agg(count(lit(1)).as("neighbour_count"));
              return counted
                  .join(neighbours, "account_key")
                  .selectExpr(
                      "account_key",
                      "triangle_count",
                      "neighbour_count",
                      "case when neighbour_count < 2 then 0.0D else triangle_count * 2.0D"
                          + " / (neighbour_count * (neighbour_count - 1.0D)) end"
                          + " as clustering_share");
            });
  }

  private static Optional<Graph<Object, Object>> guarded(Dataset<Row> edges, long mostEdges) {
    if (edges.limit((int) Math.min(Integer.MAX_VALUE, mostEdges + 1)).count() > mostEdges) {
      return Optional.empty();
    }
    JavaRDD<Edge<Object>> list =
        edges
            .select("src_key", "dst_key")
            .javaRDD()
            .map(row -> new Edge<Object>(row.getLong(0), row.getLong(1), 1));
    return Optional.of(
        Graph.fromEdges(
            list.rdd(),
            (Object) 1,
            StorageLevel.MEMORY_AND_DISK(),
            StorageLevel.MEMORY_AND_DISK(),
            ANY,
            ANY));
  }

  private static Dataset<Row> keyed(Dataset<Row> edges, Graph<Object, ?> graph, String column) {
    JavaRDD<Row> rows =
        graph
            .vertices()
            .toJavaRDD()
            .map(
                (Tuple2<Object, Object> vertex) ->
                    RowFactory.create(vertex._1(), ((Number) vertex._2()).longValue()));
    return edges
        .sparkSession()
        .createDataFrame(rows, StructType.fromDDL("account_key bigint, " + column));
  }
}
