package renown.engine.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.testing.DriverProcess;

/**
 * The rank vector does not have to fit into the heap: driver and executor in one JVM whose heap is
 * smaller than the vector alone, not to speak of the edges. Wants the package built; takes minutes:
 * {@code mvn -B package -Dtest=RankInLittleMemoryTest -Plong}.
 */
@Tag("long")
class RankInLittleMemoryTest {
  private static final int BITS = 26;
  private static final int ITERATIONS = 2;
  private static final int HEAP_MEGABYTES = 500;

  @TempDir private Path folder;

  @Test
  void aVectorLargerThanTheHeapIsRanked() throws Exception {
    Process driver =
        DriverProcess.java(
                HEAP_MEGABYTES,
                DriverProcess.rankOptions("local[2]", Map.of("spark.local.dir", folder.toString())),
                PairedRanking.class.getName(),
                List.of("" + BITS, "64", "" + ITERATIONS))
            .redirectError(folder.resolve("driver.log").toFile())
            .start();
    try (BufferedReader out = driver.inputReader()) {
      String[] found = DriverProcess.next(out, PairedRanking.RESULT).split(" ");
      assertThat(driver.waitFor()).isZero();
      // All vertices start alike; from the first iteration on, odd ones have no attention.
      double even = 1;
      double odd = 1;
      for (int i = 0; i < ITERATIONS; i++) {
        even = 0.15 + 0.85 * (even + odd);
        odd = 0.15;
      }
      long vertices = 1L << BITS;
      assertThat(Long.parseLong(found[1])).isEqualTo(vertices);
      assertThat(Double.parseDouble(found[2])).isCloseTo(1, within(1e-9));
      assertThat(Double.parseDouble(found[3]) * vertices).isCloseTo(odd, within(1e-6));
      assertThat(Double.parseDouble(found[4]) * vertices).isCloseTo(even, within(1e-6));
      assertThat(Long.parseLong(found[5])).isLessThan(Double.BYTES * vertices);
    } finally {
      driver.destroyForcibly();
    }
  }
}
