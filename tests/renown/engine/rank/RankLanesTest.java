package renown.engine.rank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RankLanesTest {
  @Test
  void asManyVectorsTravelTogetherAsAreWanted() {
    assertThat(RankEngine.lanes(1, 1000)).isEqualTo(1);
    assertThat(RankEngine.lanes(2, 1000)).isEqualTo(8);
    assertThat(RankEngine.lanes(8, 1000)).isEqualTo(8);
    assertThat(RankEngine.lanes(9, 1000)).isEqualTo(16);
    assertThat(RankEngine.lanes(300, 0)).isEqualTo(16);
  }

  /** 134 million mirrors of 16 floats were more than an array holds. */
  @Test
  void fewerDoWhereTheirMirrorsWouldFitNoArray() {
    assertThat(RankEngine.lanes(32, 33_000_000)).isEqualTo(16);
    assertThat(RankEngine.lanes(32, 34_000_000)).isEqualTo(8);
    assertThat(RankEngine.lanes(8, 67_000_000)).isEqualTo(8);
    assertThat(RankEngine.lanes(32, 134_217_728)).isEqualTo(1);
    assertThat(RankEngine.lanes(32, 536_000_000)).isEqualTo(1);
  }
}
