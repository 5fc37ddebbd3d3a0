package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.lab.evaluate.IntervalSuite.Earned;
import renown.testing.SparkTest;

class IntervalSuiteTest extends SparkTest {
  private static Map<String, Double> byMeasure(List<Measurement> measurements) {
    Map<String, Double> values = new HashMap<>();
    measurements.forEach(one -> values.put(one.measure(), one.value()));
    return values;
  }

  @Test
  void theSidesThatFaceEachOtherDecide() {
    // From 10 up to 15, from 20 down to 18: ln 2 against hypot(ln 1.5, ln(20/18)) = 0.419.
    Earned less = new Earned(5, 1, 1, 10, 15);
    Earned more = new Earned(5, 1, 18, 20, 200);
    assertThat(IntervalSuite.isCovered(less, more)).isFalse();
    assertThat(IntervalSuite.isCovered(more, less)).isFalse();
    // The other side of one is wide, so that it covers: hypot(ln 1.5, ln 2) = 0.803.
    assertThat(IntervalSuite.isCovered(less, new Earned(5, 1, 10, 20, 21))).isTrue();
    // Neither alone reaches over, both together do: ln 2 = 0.693 against hypot(0.5, 0.5) = 0.707.
    double root = Math.exp(0.5);
    assertThat(
            IntervalSuite.isCovered(
                new Earned(5, 1, 9, 10, 10 * root), new Earned(5, 1, 20 / root, 20, 21)))
        .isTrue();
    assertThat(IntervalSuite.isCovered(new Earned(5, 1, 10, 10, 10), new Earned(5, 1, 10, 10, 10)))
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
                      i,
                      1,
                      Math.exp(estimate - side),
                      Math.exp(estimate),
                      Math.exp(estimate + side)));
            }
          }
          first.put("only here", new Earned(1, 1, 1, 1, 1));
          first.put("unanswered", new Earned(9, 0, 1, 1, 1));
          second.put("unanswered", new Earned(9, 0, 9, 9, 9));
          List<Measurement> measurements = IntervalSuite.compare("n", first, second);
          Map<String, Double> values = byMeasure(measurements);
          assertThat(values.get("accounts with a score and reactions")).isEqualTo(6000);
          assertThat(values.get("share covered")).isCloseTo(share, within(0.015));
          assertThat(measurements.stream().allMatch(Measurement::holds)).isEqualTo(share == 0.9);
        });
  }

  @Test
  void thirdsAreByHowManyActed() {
    Map<String, Earned> first = new HashMap<>();
    Map<String, Earned> second = new HashMap<>();
    for (int i = 0; i < 9; i++) {
      // Those with many actors lie apart; their names would sort first.
      first.put("account" + (9 - i), new Earned(i, 1, 9, 10, 11));
      second.put("account" + (9 - i), new Earned(i, 1, i < 6 ? 9.5 : 90, i < 6 ? 10.5 : 100, 110));
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

  @Test
  void fewAccountsHaveNoGate() {
    Map<String, Earned> low = new HashMap<>();
    Map<String, Earned> high = new HashMap<>();
    for (int i = 0; i < 149; i++) {
      low.put("account" + i, new Earned(1, 1, 0.9, 1, 1.1));
      high.put("account" + i, new Earned(1, 1, 90, 100, 110));
    }
    assertThat(IntervalSuite.compare("n", low, high))
        .allMatch(one -> one.gate().isEmpty())
        .anyMatch(one -> one.measure().equals("share covered") && one.value() == 0);
    low.put("one more", low.get("account0"));
    high.put("one more", high.get("account0"));
    assertThat(IntervalSuite.compare("n", low, high)).filteredOn(one -> !one.holds()).hasSize(1);
  }

  /** Forty accounts like and follow account 0; 7 takes its like back, 99 may not be counted. */
  @Test
  void eachAccountActsOnOthersInOneHalfAndOnNobodyInTheOther() {
    Timestamp at = Timestamp.valueOf("2026-01-05 10:00:00");
    List<Object[]> acts = new ArrayList<>();
    List<Object[]> ids = new ArrayList<>();
    ids.add(row(0L, "id0"));
    for (long actor = 1; actor <= 40; actor++) {
      ids.add(row(actor, "id" + actor));
      acts.add(row("x", 1L, actor, "like", actor, 0L, "post", at, 1));
      acts.add(row("x", -2L, actor, "follow", actor, 0L, null, at, 1));
    }
    acts.add(row("x", 1L, 7L, "like", 7L, 0L, "post", at, -1));
    acts.add(row("x", 1L, 99L, "like", 99L, 0L, "post", at, 1));
    Set<String> actsOnOthers = new HashSet<>();
    Set<String> actorsBefore = new HashSet<>();
    for (String half : List.of("a", "b")) {
      List<Row> lines =
          IntervalSuite.acts(
                  rows(
                      "network string, record_print_high bigint, record_print_low bigint,"
                          + " verb string, actor_key bigint,"
                          + " target_key bigint, object_id string, happened_at timestamp,"
                          + " change int",
                      acts.toArray(Object[][]::new)),
                  rows("account_key bigint, account_id string", ids.toArray(Object[][]::new)),
                  half)
              .collectAsList();
      Set<String> active = new HashSet<>();
      Set<String> actors = new HashSet<>();
      for (Row line : lines) {
        String id = line.getAs("account_id");
        active.add(id);
        boolean isFollow = line.getAs("verb").equals("follow");
        if (line.getAs("target_account_id").equals("id0")) {
          assertThat(actsOnOthers.add(line.getAs("record_id"))).isTrue();
          actors.add(id);
          assertThat(line.<String>getAs("object_id")).isEqualTo(isFollow ? null : "post");
        } else {
          assertThat(line.<String>getAs("target_account_id")).isEqualTo("nobody-id0");
          assertThat(line.<String>getAs("object_id")).isEqualTo(isFollow ? null : "nobody-post");
        }
      }
      assertThat(lines).hasSize(79);
      assertThat(active).hasSize(40);
      // A fair coin gives fewer than 8 or more than 32 of 40 once in some 20,000 times.
      assertThat(actors).hasSizeBetween(8, 32).noneMatch(actorsBefore::contains);
      actorsBefore.addAll(actors);
    }
    assertThat(actsOnOthers)
        .hasSize(79)
        .doesNotContain(
            "0000000000000001" + "0000000000000007", "0000000000000001" + "0000000000000063");
    assertThat(actorsBefore).hasSize(40);
  }
}
