package renown.lab.benchmark;

import static org.apache.spark.sql.functions.expr;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import renown.engine.rank.RankGraph;
import renown.run.Progress;
import renown.run.RenownException;

/**
 * PageRank of one graph by everybody, in turns: each round every contender runs once, so that what
 * else the machine does hits all alike. The first round warms up; of the others the median counts.
 */
final class RankSuite {
  static final List<String> COMPETITORS =
      List.of(
          "ours",
          "ours-weighted",
          "kernel",
          "kernel-weighted",
          "serial",
          "law",
          "graphx",
          "dataset");

  private static final long SEED = 1;
  private static final int EDGES_IN_DRIVER = 1 << 30;

  /**
   * What to do.
   *
   * @param edges path of an edge list; null for a generated graph
   */
  record Settings(
      String edges,
      int scale,
      int edgeFactor,
      boolean dense,
      int rounds,
      int iterations,
      List<String> competitors,
      Map<String, Double> referenceSeconds) {}

  private final SparkSession spark;
  private final Progress progress;
  private final Settings settings;
  private final Map<String, Double> firstBuildSeconds = new HashMap<>();

  RankSuite(SparkSession spark, Progress progress, Settings settings) {
    this.spark = spark;
    this.progress = progress;
    this.settings = settings;
  }

