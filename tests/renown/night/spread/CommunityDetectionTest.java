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
import renown.tables.Communities;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;
import renown.tables.Landmarks;

class CommunityDetectionTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 14);
  private static final long UNIT = 1L << 30;

  private static ColumnRows communities(
      List<Object[]> edges, ColumnRows before, Object[]... excluded) {
    return CommunityDetection.communities(
        NIGHT,
        Edges.read(columns -> rows(EdgeIncrements.TABLE, edges.toArray(Object[][]::new))),
        columns -> rows(Landmarks.TABLE, row("a", NIGHT, 9), row("b", NIGHT, 9)),
        columns -> rows(Exclusions.TABLE, excluded),
        columns -> before);
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
