package renown.kernels.accounts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Rows of a small graph with hubs, friends and circles, and the same as a map of pairs. */
final class RandomEdges {
  record Pair(int source, int destination) {}

  final int accounts;
  final List<int[]> rows = new ArrayList<>();

  /** Rows of each pair. */
  final Map<Pair, List<Integer>> pairs = new java.util.HashMap<>();

  final EdgeGraph.Numbered numbered;

  RandomEdges(long seed, int accounts, int rowCount) {
    this.accounts = accounts;
    Random random = new Random(seed);
    for (int i = 0; i < rowCount; i++) {
      int source = (int) (accounts * random.nextDouble() * random.nextDouble());
      // Half of them stay in a circle of six.
      int destination =
          random.nextBoolean()
              ? source / 6 * 6 + random.nextInt(6)
              : (int) (accounts * Math.pow(random.nextDouble(), 2));
      if (destination < accounts && source != destination) {
        rows.add(new int[] {source, destination});
      }
    }
    Collections.shuffle(rows, random);
    for (int row = 0; row < rows.size(); row++) {
      pairs
          .computeIfAbsent(new Pair(rows.get(row)[0], rows.get(row)[1]), pair -> new ArrayList<>())
          .add(row);
    }
    numbered =
        EdgeGraph.of(
            accounts,
            rows.stream().mapToInt(row -> row[0]).toArray(),
            rows.stream().mapToInt(row -> row[1]).toArray());
  }

  EdgeGraph graph() {
    return numbered.graph();
  }

  /** A value of each edge, by pair. */
  Map<Pair, Double> byPair(double[] ofEdges) {
    Map<Pair, Double> values = new TreeMap<>(java.util.Comparator.comparing(Pair::toString));
    for (int edge = 0; edge < ofEdges.length; edge++) {
      values.put(new Pair(graph().source(edge), graph().destination(edge)), ofEdges[edge]);
    }
    return values;
  }
}
