package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.graphx.Edge;
import org.apache.spark.graphx.Graph;
import org.apache.spark.graphx.lib.TriangleCount;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import renown.testing.SparkTest;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Triangles are those that GraphX counts, on a graph too large to look at every three accounts. */
class GraphxTrianglesTest extends SparkTest {
  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

  @Test
  void trianglesAreThoseOfGraphx() {
    int accounts = 3000;
    EdgeGraph graph = new RandomEdges(21, accounts, 90_000).graph();
    int[] weights = new int[graph.edges()];
    Arrays.fill(weights, 1);
    List<Edge<Object>> pairs = new ArrayList<>();
    for (int edge = 0; edge < graph.edges(); edge++) {
      if (graph.back(edge) >= 0 && graph.source(edge) < graph.destination(edge)) {
        pairs.add(new Edge<>(graph.source(edge), graph.destination(edge), 1));
      }
    }
    Graph<Object, Object> mutual =
        Graph.fromEdges(
            JavaSparkContext.fromSparkContext(spark().sparkContext()).parallelize(pairs, 2).rdd(),
            (Object) 1,
            StorageLevel.MEMORY_ONLY(),
            StorageLevel.MEMORY_ONLY(),
            ANY,
            ANY);
    long[] counted = new long[accounts];
    TriangleCount.runPreCanonicalized(mutual, ANY, ANY)
        .vertices()
        .toJavaRDD()
        .collect()
        .forEach(vertex -> counted[(int) (long) vertex._1()] = ((Number) vertex._2()).longValue());
    assertThat(new ClosedTrades(graph, weights).triangles).isEqualTo(counted);
    assertThat(Arrays.stream(counted).sum()).isGreaterThan(10_000);
  }
}
