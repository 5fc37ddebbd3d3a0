package renown.kernels.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole graph in one block, beside the plainest way to put rows and columns in order. */
class BlockLayoutTest {
  private record Edge(long source, long destination, float weight) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void rowsAndColumnsAreInTheOrderThatIsPromised(int seed) {
    Random random = new Random(seed);
    boolean isWeighted = seed % 2 == 0;
    boolean isScattered = seed % 3 == 0;
    // Sums of weights that lie far apart take another way.
    float least = seed % 4 == 0 ? 1 : 0x1p-20f;
    boolean hasRepeats = seed % 4 < 2;
    int vertices = 1 + random.nextInt(3000);
    List<Edge> edges = new ArrayList<>();
    TreeSet<String> pairs = new TreeSet<>();
    for (int i = 0; i < (seed == 8 ? 400_000 : 20 * vertices); i++) {
      long source = 7 + (long) (vertices * random.nextDouble() * random.nextDouble());
      long destination = 7 + (long) (vertices * Math.pow(random.nextDouble(), 3));
      if (isScattered) {
        source = KeyIndex.mix(source);
        destination = KeyIndex.mix(destination);
      }
      if (hasRepeats || pairs.add(source + " " + destination)) {
        edges.add(new Edge(source, destination, isWeighted ? least + random.nextInt(9) / 4f : 1));
      }
    }
    long[] alone = {isScattered ? -1L : 5L, edges.get(0).source()};
    EdgeBlock expected = slowly(edges, alone);
    for (int cores : new int[] {1, 3}) {
      EdgeBlock block =
          EdgeColumns.layOut(
              parts(edges, 1 + random.nextInt(4)), List.of(alone), Hubs.FEWEST_EDGES, cores);
      assertThat(block.vertexKeys).isEqualTo(expected.vertexKeys);
      assertThat(block.inverseOutWeight).isEqualTo(expected.inverseOutWeight);
      assertThat(block.runDegrees).isEqualTo(expected.runDegrees);
      assertThat(block.runLengths).isEqualTo(expected.runLengths);
      assertThat(block.columns).isEqualTo(expected.columns);
      assertThat(block.weights).isEqualTo(expected.weights);
      assertThat(block.mirrorOffsets).isEqualTo(expected.mirrorOffsets);
      assertThat(block.outboxRows).isDeepEqualTo(expected.outboxRows);
    }
  }

  private static List<EdgeColumns> parts(List<Edge> edges, int count) {
    List<EdgeColumns> parts = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      EdgeColumns columns = new EdgeColumns();
      for (int from = part * 1000; from < edges.size(); from += count * 1000) {
        List<Edge> some = edges.subList(from, Math.min(edges.size(), from + 1000));
        float[] weights = new float[some.size()];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = some.get(i).weight();
        }
        columns.add(
            some.stream().mapToLong(Edge::source).toArray(),
            some.stream().mapToLong(Edge::destination).toArray(),
            weights,
            some.size());
      }
      parts.add(columns);
    }
    return parts;
  }

  private static EdgeBlock slowly(List<Edge> edges, long[] alone) {
    Map<Long, Integer> outDegree = new TreeMap<>();
    Map<Long, Double> outWeight = new TreeMap<>();
    Map<Long, Map<Long, List<Float>>> rows = new TreeMap<>();
    for (long key : alone) {
      rows.put(key, new TreeMap<>());
    }
    float largest = 0;
    for (Edge edge : edges) {
      largest = Math.max(largest, edge.weight());
    }
    float unit = Float.intBitsToFloat(Float.floatToIntBits(largest) & 0x7f800000);
    for (Edge edge : edges) {
      float weight = edge.weight() / unit;
      outDegree.merge(edge.source(), 1, Integer::sum);
      outWeight.merge(edge.source(), (double) weight, Double::sum);
      rows.computeIfAbsent(edge.source(), key -> new TreeMap<>());
      rows.computeIfAbsent(edge.destination(), key -> new TreeMap<>())
          .computeIfAbsent(edge.source(), key -> new ArrayList<>())
          .add(weight);
    }
    List<Long> mirrors = new ArrayList<>(outDegree.keySet());
    mirrors.sort(Comparator.comparing((Long key) -> -outDegree.get(key)));
    Map<Long, Integer> mirrorOf = new TreeMap<>();
    mirrors.forEach(key -> mirrorOf.put(key, mirrorOf.size()));
    List<Long> order = new ArrayList<>(rows.keySet());
    order.sort(
        Comparator.comparing((Long key) -> -rows.get(key).size())
            .thenComparing(key -> outDegree.containsKey(key) ? 0 : 1)
            .thenComparing(
                key -> rows.get(key).keySet().stream().mapToInt(mirrorOf::get).max().orElse(0)));
    List<Integer> columns = new ArrayList<>();
    List<Float> weights = new ArrayList<>();
    TreeMap<Integer, Integer> runs = new TreeMap<>(Comparator.reverseOrder());
    for (long key : order) {
      Map<Long, List<Float>> sources = rows.get(key);
      runs.merge(sources.size(), 1, Integer::sum);
      sources.keySet().stream()
          .sorted(Comparator.comparing(mirrorOf::get))
          .forEach(
              source -> {
                columns.add(mirrorOf.get(source));
                double sum = 0;
                for (float weight : sources.get(source).stream().sorted().toList()) {
                  sum += weight;
                }
                weights.add((float) sum);
              });
    }
    float[] narrow = new float[weights.size()];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = weights.get(i);
    }
    boolean areOnes = weights.stream().allMatch(weight -> weight == 1);
    return new EdgeBlock(
        0,
        1,
        order.stream().mapToLong(key -> key).toArray(),
        order.stream()
            .mapToDouble(key -> outWeight.containsKey(key) ? 1 / outWeight.get(key) : 0)
            .toArray(),
        runs.keySet().stream().mapToInt(degree -> degree).toArray(),
        runs.values().stream().mapToInt(length -> length).toArray(),
        columns.stream().mapToInt(column -> column).toArray(),
        areOnes ? null : narrow,
        new int[] {0, mirrors.size()},
        new int[][] {mirrors.stream().mapToInt(order::indexOf).toArray()},
        new int[0],
        Hubs.Share.NONE);
  }
}
