package renown.night.topics;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.engine.decay.ForwardDecay;
import renown.tables.Interactions;
import renown.tables.TopicIncrements;

/** Aggregates acts by topic: who wrote about it, and who attended to whom on it. */
final class TopicActs {
  /** In place of a topic: acts on any topic or none. */
  static final String EVERYTHING = "*";

  private static final int HALF_LIVES_PER_LANDMARK = 4;
  private static final String[] SUM = {"network", "topic_id", "src_key", "dst_key", "verb"};

  private TopicActs() {}

  /**
   * What a night adds.
   *
   * @param posts the night's rows of {@code posts}
   * @param interactions the night's rows of {@code interactions}, done and undone
   * @param deletions the night's rows of {@code deletions}
   * @param postTopics rows of {@code post_topics}, tonight's and those of posts that may still be
   *     reacted to
   * @param cited rows of {@code cited_posts}; they give way where the post was seen after all
   * @param listTopics network, list_id, topic_id (or {@link #EVERYTHING}), confidence
   * @param halfLifeDays above 0
   * @return rows of {@code topic_increments}. What an act is about: for an answer, a quote or a
   *     mention the post that does it, for a listing the list's name, else the post reacted to.
   *     Acts on posts that were neither seen nor cited are about nothing that is known and do not
   *     count. Nobody attends to itself
   */
  static Dataset<Row> increments(
      Dataset<Row> posts,
      Dataset<Row> interactions,
      Dataset<Row> deletions,
      Dataset<Row> postTopics,
      Dataset<Row> cited,
      Dataset<Row> listTopics,
      LocalDate night,
      long halfLifeDays) {
    Dataset<Row> written = writing(posts, 1);
    Dataset<Row> deleted =
        writing(
            postTopics
                .where(col("topic_id").equalTo(EVERYTHING))
                .where(col("night").lt(java.sql.Date.valueOf(night)))
                .join(
                    deletions.select(
                        col("network"),
                        col("record_id").as("post_id"),
                        col("deleter_key").as("author_key")),
                    new String[] {"network", "post_id", "author_key"},
                    "left_semi"),
            -1);
    Column byPost = col("verb").isin("reply", "quote", "mention");
    Column object = Interactions.OBJECT_ID.col();
    Dataset<Row> reactions =
        interactions
            .where(
                col("verb").isin(Expertise.VERBS.toArray()).or(col("verb").equalTo(Expertise.VOTE)))
            .where(Interactions.ACTOR_KEY.col().notEqual(Interactions.TARGET_KEY.col()))
            .select(
                col("network"),
                Interactions.ACTOR_KEY.col().as("src_key"),
                Interactions.TARGET_KEY.col().as("dst_key"),
                col("verb"),
                when(byPost, col("record_id")).otherwise(object).as("item_id"),
                when(col("verb").equalTo("mention"), col("record_id"))
                    .when(col("verb").notEqual("list"), object)
                    .as("shown_id"),
                col("happened_at"),
                col("change"))
            .where(col("item_id").isNotNull());
    Dataset<Row> topics =
        postTopics
            .select(
                col("network"),
                lit(false).as("is_list"),
                col("post_id").as("item_id"),
                col("topic_id"),
                col("confidence"),
                lit(null).cast("timestamp").as("since_at"))
            .unionByName(
                cited
                    .join(
                        postTopics
                            .where(col("topic_id").equalTo(EVERYTHING))
                            .select("network", "post_id"),
                        new String[] {"network", "post_id"},
                        "left_anti")
                    .select(
                        col("network"),
                        lit(false).as("is_list"),
                        col("post_id").as("item_id"),
                        col("topic_id"),
                        col("confidence"),
                        col("since_at")))
            .unionByName(
                listTopics.select(
                    col("network"),
                    lit(true).as("is_list"),
                    col("list_id").as("item_id"),
                    col("topic_id"),
                    col("confidence"),
                    lit(null).cast("timestamp").as("since_at")));
    Column units =
        ForwardDecay.units(
            col("happened_at"), lit(landmark(night, halfLifeDays)), lit(halfLifeDays));
    Dataset<Row> counted =
        written
            .unionByName(deleted)
            .unionByName(reactions)
            .withColumn("units", units)
            .withColumn("is_list", col("verb").equalTo("list"))
            .join(topics, new String[] {"network", "is_list", "item_id"})
            .where(col("since_at").isNull().or(col("happened_at").geq(col("since_at"))))
            .withColumn(
                "decayed_units",
                rint(col("units").multiply(col("confidence")))
                    .cast("long")
                    .multiply(col("change")));
    Column everything = col("topic_id").equalTo(EVERYTHING);
    return counted
        .where(not(everything))
        .select(
            col("network"),
            col("topic_id"),
            col("src_key"),
            col("dst_key"),
            col("verb"),
            col("change"),
            col("decayed_units"),
            col("shown_id"),
            col("happened_at"))
        .unionByName(sides(counted.where(everything)))
        .groupBy(col("network"), col("topic_id"), col("src_key"), col("dst_key"), col("verb"))
        .agg(
            sum("change").as("act_count"),
            sum("decayed_units").as("decayed_units"),
            max(struct(col("happened_at"), col("shown_id"))).as("latest"))
        .where(col("act_count").notEqual(0).or(col("decayed_units").notEqual(0)))
        .withColumn("latest_post_id", col("latest.shown_id"))
        .withColumn("latest_at", col("latest.happened_at"))
        .withColumn("night", lit(java.sql.Date.valueOf(night)))
        .select(TopicIncrements.TABLE.cols());
  }

