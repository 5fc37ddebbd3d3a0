package renown.kernels.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.graphx.Edge;
import org.apache.spark.graphx.Graph;
import org.apache.spark.graphx.lib.ConnectedComponents;
import org.apache.spark.graphx.lib.TriangleCount;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import renown.testing.SparkTest;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What GraphX finds too, on graphs too large for the slow versions of other tests. */
class GraphxTest extends SparkTest {
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
    Graph<Object, Object> mutual = graph(pairs);
    long[] counted = new long[accounts];
    TriangleCount.runPreCanonicalized(mutual, ANY, ANY)
        .vertices()
        .toJavaRDD()
        .collect()
        .forEach(vertex -> counted[(int) (long) vertex._1()] = ((Number) vertex._2()).longValue());
    assertThat(new ClosedTrades(graph, weights).triangles).isEqualTo(counted);
    assertThat(Arrays.stream(counted).sum()).isGreaterThan(10_000);
  }

  @Test
  void componentsAreThoseOfGraphx() {
    int accounts = 3000;
    Random random = new Random(22);
    int[] from = random.ints(1800, 0, accounts).toArray();
    int[] to = random.ints(from.length, 0, accounts).toArray();
    List<Edge<Object>> pairs = new ArrayList<>();
    for (int link = 0; link < from.length; link++) {
      pairs.add(new Edge<>(from[link], to[link], 1));
    }
    int[] least = Components.least(accounts, from, to);
    Map<Integer, Integer> sizes = new HashMap<>();
    ConnectedComponents.run(graph(pairs), ANY, ANY)
        .vertices()
        .toJavaRDD()
        .collect()
        .forEach(
            vertex -> {
              assertThat(least[(int) (long) vertex._1()])
                  .isEqualTo(((Number) vertex._2()).intValue());
              sizes.merge(((Number) vertex._2()).intValue(), 1, Integer::sum);
            });
    assertThat(sizes.values()).anyMatch(size -> size > 200).contains(2, 3);
  }

  private static Graph<Object, Object> graph(List<Edge<Object>> pairs) {
    return Graph.fromEdges(
        JavaSparkContext.fromSparkContext(spark().sparkContext()).parallelize(pairs, 2).rdd(),
        (Object) 1,
        StorageLevel.MEMORY_ONLY(),
        StorageLevel.MEMORY_ONLY(),
        ANY,
        ANY);
  }
}
