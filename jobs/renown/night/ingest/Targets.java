package renown.night.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.dumps.ParsedRecord;
import renown.tables.WaitingInteractions;

/**
 * Resolves the target of acts whose line names only the post: many networks say which post a
 * comment answers or a vote is for, but not who wrote it, or mention a participant of the
 * conversation by a name that is not unique elsewhere. The post may come in the same night, may be
 * known already, or may come later; until then the act waits.
 */
final class Targets {
  /** Rule for ignored mentions of a name that no participant of the conversation has. */
  static final String NOBODY = "mention of a name that nobody there has";

  /** Rule by which a mention of a name is left out that could be of several. */
  static final String SEVERAL = "mention of a name that several there have";

  private static final String[] OBJECT = {"network", "object_id"};
  private static final Column AUTHOR = col("author_key").as("account_key");
  private static final Column TIME = col("happened_at").as("took_part_at");
  private static final int LEAST_LETTERS = 3;

  private Targets() {}

  /** Whether a statement is an act that names a post, and no account by its id. */
  static Column isOpen() {
    return col("kind")
        .equalTo(Parsed.kind(ParsedRecord.Kind.INTERACTION))
        .and(col("target_id").isNull());
  }

  /**
   * The acts that name a post and no account by its id, once each.
   *
   * @param parsed statements of kind interaction
   * @param keys network, account_id, account_key of every account they name
   * @return rows of {@code waiting_interactions}
   */
  static Dataset<Row> open(Dataset<Row> parsed, Dataset<Row> keys, Column night) {
    return Records.oneEach(
            Records.acts(parsed.where(isOpen()), keys),
            WaitingInteractions.TABLE.key().stream()
                .map(renown.tables.TableColumn::name)
                .toArray(String[]::new),
            "record_date",
            "actor_key",
            "via_id",
            "happened_at")
        .withColumn("night", night)
        .select(WaitingInteractions.TABLE.cols());
  }

  /** What is needed of posts to find their authors: network, post_id, author_key, happened_at. */
  static Dataset<Row> posts(Dataset<Row> posts) {
    return posts.select("network", "post_id", "author_key", "happened_at");
  }

  /**
   * What is needed of posts to find participants of a conversation: as {@link #posts}, and
   * reply_to_id.
   */
  static Dataset<Row> conversations(Dataset<Row> posts) {
    return posts.select("network", "post_id", "author_key", "reply_to_id", "happened_at");
  }

  /**
   * The authors of the posts that acts name.
   *
   * @param open rows of {@code waiting_interactions}
   * @param posts from {@link #posts}; a post may stand there twice
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
   * The acts on posts that are known, with their target.
   *
   * @param open rows of {@code waiting_interactions}; those that address somebody by name are left
   *     out
   * @param authors from {@link #authors}
   * @return columns of {@link Records#acts} with target_key. Nothing is done to a post before it is
   *     there: where a network tells only the day of an act, or less, the post's own time is the
   *     better one
   */
  static Dataset<Row> found(Dataset<Row> open, Dataset<Row> authors) {
    return open.where(not(isAddressed()))
        .join(authors, OBJECT)
        .withColumn("happened_at", greatest(col("happened_at"), col("posted_at")))
        .drop("posted_at", "night", "target_handle");
  }

  // ---- Accounts that are addressed by name

  /** Whether an act, waiting or not, addresses somebody by name. */
  static Column isAddressed() {
    return coalesce(col("target_handle"), lit("")).notEqual("");
  }

  /**
   * Leaves out the mentions in posts that were read on an earlier night: who was meant was decided
   * then, and names change.
   *
   * @param open rows of {@code waiting_interactions}
   * @param held network, post_id of the posts of earlier nights
   */
  static Dataset<Row> notDecidedBefore(Dataset<Row> open, Dataset<Row> held) {
    Dataset<Row> told =
        held.select(col("network"), col("post_id").as("record_id"), lit("").as("is_held"));
    return open.join(told, new String[] {"network", "record_id"}, "left")
        .where(not(isAddressed().and(col("is_held").isNotNull())))
        .drop("is_held");
  }

