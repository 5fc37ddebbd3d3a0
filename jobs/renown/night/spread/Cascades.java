package renown.night.spread;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import renown.engine.decay.EdgeSums;
import renown.kernels.cascades.Cascade;
import renown.tables.CascadeActs;

/** The cascades of posts with activity tonight, and of posts due for judgement. */
final class Cascades {
  /** Credibility is summed in integer multiples of one over this number. */
  static final double UNIT = 1L << 20;

  /** The state of a post tonight. */
  static final int PASSED = 0;

  static final int JUDGED = 1;
  static final int WATCHED = 2;

  private static final String[] POST = {"network", "post_id"};

  /** More than any account's acts on a post. */
  private static final long FOLLOWS = 1L << 40;

  private static final Object[] VERBS = {"repost", "quote", "reply", "like"};
  private static final String[] REACTIONS = {"repost", "quote", "reply", "mention", "like"};

  private Cascades() {}

  /**
   * Tonight's acts on posts.
   *
   * @param interactions the night's rows of {@code interactions}
   * @param posts the night's rows of {@code posts}: replies to replies, in the thread they stand in
   * @param pathNetworks networks that name, with reposts and likes, the repost they came through
   * @return network, post_id, author_key (null if only the thread is named), actor_key, verb
   *     (number), at (microseconds), record_hash, path_hash (0 for none), is_direct, change
   */
  static Dataset<Row> acts(Dataset<Row> interactions, Dataset<Row> posts, Object[] pathNetworks) {
    Column verb = col("verb");
    Column namesItsPath =
        col("network")
            .isin(pathNetworks)
            .and(verb.isin("repost", "like"))
            .and(col("via_id").isNull());
    Dataset<Row> direct =
        interactions
            .where(verb.isin(VERBS).and(col("object_id").isNotNull()))
            .select(
                col("network"),
                col("object_id").as("post_id"),
                col("target_key").as("author_key"),
                col("actor_key"),
                verbNumber().as("verb"),
                unix_micros(col("happened_at")).as("at"),
                xxhash64(col("record_id")).as("record_hash"),
                when(col("via_id").isNotNull(), xxhash64(col("via_id")))
                    .otherwise(lit(0L))
                    .as("path_hash"),
                verb.equalTo("reply").or(namesItsPath).as("is_direct"),
                col("change"));
    Dataset<Row> nested =
        posts
            .where(
                col("thread_id")
                    .isNotNull()
                    .and(col("reply_to_id").isNotNull())
                    .and(col("reply_to_id").notEqual(col("thread_id"))))
            .select(
                col("network"),
                col("thread_id").as("post_id"),
                lit(null).cast("bigint").as("author_key"),
                col("author_key").as("actor_key"),
                lit(Cascade.REPLY).as("verb"),
                unix_micros(col("happened_at")).as("at"),
                xxhash64(col("post_id")).as("record_hash"),
                xxhash64(col("reply_to_id")).as("path_hash"),
                lit(false).as("is_direct"),
                lit(1L).as("change"));
    return direct.unionByName(nested);
  }

  private static Column verbNumber() {
    Column number = lit(Cascade.LIKE);
    for (int verb = 0; verb < Cascade.LIKE; verb++) {
      number = when(col("verb").equalTo(VERBS[verb]), lit(verb)).otherwise(number);
    }
    return number;
  }

  /**
   * Acts of earlier nights in the form of {@link #acts}, with what was decided.
   *
   * @param state rows of {@code cascade_acts}
   */
  static Dataset<Row> decided(Dataset<Row> state) {
    return state.select(
        col("network"),
        col("post_id"),
        col("author_key"),
        unix_micros(col("posted_at")).as("posted"),
        col("actor_key"),
        verbNumber().as("verb"),
        unix_micros(col("happened_at")).as("at"),
        col("record_hash"),
        col("parent_key"),
        col("is_recorded"),
        col("confidence_share"),
        col("in_audience"),
        col("change"));
  }

