package renown.night.score.earned;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import renown.tables.AccountReactions;
import renown.tables.PostReactions;

/** Reactions to posts: last night's sums plus tonight's reactions. */
final class Reactions {
  /** The half-life of the recent sums, in days. */
  static final double RECENT_DAYS = 8;

  private static final double UNIT = AttentionEdges.UNIT;
  private static final long LATE_MICROS = 86_400_000_000L;

  /** How long a post without reactions is kept, so that late ones find its time, in days. */
  private static final int YOUNG_DAYS = 30;

  /** An old post with fewer decayed credible reactors than this is dropped. */
  private static final double FEW_REACTORS = 0.3;

  private Reactions() {}

  /**
   * A night's reactions to posts, once per post and actor.
   *
   * @param interactions the night's rows of {@code interactions}
   * @param actors from {@link DistinctActors#actors}; those of others do not count
   * @return network, post_id, author_key, happened_at (the first), credibility
   */
  static Dataset<Row> ofNight(Dataset<Row> interactions, Dataset<Row> actors) {
    return interactions
        .where(
            col("change")
                .equalTo(1)
                .and(col("verb").isin("repost", "quote", "reply", "like"))
                .and(col("object_id").isNotNull())
                .and(col("actor_key").notEqual(col("target_key"))))
        .groupBy(
            col("network"),
            col("object_id").as("post_id"),
            col("target_key").as("author_key"),
            col("actor_key").as("src_key"))
        .agg(min("happened_at").as("happened_at"))
        .join(actors.select("src_key", "credibility"), "src_key")
        .drop("src_key");
  }

  /**
   * The posts to which reactions can still be distinguished.
   *
   * @param before rows of {@code post_reactions} of an earlier night
   * @param posts the night's rows of {@code posts}
   * @return network, post_id, author_key, posted_at, reactor_units as seen from the end of the
   *     night, without the night's reactions
   */
  static Dataset<Row> known(
      Dataset<Row> before, Dataset<Row> posts, double halfLifeDays, Column night) {
    return before
        .select(
            col("network"),
            col("post_id"),
            col("author_key"),
            col("posted_at"),
            decayed("reactor_units", halfLifeDays, night).as("reactor_units"))
        .unionByName(
            posts.select(
                col("network"),
                col("post_id"),
                col("author_key"),
                col("happened_at").as("posted_at"),
                lit(0L).as("reactor_units")))
        .groupBy("network", "post_id")
        .agg(
            min("author_key").as("author_key"),
            min("posted_at").as("posted_at"),
            sum("reactor_units").as("reactor_units"));
  }

  private static Column decayed(String units, double halfLifeDays, Column night) {
    Column kept = pow(lit(2.0), datediff(night, col("night")).divide(lit(-halfLifeDays)));
    return rint(col(units).multiply(kept)).cast("long");
  }

  private static Column credibleUnits(Column end, double halfLifeDays) {
    return rint(AttentionEdges.units(col("happened_at"), end, halfLifeDays)
            .multiply(col("credibility")))
        .cast("long");
  }

  /**
   * @param known from {@link #known}
   * @param reactions from {@link #ofNight}
   * @return rows of {@code post_reactions}
   */
  static Dataset<Row> posts(
      Dataset<Row> known, Dataset<Row> reactions, double halfLifeDays, Column end, Column night) {
    Dataset<Row> added =
        reactions
            .groupBy("network", "post_id")
            .agg(
                min("author_key").as("reacted_author_key"),
                sum(credibleUnits(end, halfLifeDays)).as("added_units"));
    return known
        .join(added, new String[] {"network", "post_id"}, "full")
        .select(
            col("network"),
            col("post_id"),
            coalesce(col("author_key"), col("reacted_author_key")).as("author_key"),
            col("posted_at"),
            coalesce(col("reactor_units"), lit(0L))
                .plus(coalesce(col("added_units"), lit(0L)))
                .as("reactor_units"),
            night.as("night"))
        .where(
            col("reactor_units")
                .geq(lit(FEW_REACTORS * UNIT))
                .or(col("posted_at").gt(date_add(night, -YOUNG_DAYS).cast("timestamp"))))
        .select(PostReactions.TABLE.cols());
  }

