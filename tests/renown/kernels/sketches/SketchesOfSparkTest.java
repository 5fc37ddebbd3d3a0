package renown.kernels.sketches;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.testing.SparkTest;

/** What the dictionary promises of Spark's own functions. */
class SketchesOfSparkTest extends SparkTest {
  private static byte[] range(long from, long to) {
    return AudienceSketch.of(LongStream.range(from, to).toArray());
  }

  /** Sets of one, of some, and of more than a sketch holds. */
  @Test
  void sketchesAreThoseOfSparkBitForBit() {
    for (long size : new long[] {1, 700, 4096, 4097, 30_000}) {
      Dataset<Row> members = spark().range(size).repartition(3).toDF();
      byte[] made = members.selectExpr("theta_sketch_agg(id, 12)").head().getAs(0);
      assertThat(range(0, size)).as("%d members", size).isEqualTo(made);
    }
    byte[] united =
        rows("a binary, b binary", row(range(0, 6000), range(5000, 9000)))
            .select(expr("theta_union(a, b, 12)"))
            .head()
            .getAs(0);
    assertThat(AudienceSketch.union(range(0, 6000), range(5000, 9000))).isEqualTo(united);
  }

  /** In any order and by any parts, and however often somebody is told of. */
  @Test
  void aUnionOfPartsIsTheSketchOfTheWhole() {
    Random random = new Random(2);
    for (int round = 0; round < 50; round++) {
      int size = 1 + random.nextInt(20_000);
      int cut = 1 + random.nextInt(size);
      long[] turned = LongStream.range(0, size).map(i -> size - 1 - i).toArray();
      byte[] whole = range(0, size);
      assertThat(AudienceSketch.of(turned)).isEqualTo(whole);
      if (cut < size) {
        assertThat(AudienceSketch.union(range(0, cut), range(cut / 2, size))).isEqualTo(whole);
      }
      assertThat(AudienceSketch.union(whole, whole)).isEqualTo(whole);
    }
  }

  @Test
  void sparkUnitesAndIntersectsTheSketches() {
    rows(
            "account_key bigint, sketch binary",
            row(100L, range(0, 30_000)),
            row(200L, range(20_000, 55_000)))
        .createOrReplaceTempView("sketches");
    Row answer =
        spark()
            .sql(
                """
                SELECT theta_sketch_estimate(theta_union_agg(sketch)) AS united,
                       theta_sketch_estimate(theta_intersection_agg(sketch)) AS shared,
                       theta_sketch_estimate(min_by(sketch, account_key)) AS first
                FROM sketches
                """)
            .head();
    double error = 1 / Math.sqrt((1 << AudienceSketch.LOG2_ENTRIES) - 1.0);
    assertThat(answer.<Long>getAs("united").doubleValue())
        .isCloseTo(55_000, within(4 * error * 55_000));
    assertThat(answer.<Long>getAs("shared").doubleValue())
        .isCloseTo(10_000, within(4 * error * 10_000 * Math.sqrt(5.5)));
    byte[] sketch = range(0, 30_000);
    assertThat(answer.<Long>getAs("first")).isEqualTo(AudienceSketch.count(sketch));
    assertThat(answer.<Long>getAs("shared"))
        .isEqualTo(AudienceSketch.shared(sketch, range(20_000, 55_000)));
    assertThat(AudienceSketch.relativeError(sketch))
        .isCloseTo(error * Math.sqrt(1 - 4096.0 / 30_000), within(0.02 * error));
    long threshold = AudienceSketch.threshold(sketch);
    long[] hashes = AudienceSketch.hashesBelow(sketch, threshold);
    assertThat(hashes).hasSize(1 << AudienceSketch.LOG2_ENTRIES).isSorted().doesNotHaveDuplicates();
    assertThat(hashes[hashes.length - 1]).isLessThan(threshold);
    assertThat(AudienceSketch.share(threshold)).isCloseTo(4096.0 / 30_000, within(0.01));
    assertThat(AudienceSketch.hashesBelow(sketch, hashes[10])).hasSize(10);
  }
}
