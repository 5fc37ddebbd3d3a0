package renown.engine.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.StoppingRule;
import renown.testing.Graphs;
import renown.testing.Graphs.Edge;

/** The reference ranks of LDBC Graphalytics: damping factor 0.85, dangling mass shared. */
class GraphalyticsTest {
  @Test
  void exampleDirected() throws IOException {
    check("graphs/graphalytics-example/example-directed", ".v", ".e", "-PR", true, 2);
  }

  @Test
  void exampleUndirected() throws IOException {
    check("graphs/graphalytics-example/example-undirected", ".v", ".e", "-PR", false, 2);
  }

  @Test
  void gnutellaOfAugust31() throws IOException {
    check("graphs/p2p-31/p2p-31", ".v.gz", ".e.gz", "-PR.gz", false, 10);
  }

  private static void check(
      String name,
      String vertices,
      String edges,
      String reference,
      boolean directed,
      int iterations)
      throws IOException {
    List<Edge> list = new ArrayList<>();
    for (String[] fields : lines(name + edges)) {
      long source = Long.parseLong(fields[0]);
      long destination = Long.parseLong(fields[1]);
      list.add(new Edge(source, destination, 1));
      if (!directed) {
        list.add(new Edge(destination, source, 1));
      }
    }
    Map<Long, Double> uniform = new TreeMap<>();
    for (String[] fields : lines(name + vertices)) {
      uniform.put(Long.parseLong(fields[0]), 1.0);
    }
    Map<Long, Double> ranks =
        Graphs.rank(
            list,
            uniform,
            RankOptions.standard().withStoppingRule(new StoppingRule.Iterations(iterations)));
    List<String[]> expected = lines(name + reference);
    assertThat(ranks).hasSameSizeAs(expected);
    for (String[] fields : expected) {
      double rank = Double.parseDouble(fields[1]);
      assertThat(ranks.get(Long.parseLong(fields[0])))
          .as("vertex %s", fields[0])
          .isCloseTo(rank, within(1e-6 * rank));
    }
  }

  private static List<String[]> lines(String path) throws IOException {
    Path file = Graphs.realData(path);
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = path.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank()).map(l -> l.trim().split("\\s+")).toList();
    }
  }
}
