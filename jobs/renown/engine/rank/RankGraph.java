package renown.engine.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
import renown.kernels.rank.BlockLayout;
import renown.kernels.rank.EdgeBlock;
import renown.kernels.rank.EdgeColumns;
import renown.kernels.rank.Hubs;
import renown.kernels.rank.OwnedVertices;
import renown.kernels.rank.RawBlock;
import renown.run.RenownException;
import scala.Tuple2;

/**
 * A graph as edge blocks in the executors' memory, which can be ranked repeatedly. Lost blocks are
 * rebuilt from the edges, bit for bit.
 */
public final class RankGraph implements AutoCloseable {
  /**
   * Spark settings for the exchange: ranks do not compress, and a checksum of data in the page
   * cache costs more than the copy.
   */
  public static final Map<String, String> SPARK_SETTINGS =
      Map.of(
          "spark.shuffle.compress", "false",
          "spark.shuffle.checksum.enabled", "false",
          "spark.shuffle.file.buffer", "1m",
          "spark.serializer", "org.apache.spark.serializer.KryoSerializer");

  /** More would mean that a single account fills a block. */
  private static final int MOST_BLOCKS = 1 << 12;

  private static final String EDGE_RULE = "weights must be above 0 and at most 3.4e38";
  private static final String ACCOUNT_RULE = "an account key must not be null";

  private final SparkSession spark;
  private final JavaRDD<EdgeBlock> edgeBlocks;
  private final int blocks;
  private final int coresPerBlock;
  private final long vertices;
  private final long edges;
  private final long arrayBytes;
  private final long mirrors;
  private final double buildSeconds;

  private RankGraph(
      SparkSession spark,
      JavaRDD<EdgeBlock> edgeBlocks,
      int blocks,
      int coresPerBlock,
      long[] sizes,
      double seconds) {
    this.spark = spark;
    this.edgeBlocks = edgeBlocks;
    this.blocks = blocks;
    this.coresPerBlock = coresPerBlock;
    this.vertices = sizes[0];
    this.edges = sizes[1];
    this.arrayBytes = sizes[2];
    this.mirrors = sizes[3];
    this.buildSeconds = seconds;
  }

  /**
   * Builds the blocks.
   *
   * @param edges columns {@code src_key} and {@code dst_key} (long, any values) and perhaps {@code
   *     weight} (float or double, above 0, at most the largest float; narrowed to float; 1 where
   *     there is no such column). Rows of one pair are added up. Must give the same rows each time
   *     it is read
   * @param accounts column {@code account_key}: vertices besides those of the edges; null for none
   * @param blocks number of blocks; 0 for one per executor, or more where a block could not hold
   *     its edges. A block is worked on by as many threads as it has cores for itself
   * @throws RenownException if an edge has a null or a weight out of range, or if blocks that were
   *     asked for would not hold their edges
   */
  public static RankGraph build(Dataset<Row> edges, Dataset<Row> accounts, int blocks) {
    return build(edges, accounts, blocks, RawBlock.MOST_EDGES, Hubs.FEWEST_EDGES);
  }

  /**
   * See {@link #build(Dataset, Dataset, int)}.
   *
   * @param most edges of a block
   * @param fewestOfHub see {@link Hubs#bound}
   */
  static RankGraph build(
      Dataset<Row> edges, Dataset<Row> accounts, int blocks, long most, long fewestOfHub) {
    long start = System.nanoTime();
    SparkSession spark = edges.sparkSession();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int count = blocks > 0 ? blocks : executors(spark);
    boolean isGiven = blocks > 0;
    while (true) {
      int cores = Math.max(1, cores(spark) / count);
      Optional<RankGraph> built =
          count == 1
              ? buildWhole(edges, accounts, cores, most, fewestOfHub, start)
              : buildParts(edges, accounts, count, cores, most, fewestOfHub, start);
      if (built.isPresent()) {
        return built.get();
      }
      if (isGiven || count > MOST_BLOCKS / 2) {
        throw RenownException.data(
            "%s block%s of the rank engine: one would hold more than the %s edges that fit; %s.",
            count,
            count == 1 ? "" : "s",
            most,
            isGiven ? "ask for more blocks, or for 0" : "one account draws too many of them");
      }
      count *= 2;
    }
  }

