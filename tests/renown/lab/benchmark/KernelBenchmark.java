package renown.lab.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import renown.kernels.rank.LocalRanking;
import scala.Tuple2;

/**
 * One iteration of the rank kernel in one thread, without Spark, on an R-MAT graph with repeated
 * edges left in. README.md beside the benchmarks says how to run it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseParallelGC", "-Xmx3g"})
public class KernelBenchmark {
  private static final int EDGE_FACTOR = 16;
  private static final long SEED = 1;

  /** The graph has 2^scale vertices. */
  @Param({"16", "18"})
  public int scale;

  /** Whether weights differ. */
  @Param({"false", "true"})
  public boolean weighted;

  private LocalRanking ranking;

  /** Lays the graph out. */
  @Setup
  public void layOut() {
    int edges = EDGE_FACTOR << scale;
    long[] sources = new long[edges];
    long[] destinations = new long[edges];
    float[] weights = weighted ? new float[edges] : null;
    for (int i = 0; i < edges; i++) {
      Tuple2<Long, Long> edge = RmatEdges.edge(i, scale, true, SEED);
      sources[i] = edge._1();
      destinations[i] = edge._2();
      if (weighted) {
        weights[i] = 1 + i % 1000 / 100f;
      }
    }
    ranking = new LocalRanking(sources, destinations, weights, 1);
  }

  /** One iteration from the last one's ranks. */
  @Benchmark
  public void iteration() {
    ranking.iterate(1, Contenders.DAMPING_FACTOR);
  }
}
