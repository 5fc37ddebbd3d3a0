package renown.lab.benchmark;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * R-MAT graphs (Chakrabarti, Zhan and Faloutsos, SDM 2004) with the parameters of Graph500: A 0.57,
 * B 0.19, C 0.19, D 0.05. An edge is a function of its number and the seed, so a graph is the same
 * for any partitioning.
 */
final class RmatEdges {
  private static final double A = 0.57;
  private static final double B = 0.19;
  private static final double C = 0.19;

  private RmatEdges() {}

  /**
   * Distinct edges without loops, columns {@code src_key} and {@code dst_key}.
   *
   * @param dense whether ids are 0 to 2^scale - 1, as a dictionary gives them, or scattered over 64
   *     bits; no id tells the place of its vertex in the recursion
   * @param scale the graph has up to 2^scale vertices; 1 to 31
   * @param edgeFactor edges drawn per vertex, before loops and duplicates are dropped
   */
  static Dataset<Row> generate(
      SparkSession spark, int scale, int edgeFactor, boolean dense, long seed) {
    MapFunction<Long, Tuple2<Long, Long>> draw = number -> edge(number, scale, dense, seed);
    return spark
        .range((long) edgeFactor << scale)
        .map(draw, Encoders.tuple(Encoders.LONG(), Encoders.LONG()))
        .toDF("src_key", "dst_key")
        .where("src_key <> dst_key")
        .dropDuplicates();
  }

  /** Source and destination of an edge, by its number. */
  static Tuple2<Long, Long> edge(long number, int scale, boolean dense, long seed) {
    long source = 0;
    long destination = 0;
    long state = mix(seed ^ mix(number));
    for (int level = 0; level < scale; level++) {
      state = mix(state + level);
      double draw = (state >>> 11) * 0x1p-53;
      int quadrant = draw < A ? 0 : draw < A + B ? 1 : draw < A + B + C ? 2 : 3;
      source = source << 1 | quadrant >> 1;
      destination = destination << 1 | quadrant & 1;
    }
    // Bijections: they hide the recursion from the ids, as Graph500's permutation does.
    return dense
        ? new Tuple2<>(permuted(source, scale), permuted(destination, scale))
        : new Tuple2<>(mix(source), mix(destination));
  }

  /** A bijection of the numbers below 2^scale: odd factors and shifts, each of which is one. */
  private static long permuted(long number, int scale) {
    long mask = (1L << scale) - 1;
    long z = (number * 0x9E3779B97F4A7C15L + 0x165667B19E3779F9L) & mask;
    z ^= z >>> (scale + 1) / 2;
    z = z * 0xBF58476D1CE4E5B9L & mask;
    z ^= z >>> (scale + 1) / 2;
    return z * 0x94D049BB133111EBL & mask;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a bijection. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