  /**
   * What tonight's undone acts undo, in whatever thread they stand.
   *
   * @param acts from {@link #acts}
   * @param decided from {@link #decided}
   * @return network, post_id, actor_key, verb, at; once each
   */
  static Dataset<Row> undone(Dataset<Row> acts, Dataset<Row> decided) {
    String[] act = {"network", "actor_key", "verb", "at"};
    Dataset<Row> gone = acts.where(col("change").equalTo(-1));
    Column[] columns = {col("network"), col("post_id"), col("actor_key"), col("verb"), col("at")};
    return gone.select(columns)
        .unionByName(
            decided
                .where(col("change").equalTo(1))
                .join(gone.select(act[0], act[1], act[2], act[3]), act, "left_semi")
                .select(columns))
        .distinct();
  }

  /**
   * The posts to be looked at.
   *
   * @param known rows of {@code post_reactions}: who wrote them, and when
   * @param starts from {@link #starts}
   * @param window from {@link #window}
   * @return network, post_id, author_key, posted (microseconds or null), is_touched (something was
   *     done to it tonight), window; posts that are touched or judged or watched
   */
  static Dataset<Row> posts(
      Dataset<Row> acts,
      Dataset<Row> undone,
      Dataset<Row> decided,
      Dataset<Row> known,
      Dataset<Row> starts,
      Column window) {
    Column none = lit(null).cast("bigint");
    Column[] touching = {
      col("network"), col("post_id"), col("author_key"), none.as("posted"), lit(true).as("touched")
    };
    Column[] telling = {
      col("network"), col("post_id"), col("author_key"), col("posted"), lit(false).as("touched")
    };
    Dataset<Row> touched =
        acts.where(col("change").equalTo(1))
            .select(touching)
            .unionByName(undone.withColumn("author_key", none).select(touching));
    Dataset<Row> all =
        touched
            .unionByName(
                decided
                    .join(touched.select("network", "post_id").distinct(), POST, "left_semi")
                    .select(telling))
            .unionByName(known.withColumn("posted", unix_micros(col("posted_at"))).select(telling));
    return all.groupBy(POST[0], POST[1])
        .agg(
            min("author_key").as("author_key"),
            min("posted").as("posted"),
            max("touched").as("is_touched"))
        .join(broadcast(starts), new String[] {"network"}, "left")
        .withColumn("window", window)
        .where(
            col("author_key")
                .isNotNull()
                .and(col("is_touched").or(col("window").notEqual(PASSED))));
  }

  /**
   * When the acts begin of networks that are loaded for the first time tonight: of earlier posts
   * nobody knows what they drew. Reposts and likes tell it, if there are any: a line may bring
   * along the post that it shares, and that may be an answer or a quote of years ago.
   *
   * @param landmarks rows of {@code landmarks}, which a network gets on its first night
   * @return network, start (microseconds)
   */
  static Dataset<Row> starts(Dataset<Row> acts, Dataset<Row> landmarks, Column night) {
    return acts.groupBy("network")
        .agg(
            coalesce(
                    min(when(col("verb").isin(Cascade.REPOST, Cascade.LIKE), col("at"))), min("at"))
                .as("start"))
        .join(
            landmarks.where(col("landmark_date").equalTo(night)).select("network"),
            new String[] {"network"},
            "left_semi");
  }

  /**
   * Whether a post is judged tonight, since it has now been out for as long as posts are compared
   * by, or watched, since it has been out for an hour and not yet so long, or neither. A column
   * over posted and start.
   *
   * @param end of the night, microseconds
   * @param previousEnd that of the night before
   */
  static Column window(long end, long previousEnd) {
    Column age = lit(end).minus(col("posted"));
    Column isNew =
        coalesce(
            col("posted").geq(col("start")),
            col("posted").plus(lit(Breakouts.WINDOW_MICROS)).gt(lit(previousEnd)));
    return when(isNew.and(age.geq(lit(Breakouts.WINDOW_MICROS))), lit(JUDGED))
        .when(
            coalesce(col("posted").geq(col("start")), lit(true))
                .and(age.geq(lit(Breakouts.MICROS_PER_HOUR)))
                .and(age.lt(lit(Breakouts.WINDOW_MICROS))),
            lit(WATCHED))
        .otherwise(lit(PASSED));
  }

