package renown.night.audience;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import renown.engine.shortlist.ReachedAccounts;
import renown.tables.AudienceHours;
import renown.tables.MartPostingHours;
import renown.tables.NetworkHours;

/** Computes when accounts post and receive reactions, and from that when to post. */
final class Hours {
  private static final int HOURS = PostingModel.HOURS;
  private static final double UNIT = 1L << 20;

  /**
   * Reactions within a day of a post come in its night or the next; the other nights allow for late
   * files and undone reactions.
   */
  private static final int POST_NIGHTS = 7;

  /** Sums below this fraction of an act are dropped. */
  private static final double LEAST_ACT = 0.01;

  private static final double MICROS_PER_DAY = 86_400e6;

  private Hours() {}

  /**
   * The night's posts and the reactions to posts within a day of them.
   *
   * @param interactions the night's rows of {@code interactions}, done and undone
   * @param postTopics rows of {@code post_topics}, tonight's included
   * @param credible rows of {@code credible_accounts}: reactions of others do not count
   * @param halfLifeDays above 0
   * @return network, account_key (the author), topic_id, post_hour, reaction_hour (null for a
   *     post), units
   */
  static Dataset<Row> acts(
      Dataset<Row> interactions,
      Dataset<Row> postTopics,
      Dataset<Row> credible,
      double halfLifeDays,
      Column night) {
    Column end = date_add(night, 1).cast("timestamp");
    Dataset<Row> posts =
        postTopics
            .where(col("night").equalTo(night))
            .select(
                col("network"),
                col("author_key").as("account_key"),
                col("topic_id"),
                hour(col("happened_at")).as("post_hour"),
                lit(null).cast("int").as("reaction_hour"),
                units(col("happened_at"), end, halfLifeDays).as("units"));
    Column micros = unix_micros(col("happened_at")).minus(unix_micros(col("posted_at")));
    Dataset<Row> reactions =
        interactions
            .where(col("verb").isin("repost", "quote", "reply", "like"))
            .where(col("object_id").isNotNull())
            .where(col("actor_key").notEqual(col("target_key")))
            .join(
                credible.select(col("account_key").as("actor_key")),
                new String[] {"actor_key"},
                "left_semi")
            .select(
                col("network"),
                col("object_id").as("post_id"),
                col("target_key").as("account_key"),
                col("happened_at"),
                col("change"))
            .join(
                postTopics
                    .where(col("night").geq(date_sub(night, POST_NIGHTS)))
                    .select(
                        col("network"),
                        col("post_id"),
                        col("topic_id"),
                        col("author_key").as("account_key"),
                        col("happened_at").as("posted_at")),
                new String[] {"network", "post_id", "account_key"})
            .where(micros.geq(0).and(micros.lt(MICROS_PER_DAY)))
            .select(
                col("network"),
                col("account_key"),
                col("topic_id"),
                hour(col("posted_at")).as("post_hour"),
                hour(col("happened_at")).as("reaction_hour"),
                units(col("happened_at"), end, halfLifeDays).multiply(col("change")).as("units"));
    return posts.unionByName(reactions);
  }

  private static Column units(Column at, Column end, double halfLifeDays) {
    Column days =
        greatest(unix_micros(end).minus(unix_micros(at)), lit(0L)).divide(lit(MICROS_PER_DAY));
    return rint(pow(lit(2.0), days.divide(lit(-halfLifeDays))).multiply(lit(UNIT))).cast("long");
  }

  /**
   * The sums of accounts at the end of the night.
   *
   * @param before rows of {@code audience_hours} of an earlier night
   * @param acts from {@link #acts}
   * @param accounts account_key: those that are not excluded
   * @return rows of {@code audience_hours}
   */
  static Dataset<Row> ofAccounts(
      Dataset<Row> before,
      Dataset<Row> acts,
      Dataset<Row> accounts,
      double halfLifeDays,
      Column night) {
    String[] on = {"network", "account_key", "topic_id"};
    Column place = coalesce(col("reaction_hour").plus(lit(HOURS)), col("post_hour"));
    Column earlier = faded(concat(col("post_units"), col("reaction_units")), night, halfLifeDays);
    Column all = aggregate(col("units"), lit(0L), (sum, units) -> sum.plus(units));
    return before
        .select(on(on, PlaceSums.earlier(earlier)))
        .unionByName(acts.select(on(on, PlaceSums.single(place, col("units")))))
        .groupBy("network", "account_key", "topic_id")
        .agg(PlaceSums.of(2 * HOURS).as("units"))
        .withColumn("units", notNegative(col("units")))
        .where(all.geq(lit(LEAST_ACT * UNIT)))
        .join(accounts.select("account_key"), new String[] {"account_key"}, "left_semi")
        .select(
            col("network"),
            col("account_key"),
            col("topic_id"),
            slice(col("units"), 1, HOURS).as("post_units"),
            slice(col("units"), HOURS + 1, HOURS).as("reaction_units"),
            night.as("night"))
        .select(AudienceHours.TABLE.cols());
  }

