package renown.night.score.earned;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Distinct credible actors of an account, by what they do, in the data and in each replicate. */
final class DistinctActors {
  /** Sums are integer multiples of this, so that they are exact. */
  private static final double STEP = 1L << 20;

  /**
   * The number of friends whose attention counts in full even if it is returned, so that ordinary
   * friendships are not discounted.
   */
  private static final double FRIENDS = 5;

  private static final List<String> WHAT =
      List.of(
          "unasked_reach",
          "returned_reach",
          "unasked_audience",
          "returned_audience",
          "conversation",
          "attestation");

  private DistinctActors() {}

  /**
   * Those whose acts count.
   *
   * @param credibilities rows of {@code credibilities}
   * @return src_key, credibility
   */
  static Dataset<Row> actors(Dataset<Row> credibilities) {
    return credibilities.select(col("account_key").as("src_key"), col("credibility"));
  }

  /**
   * Sums over actors of credibility times presence. What an account returns is no free gift: with U
   * the attention that came unasked and R that which the account has returned in kind, it counts
   * {@code U + (U + 5) R / (U + 5 + R)}: among people who talk with one another nearly all
   * attention is returned, so a few count as they are, and beyond them trading at most doubles what
   * came unasked; more of either is never less. Conversations C count {@code U C / (U + C)}.
   *
   * @param edges from {@link AttentionEdges}
   * @param actors from {@link #actors}; edges of others do not count
   * @return account_key; reach, audience, conversation, attestation: arrays with the sum in the
   *     data first and then in each replicate; credible_actor_sum: over those that do or did
   *     anything, follow included. Accounts to which nobody attends have no row
   */
  static Dataset<Row> sums(Dataset<Row> edges, Dataset<Row> actors, int replicates) {
    Dataset<Row> reactions = edges.where(col("reaction_count").gt(0));
    Dataset<Row> returns =
        reactions.select(
            col("src_key").as("dst_key"),
            col("dst_key").as("src_key"),
            presence("reaction_count").as("returned"),
            presence("reply_count").as("answered"));
    Column reacts = presence("reaction_count");
    Column returned = coalesce(col("returned"), lit(0.0));
    Column unasked = lit(1.0).minus(returned);
    Dataset<Row> attention =
        edges
            .join(returns, new String[] {"src_key", "dst_key"}, "left")
            .select(
                col("src_key"),
                col("dst_key"),
                reacts.multiply(unasked).as("unasked_reach"),
                reacts.multiply(returned).as("returned_reach"),
                reacts.multiply(unasked).multiply(col("follow_count")).as("unasked_audience"),
                reacts.multiply(returned).multiply(col("follow_count")).as("returned_audience"),
                presence("reply_count")
                    .multiply(coalesce(col("answered"), lit(0.0)))
                    .as("conversation"),
                presence("list_count").as("attestation"),
                lit(1.0)
                    .minus(
                        exp(
                            col("reaction_count")
                                .plus(col("list_count"))
                                .plus(col("follow_count"))
                                .multiply(lit(-1))))
                    .as("any"));
    List<Column> units = new ArrayList<>(List.of(col("dst_key"), col("src_key"), units("any")));
    List<Column> values = new ArrayList<>(List.of(col("src_key")));
    for (String what : WHAT) {
      units.add(units(what));
      values.add(col(what));
    }
    SampledSums sums = new SampledSums(WHAT, replicates);
    return attention
        .join(actors, "src_key")
        .select(units.toArray(new Column[0]))
        // The sums of an account are larger than its rows, which therefore move before they are
        // added.
        .repartition(col("dst_key"))
        .groupBy(col("dst_key").as("account_key"))
        .agg(
            sum("any").divide(lit(STEP)).as("credible_actor_sum"),
            udaf(sums, sums.inputEncoder()).apply(values.toArray(new Column[0])).as("sums"))
        .withColumn("unasked_reach", totals("unasked_reach"))
        .withColumn("unasked_audience", totals("unasked_audience"))
        .select(
            col("account_key"),
            withReturned("unasked_reach", "returned_reach").as("reach"),
            withReturned("unasked_audience", "returned_audience").as("audience"),
            zip_with(
                    col("unasked_reach"),
                    totals("conversation"),
                    (own, conversation) -> harmonic(own, conversation))
                .as("conversation"),
            totals("attestation").as("attestation"),
            col("credible_actor_sum"));
  }

  private static Column totals(String what) {
    return transform(col("sums").getField(what), units -> units.divide(lit(STEP)));
  }

  private static Column withReturned(String unasked, String returned) {
    return zip_with(
        col(unasked),
        totals(returned),
        (own, its) -> own.plus(harmonic(own.plus(lit(FRIENDS)), its)));
  }

  /** {@code a b / (a + b)}: rises with both, and never exceeds either. */
  private static Column harmonic(Column a, Column b) {
    return when(a.plus(b).gt(0), a.multiply(b).divide(a.plus(b))).otherwise(lit(0.0));
  }

  private static Column units(String what) {
    return rint(col(what).multiply(col("credibility")).multiply(lit(STEP))).cast("long").as(what);
  }

  /** One act counts 0.63, three 0.95, a hundred 1: distinct accounts, not volume. */
  private static Column presence(String count) {
    return lit(1.0).minus(exp(col(count).multiply(lit(-1))));
  }
}