  /**
   * Accounts with what cascades need of them.
   *
   * @param credibilities rows of {@code credibilities}: nobody else counts
   * @param communities rows of {@code communities}
   * @return account_key, units (credibility in 2^-20), community (-1 if none)
   */
  static Dataset<Row> people(Dataset<Row> credibilities, Dataset<Row> communities) {
    return credibilities
        .select("account_key", "credibility")
        .join(
            communities.select("account_key", "community_key"),
            new String[] {"account_key"},
            "left")
        .select(
            col("account_key"),
            units().as("units"),
            coalesce(col("community_key"), lit(Cascade.UNKNOWN)).as("community"));
  }

  private static Column units() {
    return rint(col("credibility").multiply(lit(UNIT))).cast("long");
  }

  /**
   * Whom those who act tonight attend to.
   *
   * @param edges from {@link EdgeSums#of}
   * @return src_key, dst_key, acts: decayed reactions and mentions in {@link Cascade#ACT}, and more
   *     than anybody's where src follows dst; above 0
   */
  static Dataset<Row> attention(Dataset<Row> edges, Dataset<Row> acts) {
    return edges
        .join(
            acts.select(col("actor_key").as("src_key")).distinct(),
            new String[] {"src_key"},
            "left_semi")
        .select(
            col("src_key"),
            col("dst_key"),
            rint(EdgeSums.decayedCount(REACTIONS).multiply(lit((double) Cascade.ACT)))
                .cast("long")
                .plus(when(EdgeSums.follows(), lit(FOLLOWS)).otherwise(lit(0L)))
                .as("acts"))
        .where(col("acts").gt(0));
  }

  /**
   * Who of those who act attends to the author, and to whom of the sharers where the network does
   * not say whom an act came through.
   *
   * @param posts from {@link #posts}
   * @param attention from {@link #attention}
   * @return network, post_id, actor_key, other_key, acts
   */
  static Dataset<Row> attends(
      Dataset<Row> acts, Dataset<Row> decided, Dataset<Row> posts, Dataset<Row> attention) {
    Dataset<Row> tonight = acts.where(col("change").equalTo(1));
    Dataset<Row> toAuthors =
        tonight
            .select("network", "post_id", "actor_key")
            .distinct()
            .join(posts.select("network", "post_id", "author_key"), POST)
            .select(
                col("network"),
                col("post_id"),
                col("actor_key").as("src_key"),
                col("author_key").as("dst_key"))
            .join(attention, new String[] {"src_key", "dst_key"});
    Dataset<Row> sharers =
        tonight
            .select("network", "post_id", "actor_key", "verb")
            .unionByName(
                decided
                    .where(col("change").equalTo(1))
                    .select("network", "post_id", "actor_key", "verb"))
            .where(col("verb").leq(Cascade.QUOTE))
            .select(col("network"), col("post_id"), col("actor_key").as("dst_key"))
            .distinct();
    Dataset<Row> toSharers =
        tonight
            .where(col("is_direct").equalTo(false))
            .select(col("network"), col("post_id"), col("actor_key").as("src_key"))
            .distinct()
            .join(attention, "src_key")
            .join(sharers, new String[] {"network", "post_id", "dst_key"});
    String[] columns = {"network", "post_id", "src_key", "dst_key", "acts"};
    return toAuthors
        .select(columns[0], columns[1], columns[2], columns[3], columns[4])
        .unionByName(
            toSharers
                .join(
                    posts.select(col("network"), col("post_id"), col("author_key").as("dst_key")),
                    new String[] {"network", "post_id", "dst_key"},
                    "left_anti")
                .select(columns[0], columns[1], columns[2], columns[3], columns[4]))
        .withColumnRenamed("src_key", "actor_key")
        .withColumnRenamed("dst_key", "other_key");
  }