  /**
   * @param before rows of {@code account_reactions} of an earlier night
   * @param known from {@link #known}
   * @param reactions from {@link #ofNight}
   * @param posts the night's rows of {@code posts}
   * @return rows of {@code account_reactions}
   */
  static Dataset<Row> accounts(
      Dataset<Row> before,
      Dataset<Row> known,
      Dataset<Row> reactions,
      Dataset<Row> posts,
      double halfLifeDays,
      Column end,
      Column night) {
    Column delay = unix_micros(col("happened_at")).minus(unix_micros(col("posted_at")));
    Column units = credibleUnits(end, halfLifeDays);
    Column none = lit(0L);
    Dataset<Row> earlier =
        before.select(
            col("network"),
            col("account_key"),
            decayed("reactor_units", halfLifeDays, night).as("reactor_units"),
            decayed("timed_units", halfLifeDays, night).as("timed_units"),
            decayed("late_units", halfLifeDays, night).as("late_units"),
            decayed("post_units", halfLifeDays, night).as("post_units"),
            decayed("recent_reactor_units", RECENT_DAYS, night).as("recent_reactor_units"),
            decayed("recent_post_units", RECENT_DAYS, night).as("recent_post_units"));
    Dataset<Row> reacted =
        reactions
            .join(
                known.select("network", "post_id", "posted_at"),
                new String[] {"network", "post_id"},
                "left")
            .select(
                col("network"),
                col("author_key").as("account_key"),
                units.as("reactor_units"),
                when(delay.isNotNull(), units).otherwise(none).as("timed_units"),
                when(delay.gt(LATE_MICROS), units).otherwise(none).as("late_units"),
                none.as("post_units"),
                credibleUnits(end, RECENT_DAYS).as("recent_reactor_units"),
                none.as("recent_post_units"));
    Dataset<Row> written =
        posts.select(
            col("network"),
            col("author_key").as("account_key"),
            none.as("reactor_units"),
            none.as("timed_units"),
            none.as("late_units"),
            AttentionEdges.units(col("happened_at"), end, halfLifeDays).as("post_units"),
            none.as("recent_reactor_units"),
            AttentionEdges.units(col("happened_at"), end, RECENT_DAYS).as("recent_post_units"));
    return earlier
        .unionByName(reacted)
        .unionByName(written)
        .groupBy("network", "account_key")
        .agg(
            sum("reactor_units").as("reactor_units"),
            sum("timed_units").as("timed_units"),
            sum("late_units").as("late_units"),
            sum("post_units").as("post_units"),
            sum("recent_reactor_units").as("recent_reactor_units"),
            sum("recent_post_units").as("recent_post_units"))
        .withColumn("night", night)
        .select(AccountReactions.TABLE.cols());
  }

  /**
   * The h-index of posts, made continuous: where the falling line through the posts' reactors
   * crosses the rising line through their places (Hirsch, PNAS 2005; the real-valued variant of
   * Rousseau 2006). It moves without a step as reactions fade, and its whole part is the usual
   * h-index.
   *
   * @param postReactions rows of {@code post_reactions}
   * @return account_key, h_index
   */
  static Dataset<Row> hIndex(Dataset<Row> postReactions) {
    WindowSpec falling =
        Window.partitionBy("author_key").orderBy(col("reactor_units").desc(), col("post_id"));
    Column reactors = col("reactor_units").divide(lit(UNIT));
    Column place = col("place").cast("double");
    Column slope = col("next").minus(col("reactors"));
    Column crossing = col("reactors").minus(place.multiply(slope)).divide(lit(1.0).minus(slope));
    Column isLast = col("reactors").geq(place).and(col("next").lt(place.plus(lit(1))));
    return postReactions
        .select(
            col("author_key"),
            reactors.as("reactors"),
            row_number().over(falling).as("place"),
            coalesce(lead(reactors, 1).over(falling), lit(0.0)).as("next"))
        .groupBy(col("author_key").as("account_key"))
        .agg(
            coalesce(max(when(isLast, crossing)), greatest(max("reactors"), lit(0.0)))
                .as("h_index"));
  }
}
