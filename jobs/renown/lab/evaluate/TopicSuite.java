package renown.lab.evaluate;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TopicMatcher;
import renown.lake.Lake;
import renown.run.RenownException;
import renown.tables.AccountKinds;
import renown.tables.Accounts;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.PostTopics;
import renown.tables.TableSchema;

/**
 * Does expertise find the experts rather than the talkers? Does kind separate people from brands
 * and bots?
 */
final class TopicSuite implements Suite {
  private static final String SOCIETY = "society";
  private static final int LIST = 20;

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public boolean takesData() {
    return true;
  }

  @Override
  public String description() {
    return "Expertise, interest and account kinds in a generated society against the planted"
        + " truth.";
  }

  @Override
  public List<Measurement> measure(Laboratory laboratory) throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    if (!laboratory.isDataAlone()) {
      measurements.addAll(society(laboratory));
    }
    SortedMap<String, Path> sites = new TreeMap<>();
    for (Map.Entry<String, Path> one : laboratory.data().entrySet()) {
      if (RealPosts.areIn(one.getValue())) {
        measurements.addAll(accuracy(laboratory, one.getKey(), one.getValue()));
      } else {
        sites.put(one.getKey(), one.getValue());
      }
    }
    measurements.addAll(StackExchangeForecast.measure(laboratory, sites));
    return measurements;
  }

  /** Are the topics of random real posts found, and are those that are given right? */
  private static List<Measurement> accuracy(Laboratory laboratory, String name, Path folder)
      throws IOException {
    if (!Files.exists(laboratory.labels())) {
      throw RenownException.configuration(
          "--labels %s: there is no such file; without labels nothing can be said of the posts in"
              + " --data %s=%s.",
          laboratory.labels(), name, folder);
    }
    Taxonomy taxonomy = TaxonomyFiles.shipped();
    Map<String, RealPosts.Post> posts = RealPosts.read(folder);
    List<TopicAccuracy.Label> labels = TopicAccuracy.labels(laboratory.labels());
    TopicMatcher matcher = new TopicMatcher(taxonomy);
    List<Measurement> measurements = new ArrayList<>();
    Path again = TopicAccuracy.secondLabels(laboratory.labels());
    if (Files.exists(again)) {
      TopicAccuracy.Agreement agreement =
          TopicAccuracy.agreement(labels, TopicAccuracy.labels(again));
      String subject = name + ", two labellings";
      measurements.add(Measurement.of(subject, "posts", agreement.postCount()));
      measurements.add(
          Measurement.of(subject, "agreement whether there is a topic", agreement.agreeing()));
      measurements.add(
          Measurement.of(subject, "the same beyond chance (kappa)", agreement.kappa()));
      measurements.add(
          Measurement.of(subject, "mean share of common topics", agreement.commonShare()));
    }
    for (TopicAccuracy.Half half : TopicAccuracy.Half.values()) {
      for (TopicAccuracy.Accuracy row :
          TopicAccuracy.measure(
              taxonomy,
              posts,
              labels.stream().filter(label -> label.half() == half).toList(),
              post -> post.topics(matcher))) {
        String subject = String.format("%s, %s, %s", name, half, row.group());
        measurements.add(Measurement.of(subject, "posts", row.postCount()));
        measurements.add(Measurement.of(subject, "posts with a topic", row.toldCount()));
        measurements.add(Measurement.of(subject, "topics given", row.givenCount()));
        Measurement precision = Measurement.of(subject, "precision", row.precision());
        Measurement recall = Measurement.of(subject, "recall", row.recall());
        if (half == TopicAccuracy.Half.HELD_OUT) {
          switch (row.group()) {
            case "en", "es" -> {
              precision = precision.atLeast(0.85);
              recall = recall.atLeast(0.6);
            }
            case "pt", "fr", "de", "ja" -> {
              precision = precision.atLeast(0.8);
              recall = recall.atLeast(0.45);
            }
            default -> {}
          }
        }
        measurements.add(precision);
        measurements.add(recall);
        measurements.add(Measurement.of(subject, "recall of topics", row.topicRecall()));
        Measurement error = Measurement.of(subject, "calibration error", row.calibrationError());
        measurements.add(
            half == TopicAccuracy.Half.HELD_OUT && row.group().equals("all")
                ? error.atMost(0.07)
                : error);
      }
    }
    return measurements;
  }

  private static List<Measurement> society(Laboratory laboratory) throws Exception {
    laboratory.generate(
        SOCIETY,
        Map.of("generate.accounts", "3000", "generate.days", "4", "generate.speech", "people"));
    Lake lake =
        laboratory.nights(
            SOCIETY,
            Map.of("score.reference-accounts-min", "100"),
            Laboratory.FIRST_DATE.plusDays(3));
    List<Measurement> measurements = new ArrayList<>();
    measurements.addAll(
        measure(table -> Laboratory.published(lake, table), laboratory.truth(SOCIETY)));
    measurements.addAll(
        spoken(
            Laboratory.published(lake, PostTopics.TABLE),
            laboratory.truthOfTopics(SOCIETY),
            TaxonomyFiles.shipped()));
    return measurements;
  }

  /**
   * How many of the topics that posts were meant to be about are found in what people say, by which
   * signal.
   *
   * @param given rows of post topics
   * @param planted network, post and topic; null for chatter
   */
  static List<Measurement> spoken(Dataset<Row> given, Dataset<Row> planted, Taxonomy taxonomy) {
    Map<String, Map<String, Map<String, String>>> told = new HashMap<>();
    for (Row row :
        given
            .where(col("basis").notEqual("seen").and(col("basis").notEqual("child")))
            .select("network", "post_id", "topic_id", "basis")
            .collectAsList()) {
      told.computeIfAbsent(row.getString(0), n -> new HashMap<>())
          .computeIfAbsent(row.getString(1), id -> new TreeMap<>())
          .put(row.getString(2), row.getString(3));
    }
    Map<String, SpokenTopics> counts = new TreeMap<>();
    for (Row row : planted.select("network", "post_id", "topic").distinct().collectAsList()) {
      String network = row.getString(0);
      String topic = row.getString(2);
      counts
          .computeIfAbsent(network, n -> new SpokenTopics(taxonomy))
          .add(
              "machinelearning".equals(topic) ? "machine-learning" : topic,
              told.getOrDefault(network, Map.of()).getOrDefault(row.getString(1), Map.of()));
    }
    List<Measurement> measurements = new ArrayList<>();
    counts.forEach((network, count) -> measurements.addAll(count.measurements(network)));
    return measurements;
  }

  static List<Measurement> measure(Function<TableSchema, Dataset<Row>> tables, Dataset<Row> truth) {
    Dataset<Row> planted =
        truth
            .select(
                col("network"),
                col("account_id"),
                col("role"),
                // The society's name of a topic is the taxonomy's id except for this one.
                regexp_replace(col("topic"), "^machinelearning$", "machine-learning")
                    .as("topic_id"),
                array_contains(col("behaviours"), "silent").as("is_silent"))
            .join(
                tables.apply(Accounts.TABLE).select("network", "account_id", "account_key"),
                new String[] {"network", "account_id"})
            .persist();
    Dataset<Row> scores = tables.apply(MartTopicScores.TABLE).persist();
    Dataset<Row> specialists =
        planted
            .where(col("role").isin("expert", "talker"))
            .join(scores.drop("network", "night"), new String[] {"account_key", "topic_id"}, "left")
            .join(
                tables.apply(MartAccountScoresLatest.TABLE).select("account_key", "score"),
                new String[] {"account_key"},
                "left")
            .persist();
    Dataset<Row> kinds =
        planted.join(
            tables.apply(AccountKinds.TABLE).select("account_key", "kind"),
            new String[] {"account_key"},
            "left");
    Dataset<Row> leaders =
        tables
            .apply(MartTopicLeaders.TABLE)
            .join(planted.select("account_key", "role"), "account_key");
    List<Measurement> measurements = new ArrayList<>();
    for (String network : List.of("bluesky", "x")) {
      Dataset<Row> its = specialists.where(col("network").equalTo(network));
      Dataset<Row> experts = its.where(col("role").equalTo("expert"));
      Dataset<Row> talkers = its.where(col("role").equalTo("talker"));
      Dataset<Row> speaking = experts.where(col("is_silent").equalTo(false));
      Dataset<Row> silent = experts.where(col("is_silent"));
      measurements.add(
          area(network, "AUC of expertise, experts above talkers", "expertise", speaking, talkers)
              .atLeast(0.97));
      measurements.add(
          area(
                  network,
                  "AUC of expertise, silent experts above talkers",
                  "expertise",
                  silent,
                  talkers)
              .atLeast(0.90));
      measurements.add(area(network, "baseline: the same by score", "score", speaking, talkers));
      measurements.add(
          area(network, "baseline: silent experts by score", "score", silent, talkers));
      measurements.add(
          area(
              network,
              "baseline: the same by posts on the topic",
              "post_count",
              speaking,
              talkers));
      measurements.add(
          area(
              network,
              "baseline: silent experts by posts on the topic",
              "post_count",
              silent,
              talkers));
      measurements.add(
          area(
                  network,
                  "AUC of interest, talkers above experts",
                  "interest_share",
                  talkers,
                  experts)
              .atLeast(0.5));
      Dataset<Row> topics = leaders.where(col("network").equalTo(network));
      Dataset<Row> plantedTopics =
          topics.join(
              planted.select("topic_id").distinct(), new String[] {"topic_id"}, "left_semi");
      measurements.add(
          Measurement.of(
                  network,
                  "spammers among the first 20 of any topic",
                  first(plantedTopics, lit("all"))
                      .where(col("role").isin("chatter", "ring", "farm", "sybil"))
                      .count())
              .atMost(0));
      Dataset<Row> firstPersons =
          first(plantedTopics.where(col("kind").equalTo("person")), lit("all")).persist();
      measurements.add(
          Measurement.of(
                  network,
                  "brands and bots among the first 20 persons of any topic",
                  firstPersons.where(col("role").isin("news", "chatter")).count())
              .atMost(0));
      measurements.add(
          share(
              network,
              "experts among the first 3 persons of a topic",
              firstPersons.where(col("list_place").leq(3)),
              col("role").equalTo("expert")));
      firstPersons.unpersist();
      Dataset<Row> ofKind = kinds.where(col("network").equalTo(network));
      measurements.add(
          share(
                  network,
                  "news accounts classified as organisations",
                  ofKind.where(col("role").equalTo("news")),
                  kind("organisation"))
              .atLeast(0.9));
      measurements.add(
          share(
                  network,
                  "chatterers classified as automated",
                  ofKind.where(col("role").equalTo("chatter")),
                  kind("automated"))
              .atLeast(0.9));
      measurements.add(
          share(
                  network,
                  "persons and experts classified as persons",
                  ofKind.where(col("role").isin("person", "expert", "talker")),
                  kind("person"))
              .atLeast(0.8));
      measurements.add(
          share(
                  network,
                  "persons and experts classified as organisations or automated",
                  ofKind.where(col("role").isin("person", "expert", "talker")),
                  kind("organisation").or(kind("automated")))
              .atMost(0.02));
    }
    planted.unpersist();
    scores.unpersist();
    specialists.unpersist();
    return measurements;
  }

  private static Column kind(String kind) {
    return coalesce(col("kind"), lit("unknown")).equalTo(kind);
  }

  /** The first of each topic's list. */
  private static Dataset<Row> first(Dataset<Row> leaders, Column list) {
    return leaders
        .withColumn(
            "list_place",
            row_number().over(Window.partitionBy(col("topic_id"), list).orderBy("place")))
        .where(col("list_place").leq(LIST));
  }

  private static Measurement share(
      String subject, String measure, Dataset<Row> rows, Column condition) {
    Row counts = rows.agg(count(lit(1)), count(when(condition, lit(1)))).first();
    double share =
        counts.getLong(0) == 0 ? Double.NaN : (double) counts.getLong(1) / counts.getLong(0);
    return Measurement.of(subject, measure, share);
  }

  private static Measurement area(
      String subject, String measure, String value, Dataset<Row> above, Dataset<Row> below) {
    return Measurement.of(
        subject, measure, RankQuality.areaUnderCurve(values(above, value), values(below, value)));
  }

  /** Missing values count as 0. */
  private static double[] values(Dataset<Row> rows, String column) {
    return rows
        .select(coalesce(col(column).cast("double"), lit(0.0)).as("value"))
        .collectAsList()
        .stream()
        .mapToDouble(row -> row.getDouble(0))
        .toArray();
  }
}
