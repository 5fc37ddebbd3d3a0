package renown.engine.rank;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.kernels.rank.RankReport;

/** Ranks in the executors' memory until closed, with the ranking's report. */
public final class RankResult implements AutoCloseable {
  private final Dataset<Row> ranks;
  private final RankReport report;
  private final JavaRDD<?> held;

  RankResult(Dataset<Row> ranks, RankReport report, JavaRDD<?> held) {
    this.ranks = ranks;
    this.report = report;
    this.held = held;
  }

  /**
   * One row per account: {@code account_key} long, {@code rank} double in 0..1, sum 1. Unordered.
   */
  public Dataset<Row> ranks() {
    return ranks;
  }

  public RankReport report() {
    return report;
  }

  /** Frees the executors' memory; the ranks cannot be read any more. */
  @Override
  public void close() {
    held.unpersist(false);
  }
}
