package renown.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import renown.evaluate.IntervalSuite.Earned;

class IntervalSuiteTest {
  private static Map<String, Double> byMeasure(List<Measurement> measurements) {
    Map<String, Double> values = new HashMap<>();
    measurements.forEach(one -> values.put(one.measure(), one.value()));
    return values;
  }

  @Test
  void theSidesThatFaceEachOtherDecide() {
    // From 10 up to 15, from 20 down to 18: ln 2 against hypot(ln 1.5, ln(20/18)) = 0.419.
    Earned less = new Earned(5, 1, 10, 15);
    Earned more = new Earned(5, 18, 20, 200);
    assertThat(IntervalSuite.isCovered(less, more)).isFalse();
    assertThat(IntervalSuite.isCovered(more, less)).isFalse();
    // The other side of one is wide, so that it covers: hypot(ln 1.5, ln 2) = 0.803.
    assertThat(IntervalSuite.isCovered(less, new Earned(5, 10, 20, 21))).isTrue();
    // Neither alone reaches over, both together do: ln 2 = 0.693 against hypot(0.5, 0.5) = 0.707.
    double root = Math.exp(0.5);
    assertThat(
            IntervalSuite.isCovered(
                new Earned(5, 9, 10, 10 * root), new Earned(5, 20 / root, 20, 21)))
        .isTrue();
    assertThat(IntervalSuite.isCovered(new Earned(5, 10, 10, 10), new Earned(5, 10, 10, 10)))
        .isTrue();
  }

  /** Earned attention of a known distribution: what intervals promise can be told beforehand. */
  @Test
  void intervalsOfTheRightWidthCoverNineOfTenAndNarrowOnesLess() {
    Random random = new Random(1);
    Map<Double, Double> expected = Map.of(1.0, 0.9, 0.5, 0.589, 2.0, 0.999);
    expected.forEach(
        (widths, share) -> {
          Map<String, Earned> first = new HashMap<>();
          Map<String, Earned> second = new HashMap<>();
          for (int i = 0; i < 6000; i++) {
            double deviation = 0.1 + random.nextDouble();
            double truth = 5 * random.nextGaussian();
            for (Map<String, Earned> half : List.of(first, second)) {
              double estimate = truth + deviation * random.nextGaussian();
              double side = 1.6449 * deviation * widths;
              half.put(
                  "account" + i,
                  new Earned(
                      i, Math.exp(estimate - side), Math.exp(estimate), Math.exp(estimate + side)));
            }
          }
          first.put("only here", new Earned(1, 1, 1, 1));
          List<Measurement> measurements = IntervalSuite.compare("n", first, second);
          Map<String, Double> values = byMeasure(measurements);
          assertThat(values.get("accounts with a score in both halves")).isEqualTo(6000);
          assertThat(values.get("share covered")).isCloseTo(share, within(0.015));
          assertThat(measurements.stream().allMatch(Measurement::holds)).isEqualTo(share > 0.85);
        });
  }

  @Test
  void thirdsAreByHowManyActed() {
    Map<String, Earned> first = new HashMap<>();
    Map<String, Earned> second = new HashMap<>();
    for (int i = 0; i < 9; i++) {
      // Those with many actors lie apart; their names would sort first.
      first.put("account" + (9 - i), new Earned(i, 9, 10, 11));
      second.put("account" + (9 - i), new Earned(i, i < 6 ? 9.5 : 90, i < 6 ? 10.5 : 100, 110));
    }
    Map<String, Double> values = byMeasure(IntervalSuite.compare("n", first, second));
    assertThat(values.get("share covered")).isCloseTo(6 / 9.0, within(1e-9));
    assertThat(values.get("share covered, the third with the fewest actors")).isEqualTo(1);
    assertThat(values.get("share covered, the third with the most actors")).isZero();
    assertThat(values.get("median width of an interval, as ln of a factor"))
        .isCloseTo(Math.log(11 / 9.0), within(1e-9));
    assertThat(values.get("median difference of the halves, as ln of a factor"))
        .isCloseTo(Math.log(1.05), within(1e-9));
  }
}
