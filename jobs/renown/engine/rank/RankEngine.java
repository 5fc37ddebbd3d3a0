package renown.engine.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import renown.kernels.rank.AccountValues;
import renown.kernels.rank.EdgeBlock;
import renown.kernels.rank.ExactSums;
import renown.kernels.rank.Lanes;
import renown.kernels.rank.Lanes.LaneTotals;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.RankReport;
import renown.kernels.rank.RankReport.VectorOutcome;
import renown.kernels.rank.RankState;
import renown.kernels.rank.RankState.Measures;
import renown.kernels.rank.RankStep;
import renown.kernels.rank.StoppingRule;
import renown.run.RenownException;
import scala.Tuple2;

/**
 * Weighted, personalised PageRank of a graph partitioned over executors; the package documentation
 * has the formula, the cost and why every bit is reproducible.
 */
public final class RankEngine {
  /** A tile of 16 floats is one cache line per mirror. */
  static final int WIDE_TILE = 16;

  static final int NARROW_TILE = 8;

  private static final int MOST_RESTARTS = 3;

  /** What an array of bytes holds, less the head of a message. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 1024L;

  /** What Spark calls it that the only copy of something went with the executor that held it. */
  private static final String LOST_STATE = "CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND";

  private final RankGraph graph;
  private final JavaSparkContext context;
  private final RankOptions options;
  private final StorageLevel stateLevel;
  private final LongAccumulator computeNanos;
  private final CollectionAccumulator<String> invalid;
  private int passes;

  private RankEngine(RankGraph graph, RankOptions options) {
    this.graph = graph;
    this.options = options;
    this.context = JavaSparkContext.fromSparkContext(graph.spark().sparkContext());
    // Two copies of the little that cannot be computed again quickly; a local run has one place.
    this.stateLevel =
        context.isLocal() ? StorageLevel.MEMORY_AND_DISK() : StorageLevel.MEMORY_AND_DISK_2();
    this.computeNanos = graph.spark().sparkContext().longAccumulator();
    this.invalid = graph.spark().sparkContext().collectionAccumulator();
  }

  /**
   * Ranks a graph: builds its blocks, iterates, frees the blocks.
   *
   * @param edges see {@link RankGraph#build}
   * @param preference see {@link #rank(RankGraph, Dataset, Optional, RankOptions)}; its accounts
   *     are vertices, with or without edges
   * @param warmStart see there
   * @throws RenownException if the data break the contract
   */
  public static RankResult rank(
      Dataset<Row> edges,
      Dataset<Row> preference,
      Optional<Dataset<Row>> warmStart,
      RankOptions options) {
    try (RankGraph graph = RankGraph.build(edges, preference, options.blocks())) {
      return rank(graph, preference, warmStart, options);
    }
  }

  /**
   * Ranks a graph that is in memory already.
   *
   * @param preference columns {@code account_key} (long), {@code preference_share} (double, 0 to
   *     2^31; brought to sum 1) and, for several vectors, {@code vector} (int, 0, 1, ...; without
   *     the column every vector has the same). Accounts without a row have share 0, accounts that
   *     are no vertices are ignored. Null for the uniform preference vector
   * @param warmStart columns {@code account_key}, {@code rank} (double, 0 to 2^31; brought to sum
   *     1) and perhaps {@code vector}: where to start. Changes the iterations needed and the last
   *     digits, not what is converged to. Accounts without a row start at 0
   * @throws RenownException if the data break the contract
   */
  public static RankResult rank(
      RankGraph graph,
      Dataset<Row> preference,
      Optional<Dataset<Row>> warmStart,
      RankOptions options) {
    return new RankEngine(graph, options).run(preference, warmStart.orElse(null));
  }

  /** Ranks, again from the start where executors took the only copies of something along. */
  private RankResult run(Dataset<Row> preference, Dataset<Row> warmStart) {
    Exchange.Delivered shares = delivered(preference, "preference_share");
    Exchange.Delivered earlier = delivered(warmStart, "rank");
    for (int restart = 0; ; restart++) {
      try {
        RankResult result = attempt(shares, earlier);
        for (Exchange.Delivered messages : Arrays.asList(shares, earlier)) {
          if (messages != null) {
            messages.drop();
          }
        }
        return result;
      } catch (Exception e) {
        // Scala code throws checked exceptions although Java does not see them declared.
        if (!isLost(e) || restart == MOST_RESTARTS) {
          throw e;
        }
      }
    }
  }

