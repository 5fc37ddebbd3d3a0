package renown.attention;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import renown.bootstrap.ActorMultipliers;

/** Distinct credible actors of an account, by what they do, in the data and in each replicate. */
final class DistinctActors {
  /** Sums are whole multiples of this, so that they are exact. */
  private static final double STEP = 1L << 20;

  /** Friends whose attention counts in full however it is returned: nobody is paid in these. */
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
   * @return src_key, credibility, multipliers (of the data and of each replicate)
   */
  static Dataset<Row> actors(Dataset<Row> credibilities, int replicates) {
    UDF1<Long, int[]> multipliers = key -> ActorMultipliers.of(key, replicates);
    return credibilities.select(
        col("account_key").as("src_key"),
        col("credibility"),
        udf(multipliers, DataTypes.createArrayType(DataTypes.IntegerType, false))
            .apply(col("account_key"))
            .as("multipliers"));
  }

  /**
   * Sums over actors of credibility times presence. What an account returns is no free gift: with U
   * the attention that came unasked and R that which the account has returned in kind, it counts
   * {@code U + (U + 5) R / (U + 5 + R)}: among people who talk with one another nearly all
   * attention is returned, so a few count as they are, and beyond them trading at most doubles what
   * came unasked; more of either is never less. Conversations C count {@code U C / (U + C)}.
   *
   * @param edges as {@link AttentionEdges} gives them
   * @param actors as {@link #actors} gives them; edges of others do not count
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
    List<Column> units = new ArrayList<>(List.of(col("dst_key"), col("multipliers")));
    List<Column> sums = new ArrayList<>();
    for (String what : WHAT) {
      units.add(units(what));
      for (int i = 0; i <= replicates; i++) {
        sums.add(sum(col(what).multiply(element_at(col("multipliers"), i + 1))).as(what + "_" + i));
      }
    }
    units.add(units("any"));
    Column[] reach = new Column[replicates + 1];
    Column[] audience = new Column[replicates + 1];
    Column[] conversation = new Column[replicates + 1];
    Column[] attestation = new Column[replicates + 1];
    for (int i = 0; i <= replicates; i++) {
      Column own = total("unasked_reach", i);
      reach[i] = own.plus(harmonic(own.plus(lit(FRIENDS)), total("returned_reach", i)));
      Column followers = total("unasked_audience", i);
      audience[i] =
          followers.plus(harmonic(followers.plus(lit(FRIENDS)), total("returned_audience", i)));
      conversation[i] = harmonic(own, total("conversation", i));
      attestation[i] = total("attestation", i);
    }
    return attention
        .join(actors, "src_key")
        .select(units.toArray(new Column[0]))
        .groupBy("dst_key")
        .agg(sum("any").as("any"), sums.toArray(new Column[0]))
        .select(
            col("dst_key").as("account_key"),
            array(reach).as("reach"),
            array(audience).as("audience"),
            array(conversation).as("conversation"),
            array(attestation).as("attestation"),
            col("any").divide(lit(STEP)).as("credible_actor_sum"));
  }

  private static Column total(String what, int replicate) {
    return col(what + "_" + replicate).divide(lit(STEP));
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
