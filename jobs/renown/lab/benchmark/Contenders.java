package renown.lab.benchmark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import it.unimi.dsi.law.rank.PageRankParallelPowerSeries;
import it.unimi.dsi.law.rank.SpectralRanking.IterationNumberStoppingCriterion;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.graphx.Edge;
import org.apache.spark.graphx.Graph;
import org.apache.spark.graphx.lib.PageRank;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.helpers.NOPLogger;
import renown.engine.rank.RankEngine;
import renown.engine.rank.RankGraph;
import renown.engine.rank.RankResult;
import renown.kernels.rank.LocalRanking;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.StoppingRule;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Everybody who ranks in the benchmark. */
final class Contenders {
  static final double DAMPING_FACTOR = 0.85;

  private Contenders() {}

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The product's engine, from a table of edges. */
  static final class Engine implements Contender {
    private final String name;
    private final Dataset<Row> edges;
    private RankGraph graph;
    private RankResult last;

    Engine(String name, Dataset<Row> edges) {
      this.name = name;
      this.edges = edges;
      this.graph = RankGraph.build(edges, null, 0);
    }

    @Override
    public void rebuild() {
      close();
      graph = RankGraph.build(edges, null, 0);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Run run(int iterations) {
      release();
      RankOptions options =
          RankOptions.standard()
              .withDampingFactor(DAMPING_FACTOR)
              .withMaxIterations(iterations)
              .withChainLength(10)
              .withStoppingRule(new StoppingRule.Iterations(iterations));
      last = RankEngine.rank(graph, null, Optional.empty(), options);
      return new Run(last.report().iterationSeconds(), iterations);
    }

    @Override
    public double[] ranks(long[] sortedKeys) {
      return byKey(last.ranks(), sortedKeys);
    }

    @Override
    public double buildSeconds() {
      return graph.buildSeconds();
    }

    RankGraph graph() {
      return graph;
    }

    private void release() {
      if (last != null) {
        last.close();
        last = null;
      }
    }

    @Override
    public void close() {
      release();
      graph.close();
    }
  }

  /** The engine's kernel without Spark, one thread. */
  static final class Kernel implements Contender {
    private final String name;
    private final LocalRanking ranking;
    private final double buildSeconds;

    /**
     * @param weights null where all are 1
     */
    Kernel(String name, long[] sources, long[] destinations, float[] weights) {
      this.name = name;
      long start = System.nanoTime();
      ranking = new LocalRanking(sources, destinations, weights, 1);
      buildSeconds = secondsSince(start);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Run run(int iterations) {
      ranking.reset();
      long start = System.nanoTime();
      ranking.iterate(iterations, DAMPING_FACTOR);
      return new Run(secondsSince(start), iterations);
    }

    @Override
    public double[] ranks(long[] sortedKeys) {
      double[] ranks = new double[sortedKeys.length];
      long[] keys = ranking.keys();
      double[] found = ranking.ranks();
      for (int i = 0; i < keys.length; i++) {
        ranks[Arrays.binarySearch(sortedKeys, keys[i])] = found[i];
      }
      return ranks;
    }

    @Override
    public double buildSeconds() {
      return buildSeconds;
    }

    @Override
    public void close() {}
  }

  /** Plain Java, one thread, labels as given: the COST baseline. */
  static final class Serial implements Contender {
    private final SerialPageRank ranking;
    private final double buildSeconds;

    Serial(SerialPageRank ranking, double buildSeconds) {
      this.ranking = ranking;
      this.buildSeconds = buildSeconds;
    }

    @Override
    public String name() {
      return "serial";
    }

    @Override
    public Run run(int iterations) {
      ranking.reset();
      long start = System.nanoTime();
      ranking.iterate(iterations, DAMPING_FACTOR);
      return new Run(secondsSince(start), iterations);
    }

    @Override
    public double[] ranks(long[] sortedKeys) {
      return ranking.ranks().clone();
    }

    @Override
    public double buildSeconds() {
      return buildSeconds;
    }

    @Override
    public void close() {}
  }

  /** LAW's parallel power series over a graph in arrays. */
  static final class Law implements Contender {
    private final PageRankParallelPowerSeries ranking;
    private final double buildSeconds;

    Law(SerialPageRank arrays, int threads) {
      long start = System.nanoTime();
      ranking =
          new PageRankParallelPowerSeries(
              new LawGraph(arrays.start(), arrays.sources()), threads, NOPLogger.NOP_LOGGER);
      ranking.alpha = DAMPING_FACTOR; // LAW's word for the damping factor
      buildSeconds = secondsSince(start);
    }

    @Override
    public String name() {
      return "law";
    }

    @Override
    public Run run(int iterations) throws Exception {
      // Counting out-degrees is part of its first run, so a run of no iteration is taken off.
      long start = System.nanoTime();
      ranking.stepUntil(new IterationNumberStoppingCriterion(1));
      double one = secondsSince(start);
      start = System.nanoTime();
      ranking.stepUntil(new IterationNumberStoppingCriterion(iterations + 1));
      return new Run(secondsSince(start) - one, iterations);
    }

    @Override
    public double[] ranks(long[] sortedKeys) {
      return ranking.rank.clone();
    }

