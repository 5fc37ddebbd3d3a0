package renown.lab.calibrate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the half-lives of attention that predict best: distinct credible reactors with one
 * half-life after another are compared by how well they tell who comes out ahead. Returned
 * attention counts in full here, as it does in the outcome.
 */
final class HalfLives {
  /** Days. */
  static final List<Double> SINGLE =
      List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 90.0, 128.0, 256.0);

  private static final double STEP = 1L << 20;
  private static final double MICROS_PER_DAY = 86_400e6;

  private HalfLives() {}

  /**
   * @param interactions rows of {@code interactions} up to a night
   * @param credibilities rows of {@code account_state}
   * @param accounts account_key: those to tell of
   * @param end of the night
   * @return account_key, reactors: one by half-life; accounts to which nobody reacted have no row
   */
  static Dataset<Row> reactors(
      Dataset<Row> interactions, Dataset<Row> credibilities, Dataset<Row> accounts, Column end) {
    Column days =
        greatest(unix_micros(end).minus(unix_micros(col("happened_at"))), lit(0L))
            .divide(lit(MICROS_PER_DAY));
    List<Column> counts = new ArrayList<>();
    for (double halfLife : SINGLE) {
      // Whole units, so that sums are exact in any order.
      counts.add(
          sum(rint(pow(lit(2.0), days.divide(lit(-halfLife))).multiply(lit(STEP)))
                  .cast("long")
                  .multiply(col("change")))
              .as(count(halfLife)));
    }
    List<Column> presences = new ArrayList<>();
    SINGLE.forEach(halfLife -> presences.add(acts(halfLife)));
    List<Column> sums = new ArrayList<>();
    for (Column acts : presences) {
      Column presence = lit(1.0).minus(exp(acts.multiply(lit(-1))));
      sums.add(
          sum(rint(presence.multiply(col("credibility")).multiply(lit(STEP))).cast("long"))
              .divide(lit(STEP))
              .as("reactors_" + sums.size()));
    }
    Column[] reactors = new Column[sums.size()];
    for (int i = 0; i < reactors.length; i++) {
      reactors[i] = col("reactors_" + i);
    }
    return interactions
        .where(
            col("verb")
                .isin("repost", "quote", "reply", "mention", "like")
                .and(col("actor_key").notEqual(col("target_key"))))
        .join(broadcast(accounts.select(col("account_key").as("target_key"))), "target_key")
        .groupBy("actor_key", "target_key")
        .agg(counts.get(0), counts.subList(1, counts.size()).toArray(new Column[0]))
        .join(
            credibilities.select(col("account_key").as("actor_key"), col("credibility")),
            "actor_key")
        .groupBy(col("target_key").as("account_key"))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(new Column[0]))
        .select(col("account_key"), array(reactors).as("reactors"));
  }

  private static String count(double halfLife) {
    return "count_" + (long) halfLife;
  }

  private static Column acts(double halfLife) {
    return greatest(col(count(halfLife)), lit(0L)).divide(lit(STEP));
  }
}
