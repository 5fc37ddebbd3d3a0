package renown.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.tables.WaitingInteractions;

/**
 * Finds whom an act is about where its line names the post alone: many networks say which post a
 * comment answers or a vote is for, and leave it to the reader to know who wrote it. The post may
 * come in the same night, have come on an earlier one, or come later; until then the act waits.
 */
final class Targets {
  private static final String[] OBJECT = {"network", "object_id"};

  private Targets() {}

  /** Whether a statement is an act that names a post and not its author. */
  static Column isOpen() {
    return col("kind")
        .equalTo(Parsed.kind(ParsedRecord.Kind.INTERACTION))
        .and(col("target_id").isNull());
  }

  /**
   * The acts that name only a post, once each.
   *
   * @param parsed statements of kind interaction
   * @param keys network, account_id, account_key of every account they name
   * @return rows of {@code waiting_interactions}
   */
  static Dataset<Row> open(Dataset<Row> parsed, Dataset<Row> keys, Column night) {
    return Records.oneEach(
            Records.acts(parsed.where(isOpen()), keys),
            WaitingInteractions.TABLE.key().stream()
                .map(renown.tables.Column::name)
                .toArray(String[]::new),
            "record_date",
            "actor_key",
            "via_id",
            "happened_at")
        .withColumn("night", night)
        .select(WaitingInteractions.TABLE.cols());
  }

  /** Of posts what it takes to find their authors: network, post_id, author_key, happened_at. */
  static Dataset<Row> posts(Dataset<Row> posts) {
    return posts.select("network", "post_id", "author_key", "happened_at");
  }

  /**
   * The authors of the posts that acts name.
   *
   * @param open rows of {@code waiting_interactions}
   * @param posts as {@link #posts} gives them; a post may stand there twice
   * @return network, object_id, target_key, posted_at; only posts that are known
   */
  static Dataset<Row> authors(Dataset<Row> open, Dataset<Row> posts) {
    return posts
        .select(
            col("network"),
            col("post_id").as("object_id"),
            struct(col("author_key").as("target_key"), col("happened_at").as("posted_at"))
                .as("written"))
        .join(open.select("network", "object_id").distinct(), OBJECT)
        .groupBy("network", "object_id")
        .agg(min("written").as("written"))
        .select("network", "object_id", "written.*");
  }

  /**
   * The acts whose post is known, with their target.
   *
   * @param authors as {@link #authors} gives them
   * @return columns of {@link Records#acts} with target_key. Nothing is done to a post before it is
   *     there: where a network tells only the day of an act, or less, the post's own time is the
   *     better one
   */
  static Dataset<Row> found(Dataset<Row> open, Dataset<Row> authors) {
    return open.join(authors, OBJECT)
        .withColumn("happened_at", greatest(col("happened_at"), col("posted_at")))
        .drop("posted_at", "night");
  }

  /**
   * The acts that go on waiting.
   *
   * @param before those that waited already
   * @param afterNight acts that began to wait on this night or before wait no longer
   * @return rows of {@code waiting_interactions}
   */
  static Dataset<Row> waiting(
      Dataset<Row> open, Dataset<Row> before, Dataset<Row> authors, Column afterNight) {
    Column[] key =
        WaitingInteractions.TABLE.key().stream()
            .map(renown.tables.Column::col)
            .toArray(Column[]::new);
    Dataset<Row> all = open.unionByName(before);
    // Of an act that comes again the first night counts: else it could wait for ever.
    return all.groupBy(key)
        .agg(
            min(struct(
                    col("night"),
                    col("record_date"),
                    col("actor_key"),
                    col("via_id"),
                    col("happened_at")))
                .as("kept"))
        .select("network", "record_id", "verb", "object_id", "kept.*")
        .where(col("night").gt(afterNight))
        .join(authors, OBJECT, "left_anti")
        .select(WaitingInteractions.TABLE.cols());
  }
}
