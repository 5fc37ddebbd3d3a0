package renown.night.topics;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import renown.kernels.taxonomy.LanguageCodes;
import renown.kernels.taxonomy.LanguageDetector;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.taxonomy.TopicMatcher.Attachment;
import renown.tables.AccountLanguages;
import renown.tables.AccountLists;
import renown.tables.CitedPosts;
import renown.tables.PostTopics;

/** Assigns topics to posts and lists. */
final class Classification {
  /** A reply inherits topics from what it answers, with a little less confidence per step. */
  private static final double THREAD = 0.8;

  /** Confidences are summed in integer multiples of one over this number. */
  private static final double UNIT = 1L << 20;

  private static final DataType MATCHES =
      DataTypes.createArrayType(
          StructType.fromDDL("topic_id string, confidence double, basis string"), false);

  private Classification() {}

  /**
   * Posts with their text and language.
   *
   * @param posts rows of {@code posts}
   * @param texts rows of {@code post_texts}; posts without text are kept
   * @return the posts, with text (null if there is none) and language: ISO 639 as the network says
   *     it, else as detected; null if neither tells
   */
  static Dataset<Row> read(Dataset<Row> posts, Dataset<Row> texts) {
    UDF2<String, String, String> language =
        (said, text) -> {
          String code = LanguageCodes.of(said);
          return code != null ? code : LanguageDetector.detect(text);
        };
    return posts
        .join(
            texts.select("network", "post_id", "text"), new String[] {"network", "post_id"}, "left")
        .withColumn(
            "language", udf(language, DataTypes.StringType).apply(col("language"), col("text")));
  }

  /**
   * Topics that posts tell themselves.
   *
   * @param posts from {@link #read}
   * @param attached topics of hashtags that the taxonomy does not know: by network, then by hashtag
   * @param leastConfidence less sure topics are left out
   * @return rows of {@code post_topics}
   */
  static Dataset<Row> direct(
      Dataset<Row> posts,
      SharedMatcher matcher,
      Map<String, Map<String, Attachment>> attached,
      double leastConfidence,
      Column night) {
    UDF5<String, String, scala.collection.Seq<String>, scala.collection.Seq<String>, String, Object>
        match =
            (network, text, hashtags, links, language) ->
                rows(
                    matcher
                        .get()
                        .match(
                            text,
                            list(hashtags),
                            list(links),
                            language,
                            attached.getOrDefault(network, Map.of())));
    return posts
        .withColumn(
            "match",
            explode(
                udf(match, MATCHES)
                    .apply(
                        col("network"),
                        col("text"),
                        col("hashtags"),
                        col("links"),
                        col("language"))))
        .where(col("match.confidence").geq(leastConfidence))
        .select(
            col("network"),
            col("post_id"),
            col("record_date"),
            col("author_key"),
            col("match.topic_id").as("topic_id"),
            col("match.confidence").as("confidence"),
            col("match.basis").as("basis"),
            col("happened_at"),
            night.as("night"));
  }

  /**
   * A row of everything for each post, told or not: so that what is about nothing is distinguished
   * from what was never seen.
   *
   * @return rows of {@code post_topics}, as many as posts
   */
  static Dataset<Row> seen(Dataset<Row> posts, Column night) {
    return posts
        .withColumn("topic_id", lit(TopicActs.EVERYTHING))
        .withColumn("confidence", lit(1.0))
        .withColumn("basis", lit("seen"))
        .withColumn("night", night)
        .select(PostTopics.TABLE.cols());
  }

  /**
   * Topics of posts that tell none themselves, from the posts they answer, quote or belong to.
   *
   * @param posts the night's rows of {@code posts}
   * @param direct tonight's rows, from {@link #direct}
   * @param others topics of other posts, from {@link #told}
   * @return rows of {@code post_topics}
   */
  static Dataset<Row> inherited(
      Dataset<Row> posts,
      Dataset<Row> direct,
      Dataset<Row> others,
      double leastConfidence,
      Column night) {
    String[] post = {"network", "post_id"};
    Dataset<Row> known =
        direct
            .select("network", "post_id", "topic_id", "confidence", "basis")
            .unionByName(others)
            .select(
                col("network"),
                col("post_id").as("seen_id"),
                col("topic_id"),
                col("confidence"),
                col("basis"));
    return posts
        .where(coalesce(col("reply_to_id"), col("quoted_id"), col("thread_id")).isNotNull())
        .join(direct.select("network", "post_id").distinct(), post, "left_anti")
        .withColumn(
            "seen_id",
            explode(array_distinct(array(col("reply_to_id"), col("quoted_id"), col("thread_id")))))
        .where(col("seen_id").isNotNull())
        .join(known, new String[] {"network", "seen_id"})
        .groupBy("network", "post_id", "record_date", "author_key", "happened_at", "topic_id")
        .agg(
            max(col("confidence").multiply(lit(THREAD))).as("confidence"),
            min(when(col("basis").equalTo("child"), lit("child")).otherwise(lit("thread")))
                .as("basis"))
        .where(col("confidence").geq(leastConfidence))
        .withColumn("night", night)
        .select(PostTopics.TABLE.cols());
  }

  /**
   * Topics of posts that may be answered tonight.
   *
   * @param earlier rows of {@code post_topics} of earlier nights
   * @param cited rows of {@code cited_posts}
   * @return network, post_id, topic_id, confidence, basis
   */
  static Dataset<Row> told(Dataset<Row> earlier, Dataset<Row> cited) {
    Column isTold = col("topic_id").notEqual(TopicActs.EVERYTHING);
    return earlier
        .where(isTold)
        .select("network", "post_id", "topic_id", "confidence", "basis")
        .unionByName(
            cited
                .where(isTold)
                .withColumn("basis", lit("thread"))
                .select("network", "post_id", "topic_id", "confidence", "basis"));
  }

