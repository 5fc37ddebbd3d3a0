package renown.night.publish.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class ValidationTest extends SparkTest {
  @Test
  void spearmanIsTheCorrelationOfRanks() {
    double[] x = {1, 2, 3, 4, 5};
    assertThat(Prediction.spearman(x, new double[] {1, 8, 27, 64, 125})).isEqualTo(1);
    assertThat(Prediction.spearman(x, new double[] {5, 4, 3, 2, 1})).isEqualTo(-1);
    // By the formula for ranks without ties: 1 - 6 * sum of d^2 / (n (n^2 - 1)), d^2 = 1+1+1+1+0.
    assertThat(Prediction.spearman(x, new double[] {2, 1, 4, 3, 5}))
        .isCloseTo(1 - 6 * 4 / 120.0, within(1e-12));
    // Ties share ranks 1.5 and 3.5: sums of squares 4 and 5, of products 4.
    assertThat(Prediction.spearman(new double[] {1, 1, 2, 2}, new double[] {1, 2, 3, 4}))
        .isCloseTo(4 / Math.sqrt(20), within(1e-12));
    assertThat(Prediction.spearman(x, new double[5])).isZero();
  }

  @Test
  void theFirstOnesGainMost() {
    double[] outcome = {3, 0, 1};
    assertThat(Prediction.ndcg(new double[] {9, 1, 5}, outcome)).isEqualTo(1);
    double worst = 1 / (Math.log(3) / Math.log(2)) + 3 / 2.0;
    double best = 3 + 1 / (Math.log(3) / Math.log(2));
    assertThat(Prediction.ndcg(new double[] {1, 9, 5}, outcome))
        .isCloseTo(worst / best, within(1e-12));
    assertThat(Prediction.topLift(new double[] {9, 1, 5}, outcome)).isCloseTo(2.25, within(1e-12));
    assertThat(Prediction.ndcg(outcome, new double[3])).isZero();
  }

  /** A better predictor is told from a worse one, and not from itself. */
  @Test
  void anAdvantageIsCertainWhereItIsLarge() {
    Random random = new Random(2);
    double[] outcome = random.doubles(400).toArray();
    double[] good = Arrays.stream(outcome).map(x -> x + 0.2 * random.nextGaussian()).toArray();
    double[] bad = Arrays.stream(outcome).map(x -> x + 2 * random.nextGaussian()).toArray();
    double[] interval = Prediction.advantage(Prediction::spearman, good, bad, outcome, 100, 1);
    double advantage = Prediction.spearman(good, outcome) - Prediction.spearman(bad, outcome);
    assertThat(interval[0]).isPositive().isLessThan(advantage);
    assertThat(interval[1]).isGreaterThan(advantage);
    assertThat(Prediction.advantage(Prediction::spearman, good, good, outcome, 100, 1))
        .containsExactly(0, 0);
  }

  @Test
  void outcomesAreDistinctCredibleAccounts() {
    Timestamp first = Timestamp.valueOf("2026-01-01 12:00:00");
    Dataset<Row> reactors =
        Outcomes.reactors(
            rows(
                "verb string, actor_key bigint, target_key bigint, change bigint",
                row("like", 1L, 9L, 1L),
                row("repost", 1L, 9L, 1L),
                row("like", 2L, 9L, 1L),
                row("follow", 3L, 9L, 1L),
                row("like", 3L, 8L, 1L),
                row("like", 4L, 9L, -1L),
                row("like", 5L, 9L, 1L),
                row("like", 9L, 9L, 1L)),
            rows(
                "account_key bigint, credibility double",
                row(1L, 0.5),
                row(2L, 0.25),
                row(3L, 1.0),
                row(4L, 1.0),
                row(9L, 1.0)));
    TableAssert.assertThat(reactors).hasRows(row(9L, 0.75), row(8L, 1.0));
    TableAssert.assertThat(
            Outcomes.perWeekOfPosting(
                reactors,
                rows(
                    "author_key bigint, happened_at timestamp",
                    row(9L, first),
                    row(9L, first),
                    row(9L, Timestamp.valueOf("2026-01-09 12:00:00")),
                    row(9L, Timestamp.valueOf("2026-01-17 12:00:00")))))
        .hasRows(row(9L, 0.25), row(8L, 1.0));
  }
}
