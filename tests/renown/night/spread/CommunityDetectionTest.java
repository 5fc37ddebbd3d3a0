package renown.night.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.testing.Columns.row;
import static renown.testing.Columns.rows;
import static renown.testing.Columns.values;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.Communities;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;
import renown.tables.Landmarks;
import renown.tables.RankRuns;

class CommunityDetectionTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 14);
  private static final long UNIT = 1L << 30;

  private static ColumnRows communities(
      List<Object[]> edges, ColumnRows before, Object[]... excluded) {
    CommunityDetection.Found found = night(NIGHT, edges, before, List.of(), excluded);
    // Of what nothing is known is looked at anew.
    assertThat(found.added()).isNull();
    return found.rows();
  }

  private static CommunityDetection.Found night(
      LocalDate night,
      List<Object[]> edges,
      ColumnRows before,
      List<Object[]> runs,
      Object[]... excluded) {
    TableReader reader = columns -> rows(EdgeIncrements.TABLE, edges.toArray(Object[][]::new));
    return CommunityDetection.communities(
        night,
        () -> Edges.read(reader),
        reader,
        columns -> rows(Landmarks.TABLE, row("a", NIGHT, 9), row("b", NIGHT, 9)),
        columns -> rows(Exclusions.TABLE, excluded),
        columns -> before,
        columns -> rows(RankRuns.TABLE, runs.toArray(Object[][]::new)));
  }

  private static Object[] run(String network, LocalDate night, long edges) {
    return row(network, night, 90L, edges, 5L, 0.0, 0.85, 1e-9);
  }

  /** Between two looks at the whole network newcomers join, and whoever is excluded leaves. */
  @Test
  void aNetworkIsLookedAtAnewOnceItHasGrownOrAfterAWeek() {
    List<Object[]> edges = edges();
    ColumnRows first = communities(edges, new ColumnRows(Communities.TABLE));
    long named = first.longs(Communities.COMMUNITY_KEY).get(0);
    LocalDate next = NIGHT.plusDays(1);
    List<Object[]> runs =
        new ArrayList<>(
            List.of(
                run("a", NIGHT, 1000),
                run("b", NIGHT, 1000),
                run("a", next, 1062),
                run("b", next, 1000)));
    // 200 is tied more to the second group, if less often; 201 and 202 only to each other.
    edges.add(row("a", 200L, 5L, "like", 2L, 2 * UNIT, next));
    edges.add(row("a", 200L, 35L, "like", 1L, 3 * UNIT / 2, next));
    edges.add(row("a", 36L, 200L, "like", 1L, 3 * UNIT / 2, next));
    edges.add(row("a", 201L, 202L, "like", 1L, UNIT, next));
    // What tied 203 was on another night, and 204 only blocks.
    edges.add(row("a", 203L, 5L, "like", 1L, UNIT, NIGHT));
    edges.add(row("a", 204L, 5L, "block", 1L, UNIT, next));
    CommunityDetection.Found found = night(next, edges, first, runs);
    assertThat(
            values(
                found.added(),
                Communities.NETWORK,
                Communities.ACCOUNT_KEY,
                Communities.COMMUNITY_KEY,
                Communities.NIGHT))
        .containsExactly(
            List.of("a", 200L, community(first, 35), next.toEpochDay()),
            List.of("a", 201L, 201L, next.toEpochDay()),
            List.of("a", 202L, 202L, next.toEpochDay()));
    assertThat(found.rows().size()).isEqualTo(first.size() + 3);

    CommunityDetection.Found without =
        night(next, edges, first, runs, row(named, "opted out", next));
    assertThat(without.added()).isNull();
    assertThat(without.rows().size()).isEqualTo(first.size() + 2);
    Set<Long> accounts = new HashSet<>();
    for (long account : without.rows().longs(Communities.ACCOUNT_KEY).toArray()) {
      accounts.add(account);
    }
    assertThat(accounts).doesNotContain(named);
    for (long key : without.rows().longs(Communities.COMMUNITY_KEY).toArray()) {
      assertThat(accounts).contains(key);
    }

    // One edge in sixteen more: a is looked at anew, b is left as it was.
    runs.set(2, run("a", next, 1063));
    CommunityDetection.Found grown = night(next, edges, first, runs);
    assertThat(grown.added()).isNull();
    assertThat(nights(grown.rows(), "a")).containsExactly(next.toEpochDay());
    assertThat(nights(grown.rows(), "b")).containsExactly(NIGHT.toEpochDay());
    assertThat(community(grown.rows(), 203)).isEqualTo(community(grown.rows(), 5));
    LocalDate later = NIGHT.plusDays(7);
    runs.add(run("a", later, 1000));
    runs.add(run("b", later, 1000));
    assertThat(nights(night(later, edges, first, runs).rows(), "b"))
        .containsExactly(later.toEpochDay());
  }

  private static long community(ColumnRows rows, long account) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.longs(Communities.ACCOUNT_KEY).get(i) == account) {
        return rows.longs(Communities.COMMUNITY_KEY).get(i);
      }
    }
    throw new AssertionError(account + " is in no community");
  }

  private static Set<Long> nights(ColumnRows rows, String network) {
    Set<Long> nights = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.texts(Communities.NETWORK).get(i).equals(network)) {
        nights.add(rows.longs(Communities.NIGHT).get(i));
      }
    }
    return nights;
  }

  /** Three groups of thirty in each of two networks. */
  private static List<Object[]> edges() {
    List<Object[]> edges = new ArrayList<>();
    Random random = new Random(4);
    for (String network : List.of("a", "b")) {
      long base = network.equals("a") ? 0 : 1L << 40;
      for (int i = 0; i < 1500; i++) {
        long x = random.nextInt(90);
        long y = x / 30 * 30 + random.nextInt(30);
        if (x != y) {
          edges.add(row(network, base + x, base + y, "like", 1L, 7 * UNIT, NIGHT));
        }
      }
    }
    return edges;
  }

  private static Set<List<Object>> set(ColumnRows rows) {
    return new HashSet<>(values(rows, Communities.TABLE.columns().toArray(SpreadInput.COLUMNS)));
  }

  @Test
  void communitiesAreThoseOfEachNetworkHoweverRowsAreSpread() {
    List<Object[]> edges = edges();
    ColumnRows found = communities(edges, new ColumnRows(Communities.TABLE));
    assertThat(found.size()).isEqualTo(180);
    Set<Long> names = new HashSet<>();
    Set<Long> accounts = new HashSet<>();
    for (int i = 0; i < found.size(); i++) {
      long account = found.longs(Communities.ACCOUNT_KEY).get(i);
      accounts.add(account);
      names.add(found.longs(Communities.COMMUNITY_KEY).get(i));
      assertThat(found.longs(Communities.COMMUNITY_KEY).get(i) % (1L << 40) / 30)
          .isEqualTo(account % (1L << 40) / 30);
      assertThat(found.texts(Communities.NETWORK).get(i)).isEqualTo(account < 1000 ? "a" : "b");
    }
    assertThat(names).hasSize(6);
    // The label is a member's key.
    assertThat(accounts).containsAll(names);
    Collections.shuffle(edges, new Random(8));
    assertThat(set(communities(edges, found))).isEqualTo(set(found));
  }

  @Test
  void blocksExcludedAccountsAndWhatWasTakenBackTieNobody() {
    List<Object[]> edges = new ArrayList<>();
    edges.add(row("a", 2L, 1L, "like", 1L, 4 * UNIT, NIGHT));
    edges.add(row("a", 1L, 2L, "follow", 1L, 2 * UNIT, NIGHT));
    edges.add(row("a", 1L, 3L, "block", 1L, 2 * UNIT, NIGHT));
    edges.add(row("a", 4L, 1L, "like", 1L, 2 * UNIT, NIGHT));
    edges.add(row("a", 4L, 1L, "like", -1L, -2 * UNIT, NIGHT));
    edges.add(row("a", 1L, 9L, "like", 1L, UNIT, NIGHT));
    edges.add(row("a", 9L, 2L, "like", 1L, UNIT, NIGHT));
    ColumnRows found =
        communities(edges, new ColumnRows(Communities.TABLE), row(9L, "opted out", NIGHT));
    assertThat(values(found, Communities.ACCOUNT_KEY))
        .containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    assertThat(found.longs(Communities.COMMUNITY_KEY).get(0))
        .isEqualTo(found.longs(Communities.COMMUNITY_KEY).get(1));
  }
}
