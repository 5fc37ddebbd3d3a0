package renown.lab.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.sum;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.kernels.rank.LocalRanking;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.StoppingRule;
import renown.lake.Lake;
import renown.tables.CascadeActs;
import renown.tables.EdgeIncrements;

/**
 * Does attention predict who will share a post next? Cascades of {@code train.txt} and the follows
 * of {@code graph.txt} are loaded; of each cascade of {@code test.txt} the first half is given, and
 * all other accounts are ranked.
 *
 * <p>They are ranked by company: how often an account took part in earlier posts together with this
 * post's participants, author included. Ties follow PageRank against the direction of attention
 * with the participants as preference vector: how much of what they say arrives at an account.
 */
final class AdopterForecast {
  private static final String FOLLOWS = "graph.txt";
  private static final String LOADED = "train.txt";
  private static final String FORECAST = "test.txt";

  /** Times are seconds since an instant that is not named. */
  private static final Instant ORIGIN = Instant.parse("2008-01-01T00:00:00Z");

  private static final double DAMPING_FACTOR = 0.85;
  private static final double TOLERANCE = 1e-6;

  private AdopterForecast() {}

  /**
   * @param author who posted
   * @param adopters who shared, in the order of time
   * @param seconds when, since the origin
   */
  record Cascade(String author, List<String> adopters, List<Long> seconds) {
    /** A line: the author, then each account that shared and when. */
    static Cascade of(String line) {
      String[] words = line.strip().split("\\s+");
      List<String> adopters = new ArrayList<>();
      List<Long> seconds = new ArrayList<>();
      for (int i = 1; i + 1 < words.length; i += 2) {
        if (!words[i].equals(words[0])) {
          adopters.add(words[i]);
          seconds.add(Long.parseLong(words[i + 1]));
        }
      }
      return new Cascade(words[0], adopters, seconds);
    }

    Set<String> shown() {
      Set<String> shown = new HashSet<>(adopters.subList(0, adopters.size() / 2));
      shown.add(author);
      return shown;
    }

    Set<String> later() {
      Set<String> later = new HashSet<>(adopters);
      later.removeAll(shown());
      return later;
    }
  }

  /** Whether a folder holds such data. */
  static boolean reads(Path folder) {
    return List.of(FOLLOWS, LOADED, FORECAST).stream()
        .allMatch(file -> Files.isRegularFile(folder.resolve(file)));
  }

