package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import renown.run.ExitCode;
import renown.run.RenownException;

class TaskMemoryTest {
  private static final TaskMemory MEMORY = new TaskMemory(10L << 30, 4, "spark.executor.memory");

  @Test
  void whatFitsIsNotRefused() {
    assertThatCode(() -> MEMORY.hold("topics of x", 70_000_000, 100, "wait"))
        .doesNotThrowAnyException();
    assertThatCode(() -> MEMORY.hold("topics of x", 0, 100, "wait")).doesNotThrowAnyException();
  }

  /** More than seven tenths of ten gigabytes, and more than any long. */
  @Test
  void whatDoesNotFitIsRefusedWithTheNumbersAndTheWayOut() {
    assertThatThrownBy(
            () ->
                MEMORY.hold(
                    "topics of x", 80_000_000, 100, "shorten topics.half-life-days on a new lake"))
        .isInstanceOf(RenownException.class)
        .hasMessage(
            "topics of x: 80,000,000 rows, which one task has to hold at once, take about 7.5 GB;"
                + " the heap has 10.0 GB, of which 70 % may be used. Set spark.executor.memory to"
                + " at least 10.6 GB, or shorten topics.half-life-days on a new lake.")
        .satisfies(
            thrown ->
                assertThat(((RenownException) thrown).exitCode())
                    .isEqualTo(ExitCode.BAD_CONFIGURATION));
    assertThatThrownBy(() -> MEMORY.hold("all", Long.MAX_VALUE, 1000, "wait"))
        .isInstanceOf(RenownException.class);
  }

  /** Half of seven tenths of ten gigabytes, shared by four. */
  @Test
  void tasksThatRunAtOnceShareHalfOfWhatMayBeUsed() {
    assertThat(MEMORY.rowsPerTask(1)).isEqualTo((10L << 30) * 7 / 80);
    assertThat(MEMORY.rowsPerTask(1000)).isEqualTo((10L << 30) * 7 / 80_000);
    assertThat(MEMORY.rowsPerTask(Long.MAX_VALUE)).isEqualTo(1);
  }
}