    @Override
    public double buildSeconds() {
      return buildSeconds;
    }

    @Override
    public void close() {}
  }

  /** GraphX, with its graph cached. */
  static final class GraphX implements Contender {
    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    private final Graph<Object, Object> graph;
    private final double buildSeconds;
    private Graph<Object, Object> last;

    GraphX(Dataset<Row> edges) {
      long start = System.nanoTime();
      JavaRDD<Edge<Object>> list =
          edges
              .select("src_key", "dst_key")
              .javaRDD()
              .map(row -> new Edge<Object>(row.getLong(0), row.getLong(1), 1));
      graph =
          Graph.fromEdges(
              list.rdd(),
              (Object) 1,
              StorageLevel.MEMORY_ONLY(),
              StorageLevel.MEMORY_ONLY(),
              ANY,
              ANY);
      graph.cache();
      graph.edges().count();
      graph.vertices().count();
      buildSeconds = secondsSince(start);
    }

    @Override
    public String name() {
      return "graphx";
    }

    @Override
    public Run run(int iterations) {
      if (last != null) {
        last.unpersist(false);
      }
      long start = System.nanoTime();
      last = PageRank.run(graph, iterations, 1 - DAMPING_FACTOR, ANY, ANY);
      last.vertices().count();
      return new Run(secondsSince(start), iterations);
    }

    @Override
    public double[] ranks(long[] sortedKeys) {
      double[] ranks = new double[sortedKeys.length];
      Iterator<Tuple2<Object, Object>> each = last.vertices().toJavaRDD().toLocalIterator();
      double total = 0;
      while (each.hasNext()) {
        Tuple2<Object, Object> vertex = each.next();
        double rank = (Double) vertex._2();
        ranks[Arrays.binarySearch(sortedKeys, (Long) vertex._1())] = rank;
        total += rank;
      }
      for (int i = 0; i < ranks.length; i++) {
        ranks[i] /= total; // its ranks add up to the number of vertices
      }
      return ranks;
    }

    @Override
    public double buildSeconds() {
      return buildSeconds;
    }

    @Override
    public void close() {
      graph.unpersist(false);
      if (last != null) {
        last.unpersist(false);
      }
    }
  }

  /** Joins and groupings of Datasets, with the edges cached and the lineage cut each time. */
  static final class DatasetJoins implements Contender {
    private final Dataset<Row> edges;
    private final Dataset<Row> vertices;
    private final long vertexCount;
    private final double buildSeconds;
    private Dataset<Row> last;

    DatasetJoins(Dataset<Row> given) {
      long start = System.nanoTime();
      edges = given.select("src_key", "dst_key").persist(StorageLevel.MEMORY_ONLY());
      Dataset<Row> degrees =
          edges.groupBy(col("src_key").as("account_key")).agg(count(lit(1)).as("out_degree"));
      vertices =
          edges
              .select(col("src_key").as("account_key"))
              .union(edges.select(col("dst_key").as("account_key")))
              .distinct()
              .join(degrees, new String[] {"account_key"}, "left")
              .persist(StorageLevel.MEMORY_ONLY());
      vertexCount = vertices.count();
      buildSeconds = secondsSince(start);
    }

    @Override
    public String name() {
      return "dataset";
    }

    @Override
    public Run run(int iterations) {
      long start = System.nanoTime();
      Dataset<Row> ranks = vertices.withColumn("rank", lit(1.0 / vertexCount)).localCheckpoint();
      for (int i = 0; i < iterations; i++) {
        Row dangling =
            ranks.where("out_degree is null").agg(coalesce(sum("rank"), lit(0.0))).first();
        double base = (1 - DAMPING_FACTOR + DAMPING_FACTOR * dangling.getDouble(0)) / vertexCount;
        Dataset<Row> received =
            edges
                .join(ranks.withColumnRenamed("account_key", "src_key"), "src_key")
                .groupBy(col("dst_key").as("account_key"))
                .agg(sum(col("rank").divide(col("out_degree"))).as("received"));
        Dataset<Row> next =
            ranks
                .drop("rank")
                .join(received, new String[] {"account_key"}, "left")
                .select(
                    col("account_key"),
                    col("out_degree"),
                    coalesce(col("received"), lit(0.0))
                        .multiply(DAMPING_FACTOR)
                        .plus(base)
                        .as("rank"));
        Dataset<Row> before = ranks;
        ranks = next.localCheckpoint();
        before.unpersist();
      }
      last = ranks.select("account_key", "rank");
      return new Run(secondsSince(start), iterations);
    }

    @Override
    public double[] ranks(long[] sortedKeys) {
      return byKey(last, sortedKeys);
    }

    @Override
    public double buildSeconds() {
      return buildSeconds;
    }

    @Override
    public void close() {
      edges.unpersist();
      vertices.unpersist();
    }
  }

  private static double[] byKey(Dataset<Row> rows, long[] sortedKeys) {
    double[] ranks = new double[sortedKeys.length];
    Iterator<Row> each = rows.toLocalIterator();
    while (each.hasNext()) {
      Row row = each.next();
      ranks[Arrays.binarySearch(sortedKeys, row.getLong(0))] = row.getDouble(1);
    }
    return ranks;
  }
}
