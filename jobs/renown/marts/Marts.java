package renown.marts;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import renown.tables.Interactions;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartNetworkActivity;
import renown.tables.MartRunHealth;
import renown.tables.MartScoreChanges;
import renown.tables.MartTopSources;

/** From computed tables to those that people read. */
final class Marts {
  private Marts() {}

  /**
   * @param scores rows of {@code account_scores}
   * @return rows of {@code mart_account_scores}; as many
   */
  static Dataset<Row> accountScores(Dataset<Row> scores) {
    return scores.select(MartAccountScores.TABLE.cols());
  }

  /**
   * @param scores rows of {@code account_scores}
   * @param accounts rows of {@code accounts}
   * @return rows of {@code mart_account_scores_latest}; as many as scores
   */
  static Dataset<Row> latest(Dataset<Row> scores, Dataset<Row> accounts) {
    Dataset<Row> names =
        accounts.select(col("account_key"), col("account_id"), col("handle"), col("display_name"));
    Dataset<Row> placed =
        scores
            .where(col("score").isNotNull())
            .select(
                col("account_key"),
                row_number()
                    .over(
                        Window.partitionBy("network")
                            .orderBy(col("score").desc(), col("account_key")))
                    .cast("long")
                    .as("place"));
    return scores
        .join(names, "account_key")
        .join(placed, new String[] {"account_key"}, "left")
        .select(MartAccountScoresLatest.TABLE.cols());
  }

  /**
   * Why scores moved.
   *
   * @param scores tonight's rows of {@code account_scores}
   * @param before the previous night's rows of {@code mart_account_scores}
   * @param sources rows of {@code top_sources} of both nights
   * @return rows of {@code mart_score_changes}
   */
  static Dataset<Row> changes(
      Dataset<Row> scores, Dataset<Row> before, Dataset<Row> sources, Column previousNight) {
    Dataset<Row> sizes = scores.groupBy("network").agg(count(lit(1)).as("size"));
    Dataset<Row> earlier =
        before
            .where(col("score").isNotNull())
            .select(
                col("account_key"),
                col("score").as("score_before"),
                col("actor_count").as("actors_before"));
    Dataset<Row> moved =
        scores
            .where(col("score").isNotNull())
            .join(earlier, "account_key")
            .withColumn("score_change", col("score").minus(col("score_before")));
    Dataset<Row> parts =
        sources
            .groupBy("network", "account_key", "source_key")
            .agg(
                coalesce(
                        max(when(col("night").notEqual(previousNight), col("rank_part"))), lit(0.0))
                    .as("now"),
                coalesce(max(when(col("night").equalTo(previousNight), col("rank_part"))), lit(0.0))
                    .as("then"))
            .join(org.apache.spark.sql.functions.broadcast(sizes), "network")
            .select(
                col("account_key"),
                col("source_key"),
                col("now").minus(col("then")).multiply(col("size")).as("change"));
    Column direction = when(col("score_change").lt(0), lit(-1.0)).otherwise(lit(1.0));
    Dataset<Row> main =
        moved
            .select(col("account_key"), direction.as("direction"))
            .join(parts, "account_key")
            .where(col("change").multiply(col("direction")).gt(0))
            .groupBy("account_key")
            .agg(
                max(struct(
                        col("change").multiply(col("direction")).as("size"),
                        col("source_key").multiply(lit(-1)).as("earliest"),
                        col("source_key"),
                        col("change")))
                    .as("main"))
            .select(
                col("account_key"),
                col("main.source_key").as("main_source_key"),
                col("main.change").as("main_source_change"));
    return moved
        .join(main, new String[] {"account_key"}, "left")
        .withColumn("previous_night", previousNight)
        .withColumn("actor_change", col("actor_count").minus(col("actors_before")))
        .select(MartScoreChanges.TABLE.cols());
  }

  /**
   * Who attention comes from.
   *
   * @param sources tonight's rows of {@code top_sources}
   * @param ranks rows of {@code influence_ranks}
   * @param accounts rows of {@code accounts}
   * @return rows of {@code mart_top_sources}; as many as sources
   */
  static Dataset<Row> topSources(Dataset<Row> sources, Dataset<Row> ranks, Dataset<Row> accounts) {
    return sources
        .join(ranks.select("account_key", "rank_share"), "account_key")
        .join(
            accounts.select(col("account_key").as("source_key"), col("handle").as("source_handle")),
            "source_key")
        .withColumn("influence_share", col("rank_part").divide(col("rank_share")))
        .select(MartTopSources.TABLE.cols());
  }

  /**
   * What was new on a night.
   *
   * @param interactions the night's rows of {@code interactions}
   * @param posts the night's rows of {@code posts}
   * @param deletions the night's rows of {@code deletions}
   * @param accounts rows of {@code accounts} first seen that night
   * @param files the night's rows of {@code loaded_files}
   * @return rows of {@code mart_network_activity}
   */
  static Dataset<Row> activity(
      Dataset<Row> interactions,
      Dataset<Row> posts,
      Dataset<Row> deletions,
      Dataset<Row> accounts,
      Dataset<Row> files,
      Column night) {
    Column verb =
        when(Interactions.CHANGE.col().equalTo(1), col("verb"))
            .otherwise(concat(lit("undone "), col("verb")));
    Column measures =
        map(
            lit("file"), lit(1L),
            lit("line"), col("line_count"),
            lit("accepted line"), col("accepted_count"),
            lit("ignored line"), col("ignored_count"),
            lit("rejected line"), col("rejected_count"));
    Dataset<Row> counted =
        interactions
            .select(col("network"), verb.as("measure"), lit(1L).as("value"))
            .unionByName(ones(posts, "post"))
            .unionByName(ones(deletions, "deletion"))
            .unionByName(ones(accounts, "account"))
            .unionByName(
                files.select(
                    col("network"), explode(measures).as(new String[] {"measure", "value"})));
    return counted
        .groupBy("network", "measure")
        .agg(sum("value").as("measure_count"))
        .withColumn("night", night)
        .select(MartNetworkActivity.TABLE.cols());
  }

  private static Dataset<Row> ones(Dataset<Row> rows, String measure) {
    return rows.select(col("network"), lit(measure).as("measure"), lit(1L).as("value"));
  }

  /**
   * @param stageRuns rows of {@code stage_runs} of the run
   * @return rows of {@code mart_run_health}
   */
  static Dataset<Row> runHealth(Dataset<Row> stageRuns) {
    return stageRuns.select(MartRunHealth.TABLE.cols()).distinct();
  }
}
