package renown.night.publish.validation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The outcomes after a prediction. */
public final class Outcomes {
  private static final double STEP = 1L << 20;
  private static final double MICROS_PER_WEEK = 7 * 86_400e6;

  private Outcomes() {}

  /**
   * The distinct credible accounts that reacted to each account.
   *
   * @param interactions rows of {@code interactions} since
   * @param credibilities rows of {@code account_state}
   * @return account_key, reactors: the sum of their credibility
   */
  public static Dataset<Row> reactors(Dataset<Row> interactions, Dataset<Row> credibilities) {
    return interactions
        .where(
            col("change")
                .equalTo(1)
                .and(col("verb").isin("repost", "quote", "reply", "mention", "like"))
                .and(col("actor_key").notEqual(col("target_key"))))
        .select("actor_key", "target_key")
        .distinct()
        .join(
            credibilities.select(col("account_key").as("actor_key"), col("credibility")),
            "actor_key")
        .groupBy(col("target_key").as("account_key"))
        .agg(
            sum(rint(col("credibility").multiply(lit(STEP))).cast("long"))
                .divide(lit(STEP))
                .as("reactors"));
  }

  /**
   * The same per week in which the account posted; where it never did, as if it had once.
   *
   * @param posts rows of {@code posts} since
   */
  public static Dataset<Row> perWeekOfPosting(Dataset<Row> reactors, Dataset<Row> posts) {
    Dataset<Row> weeks =
        posts
            .groupBy(col("author_key").as("account_key"))
            .agg(
                countDistinct(floor(unix_micros(col("happened_at")).divide(lit(MICROS_PER_WEEK))))
                    .as("week_count"));
    return reactors
        .join(weeks, new String[] {"account_key"}, "left")
        .select(
            col("account_key"),
            col("reactors")
                .divide(greatest(coalesce(col("week_count"), lit(1L)), lit(1L)))
                .as("reactors"));
  }
}
