package renown.night.topics;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import renown.engine.decay.Shares;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.Topic;
import renown.tables.MartTopicAncestors;
import renown.tables.MartTopicAttesters;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopics;

/** Builds the topic marts. */
final class TopicMarts {
  private TopicMarts() {}

  /** The topics as rows, without a night's counts. */
  static Dataset<Row> dimension(SparkSession spark, Taxonomy taxonomy, LocalDate night) {
    List<Row> rows = new ArrayList<>();
    for (Topic topic : taxonomy.topics()) {
      Map<String, String> labels = new TreeMap<>(topic.labels());
      rows.add(
          RowFactory.create(
              topic.id(),
              topic.label("en"),
              topic.labels().get("es"),
              labels.entrySet().stream()
                  .map(e -> e.getKey() + "=" + e.getValue())
                  .toArray(String[]::new),
              topic.parents().toArray(String[]::new),
              taxonomy.ancestors(topic.id()).toArray(String[]::new),
              topic.wikidataId(),
              taxonomy.name(),
              java.sql.Date.valueOf(night)));
    }
    return spark.createDataFrame(
        rows,
        StructType.fromDDL(
            "topic_id string, label_en string, label_es string, labels array<string>, parent_ids"
                + " array<string>, ancestor_ids array<string>, wikidata_id string, taxonomy string,"
                + " night date"));
  }

  /**
   * @param dimension from {@link #dimension}
   * @param scores rows of {@code mart_topic_scores}
   * @return rows of {@code mart_topics}; as many as topics
   */
  static Dataset<Row> topics(Dataset<Row> dimension, Dataset<Row> scores) {
    Dataset<Row> counts =
        scores
            .groupBy("topic_id")
            .agg(count(lit(1)).as("account_count"), count("expertise").as("expert_count"));
    return dimension
        .join(counts, new String[] {"topic_id"}, "left")
        .withColumn("account_count", coalesce(col("account_count"), lit(0L)))
        .withColumn("expert_count", coalesce(col("expert_count"), lit(0L)))
        .select(MartTopics.TABLE.cols());
  }

  /**
   * @param dimension from {@link #dimension}
   * @return rows of {@code mart_topic_ancestors}: for each topic itself, and each above it
   */
  static Dataset<Row> ancestors(Dataset<Row> dimension) {
    Dataset<Row> labels =
        dimension.select(
            col("topic_id").as("ancestor_id"), col("label_en").as("ancestor_label_en"));
    return dimension
        .select(
            col("topic_id"),
            col("night"),
            col("parent_ids"),
            explode(array_union(array(col("topic_id")), col("ancestor_ids"))).as("ancestor_id"))
        .withColumn("is_parent", array_contains(col("parent_ids"), col("ancestor_id")))
        .join(broadcast(labels), "ancestor_id")
        .select(MartTopicAncestors.TABLE.cols());
  }

