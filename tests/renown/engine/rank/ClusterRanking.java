package renown.engine.rank;

import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.StoppingRule;

/**
 * A driver of its own for {@link StandaloneClusterIT}: ranks a graph that is a function of row
 * numbers on whatever cluster the system properties name, and prints a checksum of all bits.
 */
public final class ClusterRanking {
  static final String JOB = "Job ";
  static final String EXECUTOR_LOST = "Executor lost";
  static final String CHECKSUM = "Checksum ";

  private ClusterRanking() {}

  public static void main(String[] arguments) throws Exception {
    int iterations = Integer.parseInt(arguments[0]);
    try (SparkSession spark = SparkSession.builder().appName("cluster ranking").getOrCreate()) {
      spark.sparkContext().addSparkListener(new Reporter());
      Dataset<Row> edges =
          spark
              .range(300_000)
              .selectExpr(
                  "pmod(xxhash64(id), 20000) AS src_key",
                  "pmod(pmod(xxhash64(id, 7), 20000) * pmod(xxhash64(id, 8), 20000), 20011)"
                      + " AS dst_key",
                  "double(1 + pmod(xxhash64(id, 9), 7)) AS weight");
      RankOptions options =
          RankOptions.standard()
              .withBlocks(4)
              .withChainLength(2)
              .withMaxIterations(iterations)
              .withStoppingRule(new StoppingRule.Iterations(iterations));
      RankResult result = RankEngine.rank(edges, null, Optional.empty(), options);
      List<Row> ranks = result.ranks().sort("account_key").collectAsList();
      CRC32 checksum = new CRC32();
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(16);
      for (Row row : ranks) {
        bytes.clear().putLong(row.getLong(0)).putDouble(row.getDouble(1));
        checksum.update(bytes.flip());
      }
      System.out.println(CHECKSUM + ranks.size() + " " + checksum.getValue());
    }
  }

  /** Says what goes on, for the test to act upon. */
  private static final class Reporter extends SparkListener {
    @Override
    public void onJobStart(SparkListenerJobStart job) {
      System.out.println(JOB + job.properties().getProperty("spark.job.description"));
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved executor) {
      System.out.println(EXECUTOR_LOST);
    }
  }
}
