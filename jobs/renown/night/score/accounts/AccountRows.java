package renown.night.score.accounts;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.TableColumn;

/** Joins what parts of the night have found of accounts to one row for each. */
final class AccountRows {
  private AccountRows() {}

  /**
   * Rows of {@code account_state}: one for each account that a part is about. Sums of accounts that
   * a part is not about are 0; what else it would tell is null.
   *
   * @param parts with the columns of {@link AccountState#PARTS}, in that order; keys rising
   */
  static ColumnRows of(List<ColumnRows> parts) {
    ColumnRows rows = new ColumnRows(AccountState.TABLE);
    List<TableColumn> ofAll =
        List.of(AccountState.NETWORK, AccountState.ACCOUNT_KEY, AccountState.NIGHT);
    Set<String> told = new HashSet<>();
    ofAll.forEach(column -> told.add(column.name()));
    long[][] keys = new long[parts.size()][];
    List<List<TableColumn>> columns = new java.util.ArrayList<>();
    for (int part = 0; part < keys.length; part++) {
      keys[part] = parts.get(part).longs(AccountState.ACCOUNT_KEY).toArray();
      columns.add(
          AccountState.PARTS.get(part).stream().filter(column -> told.add(column.name())).toList());
    }
    int[] next = new int[keys.length];
    for (int first = first(keys, next); first >= 0; first = first(keys, next)) {
      long key = keys[first][next[first]];
      rows.addValues(parts.get(first), next[first], ofAll);
      for (int part = 0; part < keys.length; part++) {
        if (next[part] < keys[part].length && keys[part][next[part]] == key) {
          rows.addValues(parts.get(part), next[part]++, columns.get(part));
        } else {
          columns.get(part).forEach(rows::addNone);
        }
      }
    }
    return rows;
  }

  /** The part whose next key is the least; -1 at the end of all. */
  private static int first(long[][] keys, int[] next) {
    int first = -1;
    for (int part = 0; part < keys.length; part++) {
      if (next[part] < keys[part].length
          && (first < 0 || keys[part][next[part]] < keys[first][next[first]])) {
        first = part;
      }
    }
    return first;
  }
}
