package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.DeletedPosts;
import renown.tables.Exclusions;
import renown.tables.Interactions;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.SharedLake;
import renown.testing.SparkTest;

/** Experiments in memory stand for nights only if both find the same. */
class NightsInMemoryTest extends SparkTest {
  private static final LocalDate NIGHT = LocalDate.parse(SharedLake.SECOND);

  private static ColumnRows ofNetwork(
      ColumnRows all, TableColumn networks, String network, List<TableColumn> columns) {
    ColumnRows rows = new ColumnRows(columns);
    for (int row = 0; row < all.size(); row++) {
      if (all.texts(networks).get(row).equals(network)) {
        rows.addRow(all, row);
      }
    }
    return rows;
  }

  private static ColumnRows rows(
      Lake lake, TableSchema table, TableColumn network, String name, TableColumn... columns) {
    return ofNetwork(lake.files(table).read(columns), network, name, List.of(columns));
  }

  @Test
  void aNightInMemoryFindsWhatTheStageWrites() throws Exception {
    Lake lake = new Lake(spark(), SharedLake.afterFirstNight().toUri().toString());
    ColumnRows states = lake.files(AccountState.TABLE).read(AccountState.TABLE.columns());
    Set<String> networks = new HashSet<>();
    Collections.addAll(networks, states.texts(AccountState.NETWORK).toArray());
    assertThat(networks).hasSizeGreaterThan(1);
    for (String network : networks) {
      assertSame(
          lake,
          ofNetwork(states, AccountState.NETWORK, network, AccountState.TABLE.columns()),
          network);
    }
  }

  private static TableColumn[] columns(List<TableColumn> columns) {
    return columns.toArray(TableColumn[]::new);
  }

  private static void assertSame(Lake lake, ColumnRows states, String network) {
    ColumnRows profiles =
        rows(lake, Accounts.TABLE, Accounts.NETWORK, network, columns(NightsInMemory.PROFILES));
    Set<Long> keys = new HashSet<>();
    for (long key : profiles.longs(Accounts.ACCOUNT_KEY).toArray()) {
      keys.add(key);
    }
    Set<Long> excluded = new HashSet<>();
    for (long key :
        lake.files(Exclusions.TABLE)
            .read(Exclusions.ACCOUNT_KEY)
            .longs(Exclusions.ACCOUNT_KEY)
            .toArray()) {
      if (keys.contains(key)) {
        excluded.add(key);
      }
    }
    assertThat(excluded).isNotEmpty();
    NightsInMemory.Found found =
        new NightsInMemory(NightsInMemory.Settings.standard())
            .night(
                profiles,
                rows(lake, Posts.TABLE, Posts.NETWORK, network, columns(NightsInMemory.POSTS)),
                rows(
                    lake,
                    PostTexts.TABLE,
                    PostTexts.NETWORK,
                    network,
                    columns(NightsInMemory.TEXTS)),
                rows(
                    lake,
                    DeletedPosts.TABLE,
                    DeletedPosts.NETWORK,
                    network,
                    columns(DeletedPosts.TABLE.columns())),
                rows(
                    lake,
                    Interactions.TABLE,
                    Interactions.NETWORK,
                    network,
                    columns(NightsInMemory.INTERACTIONS)),
                excluded,
                NIGHT.toEpochDay());
    int scored = 0;
    for (int row = 0; row < states.size(); row++) {
      long key = states.longs(AccountState.ACCOUNT_KEY).get(row);
      int account = found.of(key);
      if (!states.doubles(AccountState.CREDIBILITY).isNull(row)) {
        assertThat(found.credibility()[account])
            .as("credibility of %s %s", network, key)
            .isCloseTo(states.doubles(AccountState.CREDIBILITY).get(row), within(1e-9));
      }
      // Ranks stand in the first term, as a multiple of what an account without attention has.
      double[][] both = {
        states.lists(AccountState.TERM_VALUES).isNull(row)
            ? null
            : states.lists(AccountState.TERM_VALUES).doubles(row),
        states.lists(AccountState.MOMENTUM_VALUES).isNull(row)
            ? null
            : states.lists(AccountState.MOMENTUM_VALUES).doubles(row)
      };
      assertThat(found.values()[account] == null).isEqualTo(both[0] == null);
      if (both[0] != null) {
        scored++;
        assertThat(found.values()[account])
            .as("%s %s", network, key)
            .containsExactly(both[0], within(1e-9));
        assertThat(found.momentumValues()[account])
            .as("%s %s", network, key)
            .containsExactly(both[1], within(1e-9));
        assertThat(found.attention()[account])
            .isCloseTo(
                Math.log(states.doubles(AccountState.EARNED_ATTENTION).get(row)), within(1e-9));
        assertThat(found.actorCount()[account])
            .isEqualTo((int) states.longs(AccountState.ACTOR_COUNT).get(row));
      }
    }
    assertThat(scored).isGreaterThan(50);
  }
}
