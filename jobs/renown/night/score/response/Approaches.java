package renown.night.score.response;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.engine.decay.EdgeSums;
import renown.tables.WaitingApproaches;

/** Tracks mentions and replies by strangers, and whether they were answered. */
final class Approaches {
  /** Time limit of an answer. */
  private static final String ANSWERED_WITHIN = "INTERVAL 7 DAYS";

  /** Age at which an approach is judged: one day is allowed for late files. */
  private static final String JUDGED_AFTER = "INTERVAL 8 DAYS";

  /** Strangers below this credibility count less: not answering them says little. */
  private static final double FULL_CREDIBILITY = 0.1;

  static final double UNIT = 1L << 30;

  private static final String[] PAIR = {"network", "src_key", "dst_key"};

  private Approaches() {}

  /**
   * The approaches of a night.
   *
   * @param interactions the night's rows of {@code interactions}
   * @param edges from {@link EdgeSums#of}, the night's acts included
   * @param waiting rows of {@code waiting_approaches} of the night before: their pairs are not
   *     counted again
   * @param credibilities rows of {@code credibilities}; who has none approaches nobody
   * @return rows of {@code waiting_approaches}, none answered; a pair once, by its first act
   */
  static Dataset<Row> ofNight(
      Dataset<Row> interactions,
      Dataset<Row> edges,
      Dataset<Row> waiting,
      Dataset<Row> credibilities,
      Column night) {
    Dataset<Row> first =
        interactions
            .where(
                col("change")
                    .equalTo(1)
                    .and(col("verb").isin("mention", "reply"))
                    .and(col("actor_key").notEqual(col("target_key"))))
            .groupBy(
                col("network"), col("actor_key").as("src_key"), col("target_key").as("dst_key"))
            .agg(min(struct(col("happened_at"), col("record_id"))).as("first"))
            .withColumn("approached_at", col("first.happened_at"))
            .withColumn("record_id", col("first.record_id"))
            .drop("first")
            .join(waiting.select("network", "src_key", "dst_key"), PAIR, "left_anti");
    Dataset<Row> pairs = first.select(PAIR[0], PAIR[1], PAIR[2]);
    Dataset<Row> tonight =
        interactions
            .select(
                col("network"),
                col("target_key").as("src_key"),
                col("actor_key").as("dst_key"),
                col("change"),
                col("happened_at"))
            .join(pairs, PAIR, "left_semi")
            .groupBy(PAIR[0], PAIR[1], PAIR[2])
            .agg(
                sum("change").as("tonight_count"),
                min(when(col("change").equalTo(1), col("happened_at"))).as("attended_at"));
    Dataset<Row> ever =
        edges
            .select(
                col("network"),
                col("dst_key").as("src_key"),
                col("src_key").as("dst_key"),
                col("act_count").as("ever_count"))
            .join(pairs, PAIR, "left_semi");
    Column none = lit(0L);
    Column before = coalesce(col("ever_count"), none).minus(coalesce(col("tonight_count"), none));
    return first
        .join(tonight, PAIR, "left")
        .join(ever, PAIR, "left")
        .where(
            before
                .leq(0)
                .and(col("attended_at").isNull().or(col("attended_at").gt(col("approached_at")))))
        .join(credibilities.select(col("account_key").as("src_key"), col("credibility")), "src_key")
        .withColumn(
            "weight_units",
            rint(least(col("credibility").divide(lit(FULL_CREDIBILITY)), lit(1.0))
                    .multiply(lit(UNIT)))
                .cast("long"))
        .withColumn("is_answered", lit(false))
        .withColumn("night", night)
        .select(WaitingApproaches.TABLE.cols());
  }

  /**
   * Approaches with the answers that a night brings: replies to the approaching post and quotes of
   * it (or where the network does not say of which). What the stranger writes again meanwhile is no
   * approach and its answer none: else who keeps on asking would seem to be answered more often.
   *
   * @param approaches rows of {@code waiting_approaches}
   * @param interactions the night's rows of {@code interactions}
   * @return as many rows
   */
  static Dataset<Row> answered(Dataset<Row> approaches, Dataset<Row> interactions) {
    Dataset<Row> answers =
        interactions
            .where(col("change").equalTo(1).and(col("verb").isin("reply", "quote")))
            .select(
                col("network"),
                col("target_key").as("src_key"),
                col("actor_key").as("dst_key"),
                col("object_id"),
                col("happened_at").as("answered_at"));
    Dataset<Row> found =
        approaches
            .select("network", "src_key", "dst_key", "approached_at", "record_id")
            .join(answers, PAIR)
            .where(
                coalesce(col("object_id").equalTo(col("record_id")), lit(true))
                    .and(col("answered_at").gt(col("approached_at")))
                    .and(col("answered_at").leq(col("approached_at").plus(expr(ANSWERED_WITHIN)))))
            .groupBy(PAIR[0], PAIR[1], PAIR[2])
            .agg(max("answered_at").as("answered_at"));
    return approaches
        .join(found, PAIR, "left")
        .withColumn("is_answered", col("is_answered").or(col("answered_at").isNotNull()))
        .select(WaitingApproaches.TABLE.cols());
  }

  /** Whether an approach is old enough at the end of a night. */
  static Column isJudged(Column nightEnd) {
    return col("approached_at").plus(expr(JUDGED_AFTER)).leq(nightEnd);
  }

  /**
   * What strangers found, account by account.
   *
   * @param before rows of {@code account_response_rates} of an earlier night
   * @param judged the approaches that are old enough tonight
   * @return network, account_key, approach_count, approach_units, answer_units
   */
  static Dataset<Row> sums(
      Dataset<Row> before, Dataset<Row> judged, double halfLifeDays, Column night) {
    Column kept = pow(lit(2.0), datediff(night, col("night")).divide(lit(-halfLifeDays)));
    Dataset<Row> earlier =
        before.select(
            col("network"),
            col("account_key"),
            col("approach_count"),
            rint(col("approach_units").multiply(kept)).cast("long").as("approach_units"),
            rint(col("answer_units").multiply(kept)).cast("long").as("answer_units"));
    Dataset<Row> tonight =
        judged
            .groupBy(col("network"), col("dst_key").as("account_key"))
            .agg(
                count(lit(1)).as("approach_count"),
                sum("weight_units").as("approach_units"),
                sum(when(col("is_answered"), col("weight_units")).otherwise(lit(0L)))
                    .as("answer_units"));
    return earlier
        .unionByName(tonight)
        .groupBy("network", "account_key")
        .agg(
            sum("approach_count").as("approach_count"),
            sum("approach_units").as("approach_units"),
            sum("answer_units").as("answer_units"));
  }
}
