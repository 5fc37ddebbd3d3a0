package renown.night.score.credibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class ClosednessTest extends SparkTest {
  /** 1, 2, 3 all know one another; 3 knows 4 too; 8 and 9 know nobody else. */
  private static Dataset<Row> mutual() {
    return rows(
        "src_key bigint, dst_key bigint, weight bigint",
        row(1L, 2L, 1L),
        row(2L, 1L, 1L),
        row(2L, 3L, 1L),
        row(3L, 2L, 1L),
        row(3L, 1L, 1L),
        row(1L, 3L, 1L),
        row(3L, 4L, 1L),
        row(4L, 3L, 1L),
        row(8L, 9L, 1L),
        row(9L, 8L, 1L));
  }

  @Test
  void trianglesOverPairsOfNeighbours() {
    TableAssert.assertThat(Closedness.triangles(mutual(), 10).orElseThrow())
        .hasColumns(
            "account_key bigint, triangle_count bigint, neighbour_count bigint,"
                + " clustering_share double")
        .hasRows(
            row(1L, 1L, 2L, 1.0),
            row(2L, 1L, 2L, 1.0),
            row(3L, 1L, 3L, 2.0 / 6.0),
            row(4L, 0L, 1L, 0.0),
            row(8L, 0L, 1L, 0.0),
            row(9L, 0L, 1L, 0.0));
  }

  @Test
  void nothingIsComputedBeyondTheBound() {
    assertThat(Closedness.triangles(mutual(), 9)).isEmpty();
    TableAssert.assertThat(Closedness.triangles(mutual().limit(0), 0).orElseThrow()).isEmpty();
  }
}
