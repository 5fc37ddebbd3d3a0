package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import renown.night.TaskMemory;
import renown.run.RenownException;

class ScoreMemoryTest {
  private static TaskMemory driver(long gigabytes) {
    return new TaskMemory(gigabytes << 30, 1, "spark.driver.memory");
  }

  @Test
  void whatFitsIsNotRefused() {
    assertThatCode(() -> ScoreMemory.check(driver(1), 0, 0)).doesNotThrowAnyException();
    assertThatCode(() -> ScoreMemory.check(driver(1), 10_000_000, 500_000))
        .doesNotThrowAnyException();
  }

  @Test
  void whatDoesNotIsRefusedWithWhatWouldBeEnough() {
    assertThatThrownBy(() -> ScoreMemory.check(driver(2), 50_000_000, 2_000_000))
        .isInstanceOf(RenownException.class)
        .hasMessage(
            "The lake's 50,000,000 rows of edges and 2,000,000 accounts take in the driver about"
                + " 2.7 GB; the heap has 2.0 GB, of which 70 % may be used. Set"
                + " spark.driver.memory to at least 3.8 GB, or divide the networks over several"
                + " lakes.");
    assertThatCode(() -> ScoreMemory.check(driver(4), 50_000_000, 2_000_000))
        .doesNotThrowAnyException();
  }

  @Test
  void whatNoDriverCanNumberIsRefusedWhateverItsHeap() {
    assertThatThrownBy(() -> ScoreMemory.check(driver(1 << 20), 2_000_000_000L, 200_000_000))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("one driver numbers 2,147,483,631 of both together");
  }

  /** In a heap of what is said of them, and that is not much less than they need. */
  @ParameterizedTest
  @Tag("long")
  @CsvSource({
    "walks, 250000, true",
    "walks, 900000, false",
    "ranking, 2000000, true",
    "ranking, 6000000, false"
  })
  void whatIsSaidOfEdgesIsEnoughAndNoneTooMuch(String what, int rows, boolean fits)
      throws Exception {
    long bytes =
        what.equals("walks")
            ? 250_000 * ScoreMemory.BYTES_PER_SHARD_ROW
            : (long) ScoreMemory.driverBytes(2_000_000, 200_000);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+UseSerialGC",
                "-Xmx" + (bytes + (16L << 20)),
                "-cp",
                System.getProperty("java.class.path"),
                ScoreMemoryProbe.class.getName(),
                what,
                Integer.toString(rows))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor() == 0).as(said).isEqualTo(fits);
    assertThat(said).contains(fits ? "done" : "OutOfMemoryError");
  }
}