  /**
   * Topics of posts that were never seen, such as those from before the first file, from the posts
   * that answer or quote them: an account that is known for an old post is cited all the same.
   * Whoever speaks of a post speaks once, and nobody for itself.
   *
   * @param interactions the night's rows of {@code interactions}
   * @param direct tonight's rows, from {@link #direct}
   * @param known network, post_id: posts that were seen, or judged here before
   * @param since the end of the night published before, or long ago
   * @return rows of {@code cited_posts}; none for posts of which nobody said anything about a topic
   */
  static Dataset<Row> cited(
      Dataset<Row> interactions,
      Dataset<Row> direct,
      Dataset<Row> known,
      double leastConfidence,
      Column since,
      Column night) {
    Dataset<Row> told =
        interactions
            .where(
                col("verb")
                    .isin("reply", "quote")
                    .and(col("change").equalTo(1))
                    .and(col("object_id").isNotNull())
                    .and(col("actor_key").notEqual(col("target_key"))))
            .select(
                col("network"),
                col("record_id").as("post_id"),
                col("object_id").as("cited_id"),
                col("actor_key"))
            .distinct()
            .join(
                direct.select("network", "post_id", "topic_id", "confidence"),
                new String[] {"network", "post_id"})
            .join(
                known.select(col("network"), col("post_id").as("cited_id")).distinct(),
                new String[] {"network", "cited_id"},
                "left_anti")
            .groupBy("network", "cited_id", "actor_key", "topic_id")
            .agg(rint(max("confidence").multiply(lit(UNIT))).cast("long").as("units"));
    Dataset<Row> topics =
        told.groupBy("network", "cited_id", "topic_id").agg(sum("units").as("units"));
    return told.groupBy("network", "cited_id")
        .agg(count_distinct(col("actor_key")).as("actors"))
        .join(topics, new String[] {"network", "cited_id"})
        .withColumn("confidence", col("units").divide(col("actors")).multiply(lit(THREAD / UNIT)))
        .where(col("confidence").geq(leastConfidence))
        .select("network", "cited_id", "topic_id", "confidence")
        .unionByName(
            told.select("network", "cited_id")
                .distinct()
                .withColumn("topic_id", lit(TopicActs.EVERYTHING))
                .withColumn("confidence", lit(1.0)))
        .withColumnRenamed("cited_id", "post_id")
        .withColumn("since_at", since)
        .withColumn("night", night)
        .select(CitedPosts.TABLE.cols());
  }

  /**
   * What lists are about, by their names, else by their descriptions.
   *
   * @param lists rows of {@code account_lists}
   * @return network, list_id, topic_id, confidence; a row of everything for each list
   */
  static Dataset<Row> lists(Dataset<Row> lists, SharedMatcher matcher, double leastConfidence) {
    UDF2<String, String, Object> match =
        (name, description) -> {
          List<TopicMatch> byName = name == null ? List.of() : matcher.get().matchName(name);
          return rows(
              byName.isEmpty() && description != null
                  ? matcher.get().match(description, null)
                  : byName);
        };
    Dataset<Row> recommending =
        lists.where(coalesce(AccountLists.PURPOSE.col(), lit("")).notEqual("moderation"));
    return recommending
        .withColumn(
            "match", explode(udf(match, MATCHES).apply(col("list_name"), col("description"))))
        .where(col("match.confidence").geq(leastConfidence))
        .select(
            col("network"),
            col("list_id"),
            col("match.topic_id").as("topic_id"),
            col("match.confidence").as("confidence"))
        .unionByName(
            recommending.select(
                col("network"),
                col("list_id"),
                lit(TopicActs.EVERYTHING).as("topic_id"),
                lit(1.0).as("confidence")));
  }

  /**
   * In which languages accounts have written.
   *
   * @param before rows of {@code account_languages}
   * @param posts the night's posts, from {@link #read}
   * @return rows of {@code account_languages}
   */
  static Dataset<Row> languages(Dataset<Row> before, Dataset<Row> posts, Column night) {
    return before
        .select("network", "account_key", "language", "post_count")
        .unionByName(
            posts
                .where(col("language").isNotNull())
                .groupBy(col("network"), col("author_key").as("account_key"), col("language"))
                .agg(count(lit(1)).as("post_count")))
        .groupBy("network", "account_key", "language")
        .agg(sum("post_count").as("post_count"))
        .withColumn("night", night)
        .select(AccountLanguages.TABLE.cols());
  }

  /**
   * The language that an account writes in most, the first by its code where two are equal.
   *
   * @param languages rows of {@code account_languages}
   * @return account_key, language
   */
  static Dataset<Row> mainLanguage(Dataset<Row> languages) {
    return languages
        .groupBy("account_key")
        .agg(
            min(struct(col("post_count").multiply(lit(-1)), col("language").as("language")))
                .as("main"))
        .select(col("account_key"), col("main.language").as("language"));
  }

  private static List<String> list(scala.collection.Seq<String> values) {
    List<String> list = new ArrayList<>();
    if (values != null) {
      scala.jdk.javaapi.CollectionConverters.asJava(values).forEach(list::add);
    }
    return list;
  }

  private static Object rows(List<TopicMatch> matches) {
    return matches.stream()
        .map(m -> RowFactory.create(m.topicId(), m.confidence(), m.basis()))
        .toArray(Row[]::new);
  }
}