  static List<Measurement> measure(Laboratory laboratory, String name, Path folder)
      throws Exception {
    List<String[]> follows = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(FOLLOWS))) {
      follows.add(line.strip().split("\\s+"));
    }
    List<Cascade> loaded = cascades(folder.resolve(LOADED));
    List<Cascade> forecast = cascades(folder.resolve(FORECAST));
    LocalDate night =
        at(loaded.stream().flatMap(one -> one.seconds().stream()).max(Long::compare).orElseThrow())
            .atOffset(ZoneOffset.UTC)
            .toLocalDate();
    Path raw = laboratory.folder(name).resolve("raw").resolve(name).resolve("dt=" + night);
    Files.createDirectories(raw);
    write(follows, loaded, raw.resolve("cascades.jsonl"));
    Lake lake = laboratory.nights(name, Map.of("ingest.formats", name + "=neutral"), night);
    List<Map<String, Double>> arriving = arriving(laboratory, lake, forecast);
    List<Map<String, Double>> company = company(takingPart(lake), forecast);

    Map<String, Double> followers = new HashMap<>();
    follows.forEach(follow -> followers.merge(follow[1], 1.0, Double::sum));
    Map<String, Double> past = new HashMap<>();
    Map<String, Map<String, Double>> ofAuthor = new HashMap<>();
    for (Cascade one : loaded) {
      for (String adopter : new HashSet<>(one.adopters())) {
        past.merge(adopter, 1.0, Double::sum);
        ofAuthor
            .computeIfAbsent(one.author(), author -> new HashMap<>())
            .merge(adopter, 1.0, Double::sum);
      }
    }
    Set<String> everybody = new TreeSet<>(past.keySet());
    follows.forEach(follow -> everybody.addAll(List.of(follow)));
    forecast.forEach(one -> everybody.addAll(one.adopters()));
    double[] precision = new double[5];
    int judged = 0;
    for (int i = 0; i < forecast.size(); i++) {
      Cascade one = forecast.get(i);
      if (one.later().isEmpty()) {
        continue;
      }
      judged++;
      Map<String, Double> its = arriving.get(i);
      Map<String, Double> together = company.get(i);
      Map<String, Double> before = ofAuthor.getOrDefault(one.author(), Map.of());
      // Ranks sum to 1: they order those of equal company, which is counted in integers.
      precision[0] +=
          precision(
              everybody,
              one,
              account -> together.getOrDefault(account, 0.0) + its.getOrDefault(account, 0.0));
      precision[1] += precision(everybody, one, account -> followers.getOrDefault(account, 0.0));
      precision[2] += precision(everybody, one, account -> past.getOrDefault(account, 0.0));
      precision[3] += precision(everybody, one, account -> before.getOrDefault(account, 0.0));
      precision[4] += precision(everybody, one, account -> its.getOrDefault(account, 0.0));
    }
    double byFollowers = precision[1] / judged;
    double byPast = precision[2] / judged;
    double byAuthor = precision[3] / judged;
    return List.of(
        Measurement.of(name, "cascades whose second half is predicted", judged),
        Measurement.of(
                name,
                "MAP of the next sharers, by company, then by rank from the participants",
                precision[0] / judged)
            .atLeast(Math.max(byAuthor, Math.max(byFollowers, byPast))),
        Measurement.of(name, "baseline: by followers", byFollowers),
        Measurement.of(name, "baseline: by posts shared so far", byPast),
        Measurement.of(name, "baseline: by posts of the author shared so far", byAuthor),
        Measurement.of(
            name, "baseline: by rank from the participants alone", precision[4] / judged));
  }

  private static double precision(
      Set<String> everybody, Cascade cascade, ToDoubleFunction<String> score) {
    Set<String> shown = cascade.shown();
    Set<String> later = cascade.later();
    List<String> order =
        everybody.stream()
            .filter(account -> !shown.contains(account))
            .sorted(
                Comparator.comparingDouble((String account) -> -score.applyAsDouble(account))
                    .thenComparing(account -> account))
            .toList();
    boolean[] isRelevant = new boolean[order.size()];
    for (int i = 0; i < isRelevant.length; i++) {
      isRelevant[i] = later.contains(order.get(i));
    }
    return RankQuality.averagePrecision(isRelevant);
  }

  private static List<Cascade> cascades(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank())
        .map(Cascade::of)
        .filter(cascade -> !cascade.adopters().isEmpty())
        .toList();
  }

  private static Instant at(long seconds) {
    return ORIGIN.plusSeconds(seconds);
  }

  private static void write(List<String[]> follows, List<Cascade> cascades, Path file)
      throws IOException {
    long first = cascades.stream().mapToLong(one -> one.seconds().get(0)).min().orElseThrow();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (String[] follow : follows) {
        out.write(
            """
            {"type":"interaction","account_id":"%s","record_id":"follow:%s:%s","at":"%s",\
            "verb":"follow","target_account_id":"%s"}
            """
                .formatted(follow[0], follow[0], follow[1], at(first), follow[1]));
      }
      for (int i = 0; i < cascades.size(); i++) {
        Cascade one = cascades.get(i);
        out.write(
            """
            {"type":"post","account_id":"%s","record_id":"post-%d","at":"%s"}
            """
                .formatted(one.author(), i, at(one.seconds().get(0) - 1)));
        for (int k = 0; k < one.adopters().size(); k++) {
          out.write(
              """
              {"type":"interaction","account_id":"%s","record_id":"post-%d-%d","at":"%s",\
              "verb":"repost","target_account_id":"%s","object_id":"post-%d"}
              """
                  .formatted(
                      one.adopters().get(k), i, k, at(one.seconds().get(k)), one.author(), i));
        }
      }
    }
  }

  /** Participants of each shared post: its author and its sharers. */
  private static List<Set<String>> takingPart(Lake lake) {
    Dataset<Row> accounts = Laboratory.core(lake).accounts().select("account_key", "account_id");
    Map<String, Set<String>> posts = new TreeMap<>();
    Laboratory.core(lake)
        .interactions()
        .where(
            col("change")
                .equalTo(1)
                .and(col("verb").equalTo("repost"))
                .and(col("object_id").isNotNull()))
        .select("object_id", "actor_key", "target_key")
        .join(accounts.toDF("actor_key", "actor_id"), "actor_key")
        .join(accounts.toDF("target_key", "author_id"), "target_key")
        .select("object_id", "actor_id", "author_id")
        .collectAsList()
        .forEach(
            row ->
                posts
                    .computeIfAbsent(row.getString(0), post -> new TreeSet<>())
                    .addAll(List.of(row.getString(1), row.getString(2))));
    return List.copyOf(posts.values());
  }

  /**
   * How often accounts were in company with those who are shown of a cascade.
   *
   * @param posts for each who took part in it
   * @return for each cascade by account: over all posts that it took part in, how many of those
   *     shown did too; integers above 0
   */
  static List<Map<String, Double>> company(List<Set<String>> posts, List<Cascade> forecast) {
    List<Map<String, Double>> company = new ArrayList<>();
    for (Cascade one : forecast) {
      Set<String> shown = one.shown();
      Map<String, Double> its = new HashMap<>();
      for (Set<String> post : posts) {
        double common = shown.stream().filter(post::contains).count();
        if (common > 0) {
          post.forEach(account -> its.merge(account, common, Double::sum));
        }
      }
      company.add(its);
    }
    return company;
  }

  /** For each cascade, the accounts' rank from the given participants. */
  private static List<Map<String, Double>> arriving(
      Laboratory laboratory, Lake lake, List<Cascade> forecast) {
    Dataset<Row> accounts = Laboratory.core(lake).accounts();
    Map<String, Long> keys = new HashMap<>();
    Map<Long, String> ids = new HashMap<>();
    for (Row row : accounts.select("account_id", "account_key").collectAsList()) {
      keys.put(row.getString(0), row.getLong(1));
      ids.put(row.getLong(1), row.getString(0));
    }
    List<Row> edges = attention(lake).collectAsList();
    float[] weights = new float[edges.size()];
    for (int edge = 0; edge < weights.length; edge++) {
      weights[edge] = (float) edges.get(edge).getDouble(2);
    }
    LocalRanking ranking =
        new LocalRanking(
            edges.stream().mapToLong(edge -> edge.getLong(0)).toArray(),
            edges.stream().mapToLong(edge -> edge.getLong(1)).toArray(),
            weights,
            Runtime.getRuntime().availableProcessors());
    long[] vertices = ranking.keys();
    long[] sorted = Arrays.stream(vertices).sorted().toArray();
    RankOptions options =
        RankOptions.standard()
            .withDampingFactor(DAMPING_FACTOR)
            .withStoppingRule(new StoppingRule.Tolerance(TOLERANCE));
    List<Map<String, Double>> arriving = new ArrayList<>();
    for (Cascade one : forecast) {
      Map<String, Double> found = new HashMap<>();
      arriving.add(found);
      long[] shown =
          one.shown().stream()
              .filter(keys::containsKey)
              .mapToLong(keys::get)
              .filter(key -> Arrays.binarySearch(sorted, key) >= 0)
              .toArray();
      if (shown.length == 0) {
        continue; // Nobody attends to any of them.
      }
      double[] shares = new double[shown.length];
      Arrays.fill(shares, 1);
      ranking.rank(shown, shares, null, options);
      double[] ranks = ranking.ranks();
      for (int row = 0; row < ranks.length; row++) {
        if (ranks[row] > 0) {
          found.put(ids.get(vertices[row]), ranks[row]);
        }
      }
    }
    return arriving;
  }

  /** From those attended to, to those who attend, by what they did and through whom. */
  private static Dataset<Row> attention(Lake lake) {
    Column weight = log1p(col("acts"));
    Dataset<Row> direct =
        Laboratory.published(lake, EdgeIncrements.TABLE)
            .groupBy("src_key", "dst_key", "verb")
            .agg(sum("act_count").as("acts"))
            .where(col("acts").gt(0))
            .select(col("dst_key").as("src_key"), col("src_key").as("dst_key"), weight.as("part"));
    Dataset<Row> through =
        Laboratory.published(lake, CascadeActs.TABLE)
            .where(
                col("change")
                    .equalTo(lit(1))
                    .and(col("parent_key").notEqual(col("author_key")))
                    .and(col("parent_key").notEqual(col("actor_key"))))
            .groupBy("actor_key", "parent_key")
            .agg(count(lit(1)).as("acts"))
            .select(
                col("parent_key").as("src_key"), col("actor_key").as("dst_key"), weight.as("part"));
    return direct
        .unionByName(through)
        .groupBy("src_key", "dst_key")
        .agg(
            sum(org.apache.spark.sql.functions.rint(col("part").multiply(lit(1L << 30))))
                .divide(lit(1L << 30))
                .as("weight"));
  }
}
