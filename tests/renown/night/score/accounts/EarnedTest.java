package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import renown.kernels.accounts.DistinctActors;
import renown.kernels.accounts.EdgeGraph;
import renown.kernels.rarity.RarityScale;
import renown.lake.ColumnRows;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.night.score.model.Term;
import renown.tables.AccountState;
import renown.tables.DeletedPosts;
import renown.tables.PostReactions;
import renown.tables.Posts;
import renown.tables.ReferencePopulations;

class EarnedTest {
  private static final double UNIT = 1L << 30;

  /** Edges to account 0 from the others, each with so many reactions; who has none, has no edge. */
  private static final class Actors {
    private final EdgeGraph graph;
    private final DistinctActors.Acts acts;
    private final double[] credibility;

    Actors(double[] reactions, double[] credibility) {
      int[] sources = new int[reactions.length];
      Arrays.setAll(sources, i -> i + 1);
      graph = EdgeGraph.of(reactions.length + 1, sources, new int[reactions.length]).graph();
      acts =
          new DistinctActors.Acts(
              reactions, new double[reactions.length], new double[reactions.length], null);
      this.credibility = credibility;
    }

    DistinctActors sums() {
      double[] open = new double[credibility.length];
      Arrays.fill(open, 1);
      return new DistinctActors(graph, acts, credibility, open);
    }
  }

