package renown.lab.evaluate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_timestamp;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.tables.CascadeActs;
import renown.tables.Communities;
import renown.tables.MartBreakouts;
import renown.tables.MartPostSpread;
import renown.tables.MartWarningOutcomes;

/** Are cascades reconstructed correctly, and are planted breakouts found, and nothing else? */
final class SpreadSuite implements Suite {
  private static final String SOCIETY = "society";
  private static final String[] ACCOUNT = {"network", "account_id"};
  private static final long DAY_MICROS = 86_400_000_000L;

  /** As many as a breakout needs by default. */
  private static final int LEAST_CARRIED = 5;

  private static final int FAR = 20;

  private final int accounts;
  private final int days;

  /**
   * @param accounts of each network
   * @param days at least 3; the first two are one night
   */
  SpreadSuite(int accounts, int days) {
    this.accounts = accounts;
    this.days = days;
  }

  @Override
  public String name() {
    return "spread";
  }

  @Override
  public boolean takesData() {
    return true;
  }

  @Override
  public String description() {
    return "Cascades, breakouts, warnings and communities of a generated society against the"
        + " planted truth; cascades of real data against a count of their lines.";
  }

  @Override
  public List<Measurement> measure(Laboratory laboratory) throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    if (!laboratory.isDataAlone()) {
      measurements.addAll(society(laboratory));
    }
    for (Map.Entry<String, Path> data : laboratory.data().entrySet()) {
      measurements.addAll(
          AdopterForecast.reads(data.getValue())
              ? AdopterForecast.measure(laboratory, data.getKey(), data.getValue())
              : RealSpread.measure(laboratory, data.getKey(), data.getValue()));
    }
    return measurements;
  }

  private List<Measurement> society(Laboratory laboratory) throws Exception {
    laboratory.generate(
        SOCIETY,
        Map.of(
            "generate.accounts", Integer.toString(accounts),
            "generate.days", Integer.toString(days)));
    Map<String, String> settings = Map.of("score.reference-accounts-min", "100");
    laboratory.nights(SOCIETY, settings, Laboratory.FIRST_DATE.plusDays(1));
    LocalDate last = Laboratory.FIRST_DATE.plusDays(days - 1L);
    Lake lake = laboratory.nights(SOCIETY, settings, last);
    Dataset<Row> keys =
        Laboratory.core(lake)
            .accounts()
            .join(Laboratory.core(lake).exclusions(), new String[] {"account_key"}, "left_anti")
            .select("network", "account_id", "account_key")
            .persist();
    Dataset<Row> planted = laboratory.breakouts(SOCIETY).persist();
    List<Measurement> measurements = new ArrayList<>();
    List<Row> paths = paths(lake, planted, keys);
    Dataset<Row> carried = carried(lake, laboratory.paths(SOCIETY), keys).persist();
    Map<String, Double> virality = new HashMap<>();
    for (Row row :
        Laboratory.published(lake, MartPostSpread.TABLE)
            .orderBy("night")
            .select("post_id", "structural_virality")
            .join(planted.select("post_id"), "post_id")
            .collectAsList()) {
      virality.put(row.getString(0), row.getDouble(1));
    }
    Dataset<Row> found =
        Laboratory.published(lake, MartBreakouts.TABLE)
            .join(
                keys.withColumnRenamed("account_key", "author_key"),
                new String[] {"network", "author_key"})
            .join(laboratory.truth(SOCIETY).select("network", "account_id", "role"), ACCOUNT)
            .persist();
    Column first = lit(java.sql.Date.valueOf(Laboratory.FIRST_DATE));
    measurements.addAll(parents(lake, laboratory.paths(SOCIETY), keys));
    for (String network : List.of("bluesky", "x")) {
      List<Row> its = paths.stream().filter(row -> row.getString(0).equals(network)).toList();
      measurements.addAll(trees(network, its, virality));
      measurements.addAll(
          breakouts(
              network,
              planted
                  .where(
                      col("network")
                          .equalTo(network)
                          // Out for a day by the end of the last night.
                          .and(
                              to_timestamp(col("posted_at"))
                                  .leq(lit(java.sql.Date.valueOf(last)).cast("timestamp"))))
                  .join(keys, ACCOUNT),
              carried.where(
                  col("network")
                      .equalTo(network)
                      .and(col("posted_at").between(first, lit(java.sql.Date.valueOf(last))))),
              found.where(col("network").equalTo(network))));
      measurements.addAll(
          warnings(
              network,
              Laboratory.published(lake, MartWarningOutcomes.TABLE)
                  .where(col("network").equalTo(network))));
      measurements.add(
          communities(
              network,
              laboratory
                  .truth(SOCIETY)
                  .where(
                      col("network")
                          .equalTo(network)
                          .and(col("role").equalTo("person"))
                          .and(col("community").isNotNull()))
                  .join(keys, ACCOUNT)
                  .join(
                      Laboratory.published(lake, Communities.TABLE).drop("network"),
                      "account_key")));
    }
    return measurements;
  }

  /** The parent of each account in each post's cascade, by key. */
  private static Dataset<Row> carriers(Dataset<Row> paths, Dataset<Row> keys) {
    return paths
        .join(keys.withColumnRenamed("account_key", "actor_key"), ACCOUNT)
        .join(
            keys.select(
                col("network"),
                col("account_id").as("parent_id"),
                col("account_key").as("true_parent")),
            new String[] {"network", "parent_id"})
        .groupBy("network", "post_id", "actor_key", "verb")
        .agg(min("true_parent").as("true_parent"));
  }

  /**
   * Posts that others carried further than their author: of those that reacted within a day, most
   * had seen it at a repost of somebody else, and at least as many as a breakout needs. Planted or
   * not, such a post went beyond its author's own reach.
   *
   * @return network, post_id, posted_at, carried_count
   */
  private static Dataset<Row> carried(Lake lake, Dataset<Row> paths, Dataset<Row> keys) {
    return Laboratory.published(lake, CascadeActs.TABLE)
        .where(
            col("change")
                .equalTo(1)
                .and(col("actor_key").notEqual(col("author_key")))
                .and(
                    unix_micros(col("happened_at"))
                        .minus(unix_micros(col("posted_at")))
                        .lt(lit(DAY_MICROS))))
        .join(
            carriers(paths, keys), new String[] {"network", "post_id", "actor_key", "verb"}, "left")
        .groupBy("network", "post_id", "posted_at")
        .agg(
            count_distinct(col("actor_key")).as("actor_count"),
            count_distinct(when(col("true_parent").isNotNull(), col("actor_key")))
                .as("carried_count"))
        .where(
            col("carried_count")
                .geq(LEAST_CARRIED)
                .and(col("carried_count").multiply(lit(2)).gt(col("actor_count"))));
  }

  /** Of all reposts, planted or not, whose path the lake had to infer. */
  private static List<Measurement> parents(Lake lake, Dataset<Row> paths, Dataset<Row> keys) {
    Column truth = coalesce(col("true_parent"), col("author_key"));
    List<Measurement> measurements = new ArrayList<>();
    for (Row row :
        Laboratory.published(lake, CascadeActs.TABLE)
            .where(
                col("change")
                    .equalTo(1)
                    .and(col("verb").equalTo("repost"))
                    .and(col("is_recorded").equalTo(false)))
            .join(
                carriers(paths, keys),
                new String[] {"network", "post_id", "actor_key", "verb"},
                "left")
            .groupBy("network")
            .agg(
                count(lit(1)),
                count(when(col("parent_key").equalTo(truth), lit(1))),
                count(when(col("author_key").equalTo(truth), lit(1))))
            .orderBy("network")
            .collectAsList()) {
      double all = row.getLong(1);
      measurements.add(
          Measurement.of(row.getString(0), "reposts with an inferred path, planted or not", all));
      measurements.add(
          Measurement.of(
              row.getString(0), "inferred parents of those, correct", row.getLong(2) / all));
      measurements.add(
          Measurement.of(
              row.getString(0), "baseline: always the author, of those", row.getLong(3) / all));
    }
    return measurements;
  }

  /** The planted truth and the lake's result: one row per act, in order of time. */
  private static List<Row> paths(Lake lake, Dataset<Row> planted, Dataset<Row> keys) {
    Dataset<Row> truth =
        planted
            .withColumnRenamed("account_id", "author_id")
            .select(
                col("network"), col("post_id"), col("author_id"), explode(col("paths")).as("path"))
            .select("network", "post_id", "author_id", "path.*")
            .withColumn("parent_id", coalesce(col("parent_id"), col("author_id")));
    Dataset<Row> known =
        truth
            .join(keys.withColumnRenamed("account_key", "actor_key"), ACCOUNT)
            .join(
                keys.select(
                    col("network"),
                    col("account_id").as("parent_id"),
                    col("account_key").as("true_parent")),
                new String[] {"network", "parent_id"})
            .join(
                keys.select(
                    col("network"),
                    col("account_id").as("author_id"),
                    col("account_key").as("author_key")),
                new String[] {"network", "author_id"});
    return known
        .join(
            Laboratory.published(lake, CascadeActs.TABLE)
                .where(col("change").equalTo(1))
                .drop("author_key", "night"),
            new String[] {"network", "post_id", "actor_key", "verb"})
        .select(
            "network",
            "post_id",
            "author_key",
            "actor_key",
            "verb",
            "true_parent",
            "parent_key",
            "is_recorded",
            "confidence_share",
            "happened_at")
        .orderBy("network", "post_id", "happened_at", "actor_key")
        .collectAsList();
  }

  private static List<Measurement> trees(
      String network, List<Row> paths, Map<String, Double> virality) {
    Map<String, List<Row>> posts = new HashMap<>();
    paths.forEach(row -> posts.computeIfAbsent(row.getString(1), p -> new ArrayList<>()).add(row));
    double recorded = 0;
    double recordedRight = 0;
    double inferred = 0;
    double inferredRight = 0;
    double authorRight = 0;
    double latestRight = 0;
    double confidence = 0;
    double error = 0;
    double starError = 0;
    double trees = 0;
    for (List<Row> acts : posts.values()) {
      long latest = acts.get(0).getLong(2);
      for (Row act : acts) {
        boolean right = act.getLong(5) == act.getLong(6);
        if (act.getBoolean(7)) {
          recorded++;
          recordedRight += right ? 1 : 0;
        } else {
          inferred++;
          inferredRight += right ? 1 : 0;
          authorRight += act.getLong(5) == act.getLong(2) ? 1 : 0;
          latestRight += act.getLong(5) == latest ? 1 : 0;
          confidence += act.getDouble(8);
        }
        if (act.getString(4).equals("repost") || act.getString(4).equals("quote")) {
          latest = act.getLong(3);
        }
      }
      Double told = virality.get(acts.get(0).getString(1));
      if (told != null && acts.size() > 1) {
        double planted = virality(acts);
        error += Math.abs(told - planted);
        starError += Math.abs(2.0 * acts.size() / (acts.size() + 1) - planted);
        trees++;
      }
    }
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(
        Measurement.of(network, "acts on planted posts with a recorded path", recorded));
    measurements.add(
        Measurement.of(network, "correct recorded parents", recordedRight / recorded).atLeast(1));
    measurements.add(Measurement.of(network, "correct inferred parents", inferredRight / inferred));
    measurements.add(
        Measurement.of(network, "baseline: always the author", authorRight / inferred));
    measurements.add(
        Measurement.of(network, "baseline: the latest sharer", latestRight / inferred));
    measurements.add(
        Measurement.of(network, "mean confidence of inferred parents", confidence / inferred));
    measurements.add(Measurement.of(network, "error of structural virality, mean", error / trees));
    measurements.add(
        Measurement.of(network, "baseline: the same, all from the author", starError / trees));
    return measurements;
  }

  /** Mean distance of all pairs in the planted tree, pair by pair. */
  private static double virality(List<Row> acts) {
    Map<Long, Long> parents = new HashMap<>();
    long author = acts.get(0).getLong(2);
    acts.forEach(act -> parents.put(act.getLong(3), act.getLong(5)));
    List<Long> nodes = new ArrayList<>(parents.keySet());
    nodes.add(author);
    double sum = 0;
    for (long a : nodes) {
      Map<Long, Integer> above = new HashMap<>();
      int steps = 0;
      for (Long v = a; v != null && above.putIfAbsent(v, steps) == null; v = parents.get(v)) {
        steps++;
      }
      for (long b : nodes) {
        steps = 0;
        Long v = b;
        // Children of an account that is not scored become children of the author.
        while (v != null && !above.containsKey(v)) {
          v = parents.get(v);
          steps++;
        }
        sum += v == null ? 2 : steps + above.get(v);
      }
    }
    return sum / nodes.size() / (nodes.size() - 1);
  }

  private static List<Measurement> breakouts(
      String network, Dataset<Row> planted, Dataset<Row> carried, Dataset<Row> found) {
    double plantedCount = planted.count();
    double foundCount = found.count();
    Dataset<Row> foundIds = found.select("post_id").persist();
    double both = foundIds.join(planted.select("post_id"), "post_id").count();
    Dataset<Row> unplanted =
        carried.join(planted.select("post_id"), new String[] {"post_id"}, "left_anti");
    double others = foundIds.join(unplanted.select("post_id"), "post_id").count();
    Dataset<Row> far = unplanted.where(col("carried_count").geq(FAR)).select("post_id");
    double farCount = far.count();
    double farFound = foundIds.join(far, "post_id").count();
    double judged =
        found.select("night", "judged_count").distinct().collectAsList().stream()
            .mapToLong(row -> row.getLong(1))
            .sum();
    return List.of(
        Measurement.of(network, "planted posts", plantedCount),
        Measurement.of(network, "breakouts found", foundCount),
        Measurement.of(network, "of those planted", both),
        Measurement.of(network, "of those carried by others, not planted", others),
        Measurement.of(
                network,
                "false alarms, share of posts judged",
                (foundCount - both - others) / judged)
            .atMost(0.01),
        Measurement.of(network, "precision of breakouts", (both + others) / foundCount)
            .atLeast(0.9),
        Measurement.of(network, "recall of planted breakouts", both / plantedCount).atLeast(0.9),
        Measurement.of(network, "unplanted posts that others carried to 20 or more", farCount),
        Measurement.of(network, "of those found", farFound / farCount),
        Measurement.of(
                network,
                "breakouts of celebrities, news, rings, farms and chatter that nobody carried",
                found
                    .where(
                        col("role").isin("celebrity", "news", "ring", "farm", "sybil", "chatter"))
                    .join(carried.select("post_id"), new String[] {"post_id"}, "left_anti")
                    .count())
            .atMost(0));
  }

  private static List<Measurement> warnings(String network, Dataset<Row> outcomes) {
    Row sums =
        outcomes
            .agg(
                coalesce(sum("warned_count"), lit(0L)),
                coalesce(sum("breakout_count"), lit(0L)),
                coalesce(sum("confirmed_count"), lit(0L)))
            .first();
    double confirmed = sums.getLong(2);
    return List.of(
        Measurement.of(network, "early warnings", sums.getLong(0)),
        Measurement.of(network, "precision of early warnings", confirmed / sums.getLong(0)),
        Measurement.of(network, "recall of early warnings", confirmed / sums.getLong(1)));
  }

  /** Normalised mutual information, by the mean of the entropies: 1 if both are the same. */
  private static Measurement communities(String network, Dataset<Row> persons) {
    Map<Long, Double> planted = new HashMap<>();
    Map<Long, Double> found = new HashMap<>();
    Map<List<Long>, Double> both = new HashMap<>();
    List<Row> rows = persons.select("community", "community_key").collectAsList();
    for (Row row : rows) {
      planted.merge(row.getLong(0), 1.0, Double::sum);
      found.merge(row.getLong(1), 1.0, Double::sum);
      both.merge(List.of(row.getLong(0), row.getLong(1)), 1.0, Double::sum);
    }
    double mutual = entropy(planted, rows.size()) + entropy(found, rows.size());
    double joint = entropy(both, rows.size());
    return Measurement.of(
        network,
        "agreement of communities with the planted ones (NMI)",
        2 * (mutual - joint) / mutual);
  }

  private static double entropy(Map<?, Double> counts, double all) {
    return counts.values().stream()
        .sorted()
        .mapToDouble(count -> -count / all * Math.log(count / all))
        .sum();
  }
}
