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
import java.util.OptionalDouble;
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
    Progress progress = new Progress(stream(out), new Ticks(1), Optional.of(stream(screen)), 79);
    progress.step(
        "rank",
        new Progress.Gauge(() -> 1_000, OptionalDouble.of(100)),
        () -> {
          String shown = screen.toString(StandardCharsets.UTF_8);
          assertThat(shown).startsWith("\r\u001b[Krank ").contains("░", "1,000 rows", "1:40 left");
          progress.say("in between");
          return 1;
        });
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("\r\u001b[K");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("in between\nrank ")
        .doesNotContain("\r", "\u001b");
  }

  @Test
  void aLogHoldsOneLineForEachStep() throws Exception {
    Progress progress = new Progress(stream(out), new Ticks(1));
    assertThat(progress.isWatched()).isFalse();
    progress.step(
        "rank",
        new Progress.Gauge(
            () -> {
              throw new AssertionError("nobody watches");
            },
            OptionalDouble.of(100)),
        () -> 1);
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    assertThat(screen.size()).isZero();
  }

  @Test
  void theLineSaysHowFarItIs() {
    assertThat(ProgressLine.of("score", 120_000, 30, OptionalDouble.of(40), 79))
        .isEqualTo("score        ███████████████░░░░░  75 %  120,000 rows  4,000/s  0:10 left");
    // Longer than the night before: never done before it is.
    assertThat(ProgressLine.of("score", 0, 90, OptionalDouble.of(40), 79))
        .isEqualTo("score        ███████████████████▊  99 %");
    // Nothing is known of it.
    assertThat(ProgressLine.of("score", 0, 3_725, OptionalDouble.empty(), 79))
        .isEqualTo("score        1:02:05");
    assertThat(ProgressLine.of("score", 5, 1, OptionalDouble.of(9), 20)).hasSize(20);
  }

  @Test
  void aStepThatFailsSaysNothingAndClearsTheTerminal() {
    Progress progress = new Progress(stream(out), new Ticks(1), Optional.of(stream(screen)), 80);
    assertThatThrownBy(
            () ->
                progress.step(
                    "rank",
                    () -> {
                      throw new IllegalStateException("as told");
                    }))
        .hasMessage("as told");
    assertThat(out.size()).isZero();
    assertThat(screen.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[K");
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
