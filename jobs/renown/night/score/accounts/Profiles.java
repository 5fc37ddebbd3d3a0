package renown.night.score.accounts;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import renown.kernels.accounts.RisingIds;
import renown.lake.ColumnRows;
import renown.tables.Accounts;
import renown.tables.TableColumn;

/**
 * What credibility follows from of the profiles of all accounts. Ids, names and descriptions are
 * not held: of an id only the number that it is and whether it is listed, of the others whether
 * they are there.
 */
final class Profiles {
  /** What is read of an account. */
  static final List<TableColumn> COLUMNS = NightsInMemory.PROFILES;

  private static final List<TableColumn> HELD =
      COLUMNS.stream().filter(column -> !column.equals(Accounts.ACCOUNT_ID)).toList();

  private static final List<TableColumn> OTHERS =
      HELD.stream()
          .filter(
              column ->
                  !List.of(Accounts.NETWORK, Accounts.DISPLAY_NAME, Accounts.DESCRIPTION)
                      .contains(column))
          .toList();

  private final Set<String> trustedIds;
  private final Set<String> risingIds;
  private final Map<String, String> networks = new HashMap<>();
  private final ColumnRows rows = new ColumnRows(HELD);
  private final BitSet trusted = new BitSet();
  private long[] idNumbers = new long[64];

  /**
   * @param trustedIds network, tab, account id of accounts whose credibility is 1
   * @param risingIds networks that number accounts as they come
   */
  Profiles(Set<String> trustedIds, Set<String> risingIds) {
    this.trustedIds = trustedIds;
    this.risingIds = risingIds;
  }

  /**
   * Adds rows of {@code accounts}, which stay as they are.
   *
   * @param some with {@link #COLUMNS}
   */
  Profiles add(ColumnRows some) {
    int first = rows.size();
    if (first + some.size() > idNumbers.length) {
      idNumbers = Arrays.copyOf(idNumbers, Math.max(first + some.size(), first + (first >> 1)));
    }
    for (int row = 0; row < some.size(); row++) {
      String network = some.texts(Accounts.NETWORK).get(row);
      String id = some.texts(Accounts.ACCOUNT_ID).get(row);
      idNumbers[first + row] = risingIds.contains(network) ? RisingIds.number(id) : RisingIds.NONE;
      trusted.set(first + row, !trustedIds.isEmpty() && trustedIds.contains(network + "\t" + id));
      rows.texts(Accounts.NETWORK).add(networks.computeIfAbsent(network, name -> name));
      rows.texts(Accounts.DISPLAY_NAME).add(mark(some, Accounts.DISPLAY_NAME, row));
      rows.texts(Accounts.DESCRIPTION).add(mark(some, Accounts.DESCRIPTION, row));
      rows.addValues(some, row, OTHERS);
    }
    return this;
  }

  /** Something where a text is more than blank. */
  private static String mark(ColumnRows some, TableColumn column, int row) {
    String text = some.texts(column).get(row);
    return text == null || text.isBlank() ? "" : "x";
  }

  /** All that was added, without ids. */
  ColumnRows rows() {
    return rows;
  }

  /** Whether the account of a row is listed. */
  boolean isTrusted(int row) {
    return trusted.get(row);
  }

  /** The number that rises with time, or {@link RisingIds#NONE}. */
  long idNumber(int row) {
    return idNumbers[row];
  }

  /** Half of it for each of name and description; not a number if no profile is known. */
  double share(int row) {
    if (rows.longs(Accounts.PROFILE_AT).isNull(row)) {
      return Double.NaN;
    }
    return (filled(rows.texts(Accounts.DISPLAY_NAME).get(row))
            + filled(rows.texts(Accounts.DESCRIPTION).get(row)))
        * 0.5;
  }

  private static double filled(String mark) {
    return mark.isEmpty() ? 0 : 1;
  }
}
