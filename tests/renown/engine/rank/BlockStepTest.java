package renown.engine.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renown.kernels.rank.AccountValues;
import renown.kernels.rank.BlockLayout;
import renown.kernels.rank.EdgeBlock;
import renown.kernels.rank.EdgeColumns;
import renown.kernels.rank.KeyIndex;
import renown.kernels.rank.LocalRanking;
import renown.kernels.rank.OwnedVertices;
import renown.kernels.rank.RankInputs;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.RankState;
import renown.kernels.rank.RankStep;
import renown.kernels.rank.RawBlock;
import renown.kernels.rank.StoppingRule;
import renown.testing.Graphs;
import scala.Tuple2;

/** What tasks do and send each other, without Spark between them. */
class BlockStepTest {
  private static final int ITERATIONS = 5;
  private static final double D = 0.85;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anyNumberOfBlocksHasTheBitsOfOne(int blocks) {
    List<Graphs.Edge> edges = Graphs.random(21, 400, 3000, true);
    TreeSet<Long> vertices = new TreeSet<>();
    edges.forEach(edge -> vertices.addAll(List.of(edge.source(), edge.destination())));
    long[] keys = vertices.stream().mapToLong(key -> key).toArray();
    Random random = new Random(21);
    double[] shares = new double[keys.length];
    for (int i = 0; i < keys.length; i++) {
      shares[i] = random.nextInt(3) == 0 ? random.nextDouble() : 0;
    }
    LocalRanking single =
        new LocalRanking(
            edges.stream().mapToLong(Graphs.Edge::source).toArray(),
            edges.stream().mapToLong(Graphs.Edge::destination).toArray(),
            weights(edges),
            1);
    RankOptions options =
        RankOptions.standard()
            .withDampingFactor(D)
            .withStoppingRule(new StoppingRule.Iterations(ITERATIONS))
            .withChainLength(ITERATIONS);
    single.rank(keys, shares, null, options);
    Map<Long, Double> expected = new TreeMap<>();
    for (int row = 0; row < single.vertices(); row++) {
      expected.put(single.keys()[row], single.ranks()[row]);
    }
    assertThat(rank(layOut(edges, new long[0], blocks), keys, shares)).isEqualTo(expected);
  }

