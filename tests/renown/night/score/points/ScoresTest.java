package renown.night.score.points;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.kernels.rarity.RarityScale;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.Term;
import renown.tables.AccountState;
import renown.tables.MartAccountScores;
import renown.tables.ReferencePopulations;
import renown.testing.AccountStates;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class ScoresTest extends SparkTest {
  private static final Date NIGHT = Date.valueOf("2026-01-05");
  private static final Column NIGHT_LITERAL = lit(NIGHT);

  private static Object[] earned(
      String network, long key, double attention, double momentum, long actors, double credible) {
    double[] none = {};
    return row(
        network,
        key,
        none,
        none,
        attention,
        attention / 2,
        attention * 2,
        none,
        none,
        momentum,
        actors,
        credible,
        7L,
        NIGHT);
  }

  private static Dataset<Row> earned(Object[]... rows) {
    return rows(AccountStates.schema(AccountState.EARNED_ATTENTIONS), rows);
  }

  @Test
  void aReferenceIsAHistogramOfItsNetworkAndMeasure() {
    Dataset<Row> earned =
        earned(
            earned("x", 1L, 1.0, 4.0, 7L, 1),
            earned("x", 2L, 1.001, 4.0, 7L, 1),
            earned("x", 3L, 2.0, 4.0, 7L, 1),
            earned("y", 6L, 1.0, 1.0, 7L, 1),
            earned("z", 7L, 4.0, 2.0, 7L, 1));
    TableAssert.assertThat(Scores.reference(earned, Map.of("x", 1L, "z", 0L), NIGHT_LITERAL))
        .hasColumnsOf(ReferencePopulations.TABLE)
        .hasRows(
            row("x", "score", 1L, 0L, NIGHT, 64L, 1L, 1L),
            row("x", "score", 1L, 0L, NIGHT, 0L, 2L, 3L),
            row("x", "momentum", 1L, 0L, NIGHT, 128L, 3L, 3L),
            row("z", "score", 0L, 0L, NIGHT, 128L, 1L, 1L),
            row("z", "momentum", 0L, 0L, NIGHT, 64L, 1L, 1L));
  }

  @Test
  void aScoreIsNullExactlyWhereEvidenceIsInsufficient() {
    RarityScale x = new RarityScale(new long[] {0, 64, 640}, new long[] {900, 90, 10});
    RarityScale y = new RarityScale(new long[] {640}, new long[] {1000});
    Map<Scores.Kind, Scores.Reference> references = new HashMap<>();
    references.put(new Scores.Kind("x", Scores.SCORE), new Scores.Reference(x, 2));
    references.put(new Scores.Kind("x", Scores.MOMENTUM), new Scores.Reference(y, 2));
    references.put(new Scores.Kind("y", Scores.SCORE), new Scores.Reference(y, 0));
    references.put(new Scores.Kind("y", Scores.MOMENTUM), new Scores.Reference(x, 0));
    Dataset<Row> scores =
        Scores.scores(
            earned(
                earned("x", 1L, 2.0, 2.0, 3L, 0.5),
                earned("x", 2L, 2.0, 2.0, 2L, 9),
                earned("x", 3L, 1.0, 2.0, 3L, 9),
                earned("y", 4L, 2.0, 2.0, 1000L, 9),
                earned("y", 5L, 1e300, 2.0, 1000L, 0.49)),
            references,
            Scores.isSufficient(3, 0.5),
            NIGHT_LITERAL);
    TableAssert.assertThat(scores).hasColumnsOf(MartAccountScores.TABLE);
    TableAssert.assertThat(
            scores.selectExpr(
                "account_key", "evidence", "score IS NULL", "reference_version", "model_version"))
        .hasRows(
            row(1L, "sufficient", false, 2L, 7L),
            row(2L, "insufficient", true, 2L, 7L),
            row(3L, "sufficient", false, 2L, 7L),
            row(4L, "sufficient", false, 0L, 7L),
            row(5L, "insufficient", true, 0L, 7L));
    // A tenth of x earn twice the mean; nobody of y earns so little.
    Row first = scores.where("account_key = 1").head();
    assertThat(first.<Double>getAs("score")).isCloseTo(12.5, within(1e-12));
    assertThat(first.<Double>getAs("score_low")).isZero();
    assertThat(first.<Double>getAs("score_high")).isCloseTo(x.score(4), within(1e-12));
    assertThat(first.<Double>getAs("momentum")).isZero();
    assertThat(scores.where("account_key = 3").head().<Double>getAs("score")).isZero();
    Row other = scores.where("account_key = 4").head();
    assertThat(other.<Double>getAs("score")).isZero();
    assertThat(other.<Double>getAs("momentum")).isCloseTo(12.5, within(1e-12));
  }

  /**
   * A candidate's points are those of its own weights on the same values, in its own population.
   */
  @Test
  void anotherModelEarnsAnotherAttentionFromTheSameValues() {
    double[] values = new double[Term.values().length];
    values[Term.REACTORS.ordinal()] = 3;
    Dataset<Row> under =
        Scores.underModel(
            rows(
                "network string, account_key bigint, term_values array<double>, momentum_values"
                    + " array<double>, earned_attention double, earned_attention_low double,"
                    + " earned_attention_high double, momentum_earned_attention double,"
                    + " model_version bigint",
                row("x", 1L, values, values, 9.0, 8.0, 10.0, 9.0, 2L)),
            new EarnedAttentionModel(Measure.SCORE, Map.of("reactors", 2.0, "authority", 5.0)),
            new EarnedAttentionModel(Measure.MOMENTUM, Map.of("reactors", 1.0)),
            3);
    Row row = under.head();
    double scale = Term.REACTORS.scale(Measure.SCORE);
    assertThat(row.<Double>getAs("earned_attention"))
        .isCloseTo(Math.pow(1 + 3 / scale, 2), within(1e-9));
    assertThat(row.<Double>getAs("momentum_earned_attention"))
        .isCloseTo(1 + 3 / Term.REACTORS.scale(Measure.MOMENTUM), within(1e-9));
    assertThat(row.<Long>getAs("model_version")).isEqualTo(3);
  }
}
