package renown.night.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import renown.dumps.ParsedRecord.Kind;
import renown.tables.AccountMoves;

/**
 * Moved accounts, and the attention that moves with them. An account's own claim proves nothing,
 * because it could redirect its attention to anybody; the target has to claim both accounts as its
 * own. Acts on days after the night on which both had confirmed count for the new account, whoever
 * reports them and when: the day of the act decides, so that a repeated act finds the same target.
 */
final class Moves {
  /** Maximum length of a chain of moves. */
  private static final int MOST_MOVES = 3;

  private static final String[] PAIR = {"network", "account_key", "moved_to_key"};

  private Moves() {}

  /**
   * Where accounts say that they are now, the freshest statement of each; of two of one instant the
   * one with the greater key, and any before "nowhere else".
   *
   * @param parsed statements
   * @param keys network, account_id, account_key of every account they name
   * @return network, account_key, moved_to_key (null if it says that it has not moved), said_at
   */
  static Dataset<Row> said(Dataset<Row> parsed, Dataset<Row> keys) {
    Dataset<Row> speakers = keys.select(col("network"), col("account_id"), col("account_key"));
    Dataset<Row> targets =
        keys.select(
            col("network"), col("account_id").as("target_id"), col("account_key").as("to_key"));
    return Parsed.of(parsed, Kind.MOVE)
        .select(
            col("network"),
            col("account_id"),
            col("target_id"),
            Parsed.instant("witnessed_micros").as("said_at"))
        .join(speakers, new String[] {"network", "account_id"})
        .join(targets, new String[] {"network", "target_id"}, "left")
        .groupBy("network", "account_key")
        .agg(max(struct(col("said_at"), col("to_key").as("moved_to_key"))).as("said"))
        .select("network", "account_key", "said.*");
  }

  /**
   * Which accounts others say are theirs as well.
   *
   * @return network, account_key (the one so named), moved_to_key (the one that says so), said_at
   */
  static Dataset<Row> aliases(Dataset<Row> parsed, Dataset<Row> keys) {
    Dataset<Row> speakers =
        keys.select(col("network"), col("account_id"), col("account_key").as("moved_to_key"));
    Dataset<Row> named =
        keys.select(col("network"), col("account_id").as("target_id"), col("account_key"));
    return Parsed.of(parsed, Kind.ALIAS)
        .select(
            col("network"),
            col("account_id"),
            col("target_id"),
            Parsed.instant("witnessed_micros").as("said_at"))
        .join(speakers, new String[] {"network", "account_id"})
        .join(named, new String[] {"network", "target_id"})
        .groupBy("network", "account_key", "moved_to_key")
        .agg(max("said_at").as("said_at"));
  }

  /**
   * What is known of moves after a night.
   *
   * @param said from {@link #said}
   * @param aliases from {@link #aliases}
   * @param held rows of {@code account_moves} as it was
   * @param night literal of the night
   * @return rows of {@code account_moves}. An alias holds once it was given, as networks need it
   *     only while one moves
   */
  static Dataset<Row> known(
      Dataset<Row> said, Dataset<Row> aliases, Dataset<Row> held, Column night) {
    Column noTime = lit(null).cast("timestamp");
    Column noDate = lit(null).cast("date");
    Dataset<Row> all =
        held.withColumn("tonight_at", noTime)
            .unionByName(
                said.where(col("moved_to_key").isNotNull())
                    .withColumnRenamed("said_at", "tonight_at")
                    .withColumn("moved_said_at", noTime)
                    .withColumn("alias_said_at", noTime)
                    .withColumn("confirmed_night", noDate)
                    .withColumn("ended_night", noDate))
            .unionByName(
                aliases
                    .withColumnRenamed("said_at", "alias_said_at")
                    .withColumn("tonight_at", noTime)
                    .withColumn("moved_said_at", noTime)
                    .withColumn("confirmed_night", noDate)
                    .withColumn("ended_night", noDate));
    Dataset<Row> stayed =
        said.where(col("moved_to_key").isNull())
            .select(col("network"), col("account_key"), col("said_at").as("stayed_at"));
    Column isNews =
        col("tonight_at")
            .isNotNull()
            .and(coalesce(col("tonight_at").gt(col("held_said_at")), lit(true)));
    Column statement = struct(col("moved_said_at"), col("moved_to_key"));
    Column isOver =
        col("moved_said_at")
            .isNotNull()
            .and(
                statement
                    .lt(max(statement).over(Window.partitionBy("network", "account_key")))
                    .or(coalesce(col("moved_said_at").lt(col("stayed_at")), lit(false))));
    return all.groupBy("network", "account_key", "moved_to_key")
        .agg(
            max("moved_said_at").as("held_said_at"),
            max("tonight_at").as("tonight_at"),
            max("alias_said_at").as("alias_said_at"),
            min("confirmed_night").as("confirmed_night"),
            max("ended_night").as("ended_night"))
        .join(stayed, new String[] {"network", "account_key"}, "left")
        .withColumn("moved_said_at", greatest(col("held_said_at"), col("tonight_at")))
        .withColumn(
            "confirmed_night",
            when(
                col("moved_said_at").isNotNull().and(col("alias_said_at").isNotNull()),
                coalesce(col("confirmed_night"), night)))
        .withColumn("is_over", isOver)
        .withColumn(
            "ended_night",
            when(col("is_over"), coalesce(col("ended_night"), night))
                .when(isNews, noDate)
                .otherwise(col("ended_night")))
        .select(AccountMoves.TABLE.cols());
  }

  /**
   * The moves that both accounts confirm, except for those of two that each moved to the other.
   *
   * @param known rows of {@code account_moves}
   * @return network, account_key, moved_to_key, from_at, until_at (exclusive; null while it stands)
   */
  static Dataset<Row> confirmed(Dataset<Row> known) {
    Dataset<Row> both =
        known
            .where(col("confirmed_night").isNotNull())
            .select(
                col("network"),
                col("account_key"),
                col("moved_to_key"),
                date_add(col("confirmed_night"), 1).cast("timestamp").as("from_at"),
                date_add(col("ended_night"), 1).cast("timestamp").as("until_at"));
    Dataset<Row> back =
        both.where(col("until_at").isNull())
            .select(
                col("network"),
                col("moved_to_key").as("account_key"),
                col("account_key").as("moved_to_key"),
                lit(true).as("is_back"));
    return both.join(back, PAIR, "left")
        .where(col("until_at").isNotNull().or(col("is_back").isNull()))
        .drop("is_back");
  }

  /**
   * Acts, on the account that the one they are about had moved to when they happened.
   *
   * @param acts with network, target_key, happened_at
   * @param confirmed from {@link #confirmed}
   * @return the same columns and as many rows
   */
  static Dataset<Row> followed(Dataset<Row> acts, Dataset<Row> confirmed) {
    Dataset<Row> moves = confirmed.toDF("of_network", "of_key", "to_key", "from_at", "until_at");
    Column isMoved =
        col("network")
            .equalTo(col("of_network"))
            .and(col("target_key").equalTo(col("of_key")))
            .and(col("happened_at").geq(col("from_at")))
            .and(col("until_at").isNull().or(col("happened_at").lt(col("until_at"))));
    Dataset<Row> followed = acts;
    for (int move = 0; move < MOST_MOVES; move++) {
      followed =
          followed
              .join(moves, isMoved, "left")
              .withColumn("target_key", coalesce(col("to_key"), col("target_key")))
              .drop(moves.columns());
    }
    return followed;
  }
}