  /** Whether a failure, or what brought it about, is that state was lost with an executor. */
  static boolean isLost(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable known && LOST_STATE.equals(known.getCondition())) {
        return true;
      }
    }
    return false;
  }

  private RankResult attempt(Exchange.Delivered shares, Exchange.Delivered earlier) {
    List<JavaRDD<Row>> rows = new ArrayList<>();
    List<JavaRDD<?>> held = new ArrayList<>();
    List<VectorOutcome> outcomes = new ArrayList<>();
    boolean several = options.vectors() > 1;
    double buildSeconds = graph.buildSeconds();
    double iterationSeconds = 0;
    int lanes = 1;
    passes = 0;
    computeNanos.reset();
    for (int first = 0; first < options.vectors(); first += lanes) {
      int left = options.vectors() - first;
      lanes = lanes(left, graph.largest());
      long start = System.nanoTime();
      Tile tile = new Tile(first, Math.min(lanes, left), lanes);
      tile.read(shares, earlier);
      long read = System.nanoTime();
      JavaRDD<RankedRows> ranked = tile.iterate();
      buildSeconds += (read - start) / 1e9;
      iterationSeconds += (System.nanoTime() - read) / 1e9;
      outcomes.addAll(tile.outcomes());
      rows.add(ranked.flatMap(block -> block.rows(several)));
      held.add(ranked);
    }
    context.setJobDescription(null);
    double computeSeconds = computeNanos.value() / 1e9 / graph.blocks();
    RankReport report =
        new RankReport(
            graph.vertices(),
            graph.edges(),
            graph.blocks(),
            List.copyOf(outcomes),
            passes,
            buildSeconds,
            computeSeconds,
            iterationSeconds - computeSeconds,
            graph.mirrors() * lanes(options.vectors(), graph.largest()) * Float.BYTES);
    return new RankResult(graph.spark().createDataFrame(union(rows), resultType()), report, held);
  }

  /**
   * Vectors that travel together. An array and a message hold 2^31 bytes, so of blocks with very
   * many mirrors fewer do: it takes more passes and gives the same bits.
   *
   * @param largest most vertices or mirrors of a block
   */
  static int lanes(int vectors, long largest) {
    int wanted = vectors == 1 ? 1 : vectors <= NARROW_TILE ? NARROW_TILE : WIDE_TILE;
    for (int lanes : new int[] {WIDE_TILE, NARROW_TILE}) {
      if (lanes <= wanted && largest * lanes * Float.BYTES < MOST_BYTES) {
        return lanes;
      }
    }
    return 1;
  }

  private JavaRDD<Row> union(List<JavaRDD<Row>> rows) {
    JavaRDD<Row> all = rows.get(0);
    for (JavaRDD<Row> more : rows.subList(1, rows.size())) {
      all = all.union(more);
    }
    return all;
  }

  private StructType resultType() {
    List<StructField> fields = new ArrayList<>();
    fields.add(new StructField("account_key", DataTypes.LongType, false, Metadata.empty()));
    if (options.vectors() > 1) {
      fields.add(new StructField("vector", DataTypes.IntegerType, false, Metadata.empty()));
    }
    fields.add(new StructField("rank", DataTypes.DoubleType, false, Metadata.empty()));
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** The numbers at their accounts' owners; null for none. */
  private Exchange.Delivered delivered(Dataset<Row> numbers, String column) {
    if (numbers == null) {
      return null;
    }
    boolean perVector = Arrays.asList(numbers.columns()).contains("vector");
    Dataset<Row> columns =
        numbers.select(
            numbers.col("account_key").cast("long"),
            perVector
                ? numbers.col("vector").cast("int")
                : functions.lit(AccountValues.EVERY_VECTOR),
            numbers.col(column).cast("double"));
    return Exchange.deliver(Routing.accounts(columns, graph.blocks(), invalid), graph.blocks());
  }

  /** Some vectors that travel together. */
  private final class Tile {
    private final int first;
    private final int vectors;
    private final int lanes;
    private final boolean[] frozen;
    private final int[] iterations;
    private final double[] residuals;
    private final long[] rankMass;
    private final boolean[] converged;
    private JavaRDD<Lanes> inputs;
    private JavaRDD<Tuple2<EdgeBlock, Lanes>> located;
    private LaneTotals totals;

    Tile(int first, int vectors, int lanes) {
      this.first = first;
      this.vectors = vectors;
      this.lanes = lanes;
      this.frozen = new boolean[lanes];
      this.iterations = new int[lanes];
      this.residuals = new double[lanes];
      this.rankMass = new long[lanes];
      this.converged = new boolean[lanes];
    }

    /** Brings what the vectors need to the blocks, and adds up the totals. */
    void read(Exchange.Delivered shares, Exchange.Delivered earlier) {
      context.setJobDescription("rank: read vectors " + first + "+" + vectors);
      int firstVector = first;
      int vectorCount = vectors;
      int laneCount = lanes;
      boolean hasShares = shares != null;
      boolean hasEarlier = earlier != null;
      JavaRDD<byte[]> nothing =
          hasShares && hasEarlier ? null : context.<byte[]>parallelize(List.of(), graph.blocks());
      inputs =
          graph
              .edgeBlocks()
              .zipPartitions(
                  hasShares ? shares.messages() : nothing,
                  (blocks, messages) -> List.of(new Tuple2<>(blocks.next(), messages)).iterator())
              .zipPartitions(
                  hasEarlier ? earlier.messages() : nothing,
                  (pairs, messages) -> {
                    var pair = pairs.next();
                    return List.of(
                            Lanes.read(
                                pair._1(),
                                firstVector,
                                vectorCount,
                                laneCount,
                                hasShares ? pair._2() : null,
                                hasEarlier ? messages : null))
                        .iterator();
                  })
              .persist(StorageLevel.MEMORY_AND_DISK());
      Tuple2<ExactSums, ExactSums> sums =
          inputs
              .map(lane -> new Tuple2<>(lane.preferenceTotal, lane.initialTotal))
              .reduce(
                  (a, b) -> {
                    a._1().addAll(b._1());
                    a._2().addAll(b._2());
                    return a;
                  });
      RankGraph.refuse("vectors", invalid, "shares and ranks must be 0 to 2^31");
      totals = new LaneTotals(sums._1(), sums._2());
      for (int lane = 0; lane < vectors; lane++) {
        if (totals.preference[lane] == 0 && graph.vertices() > 0) {
          throw RenownException.data(
              "preference vector %s: its shares add up to 0; give at least one vertex a share.",
              first + lane);
        }
      }
      located =
          graph
              .edgeBlocks()
              .zipPartitions(
                  inputs,
                  (blocks, lanesHere) ->
                      List.of(new Tuple2<>(blocks.next(), lanesHere.next())).iterator());
    }

    JavaRDD<RankedRows> iterate() {
      BlockStep step =
          new BlockStep(
              vectors,
              lanes,
              options.dampingFactor(),
              totals,
              options.stoppingRule().leaders(),
              graph.coresPerBlock(),
              computeNanos);
      JavaRDD<RankState> state =
          located.map(block -> step.initial(block._1(), block._2())).persist(stateLevel);
      state.rdd().localCheckpoint();
      int done = 0;
      int limit = Math.min(options.maxIterations(), options.stoppingRule().iterationLimit());
      while (done < limit && !allFrozen() && graph.vertices() > 0) {
        int chain = Math.min(options.chainLength(), limit - done);
        context.setJobDescription(
            "rank: iterations "
                + (done + 1)
                + " to "
                + (done + chain)
                + " of vectors from "
                + first);
        List<Exchange.Delivered> sent = new ArrayList<>();
        JavaRDD<RankState> next = chain(step, state, chain, sent);
        int leaderCount = options.stoppingRule().leaders();
        Measures measures =
            next.map(block -> block.measures).reduce((a, b) -> a.plus(b, leaderCount));
        sent.forEach(Exchange.Delivered::drop);
        state.unpersist(false);
        state = next;
        done += chain;
        passes += chain;
        judge(done, measures);
      }
      return finish(state);
    }

    private JavaRDD<RankState> chain(
        BlockStep step, JavaRDD<RankState> state, int length, List<Exchange.Delivered> sent) {
      JavaRDD<RankState> next =
          (graph.blocks() == 1
                  ? within(step, state, length)
                  : exchanging(step, state, length, sent))
              .persist(stateLevel);
      // The lineage of a state would otherwise hold all iterations before it.
      next.rdd().localCheckpoint();
      return next;
    }

    /** A chain over a graph in a single block. */
    private JavaRDD<RankState> within(BlockStep step, JavaRDD<RankState> state, int length) {
      boolean[] frozenNow = frozen.clone();
      return located.zipPartitions(
          state,
          (blocks, states) -> {
            var block = blocks.next();
            return List.of(step.chain(block._1(), block._2(), states.next(), length, frozenNow))
                .iterator();
          });
    }

    private JavaRDD<RankState> exchanging(
        BlockStep step, JavaRDD<RankState> state, int length, List<Exchange.Delivered> sent) {
      boolean[] frozenNow = frozen.clone();
      boolean ranksFirst = length == 1;
      Exchange.Delivered messages =
          Exchange.deliver(
              located.zipPartitions(
                  state,
                  (blocks, states) -> {
                    var block = blocks.next();
                    return step.send(block._1(), block._2(), states.next(), ranksFirst);
                  }),
              graph.blocks());
      sent.add(messages);
      for (int i = 1; i < length; i++) {
        boolean withRanks = i == length - 1;
        messages =
            Exchange.deliver(
                located.zipPartitions(
                    messages.messages(),
                    (blocks, received) -> {
                      var block = blocks.next();
                      return step.pass(block._1(), block._2(), received, withRanks);
                    }),
                graph.blocks());
        sent.add(messages);
      }
      return located
          .zipPartitions(
              state,
              (blocks, states) -> List.of(new Tuple2<>(blocks.next(), states.next())).iterator())
          .zipPartitions(
              messages.messages(),
              (pairs, received) -> {
                var pair = pairs.next();
                return List.of(
                        step.end(pair._1()._1(), pair._1()._2(), received, frozenNow, pair._2()))
                    .iterator();
              });
    }

    private boolean allFrozen() {
      for (int lane = 0; lane < vectors; lane++) {
        if (!frozen[lane]) {
          return false;
        }
      }
      return true;
    }

    private void judge(int done, Measures measures) {
      for (int lane = 0; lane < vectors; lane++) {
        if (!frozen[lane]) {
          iterations[lane] = done;
          rankMass[lane] = measures.rankMass[lane];
          residuals[lane] = measures.residual[lane] / RankStep.MASS_ONE;
          converged[lane] =
              options
                  .stoppingRule()
                  .isMet(
                      new StoppingRule.Progress(
                          done, residuals[lane], options.dampingFactor(), measures.leaders[lane]));
          frozen[lane] = converged[lane];
        }
      }
    }

    /**
     * Brings the ranks to sum 1, which rounding moved by a few parts in 10^9, and adds the keys.
     */
    private JavaRDD<RankedRows> finish(JavaRDD<RankState> state) {
      int firstVector = first;
      int vectorCount = vectors;
      int laneCount = lanes;
      double[] scale = new double[lanes];
      Arrays.fill(scale, 1);
      for (int lane = 0; graph.vertices() > 0 && lane < vectors; lane++) {
        scale[lane] = RankStep.MASS_ONE / rankMass[lane];
      }
      JavaRDD<RankedRows> ranked =
          graph
              .edgeBlocks()
              .zipPartitions(
                  state,
                  (blocks, states) ->
                      List.of(
                              new RankedRows(
                                  blocks.next().vertexKeys,
                                  states.next().ranks,
                                  firstVector,
                                  vectorCount,
                                  laneCount,
                                  scale))
                          .iterator())
              .persist(stateLevel);
      ranked.rdd().localCheckpoint();
      ranked.count();
      state.unpersist(false);
      inputs.unpersist(false);
      return ranked;
    }

    List<VectorOutcome> outcomes() {
      List<VectorOutcome> outcomes = new ArrayList<>();
      for (int lane = 0; lane < vectors; lane++) {
        outcomes.add(
            new VectorOutcome(
                first + lane,
                iterations[lane],
                residuals[lane],
                converged[lane] || graph.vertices() == 0));
      }
      return outcomes;
    }
  }

  /** Keys and ranks of one block. */
  private static final class RankedRows implements java.io.Serializable {
    private final long[] keys;
    private final double[] ranks;
    private final int firstVector;
    private final int vectors;
    private final int lanes;
    private final double[] scale;

    RankedRows(
        long[] keys, double[] ranks, int firstVector, int vectors, int lanes, double[] scale) {
      this.keys = keys;
      this.ranks = ranks;
      this.firstVector = firstVector;
      this.vectors = vectors;
      this.lanes = lanes;
      this.scale = scale;
    }

    java.util.Iterator<Row> rows(boolean several) {
      return new java.util.Iterator<>() {
        private int row;
        private int lane;

        @Override
        public boolean hasNext() {
          return row < keys.length;
        }

        @Override
        public Row next() {
          if (!hasNext()) {
            throw new java.util.NoSuchElementException();
          }
          double rank = ranks[row * lanes + lane] * scale[lane];
          Row next =
              several
                  ? RowFactory.create(keys[row], firstVector + lane, rank)
                  : RowFactory.create(keys[row], rank);
          if (++lane == vectors) {
            lane = 0;
            row++;
          }
          return next;
        }
      };
    }
  }
}
