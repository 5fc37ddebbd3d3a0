package renown.night.score.credibility;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.tables.Credibilities;

/**
 * The credibility of accounts: a product of factors each of which moves continuously and within
 * bounds, so that no single habit condemns an account and nothing happens at a threshold.
 */
final class Credibility {
  /** Minimum credibility, for an account with every factor at its worst. */
  private static final double LEAST = 0.001;

  /**
   * The damping point: a product of this much is halved, and one far below becomes negligible;
   * otherwise low-credibility accounts would outweigh a person by sheer number. An ordinary
   * person's, 0.4 and more, hardly changes.
   */
  private static final double DOUBT = 0.15;

  private static final double MICROS_PER_DAY = 86_400e6;

  /** The assumed age of accounts that existed when the lake began. */
  private static final double AGE_BEFORE_THE_LAKE = 180;

  /** How fast that presumption fades for accounts that are first seen later, days. */
  private static final double FADING_DAYS = 28;

  private Credibility() {}

  /**
   * The factors that need nobody else's credibility.
   *
   * @param accounts rows of {@code accounts}
   * @param exclusions rows of {@code exclusions}
   * @param activities rows of {@code account_activities} of the night
   * @param degrees from {@link Attention#degrees}
   * @param trading from {@link Attention#trading}
   * @param trusted network, account_id
   * @param ageDays age at which age_share is a half
   * @return the columns of {@code credibilities} without blocked_share, and actor_count;
   *     credibility is the product of the other factors, without blocks and without doubt, 1 of
   *     trusted accounts. One row per account that is not excluded
   */
  static Dataset<Row> unblocked(
      Dataset<Row> accounts,
      Dataset<Row> exclusions,
      Dataset<Row> activities,
      Dataset<Row> degrees,
      Dataset<Row> trading,
      Dataset<Row> trusted,
      double ageDays,
      double halfLifeDays,
      Column night) {
    String[] account = {"account_key"};
    Dataset<Row> first = accounts.groupBy("network").agg(min("first_night").as("lake_night"));
    Column end = date_add(night, 1).cast("timestamp");
    Column knownDays = datediff(night, col("first_night")).plus(lit(1)).cast("double");
    Column saidAge =
        unix_micros(end).minus(unix_micros(col("created_at"))).divide(lit(MICROS_PER_DAY));
    Column presumed =
        exp(datediff(col("lake_night"), col("first_night")).cast("double").divide(lit(FADING_DAYS)))
            .multiply(lit(AGE_BEFORE_THE_LAKE));
    Column age = greatest(lit(0.0), coalesce(saidAge, knownDays.plus(presumed)));
    Column square = col("age_days").multiply(col("age_days"));
    Column posts = none("post_units").divide(lit(Activities.UNIT)).plus(lit(5.0));
    Column repeated = none("repeated_post_units").divide(lit(Activities.UNIT)).divide(posts);
    Column links = none("link_post_units").divide(lit(Activities.UNIT)).divide(posts);
    Column followers = greatest(none("follower_count"), none("seen_follower_count"));
    Column following = greatest(none("following_count"), none("seen_following_count"));
    Column targets = coalesce(col("target_count"), lit(0.0));
    Dataset<Row> factors =
        accounts
            .join(exclusions.select("account_key"), account, "left_anti")
            .join(broadcast(first), "network")
            .join(
                broadcast(
                    trusted
                        .select("network", "account_id")
                        .distinct()
                        .withColumn("is_trusted", lit(true))),
                new String[] {"network", "account_id"},
                "left")
            .join(activities.drop("network", "night"), account, "left")
            .join(degrees, account, "left")
            .join(trading, account, "left")
            .withColumn("age_days", age)
            .withColumn("age_share", square.divide(square.plus(lit(ageDays * ageDays))))
            .withColumn(
                "regularity_share",
                Activities.regularityShare(
                    coalesce(col("week_units"), lit(0L)), knownDays, halfLifeDays))
            .withColumn("profile_share", profileShare())
            .withColumn(
                "balance_share",
                least(
                    lit(1.0), sqrt(followers.plus(lit(100.0)).divide(following.plus(lit(100.0))))))
            .withColumn("diversity_share", targets.plus(lit(1.0)).divide(targets.plus(lit(4.0))))
            .withColumn(
                "original_share",
                lit(1.0)
                    .minus(repeated.multiply(lit(0.9)))
                    .multiply(lit(1.0).minus(links.multiply(lit(0.5)))))
            .withColumn("automated_share", when(col("is_automated"), lit(0.8)).otherwise(lit(0.0)))
            .withColumn("trading_share", coalesce(col("trading_share"), lit(0.0)))
            .withColumn("is_trusted", coalesce(col("is_trusted"), lit(false)))
            .withColumn("actor_count", none("actor_count"))
            .withColumn("night", night);
    return factors
        .withColumn("credibility", product())
        .select(
            "network",
            "account_key",
            "credibility",
            "age_days",
            "age_share",
            "regularity_share",
            "profile_share",
            "balance_share",
            "diversity_share",
            "original_share",
            "automated_share",
            "trading_share",
            "is_trusted",
            "actor_count",
            "night");
  }

  private static Column none(String column) {
    return coalesce(col(column), lit(0L));
  }

  private static Column profileShare() {
    Column said = col("profile_at").isNotNull();
    Column filled = filled("display_name").plus(filled("description")).multiply(lit(0.5));
    return when(coalesce(col("is_verified"), lit(false)), lit(1.0))
        .when(said, filled)
        .otherwise(lit(0.5));
  }

  private static Column filled(String column) {
    return when(trim(coalesce(col(column), lit(""))).notEqual(""), lit(1.0)).otherwise(lit(0.0));
  }

  private static Column product() {
    Column product =
        col("age_share")
            .multiply(col("regularity_share").multiply(lit(0.5)).plus(lit(0.5)))
            .multiply(col("profile_share").multiply(lit(0.3)).plus(lit(0.7)))
            .multiply(col("balance_share"))
            .multiply(col("diversity_share"))
            .multiply(col("original_share"))
            .multiply(lit(1.0).minus(col("automated_share")))
            .multiply(pow(lit(1.0).minus(col("trading_share").multiply(lit(0.9))), lit(1.5)));
    return when(col("is_trusted"), lit(1.0))
        .otherwise(product.multiply(lit(1 - LEAST)).plus(lit(LEAST)));
  }

  /**
   * The credibilities, blocks counted.
   *
   * @param unblocked from {@link #unblocked}
   * @param blocks from {@link Attention#blocks}
   * @return rows of {@code credibilities}; as many as {@code unblocked} has
   */
  static Dataset<Row> credibilities(Dataset<Row> unblocked, Dataset<Row> blocks) {
    Column blocked = coalesce(col("block_sum"), lit(0.0));
    Column product =
        col("credibility")
            .minus(lit(LEAST))
            .multiply(lit(1.0).minus(col("blocked_share")))
            .plus(lit(LEAST));
    Column square = col("product").multiply(col("product"));
    return unblocked
        .join(blocks, new String[] {"account_key"}, "left")
        .withColumn(
            "blocked_share",
            blocked.divide(blocked.plus(col("actor_count")).plus(lit(10.0))).multiply(lit(0.5)))
        .withColumn("product", product)
        .withColumn(
            "credibility",
            when(col("is_trusted"), lit(1.0))
                .otherwise(col("product").multiply(square).divide(square.plus(lit(DOUBT * DOUBT)))))
        .select(Credibilities.TABLE.cols());
  }
}
