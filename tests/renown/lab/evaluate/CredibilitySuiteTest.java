package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredibilitySuiteTest {
  private static Map<String, Double> values(List<Measurement> measurements) {
    return measurements.stream()
        .collect(Collectors.toMap(Measurement::measure, Measurement::value));
  }

  @Test
  void statedAndObservedSharesAreThoseOfTheirGroups() {
    double[] stated = {0.05, 0.2, 0.2, 0.8, 0.8, 0.8, 1};
    boolean[] isTrue = {false, true, false, true, true, false, true};
    List<Measurement> measurements = CredibilitySuite.reliability("x", stated, isTrue);
    Map<String, Double> values = values(measurements);
    assertThat(values.get("0.1 to 0.3: accounts")).isEqualTo(2);
    assertThat(values.get("0.1 to 0.3: mean stated")).isCloseTo(0.2, within(1e-12));
    assertThat(values.get("0.1 to 0.3: observed")).isEqualTo(0.5);
    assertThat(values.get("0.9 to 1.0: accounts")).isEqualTo(1);
    // Groups are off by 0.05, 0.6, 0.4 and 0 accounts.
    assertThat(values.get("calibration error")).isCloseTo(1.05 / 7, within(1e-12));
    assertThat(measurements).filteredOn(one -> !one.holds()).hasSize(1);
    double squares = 0.0025 + 0.64 + 0.04 + 0.04 + 0.04 + 0.64;
    assertThat(values.get("Brier score")).isCloseTo(squares / 7, within(1e-12));
    // 0.2 wins 1.5 of three pairs, each 0.8 wins 2.5, and 1 all of them.
    assertThat(CredibilitySuite.auc(stated, isTrue)).isCloseTo(9.5 / 12, within(1e-12));
  }

  /** Of those who acted: a is rated well later, b badly, and c too seldom. */
  @Test
  void laterRatingsSayWhoWasTrusted(@TempDir Path folder) throws Exception {
    StringBuilder lines = new StringBuilder();
    long at = 1_300_000_000;
    for (int i = 0; i < 14; i++) {
      lines.append("abc".charAt(i % 3)).append(",r").append(i % 5).append(",3,").append(at += 3600);
      lines.append('\n');
    }
    for (String rater : List.of("r0", "r1", "r2", "r3")) {
      lines.append(rater).append(",a,5,").append(at += 3600).append('\n');
      lines.append(rater).append(",b,-10,").append(at += 3600).append('\n');
    }
    lines.append("r0,c,-10,").append(at + 3600).append('\n');
    Path file = Files.writeString(folder.resolve("ratings.csv"), lines);
    OpenSet set = OpenSet.read("r", file).get(0);
    Map<String, Double> values = values(CredibilitySuite.ratings(set));
    double accounts = 0;
    double trusted = 0;
    for (String group :
        List.of(
            "0.0 to 0.1", "0.1 to 0.3", "0.3 to 0.5", "0.5 to 0.7", "0.7 to 0.9", "0.9 to 1.0")) {
      double count = values.getOrDefault(group + ": accounts", 0.0);
      accounts += count;
      trusted += count * values.getOrDefault(group + ": observed", 0.0);
    }
    assertThat(accounts).isEqualTo(2);
    assertThat(trusted).isCloseTo(1, within(1e-9));
  }
}
