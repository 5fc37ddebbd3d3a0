package renown.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Assumptions;
import renown.engine.rank.RankEngine;
import renown.engine.rank.RankResult;
import renown.kernels.rank.RankOptions;

/** Small graphs, and the plainest ranking there is to compare with. */
public final class Graphs {
  public record Edge(long source, long destination, double weight) {}

  private Graphs() {}

  public static SparkSession spark() {
    return SparkTest.spark();
  }

  public static Dataset<Row> edges(List<Edge> edges) {
    List<Row> rows = new ArrayList<>();
    edges.forEach(e -> rows.add(RowFactory.create(e.source(), e.destination(), e.weight())));
    return spark()
        .createDataFrame(rows, StructType.fromDDL("src_key bigint, dst_key bigint, weight double"));
  }

  public static Dataset<Row> shares(Map<Long, Double> shares) {
    return accounts(shares, "preference_share");
  }

  public static Dataset<Row> accounts(Map<Long, Double> numbers, String column) {
    List<Row> rows = new ArrayList<>();
    numbers.forEach((key, number) -> rows.add(RowFactory.create(key, number)));
    return spark()
        .createDataFrame(rows, StructType.fromDDL("account_key bigint, " + column + " double"));
  }

  /** A graph with hubs, dangling vertices, duplicates and loops, and scattered 64-bit ids. */
  public static List<Edge> random(long seed, int vertices, int edges, boolean weighted) {
    Random random = new Random(seed);
    long[] ids = random.longs(vertices).toArray();
    List<Edge> all = new ArrayList<>();
    for (int i = 0; i < edges; i++) {
      int source = (int) (vertices * Math.pow(random.nextDouble(), 3));
      int destination = (int) (vertices * Math.pow(random.nextDouble(), 2));
      double weight = weighted ? Math.exp(3 * random.nextGaussian()) : 1;
      all.add(new Edge(ids[source], ids[vertices - 1 - destination], weight));
    }
    return all;
  }

  /** Each pair once, with weight 1. */
  public static List<Edge> distinct(List<Edge> edges) {
    Map<Long, TreeSet<Long>> seen = new HashMap<>();
    List<Edge> distinct = new ArrayList<>();
    for (Edge e : edges) {
      if (seen.computeIfAbsent(e.source(), k -> new TreeSet<>()).add(e.destination())) {
        distinct.add(new Edge(e.source(), e.destination(), 1));
      }
    }
    return distinct;
  }

  /**
   * Serial PageRank by the definition, pushing along edges; shares what the engine says it
   * computes, and no code, layout or order with it. A null preference is uniform.
   */
  public static Map<Long, Double> serial(
      List<Edge> edges, Map<Long, Double> preference, double damping, int iterations) {
    Map<Long, Double> outWeight = new TreeMap<>();
    TreeMap<Long, Double> share = new TreeMap<>();
    for (Edge e : edges) {
      outWeight.merge(e.source(), e.weight(), Double::sum);
      share.put(e.source(), preference == null ? 1.0 : 0.0);
      share.put(e.destination(), preference == null ? 1.0 : 0.0);
    }
    if (preference != null) {
      share.putAll(preference);
    }
    double total = share.values().stream().mapToDouble(s -> s).sum();
    share.replaceAll((key, s) -> s / total);
    Map<Long, Double> rank = new TreeMap<>(share);
    for (int i = 0; i < iterations; i++) {
      Map<Long, Double> next = new TreeMap<>();
      double left = 1;
      for (Edge e : edges) {
        double moved = damping * rank.get(e.source()) * e.weight() / outWeight.get(e.source());
        next.merge(e.destination(), moved, Double::sum);
        left -= moved;
      }
      double rest = left;
      share.forEach((key, s) -> next.merge(key, rest * s, Double::sum));
      rank = next;
    }
    return rank;
  }

  public static double distance(Map<Long, Double> a, Map<Long, Double> b) {
    if (!a.keySet().equals(b.keySet())) {
      throw new AssertionError("different accounts: " + a.size() + " and " + b.size());
    }
    return a.keySet().stream().mapToDouble(key -> Math.abs(a.get(key) - b.get(key))).sum();
  }

  public static Map<Long, Double> ranks(RankResult result) {
    return ranks(result.ranks());
  }

  public static Map<Long, Double> ranks(Dataset<Row> ranks) {
    Map<Long, Double> byKey = new TreeMap<>();
    for (Row row : ranks.collectAsList()) {
      Double before = byKey.put(row.getAs("account_key"), row.getAs("rank"));
      if (before != null) {
        throw new AssertionError("an account twice");
      }
    }
    return byKey;
  }

  public static Map<Long, Double> rank(List<Edge> edges, RankOptions options) {
    return rank(edges, null, options);
  }

  public static Map<Long, Double> rank(
      List<Edge> edges, Map<Long, Double> preference, RankOptions options) {
    try (RankResult result =
        RankEngine.rank(
            edges(edges),
            preference == null ? null : shares(preference),
            Optional.empty(),
            options)) {
      return ranks(result);
    }
  }

  /** A file of the real data; the test is skipped where there are none. */
  public static Path realData(String path) {
    String root = System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data");
    Path file = Path.of(root).resolve(path);
    Assumptions.assumeTrue(Files.exists(file), "no real data: " + file + " is absent");
    return file;
  }
}
