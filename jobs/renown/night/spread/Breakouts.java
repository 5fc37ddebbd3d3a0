package renown.night.spread;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import renown.engine.decay.Shares;
import renown.kernels.cascades.AuthorPrior;
import renown.kernels.cascades.AuthorPrior.Totals;
import renown.kernels.cascades.Cascade;
import renown.tables.AuthorRecords;
import renown.tables.MartBreakouts;
import renown.tables.MartEarlyWarnings;
import renown.tables.MartWarningOutcomes;

/**
 * Finds posts that drew far more reactions than their author's record predicts, and posts that are
 * about to.
 */
final class Breakouts {
  static final long MICROS_PER_HOUR = 3_600_000_000L;

  /** Posts are compared by the reactions of their first hours. */
  static final int HOURS = Cascade.HOURS;

  static final long WINDOW_MICROS = HOURS * MICROS_PER_HOUR;

  private static final double HALF_LIFE_DAYS = 90;
  private static final double UNIT = 1L << 20;

  /** A record below this fraction of a post is dropped. */
  private static final double LEAST_POSTS = 0.05;

  /** In place of an audience band, in the row with a network's curve. */
  private static final int CURVE = -1;

  private static final String[] POST = {"network", "post_id"};

  /** Posts with separate priors. */
  private static final String[] RECORD = {"network", "kind", "author_key"};

  private static final String[] BAND = {"network", "kind", "band"};

  /** Kinds of posts: replies draw much less than posts and quotes. */
  static final String OWN = "post";

  private static final String QUOTE = "quote";
  private static final String REPLY = "reply";

  private Breakouts() {}

  /**
   * The posts that are judged, or those that are watched.
   *
   * @param cascades rows of {@link CascadeRows#MADE}
   * @param authors from {@link #authors}
   * @param kinds from {@link #kinds}; what stands in none is a post of its own
   * @param end of the night, microseconds
   * @return columns of cascades; kind; hours (whole, that the post has been out at {@code end}, at
   *     most 24), observed (credible accounts in these hours, whole), audience_count, band (0 for
   *     an audience of less than 3 accounts, one more for each factor of four)
   */
  static Dataset<Row> judged(
      Dataset<Row> cascades, Dataset<Row> authors, Dataset<Row> kinds, long end) {
    Column hours =
        least(
                lit((double) HOURS),
                floor(lit(end).minus(col("posted")).divide(lit((double) MICROS_PER_HOUR)))
                    .cast("double"))
            .cast("int");
    Column drawn =
        aggregate(
            slice(col("hourly_units"), lit(1), col("hours")),
            lit(0L),
            (sum, units) -> sum.plus(units));
    return cascades
        .join(authors, new String[] {"author_key"}, "left")
        .join(kinds.select("network", "post_id", "kind"), POST, "left")
        .withColumn("kind", coalesce(col("kind"), lit(OWN)))
        .withColumn("hours", hours)
        .withColumn("observed", rint(drawn.divide(lit(Cascades.UNIT))).cast("long"))
        .withColumn(
            "audience_count",
            greatest(coalesce(col("attending"), lit(0L)).minus(col("beyond_count")), lit(0L)))
        .withColumn("band", band(col("audience_count")));
  }

  /**
   * Authors with what tells those alike. Of one that hardly posted yet nobody has seen how many
   * attend to it; where the network states followers, these tell.
   *
   * @param scores rows of {@code account_scores}
   * @param accounts rows of {@code accounts}
   * @return author_key, attending (accounts that attend to it), followers (as stated, 0 or more)
   */
  static Dataset<Row> authors(Dataset<Row> scores, Dataset<Row> accounts) {
    return scores
        .select(col("account_key").as("author_key"), col("actor_count").as("attending"))
        .join(
            accounts.select(
                col("account_key").as("author_key"),
                greatest(coalesce(col("follower_count"), lit(0L)), lit(0L)).as("followers")),
            new String[] {"author_key"},
            "left");
  }

  /**
   * @param posts rows of {@code posts}
   * @return network, post_id, language, kind (post, quote or reply)
   */
  static Dataset<Row> kinds(Dataset<Row> posts) {
    return posts.select(
        col("network"),
        col("post_id"),
        col("language"),
        when(col("reply_to_id").isNotNull(), lit(REPLY))
            .when(col("quoted_id").isNotNull(), lit(QUOTE))
            .otherwise(lit(OWN))
            .as("kind"));
  }