  /**
   * The sums of networks at the end of the night.
   *
   * @param before rows of {@code network_hours} of an earlier night
   * @param acts from {@link #acts}
   * @return rows of {@code network_hours}
   */
  static Dataset<Row> ofNetworks(
      Dataset<Row> before, Dataset<Row> acts, double halfLifeDays, Column night) {
    String[] on = {"network", "post_hour"};
    Column place = coalesce(col("reaction_hour").plus(lit(1)), lit(0));
    Column earlier =
        faded(concat(array(col("post_units")), col("reaction_units")), night, halfLifeDays);
    return before
        .select(on(on, PlaceSums.earlier(earlier)))
        .unionByName(
            acts.where(col("topic_id").equalTo(ReachedAccounts.EVERYTHING))
                .select(on(on, PlaceSums.single(place, col("units")))))
        .groupBy(col("network"), col("post_hour").cast("long").as("post_hour"))
        .agg(PlaceSums.of(1 + HOURS).as("units"))
        .withColumn("units", notNegative(col("units")))
        .select(
            col("network"),
            col("post_hour"),
            element_at(col("units"), 1).as("post_units"),
            slice(col("units"), 2, HOURS).as("reaction_units"),
            night.as("night"))
        .select(NetworkHours.TABLE.cols());
  }

  private static Column[] on(String[] on, Column[] columns) {
    return Stream.concat(Arrays.stream(on).map(name -> col(name)), Arrays.stream(columns))
        .toArray(Column[]::new);
  }

  /** Sums of earlier nights, decayed to this one. */
  private static Column faded(Column sums, Column night, double halfLifeDays) {
    Column share = pow(lit(2.0), datediff(night, col("night")).divide(lit(-halfLifeDays)));
    return transform(sums, units -> rint(units.multiply(share)).cast("long"));
  }

  private static Column notNegative(Column sums) {
    return transform(sums, units -> greatest(units, lit(0L)));
  }

  /**
   * The models of networks.
   *
   * @param networks rows of {@code network_hours}
   */
  static Map<String, PostingModel> models(List<Row> networks) {
    Map<String, double[]> posts = new HashMap<>();
    Map<String, double[][]> reactions = new HashMap<>();
    for (Row row : networks) {
      String network = row.getAs("network");
      int postHour = (int) (long) row.<Long>getAs("post_hour");
      posts.computeIfAbsent(network, name -> new double[HOURS])[postHour] =
          row.<Long>getAs("post_units") / UNIT;
      reactions.computeIfAbsent(network, name -> new double[HOURS][HOURS])[postHour] =
          acts(row.<scala.collection.Seq<Long>>getAs("reaction_units"));
    }
    Map<String, PostingModel> models = new HashMap<>();
    posts.forEach(
        (network, written) ->
            models.put(network, PostingModel.fit(written, reactions.get(network))));
    return models;
  }

  private static double[] acts(scala.collection.Seq<Long> units) {
    double[] acts = new double[HOURS];
    for (int h = 0; h < HOURS; h++) {
      acts[h] = units.apply(h) / UNIT;
    }
    return acts;
  }

  /**
   * What people read.
   *
   * @param hours rows of {@code audience_hours}
   * @param worthy account_key, topic_id: of which anything is said
   * @param models of their networks
   * @param leastReactions decayed; with fewer nothing is said
   * @return rows of {@code mart_posting_hours}
   */
  static Dataset<Row> mart(
      Dataset<Row> hours,
      Dataset<Row> worthy,
      Map<String, PostingModel> models,
      double leastReactions,
      Column night) {
    Map<String, double[]> profiles = new HashMap<>();
    Map<String, double[]> activities = new HashMap<>();
    models.forEach((network, model) -> profiles.put(network, model.profile()));
    models.forEach((network, model) -> activities.put(network, model.activity()));
    UDF3<String, scala.collection.Seq<Long>, scala.collection.Seq<Long>, Row[]> advice =
        (network, posts, reactions) ->
            advice(
                new PostingModel(profiles.get(network), activities.get(network)),
                acts(posts),
                acts(reactions));
    Column reactions = lit(0L);
    for (int h = 1; h <= HOURS; h++) {
      reactions = reactions.plus(element_at(col("reaction_units"), h));
    }
    StructType line =
        StructType.fromDDL(
            "post_hour bigint, place bigint, expected_gain_share double, audience_ratio double,"
                + " reaction_share double, post_share double");
    return hours
        .withColumn("decayed_reaction_count", reactions.divide(lit(UNIT)))
        .where(col("decayed_reaction_count").geq(lit(leastReactions)))
        .join(
            worthy.select("account_key", "topic_id"),
            new String[] {"account_key", "topic_id"},
            "left_semi")
        .withColumn(
            "line",
            explode(
                udf(advice, new ArrayType(line, false))
                    .apply(col("network"), col("post_units"), col("reaction_units"))))
        .select(
            col("network"),
            col("account_key"),
            col("topic_id"),
            col("line.post_hour").as("post_hour"),
            col("line.place").as("place"),
            col("line.expected_gain_share").as("expected_gain_share"),
            col("line.audience_ratio").as("audience_ratio"),
            col("line.reaction_share").as("reaction_share"),
            col("line.post_share").as("post_share"),
            col("decayed_reaction_count"),
            night.as("night"))
        .select(MartPostingHours.TABLE.cols());
  }

  private static Row[] advice(PostingModel model, double[] posts, double[] reactions) {
    double[] ratios = model.ratios(posts, reactions);
    double[] gains = model.gains(posts, ratios);
    double written = total(posts);
    double received = total(reactions);
    List<Integer> best =
        IntStream.range(0, HOURS)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer h) -> -gains[h]).thenComparing(h -> h))
            .toList();
    Row[] lines = new Row[HOURS];
    for (int h = 0; h < HOURS; h++) {
      lines[h] =
          RowFactory.create(
              (long) h,
              best.indexOf(h) + 1L,
              gains[h],
              ratios[h],
              received > 0 ? reactions[h] / received : 0,
              written > 0 ? posts[h] / written : 0);
    }
    return lines;
  }

  private static double total(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
