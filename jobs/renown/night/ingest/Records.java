package renown.night.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.tables.AccountLists;
import renown.tables.Deletions;
import renown.tables.Interactions;
import renown.tables.PostTexts;
import renown.tables.Posts;

/**
 * Maps statements to rows of the core tables: resolves keys, removes duplicates within the night
 * and with the tables, and applies deletions.
 */
final class Records {
  private static final String[] INTERACTION = {"network", "record_id", "verb", "target_key"};
  private static final String[] RECORD = {"network", "record_id"};
  private static final String[] DELETION = {"network", "record_id", "deleter_key"};

  private Records() {}

  /**
   * What accounts did.
   *
   * @param parsed statements of kind interaction
   * @param keys network, account_id, account_key of every account they name
   * @return network, record_id, record_date, verb, actor_key, target_id, target_handle (empty where
   *     nobody is addressed by name), object_id, via_id, happened_at; as many rows
   */
  static Dataset<Row> acts(Dataset<Row> parsed, Dataset<Row> keys) {
    return withKey(parsed, keys, "account_id", "actor_key")
        .select(
            col("network"),
            col("record_id"),
            Parsed.day("record_day").as("record_date"),
            col("verb"),
            col("actor_key"),
            col("target_id"),
            coalesce(col("target_handle"), lit("")).as("target_handle"),
            col("object_id"),
            col("via_id"),
            Parsed.instant("happened_micros").as("happened_at"));
  }

  /** The acts that name their target, with target_key instead of target_id and handle. */
  static Dataset<Row> withTargets(Dataset<Row> acts, Dataset<Row> keys) {
    return withKey(acts, keys, "target_id", "target_key").drop("target_id", "target_handle");
  }

  /**
   * Acts, once each.
   *
   * @param acts from {@link #withTargets}
   * @return rows of {@code interactions} with change 1
   */
  static Dataset<Row> interactions(Dataset<Row> acts, Column night) {
    return oneEach(
            acts, INTERACTION, "record_date", "actor_key", "object_id", "via_id", "happened_at")
        .withColumn("change", lit(1L))
        .withColumn("night", night)
        .select(Interactions.TABLE.cols());
  }

  /** Those that the table does not hold, whatever was undone since. */
  static Dataset<Row> newInteractions(Dataset<Row> interactions, Dataset<Row> held) {
    return interactions.join(held.select(cols(INTERACTION)).distinct(), INTERACTION, "left_anti");
  }

  /**
   * What deletions undo.
   *
   * @param interactions rows of {@code interactions}; where an act was undone before, both rows of
   *     it
   * @param deletions of which only those by the actor itself count, and the network's own
   * @return the acts that are not undone yet, with change -1
   */
  static Dataset<Row> undone(Dataset<Row> interactions, Dataset<Row> deletions, Column night) {
    return interactions
        .join(gone(deletions), isGone("record_id", "actor_key"), "left_semi")
        .groupBy(cols(INTERACTION))
        .agg(
            sum("change").as("standing"),
            min(struct(
                    col("record_date"),
                    col("actor_key"),
                    col("object_id"),
                    col("via_id"),
                    col("happened_at")))
                .as("kept"))
        .where(col("standing").gt(0))
        .select("network", "record_id", "verb", "target_key", "kept.*")
        .withColumn("change", lit(-1L))
        .withColumn("night", night)
        .select(Interactions.TABLE.cols());
  }

  /** Deletions under names of their own, for {@link #isGone}. */
  static Dataset<Row> gone(Dataset<Row> deletions) {
    return deletions.select(
        col("network").as("gone_network"),
        col("record_id").as("gone_id"),
        Deletions.DELETER_KEY.col().as("gone_by"));
  }

  /** Whether a deletion concerns a record, and comes from its owner or from the network itself. */
  static Column isGone(String id, String ownerKey) {
    return col("gone_network")
        .equalTo(col("network"))
        .and(col("gone_id").equalTo(col(id)))
        .and(
            col("gone_by")
                .equalTo(col(ownerKey))
                .or(col("gone_by").equalTo(lit(Deletions.BY_THE_NETWORK))));
  }

  /**
   * Records deleted at the source, once by each who says so: a deletion by somebody else, which
   * does nothing, must not hide the one that counts.
   *
   * @param parsed statements of kind deletion; without an account where the network itself says so
   * @return rows of {@code deletions}
   */
  static Dataset<Row> deletions(Dataset<Row> parsed, Dataset<Row> keys, Column night) {
    Dataset<Row> named =
        withKey(parsed, keys, "account_id", "deleter_key", "left")
            .withColumn("deleter_key", coalesce(col("deleter_key"), lit(Deletions.BY_THE_NETWORK)))
            .withColumn("record_date", Parsed.day("record_day"))
            .withColumn("witnessed_at", Parsed.instant("witnessed_micros"));
    return oneEach(named, DELETION, "witnessed_at", "record_date")
        .withColumn("night", night)
        .select(Deletions.TABLE.cols());
  }

  /** Those that the table does not hold. */
  static Dataset<Row> newDeletions(Dataset<Row> deletions, Dataset<Row> held) {
    return deletions.join(held.select(cols(DELETION)), DELETION, "left_anti");
  }

