package renown.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @Test
  void aStepSaysRowsSecondsAndRowsPerSecond() throws Exception {
    new Progress(stream(out), new Ticks(2500)).step("ingest", () -> 10_000);
    assertThat(words(out)).isEqualTo("ingest 10,000 rows 2.5 s 4,000 rows/s\n");
  }

  @Test
  void aStepWithoutRowsSaysSeconds() throws Exception {
    new Progress(stream(out), new Ticks(1200)).step("publish", () -> -1);
    assertThat(words(out)).isEqualTo("publish 1.2 s\n");
  }

  @Test
  void aTerminalShowsTheRunningStepAndIsClearedAfterIt() throws Exception {
    Progress progress = new Progress(stream(out), new Ticks(1), Optional.of(stream(screen)));
    progress.step(
        "rank",
        () -> {
          assertThat(screen.toString(StandardCharsets.UTF_8)).endsWith("\rrank ...");
          return 1;
        });
    assertThat(screen.toString(StandardCharsets.UTF_8)).matches("(?s).*rank \\.\\.\\.\r +\r");
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("rank ").doesNotContain("\r");
  }

  @Test
  void aStepThatFailsSaysNothingAndClearsTheTerminal() {
    Progress progress = new Progress(stream(out), new Ticks(1), Optional.of(stream(screen)));
    assertThatThrownBy(
            () ->
                progress.step(
                    "rank",
                    () -> {
                      throw new IllegalStateException("as told");
                    }))
        .hasMessage("as told");
    assertThat(out.size()).isZero();
    assertThat(screen.toString(StandardCharsets.UTF_8)).endsWith(" \r");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String words(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replaceAll(" +", " ");
  }

  /** Goes on by the same step at each look. */
  private static final class Ticks extends Clock {
    private final long step;
    private long now;

    Ticks(long step) {
      this.step = step;
    }

    @Override
    public Instant instant() {
      now += step;
      return Instant.ofEpochMilli(now);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