  private static Reactions reactions(int accounts, double[] sums, double[] posts) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < posts.length; i++) {
      rows.add(Given.post("p" + i, 0, null, (long) (posts[i] * UNIT), Given.NIGHT));
    }
    Object[] row = new Object[12];
    row[0] = "x";
    row[1] = 0;
    for (int i = 0; i < sums.length; i++) {
      row[2 + i] = (long) (sums[i] * UNIT);
    }
    row[11] = Given.NIGHT;
    return new Reactions(
        Given.accounts(accounts),
        Given.rows(AccountState.REACTIONS, row),
        new Given.Parts(Given.rows(PostReactions.TABLE, rows.toArray(new Object[0][]))),
        Given.rows(List.of(Posts.NETWORK, Posts.POST_ID, Posts.AUTHOR_KEY, Posts.HAPPENED_AT)),
        Given.rows(DeletedPosts.TABLE),
        Given.acts(Given.accounts(accounts)),
        new double[accounts],
        90,
        Given.DAY);
  }

  private static Earned earned(
      Actors standing,
      Actors fast,
      Reactions reactions,
      boolean tells,
      EarnedAttentionModel model) {
    int accounts = standing.graph.accounts();
    double[] ranks = new double[accounts];
    Arrays.fill(ranks, 0.5);
    double[] regularity = new double[accounts];
    Arrays.fill(regularity, 0.8);
    double[] parts = new double[standing.graph.edges()];
    Arrays.fill(parts, 0.4 / Math.max(1, parts.length));
    double[] fading = new double[accounts];
    fading[0] = Arrays.stream(parts).sum();
    return new Earned(
        new Earned.Known(
            Given.accounts(accounts),
            ranks,
            parts,
            standing.sums(),
            clocks(fast),
            new FastEdges.Recency(
                new double[accounts], new double[accounts], fading, new double[accounts], parts),
            reactions.record(),
            regularity,
            new boolean[] {tells},
            new double[] {4}),
        model,
        model);
  }

  private static DistinctActors[] clocks(Actors fast) {
    DistinctActors[] clocks = new DistinctActors[FastEdges.HALF_LIVES.length];
    Arrays.setAll(clocks, clock -> fast.sums());
    return clocks;
  }

  private static EarnedAttentionModel model(Map<String, Double> weights) {
    return new EarnedAttentionModel(Measure.SCORE, weights);
  }

  private static final double[] NO_SUMS = new double[8];

  /** Better on any input is never lower, whatever the weights. */
  @Test
  void earnedAttentionIsMonotoneInEveryTermAndItsPartsAddUp() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      Map<String, Double> weights = new TreeMap<>();
      for (Term term : Term.values()) {
        weights.put(term.word(), random.nextInt(4) == 0 ? 0 : random.nextDouble());
      }
      EarnedAttentionModel model = model(weights);
      double[] values =
          random.doubles(Term.values().length).map(x -> Math.exp(12 * x) - 1).toArray();
      double[] parts = model.parts(values);
      assertThat(Arrays.stream(parts).min().orElseThrow()).isNotNegative();
      double earned = model.logarithm(values);
      assertThat(earned).isCloseTo(Arrays.stream(parts).sum(), within(1e-9));
      int better = random.nextInt(values.length);
      values[better] += Math.exp(10 * random.nextDouble() - 5);
      assertThat(model.logarithm(values)).isGreaterThanOrEqualTo(earned);
    }
  }

  /**
   * Who is followed and busy but never answered is not listened to, where reactions can be seen;
   * where dumps tell of follows alone, these are all there is to go by.
   */
  @Test
  void authorityAndRegularityCountAsFarAsAnybodyReacts() {
    EarnedAttentionModel model = model(Map.of("authority", 1.0));
    Actors nobody = new Actors(new double[] {0}, new double[] {1, 1});
    double three = -Math.log(1 - 0.3);
    double half = -Math.log(1 - 0.07);
    Actors some = new Actors(new double[] {three}, new double[] {1, 1});
    Actors few = new Actors(new double[] {half}, new double[] {1, 1});
    Reactions none = reactions(2, NO_SUMS, new double[0]);
    int regularity = Term.REGULARITY.ordinal();
    double[] unanswered = earned(nobody, nobody, none, true, model).termValues(0);
    assertThat(unanswered[0]).isZero();
    assertThat(unanswered[regularity]).isZero();
    Earned answered = earned(some, few, none, true, model);
    assertThat(answered.termValues(0)[0]).isCloseTo(0.5 * 4 * 0.75, within(1e-5));
    assertThat(answered.termValues(0)[regularity]).isCloseTo(0.8 * 0.75, within(1e-5));
    assertThat(answered.momentumTermValues(0)[Term.REACTORS.ordinal()])
        .isCloseTo(0.3, within(1e-5));
    assertThat(answered.momentumTermValues(0)[Term.REACTORS_4_DAYS.ordinal()])
        .isCloseTo(0.07, within(1e-5));
    assertThat(answered.momentumTermValues(0)[0]).isCloseTo(0.5 * 4 * 0.75, within(1e-4));
    double[] ofFollows = earned(nobody, nobody, none, false, model).termValues(0);
    assertThat(ofFollows[0]).isEqualTo(2);
    assertThat(ofFollows[regularity]).isEqualTo(0.8);
  }

  @Test
  void termsOfReactionsAreThoseOfTheirFormulas() {
    Actors actors = new Actors(new double[] {3}, new double[] {1, 1});
    Reactions reactions =
        reactions(2, new double[] {60, 40, 12, 27, 9, 5, 7}, new double[] {10, 8, 5, 4, 3});
    Earned earned = earned(actors, actors, reactions, true, model(Map.of("reactors", 1.0)));
    double[] values = earned.termValues(0);
    assertThat(values[Term.RESONANCE.ordinal()]).isCloseTo((60 / 30.0 + 4) / 2, within(1e-6));
    // The network's share is its own: 12 of 40.
    assertThat(values[Term.PERSISTENCE.ordinal()]).isCloseTo((12 + 6) / 60.0, within(1e-6));
    double[] momentum = earned.momentumTermValues(0);
    assertThat(momentum[Term.RESONANCE.ordinal()]).isCloseTo(9 / 8.0, within(1e-6));
    double postsPerWeek = 5 * 7 * Math.log(2) / 8;
    double reactors = actors.sums().reactors(0);
    // Seven days of a single actor, as far as it is there: 3 A D / (3 A + D).
    double actor = 1 - Math.exp(-3);
    double days = 3 * actor * 7 / (3 * actor + 7);
    assertThat(values[Term.REACTION_DAYS.ordinal()]).isCloseTo(days, within(1e-5));
    assertThat(momentum[Term.REACTION_DAYS.ordinal()]).isCloseTo(days, within(1e-5));
    assertThat(momentum[Term.REGULARITY.ordinal()])
        .isCloseTo((1 - Math.exp(-postsPerWeek)) * reactors / (reactors + 0.1), within(1e-6));
  }

  /** Of one term, of n actors alike: sqrt(n) of them more or less, as n tell of n. */
  @Test
  void theIntervalIsThatOfSoManyActors() {
    for (int n : new int[] {4, 25, 400}) {
      double[] reactions = new double[n];
      Arrays.fill(reactions, 3);
      double[] credibility = new double[n + 1];
      Arrays.fill(credibility, 0.5);
      Actors actors = new Actors(reactions, credibility);
      Reactions none = reactions(n + 1, NO_SUMS, new double[0]);
      Earned earned = earned(actors, actors, none, false, model(Map.of("reactors", 0.7)));
      double reactors = n * 0.5 * (1 - Math.exp(-3));
      double deviation = 0.7 * reactors / (1 + reactors) / Math.sqrt(n);
      assertThat(Math.sqrt(earned.variance(0))).isCloseTo(deviation, within(1e-5));
      assertThat(Math.log(earned.high(0) / earned.low(0)))
          .isCloseTo(
              2 * new TDistribution(2 * n).inverseCumulativeProbability(0.95) * deviation,
              within(2e-4));
      // Who has no actors has nothing that could have been different.
      assertThat(earned.high(1)).isEqualTo(earned.attention(1)).isEqualTo(earned.low(1));
    }
  }

  /** Followed by three who never reacted: as well three might, each on a day of its own. */
  @Test
  void thatNobodyReactedIsNoProofThatNobodyWill() {
    Actors followers = new Actors(new double[3], new double[] {1, 1, 1, 1});
    Reactions none = reactions(4, NO_SUMS, new double[0]);
    EarnedAttentionModel model =
        model(
            Map.of(
                "authority", 0.6, "regularity", 0.9, "reaction_days", 0.5, "fading_reactors", 0.2));
    Earned told = earned(followers, followers, none, true, model);
    double three = -Math.log(0.05) * (1 - Math.exp(-1));
    double answered = three / (three + 0.1);
    double expected =
        0.6 * Math.log1p(2 * answered)
            + 0.9 * Math.log1p(0.8 * answered / 0.25)
            + 0.5 * Math.log1p(three * 3 / 4)
            + 0.2 * Math.log1p(three * Math.pow(30, -0.75) / 0.001);
    assertThat(told.highLogarithm(0)).isCloseTo(expected, within(1e-9));
    // Where reactions are not told of, none is missed.
    Earned untold = earned(followers, followers, none, false, model);
    assertThat(untold.highLogarithm(0))
        .isCloseTo(untold.logarithm(0) + untold.halfWidth(0), within(1e-12));
  }

  /** Persistence, resonance and how far authority counts vary too, with the same people. */
  @Test
  void everyTermThatOthersDecideIsInTheInterval() {
    Actors actors = new Actors(new double[] {0.1, 0.2, 3, 1}, new double[] {1, 0.5, 0.4, 0.9, 1});
    Reactions reactions =
        reactions(5, new double[] {6, 5, 2, 4, 0, 0, 3, 2}, new double[] {3, 2, 1});
    for (Term term : Term.values()) {
      boolean varies =
          List.of(
                  Term.AUTHORITY,
                  Term.REACTORS,
                  Term.RESONANCE,
                  Term.PERSISTENCE,
                  Term.REGULARITY,
                  Term.REACTION_DAYS,
                  Term.FADING_REACTORS)
              .contains(term);
      Earned earned = earned(actors, actors, reactions, true, model(Map.of(term.word(), 1.0)));
      assertThat(earned.variance(0) > 0).as(term.word()).isEqualTo(varies);
      assertThat(earned.variance(0)).isLessThan(1);
    }
    // Of equal sums one fan who reacts to all is less certain than four.
    double one =
        earned(
                new Actors(new double[] {4, 0, 0, 0}, new double[] {1, 1, 1, 1, 1}),
                actors,
                reactions,
                true,
                model(Map.of("resonance", 1.0)))
            .variance(0);
    double four =
        earned(
                new Actors(new double[] {1, 1, 1, 1}, new double[] {1, 1, 1, 1, 1}),
                actors,
                reactions,
                true,
                model(Map.of("resonance", 1.0)))
            .variance(0);
    assertThat(one).isCloseTo(4 * four, within(1e-6));
  }

  /** Scores are null exactly where evidence is insufficient; the scale's own error widens them. */
  @Test
  void aScoreIsNullExactlyWhereEvidenceIsInsufficient() {
    double[] reactions = {3, 3, 3, 3};
    Actors actors = new Actors(reactions, new double[] {1, 0.5, 0.5, 0.5, 0.5});
    Reactions none = reactions(5, NO_SUMS, new double[0]);
    Earned earned = earned(actors, actors, none, false, model(Map.of("reactors", 1.0)));
    double[] population = new double[2000];
    Random random = new Random(1);
    Arrays.setAll(population, i -> Math.pow(1 - random.nextDouble(), -0.8));
    References references = new References(Given.rows(ReferencePopulations.TABLE));
    references.decide(
        new References.Network("x", 2000, 300, population, population, 0),
        new References.Rule(1000, 270),
        3,
        Given.DAY);
    ColumnRows rows =
        Points.rows(
            Given.accounts(5),
            earned,
            new int[] {4, 3, 2, 3, 3},
            new double[] {2, 0.5, 9, 0.49, 1},
            references,
            new Points.Evidence(3, 0.5),
            3,
            Given.DAY);
    boolean[] sufficient = {true, true, false, false, true};
    for (int account = 0; account < 5; account++) {
      assertThat(rows.doubles(AccountState.SCORE).isNull(account)).isEqualTo(!sufficient[account]);
      assertThat(rows.texts(AccountState.EVIDENCE).get(account))
          .isEqualTo(sufficient[account] ? "sufficient" : "insufficient");
      assertThat(rows.longs(AccountState.REFERENCE_VERSION).get(account)).isEqualTo(20260114);
      assertThat(rows.doubles(AccountState.EARLIER_SCORE).isNull(account)).isTrue();
    }
    RarityScale scale = references.scale("x", Measure.SCORE);
    double score = rows.doubles(AccountState.SCORE).get(0);
    assertThat(score).isEqualTo(scale.score(earned.attention(0)));
    double below = score - rows.doubles(AccountState.SCORE_LOW).get(0);
    double ofActors = score - scale.score(earned.low(0));
    double ofScale = 1.6448536269514722 * scale.deviation(earned.attention(0));
    assertThat(ofScale).isGreaterThan(0.05);
    assertThat(below).isCloseTo(Math.sqrt(ofActors * ofActors + ofScale * ofScale), within(1e-9));
    // Nobody acts on it: what is left is the scale's.
    double wide =
        rows.doubles(AccountState.SCORE_HIGH).get(4) - rows.doubles(AccountState.SCORE).get(4);
    assertThat(wide)
        .isCloseTo(1.6448536269514722 * scale.deviation(earned.attention(4)), within(1e-9));
  }

  @Test
  void everyTermHasAWeight() {
    for (Measure measure : Measure.values()) {
      Map<String, Double> weights = ModelKeys.weights(measure).defaultValue().orElseThrow();
      assertThat(weights).containsOnlyKeys(Term.words());
      for (Term term : Term.values()) {
        assertThat(weights.get(term.word())).isNotNegative();
        assertThat(term.isOf(measure) || weights.get(term.word()) == 0).as(term.word()).isTrue();
      }
    }
  }
}
