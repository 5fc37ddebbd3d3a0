package renown.influence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.testing.Graphs;
import renown.testing.Graphs.Edge;

class ClosednessTest {
  /** A directed triangle 1, 2, 3; 3 -> 4 and 4 -> 5 lead out of it; 8 and 9 trade. */
  private static final List<Edge> EDGES =
      List.of(
          new Edge(1, 2, 1),
          new Edge(2, 3, 1),
          new Edge(3, 1, 1),
          new Edge(3, 4, 2),
          new Edge(4, 5, 1),
          new Edge(8, 9, 3),
          new Edge(9, 8, 1));

  private static Map<Long, Object> column(Dataset<Row> rows, String column) {
    Map<Long, Object> values = new TreeMap<>();
    for (Row row : rows.collectAsList()) {
      assertThat(values.put(row.getAs("account_key"), row.getAs(column))).isNull();
    }
    return values;
  }

  @Test
  void weakComponentsAreNamedAfterTheirLeastKey() {
    assertThat(column(Closedness.components(Graphs.edges(EDGES), 7).get(), "component_key"))
        .isEqualTo(Map.of(1L, 1L, 2L, 1L, 3L, 1L, 4L, 1L, 5L, 1L, 8L, 8L, 9L, 8L));
  }

  @Test
  void strongComponentsNeedAWayBack() {
    assertThat(
            column(Closedness.strongComponents(Graphs.edges(EDGES), 7, 10).get(), "component_key"))
        .isEqualTo(Map.of(1L, 1L, 2L, 1L, 3L, 1L, 4L, 4L, 5L, 5L, 8L, 8L, 9L, 8L));
  }

  @Test
  void trianglesIgnoreDirections() {
    Dataset<Row> triangles = Closedness.triangles(Graphs.edges(EDGES), 7).get();
    assertThat(column(triangles, "triangle_count"))
        .isEqualTo(Map.of(1L, 1L, 2L, 1L, 3L, 1L, 4L, 0L, 5L, 0L, 8L, 0L, 9L, 0L));
    assertThat(column(triangles, "neighbour_count"))
        .isEqualTo(Map.of(1L, 2L, 2L, 2L, 3L, 3L, 4L, 2L, 5L, 1L, 8L, 1L, 9L, 1L));
    Map<Long, Object> shares = column(triangles, "clustering_share");
    assertThat((Double) shares.get(1L)).isEqualTo(1);
    assertThat((Double) shares.get(3L)).isCloseTo(1 / 3.0, within(1e-15));
    assertThat((Double) shares.get(9L)).isZero();
  }

  @Test
  void nothingIsComputedBeyondTheBound() {
    Dataset<Row> edges = Graphs.edges(EDGES);
    assertThat(Closedness.components(edges, 6)).isEmpty();
    assertThat(Closedness.strongComponents(edges, 6, 10)).isEmpty();
    assertThat(Closedness.triangles(edges, 6)).isEmpty();
  }

  @Test
  void reciprocityIsTheLesserOfBothDirections() {
    Dataset<Row> reciprocity = Closedness.reciprocity(Graphs.edges(EDGES));
    assertThat(column(reciprocity, "reciprocity_share"))
        .isEqualTo(Map.of(1L, 0.0, 2L, 0.0, 3L, 0.0, 4L, 0.0, 5L, 0.0, 8L, 1.0, 9L, 1 / 3.0));
    assertThat(column(reciprocity, "given_weight").get(3L)).isEqualTo(3.0);
    assertThat(column(reciprocity, "received_weight").get(5L)).isEqualTo(1.0);
    assertThat(column(reciprocity, "mutual_weight").get(9L)).isEqualTo(1.0);
  }
}
