package renown.night.topics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;
import renown.engine.decay.ForwardDecay;
import renown.tables.AccountActivities;
import renown.tables.AccountKinds;

/** Computes the kind of every account with {@link AccountKind}. */
final class Kinds {
  private static final double UNITS_PER_ACT = 1L << ForwardDecay.UNIT_BITS;

  private Kinds() {}

  /**
   * @param accounts rows of {@code accounts}
   * @param activities rows of {@code account_activities}
   * @param increments rows of {@code topic_increments}, from {@link TopicActs#seenFrom}
   * @param actsPerUnit what their units are worth tonight
   * @return rows of {@code account_kinds}: accounts with a profile or posts of their own
   */
  static Dataset<Row> kinds(
      Dataset<Row> accounts,
      Dataset<Row> activities,
      Dataset<Row> increments,
      Column actsPerUnit,
      Column night) {
    Dataset<Row> reactions =
        increments
            .where(
                col("topic_id").equalTo(TopicActs.EVERYTHING).and(col("verb").equalTo("reaction")))
            .groupBy(col("src_key").as("account_key"))
            .agg(sum("decayed_units").multiply(actsPerUnit).as("reactions"));
    UDF1<Row, Row> judge =
        row -> {
          AccountKind.Verdict verdict =
              AccountKind.of(
                  new AccountKind.Signs(
                      row.getAs("handle"),
                      row.getAs("display_name"),
                      row.getAs("description"),
                      row.getAs("is_automated"),
                      row.<Double>getAs("posts"),
                      row.<Double>getAs("repeated_share"),
                      row.<Double>getAs("link_share"),
                      row.<Double>getAs("reactions"),
                      row.<Double>getAs("posts_per_week")));
          return RowFactory.create(
              verdict.kind(), verdict.confidence(), verdict.reasons().toArray(new String[0]));
        };
    Column posts = coalesce(AccountActivities.POST_UNITS.col(), lit(0L));
    Column weeks = greatest(coalesce(AccountActivities.WEEK_UNITS.col(), lit(0L)), lit(1L << 29));
    return accounts
        .join(
            activities.select(
                "account_key",
                "post_units",
                "link_post_units",
                "repeated_post_units",
                "week_units"),
            new String[] {"account_key"},
            "left")
        .join(reactions, new String[] {"account_key"}, "left")
        .where(
            col("display_name")
                .isNotNull()
                .or(col("description").isNotNull())
                .or(col("is_automated").isNotNull())
                .or(posts.gt(0)))
        .withColumn(
            "verdict",
            udf(
                    judge,
                    StructType.fromDDL(
                        "kind string, kind_confidence double, reasons array<string>"))
                .apply(
                    struct(
                        col("handle"),
                        col("display_name"),
                        col("description"),
                        col("is_automated"),
                        posts.divide(lit(UNITS_PER_ACT)).as("posts"),
                        share(col("repeated_post_units"), posts).as("repeated_share"),
                        share(col("link_post_units"), posts).as("link_share"),
                        greatest(coalesce(col("reactions"), lit(0.0)), lit(0.0)).as("reactions"),
                        posts.divide(weeks).as("posts_per_week"))))
        .select(
            col("network"),
            col("account_key"),
            col("verdict.kind").as("kind"),
            col("verdict.kind_confidence").as("kind_confidence"),
            col("verdict.reasons").as("reasons"),
            night.as("night"))
        .select(AccountKinds.TABLE.cols());
  }

  private static Column share(Column part, Column whole) {
    return when(whole.gt(0), part.divide(whole)).otherwise(lit(0.0));
  }
}
