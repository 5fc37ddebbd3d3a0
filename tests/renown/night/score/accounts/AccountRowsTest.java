package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.TableColumn;

class AccountRowsTest {
  private static ColumnRows part(int part, long... keys) {
    List<TableColumn> columns = AccountState.PARTS.get(part);
    ColumnRows rows = new ColumnRows(columns);
    for (long key : keys) {
      for (TableColumn column : columns) {
        if (column.equals(AccountState.NETWORK)) {
          rows.texts(column).add("n");
        } else if (column.equals(AccountState.ACCOUNT_KEY)) {
          rows.longs(column).add(key);
        } else if (column.type().sql().equals("STRING")) {
          rows.texts(column).add("sufficient");
        } else if (column.type().sql().equals("DOUBLE")) {
          rows.doubles(column).add(key + 0.5);
        } else if (column.type().sql().startsWith("ARRAY")) {
          rows.lists(column).add(new double[] {key});
        } else {
          rows.longs(column).add(key * 10 + part);
        }
      }
    }
    return rows;
  }

  @Test
  void eachAccountOfAnyPartHasOneRow() {
    ColumnRows rows =
        AccountRows.of(
            List.of(
                part(0, 1, 4), part(1, 2, 4), part(2, 1, 2, 4), part(3, 4), part(4, 4), part(5)));
    assertThat(rows.longs(AccountState.ACCOUNT_KEY).toArray()).containsExactly(1, 2, 4);
    assertThat(rows.longs(AccountState.POST_UNITS).toArray()).containsExactly(10, 0, 40);
    assertThat(rows.longs(AccountState.SCORED_POST_UNITS).toArray()).containsExactly(0, 21, 41);
    List<Boolean> there = new ArrayList<>();
    for (int row = 0; row < 3; row++) {
      there.add(!rows.longs(AccountState.LAST_WEEK).isNull(row));
      there.add(!rows.doubles(AccountState.CREDIBILITY).isNull(row));
      there.add(rows.lists(AccountState.TERM_VALUES).doubles(row) != null);
      there.add(rows.texts(AccountState.EVIDENCE).get(row) != null);
    }
    assertThat(there)
        .containsExactly(
            true, true, false, false, false, true, false, false, true, true, true, false);
    assertThat(rows.having(AccountState.LAST_WEEK).longs(AccountState.ACCOUNT_KEY).toArray())
        .containsExactly(1, 4);
    // What two parts tell of an account is told by the first.
    assertThat(rows.longs(AccountState.ACTOR_COUNT).get(2)).isEqualTo(43);
  }
}