  /**
   * The cascades.
   *
   * @param people from {@link #people}; acts of others do not count, nor their posts
   * @return rows of {@link CascadeRows#MADE}, one for each of {@code posts}
   */
  static Dataset<Row> cascades(
      Dataset<Row> acts,
      Dataset<Row> undone,
      Dataset<Row> decided,
      Dataset<Row> attends,
      Dataset<Row> posts,
      Dataset<Row> people) {
    Dataset<Row> roots =
        posts
            .join(people.drop("units"), col("author_key").equalTo(col("account_key")))
            .withColumn("at", coalesce(col("posted"), lit(Cascade.UNKNOWN)))
            .withColumnRenamed("author_key", "actor_key");
    Dataset<Row> theirs = posts.select("network", "post_id");
    Dataset<Row> added =
        acts.where(col("change").equalTo(1))
            .withColumn("is_new", lit(true))
            .join(people, col("actor_key").equalTo(col("account_key")))
            .join(theirs, POST, "left_semi");
    Dataset<Row> held =
        decided
            .where(col("change").equalTo(1))
            .withColumnRenamed("parent_key", "other_key")
            .withColumnRenamed("confidence_share", "confidence")
            .join(theirs, POST, "left_semi")
            .join(people, col("actor_key").equalTo(col("account_key")));
    Dataset<Row> gone =
        undone.unionByName(
            decided
                .where(col("change").equalTo(-1))
                .join(theirs, POST, "left_semi")
                .select("network", "post_id", "actor_key", "verb", "at"));
    MapPartitionsFunction<Row, Row> made = CascadeRows::new;
    return given(CascadeRows.POST, roots)
        .unionByName(given(CascadeRows.UNDONE, gone))
        .unionByName(given(CascadeRows.ATTENDS, attends.withColumnRenamed("acts", "units")))
        .unionByName(given(CascadeRows.ACT, added))
        .unionByName(given(CascadeRows.ACT, held))
        .repartition(col("network"), col("post_id"))
        .sortWithinPartitions("network", "post_id", "kind", "at", "actor_key", "verb")
        .mapPartitions(made, Encoders.row(CascadeRows.MADE));
  }

  /** Rows of a kind; missing columns are 0 or false. */
  private static Dataset<Row> given(int kind, Dataset<Row> rows) {
    Set<String> there = Set.of(rows.columns());
    Column[] columns =
        Arrays.stream(CascadeRows.GIVEN.fields())
            .map(
                field -> {
                  String name = field.name();
                  Column value = there.contains(name) ? col(name) : lit(0);
                  return (name.equals("kind") ? lit(kind) : value).cast(field.dataType()).as(name);
                })
            .toArray(Column[]::new);
    return rows.select(columns);
  }

  /**
   * What has to be remembered of tonight.
   *
   * @param cascades from {@link #cascades}
   * @param undone from {@link #undone}
   * @return rows of {@code cascade_acts}
   */
  static Dataset<Row> remembered(Dataset<Row> cascades, Dataset<Row> undone, Column night) {
    Dataset<Row> done =
        cascades
            .where(col("is_touched"))
            .select(
                col("network"),
                col("post_id"),
                col("author_key"),
                col("posted"),
                explode(col("new_acts")).as("act"))
            .select("network", "post_id", "author_key", "posted", "act.*")
            .withColumn("change", lit(1L));
    Dataset<Row> taken =
        cascades
            .select("network", "post_id", "author_key", "posted")
            .join(undone, POST)
            .withColumn("record_hash", lit(0L))
            .withColumn("parent_key", col("author_key"))
            .withColumn("is_recorded", lit(false))
            .withColumn("confidence_share", lit(0.0))
            .withColumn("in_audience", lit(false))
            .withColumn("change", lit(-1L));
    Column verb = lit(VERBS[Cascade.LIKE]);
    for (int number = 0; number < Cascade.LIKE; number++) {
      verb = when(col("verb").equalTo(number), lit(VERBS[number])).otherwise(verb);
    }
    return done.unionByName(taken)
        .withColumn("verb", verb)
        .withColumn("posted_at", timestamp_micros(col("posted")))
        .withColumn("happened_at", timestamp_micros(col("at")))
        .withColumn("night", night)
        .select(CascadeActs.TABLE.cols());
  }

  /**
   * Cascades without those to which nothing has been done since a night.
   *
   * @param state rows of {@code cascade_acts}
   */
  static Dataset<Row> alive(Dataset<Row> state, Column since) {
    return state.join(
        state.groupBy(POST[0], POST[1]).agg(max("night").as("last")).where(col("last").geq(since)),
        POST,
        "left_semi");
  }
}