  /**
   * One block: columns of edges are kept where they were read, then laid out by one task.
   *
   * @return empty if there are more edges than fit
   */
  private static Optional<RankGraph> buildWhole(
      Dataset<Row> edges,
      Dataset<Row> accounts,
      int cores,
      long most,
      long fewestOfHub,
      long start) {
    SparkSession spark = edges.sparkSession();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    CollectionAccumulator<String> invalid = spark.sparkContext().collectionAccumulator();
    context.setJobDescription("rank: read edges");
    JavaRDD<EdgeColumns> columns =
        Routing.columns(edgeColumns(edges), invalid).persist(StorageLevel.MEMORY_AND_DISK());
    long given = columns.map(EdgeColumns::edges).fold(0L, Long::sum);
    refuse("edges", invalid, EDGE_RULE);
    if (given > most) {
      columns.unpersist(false);
      return Optional.empty();
    }
    context.setJobDescription("rank: lay out the block");
    JavaRDD<long[]> keys =
        accounts == null
            ? context.<long[]>emptyRDD()
            : Routing.keys(accounts.select(accounts.col("account_key").cast("long")), invalid);
    JavaRDD<EdgeBlock> edgeBlocks =
        whole(columns)
            .zipPartitions(
                whole(keys),
                (parts, further) ->
                    List.of(EdgeColumns.layOut(listed(parts), listed(further), fewestOfHub, cores))
                        .iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    long[] sizes = sizes(edgeBlocks);
    refuse("accounts", invalid, ACCOUNT_RULE);
    columns.unpersist(false);
    context.setJobDescription(null);
    return Optional.of(
        new RankGraph(spark, edgeBlocks, 1, cores, sizes, (System.nanoTime() - start) / 1e9));
  }

  /** All partitions as one, also where there is none. */
  private static <T> JavaRDD<T> whole(JavaRDD<T> parts) {
    return parts.getNumPartitions() == 0 ? parts.repartition(1) : parts.coalesce(1);
  }

  private static <T> List<T> listed(Iterator<T> each) {
    List<T> all = new ArrayList<>();
    each.forEachRemaining(all::add);
    return all;
  }

  /**
   * Several blocks: two small exchanges after the one that routes the edges.
   *
   * @return empty if a block would have more edges than fit
   */
  private static Optional<RankGraph> buildParts(
      Dataset<Row> edges,
      Dataset<Row> accounts,
      int count,
      int coresPerBlock,
      long most,
      long fewestOfHub,
      long start) {
    SparkSession spark = edges.sparkSession();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    CollectionAccumulator<String> invalid = spark.sparkContext().collectionAccumulator();
    context.setJobDescription("rank: find hubs");
    long[] hubs = Routing.hubs(edgeColumns(edges), fewestOfHub);
    context.setJobDescription("rank: route edges");
    Exchange.Delivered routed =
        Exchange.deliver(Routing.edges(edgeColumns(edges), hubs, count, invalid), count);
    JavaRDD<RawBlock> raw =
        routed
            .messages()
            .mapPartitionsWithIndex(
                (number, messages) ->
                    List.of(RawBlock.read(number, hubs, messages, coresPerBlock, most)).iterator(),
                true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    Tuple2<Float, Boolean> found =
        raw.map(block -> new Tuple2<>(block.largestWeight, block.isOverfull))
            .reduce((a, b) -> new Tuple2<>(Math.max(a._1(), b._1()), a._2() || b._2()));
    refuse("edges", invalid, EDGE_RULE);
    if (found._2()) {
      raw.unpersist(false);
      routed.drop();
      return Optional.empty();
    }
    float largestWeight = found._1();
    int scaleExponent = BlockLayout.scaleExponent(largestWeight);

    context.setJobDescription("rank: lay out blocks");
    Exchange.Delivered requests =
        Exchange.deliver(
            raw.mapPartitions(
                rawHere ->
                    BlockLayout.requests(count, rawHere.next(), scaleExponent, coresPerBlock),
                true),
            count);
    JavaRDD<Tuple2<Integer, byte[]>> accountRows =
        accounts == null
            ? context.emptyRDD()
            : Routing.accounts(
                accounts.select(accounts.col("account_key").cast("long"), functions.lit(0.0)),
                count,
                invalid);
    Exchange.Delivered accountMessages = Exchange.deliver(accountRows, count);
    JavaRDD<OwnedVertices> owned =
        raw.zipPartitions(
                requests.messages(),
                (rawHere, messages) -> List.of(new Tuple2<>(rawHere.next(), messages)).iterator())
            .zipPartitions(
                accountMessages.messages(),
                (pair, messages) -> {
                  var both = pair.next();
                  return List.of(
                          BlockLayout.own(count, both._1(), scaleExponent, both._2(), messages))
                      .iterator();
                })
            .persist(StorageLevel.MEMORY_AND_DISK());
    Exchange.Delivered replies =
        Exchange.deliver(
            owned.mapPartitions(ownedHere -> BlockLayout.replies(ownedHere.next()), true), count);
    JavaRDD<EdgeBlock> edgeBlocks =
        owned
            .zipPartitions(
                replies.messages(),
                (ownedHere, messages) ->
                    List.of(
                            BlockLayout.assemble(
                                count, ownedHere.next(), messages, scaleExponent, coresPerBlock))
                        .iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    long[] sizes = sizes(edgeBlocks);
    refuse("accounts", invalid, ACCOUNT_RULE);
    owned.unpersist(false);
    raw.unpersist(false);
    for (Exchange.Delivered delivered : List.of(routed, requests, accountMessages, replies)) {
      delivered.drop();
    }
    context.setJobDescription(null);
    return Optional.of(
        new RankGraph(
            spark, edgeBlocks, count, coresPerBlock, sizes, (System.nanoTime() - start) / 1e9));
  }

  private static long[] sizes(JavaRDD<EdgeBlock> edgeBlocks) {
    edgeBlocks.setName("rank: edge blocks");
    return edgeBlocks
        .map(
            block ->
                new long[] {block.vertices(), block.edges(), block.arrayBytes(), block.mirrors()})
        .reduce((a, b) -> new long[] {a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]});
  }

  /** Cores of the registered executors; Spark's default parallelism may be set to anything. */
  private static int cores(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    int tasks =
        context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    return Math.max(1, tasks > 0 ? tasks : context.defaultParallelism());
  }

  /** Executors that are there; the driver is one where it runs the tasks itself. */
  private static int executors(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    int members = context.getExecutorMemoryStatus().size();
    return Math.max(1, context.isLocal() ? members : members - 1);
  }

  private static Dataset<Row> edgeColumns(Dataset<Row> edges) {
    boolean hasWeights = Arrays.asList(edges.columns()).contains("weight");
    Column source = edges.col("src_key").cast("long");
    Column destination = edges.col("dst_key").cast("long");
    return hasWeights
        ? edges.select(source, destination, edges.col("weight").cast("double"))
        : edges.select(source, destination);
  }

  static void refuse(String what, CollectionAccumulator<String> invalid, String rule) {
    if (!invalid.value().isEmpty()) {
      throw RenownException.data("%s: %s; %s.", what, invalid.value().get(0), rule);
    }
  }

  /** Distinct accounts. */
  public long vertices() {
    return vertices;
  }

  /** Distinct pairs of accounts. */
  public long edges() {
    return edges;
  }

  public int blocks() {
    return blocks;
  }

  /** Threads that work on the graph, all blocks together. */
  public int cores() {
    return blocks * coresPerBlock;
  }

  /** Threads that work on a block. */
  int coresPerBlock() {
    return coresPerBlock;
  }

  /** Bytes of all blocks' arrays. */
  public long arrayBytes() {
    return arrayBytes;
  }

  /** Mirrored vertices, counted once per block: the volume of one exchange. */
  public long mirrors() {
    return mirrors;
  }

  /** Wall time of {@link #build}. */
  public double buildSeconds() {
    return buildSeconds;
  }

  SparkSession spark() {
    return spark;
  }

  JavaRDD<EdgeBlock> edgeBlocks() {
    return edgeBlocks;
  }

  /** Frees the executors' memory. */
  @Override
  public void close() {
    edgeBlocks.unpersist(false);
  }
}