  /** What arrives at hubs is summed where their edges lie, and has the bits of one block. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void aHubsEdgesLieWithTheirSources(int blocks) {
    List<Graphs.Edge> edges = new ArrayList<>(Graphs.random(22, 400, 3000, true));
    Random random = new Random(22);
    long[] hubs = {edges.get(0).destination(), edges.get(1).source(), 1L << 40};
    Arrays.sort(hubs);
    for (int i = 0; i < 6000; i++) {
      long source = edges.get(random.nextInt(3000)).source();
      edges.add(new Graphs.Edge(source, hubs[i % 3], 1 + random.nextInt(5)));
    }
    TreeMap<Long, Double> shares = new TreeMap<>();
    for (Graphs.Edge edge : edges) {
      shares.put(edge.source(), random.nextDouble());
    }
    long[] keys = shares.keySet().stream().mapToLong(key -> key).toArray();
    double[] values = shares.values().stream().mapToDouble(share -> share).toArray();
    EdgeColumns columns = new EdgeColumns();
    columns.add(
        edges.stream().mapToLong(Graphs.Edge::source).toArray(),
        edges.stream().mapToLong(Graphs.Edge::destination).toArray(),
        weights(edges),
        edges.size());
    List<EdgeColumns> all = List.of(columns);
    Map<Long, Double> whole =
        rank(List.of(EdgeColumns.layOut(all, List.of(), 1000, 2)), keys, values);
    Map<Long, Double> usual =
        rank(List.of(EdgeColumns.layOut(all, List.of(), Long.MAX_VALUE, 2)), keys, values);
    assertThat(whole).isNotEqualTo(usual);
    assertThat(Graphs.distance(whole, usual)).isLessThan(1e-6);
    List<EdgeBlock> parts = layOut(edges, hubs, blocks);
    assertThat(rank(parts, keys, values)).isEqualTo(whole);
    // By their destinations a third of all edges and more would lie in one block.
    assertThat(parts.stream().mapToInt(EdgeBlock::edges).max().orElseThrow())
        .isLessThan(edges.size() * 3 / 2 / blocks);
    assertThat(parts.stream().mapToInt(EdgeBlock::edges).sum())
        .isEqualTo(EdgeColumns.layOut(all, List.of(), 1000, 2).edges());
    assertThat(parts.stream().mapToInt(EdgeBlock::ownHubs).sum()).isEqualTo(3);
  }

  private static float[] weights(List<Graphs.Edge> edges) {
    float[] weights = new float[edges.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) edges.get(i).weight();
    }
    return weights;
  }

  /** The ranks after one chain of iterations, brought to sum 1. */
  private static Map<Long, Double> rank(List<EdgeBlock> blocks, long[] keys, double[] shares) {
    List<RankInputs> inputs = new ArrayList<>();
    for (EdgeBlock block : blocks) {
      inputs.add(RankInputs.read(block, messages(keys, shares).iterator(), null));
    }
    RankInputs.Totals totals =
        inputs.stream().map(RankInputs::totals).reduce(RankInputs.Totals::plus).orElseThrow();
    BlockStep step = new BlockStep(D, totals, 0, 1, new LongAccumulator());
    List<RankState> states = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      states.add(step.initial(blocks.get(i), inputs.get(i)));
    }
    if (blocks.size() == 1) {
      states.set(0, step.chain(blocks.get(0), inputs.get(0), states.get(0), ITERATIONS));
    } else {
      List<Iterator<Tuple2<Integer, byte[]>>> sent = new ArrayList<>();
      for (int i = 0; i < blocks.size(); i++) {
        sent.add(step.send(blocks.get(i), inputs.get(i), states.get(i), false));
      }
      List<List<byte[]>> received = deliver(sent);
      for (int pass = 1; pass < ITERATIONS; pass++) {
        sent.clear();
        for (int i = 0; i < blocks.size(); i++) {
          sent.add(
              step.pass(
                  blocks.get(i),
                  inputs.get(i),
                  received.get(i).iterator(),
                  pass == ITERATIONS - 1));
        }
        received = deliver(sent);
      }
      for (int i = 0; i < blocks.size(); i++) {
        states.set(i, step.end(blocks.get(i), inputs.get(i), received.get(i).iterator()));
      }
    }
    long mass = states.stream().mapToLong(state -> state.measures.rankMass).sum();
    Map<Long, Double> ranks = new TreeMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      for (int row = 0; row < blocks.get(i).vertices(); row++) {
        ranks.put(
            blocks.get(i).vertexKeys[row], states.get(i).ranks[row] * (RankStep.MASS_ONE / mass));
      }
    }
    return ranks;
  }

  private static List<byte[]> messages(long[] keys, double[] shares) {
    ByteBuffer message =
        ByteBuffer.allocate(keys.length * AccountValues.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < keys.length; i++) {
      message.putLong(keys[i]).putDouble(shares[i]);
    }
    return List.of(message.array());
  }

  private static List<EdgeBlock> layOut(List<Graphs.Edge> edges, long[] hubs, int count) {
    List<Tuple2<Integer, byte[]>> routed = new ArrayList<>();
    for (Graphs.Edge edge : edges) {
      ByteBuffer message = ByteBuffer.allocate(RawBlock.EDGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      message.putLong(edge.source()).putLong(edge.destination()).putFloat((float) edge.weight());
      boolean toHub = Arrays.binarySearch(hubs, edge.destination()) >= 0;
      long owned = toHub ? edge.source() : edge.destination();
      routed.add(new Tuple2<>(KeyIndex.owner(owned, count), message.array()));
    }
    List<List<byte[]>> received = deliver(List.of(routed.iterator()), count);
    List<RawBlock> raw = new ArrayList<>();
    float largest = 0;
    for (int i = 0; i < count; i++) {
      raw.add(RawBlock.read(i, hubs, received.get(i).iterator(), 1, edges.size()));
      largest = Math.max(largest, raw.get(i).largestWeight);
    }
    int exponent = BlockLayout.scaleExponent(largest);
    List<List<byte[]>> requests =
        deliver(
            raw.stream().map(block -> BlockLayout.requests(count, block, exponent, 1)).toList());
    List<OwnedVertices> owned = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Iterator<byte[]> asked = requests.get(i).iterator();
      owned.add(BlockLayout.own(count, raw.get(i), exponent, asked, List.<byte[]>of().iterator()));
    }
    List<List<byte[]>> replies = deliver(owned.stream().map(BlockLayout::replies).toList());
    List<EdgeBlock> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(BlockLayout.assemble(count, owned.get(i), replies.get(i).iterator(), exponent, 1));
    }
    return blocks;
  }

  private static List<List<byte[]>> deliver(List<Iterator<Tuple2<Integer, byte[]>>> sent) {
    return deliver(sent, sent.size());
  }

  /** What each block is sent. */
  private static List<List<byte[]>> deliver(
      List<Iterator<Tuple2<Integer, byte[]>>> sent, int blocks) {
    List<List<byte[]>> received = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      received.add(new ArrayList<>());
    }
    sent.forEach(
        messages ->
            messages.forEachRemaining(message -> received.get(message._1()).add(message._2())));
    return received;
  }
}
