package renown.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import renown.run.ExitCode;
import renown.run.RenownException;

class EvaluateJobTest {
  private static final Suite SUITE = new InfluenceSuite();

  @Test
  void everyGateMustHold() {
    Measurement told = Measurement.of("x", "baseline", 0);
    Measurement held = Measurement.of("x", "AUC", 0.9).atLeast(0.9);
    Measurement broken = Measurement.of("y", "error", 0.25).atMost(0.2);
    assertThatCode(() -> EvaluateJob.judge(SUITE, List.of(told, held))).doesNotThrowAnyException();
    assertThatThrownBy(() -> EvaluateJob.judge(SUITE, List.of(told, held, broken)))
        .isInstanceOfSatisfying(
            RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.AUDIT_FAILED))
        .hasMessage(
            "Suite influence: 1 of 2 gates do not hold: y: error = 0.2500, must be <= 0.2000.");
  }

  @Test
  void nothingMeasuredIsNoSuccess() {
    Measurement empty = Measurement.of("x", "AUC", Double.NaN).atLeast(0);
    assertThat(empty.holds()).isFalse();
    assertThatThrownBy(() -> EvaluateJob.judge(SUITE, List.of()))
        .isInstanceOf(RenownException.class);
  }
}