  private static Column band(Column attending) {
    Column audience = greatest(attending, coalesce(col("followers"), lit(0L)));
    return floor(log2(audience.plus(lit(1))).divide(lit(2))).cast("int");
  }

  /**
   * What a post counts at most in its author's record and in the fit, so that the few that broke
   * out do not pass for what is usual: three times what one in ten posts of authors with a like
   * audience draws, and 5.
   *
   * @param judged from {@link #judged}
   * @return the same rows with {@code counted}
   */
  static Dataset<Row> counted(Dataset<Row> judged) {
    Dataset<Row> most =
        judged
            .groupBy(BAND[0], BAND[1], BAND[2])
            .agg(percentile(col("observed"), lit(0.9)).as("ninth"))
            .select(
                col("network"),
                col("kind"),
                col("band"),
                rint(col("ninth").multiply(lit(3)).plus(lit(5))).cast("long").as("most"));
    return judged
        .join(broadcast(most), BAND)
        .withColumn("counted", least(col("observed"), col("most")))
        .drop("most");
  }

  /**
   * The records of authors with tonight's posts.
   *
   * @param before rows of {@code author_records} of an earlier night
   * @param counted from {@link #counted}
   * @return rows of {@code author_records}
   */
  static Dataset<Row> records(Dataset<Row> before, Dataset<Row> counted, Column night) {
    Column kept = pow(lit(2.0), datediff(night, col("night")).divide(lit(-HALF_LIFE_DAYS)));
    Column unit = lit((long) UNIT);
    return before
        .select(
            col("network"),
            col("kind"),
            col("author_key"),
            rint(col("post_units").multiply(kept)).cast("long").as("post_units"),
            rint(col("reactor_units").multiply(kept)).cast("long").as("reactor_units"),
            rint(col("square_units").multiply(kept)).cast("long").as("square_units"))
        .unionByName(
            counted.select(
                col("network"),
                col("kind"),
                col("author_key"),
                unit.as("post_units"),
                col("counted").multiply(unit).as("reactor_units"),
                col("counted").multiply(col("counted")).multiply(unit).as("square_units")))
        .groupBy(RECORD[0], RECORD[1], RECORD[2])
        .agg(
            sum("post_units").as("post_units"),
            sum("reactor_units").as("reactor_units"),
            sum("square_units").as("square_units"))
        .where(col("post_units").geq(lit(LEAST_POSTS * UNIT)))
        .withColumn("night", night)
        .select(AuthorRecords.TABLE.cols());
  }

  /**
   * What priors are fitted to.
   *
   * @param records rows of {@code author_records} with tonight's posts
   * @param counted from {@link #counted}
   * @param authors as in {@link #judged}
   * @return network, kind, band, sums: per audience band authors, posts, sum, squares, author
   *     squares and post squares of {@link Totals}, in units of 2^-20; and a row of band -1 with
   *     what was drawn in each of the first 24 hours
   */
  static Dataset<Row> totals(Dataset<Row> records, Dataset<Row> counted, Dataset<Row> authors) {
    Dataset<Row> bands =
        counted.groupBy(RECORD[0], RECORD[1], RECORD[2]).agg(min("band").as("band_tonight"));
    Column sum = col("reactor_units").cast("double");
    Column posts = col("post_units").cast("double");
    Column[] values = {
      lit((long) UNIT),
      col("post_units"),
      col("reactor_units"),
      col("square_units"),
      rint(sum.multiply(sum).divide(posts)).cast("long"),
      rint(posts.multiply(posts).divide(lit(UNIT))).cast("long")
    };
    Dataset<Row> known =
        records
            .join(bands, RECORD, "left")
            .join(authors, new String[] {"author_key"}, "left")
            .withColumn(
                "band", coalesce(col("band_tonight"), band(coalesce(col("attending"), lit(0L)))));
    Dataset<Row> usual = counted.where(col("observed").equalTo(col("counted")));
    Column[] hours = new Column[HOURS];
    for (int hour = 0; hour < HOURS; hour++) {
      hours[hour] = element_at(col("hourly_units"), hour + 1);
    }
    return known
        .groupBy(BAND[0], BAND[1], BAND[2])
        .agg(array(sums(values)).as("sums"))
        .unionByName(
            usual
                .groupBy("network", "kind")
                .agg(array(sums(hours)).as("sums"))
                .select(col("network"), col("kind"), lit(CURVE).as("band"), col("sums")));
  }