  /** The act of writing posts. */
  private static Dataset<Row> writing(Dataset<Row> posts, long change) {
    return posts.select(
        col("network"),
        col("author_key").as("src_key"),
        col("author_key").as("dst_key"),
        lit("post").as("verb"),
        col("post_id").as("item_id"),
        col("post_id").as("shown_id"),
        col("happened_at"),
        lit(change).as("change"));
  }

  /** Each account's total activity and attention received, over all topics. */
  private static Dataset<Row> sides(Dataset<Row> acts) {
    Column sides =
        when(col("verb").equalTo("post"), array(side("post", "src_key")))
            .when(col("verb").equalTo(Expertise.VOTE), array(side(Expertise.VOTE, "dst_key")))
            .otherwise(array(side("reaction", "src_key"), side("received", "dst_key")));
    return acts.withColumn("side", explode(sides))
        .select(
            col("network"),
            col("topic_id"),
            col("side.account_key").as("src_key"),
            col("side.account_key").as("dst_key"),
            col("side.verb").as("verb"),
            col("change"),
            col("decayed_units"),
            lit(null).cast("string").as("shown_id"),
            col("happened_at"));
  }

  private static Column side(String verb, String account) {
    return struct(lit(verb).as("verb"), col(account).as("account_key"));
  }

  /** The landmark of a night's units. */
  static java.sql.Timestamp landmark(LocalDate night, long halfLifeDays) {
    long days = halfLifeDays * HALF_LIVES_PER_LANDMARK;
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(night.toEpochDay(), days) * days);
    return java.sql.Timestamp.from(date.atStartOfDay(java.time.ZoneOffset.UTC).toInstant());
  }

  /**
   * The same increments relative to a later night's landmark: whole halvings, so that the order of
   * rows cannot matter.
   */
  static Dataset<Row> seenFrom(Dataset<Row> increments, LocalDate night, long halfLifeDays) {
    long days = halfLifeDays * HALF_LIVES_PER_LANDMARK;
    Column period =
        floor(datediff(col("night"), lit(java.sql.Date.valueOf("1970-01-01"))).divide(lit(days)));
    Column halvings =
        least(
                lit(Math.floorDiv(night.toEpochDay(), days))
                    .minus(period)
                    .multiply(lit(HALF_LIVES_PER_LANDMARK)),
                lit(62))
            .cast("int");
    return increments.withColumn(
        "decayed_units", call_function("shiftright", col("decayed_units"), halvings));
  }

  /**
   * The same sums, one row each; those that were wholly undone are gone.
   *
   * @param increments rows of {@code topic_increments} up to the night
   */
  static Dataset<Row> compacted(Dataset<Row> increments, LocalDate night, long halfLifeDays) {
    return seenFrom(increments, night, halfLifeDays)
        .groupBy(SUM[0], SUM[1], SUM[2], SUM[3], SUM[4])
        .agg(
            sum("act_count").as("act_count"),
            sum("decayed_units").as("decayed_units"),
            max(struct(col("latest_at"), col("latest_post_id"))).as("latest"))
        .where(col("act_count").notEqual(0))
        .withColumn("latest_post_id", col("latest.latest_post_id"))
        .withColumn("latest_at", col("latest.latest_at"))
        .withColumn("night", lit(java.sql.Date.valueOf(night)))
        .select(TopicIncrements.TABLE.cols());
  }
}
