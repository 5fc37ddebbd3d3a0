package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.night.score.accounts.Given.DAY;
import static renown.night.score.accounts.Given.NIGHT;
import static renown.night.score.accounts.Given.UNIT;
import static renown.night.score.accounts.Given.row;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.kernels.accounts.DistinctActors;
import renown.kernels.accounts.EdgeGraph;
import renown.lake.ColumnRows;
import renown.tables.RecentEdges;
import renown.tables.TableColumn;

class FastEdgesTest {
  private static final AccountNumbers ACCOUNTS = Given.accounts(6);
  private static final ColumnRows NOTHING = Given.rows(RecentEdges.TABLE);
  private static final List<String> REACTIONS =
      List.of("repost", "quote", "reply", "mention", "like");
  private static final double[] HALF_LIVES = {0.25, 1, 4, 16};

  /** An act so many hours before the end of the night. */
  private static Object[] act(String verb, int actor, int target, double hours, int change) {
    Instant end = NIGHT.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant at = end.minusMillis((long) (hours * 3_600_000));
    return row(verb, (long) actor, (long) target, null, at, (long) change);
  }

  private static FastEdges edges(ColumnRows before, long night, Object[]... acts) {
    return new FastEdges(ACCOUNTS, before, Given.acts(ACCOUNTS, acts), night);
  }

  private static ColumnRows added(FastEdges edges, long night) {
    return FastEdges.Written.rows(List.of(edges.added()), ACCOUNTS, night);
  }

  private static ColumnRows all(FastEdges edges, long night) {
    return FastEdges.Written.rows(List.of(edges.all()), ACCOUNTS, night);
  }

  /** By source and destination, what counts on one clock. */
  private static Map<String, Double> reactions(FastEdges edges, int clock, boolean replies) {
    DistinctActors.Acts acts = edges.acts(clock);
    EdgeGraph graph = edges.graph();
    Map<String, Double> counts = new HashMap<>();
    for (int edge = 0; edge < graph.edges(); edge++) {
      double count = replies ? acts.replies()[edge] : acts.reactions()[edge];
      if (count > 0) {
        counts.put(graph.source(edge) + " " + graph.destination(edge), count);
      }
    }
    return counts;
  }

  @Test
  void anActFadesByHalfInEachHalfLife() {
    FastEdges edges = edges(NOTHING, DAY, act("like", 1, 2, 24, 1), act("reply", 1, 2, 0, 1));
    for (int clock = 0; clock < HALF_LIVES.length; clock++) {
      assertThat(reactions(edges, clock, false).get("1 2"))
          .isEqualTo(1 + Math.pow(2, -1 / HALF_LIVES[clock]), within(1e-9));
      assertThat(reactions(edges, clock, true)).isEqualTo(Map.of("1 2", 1.0));
    }
    assertThat(edges.acts(1).lists()).isNull();
    assertThat(edges.acts(1).follows()).isNull();
  }

  @Test
  void onlyReactionsOfOneToAnotherCount() {
    FastEdges edges =
        edges(
            NOTHING,
            DAY,
            act("follow", 1, 2, 1, 1),
            act("list", 1, 2, 1, 1),
            act("block", 1, 2, 1, 1),
            act("vote", 1, 2, 1, 1),
            act("like", 3, 3, 1, 1));
    assertThat(edges.graph().edges()).isZero();
    assertThat(added(edges, DAY).size()).isZero();
  }

  @Test
  void whatIsTakenBackIsGoneAndNeverCountsBelowNothing() {
    ColumnRows before = added(edges(NOTHING, DAY - 1, act("like", 1, 2, 30, 1)), DAY - 1);
    FastEdges undone = edges(before, DAY, act("like", 1, 2, 30, -1), act("reply", 2, 1, 3, -1));
    for (int clock = 0; clock < HALF_LIVES.length; clock++) {
      // Rounding leaves a unit at most.
      reactions(undone, clock, false)
          .forEach((edge, count) -> assertThat(count).isLessThan(2.0 / UNIT));
      assertThat(reactions(undone, clock, true)).isEmpty();
    }
    assertThat(all(undone, DAY).size()).isZero();
    assertThat(added(undone, DAY).size()).isEqualTo(1);
    // One reply more was taken back than is known: the likes stay.
    FastEdges more =
        edges(
            NOTHING,
            DAY,
            act("like", 1, 2, 2, 1),
            act("like", 1, 2, 2, 1),
            act("reply", 1, 2, 2, -1));
    ColumnRows rows = all(more, DAY);
    assertThat(rows.size()).isEqualTo(1);
    assertThat(rows.longs(RecentEdges.REACTION_UNITS_1_DAY).get(0))
        .isEqualTo(Math.round(Math.pow(2, -2 / 24.0) * UNIT));
    for (TableColumn replies : RecentEdges.REPLY_UNITS) {
      assertThat(rows.longs(replies).get(0)).isZero();
    }
  }

