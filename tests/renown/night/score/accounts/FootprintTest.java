package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import renown.run.RenownException;

class FootprintTest {
  private static final long GB = 1L << 30;

  @Test
  void whatFitsIsNotRefused() {
    assertThatCode(() -> new Footprint(0, 0).check(GB)).doesNotThrowAnyException();
    assertThatCode(() -> new Footprint(2_500_000, 200_000).check(GB)).doesNotThrowAnyException();
  }

  @Test
  void whatDoesNotIsRefusedWithWhatWouldBeEnough() {
    Footprint footprint = new Footprint(50_000_000, 2_000_000);
    assertThatThrownBy(() -> footprint.check(4 * GB))
        .isInstanceOf(RenownException.class)
        .hasMessage(
            "The lake's 50,000,000 rows of edges and 2,000,000 accounts take some 17.4 GB in the"
                + " driver, whose heap has 4.3 GB: give it more (SPARK_DRIVER_MEMORY=21g), or"
                + " divide the networks over several lakes.");
    assertThatCode(() -> footprint.check(21 * GB)).doesNotThrowAnyException();
  }

  @Test
  void whatNoDriverCanNumberIsRefusedWhateverItsHeap() {
    assertThatThrownBy(() -> new Footprint(2_000_000_000L, 200_000_000).check(Long.MAX_VALUE))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("one driver numbers 2,147,483,631 of both together");
    assertThat(new Footprint(2_000_000_000L, 0).bytes()).isEqualTo(600_000_000_000L);
  }
}
