package renown.engine.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renown.kernels.rank.LocalRanking;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.RankReport;
import renown.kernels.rank.StoppingRule.Iterations;
import renown.kernels.rank.StoppingRule.Tolerance;
import renown.kernels.rank.StoppingRule.TopStable;
import renown.run.RenownException;
import renown.testing.Graphs;
import renown.testing.Graphs.Edge;

class RankEngineTest {
  private static final double D = 0.85;

  /** What ranks that travel as floats may differ by from exact ones, in L1 norm. */
  private static final double ROUNDING = 1e-6;

  private static RankOptions iterations(int count) {
    return RankOptions.standard().withStoppingRule(new Iterations(count)).withBlocks(3);
  }

  private static Edge edge(long source, long destination) {
    return new Edge(source, destination, 1);
  }

  private static double sum(Map<Long, Double> ranks) {
    return ranks.values().stream().mapToDouble(r -> r).sum();
  }

  // Closed forms.

  @Test
  void aCycleIsUniform() {
    List<Edge> edges = new ArrayList<>();
    for (long i = 0; i < 10; i++) {
      edges.add(edge(i, (i + 1) % 10));
    }
    assertThat(Graphs.rank(edges, RankOptions.standard()).values())
        .hasSize(10)
        .allSatisfy(rank -> assertThat(rank).isCloseTo(0.1, within(1e-9)));
  }

  @Test
  void aCliqueIsUniform() {
    List<Edge> edges = new ArrayList<>();
    for (long i = 0; i < 8; i++) {
      for (long j = 0; j < 8; j++) {
        if (i != j) {
          edges.add(edge(i, j));
        }
      }
    }
    assertThat(Graphs.rank(edges, RankOptions.standard()).values())
        .hasSize(8)
        .allSatisfy(rank -> assertThat(rank).isCloseTo(0.125, within(1e-9)));
  }

  @Test
  void theHubOfAStarIsKnown() {
    // n leaves point at hub 0, which dangles. A leaf has what every vertex gets, x; the hub has
    // x + d n x; all of them add up to 1.
    int n = 20;
    List<Edge> edges = new ArrayList<>();
    for (long leaf = 1; leaf <= n; leaf++) {
      edges.add(edge(leaf, 0));
    }
    Map<Long, Double> ranks = Graphs.rank(edges, RankOptions.standard());
    double leafRank = 1 / (n + 1 + D * n);
    assertThat(ranks.get(7L)).isCloseTo(leafRank, within(1e-7));
    assertThat(ranks.get(0L)).isCloseTo((1 + D * n) * leafRank, within(1e-7));
    assertThat(sum(ranks)).isCloseTo(1, within(1e-12));
  }

  @Test
  void aChainIsAGeometricSum() {
    // 0 -> 1 -> ... -> 4, which dangles: rank i is proportional to 1 + d + ... + d^i.
    List<Edge> edges = List.of(edge(0, 1), edge(1, 2), edge(2, 3), edge(3, 4));
    Map<Long, Double> ranks = Graphs.rank(edges, RankOptions.standard());
    double[] expected = new double[5];
    double total = 0;
    for (int i = 0; i < 5; i++) {
      expected[i] = (1 - Math.pow(D, i + 1)) / (1 - D);
      total += expected[i];
    }
    for (int i = 0; i < 5; i++) {
      assertThat(ranks.get((long) i)).isCloseTo(expected[i] / total, within(1e-7));
    }
  }

  @Test
  void whereAllDangleTheRankIsThePreference() {
    Map<Long, Double> preference = Map.of(5L, 3.0, -9L, 1.0, Long.MIN_VALUE, 0.0);
    Map<Long, Double> ranks = Graphs.rank(List.of(), preference, RankOptions.standard());
    assertThat(ranks).hasSize(3);
    assertThat(ranks.get(5L)).isCloseTo(0.75, within(1e-12));
    assertThat(ranks.get(-9L)).isCloseTo(0.25, within(1e-12));
    assertThat(ranks.get(Long.MIN_VALUE)).isZero();
  }

  @Test
  void anEmptyGraphHasNoRanks() {
    try (RankResult result =
        RankEngine.rank(Graphs.edges(List.of()), null, Optional.empty(), RankOptions.standard())) {
      assertThat(result.ranks().count()).isZero();
      assertThat(result.report().converged()).isTrue();
      assertThat(result.report().vertices()).isZero();
    }
  }

