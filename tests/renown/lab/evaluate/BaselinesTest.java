package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import renown.lab.evaluate.Baselines.Acts;

class BaselinesTest {
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final double[] UNKNOWN = {Double.NaN, Double.NaN, Double.NaN};

  /** 1 and 2 attend to 3, which attends to nobody. */
  @Test
  void countsAreOfDistinctAccountsAndOfActs() {
    Map<String, double[]> values =
        new Baselines(
                List.of(
                    new Acts(1, 3, "like", 4, 0.25),
                    new Acts(1, 3, "follow", 1, NEVER),
                    new Acts(2, 3, "reply", 1, 0.5),
                    new Acts(2, 1, "block", 7, NEVER),
                    new Acts(3, 3, "like", 9, NEVER),
                    new Acts(2, 1, "list", 1, NEVER)))
            .values(new long[] {3, 1, 99}, UNKNOWN, UNKNOWN);
    assertThat(values.get("followers")).containsExactly(1, 0, 0);
    assertThat(values.get("distinct past reactors")).containsExactly(2, 0, 0);
    assertThat(values.get("past reactions")).containsExactly(5, 0, 0);
    // A half-life ago, and two.
    assertThat(values.get("recent reactors")).containsExactly(0.75, 0, 0);
    assertThat(values.keySet())
        .containsExactly(
            "followers",
            "distinct past reactors",
            "past reactions",
            "recent reactors",
            "plain PageRank",
            "tweepcred");
  }

  @Test
  void whatIsTheSameForAllPredictsNothing() {
    assertThat(
            new Baselines(
                    List.of(new Acts(1, 2, "like", 1, NEVER), new Acts(2, 1, "like", 1, NEVER)))
                .values(new long[] {1, 2}, UNKNOWN, UNKNOWN))
        .isEmpty();
  }

  /**
   * A star of n leaves, its hub dangling. With d the damping factor each leaf has p and the hub h =
   * p + n d p, where p (n + 1) is all that does not follow an edge.
   */
  @Test
  void theRankOfAStarIsKnown() {
    int leaves = 9;
    List<Acts> acts = new java.util.ArrayList<>();
    for (long leaf = 1; leaf <= leaves; leaf++) {
      acts.add(new Acts(leaf, 0, "like", leaf, NEVER));
    }
    double[] ranks =
        new Baselines(acts).values(new long[] {0, 1, 2}, UNKNOWN, UNKNOWN).get("plain PageRank");
    double leaf = 1 / (leaves + 1 + 0.85 * leaves);
    assertThat(ranks[1]).isCloseTo(leaf, within(1e-9));
    assertThat(ranks[2]).isCloseTo(leaf, within(1e-9));
    assertThat(ranks[0]).isCloseTo(leaf * (1 + 0.85 * leaves), within(1e-8));
  }

  @Test
  void tweepcredWantsFollowersOfThoseWhoFollowMany() {
    assertThat(Baselines.userMass(0, 500)).isEqualTo(55);
    assertThat(Baselines.userMass(999, 999)).isCloseTo(55 / Math.exp(2), within(1e-12));
    assertThat(Baselines.adjusted(1, 0, 2500)).isEqualTo(1);
    assertThat(Baselines.adjusted(1, 2999, 2999)).isEqualTo(1);
    assertThat(Baselines.adjusted(1, 0, 2999)).isEqualTo(1 / 50.0);
  }

  @Test
  void statedFollowersCountWhereMoreThanWereSeen() {
    assertThat(
            new Baselines(List.of(new Acts(1, 2, "follow", 1, NEVER)))
                .values(new long[] {1, 2}, new double[] {30, 0}, new double[] {1, 0})
                .get("followers"))
        .containsExactly(30, 1);
  }
}