  @Test
  void anEdgeIsDroppedOnceAllItsSumsAreBelowAHundredthOfAnAct() {
    ColumnRows rows = added(edges(NOTHING, DAY, act("like", 1, 2, 0, 1)), DAY);
    // 2^(-106 / 16) is 0.0101, 2^(-107 / 16) is 0.0097.
    assertThat(all(edges(rows, DAY + 106), DAY + 106).size()).isEqualTo(1);
    FastEdges faded = edges(rows, DAY + 107);
    assertThat(all(faded, DAY + 107).size()).isZero();
    assertThat(reactions(faded, 3, false)).isEmpty();
  }

  /** Nights of random acts one by one against the sum of all acts, each faded for itself. */
  @Test
  void sumsOfManyNightsAreThoseOfAllActs() {
    int nights = 9;
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      long last = DAY;
      ColumnRows state = NOTHING;
      FastEdges edges = null;
      List<Object[]> all = new ArrayList<>();
      for (int night = 0; night < nights; night++) {
        List<Object[]> tonights = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
          boolean undoes = !all.isEmpty() && random.nextInt(5) == 0;
          Object[] act =
              undoes
                  ? all.remove(random.nextInt(all.size())).clone()
                  : act(
                      REACTIONS.get(random.nextInt(REACTIONS.size())),
                      random.nextInt(3),
                      3 + random.nextInt(3),
                      (nights - 1 - night) * 24 + random.nextDouble() * 24,
                      1);
          if (undoes) {
            act[5] = -1L;
          } else {
            all.add(act);
          }
          tonights.add(act);
        }
        long day = last - nights + 1 + night;
        edges = edges(state, day, tonights.toArray(Object[][]::new));
        if (random.nextInt(4) == 0) {
          state = all(edges, day);
        } else {
          ColumnRows parts = new ColumnRows(RecentEdges.TABLE);
          parts.addAll(added(edges, day));
          parts.addAll(state);
          state = parts;
        }
      }
      for (int clock = 0; clock < HALF_LIVES.length; clock++) {
        for (boolean replies : new boolean[] {false, true}) {
          Map<String, Double> expected = new HashMap<>();
          for (Object[] act : all) {
            double days = (Given.micros(end()) - Given.micros((Instant) act[4])) / 86_400e6;
            if (!replies || act[0].equals("reply")) {
              expected.merge(
                  act[1] + " " + act[2], Math.pow(2, -days / HALF_LIVES[clock]), Double::sum);
            }
          }
          Map<String, Double> found = reactions(edges, clock, replies);
          Set<String> both = new HashSet<>(found.keySet());
          both.addAll(expected.keySet());
          for (String edge : both) {
            assertThat(found.getOrDefault(edge, 0.0))
                .as("seed " + seed)
                .isEqualTo(expected.getOrDefault(edge, 0.0), within(1e-6));
          }
        }
      }
    }
  }

  private static Instant end() {
    return NIGHT.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** The same rows whatever the order of acts, and of rows before. */
  @Test
  void theOrderOfActsIsNoMatter() {
    Object[][] acts = {
      act("like", 1, 2, 3, 1),
      act("reply", 4, 2, 2, 1),
      act("quote", 1, 2, 1, 1),
      act("reply", 1, 5, 9, 1),
      act("like", 1, 2, 3, -1)
    };
    Object[][] turned = {acts[4], acts[3], acts[2], acts[1], acts[0]};
    assertThat(text(added(edges(NOTHING, DAY, acts), DAY)))
        .isEqualTo(text(added(edges(NOTHING, DAY, turned), DAY)));
  }

  private static String text(ColumnRows rows) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      int at = row;
      text.append(rows.longs(RecentEdges.SRC_KEY).get(row))
          .append(' ')
          .append(rows.longs(RecentEdges.DST_KEY).get(row))
          .append(RecentEdges.REACTION_UNITS.stream().map(c -> rows.longs(c).get(at)).toList())
          .append(RecentEdges.REPLY_UNITS.stream().map(c -> rows.longs(c).get(at)).toList())
          .append('\n');
    }
    return text.toString();
  }

  @Test
  void partsAreSummedWhereMostStandForOthersOrForNothing() {
    ColumnRows parts = new ColumnRows(RecentEdges.TABLE);
    for (int i = 0; i < 1500; i++) {
      parts.addAll(added(edges(NOTHING, DAY, act("like", 1, 2 + i % 2, 1, 1)), DAY));
    }
    assertThat(edges(parts, DAY).turnover().isCompactionDue(1)).isTrue();
    assertThat(edges(all(edges(parts, DAY), DAY), DAY).turnover().isCompactionDue(1)).isFalse();
    assertThat(edges(NOTHING, DAY).turnover().isCompactionDue(31)).isFalse();
    assertThat(edges(NOTHING, DAY).turnover().isCompactionDue(32)).isTrue();
  }
}