  @Test
  void oneVertexHasAllTheRank() {
    assertThat(Graphs.rank(List.of(edge(42, 42)), RankOptions.standard()))
        .containsExactly(Map.entry(42L, 1.0));
  }

  @Test
  void twoComponentsShareByPreference() {
    List<Edge> edges = List.of(edge(1, 2), edge(2, 1), edge(11, 12), edge(12, 11));
    Map<Long, Double> ranks =
        Graphs.rank(edges, Map.of(1L, 0.4, 2L, 0.4, 11L, 0.1, 12L, 0.1), RankOptions.standard());
    assertThat(ranks.get(1L)).isCloseTo(0.4, within(1e-8));
    assertThat(ranks.get(12L)).isCloseTo(0.1, within(1e-8));
  }

  // Against the definition.

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTheSerialVersion(long seed) {
    List<Edge> edges = Graphs.random(seed, 400, 4000, true);
    Map<Long, Double> ranks = Graphs.rank(edges, iterations(20));
    assertThat(Graphs.distance(ranks, Graphs.serial(edges, null, D, 20))).isLessThan(ROUNDING);
    assertThat(sum(ranks)).isCloseTo(1, within(1e-12));
    assertThat(ranks.values()).allSatisfy(rank -> assertThat(rank).isPositive());
  }

  @Test
  void agreesWithTheSerialVersionUnweighted() {
    List<Edge> edges = Graphs.distinct(Graphs.random(4, 500, 5000, false));
    Map<Long, Double> ranks = Graphs.rank(edges, iterations(7));
    assertThat(Graphs.distance(ranks, Graphs.serial(edges, null, D, 7))).isLessThan(ROUNDING);
  }

  @Test
  void agreesWithTheSerialVersionUnderAPreference() {
    List<Edge> edges = Graphs.random(5, 300, 2000, true);
    Map<Long, Double> preference = new HashMap<>();
    preference.put(edges.get(0).source(), 2.0);
    preference.put(edges.get(7).destination(), 0.5);
    preference.put(123L, 1.0);
    Map<Long, Double> ranks = Graphs.rank(edges, preference, iterations(20));
    assertThat(ranks).containsKey(123L);
    assertThat(Graphs.distance(ranks, Graphs.serial(edges, preference, D, 20)))
        .isLessThan(ROUNDING);
  }

  // What must change nothing.

  @Test
  void theNumberOfBlocksChangesNoBit() {
    List<Edge> edges = Graphs.random(6, 600, 9000, true);
    Map<Long, Double> preference = new TreeMap<>();
    Random random = new Random(1);
    edges.forEach(e -> preference.put(e.source(), random.nextDouble()));
    RankOptions options = iterations(13);
    Map<Long, Double> one = Graphs.rank(edges, preference, options.withBlocks(1));
    for (int blocks = 2; blocks <= 7; blocks++) {
      assertThat(Graphs.rank(edges, preference, options.withBlocks(blocks)))
          .as("%s blocks", blocks)
          .isEqualTo(one);
    }
  }

  @Test
  void theOrderAndPartitionsOfTheRowsChangeNoBit() {
    List<Edge> edges = Graphs.random(7, 600, 9000, true);
    Map<Long, Double> ranks = Graphs.rank(edges, iterations(9));
    List<Edge> shuffled = new ArrayList<>(edges);
    Collections.shuffle(shuffled, new Random(2));
    try (RankResult result =
        RankEngine.rank(
            Graphs.edges(shuffled).repartition(5), null, Optional.empty(), iterations(9))) {
      assertThat(Graphs.ranks(result)).isEqualTo(ranks);
    }
  }

  @Test
  void doublingAllWeightsChangesNoBitAndScalingThemHardlyAny() {
    List<Edge> edges = Graphs.random(8, 300, 3000, true);
    Map<Long, Double> ranks = Graphs.rank(edges, iterations(9));
    assertThat(Graphs.rank(scaled(edges, 0x1p40), iterations(9))).isEqualTo(ranks);
    assertThat(Graphs.distance(Graphs.rank(scaled(edges, 1e-20), iterations(9)), ranks))
        .isLessThan(ROUNDING);
  }

  private static List<Edge> scaled(List<Edge> edges, double factor) {
    return edges.stream()
        .map(e -> new Edge(e.source(), e.destination(), e.weight() * factor))
        .toList();
  }