  /**
   * Who takes part in conversations, and since when: who wrote the post or something in answer to
   * it.
   *
   * @param addressing rows of {@code waiting_interactions}, of whose posts the conversations are
   * @param posts network, post_id, author_key, reply_to_id, happened_at; a post may stand there
   *     twice
   * @param accounts rows of {@code accounts}
   * @return network, object_id, account_key, account_handle, took_part_at; once per post
   */
  static Dataset<Row> participants(
      Dataset<Row> addressing, Dataset<Row> posts, Dataset<Row> accounts) {
    Dataset<Row> wrote =
        posts
            .select(col("network"), col("post_id").as("object_id"), AUTHOR, TIME)
            .unionByName(
                posts.select(col("network"), col("reply_to_id").as("object_id"), AUTHOR, TIME))
            .join(addressing.select("network", "object_id").distinct(), OBJECT)
            .distinct();
    return wrote.join(
        accounts
            .where(col("handle").isNotNull())
            .select(col("account_key"), col("handle").as("account_handle")),
        "account_key");
  }

  /**
   * Whom mentions by name are of: of those who took part in the conversation under the same post,
   * the mentioner apart, the one who has the name. A name with {@code @} is a whole handle, small
   * and capital letters alike, and has to be that of one account alone. Any other is the beginning
   * of a handle, of three letters at least, or all of it; nothing but letters and digits is
   * compared, and of several accounts the one that took part last before the mention is meant.
   *
   * @param addressing rows of {@code waiting_interactions}
   * @param participants from {@link #participants}
   * @return columns of {@link Records#withTargets}, and rule: null if target_key is found, else why
   *     it is null
   */
  static Dataset<Row> decided(Dataset<Row> addressing, Dataset<Row> participants) {
    Column whole = col("target_handle").startsWith("@");
    Column called = letters(col("target_handle"));
    Column begins =
        letters(col("account_handle")).startsWith(called).and(length(called).geq(LEAST_LETTERS));
    Column cutShort =
        begins
            .or(called.notEqual("").and(letters(col("account_handle")).equalTo(called)))
            .and(col("took_part_at").leq(col("happened_at")));
    Column isMeant =
        when(whole, lower(col("account_handle")).equalTo(lower(col("target_handle"))))
            .otherwise(cutShort)
            .and(col("account_key").notEqual(col("actor_key")));
    // A whole handle is meant whenever its owner took part.
    Column since = when(not(whole), col("took_part_at"));
    Column[] own =
        Arrays.stream(addressing.columns())
            .map(org.apache.spark.sql.functions::col)
            .toArray(Column[]::new);
    Column last = get(col("meant"), lit(0));
    Column before = get(col("meant"), lit(1));
    Column isOne =
        before.isNull().or(not(before.getField("since").eqNullSafe(last.getField("since"))));
    return addressing
        .join(participants, OBJECT, "left")
        .groupBy(own)
        .agg(
            sort_array(
                    collect_set(when(isMeant, struct(since.as("since"), col("account_key")))),
                    false)
                .as("meant"))
        .withColumn("target_key", when(isOne, last.getField("account_key")))
        .withColumn("rule", when(last.isNull(), lit(NOBODY)).when(not(isOne), lit(SEVERAL)))
        .withColumn("object_id", lit(null).cast("string"))
        .drop("meant", "night", "target_handle");
  }

  private static Column letters(Column name) {
    return regexp_replace(lower(name), "[^\\p{L}\\p{N}]", "");
  }

  // ---- What goes on waiting

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
            .map(renown.tables.TableColumn::col)
            .toArray(Column[]::new);
    Dataset<Row> all = open.unionByName(before);
    // A repeated act keeps its first night; otherwise it could wait forever.
    return all.groupBy(key)
        .agg(
            min(struct(
                    col("night"),
                    col("record_date"),
                    col("actor_key"),
                    col("via_id"),
                    col("happened_at")))
                .as("kept"))
        .select("network", "record_id", "verb", "object_id", "target_handle", "kept.*")
        .where(col("night").gt(afterNight))
        .join(authors, OBJECT, "left_anti")
        .select(WaitingInteractions.TABLE.cols());
  }
}
