package renown.topics;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.decay.ForwardDecay;
import renown.tables.Interactions;
import renown.tables.TopicIncrements;

/** From acts to sums by topic: who wrote about it, and who attended to whom on it. */
final class TopicActs {
  /** In place of a topic: acts of all topics and of none. */
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
   * @param listTopics network, list_id, topic_id, confidence
   * @param halfLifeDays above 0
   * @return rows of {@code topic_increments}. An act counts once per topic, however many signs of
   *     its posts tell the topic or topics below it; nobody attends to itself. What it is about: for
   *     an answer or a quote its own post and the one it refers to, for a mention the post that
   *     mentions, for a listing the list's name, else the post reacted to
   */
  static Dataset<Row> increments(
      Dataset<Row> posts,
      Dataset<Row> interactions,
      Dataset<Row> deletions,
      Dataset<Row> postTopics,
      Dataset<Row> listTopics,
      LocalDate night,
      long halfLifeDays) {
    Dataset<Row> written =
        posts.select(
            col("network"),
            col("post_id").as("act_id"),
            col("author_key").as("src_key"),
            col("author_key").as("dst_key"),
            lit("post").as("verb"),
            array(col("post_id")).as("item_ids"),
            col("post_id").as("shown_id"),
            col("happened_at"),
            lit(1L).as("change"));
    Dataset<Row> deleted =
        postTopics
            .where(col("night").lt(java.sql.Date.valueOf(night)))
            .select(
                col("network"),
                col("post_id").as("record_id"),
                col("author_key").as("deleter_key"),
                col("happened_at"))
            .distinct()
            .join(
                deletions.select("network", "record_id", "deleter_key"),
                new String[] {"network", "record_id", "deleter_key"},
                "left_semi")
            .select(
                col("network"),
                col("record_id").as("act_id"),
                col("deleter_key").as("src_key"),
                col("deleter_key").as("dst_key"),
                lit("post").as("verb"),
                array(col("record_id")).as("item_ids"),
                col("record_id").as("shown_id"),
                col("happened_at"),
                lit(-1L).as("change"));
    Column own = col("verb").isin("reply", "quote", "mention");
    Column mine = when(own, col("record_id"));
    Dataset<Row> reactions =
        interactions
            .where(col("verb").isin("repost", "quote", "reply", "mention", "like", "list"))
            .where(Interactions.ACTOR_KEY.col().notEqual(Interactions.TARGET_KEY.col()))
            .select(
                col("network"),
                col("record_id").as("act_id"),
                Interactions.ACTOR_KEY.col().as("src_key"),
                Interactions.TARGET_KEY.col().as("dst_key"),
                col("verb"),
                array(mine, Interactions.OBJECT_ID.col()).as("item_ids"),
                when(col("verb").notEqual("list"), coalesce(Interactions.OBJECT_ID.col(), mine))
                    .as("shown_id"),
                col("happened_at"),
                col("change"));
    Dataset<Row> acts = written.unionByName(deleted).unionByName(reactions);
    Column units =
        ForwardDecay.units(
            col("happened_at"), lit(landmark(night, halfLifeDays)), lit(halfLifeDays));
    Dataset<Row> counted = acts.withColumn("units", units);
    return onTopics(counted, postTopics, listTopics)
        .unionByName(onEverything(counted))
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

  private static Dataset<Row> onTopics(
      Dataset<Row> acts, Dataset<Row> postTopics, Dataset<Row> listTopics) {
    Dataset<Row> topics =
        postTopics
            .select(
                col("network"),
                lit(false).as("is_list"),
                col("post_id").as("item_id"),
                col("topic_id"),
                col("confidence"))
            .unionByName(
                listTopics.select(
                    col("network"),
                    lit(true).as("is_list"),
                    col("list_id").as("item_id"),
                    col("topic_id"),
                    col("confidence")));
    return acts.withColumn("item_id", explode(col("item_ids")))
        .where(col("item_id").isNotNull())
        .withColumn("is_list", col("verb").equalTo("list"))
        .join(topics, new String[] {"network", "is_list", "item_id"})
        .groupBy(
            "network", "act_id", "verb", "src_key", "dst_key", "change", "topic_id", "units",
            "happened_at", "shown_id")
        .agg(max("confidence").as("confidence"))
        .select(
            col("network"),
            col("topic_id"),
            col("src_key"),
            col("dst_key"),
            col("verb"),
            col("change"),
            rint(col("units").multiply(col("confidence")))
                .cast("long")
                .multiply(col("change"))
                .as("decayed_units"),
            col("shown_id"),
            col("happened_at"));
  }

  /** What each account did, and what it received, whatever it was about. */
  private static Dataset<Row> onEverything(Dataset<Row> acts) {
    Column post = col("verb").equalTo("post");
    Column sides =
        when(post, array(side("post", "src_key")))
            .otherwise(array(side("reaction", "src_key"), side("received", "dst_key")));
    return acts.withColumn("side", explode(sides))
        .select(
            col("network"),
            lit(EVERYTHING).as("topic_id"),
            col("side.account_key").as("src_key"),
            col("side.account_key").as("dst_key"),
            col("side.verb").as("verb"),
            col("change"),
            col("units").multiply(col("change")).as("decayed_units"),
            lit(null).cast("string").as("shown_id"),
            col("happened_at"));
  }

  private static Column side(String verb, String account) {
    return struct(lit(verb).as("verb"), col(account).as("account_key"));
  }

  /** The instant from which units of a night are seen. */
  static java.sql.Timestamp landmark(LocalDate night, long halfLifeDays) {
    long days = halfLifeDays * HALF_LIVES_PER_LANDMARK;
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(night.toEpochDay(), days) * days);
    return java.sql.Timestamp.from(date.atStartOfDay(java.time.ZoneOffset.UTC).toInstant());
  }

  /**
   * The same increments, their units seen from the landmark of a later night: whole halvings, so
   * that the order of rows cannot matter.
   */
  static Dataset<Row> seenFrom(Dataset<Row> increments, LocalDate night, long halfLifeDays) {
    long days = halfLifeDays * HALF_LIVES_PER_LANDMARK;
    Column period =
        floor(
            datediff(col("night"), lit(java.sql.Date.valueOf("1970-01-01"))).divide(lit(days)));
    Column halvings =
        least(
                lit(Math.floorDiv(night.toEpochDay(), days))
                    .minus(period)
                    .multiply(lit(HALF_LIVES_PER_LANDMARK)),
                lit(62))
            .cast("int");
    return increments.withColumn(
        "decayed_units",
        org.apache.spark.sql.functions.call_function(
            "shiftright", col("decayed_units"), halvings));
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