  /**
   * Who is known for what.
   *
   * @param scored from {@link Expertise#scored}
   * @param contributions from {@link Expertise#contributions}
   * @param accounts rows of {@code accounts}
   * @param kinds rows of {@code account_kinds}
   * @param languages account_key, language
   * @param responseRates rows of {@code account_response_rates}
   * @param dimension from {@link #dimension}
   * @param most how many per topic, network, kind and language
   * @return rows of {@code mart_topic_leaders}
   */
  static Dataset<Row> leaders(
      Dataset<Row> scored,
      Dataset<Row> contributions,
      Dataset<Row> accounts,
      Dataset<Row> kinds,
      Dataset<Row> languages,
      Dataset<Row> responseRates,
      Dataset<Row> dimension,
      long most,
      Column night) {
    String[] onTopic = {"network", "topic_id", "account_key"};
    Dataset<Row> known = scored.where(col("expertise").isNotNull());
    Dataset<Row> audience =
        contributions
            .join(languages.withColumnRenamed("account_key", "src_key"), "src_key")
            .groupBy(
                col("network"), col("topic_id"), col("dst_key").as("account_key"), col("language"))
            .agg(count(lit(1)).as("readers"))
            .groupBy(onTopic[0], onTopic[1], onTopic[2])
            .agg(min(struct(col("readers").multiply(lit(-1)), col("language"))).as("main"))
            .select(
                col("network"),
                col("topic_id"),
                col("account_key"),
                col("main.language").as("audience_language"));
    Column label = col("label_en");
    List<Column> acts = new ArrayList<>();
    Map<String, String[]> words = new java.util.LinkedHashMap<>();
    words.put("repost", new String[] {"repost", "reposts"});
    words.put("quote", new String[] {"quote", "quotes"});
    words.put("reply", new String[] {"reply", "replies"});
    words.put("mention", new String[] {"mention", "mentions"});
    words.put("like", new String[] {"like", "likes"});
    words.put("list", new String[] {"listing", "listings"});
    words.forEach(
        (verb, forms) -> {
          Column counted = col(verb + "_count");
          acts.add(
              when(
                  counted.gt(0),
                  concat(
                      counted.cast("string"),
                      when(counted.equalTo(1), lit(" " + forms[0]))
                          .otherwise(lit(" " + forms[1])))));
        });
    Column evidence =
        concat(
            when(
                    col("attester_count").gt(0),
                    concat(
                        format_string(
                            "%,d accounts attest it on %s by ", col("attester_count"), label),
                        concat_ws(", ", acts.toArray(new Column[0]))))
                .otherwise(format_string("Nobody known by name attests it on %s", label)),
            when(
                    col("vote_count").gt(0),
                    format_string("; its posts have %,d votes", col("vote_count")))
                .otherwise(lit("")),
            format_string(
                "; %s %% of the attention it gets is about it, and %s %% of what it does itself.",
                percent(coalesce(col("topic_attention_share"), lit(0.0))),
                percent(coalesce(col("interest_share"), lit(0.0)))));
    return known
        .join(broadcast(dimension.select("topic_id", "label_en")), new String[] {"topic_id"})
        .join(accounts.select("account_key", "handle"), new String[] {"account_key"})
        .join(kinds.select("account_key", "kind"), new String[] {"account_key"}, "left")
        .join(languages, new String[] {"account_key"}, "left")
        .join(audience, onTopic, "left")
        .withColumn("kind", coalesce(col("kind"), lit(AccountKind.UNKNOWN)))
        .withColumn("language", coalesce(col("language"), col("audience_language")))
        .withColumn(
            "kind_place",
            row_number()
                .over(
                    Window.partitionBy("network", "topic_id", "kind", "language").orderBy("place"))
                .cast("long"))
        .where(col("kind_place").leq(most))
        .join(
            responseRates.select(
                "account_key", "response_rate", "response_rate_low", "response_rate_high"),
            new String[] {"account_key"},
            "left")
        .withColumn("evidence", evidence)
        .withColumn("night", night)
        .select(MartTopicLeaders.TABLE.cols());
  }

  private static Column percent(Column share) {
    return round(share.multiply(lit(100))).cast("long").cast("string");
  }

  /**
   * Who attests.
   *
   * @param contributions from {@link Expertise#contributions}
   * @param scored from {@link Expertise#scored}
   * @param most how many per account and topic
   * @return rows of {@code mart_topic_attesters}
   */
  static Dataset<Row> attesters(
      Dataset<Row> contributions,
      Dataset<Row> scored,
      Dataset<Row> accounts,
      long most,
      Column night) {
    String[] onTopic = {"network", "topic_id", "account_key"};
    Dataset<Row> known =
        contributions
            .withColumnRenamed("dst_key", "account_key")
            .join(
                scored
                    .where(col("expertise").isNotNull())
                    .select("network", "topic_id", "account_key"),
                onTopic,
                "left_semi");
    return known
        .withColumn(
            "place",
            row_number()
                .over(
                    Window.partitionBy("network", "topic_id", "account_key")
                        .orderBy(col("earned").desc(), col("src_key")))
                .cast("long"))
        .withColumn(
            "all_earned",
            Shares.worth(
                sum(Shares.units(col("earned")))
                    .over(Window.partitionBy("network", "topic_id", "account_key"))))
        .where(col("place").leq(most))
        .join(
            accounts.select(col("account_key").as("src_key"), col("handle").as("source_handle")),
            "src_key")
        .withColumnRenamed("src_key", "source_key")
        .withColumn("earned_share", Shares.within(col("earned"), col("all_earned")))
        .withColumn("night", night)
        .select(MartTopicAttesters.TABLE.cols());
  }
}