  @Test
  void newNamesForTheVerticesChangeOnlyTheNames() {
    List<Edge> edges = Graphs.random(9, 300, 3000, true);
    Map<Long, Double> ranks = Graphs.rank(edges, iterations(9));
    List<Edge> renamed =
        edges.stream()
            .map(e -> new Edge(~e.source() * 31, ~e.destination() * 31, e.weight()))
            .toList();
    Map<Long, Double> expected = new TreeMap<>();
    ranks.forEach((key, rank) -> expected.put(~key * 31, rank));
    assertThat(Graphs.distance(Graphs.rank(renamed, iterations(9)), expected)).isLessThan(ROUNDING);
  }

  @Test
  void moreAttentionFromOutsideRaisesARank() {
    List<Edge> edges = Graphs.random(10, 200, 1500, true);
    long newcomer = 77;
    long favourite = edges.get(3).destination();
    List<Edge> more = new ArrayList<>(edges);
    more.add(edge(newcomer, favourite));
    Map<Long, Double> preference = new TreeMap<>();
    edges.forEach(e -> preference.put(e.source(), 1.0));
    preference.put(newcomer, 1.0);
    assertThat(Graphs.rank(more, preference, RankOptions.standard()).get(favourite))
        .isGreaterThan(Graphs.rank(edges, preference, RankOptions.standard()).get(favourite));
  }

  @Test
  void blocksThatAreLostOnTheWayChangeNoBit() {
    List<Edge> edges = Graphs.random(16, 600, 9000, true);
    Map<Long, Double> undisturbed = Graphs.rank(edges, iterations(20));
    try (RankGraph graph = RankGraph.build(Graphs.edges(edges).repartition(4), null, 3)) {
      int blocks = graph.edgeBlocks().id();
      AtomicInteger lost = new AtomicInteger();
      SparkListener thief =
          new SparkListener() {
            @Override
            public void onStageCompleted(SparkListenerStageCompleted completed) {
              for (int block = 0; block < 3; block++) {
                RDDBlockId id = new RDDBlockId(blocks, block);
                if (SparkEnv.get().blockManager().getStatus(id).isDefined()) {
                  SparkEnv.get().blockManager().removeBlock(id, true);
                  lost.incrementAndGet();
                }
              }
            }
          };
      Graphs.spark().sparkContext().addSparkListener(thief);
      try (RankResult result = RankEngine.rank(graph, null, Optional.empty(), iterations(20))) {
        assertThat(Graphs.ranks(result)).isEqualTo(undisturbed);
      } finally {
        Graphs.spark().sparkContext().removeSparkListener(thief);
      }
      assertThat(lost.get()).isGreaterThan(3);
    }
  }

  @Test
  void whatWasLostIsKnownByItsKindWhateverTheMessageSays() {
    SparkException lost =
        new SparkException(
            "CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND",
            scala.collection.immutable.Map.from(
                scala.jdk.javaapi.CollectionConverters.asScala(Map.of("rddBlockId", "rdd_1_2"))),
            null);
    assertThat(RankEngine.isLost(lost)).isTrue();
    assertThat(RankEngine.isLost(new SparkException("Job aborted.", lost))).isTrue();
    assertThat(RankEngine.isLost(new IllegalStateException((String) null, lost))).isTrue();
    assertThat(RankEngine.isLost(new SparkException((String) null, (Throwable) null))).isFalse();
    assertThat(RankEngine.isLost(new SparkException("Checkpoint block"))).isFalse();
  }

  // Stopping and starting.

  @Test
  void aWarmStartSavesIterationsAndEndsAtTheSameRanks() {
    List<Edge> yesterday = Graphs.random(11, 2000, 20000, true);
    List<Edge> today = new ArrayList<>(yesterday);
    today.addAll(Graphs.random(11, 2000, 200, true));
    RankOptions options =
        RankOptions.standard().withStoppingRule(new Tolerance(1e-6)).withChainLength(1);
    try (RankResult before =
            RankEngine.rank(Graphs.edges(yesterday), null, Optional.empty(), options);
        RankResult cold = RankEngine.rank(Graphs.edges(today), null, Optional.empty(), options);
        RankResult warm =
            RankEngine.rank(Graphs.edges(today), null, Optional.of(before.ranks()), options)) {
      assertThat(warm.report().iterations()).isLessThan(cold.report().iterations());
      assertThat(warm.report().converged()).isTrue();
      assertThat(Graphs.distance(Graphs.ranks(warm), Graphs.ranks(cold)))
          .isLessThan(2 * 1e-6 * D / (1 - D));
    }
  }