  private static Column[] sums(Column[] values) {
    Column[] sums = new Column[values.length];
    for (int i = 0; i < values.length; i++) {
      sums[i] = sum(values[i]);
    }
    return sums;
  }

  /**
   * Fits the priors, per kind of post and audience band.
   *
   * @param totals rows from {@link #totals}
   * @return network, kind, band, mean, post_shape, author_shape, curve (share of what a post draws
   *     in 24 hours that has come by the end of each of them); all bands of a network and kind that
   *     has any
   */
  static Dataset<Row> priors(SparkSession spark, List<Row> totals) {
    Map<Alike, Map<Integer, Totals>> bands = new HashMap<>();
    Map<Alike, double[]> curves = new HashMap<>();
    for (Row row : totals) {
      Alike alike = new Alike(row.getAs("network"), row.getAs("kind"));
      int band = row.getAs("band");
      List<Long> sums = row.getList(row.fieldIndex("sums"));
      if (band == CURVE) {
        curves.put(alike, curve(sums));
      } else {
        double[] v = sums.stream().mapToDouble(units -> units / UNIT).toArray();
        bands
            .computeIfAbsent(alike, one -> new HashMap<>())
            .put(band, new Totals(v[0], v[1], v[2], v[3], v[4], v[5]));
      }
    }
    List<Row> rows = new ArrayList<>();
    curves.forEach(
        (alike, curve) -> {
          Map<Integer, Totals> its = bands.get(alike);
          // In the order of the bands: a sum of fractions depends on its order.
          Totals all = Totals.NOTHING;
          for (int band = 0; band <= MOST_BAND; band++) {
            all = all.plus(its.getOrDefault(band, Totals.NOTHING));
          }
          for (int band = 0; band <= MOST_BAND; band++) {
            AuthorPrior prior = AuthorPrior.fit(alike(its, band), all);
            rows.add(
                RowFactory.create(
                    alike.network(),
                    alike.kind(),
                    band,
                    prior.mean(),
                    prior.postShape(),
                    prior.authorShape(),
                    curve));
          }
        });
    return spark.createDataFrame(
        rows,
        StructType.fromDDL(
            "network string, kind string, band int, mean double, post_shape double, author_shape"
                + " double, curve array<double>"));
  }

  /** Comparable posts. */
  private record Alike(String network, String kind) {}

  /** Authors of a band, plus those of the nearest bands if there are few. */
  private static Totals alike(Map<Integer, Totals> bands, int band) {
    Totals alike = bands.getOrDefault(band, Totals.NOTHING);
    for (int step = 1; step <= MOST_BAND && !alike.areEnough(); step++) {
      alike =
          alike
              .plus(bands.getOrDefault(band - step, Totals.NOTHING))
              .plus(bands.getOrDefault(band + step, Totals.NOTHING));
    }
    return alike;
  }

  /** The band of 2^40 accounts, as many as keys allow. */
  private static final int MOST_BAND = 20;

