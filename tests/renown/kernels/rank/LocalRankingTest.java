package renown.kernels.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block is laid out and worked on by any number of threads alike. */
class LocalRankingTest {
  private static final int VERTICES = 20_000;
  private static final int EDGES = 120_000;

  /** Large enough for several pieces per thread; some pairs repeat, some vertices are dangling. */
  private static LocalRanking ranking(
      boolean scatteredKeys, boolean weighted, int lanes, int threads) {
    Random random = new Random(11);
    long[] sources = new long[EDGES];
    long[] destinations = new long[EDGES];
    float[] weights = new float[EDGES];
    for (int edge = 0; edge < EDGES; edge++) {
      sources[edge] = (long) (VERTICES * 0.9 * random.nextDouble() * random.nextDouble());
      destinations[edge] = (long) (VERTICES * random.nextDouble() * random.nextDouble());
      weights[edge] = random.nextFloat() + 1e-3f;
    }
    if (scatteredKeys) {
      for (int edge = 0; edge < EDGES; edge++) {
        sources[edge] = KeyIndex.mix(sources[edge]);
        destinations[edge] = KeyIndex.mix(destinations[edge]);
      }
    }
    return new LocalRanking(sources, destinations, weighted ? weights : null, lanes, threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 16})
  void anyNumberOfThreadsGivesTheSameBits(int lanes) {
    for (boolean weighted : new boolean[] {false, true}) {
      LocalRanking one = ranking(weighted, weighted, lanes, 1);
      one.iterate(7, 0.85);
      for (int threads : new int[] {2, 5}) {
        LocalRanking several = ranking(weighted, weighted, lanes, threads);
        several.iterate(3, 0.85);
        several.iterate(4, 0.85);
        assertThat(several.keys()).isEqualTo(one.keys());
        assertThat(several.edges()).isEqualTo(one.edges());
        assertThat(several.ranks()).isEqualTo(one.ranks());
      }
      assertThat(one.edges()).isLessThan(EDGES);
      double sum = 0;
      double[] ranks = one.ranks();
      for (int at = 0; at < ranks.length; at += lanes) {
        sum += ranks[at];
      }
      assertThat(sum).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
    }
  }
}