  @Test
  void theLimitOfIterationsIsReportedAsNotConverged() {
    List<Edge> edges = Graphs.random(12, 300, 3000, true);
    RankOptions options =
        RankOptions.standard().withStoppingRule(new Tolerance(1e-7)).withMaxIterations(3);
    try (RankResult result =
        RankEngine.rank(Graphs.edges(edges), null, Optional.empty(), options)) {
      RankReport report = result.report();
      assertThat(report.converged()).isFalse();
      assertThat(report.iterations()).isEqualTo(3);
      // The residual is the distance of the third from the second vector.
      double residual =
          Graphs.distance(Graphs.serial(edges, null, D, 3), Graphs.serial(edges, null, D, 2));
      assertThat(report.residual()).isCloseTo(residual, within(ROUNDING));
    }
  }

  @Test
  void topStableStopsEarlierWithTheRightSet() {
    List<Edge> edges = Graphs.random(13, 1000, 10000, true);
    RankOptions options =
        RankOptions.standard()
            .withChainLength(1)
            .withStoppingRule(new TopStable(5).or(new Tolerance(1e-7)));
    Map<Long, Double> exact = Graphs.serial(edges, null, D, 200);
    try (RankResult result =
        RankEngine.rank(Graphs.edges(edges), null, Optional.empty(), options)) {
      assertThat(result.report().residual()).isGreaterThan(1e-7);
      assertThat(top(Graphs.ranks(result), 5)).containsExactlyInAnyOrderElementsOf(top(exact, 5));
    }
  }

  private static List<Long> top(Map<Long, Double> ranks, int k) {
    return ranks.entrySet().stream()
        .sorted(Map.Entry.<Long, Double>comparingByValue().reversed())
        .limit(k)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void refusesWeightsThatAreNotPositive() {
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      Dataset<Row> edges = Graphs.edges(List.of(edge(1, 2), new Edge(3, 4, weight)));
      assertThatThrownBy(
              () -> RankEngine.rank(edges, null, Optional.empty(), RankOptions.standard()))
          .isInstanceOf(RenownException.class)
          .hasMessage(
              "edges: edge 3 -> 4 has weight "
                  + weight
                  + "; weights must be above 0 and at most 3.4e38.");
    }
  }

