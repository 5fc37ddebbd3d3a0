package renown.night.score.credibility;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.tables.AccountActivities;

/** Accounts' output and active weeks: last night's sums plus tonight's acts. */
final class Activities {
  /** One act at the end of the night, in units. */
  static final double UNIT = 1L << 30;

  private static final double MICROS_PER_DAY = 86_400e6;

  /** A post with a link and fewer letters than this is a bare link. */
  private static final int FEW_LETTERS = 20;

  private Activities() {}

  /**
   * The sums as seen from the end of a night.
   *
   * @param before rows of {@code account_activities} of an earlier night
   * @param posts the night's rows of {@code posts}
   * @param texts the night's rows of {@code post_texts}; a post without text is neither a bare link
   *     nor a repetition
   * @param interactions the night's rows of {@code interactions}; what is undone was done all the
   *     same
   * @param halfLifeDays above 0
   * @return rows of {@code account_activities}, one per account in any of the inputs. Sums of whole
   *     numbers: the same bits in any order of rows
   */
  static Dataset<Row> activities(
      Dataset<Row> before,
      Dataset<Row> posts,
      Dataset<Row> texts,
      Dataset<Row> interactions,
      double halfLifeDays,
      Column night) {
    Column end = date_add(night, 1).cast("timestamp");
    Column kept =
        pow(lit(2.0), datediff(night, col("night")).multiply(lit(-1)).divide(lit(halfLifeDays)));
    Dataset<Row> earlier =
        before.select(
            col("network"),
            col("account_key"),
            decayed("post_units", kept),
            decayed("link_post_units", kept),
            decayed("repeated_post_units", kept),
            decayed("week_units", kept),
            col("last_week"));
    Dataset<Row> written = written(posts, texts, halfLifeDays, end);
    Dataset<Row> weeks = weeks(posts, interactions);
    Dataset<Row> newWeeks =
        weeks
            .join(earlier.select("account_key", "last_week"), new String[] {"account_key"}, "left")
            .where(col("week").gt(coalesce(col("last_week"), lit(Long.MIN_VALUE))))
            .groupBy("network", "account_key")
            .agg(
                sum(units(col("first_at"), end, halfLifeDays)).as("new_week_units"),
                max("week").as("newest_week"));
    String[] account = {"network", "account_key"};
    return earlier
        .join(written, account, "full")
        .join(newWeeks, account, "full")
        .select(
            col("network"),
            col("account_key"),
            sumOf("post_units", "new_post_units"),
            sumOf("link_post_units", "new_link_post_units"),
            sumOf("repeated_post_units", "new_repeated_post_units"),
            sumOf("week_units", "new_week_units"),
            greatest(col("last_week"), col("newest_week")).as("last_week"))
        .withColumn("night", night)
        .select(AccountActivities.TABLE.cols());
  }

  private static Column decayed(String column, Column kept) {
    return rint(col(column).multiply(kept)).cast("long").as(column);
  }

  private static Column sumOf(String before, String added) {
    return coalesce(col(before), lit(0L)).plus(coalesce(col(added), lit(0L))).as(before);
  }

  /** An act's units; one that claims to be after the night counts as at its end. */
  private static Column units(Column at, Column end, double halfLifeDays) {
    Column days =
        greatest(unix_micros(end).minus(unix_micros(at)), lit(0L)).divide(lit(MICROS_PER_DAY));
    return rint(pow(lit(2.0), days.divide(lit(-halfLifeDays))).multiply(lit(UNIT))).cast("long");
  }

  private static Dataset<Row> written(
      Dataset<Row> posts, Dataset<Row> texts, double halfLifeDays, Column end) {
    Column words =
        trim(
            regexp_replace(
                regexp_replace(lower(col("text")), lit("https?://\\S+|www\\.\\S+"), lit(" ")),
                lit("[\\s\\d\\p{Punct}]+"),
                lit(" ")));
    Dataset<Row> ofPosts =
        posts
            .select("network", "post_id", "author_key", "happened_at", "links")
            .join(
                texts.select(col("network"), col("post_id"), words.as("words")),
                new String[] {"network", "post_id"},
                "left")
            .withColumn("units", units(col("happened_at"), end, halfLifeDays));
    Column isBareLink = size(col("links")).gt(0).and(length(col("words")).lt(FEW_LETTERS));
    Dataset<Row> counted =
        ofPosts
            .groupBy(col("network"), col("author_key").as("account_key"))
            .agg(
                sum("units").as("new_post_units"),
                coalesce(sum(when(isBareLink, col("units"))), lit(0L)).as("new_link_post_units"),
                count("words").as("text_count"),
                countDistinct("words").as("different_count"),
                count(lit(1)).as("post_count"));
    // A mean post's units for each repetition: which of two equal posts is the first is no matter.
    Column repeated = col("text_count").minus(col("different_count")).divide(col("post_count"));
    return counted.select(
        col("network"),
        col("account_key"),
        col("new_post_units"),
        col("new_link_post_units"),
        rint(col("new_post_units").multiply(repeated)).cast("long").as("new_repeated_post_units"));
  }

  private static Dataset<Row> weeks(Dataset<Row> posts, Dataset<Row> interactions) {
    Column week = floor(unix_micros(col("happened_at")).divide(lit(7 * MICROS_PER_DAY)));
    return posts
        .select(col("network"), col("author_key").as("account_key"), col("happened_at"))
        .unionByName(
            interactions
                .where(col("change").equalTo(1))
                .select(col("network"), col("actor_key").as("account_key"), col("happened_at")))
        .groupBy(col("network"), col("account_key"), week.cast("long").as("week"))
        .agg(min("happened_at").as("first_at"));
  }

  /**
   * The decayed share of an account's weeks in which it was there: the sum over active weeks over
   * the integral of the same decay since it was first seen, and one week more, so that a first act
   * is no proof of regularity.
   *
   * @param weekUnits as in {@code account_activities}
   * @param knownDays days since it was first seen, above 0
   * @return 0 to 1
   */
  static Column regularityShare(Column weekUnits, Column knownDays, double halfLifeDays) {
    Column weeks =
        lit(1.0)
            .minus(pow(lit(2.0), knownDays.divide(lit(-halfLifeDays))))
            .multiply(lit(halfLifeDays / 7 / Math.log(2)));
    return least(lit(1.0), weekUnits.divide(lit(UNIT)).divide(weeks.plus(lit(1.0))));
  }
}
