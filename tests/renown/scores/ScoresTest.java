package renown.scores;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.rarity.RarityScale;
import renown.tables.AccountScores;
import renown.tables.InfluenceRanks;
import renown.tables.ReferencePopulations;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class ScoresTest extends SparkTest {
  private static final Date NIGHT = Date.valueOf("2026-01-05");
  private static final Column NIGHT_LITERAL = lit(NIGHT);
  private static final String ATTENTION =
      "network string, account_key bigint, earned_attention double, actor_count bigint";

  @Test
  void earnedAttentionIsTheRankAsAMultipleOfTheNetworksMean() {
    TableAssert.assertThat(
            Scores.earnedAttention(
                rows(
                    InfluenceRanks.TABLE.structType(),
                    row("x", 1L, 0.5, 7L, NIGHT),
                    row("x", 2L, 0.25, 0L, NIGHT),
                    row("x", 3L, 0.125, 1L, NIGHT),
                    row("x", 4L, 0.125, 2L, NIGHT),
                    row("y", 5L, 1.0, 3L, NIGHT))))
        .hasColumns(ATTENTION)
        .hasRows(
            row("x", 1L, 2.0, 7L),
            row("x", 2L, 1.0, 0L),
            row("x", 3L, 0.5, 1L),
            row("x", 4L, 0.5, 2L),
            row("y", 5L, 1.0, 3L));
  }

  @Test
  void aReferenceIsAHistogramOfItsNetwork() {
    Dataset<Row> attention =
        rows(
            ATTENTION,
            row("x", 1L, 1.0, 7L),
            row("x", 2L, 1.001, 7L),
            row("x", 3L, 2.0, 7L),
            row("x", 4L, 0.5, 0L),
            row("x", 5L, 0.0, 0L),
            row("y", 6L, 1.0, 7L),
            row("z", 7L, 4.0, 7L));
    TableAssert.assertThat(Scores.reference(attention, Map.of("x", 1L, "z", 0L), NIGHT_LITERAL))
        .hasColumnsOf(ReferencePopulations.TABLE)
        .hasRows(
            row("x", 1L, NIGHT, 64L, 1L, 1L),
            row("x", 1L, NIGHT, 0L, 2L, 3L),
            row("x", 1L, NIGHT, -64L, 1L, 4L),
            row("z", 0L, NIGHT, 128L, 1L, 1L));
  }

  @Test
  void aScoreIsNullExactlyWhereEvidenceIsInsufficient() {
    RarityScale x = new RarityScale(new long[] {0, 64, 640}, new long[] {900, 90, 10});
    RarityScale y = new RarityScale(new long[] {640}, new long[] {1000});
    Dataset<Row> scores =
        Scores.scores(
            rows(
                ATTENTION,
                row("x", 1L, 2.0, 3L),
                row("x", 2L, 2.0, 2L),
                row("x", 3L, 0.001, 3L),
                row("y", 4L, 2.0, 1000L),
                row("y", 5L, 1e300, 0L)),
            Map.of("x", x, "y", y),
            Map.of("x", 2L, "y", 0L),
            3,
            NIGHT_LITERAL);
    TableAssert.assertThat(scores).hasColumnsOf(AccountScores.TABLE);
    TableAssert.assertThat(
            scores.selectExpr("account_key", "evidence", "score IS NULL", "reference_version"))
        .hasRows(
            row(1L, "sufficient", false, 2L),
            row(2L, "insufficient", true, 2L),
            row(3L, "sufficient", false, 2L),
            row(4L, "sufficient", false, 0L),
            row(5L, "insufficient", true, 0L));
    // A tenth of x earn twice the mean; nobody of y earns so little.
    assertThat(score(scores, 1)).isCloseTo(12.5, within(1e-12));
    assertThat(score(scores, 3)).isZero();
    assertThat(score(scores, 4)).isZero();
  }

  private static double score(Dataset<Row> scores, long key) {
    return scores.where("account_key = " + key).head().<Double>getAs("score");
  }
}