  @Test
  void refusesAPreferenceThatAddsUpToNothing() {
    assertThatThrownBy(
            () -> Graphs.rank(List.of(edge(1, 2)), Map.of(1L, 0.0), RankOptions.standard()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("preference vector: its shares add up to 0");
  }

  @Test
  void refusesOptionsOutOfRange() {
    assertThatThrownBy(() -> RankOptions.standard().withDampingFactor(1))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("damping factor 1.0");
    assertThatThrownBy(() -> new Tolerance(1e-9))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("tolerance 1.0E-9");
  }

  /** Preference, warm start and stopping rule included. */
  @Test
  void aRankingWithoutSparkHasTheSameBits() {
    List<Edge> edges = Graphs.random(31, 800, 6000, true);
    Map<Long, Double> shares = new TreeMap<>();
    Map<Long, Double> before = new TreeMap<>();
    Random random = new Random(31);
    for (Edge edge : edges) {
      shares.put(edge.source(), random.nextDouble());
      before.put(edge.destination(), random.nextDouble());
    }
    // Accounts that are no vertices.
    shares.put(1L, 0.5);
    before.put(2L, 0.5);
    LocalRanking local =
        new LocalRanking(
            edges.stream().mapToLong(Edge::source).toArray(),
            edges.stream().mapToLong(Edge::destination).toArray(),
            floats(edges),
            2);
    for (boolean warm : new boolean[] {false, true}) {
      TreeMap<Long, Double> keys = new TreeMap<>(shares);
      before.keySet().forEach(key -> keys.putIfAbsent(key, 0.0));
      RankReport.Outcome outcome =
          local.rank(
              keys.keySet().stream().mapToLong(key -> key).toArray(),
              keys.values().stream().mapToDouble(share -> share).toArray(),
              warm
                  ? keys.keySet().stream()
                      .mapToDouble(key -> before.getOrDefault(key, 0.0))
                      .toArray()
                  : null,
              RankOptions.standard());
      try (RankGraph graph = RankGraph.build(Graphs.edges(edges), null, 3);
          RankResult result =
              RankEngine.rank(
                  graph,
                  Graphs.shares(shares),
                  warm ? Optional.of(Graphs.accounts(before, "rank")) : Optional.empty(),
                  RankOptions.standard())) {
        assertThat(result.report().outcome()).isEqualTo(outcome);
        Map<Long, Double> ranks = new TreeMap<>();
        for (int row = 0; row < local.vertices(); row++) {
          ranks.put(local.keys()[row], local.ranks()[row]);
        }
        assertThat(ranks).isEqualTo(Graphs.ranks(result));
      }
    }
  }

  /** Files in columns, dictionaries and nulls in them; the same rows one by one; no weights. */
  @Test
  void edgesOutOfFilesHaveTheBitsOfRows(@TempDir Path folder) {
    List<Edge> edges = Graphs.random(33, 900, 9000, true);
    String path = folder.resolve("edges").toString();
    Graphs.edges(edges).write().parquet(path);
    Dataset<Row> files = Graphs.edges(edges).sparkSession().read().parquet(path);
    RankOptions options = iterations(7).withBlocks(1);
    Map<Long, Double> ranks = ranks(files, options);
    assertThat(ranks).isEqualTo(ranks(Graphs.edges(edges), options));
    assertThat(ranks).isEqualTo(ranks(files, options.withBlocks(3)));
    List<Edge> even = edges.stream().map(e -> edge(e.source(), e.destination())).toList();
    Dataset<Row> pairs = files.select("src_key", "dst_key");
    assertThat(ranks(pairs, options)).isEqualTo(Graphs.rank(even, options));
    assertThat(ranks(pairs, options.withBlocks(3))).isEqualTo(Graphs.rank(even, options));
    String gaps = folder.resolve("gaps").toString();
    files
        .union(files.limit(1).selectExpr("src_key", "cast(null as long)", "weight"))
        .write()
        .parquet(gaps);
    Dataset<Row> withNull = files.sparkSession().read().parquet(gaps);
    assertThatThrownBy(() -> ranks(withNull, options))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("an edge with a null in it");
  }

  private static Map<Long, Double> ranks(Dataset<Row> edges, RankOptions options) {
    try (RankResult result = RankEngine.rank(edges, null, Optional.empty(), options)) {
      return Graphs.ranks(result);
    }
  }

  /** An account with half of all edges, as it is where it has more than a million of them. */
  @Test
  void aHubDoesNotSendItsEdgesToOneTask() {
    List<Edge> edges = new ArrayList<>(Graphs.random(35, 800, 3000, true));
    for (int i = 0; i < 3000; i++) {
      edges.add(new Edge(edges.get(i).source(), edges.get(7).destination(), 2));
    }
    Map<Long, Double> expected = null;
    for (int blocks : new int[] {1, 4}) {
      try (RankGraph graph =
              RankGraph.build(Graphs.edges(edges), null, blocks, edges.size(), 1000);
          RankResult result = RankEngine.rank(graph, null, Optional.empty(), iterations(6))) {
        Map<Long, Double> ranks = Graphs.ranks(result);
        assertThat(expected == null ? ranks : expected).isEqualTo(ranks);
        expected = ranks;
        int most = graph.edgeBlocks().map(block -> block.edges()).reduce(Math::max);
        assertThat(most).isLessThan((blocks == 1 ? 6001 : 2200));
      }
    }
    assertThat(Graphs.distance(expected, Graphs.rank(edges, iterations(6)))).isLessThan(ROUNDING);
  }

  /** As it is with more than 2^31 edges, here with a thousand. */
  @Test
  void aGraphThatFitsNoBlockGetsMoreOrIsRefused() {
    List<Edge> edges = Graphs.random(34, 800, 6000, true);
    Map<Long, Double> expected = Graphs.rank(edges, iterations(5));
    try (RankGraph graph = RankGraph.build(Graphs.edges(edges), null, 0, 1000, 1 << 20);
        RankResult result = RankEngine.rank(graph, null, Optional.empty(), iterations(5))) {
      assertThat(graph.blocks()).isGreaterThan(6);
      assertThat(Graphs.ranks(result)).isEqualTo(expected);
    }
    assertThatThrownBy(() -> RankGraph.build(Graphs.edges(edges), null, 1, 1000, 1 << 20))
        .isInstanceOf(RenownException.class)
        .hasMessage(
            "1 block of the rank engine: one would hold more than the 1000 edges that fit;"
                + " ask for more blocks, or for 0.");
    assertThatThrownBy(() -> RankGraph.build(Graphs.edges(edges), null, 2, 1000, 1 << 20))
        .hasMessageContaining("2 blocks of the rank engine");
  }

  private static float[] floats(List<Edge> edges) {
    float[] weights = new float[edges.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) edges.get(i).weight();
    }
    return weights;
  }
}