  /**
   * Posts with their texts, once each; of several copies the one with the longest text, since some
   * networks cut it where they embed a post.
   *
   * @param parsed statements of kind post
   * @return columns of {@code posts} and text
   */
  static Dataset<Row> posts(Dataset<Row> parsed, Dataset<Row> keys, Column night) {
    Column none = array().cast("array<string>");
    Dataset<Row> written =
        withKey(parsed, keys, "account_id", "author_key")
            .withColumn("record_date", Parsed.day("record_day"))
            .withColumn("happened_at", Parsed.instant("happened_micros"))
            .withColumn("hashtags", coalesce(col("hashtags"), none))
            .withColumn("links", coalesce(col("links"), none))
            .withColumn("text", coalesce(col("text"), lit("")))
            .withColumn(
                "shortness", org.apache.spark.sql.functions.length(col("text")).multiply(lit(-1)));
    return oneEach(
            written,
            RECORD,
            "shortness",
            "text",
            "happened_at",
            "author_key",
            "record_date",
            "language",
            "reply_to_id",
            "thread_id",
            "quoted_id",
            "hashtags",
            "links")
        .withColumnRenamed("record_id", "post_id")
        .withColumn("night", night)
        .drop("shortness");
  }

  /**
   * Those that are not in the table and were deleted neither by their author nor by the network.
   */
  static Dataset<Row> newPosts(Dataset<Row> posts, Dataset<Row> held, Dataset<Row> deletions) {
    return posts
        .join(held.select("network", "post_id"), new String[] {"network", "post_id"}, "left_anti")
        .join(gone(deletions), isGone("post_id", "author_key"), "left_anti");
  }

  /** Rows of {@code posts}. */
  static Dataset<Row> toPosts(Dataset<Row> posts) {
    return posts.select(Posts.TABLE.cols());
  }

  /** Rows of {@code post_texts}; posts without text have none. */
  static Dataset<Row> toTexts(Dataset<Row> posts) {
    return posts.where(col("text").notEqual("")).select(PostTexts.TABLE.cols());
  }

  /**
   * Lists, once each, the freshest statement.
   *
   * @param parsed statements of kind list
   * @return rows of {@code account_lists}
   */
  static Dataset<Row> lists(Dataset<Row> parsed, Dataset<Row> keys, Column night) {
    Dataset<Row> kept =
        withKey(parsed, keys, "account_id", "owner_key")
            .withColumn("record_date", Parsed.day("record_day"))
            .withColumn("witnessed_at", Parsed.instant("witnessed_micros"));
    return kept.groupBy(cols(RECORD))
        .agg(
            max(struct(
                    col("witnessed_at"),
                    col("owner_key"),
                    col("record_date"),
                    col("display_name"),
                    col("description"),
                    col("purpose")))
                .as("kept"))
        .select(col("network"), col("record_id").as("list_id"), col("kept.*"))
        .withColumnRenamed("display_name", "list_name")
        .withColumn("night", night)
        .select(AccountLists.TABLE.cols());
  }

  /** New or updated lists that were not deleted. */
  static Dataset<Row> newLists(Dataset<Row> lists, Dataset<Row> held, Dataset<Row> deletions) {
    Dataset<Row> known =
        held.select(col("network"), col("list_id"), col("witnessed_at").as("known_at"));
    return lists
        .join(known, new String[] {"network", "list_id"}, "left")
        .where(col("known_at").isNull().or(col("known_at").lt(col("witnessed_at"))))
        .drop("known_at")
        .join(gone(deletions), isGone("list_id", "owner_key"), "left_anti");
  }

  /**
   * How many lines brought nothing but what was known: the record that they are about stood there
   * before this night, came already in this night, or was deleted before. Lines that are about an
   * account have no record and are never duplicates.
   *
   * @param parsed statements of all kinds
   * @param fresh network, kind, record_id of the records that are new on this night
   * @return network, line_count; only networks with duplicates
   */
  static Dataset<Row> duplicateLines(Dataset<Row> parsed, Dataset<Row> fresh) {
    String[] identity = {"network", "kind", "record_id"};
    return parsed
        .where(col("own_count").isNotNull())
        .groupBy(cols(identity))
        .agg(sum("own_count").as("told_count"))
        .join(
            fresh.select(cols(identity)).distinct().withColumn("fresh_count", lit(1L)),
            identity,
            "left")
        .groupBy("network")
        .agg(sum(col("told_count").minus(coalesce(col("fresh_count"), lit(0L)))).as("line_count"))
        .where(col("line_count").gt(0));
  }

  /**
   * One row per identity: the smallest by the other columns in order, whatever the order of the
   * input.
   */
  static Dataset<Row> oneEach(Dataset<Row> rows, String[] identity, String... others) {
    return rows.groupBy(cols(identity))
        .agg(min(struct(cols(others))).as("kept"))
        .select(
            Stream.concat(
                    Arrays.stream(identity), Arrays.stream(others).map(name -> "kept." + name))
                .map(org.apache.spark.sql.functions::col)
                .toArray(Column[]::new));
  }

  private static Dataset<Row> withKey(
      Dataset<Row> rows, Dataset<Row> keys, String idColumn, String keyColumn) {
    return withKey(rows, keys, idColumn, keyColumn, "inner");
  }

  private static Dataset<Row> withKey(
      Dataset<Row> rows, Dataset<Row> keys, String idColumn, String keyColumn, String join) {
    Dataset<Row> renamed =
        keys.select(
            col("network"), col("account_id").as(idColumn), col("account_key").as(keyColumn));
    return rows.join(renamed, new String[] {"network", idColumn}, join);
  }

  private static Column[] cols(String... names) {
    return Arrays.stream(names).map(org.apache.spark.sql.functions::col).toArray(Column[]::new);
  }
}
