package renown.engine.decay;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums the edge increments: the input of every pass over the attention graph. */
public final class EdgeSums {
  /** All that one account can do to another. */
  public static final List<String> VERBS =
      List.of("repost", "quote", "reply", "mention", "like", "follow", "list", "block");

  private EdgeSums() {}

  /**
   * The edges as seen from the end of a night.
   *
   * @param increments rows of {@code edge_increments}
   * @param landmarks rows of {@code landmarks}
   * @return network, src_key, dst_key; for each verb its units (whole, below 0 if more was undone
   *     than is known to have been done, 0 if there is none); act_count (acts of all verbs less
   *     those undone); follow_count (follows less unfollows); decay (acts per unit). One row per
   *     edge; sums of integers, so the same bits in any order
   */
  public static Dataset<Row> of(Dataset<Row> increments, Dataset<Row> landmarks, Column night) {
    List<Column> sums = new ArrayList<>();
    sums.add(sumWhere("follow", "act_count").as("follow_count"));
    for (String verb : VERBS) {
      sums.add(sumWhere(verb, "decayed_units").as(unitsOf(verb)));
    }
    return increments
        .groupBy("network", "src_key", "dst_key")
        .agg(sum("act_count").as("act_count"), sums.toArray(new Column[0]))
        .join(broadcast(ForwardDecay.atEndOf(night, landmarks)), "network");
  }

  private static Column sumWhere(String verb, String what) {
    return coalesce(sum(when(col("verb").equalTo(verb), col(what))), lit(0L));
  }

  private static String unitsOf(String verb) {
    return verb + "_units";
  }

  /** Decayed number of such acts on the edge, 0 or more. */
  public static Column decayedCount(String... verbs) {
    Column units = col(unitsOf(verbs[0]));
    for (int i = 1; i < verbs.length; i++) {
      units = units.plus(col(unitsOf(verbs[i])));
    }
    return greatest(units, lit(0L)).multiply(col("decay"));
  }

  /** Whether an edge's source follows its destination. */
  public static Column follows() {
    return col("follow_count").gt(0);
  }
}
