package renown.night.score.credibility;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.graphx.Edge;
import org.apache.spark.graphx.Graph;
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
 * How closed the circle around an account is. Triangles come from GraphX, whose algorithm suits the
 * sparse graph of mutual pairs but not a full attention graph: hence the limit.
 */
final class Closedness {
  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

  private Closedness() {}

  /**
   * Triangles that an account is part of, weights left aside.
   *
   * @param mutual columns {@code src_key}, {@code dst_key}; both directions of each pair, no loops
   * @param mostPairs beyond so many rows nothing is computed
   * @return {@code account_key}, {@code triangle_count}, {@code neighbour_count} and {@code
   *     clustering_share}: triangles over pairs of neighbours, 0..1, 0 with fewer than two
   *     neighbours; empty if the graph is too large
   */
  static Optional<Dataset<Row>> triangles(Dataset<Row> mutual, long mostPairs) {
    if (mutual.count() > mostPairs) {
      return Optional.empty();
    }
    // Once per pair, the lesser key first: the form in which triangles are counted.
    JavaRDD<Edge<Object>> list =
        mutual
            .where(col("src_key").lt(col("dst_key")))
            .select("src_key", "dst_key")
            .javaRDD()
            .map(row -> new Edge<Object>(row.getLong(0), row.getLong(1), 1));
    Graph<Object, Object> graph =
        Graph.fromEdges(
            list.rdd(),
            (Object) 1,
            StorageLevel.MEMORY_AND_DISK(),
            StorageLevel.MEMORY_AND_DISK(),
            ANY,
            ANY);
    JavaRDD<Row> counts =
        TriangleCount.runPreCanonicalized(graph, ANY, ANY)
            .vertices()
            .toJavaRDD()
            .map(
                (Tuple2<Object, Object> vertex) ->
                    RowFactory.create(vertex._1(), ((Number) vertex._2()).longValue()));
    Dataset<Row> counted =
        mutual
            .sparkSession()
            .createDataFrame(
                counts, StructType.fromDDL("account_key bigint, triangle_count bigint"));
    Dataset<Row> neighbours =
        mutual.groupBy(col("src_key").as("account_key")).agg(count(lit(1)).as("neighbour_count"));
    return Optional.of(
        neighbours
            .join(counted, new String[] {"account_key"}, "left")
            .withColumn("triangle_count", coalesce(col("triangle_count"), lit(0L)))
            .selectExpr(
                "account_key",
                "triangle_count",
                "neighbour_count",
                "case when neighbour_count < 2 then 0.0D else triangle_count * 2.0D"
                    + " / (neighbour_count * (neighbour_count - 1.0D)) end as clustering_share"));
  }
}
