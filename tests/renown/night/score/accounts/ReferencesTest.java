package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.night.score.model.Measure;
import renown.tables.ReferencePopulations;

class ReferencesTest {
  private static final long NIGHT = Given.DAY;
  private static final References.Rule RULE = new References.Rule(1000, 270);

  private static double[] population(long seed, double factor) {
    Random random = new Random(seed);
    return DoubleStream.generate(() -> 1 + factor * (Math.pow(1 - random.nextDouble(), -0.8) - 1))
        .limit(3000)
        .toArray();
  }

  private static References.Network network(long evident, long knownDays, double[] attentions) {
    return new References.Network("x", evident, knownDays, attentions, attentions, 0);
  }

  private static References after(References references) {
    return new References(references.rows());
  }

  private static References fixed(double[] attentions, long night) {
    References references = new References(Given.rows(ReferencePopulations.TABLE));
    references.decide(network(1000, 270, attentions), RULE, 3, night);
    assertThat(references.version("x")).isEqualTo(References.version(night)).isPositive();
    return after(references);
  }

  /** Young or small, it is tonight's own, night after night, and says so. */
  @Test
  void anUnripePopulationIsProvisionalAndRenewed() {
    References references = new References(Given.rows(ReferencePopulations.TABLE));
    for (long night = 0; night < 3; night++) {
      // Attention grows as the network is watched: its median stays at the same points.
      double[] attentions = population(1, 1 + night);
      references = after(references);
      references.decide(network(5000, 200 + night, attentions), RULE, 3, NIGHT + night);
      assertThat(references.isChanged()).isTrue();
      assertThat(references.version("x")).isZero();
      assertThat(references.earlierScale("x")).isNull();
      Arrays.sort(attentions);
      assertThat(references.scale("x", Measure.SCORE).score(attentions[2700]))
          .isCloseTo(12.5, within(0.3));
    }
    references.decide(network(999, 400, population(1, 1)), RULE, 3, NIGHT + 3);
    assertThat(references.version("x")).isZero();
    references = after(references);
    references.decide(network(1000, 270, population(1, 1)), RULE, 3, NIGHT + 4);
    assertThat(references.version("x")).isEqualTo(20260118);
  }

  @Test
  void aRipeOneIsKeptFromNightToNight() {
    double[] attentions = population(2, 1);
    References references = fixed(attentions, NIGHT);
    double score = references.scale("x", Measure.SCORE).score(attentions[7]);
    references.decide(network(1200, 271, population(3, 1.2)), RULE, 3, NIGHT + 1);
    assertThat(references.isChanged()).isFalse();
    assertThat(references.version("x")).isEqualTo(References.version(NIGHT));
    assertThat(references.scale("x", Measure.SCORE).score(attentions[7])).isEqualTo(score);
  }

  /** Raised while evidence is thin, or taken back: the scale of another model is never used. */
  @Test
  void anotherModelTakesAnotherPopulationInEitherDirection() {
    for (long model : new long[] {4, 2}) {
      References thin = fixed(population(2, 1), NIGHT);
      thin.decide(network(900, 300, population(4, 3)), RULE, model, NIGHT + 30);
      assertThat(thin.version("x")).isZero();
      assertThat(thin.earlierScale("x")).isNull();
      thin = after(thin);
      thin.decide(network(1000, 301, population(4, 3)), RULE, model, NIGHT + 31);
      assertThat(thin.version("x")).isEqualTo(References.version(NIGHT + 31));
      References ripe = fixed(population(2, 1), NIGHT);
      ripe.decide(network(1000, 300, population(4, 3)), RULE, model, NIGHT + 30);
      assertThat(ripe.version("x")).isEqualTo(References.version(NIGHT + 30));
      double[] its = population(4, 3);
      Arrays.sort(its);
      assertThat(ripe.scale("x", Measure.SCORE).score(its[2700])).isCloseTo(12.5, within(0.3));
    }
  }

  /** Outgrown, it is followed by tonight's, and for 28 nights the one before is there too. */
  @Test
  void anOutgrownOneIsReplacedAndTheOldScaleStaysForAWhile() {
    double[] grown = population(5, 4);
    References references = fixed(population(2, 1), NIGHT);
    double before = references.scale("x", Measure.SCORE).score(9);
    references.decide(network(1000, 300, grown), RULE, 3, NIGHT + 89);
    assertThat(references.version("x")).isEqualTo(References.version(NIGHT));
    references.decide(network(1000, 300, grown), RULE, 3, NIGHT + 90);
    long version = References.version(NIGHT + 90);
    for (long night = 90; night < 90 + References.BRIDGE_DAYS; night++) {
      references = after(references);
      references.decide(network(1000, 300, grown), RULE, 3, NIGHT + night + 0);
      assertThat(references.version("x")).isEqualTo(version);
      assertThat(references.earlierScale("x").score(9)).isEqualTo(before);
      assertThat(references.scale("x", Measure.SCORE).score(9)).isLessThan(before - 3);
    }
    references.decide(network(1000, 300, grown), RULE, 3, NIGHT + 90 + References.BRIDGE_DAYS);
    assertThat(references.earlierScale("x")).isNull();
    assertThat(references.isChanged()).isTrue();
    references = after(references);
    references.decide(network(1000, 300, grown), RULE, 3, NIGHT + 200);
    assertThat(references.isChanged()).isFalse();
  }

  @Test
  void rowsAreTheHistogramOfBothMeasures() {
    References references = new References(Given.rows(ReferencePopulations.TABLE));
    references.decide(
        new References.Network("x", 3, 1, new double[] {1, 1.001, 2}, new double[] {4, 4, 4}, 0),
        RULE,
        3,
        NIGHT);
    ColumnRows rows = references.rows();
    assertThat(rows.texts(ReferencePopulations.MEASURE).toArray())
        .containsExactly("score", "score", "momentum");
    assertThat(rows.longs(ReferencePopulations.STEP).toArray()).containsExactly(64, 0, 128);
    assertThat(rows.longs(ReferencePopulations.STEP_COUNT).toArray()).containsExactly(1, 2, 3);
    assertThat(rows.longs(ReferencePopulations.AT_LEAST_COUNT).toArray()).containsExactly(1, 3, 3);
    assertThat(rows.longs(ReferencePopulations.REFERENCE_VERSION).toArray()).containsOnly(0);
    assertThat(rows.longs(ReferencePopulations.MODEL_VERSION).toArray()).containsOnly(3);
    assertThat(rows.longs(ReferencePopulations.REFERENCE_NIGHT).toArray()).containsOnly(NIGHT);
  }

  /** Of accounts met by one other and by two follows how many were met by none. */
  @Test
  void aSampleTellsHowManyItHasNotShown() {
    int[] met = {1, 1, 1, 1, 2, 1, 1};
    int[] all = {0, 1, 2, 3, 4, 5, 6};
    // Met once: 0, 1, 2, 3, 5, 6; twice: 4.
    assertThat(References.unseen(met, all)).isEqualTo(18);
    assertThat(References.unseen(met, new int[] {0, 1, 2, 3, 4})).isEqualTo(8);
    References references = new References(Given.rows(ReferencePopulations.TABLE));
    double[] attentions = new double[100];
    java.util.Arrays.setAll(attentions, i -> 2 + i);
    references.decide(
        new References.Network("x", 100, 300, attentions, attentions, 900),
        new References.Rule(50, 270),
        4,
        Given.DAY);
    // The lowest of the hundred is in the top tenth of a thousand.
    assertThat(references.scale("x", Measure.SCORE).score(2)).isBetween(12.0, 13.0);
  }
}