  private static double[] curve(List<Long> hourly) {
    double[] curve = new double[HOURS];
    double all = hourly.stream().mapToLong(units -> units).sum();
    double sum = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      sum += hourly.get(hour);
      // Where nothing was ever drawn any hour is as good as another.
      curve[hour] = all > 0 ? sum / all : (hour + 1.0) / HOURS;
    }
    return curve;
  }

  /**
   * Which of the posts drew too much for chance.
   *
   * @param posts from {@link #judged}
   * @param inRecords whether the posts themselves, as {@link #counted}, are part of the records
   * @param records rows of {@code author_records}
   * @param priors from {@link #priors}
   * @param level share of the posts found that chance may have brought
   * @param least credible accounts that a post must have drawn
   * @return columns of posts; author_post_count, expected_count, tail_probability,
   *     adjusted_probability, judged_count, place
   */
  static Dataset<Row> surprising(
      Dataset<Row> posts,
      boolean inRecords,
      Dataset<Row> records,
      Dataset<Row> priors,
      double level,
      long least) {
    Column ownPosts = inRecords ? lit(1.0) : lit(0.0);
    Column ownSum = inRecords ? col("counted").cast("double") : lit(0.0);
    Column record =
        struct(
            greatest(
                    coalesce(col("post_units"), lit(0L)).divide(lit(UNIT)).minus(ownPosts),
                    lit(0.0))
                .as("posts"),
            greatest(
                    coalesce(col("reactor_units"), lit(0L)).divide(lit(UNIT)).minus(ownSum),
                    lit(0.0))
                .as("sum"));
    UDF5<Double, Double, Double, Double, Double, Row> forecast =
        (mean, postShape, authorShape, count, sum) -> {
          AuthorPrior.Forecast made =
              new AuthorPrior(mean, postShape, authorShape).forecast(count, sum);
          return RowFactory.create(made.mean(), made.size());
        };
    UDF3<Double, Double, Long, Double> tail =
        (mean, size, observed) -> new AuthorPrior.Forecast(mean, size).tail(observed);
    Column made =
        udf(forecast, StructType.fromDDL("mean double, size double"))
            .apply(
                col("mean"),
                col("post_shape"),
                col("author_shape"),
                col("record.posts"),
                col("record.sum"));
    Dataset<Row> counts = posts.groupBy(col("network")).agg(count(lit(1)).as("judged_count"));
    return posts
        .join(records.drop("square_units", "night"), RECORD, "left")
        .join(broadcast(priors), BAND)
        .withColumn("record", record)
        .withColumn("made", made)
        .withColumn(
            "expected_count", col("made.mean").multiply(element_at(col("curve"), col("hours"))))
        .withColumn(
            "tail_probability",
            udf(tail, DataTypes.DoubleType)
                .apply(col("expected_count"), col("made.size"), col("observed")))
        .withColumn("author_post_count", col("record.posts"))
        .transform(all -> corrected(all, counts, level, least));
  }

  /**
   * Corrects for the number of posts looked at, so that of those kept about a share of {@code
   * level} is there by chance (Benjamini and Hochberg, "Controlling the False Discovery Rate",
   * Journal of the Royal Statistical Society B 57, 1995).
   *
   * @param posts network, post_id, tail_probability, observed, expected_count and any others
   * @param counts network, judged_count
   * @return the posts that are kept, with judged_count, adjusted_probability and place
   */
  static Dataset<Row> corrected(Dataset<Row> posts, Dataset<Row> counts, double level, long least) {
    WindowSpec likeliestLast =
        Window.partitionBy("network")
            .orderBy(col("tail_probability"), col("observed").desc(), col("post_id"));
    Column adjusted =
        min(col("tail_probability").multiply(col("judged_count")).divide(col("place")))
            .over(likeliestLast.rowsBetween(Window.currentRow(), Window.unboundedFollowing()));
    // The correction never lowers a probability: the others cannot be kept.
    return posts
        .where(col("tail_probability").leq(level))
        .join(broadcast(counts), "network")
        .withColumn("place", row_number().over(likeliestLast).cast("long"))
        .withColumn("adjusted_probability", least(adjusted, lit(1.0)))
        .where(
            col("adjusted_probability")
                .leq(level)
                .and(col("observed").geq(least))
                .and(col("observed").gt(col("expected_count"))))
        .withColumn("place", row_number().over(likeliestLast).cast("long"));
  }

  /**
   * @param found from {@link #surprising}
   * @param scores rows of {@code account_scores}
   * @param accounts rows of {@code accounts}
   * @param topics rows of {@code post_topics} that may hold theirs
   * @param posts from {@link #kinds}, those that may hold them
   * @param warnings rows of {@code mart_early_warnings} of the night before
   * @return rows of {@code mart_breakouts}
   */
  static Dataset<Row> breakouts(
      Dataset<Row> found,
      Dataset<Row> scores,
      Dataset<Row> accounts,
      Dataset<Row> topics,
      Dataset<Row> posts,
      Dataset<Row> warnings,
      Column night) {
    Dataset<Row> surest =
        topics
            .where(col("topic_id").notEqual("*"))
            .groupBy(POST[0], POST[1])
            .agg(min(struct(col("confidence").multiply(lit(-1)), col("topic_id"))).as("surest"))
            .select(col("network"), col("post_id"), col("surest.topic_id").as("topic_id"));
    Dataset<Row> languages = posts.groupBy(POST[0], POST[1]).agg(max("language").as("language"));
    Dataset<Row> warned = warnings.select("network", "post_id").withColumn("warned", lit(true));
    return found
        .join(broadcast(warned), POST, "left")
        .join(surest, POST, "left")
        .join(languages, POST, "left")
        .join(
            scores.select(col("account_key").as("author_key"), col("score").as("author_score")),
            new String[] {"author_key"},
            "left")
        .join(
            accounts.select(col("account_key").as("author_key"), col("handle").as("author_handle")),
            new String[] {"author_key"},
            "left")
        .select(
            col("network"),
            col("post_id"),
            col("author_key"),
            col("author_handle"),
            timestamp_micros(col("posted")).as("posted_at"),
            col("place"),
            col("expected_count"),
            col("observed").as("observed_count"),
            col("tail_probability"),
            col("adjusted_probability"),
            col("judged_count"),
            col("author_post_count"),
            col("audience_count"),
            col("author_score"),
            col("topic_id"),
            col("language"),
            col("first_hour.actor_count").as("first_hour_actor_count"),
            col("first_hour.sharer_count").as("first_hour_sharer_count"),
            col("first_hour.beyond_count").as("first_hour_beyond_count"),
            col("first_hour.community_count").as("first_hour_community_count"),
            col("first_hour.depth").as("first_hour_depth"),
            col("depth"),
            col("structural_virality"),
            col("community_count"),
            Shares.of(col("beyond_count"), col("actor_count")).as("beyond_audience_share"),
            coalesce(col("warned"), lit(false)).as("was_warned"),
            night.as("night"))
        .select(MartBreakouts.TABLE.cols());
  }

  /**
   * @param found from {@link #surprising}
   * @return rows of {@code mart_early_warnings}
   */
  static Dataset<Row> warnings(Dataset<Row> found, Column night) {
    return found
        .select(
            col("network"),
            col("post_id"),
            col("author_key"),
            timestamp_micros(col("posted")).as("posted_at"),
            col("place"),
            col("hours").cast("long").as("age_hours"),
            col("expected_count"),
            col("observed").as("observed_count"),
            col("tail_probability"),
            col("adjusted_probability"),
            col("judged_count").as("watched_count"),
            night.as("night"))
        .select(MartEarlyWarnings.TABLE.cols());
  }

  /**
   * @param warnings rows of {@code mart_early_warnings} of the night before
   * @param breakouts tonight's rows of {@code mart_breakouts} of posts that were of an age to be
   *     warned of then
   * @return rows of {@code mart_warning_outcomes}
   */
  static Dataset<Row> outcomes(Dataset<Row> warnings, Dataset<Row> breakouts, Column night) {
    Column confirmed = when(col("warned").and(col("broke_out")), lit(1L)).otherwise(lit(0L));
    Column no = lit(false);
    return warnings
        .select(col("network"), col("post_id"), lit(true).as("warned"), no.as("broke_out"))
        .unionByName(
            breakouts.select(
                col("network"), col("post_id"), no.as("warned"), lit(true).as("broke_out")))
        .groupBy(POST[0], POST[1])
        .agg(max("warned").as("warned"), max("broke_out").as("broke_out"))
        .groupBy("network")
        .agg(
            sum(col("warned").cast("bigint")).as("warned_count"),
            sum(col("broke_out").cast("bigint")).as("breakout_count"),
            sum(confirmed).as("confirmed_count"))
        .withColumn(
            "precision",
            when(col("warned_count").gt(0), col("confirmed_count").divide(col("warned_count"))))
        .withColumn(
            "recall",
            when(col("breakout_count").gt(0), col("confirmed_count").divide(col("breakout_count"))))
        .withColumn("night", night)
        .select(MartWarningOutcomes.TABLE.cols());
  }
}
