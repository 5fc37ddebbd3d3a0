package renown.attention;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

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

  private static final List<String> WHAT =
      List.of("reach", "audience", "conversation", "attestation");

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
   * Sums over actors of credibility times presence.
   *
   * @param edges as {@link AttentionEdges} gives them
   * @param actors as {@link #actors} gives them; edges of others do not count
   * @return account_key; reach, audience, conversation, attestation: arrays with the sum in the
   *     data first and then in each replicate; credible_actor_sum: over those that do or did
   *     anything, follow included. Accounts to which nobody attends have no row
   */
  static Dataset<Row> sums(Dataset<Row> edges, Dataset<Row> actors, int replicates) {
    Column reacts = presence("reaction_count");
    Dataset<Row> attention =
        edges.select(
            col("src_key"),
            col("dst_key"),
            reacts.as("reach"),
            reacts.multiply(col("follow_count")).as("audience"),
            lit(0.0).as("conversation"),
            presence("list_count").as("attestation"),
            lit(1.0)
                .minus(
                    exp(
                        col("reaction_count")
                            .plus(col("list_count"))
                            .plus(col("follow_count"))
                            .multiply(lit(-1))))
                .as("any"));
    Dataset<Row> replies =
        edges
            .where(col("reply_count").gt(0))
            .select(col("src_key"), col("dst_key"), presence("reply_count").as("replied"));
    Dataset<Row> answers =
        replies.select(
            col("src_key").as("dst_key"), col("dst_key").as("src_key"), col("replied").as("was"));
    Dataset<Row> conversations =
        replies
            .join(answers, new String[] {"src_key", "dst_key"})
            .select(
                col("src_key"),
                col("dst_key"),
                lit(0.0).as("reach"),
                lit(0.0).as("audience"),
                col("replied").multiply(col("was")).as("conversation"),
                lit(0.0).as("attestation"),
                lit(0.0).as("any"));
    List<Column> units = new ArrayList<>(List.of(col("dst_key"), col("multipliers")));
    List<Column> sums = new ArrayList<>();
    List<Column> arrays = new ArrayList<>(List.of(col("dst_key").as("account_key")));
    for (String what : WHAT) {
      units.add(units(what));
      Column[] values = new Column[replicates + 1];
      for (int i = 0; i <= replicates; i++) {
        sums.add(sum(col(what).multiply(element_at(col("multipliers"), i + 1))).as(what + "_" + i));
        values[i] = col(what + "_" + i).divide(lit(STEP));
      }
      arrays.add(array(values).as(what));
    }
    units.add(units("any"));
    arrays.add(col("any").divide(lit(STEP)).as("credible_actor_sum"));
    return attention
        .unionByName(conversations)
        .join(actors, "src_key")
        .select(units.toArray(new Column[0]))
        .groupBy("dst_key")
        .agg(sum("any").as("any"), sums.toArray(new Column[0]))
        .select(arrays.toArray(new Column[0]));
  }

  private static Column units(String what) {
    return rint(col(what).multiply(col("credibility")).multiply(lit(STEP))).cast("long").as(what);
  }

  /** One act counts 0.63, three 0.95, a hundred 1: distinct accounts, not volume. */
  private static Column presence(String count) {
    return lit(1.0).minus(exp(col(count).multiply(lit(-1))));
  }
}
