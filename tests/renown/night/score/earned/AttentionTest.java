package renown.night.score.earned;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.engine.decay.EdgeSums;
import renown.kernels.bootstrap.ActorMultipliers;
import renown.night.score.model.AttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.Term;
import renown.tables.AccountReactions;
import renown.tables.EdgeIncrements;
import renown.tables.InfluenceRanks;
import renown.tables.PostReactions;
import renown.tables.RecentEdges;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class AttentionTest extends SparkTest {
  private static final Date NIGHT = Date.valueOf("2026-01-14");
  private static final Column NIGHT_LITERAL = lit(NIGHT);
  private static final Column END = lit(Timestamp.valueOf("2026-01-15 00:00:00"));
  private static final long UNIT = 1L << 30;
  private static final String EDGES =
      "network string, src_key bigint, dst_key bigint, reaction_count double, reply_count double,"
          + " list_count double, follow_count double";
  private static final String INTERACTIONS =
      "network string, verb string, actor_key bigint, target_key bigint, object_id string,"
          + " happened_at timestamp, change bigint";

  private static final String VALUES =
      "network string, account_key bigint, actor_count bigint, credible_actor_sum double,"
          + " tells_reactions boolean, authorities array<double>, reaches array<double>, audiences array<double>,"
          + " conversations array<double>, attestations array<double>, term_values array<double>,"
          + " momentum_values array<double>";

  private static Dataset<Row> actors(Object[]... credibilities) {
    return DistinctActors.actors(rows("account_key bigint, credibility double", credibilities));
  }

  // ---- Edges

  @Test
  void theSlowClockCountsActsByVerbAndUndoesWhatWasUndone() {
    Dataset<Row> increments =
        rows(
            EdgeIncrements.TABLE.structType(),
            row("x", 1L, 2L, "like", 2L, 2 * UNIT, NIGHT),
            row("x", 1L, 2L, "like", -1L, -UNIT, NIGHT),
            row("x", 1L, 2L, "reply", 1L, UNIT, NIGHT),
            row("x", 1L, 2L, "follow", 1L, UNIT, NIGHT),
            row("x", 1L, 2L, "block", 5L, 5 * UNIT, NIGHT),
            row("x", 2L, 1L, "list", 1L, UNIT, NIGHT),
            row("x", 2L, 1L, "follow", 1L, UNIT, NIGHT),
            row("x", 2L, 1L, "follow", -1L, -UNIT, NIGHT));
    Dataset<Row> landmarks =
        rows(
            "network string, landmark_date date, half_life_days bigint",
            row("x", Date.valueOf("2026-01-06"), 9L));
    TableAssert.assertThat(
            AttentionEdges.standing(EdgeSums.of(increments, landmarks, NIGHT_LITERAL)))
        .hasColumns(EDGES)
        .hasRows(row("x", 1L, 2L, 1.0, 0.5, 0.0, 1.0), row("x", 2L, 1L, 0.0, 0.0, 0.5, 0.0));
  }

  @Test
  void theFastClockHalvesFromNightToNightAddsUndoesAndForgets() {
    Date before = Date.valueOf("2026-01-10");
    long[] none = {0, 0, 0};
    Dataset<Row> earlier =
        rows(
            RecentEdges.TABLE.structType(),
            row("x", 1L, 2L, new long[] {16 * UNIT, 16 * UNIT, 16 * UNIT}, none, before),
            row("x", 5L, 6L, new long[] {UNIT / 10, UNIT / 60, UNIT / 100}, none, before));
    Timestamp dayAgo = Timestamp.valueOf("2026-01-14 00:00:00");
    Dataset<Row> recent =
        AttentionEdges.recent(
            earlier,
            rows(
                INTERACTIONS,
                row("x", "reply", 1L, 2L, "p", dayAgo, 1L),
                row("x", "like", 3L, 2L, "p", dayAgo, 1L),
                row("x", "like", 3L, 2L, "p", dayAgo, -1L),
                row("x", "follow", 4L, 2L, null, dayAgo, 1L),
                row("x", "like", 7L, 7L, "p", dayAgo, 1L)),
            END,
            NIGHT_LITERAL);
    long fourDays = Math.round(UNIT * Math.pow(2, -0.25));
    long sixteenDays = Math.round(UNIT * Math.pow(2, -1 / 16.0));
    TableAssert.assertThat(recent)
        .hasColumnsOf(RecentEdges.TABLE)
        .hasRows(
            row(
                "x",
                1L,
                2L,
                Arrays.asList(
                        UNIT + UNIT / 2,
                        8 * UNIT + fourDays,
                        Math.round(16 * UNIT * Math.pow(2, -0.25)) + sixteenDays)
                    .toString(),
                Arrays.asList(UNIT / 2, fourDays, sixteenDays).toString(),
                NIGHT));
    Row mixed = AttentionEdges.momentary(recent, new double[] {1, 0.5, 0}).head();
    assertThat(mixed.<Double>getAs("reaction_count"))
        .isCloseTo(1.5 + 4 + Math.pow(2, -0.25) / 2, within(1e-9));
    assertThat(mixed.<Double>getAs("reply_count"))
        .isCloseTo(0.5 + Math.pow(2, -0.25) / 2, within(1e-9));
  }

  // ---- Distinct actors

  private static final double PRESENT = 1 - Math.exp(-1);

  @Test
  void actorsCountByCredibilityOncePerAccountHoweverMuchTheyAct() {
    Dataset<Row> sums =
        DistinctActors.sums(
            rows(
                EDGES,
                row("x", 1L, 9L, 1.0, 1.0, 0.0, 1.0),
                row("x", 2L, 9L, 500.0, 0.0, 1.0, 0.0),
                row("x", 3L, 9L, 0.0, 0.0, 0.0, 1.0),
                row("x", 4L, 9L, 1.0, 0.0, 0.0, 0.0),
                row("x", 9L, 1L, 1.0, 1.0, 0.0, 0.0)),
            actors(row(1L, 0.5), row(2L, 0.25), row(3L, 0.125), row(9L, 1.0)),
            3);
    Row nine = sums.where("account_key = 9").head();
    // Account 4 is excluded: it has no credibility.
    // Account 9 has returned what account 1 gave: the more, the less of it came unasked.
    double unasked = 0.5 * PRESENT * (1 - PRESENT) + 0.25;
    double returned = 0.5 * PRESENT * PRESENT;
    assertThat(first(nine, "reach"))
        .isCloseTo(unasked + (unasked + 5) * returned / (unasked + 5 + returned), within(1e-5));
    double followers = 0.5 * PRESENT * (1 - PRESENT);
    assertThat(first(nine, "audience"))
        .isCloseTo(
            followers + (followers + 5) * returned / (followers + 5 + returned), within(1e-5));
    assertThat(first(nine, "conversation"))
        .isCloseTo(unasked * returned / (unasked + returned), within(1e-5));
    assertThat(first(nine, "attestation")).isCloseTo(0.25 * PRESENT, within(1e-5));
    double anything = 0.5 * (1 - Math.exp(-2)) + 0.25 * (1 - Math.exp(-501)) + 0.125 * PRESENT;
    assertThat(nine.<Double>getAs("credible_actor_sum")).isCloseTo(anything, within(1e-5));
    // Each replicate counts an actor as often as the rank engine does.
    for (int replicate = 1; replicate <= 3; replicate++) {
      double listed = ActorMultipliers.of(2, 3)[replicate] * 0.25 * PRESENT;
      assertThat((Double) nine.getList(nine.fieldIndex("attestation")).get(replicate))
          .isCloseTo(listed, within(1e-5));
    }
  }

  /**
   * However many trade with it, an account has at most twice what came unasked and five friends,
   * and never less.
   */
  @Test
  void tradingIsBoundedByWhatComesUnasked() {
    double before = 0;
    for (int partners : new int[] {0, 1, 10, 50}) {
      List<Object[]> edges = new ArrayList<>();
      List<Object[]> credibilities = new ArrayList<>();
      edges.add(row("x", 1L, 9L, 5.0, 0.0, 0.0, 0.0));
      credibilities.add(row(1L, 0.8));
      for (long partner = 100; partner < 100 + partners; partner++) {
        edges.add(row("x", partner, 9L, 20.0, 20.0, 0.0, 0.0));
        edges.add(row("x", 9L, partner, 20.0, 20.0, 0.0, 0.0));
        credibilities.add(row(partner, 1.0));
      }
      Row nine =
          DistinctActors.sums(
                  rows(EDGES, edges.toArray(new Object[0][])),
                  actors(credibilities.toArray(new Object[0][])),
                  0)
              .where("account_key = 9")
              .head();
      double unasked = 0.8 * (1 - Math.exp(-5));
      assertThat(first(nine, "reach")).isBetween(Math.max(before, unasked - 1e-5), 2 * unasked + 5);
      assertThat(first(nine, "conversation")).isLessThan(unasked + 1e-5);
      before = first(nine, "reach");
    }
  }

  private static double first(Row row, String sums) {
    return (Double) row.getList(row.fieldIndex(sums)).get(0);
  }

  /** Other names and another order of rows: not a bit of any sum changes. */
  @Test
  void neitherNamesNorOrderChangeASum() {
    Random random = new Random(4);
    List<Object[]> edges = new ArrayList<>();
    List<Object[]> credibilities = new ArrayList<>();
    List<Object[]> renamed = new ArrayList<>();
    List<Object[]> renamedCredibilities = new ArrayList<>();
    for (long key = 0; key < 40; key++) {
      double credibility = random.nextDouble();
      credibilities.add(row(key, credibility));
      renamedCredibilities.add(row(1000 - key, credibility));
      for (long other = 0; other < 40; other++) {
        if (other != key && random.nextInt(4) == 0) {
          double count = 5 * random.nextDouble();
          double replies = random.nextBoolean() ? count / 2 : 0;
          edges.add(row("x", key, other, count, replies, 0.3, 1.0));
          renamed.add(row("x", 1000 - key, 1000 - other, count, replies, 0.3, 1.0));
        }
      }
    }
    Collections.shuffle(renamed, random);
    Map<Long, String> sums = base(edges, credibilities, 1);
    Map<Long, String> again = base(renamed, renamedCredibilities, 7);
    assertThat(sums).hasSize(40);
    sums.forEach((key, text) -> assertThat(again.get(1000 - key)).isEqualTo(text));
  }

  private static Map<Long, String> base(
      List<Object[]> edges, List<Object[]> credibilities, int partitions) {
    Map<Long, String> sums = new TreeMap<>();
    DistinctActors.sums(
            rows(EDGES, edges.toArray(new Object[0][])).repartition(partitions),
            actors(credibilities.toArray(new Object[0][])),
            0)
        .collectAsList()
        .forEach(
            row -> {
              Object[] values = new Object[row.size()];
              Arrays.setAll(values, row::get);
              long key = (Long) values[0];
              values[0] = null;
              sums.put(key, Arrays.toString(values));
            });
    return sums;
  }

  // ---- Reactions to posts

  @Test
  void reactionsCountOncePerPostAndActorAndTellLateOnesWhereThePostIsKnown() {
    Timestamp noon = Timestamp.valueOf("2026-01-14 12:00:00");
    Timestamp end = Timestamp.valueOf("2026-01-15 00:00:00");
    Dataset<Row> reactions =
        Reactions.ofNight(
            rows(
                INTERACTIONS,
                row("x", "like", 1L, 9L, "old", end, 1L),
                row("x", "repost", 1L, 9L, "old", end, 1L),
                row("x", "like", 2L, 9L, "new", end, 1L),
                row("x", "like", 2L, 9L, "unknown", end, 1L),
                row("x", "mention", 2L, 9L, "new", end, 1L),
                row("x", "like", 3L, 9L, "new", end, 1L),
                row("x", "like", 9L, 9L, "new", end, 1L),
                row("x", "like", 4L, 9L, "new", end, -1L)),
            actors(row(1L, 0.5), row(2L, 0.25), row(4L, 1.0), row(9L, 1.0)));
    Dataset<Row> posts =
        rows(
            "network string, post_id string, author_key bigint, happened_at timestamp",
            row("x", "new", 9L, noon),
            row("x", "own", 9L, noon));
    Dataset<Row> before =
        rows(
            PostReactions.TABLE.structType(),
            row("x", "old", 9L, Timestamp.valueOf("2026-01-13 12:00:00"), UNIT, day(4)),
            row("x", "gone", 9L, Timestamp.valueOf("2025-10-13 12:00:00"), UNIT / 5, day(4)),
            row("x", "loved", 9L, Timestamp.valueOf("2025-10-13 12:00:00"), 8 * UNIT, day(4)));
    Dataset<Row> known = Reactions.known(before, posts, 10, NIGHT_LITERAL).persist();
    TableAssert.assertThat(
            Reactions.posts(known, reactions, 10, END, NIGHT_LITERAL)
                .selectExpr("post_id", "author_key", "posted_at is null", "reactor_units"))
        .hasRows(
            row("old", 9L, false, UNIT / 2 + UNIT / 2),
            row("new", 9L, false, UNIT / 4),
            row("own", 9L, false, 0L),
            row("loved", 9L, false, 4 * UNIT));
    long halfDay = Math.round(UNIT * Math.pow(2, -0.05));
    long recentHalfDay = Math.round(UNIT * Math.pow(2, -0.5 / Reactions.RECENT_DAYS));
    TableAssert.assertThat(
            Reactions.accounts(
                rows(
                    AccountReactions.TABLE.structType(),
                    row("x", 9L, 2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT, 0L, 0L, day(4))),
                known,
                reactions,
                posts,
                10,
                END,
                NIGHT_LITERAL))
        .hasColumnsOf(AccountReactions.TABLE)
        .hasRows(
            row(
                "x",
                9L,
                UNIT + UNIT,
                UNIT + UNIT * 3 / 4,
                UNIT + UNIT / 2,
                UNIT + 2 * halfDay,
                UNIT,
                2 * recentHalfDay,
                NIGHT));
  }

  private static Date day(int day) {
    return Date.valueOf("2026-01-0" + day);
  }

  private static double hIndex(double... reactors) {
    Object[][] rows = new Object[reactors.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row("x", "p" + i, 9L, null, (long) Math.rint(reactors[i] * UNIT), NIGHT);
    }
    return Reactions.hIndex(rows(PostReactions.TABLE.structType(), rows))
        .head()
        .<Double>getAs("h_index");
  }

  @Test
  void theHIndexIsTheUsualOneBetweenWholeNumbersAndMovesWithoutAStep() {
    assertThat(hIndex(10, 8, 5, 4, 3)).isCloseTo(4, within(1e-9));
    assertThat(hIndex(1)).isCloseTo(1, within(1e-9));
    assertThat(hIndex(0.4)).isCloseTo(0.4, within(1e-9));
    assertThat(hIndex(0, 0)).isZero();
    assertThat(hIndex(1000)).isBetween(1.0, 2.0);
    Random random = new Random(7);
    for (int round = 0; round < 6; round++) {
      double[] reactors = random.doubles(12, 0, 15).toArray();
      double h = hIndex(reactors);
      Arrays.sort(reactors);
      int usual = 0;
      while (usual < reactors.length && reactors[reactors.length - 1 - usual] >= usual + 1) {
        usual++;
      }
      assertThat(Math.floor(h)).isEqualTo(usual);
      // An hour of a half-life of 90 days.
      double[] later = Arrays.stream(reactors).map(x -> x * Math.pow(2, -1 / 2160.0)).toArray();
      assertThat(h - hIndex(later)).isBetween(0.0, 0.005);
      later[0] += 3;
      assertThat(hIndex(later)).isGreaterThanOrEqualTo(hIndex(Arrays.copyOfRange(later, 1, 12)));
    }
  }

  // ---- The model

  private static AttentionModel model(Random random) {
    Map<String, Double> weights = new TreeMap<>();
    for (Term term : Term.values()) {
      weights.put(term.word(), random.nextInt(4) == 0 ? 0 : random.nextDouble());
    }
    return new AttentionModel(Measure.SCORE, weights);
  }

  /** Better on any input is never lower, whatever the weights. */
  @Test
  void earnedAttentionIsMonotoneInEveryTermAndItsPartsAddUp() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      AttentionModel model = model(random);
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

  private static Row earned(AttentionModel model, Object... arrays) {
    return earned(false, model, arrays);
  }

  private static Row earned(boolean tellsReactions, AttentionModel model, Object... arrays) {
    return EarnedAttention.earned(
            rows(VALUES, row(concat(row("x", 1L, 5L, 2.0, tellsReactions), arrays))),
            model,
            model,
            3,
            NIGHT_LITERAL)
        .head();
  }

  private static Object[] concat(Object[] some, Object[] more) {
    Object[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  @Test
  void theIntervalIsTheSpreadOverReplicatesAndNoneWhereNothingVaries() {
    AttentionModel model =
        new AttentionModel(Measure.SCORE, Map.of("authority", 1.0, "resonance", 0.5));
    double[] values = {3, 1, 1, 0, 0, 0, 0, 0};
    Row same =
        earned(
            model, constant(3), constant(1), constant(0), constant(0), constant(0), values, values);
    double logarithm = Math.log(4) + 0.5 * Math.log(2);
    assertThat(same.<Double>getAs("earned_attention"))
        .isCloseTo(Math.exp(logarithm), within(1e-12));
    assertThat(same.<Double>getAs("attention_low")).isCloseTo(Math.exp(logarithm), within(1e-12));
    // In the first replicate twice as many react, and the rank is 7.
    Row varied =
        earned(
            model,
            new double[] {3, 7, 3},
            new double[] {1, 2, 1},
            constant(0),
            constant(0),
            constant(0),
            values,
            values);
    double difference = Math.log(2) + 0.5 * Math.log(1.5);
    double spread = 1.6448536269514722 * Math.sqrt(difference * difference / 2);
    assertThat(varied.<Double>getAs("attention_high"))
        .isCloseTo(Math.exp(logarithm + spread), within(1e-9));
    assertThat(varied.<Double>getAs("attention_low"))
        .isCloseTo(Math.exp(logarithm - spread), within(1e-9));
    // Nobody ever reacted: no arrays of sums, and an interval from the rank alone.
    Row none = earned(model, new double[] {3, 3, 3}, null, null, null, null, values, values);
    assertThat(none.<Double>getAs("attention_high")).isCloseTo(Math.exp(logarithm), within(1e-12));
    assertThat(none.<Long>getAs("model_version")).isEqualTo(3);
  }

  /** Authority and regularity count as far as anybody reacts: the fewer, the more that varies. */
  @Test
  void theIntervalKnowsThatOthersMightHaveAnswered() {
    AttentionModel model =
        new AttentionModel(Measure.SCORE, Map.of("authority", 1.0, "regularity", 2.0));
    // Three quarters are answered; in the first replicate, where 0.1 react, a half.
    double[] values = {3 * 0.75, 0.3, 0, 0, 0, 0.8 * 0.75, 0, 0};
    Row varied =
        earned(
            true,
            model,
            constant(3),
            new double[] {0.3, 0.1, 0.3},
            constant(0),
            constant(0),
            constant(0),
            values,
            values);
    double logarithm = Math.log(1 + 3 * 0.75) + 2 * Math.log(1 + 0.8 * 0.75 / 0.25);
    double difference = Math.log(1 + 3 * 0.5) + 2 * Math.log(1 + 0.8 * 0.5 / 0.25) - logarithm;
    double spread = 1.6448536269514722 * Math.sqrt(difference * difference / 2);
    assertThat(varied.<Double>getAs("earned_attention"))
        .isCloseTo(Math.exp(logarithm), within(1e-9));
    assertThat(varied.<Double>getAs("attention_high"))
        .isCloseTo(Math.exp(logarithm + spread), within(1e-9));
    // Nobody reacts, in no replicate.
    double[] nothing = {0, 0, 0, 0, 0, 0, 0, 0};
    Row none = earned(true, model, constant(3), null, null, null, null, nothing, nothing);
    assertThat(none.<Double>getAs("attention_high")).isEqualTo(1);
  }

  private static double[] constant(double value) {
    return new double[] {value, value, value};
  }

  /**
   * Who is followed and busy but never answered is not listened to, where reactions can be seen;
   * where dumps tell of follows alone, these are all there is to go by.
   */
  @Test
  void authorityAndRegularityCountAsFarAsAnybodyReacts() {
    double[] none = {0};
    Dataset<Row> values =
        EarnedAttention.values(
            rows(
                InfluenceRanks.TABLE.structType(),
                row("x", 1L, 0.5, new double[] {0.25}, 3L, NIGHT),
                row("x", 2L, 0.5, new double[] {0.75}, 3L, NIGHT),
                row("f", 3L, 1.0, new double[] {1}, 3L, NIGHT)),
            rows(
                "account_key bigint, reach array<double>, audience array<double>,"
                    + " conversation array<double>, attestation array<double>,"
                    + " credible_actor_sum double",
                row(1L, none, none, none, none, 2.0),
                row(2L, new double[] {0.3}, none, none, none, 2.0),
                row(3L, none, none, none, none, 2.0)),
            rows(
                "account_key bigint, reach array<double>, conversation array<double>",
                row(2L, new double[] {0.07}, none)),
            rows(AccountReactions.TABLE.structType()),
            rows("account_key bigint, h_index double"),
            rows(
                "network string, account_key bigint, credibility double, regularity_share double",
                row("x", 1L, 1.0, 0.8),
                row("x", 2L, 1.0, 0.8),
                row("f", 3L, 1.0, 0.8)),
            rows("network string", row("x")),
            0.1);
    Map<Long, Row> byAccount = new HashMap<>();
    values.collectAsList().forEach(row -> byAccount.put(row.getAs("account_key"), row));
    int regularity = Term.REGULARITY.ordinal();
    List<Double> unanswered =
        byAccount.get(1L).getList(byAccount.get(1L).fieldIndex("term_values"));
    assertThat(unanswered.get(0)).isZero();
    assertThat(unanswered.get(regularity)).isZero();
    Row second = byAccount.get(2L);
    List<Double> answered = second.getList(second.fieldIndex("term_values"));
    assertThat(answered.get(0)).isCloseTo(0.5 * 2 * 0.75, within(1e-12));
    assertThat(answered.get(regularity)).isCloseTo(0.8 * 0.75, within(1e-12));
    List<Double> momentum = second.getList(second.fieldIndex("momentum_values"));
    assertThat(momentum.get(Term.REACH.ordinal())).isCloseTo(0.1, within(1e-12));
    assertThat(momentum.get(0)).isCloseTo(0.5 * 2 * 0.5, within(1e-12));
    List<Double> authorities = second.getList(second.fieldIndex("authorities"));
    assertThat(authorities).hasSize(2);
    assertThat(authorities.get(0)).isEqualTo(0.5 * 2);
    assertThat(authorities.get(1)).isCloseTo(0.75 * 2, within(1e-12));
    Row third = byAccount.get(3L);
    assertThat(third.<Double>getList(third.fieldIndex("term_values")).get(0)).isEqualTo(1);
    assertThat(third.<Double>getList(third.fieldIndex("term_values")).get(regularity))
        .isEqualTo(0.8);
  }
}
