package renown.night.score.earned;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.engine.decay.EdgeSums;
import renown.night.score.model.ModelKeys;
import renown.tables.RecentEdges;

/**
 * Who reacts to whom, on both clocks, as {@code network, src_key, dst_key, reaction_count,
 * reply_count, list_count} (decayed numbers of acts) and {@code follow_count} (1 if src follows
 * dst, else 0).
 */
final class AttentionEdges {
  /** The half-lives of the fast clock, days. */
  static final double[] FAST_HALF_LIVES =
      ModelKeys.FAST_HALF_LIVES.stream().mapToDouble(Double::doubleValue).toArray();

  /** One act at the end of the night, in units. */
  static final double UNIT = 1L << 30;

  /** Sums below this fraction of an act are dropped. */
  private static final double LEAST_ACT = 0.01;

  private static final double MICROS_PER_DAY = 86_400e6;
  private static final String[] REACTIONS = {"repost", "quote", "reply", "mention", "like"};

  private AttentionEdges() {}

  /**
   * The slow clock.
   *
   * @param edges from {@link EdgeSums#of}
   */
  static Dataset<Row> standing(Dataset<Row> edges) {
    return edges.select(
        col("network"),
        col("src_key"),
        col("dst_key"),
        EdgeSums.decayedCount(REACTIONS).as("reaction_count"),
        EdgeSums.decayedCount("reply").as("reply_count"),
        EdgeSums.decayedCount("list").as("list_count"),
        when(EdgeSums.follows(), lit(1.0)).otherwise(lit(0.0)).as("follow_count"));
  }

  /**
   * The networks whose dumps tell of reactions, and not of follows alone.
   *
   * @param edges from {@link #standing}
   * @return network
   */
  static Dataset<Row> reacting(Dataset<Row> edges) {
    return edges.where(col("reaction_count").gt(0)).select("network").distinct();
  }

  /**
   * The fast clock's sums at the end of a night.
   *
   * @param before rows of {@code recent_edges} of an earlier night
   * @param interactions the night's rows of {@code interactions}; what is undone is taken away as
   *     much as is left of it
   * @return rows of {@code recent_edges}
   */
  static Dataset<Row> recent(
      Dataset<Row> before, Dataset<Row> interactions, Column end, Column night) {
    List<Column> earlier = edge(col("src_key"), col("dst_key"));
    List<Column> added = edge(col("actor_key"), col("target_key"));
    List<Column> sums = new ArrayList<>();
    Column fresh = lit(false);
    Column[] reactions = new Column[FAST_HALF_LIVES.length];
    Column[] replies = new Column[FAST_HALF_LIVES.length];
    Column nights = datediff(night, col("night"));
    for (int i = 0; i < FAST_HALF_LIVES.length; i++) {
      String reaction = "reaction_" + i;
      String reply = "reply_" + i;
      Column kept = pow(lit(2.0), nights.divide(lit(-FAST_HALF_LIVES[i])));
      earlier.add(whole(element_at(col("reaction_units"), i + 1).multiply(kept)).as(reaction));
      earlier.add(whole(element_at(col("reply_units"), i + 1).multiply(kept)).as(reply));
      Column units = units(col("happened_at"), end, FAST_HALF_LIVES[i]).multiply(col("change"));
      added.add(units.as(reaction));
      added.add(when(col("verb").equalTo("reply"), units).otherwise(lit(0L)).as(reply));
      sums.add(sum(reaction).as(reaction));
      sums.add(sum(reply).as(reply));
      fresh = fresh.or(col(reaction).geq(lit(LEAST_ACT * UNIT)));
      reactions[i] = greatest(col(reaction), lit(0L));
      replies[i] = greatest(col(reply), lit(0L));
    }
    Column first = sums.remove(0);
    return before
        .select(earlier.toArray(new Column[0]))
        .unionByName(
            interactions
                .where(
                    col("verb")
                        .isin((Object[]) REACTIONS)
                        .and(col("actor_key").notEqual(col("target_key"))))
                .select(added.toArray(new Column[0])))
        .groupBy("network", "src_key", "dst_key")
        .agg(first, sums.toArray(new Column[0]))
        .where(fresh)
        .select(
            col("network"),
            col("src_key"),
            col("dst_key"),
            array(reactions).as("reaction_units"),
            array(replies).as("reply_units"),
            night.as("night"))
        .select(RecentEdges.TABLE.cols());
  }

  private static List<Column> edge(Column source, Column destination) {
    return new ArrayList<>(
        List.of(col("network"), source.as("src_key"), destination.as("dst_key")));
  }

  private static Column whole(Column units) {
    return rint(units).cast("long");
  }

  /** An act's units as seen from an instant; one that claims to come later counts as at it. */
  static Column units(Column at, Column end, double halfLifeDays) {
    Column days =
        greatest(unix_micros(end).minus(unix_micros(at)), lit(0L)).divide(lit(MICROS_PER_DAY));
    return whole(pow(lit(2.0), days.divide(lit(-halfLifeDays))).multiply(lit(UNIT)));
  }

  /**
   * The fast clock.
   *
   * @param recent rows of {@code recent_edges}
   * @param shares of each of its half-lives, 0 or more
   */
  static Dataset<Row> momentary(Dataset<Row> recent, double[] shares) {
    return recent.select(
        col("network"),
        col("src_key"),
        col("dst_key"),
        mixed("reaction_units", shares).as("reaction_count"),
        mixed("reply_units", shares).as("reply_count"),
        lit(0.0).as("list_count"),
        lit(0.0).as("follow_count"));
  }

  private static Column mixed(String units, double[] shares) {
    Column sum = lit(0.0);
    for (int i = 0; i < shares.length; i++) {
      sum = sum.plus(element_at(col(units), i + 1).multiply(lit(shares[i] / UNIT)));
    }
    return sum;
  }
}
