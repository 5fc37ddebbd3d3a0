package renown.engine.shortlist;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Determines who is reached by whom: those that follow an account or have reposted, quoted,
 * answered, mentioned or liked it or its posts and have not undone that; on a topic those that have
 * done so on the topic, follows aside. Only accounts in {@code credible_accounts} count.
 */
public final class ReachedAccounts {
  /** In place of a topic: whatever it is about. */
  public static final String EVERYTHING = "*";

  private static final Object[] REACTIONS = {"repost", "quote", "reply", "mention", "like"};

  private ReachedAccounts() {}

  /**
   * The sets themselves, of a few accounts.
   *
   * @param edges rows of {@code edge_increments}
   * @param topics rows of {@code topic_increments}
   * @param topicId a topic or {@link #EVERYTHING}
   * @param accounts account_key: whose sets
   * @param credible rows of {@code credible_accounts}
   * @return account_key, src_key; one row each
   */
  public static Dataset<Row> of(
      Dataset<Row> edges,
      Dataset<Row> topics,
      String topicId,
      Dataset<Row> accounts,
      Dataset<Row> credible) {
    Dataset<Row> acts =
        topicId.equals(EVERYTHING)
            ? ofAnything(edges)
            : onTopics(topics).where(col("topic_id").equalTo(topicId));
    return distinct(
            acts.join(
                accounts.select(col("account_key").as("dst_key")),
                new String[] {"dst_key"},
                "left_semi"),
            credible)
        .select("account_key", "src_key");
  }

  private static Dataset<Row> distinct(Dataset<Row> acts, Dataset<Row> credible) {
    return acts.groupBy("network", "dst_key", "topic_id", "src_key")
        .agg(sum("act_count").as("act_count"))
        .where(col("act_count").gt(0))
        .join(
            credible.select(col("account_key").as("src_key")),
            new String[] {"src_key"},
            "left_semi")
        .select(col("network"), col("dst_key").as("account_key"), col("topic_id"), col("src_key"));
  }

  private static Dataset<Row> ofAnything(Dataset<Row> edges) {
    return edges
        .where(col("verb").isin(REACTIONS).or(col("verb").equalTo("follow")))
        .select(
            col("network"),
            col("src_key"),
            col("dst_key"),
            lit(EVERYTHING).as("topic_id"),
            col("act_count"),
            col("night"));
  }

  private static Dataset<Row> onTopics(Dataset<Row> topics) {
    return topics
        .where(col("verb").isin(REACTIONS).and(col("topic_id").notEqual(EVERYTHING)))
        .select("network", "src_key", "dst_key", "topic_id", "act_count", "night");
  }
}
