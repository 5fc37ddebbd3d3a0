package renown.night.topics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import renown.kernels.taxonomy.Words;
import renown.tables.HashtagIncrements;
import renown.tables.MartEmergingHashtags;

/** Hashtags outside the taxonomy: the topics they occur with, and which are emerging. */
final class Hashtags {
  private static final String ALL_POSTS = "*";
  private static final int WINDOW_NIGHTS = 28;

  /** Fewer authors are not enough evidence. */
  private static final long LEAST_AUTHORS = 5;

  /** One-sided 95 %. */
  private static final double Z = 1.6449;

  private static final double LEAST_SHARE = 0.5;

  private Hashtags() {}

  /**
   * What a night adds.
   *
   * @param posts the night's rows of {@code posts}
   * @param direct tonight's topics of posts, from {@link Classification#direct}
   * @return rows of {@code hashtag_increments}
   */
  static Dataset<Row> increments(
      Dataset<Row> posts, Dataset<Row> direct, SharedMatcher matcher, Column night) {
    UDF1<String, String> unknown =
        hashtag -> {
          String joined = Words.joined(hashtag);
          return joined.length() < 2 || matcher.get().knowsHashtag(hashtag) ? null : joined;
        };
    Dataset<Row> used =
        posts
            .select(
                col("network"),
                col("post_id"),
                col("author_key"),
                explode(col("hashtags")).as("written"))
            .withColumn("hashtag", udf(unknown, DataTypes.StringType).apply(col("written")))
            .where(col("hashtag").isNotNull());
    // Topics inferred from hashtags must not reinforce themselves.
    Dataset<Row> told =
        direct
            .where(col("basis").isin("term", "hashtag", "site"))
            .select("network", "post_id", "topic_id");
    return used.join(told, new String[] {"network", "post_id"})
        .unionByName(used.withColumn("topic_id", lit(ALL_POSTS)))
        .groupBy("network", "hashtag", "topic_id")
        .agg(
            countDistinct("post_id").as("post_count"),
            countDistinct("author_key").as("author_count"))
        .withColumn("night", night)
        .select(HashtagIncrements.TABLE.cols());
  }

  /**
   * Which topic a hashtag comes with: the one with most of its authors, where even the lower bound
   * (Wilson, "Probable inference", JASA 1927) of their share is one half or more.
   *
   * @param increments rows of {@code hashtag_increments}
   * @param night those of the last 28 nights up to it count
   * @return network, hashtag, author_count, post_count, topic_id and topic_confidence (null where
   *     there is none)
   */
  static Dataset<Row> attached(Dataset<Row> increments, Column night) {
    Dataset<Row> summed =
        increments
            .where(col("night").gt(date_sub(night, WINDOW_NIGHTS)).and(col("night").leq(night)))
            .groupBy("network", "hashtag", "topic_id")
            .agg(sum("author_count").as("authors"), sum("post_count").as("posts"));
    Column all = col("topic_id").equalTo(ALL_POSTS);
    Column n = col("author_count");
    Column share = col("likeliest.authors").divide(n);
    Column bound =
        share
            .plus(lit(Z * Z).divide(n.multiply(lit(2))))
            .minus(
                sqrt(share.multiply(lit(1).minus(share)).plus(lit(Z * Z / 4).divide(n)).divide(n))
                    .multiply(lit(Z)))
            .divide(lit(1).plus(lit(Z * Z).divide(n)));
    Column sure = n.geq(LEAST_AUTHORS).and(col("bound").geq(LEAST_SHARE));
    return summed
        .groupBy("network", "hashtag")
        .agg(
            max(when(all, col("authors"))).as("author_count"),
            max(when(all, col("posts"))).as("post_count"),
            max(when(not(all), struct(col("authors"), col("posts"), col("topic_id"))))
                .as("likeliest"))
        .withColumn("bound", bound)
        .select(
            col("network"),
            col("hashtag"),
            col("author_count"),
            col("post_count"),
            when(sure, col("likeliest.topic_id")).as("topic_id"),
            when(sure, col("bound")).as("topic_confidence"));
  }

  /**
   * The strongest of them.
   *
   * @param increments rows of {@code hashtag_increments}, tonight's included
   * @param most how many per network
   * @return rows of {@code mart_emerging_hashtags}
   */
  static Dataset<Row> emerging(Dataset<Row> increments, long most, Column night) {
    Dataset<Row> before =
        increments
            .where(col("topic_id").equalTo(ALL_POSTS))
            .where(
                col("night")
                    .leq(date_sub(night, WINDOW_NIGHTS))
                    .and(col("night").gt(date_sub(night, 2 * WINDOW_NIGHTS))))
            .groupBy("network", "hashtag")
            .agg(sum("author_count").as("author_count_before"));
    String[] hashtag = {"network", "hashtag"};
    return attached(increments, night)
        .where(col("author_count").geq(2))
        .join(before, hashtag, "left")
        .withColumn("author_count_before", coalesce(col("author_count_before"), lit(0L)))
        .withColumn(
            "place",
            row_number()
                .over(
                    Window.partitionBy("network")
                        .orderBy(
                            col("topic_id").isNotNull(),
                            col("author_count").desc(),
                            col("hashtag")))
                .cast("long"))
        .where(col("place").leq(most))
        .withColumn("night", night)
        .select(MartEmergingHashtags.TABLE.cols());
  }
}