  /** Measures; the table is printed, the numbers are given back. */
  Map<String, Object> run() throws Exception {
    // Contenders start from the same Parquet files, so that a build time holds reading them.
    Path folder = Files.createTempDirectory("renown-benchmark");
    List<Contender> contenders = new ArrayList<>();
    try {
      String path = folder.resolve("edges").toUri().toString();
      // Any weights will do, as long as they differ: 1 to 11.
      source()
          .withColumn("weight", expr("1 + pmod(xxhash64(src_key, dst_key), 1000) / 100D"))
          .write()
          .parquet(path);
      Dataset<Row> edges = spark.read().parquet(path);
      return measure(edges, contenders);
    } finally {
      contenders.forEach(Contender::close);
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private Dataset<Row> source() {
    if (settings.edges() == null) {
      return RmatEdges.generate(
          spark, settings.scale(), settings.edgeFactor(), settings.dense(), SEED);
    }
    return spark
        .read()
        .text(settings.edges())
        .selectExpr("split(trim(split(value, '[#%]')[0]), '[\\\\s,]+') as fields")
        .where("size(fields) >= 2")
        .selectExpr("cast(fields[0] as bigint) as src_key", "cast(fields[1] as bigint) as dst_key")
        .where("src_key <> dst_key")
        .dropDuplicates();
  }

  private Map<String, Object> measure(Dataset<Row> edges, List<Contender> contenders)
      throws Exception {
    long edgeCount = edges.count();
    if (edgeCount == 0 || edgeCount > EDGES_IN_DRIVER) {
      throw RenownException.data(
          "the graph has %s edges; the benchmark compares on 1 to %s.", edgeCount, EDGES_IN_DRIVER);
    }
    long[][] pairs = pairs(edges, (int) edgeCount);
    Map<String, Long> heapBytes = new HashMap<>();
    Warming warming = new Warming(contenders, heapBytes);
    long before = Measurements.liveHeapBytes();
    Contenders.Engine ours = new Contenders.Engine("ours", edges.select("src_key", "dst_key"));
    warming.add(before, ours);
    int cores = ours.graph().cores();
    if (takesPart("ours-weighted")) {
      before = Measurements.liveHeapBytes();
      warming.add(before, new Contenders.Engine("ours-weighted", edges));
    }
    if (takesPart("kernel")) {
      before = Measurements.liveHeapBytes();
      warming.add(before, new Contenders.Kernel("kernel", pairs[0], pairs[1], null));
    }
    if (takesPart("kernel-weighted")) {
      float[] weights = new float[pairs[0].length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = 1 + (pairs[0][i] * 31 + pairs[1][i] & 1023) / 100f;
      }
      before = Measurements.liveHeapBytes();
      warming.add(before, new Contenders.Kernel("kernel-weighted", pairs[0], pairs[1], weights));
    }
    before = Measurements.liveHeapBytes();
    long start = System.nanoTime();
    SerialPageRank serial = new SerialPageRank(pairs[0], pairs[1]);
    warming.add(before, new Contenders.Serial(serial, (System.nanoTime() - start) / 1e9));
    if (takesPart("law")) {
      before = Measurements.liveHeapBytes();
      warming.add(before, new Contenders.Law(serial, cores));
    }
    if (takesPart("graphx")) {
      before = Measurements.liveHeapBytes();
      warming.add(before, new Contenders.GraphX(edges));
    }
    if (takesPart("dataset")) {
      before = Measurements.liveHeapBytes();
      warming.add(before, new Contenders.DatasetJoins(edges));
    }
    Map<String, double[]> builds = new LinkedHashMap<>();
    Map<String, double[]> seconds = rounds(contenders, builds);
    return report(contenders, seconds, builds, heapBytes, serial, ours, edgeCount);
  }

  /** Takes contenders in: each runs once, and what it then holds in the heap is noted. */
  private final class Warming {
    private final List<Contender> contenders;
    private final Map<String, Long> heapBytes;

    Warming(List<Contender> contenders, Map<String, Long> heapBytes) {
      this.contenders = contenders;
      this.heapBytes = heapBytes;
    }

    /**
     * @param before what was alive in the heap before it was built
     */
    void add(long before, Contender contender) throws Exception {
      contenders.add(contender);
      firstBuildSeconds.put(contender.name(), contender.buildSeconds());
      contender.run(settings.iterations());
      heapBytes.put(contender.name(), Math.max(0, Measurements.liveHeapBytes() - before));
      progress.say("Warmed up: %s.", contender.name());
    }
  }

  private boolean takesPart(String name) {
    return settings.competitors().contains(name);
  }

  /** Sources and destinations in the driver: packed in the executors, since rows are slow. */
  private static long[][] pairs(Dataset<Row> edges, int count) {
    MapPartitionsFunction<Row, byte[]> pack = PackedPairs::new;
    Iterator<byte[]> each = edges.mapPartitions(pack, Encoders.BINARY()).toLocalIterator();
    long[][] pairs = new long[2][count];
    int at = 0;
    while (each.hasNext()) {
      LongBuffer packed = ByteBuffer.wrap(each.next()).asLongBuffer();
      while (packed.hasRemaining()) {
        pairs[0][at] = packed.get();
        pairs[1][at++] = packed.get();
      }
    }
    return pairs;
  }

  /** Pairs as arrays of bytes, a hundred thousand at a time. */
  private static final class PackedPairs implements Iterator<byte[]> {
    private static final int PAIRS = 100_000;

    private final Iterator<Row> rows;

    PackedPairs(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public byte[] next() {
      ByteBuffer packed = ByteBuffer.allocate(PAIRS * 2 * Long.BYTES);
      while (rows.hasNext() && packed.hasRemaining()) {
        Row row = rows.next();
        packed.putLong(row.getLong(0)).putLong(row.getLong(1));
      }
      return Arrays.copyOf(packed.array(), packed.position());
    }
  }

  /**
   * Seconds per iteration of every contender and round.
   *
   * @param builds filled with the seconds of the rounds' builds
   */
  private Map<String, double[]> rounds(List<Contender> contenders, Map<String, double[]> builds)
      throws Exception {
    Map<String, double[]> seconds = new LinkedHashMap<>();
    for (int round = 0; round < settings.rounds(); round++) {
      for (Contender contender : contenders) {
        contender.rebuild();
        builds.computeIfAbsent(contender.name(), n -> new double[settings.rounds()])[round] =
            contender.buildSeconds();
        seconds.computeIfAbsent(contender.name(), n -> new double[settings.rounds()])[round] =
            contender.run(settings.iterations()).secondsPerIteration();
      }
      progress.say("Round %d of %d.", round + 1, settings.rounds());
    }
    return seconds;
  }

  private Map<String, Object> report(
      List<Contender> contenders,
      Map<String, double[]> seconds,
      Map<String, double[]> builds,
      Map<String, Long> heapBytes,
      SerialPageRank serial,
      Contenders.Engine engine,
      long edgeCount)
      throws Exception {
    RankGraph graph = engine.graph();
    int cores = graph.cores();
    double ours = Measurements.median(seconds.get("ours"));
    progress.say(
        "%n%,d vertices, %,d edges, %d cores, %d rounds of %d iterations",
        serial.keys().length, edgeCount, cores, settings.rounds(), settings.iterations());
    progress.say(
        "%-18s %14s %14s %9s %10s %10s %9s %12s",
        "",
        "ms/iteration",
        "edges/s",
        "to ours",
        "1st build",
        "build s",
        "heap MB",
        "L1 to serial");
    Map<String, Object> results = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      double median = Measurements.median(seconds.get(contender.name()));
      double build = Measurements.median(builds.get(contender.name()));
      // Other weights give other ranks: only unweighted contenders can be compared.
      Double distance = contender.name().contains("-weighted") ? null : distance(contender, serial);
      progress.say(
          "%-18s %14.2f %14.3g %9.2f %10.2f %10.2f %,9d %12s",
          contender.name(),
          median * 1e3,
          edgeCount / median,
          median / ours,
          firstBuildSeconds.get(contender.name()),
          build,
          heapBytes.get(contender.name()) >> 20,
          distance == null ? "" : String.format("%.2g", distance));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("seconds_per_iteration", median);
      result.put("seconds_per_iteration_by_round", seconds.get(contender.name()));
      result.put("edges_per_second", edgeCount / median);
      result.put("ratio_to_ours", median / ours);
      result.put("first_build_seconds", firstBuildSeconds.get(contender.name()));
      result.put("build_seconds", build);
      result.put("build_seconds_by_round", builds.get(contender.name()));
      result.put("heap_bytes", heapBytes.get(contender.name()));
      result.put("l1_distance_to_serial", distance);
      results.put(contender.name(), result);
    }
    settings.referenceSeconds().forEach((name, each) -> reference(name, each, ours, results));
    Map<String, Object> measured = new LinkedHashMap<>();
    measured.put("suite", "rank");
    measured.put(
        "graph",
        settings.edges() == null
            ? "rmat scale " + settings.scale() + " edge factor " + settings.edgeFactor()
            : settings.edges());
    measured.put("vertices", serial.keys().length);
    measured.put("edges", edgeCount);
    measured.put("cores", cores);
    measured.put("iterations", settings.iterations());
    measured.put("contenders", results);
    measured.put("memory", memory(graph, ours, cores));
    return measured;
  }

  private void reference(String name, double seconds, double ours, Map<String, Object> results) {
    progress.say(
        "%-18s %14.2f %14s %9.2f %44s", name, seconds * 1e3, "", seconds / ours, "(as given)");
    results.put(name, Map.of("seconds_per_iteration", seconds, "ratio_to_ours", seconds / ours));
  }

  private static double distance(Contender contender, SerialPageRank serial) throws Exception {
    double[] ranks = contender.ranks(serial.keys());
    double distance = 0;
    for (int i = 0; i < ranks.length; i++) {
      distance += Math.abs(ranks[i] - serial.ranks()[i]);
    }
    return distance;
  }

  /** What an iteration has to move at the least, beside what the memory can move. */
  private Map<String, Object> memory(RankGraph graph, double seconds, int cores)
      throws InterruptedException {
    // Per edge a column and the mirror that it gathers. Per vertex: inverse out-weight read,
    // contribution written. Per mirror: outbox row and contribution read, message written and
    // read, mirror written.
    double edgeBytes = 4;
    double gatheredBytes = 4;
    double vertexBytes = 8 + 4;
    double mirrorBytes = 5 * 4;
    double streamed =
        graph.edges() * edgeBytes + graph.vertices() * vertexBytes + graph.mirrors() * mirrorBytes;
    double all = streamed + graph.edges() * gatheredBytes;
    double triad = Measurements.triadBytesPerSecond(cores);
    progress.say(
        "%nPer iteration: %.1f bytes per edge, %.0f per vertex, %.0f per mirror (%.2f mirrors per"
            + " vertex).",
        edgeBytes + gatheredBytes,
        vertexBytes,
        mirrorBytes,
        graph.mirrors() / (double) graph.vertices());
    progress.say(
        "Moved: %.2f GB/s (%.2f GB/s without gathers, which caches serve in part);"
            + " triad of this machine: %.2f GB/s.",
        all / seconds / 1e9, streamed / seconds / 1e9, triad / 1e9);
    progress.say("Blocks: %,d MB in memory.", graph.arrayBytes() >> 20);
    Map<String, Object> memory = new LinkedHashMap<>();
    memory.put("bytes_per_edge", edgeBytes + gatheredBytes);
    memory.put("bytes_per_vertex", vertexBytes);
    memory.put("bytes_per_mirror", mirrorBytes);
    memory.put("mirrors", graph.mirrors());
    memory.put("block_bytes", graph.arrayBytes());
    memory.put("moved_bytes_per_second", all / seconds);
    memory.put("triad_bytes_per_second", triad);
    return memory;
  }
}
