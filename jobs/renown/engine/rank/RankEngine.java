package renown.engine.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import renown.kernels.rank.EdgeBlock;
import renown.kernels.rank.RankInputs;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.RankReport;
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
  private static final StructType RESULT_TYPE =
      new StructType()
          .add("account_key", DataTypes.LongType, false)
          .add("rank", DataTypes.DoubleType, false);

  private static final int MOST_RESTARTS = 3;

  /** What Spark calls it that the only copy of something went with the executor that held it. */
  private static final String LOST_STATE = "CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND";

  private final RankGraph graph;
  private final JavaSparkContext context;
  private final RankOptions options;
  private final StorageLevel stateLevel;
  private final LongAccumulator computeNanos;
  private final CollectionAccumulator<String> invalid;

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
   *     2^31; brought to sum 1). Accounts without a row have share 0, accounts that are no vertices
   *     are ignored. Null for the uniform preference vector
   * @param warmStart columns {@code account_key}, {@code rank} (double, 0 to 2^31; brought to sum
   *     1): where to start. Changes the iterations needed and the last digits, not what is
   *     converged to. Accounts without a row start at 0
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
    computeNanos.reset();
    long start = System.nanoTime();
    Run run = new Run();
    run.read(shares, earlier);
    long read = System.nanoTime();
    JavaRDD<RankedRows> ranked = run.iterate();
    double iterationSeconds = (System.nanoTime() - read) / 1e9;
    context.setJobDescription(null);
    double computeSeconds = computeNanos.value() / 1e9 / graph.blocks();
    RankReport report =
        new RankReport(
            graph.vertices(),
            graph.edges(),
            graph.blocks(),
            run.outcome(),
            graph.buildSeconds() + (read - start) / 1e9,
            computeSeconds,
            iterationSeconds - computeSeconds,
            graph.mirrors() * Float.BYTES);
    JavaRDD<Row> rows = ranked.flatMap(RankedRows::rows);
    return new RankResult(graph.spark().createDataFrame(rows, RESULT_TYPE), report, ranked);
  }

  /** The numbers at their accounts' owners; null for none. */
  private Exchange.Delivered delivered(Dataset<Row> numbers, String column) {
    if (numbers == null) {
      return null;
    }
    Dataset<Row> columns =
        numbers.select(numbers.col("account_key").cast("long"), numbers.col(column).cast("double"));
    return Exchange.deliver(Routing.accounts(columns, graph.blocks(), invalid), graph.blocks());
  }

  /** One attempt. */
  private final class Run {
    private JavaRDD<RankInputs> inputs;
    private JavaRDD<Tuple2<EdgeBlock, RankInputs>> located;
    private RankInputs.Totals totals;
    private RankReport.Outcome outcome;

    /** Brings what the ranking needs to the blocks, and adds up the totals. */
    void read(Exchange.Delivered shares, Exchange.Delivered earlier) {
      context.setJobDescription("rank: read shares and earlier ranks");
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
                            RankInputs.read(
                                pair._1(),
                                hasShares ? pair._2() : null,
                                hasEarlier ? messages : null))
                        .iterator();
                  })
              .persist(StorageLevel.MEMORY_AND_DISK());
      totals = inputs.map(RankInputs::totals).reduce(RankInputs.Totals::plus);
      RankGraph.refuse("accounts", invalid, "shares and ranks must be 0 to 2^31");
      if (totals.preference() == 0 && graph.vertices() > 0) {
        throw RenownException.data(
            "preference vector: its shares add up to 0; give at least one vertex a share.");
      }
      located =
          graph
              .edgeBlocks()
              .zipPartitions(
                  inputs,
                  (blocks, here) -> List.of(new Tuple2<>(blocks.next(), here.next())).iterator());
    }

    JavaRDD<RankedRows> iterate() {
      StoppingRule rule = options.stoppingRule();
      BlockStep step =
          new BlockStep(
              options.dampingFactor(), totals, rule.leaders(), graph.coresPerBlock(), computeNanos);
      JavaRDD<RankState> state =
          located.map(block -> step.initial(block._1(), block._2())).persist(stateLevel);
      state.rdd().localCheckpoint();
      int done = 0;
      int limit = Math.min(options.maxIterations(), rule.iterationLimit());
      boolean converged = graph.vertices() == 0;
      Measures measures = Measures.NONE;
      while (done < limit && !converged) {
        int length = Math.min(options.chainLength(), limit - done);
        context.setJobDescription("rank: iterations " + (done + 1) + " to " + (done + length));
        List<Exchange.Delivered> sent = new ArrayList<>();
        JavaRDD<RankState> next = chain(step, state, length, sent);
        measures = next.map(block -> block.measures).reduce((a, b) -> a.plus(b, rule.leaders()));
        sent.forEach(Exchange.Delivered::drop);
        state.unpersist(false);
        state = next;
        done += length;
        converged =
            rule.isMet(
                new StoppingRule.Progress(
                    done, residual(measures), options.dampingFactor(), measures.leaders));
      }
      outcome = new RankReport.Outcome(done, residual(measures), converged);
      return finish(state, measures.rankMass);
    }

    private static double residual(Measures measures) {
      return measures.residual / RankStep.MASS_ONE;
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
      return located.zipPartitions(
          state,
          (blocks, states) -> {
            var block = blocks.next();
            return List.of(step.chain(block._1(), block._2(), states.next(), length)).iterator();
          });
    }

    private JavaRDD<RankState> exchanging(
        BlockStep step, JavaRDD<RankState> state, int length, List<Exchange.Delivered> sent) {
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
      return located.zipPartitions(
          messages.messages(),
          (blocks, received) -> {
            var block = blocks.next();
            return List.of(step.end(block._1(), block._2(), received)).iterator();
          });
    }

    /**
     * Brings the ranks to sum 1, which rounding moved by a few parts in 10^9, and adds the keys.
     */
    private JavaRDD<RankedRows> finish(JavaRDD<RankState> state, long rankMass) {
      double scale = graph.vertices() == 0 ? 1 : RankStep.MASS_ONE / rankMass;
      JavaRDD<RankedRows> ranked =
          graph
              .edgeBlocks()
              .zipPartitions(
                  state,
                  (blocks, states) ->
                      List.of(new RankedRows(blocks.next().vertexKeys, states.next().ranks, scale))
                          .iterator())
              .persist(stateLevel);
      ranked.rdd().localCheckpoint();
      ranked.count();
      state.unpersist(false);
      inputs.unpersist(false);
      return ranked;
    }

    RankReport.Outcome outcome() {
      return outcome;
    }
  }

  /** Keys and ranks of one block. */
  private static final class RankedRows implements java.io.Serializable {
    private final long[] keys;
    private final double[] ranks;
    private final double scale;

    RankedRows(long[] keys, double[] ranks, double scale) {
      this.keys = keys;
      this.ranks = ranks;
      this.scale = scale;
    }

    Iterator<Row> rows() {
      return IntStream.range(0, keys.length)
          .mapToObj(row -> RowFactory.create(keys[row], ranks[row] * scale))
          .iterator();
    }
  }
}
