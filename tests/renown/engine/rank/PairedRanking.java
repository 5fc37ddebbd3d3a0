package renown.engine.rank;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.StoppingRule;

/**
 * A driver of its own for {@link RankInLittleMemoryTest}: ranks a graph in which an even and an odd
 * vertex attend to each even one, and prints number, sum, least and largest of the ranks and the
 * heap's size.
 */
public final class PairedRanking {
  static final String RESULT = "Ranks ";

  private PairedRanking() {}

  public static void main(String[] arguments) throws Exception {
    int bits = Integer.parseInt(arguments[0]);
    int blocks = Integer.parseInt(arguments[1]);
    int iterations = Integer.parseInt(arguments[2]);
    try (SparkSession spark = SparkSession.builder().appName("paired ranking").getOrCreate()) {
      // Odd factors permute the numbers below a power of two, the even ones among themselves.
      Dataset<Row> edges =
          spark
              .range(0, 1L << bits, 1, blocks)
              .select(
                  col("id").as("src_key"),
                  expr("(id * 2654435761L) & " + ((1L << bits) - 2)).as("dst_key"),
                  lit(1.0).as("weight"));
      RankOptions options =
          RankOptions.standard()
              .withBlocks(blocks)
              .withMaxIterations(iterations)
              .withStoppingRule(new StoppingRule.Iterations(iterations));
      RankResult result = RankEngine.rank(edges, null, Optional.empty(), options);
      Row found = result.ranks().agg(count("rank"), sum("rank"), min("rank"), max("rank")).head();
      System.out.println(
          RESULT
              + found.getLong(0)
              + " "
              + found.getDouble(1)
              + " "
              + found.getDouble(2)
              + " "
              + found.getDouble(3)
              + " "
              + Runtime.getRuntime().maxMemory());
    }
  }
}
