package renown.night.score.accounts;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import renown.lake.ColumnRows;
import renown.tables.RecentEdges;
import renown.tables.TableColumn;

/**
 * Rows of {@code recent_edges} of a range of accounts, in 76 bytes a row; accounts by number, units
 * by clock, those of all reactions before those of replies.
 */
final class RecentRows {
  private static final List<TableColumn> UNITS =
      Stream.concat(RecentEdges.REACTION_UNITS.stream(), RecentEdges.REPLY_UNITS.stream()).toList();

  private final int from;
  private final int to;
  private int[] sources = new int[16];
  private int[] destinations = new int[16];
  private int[] nights = new int[16];
  private final long[][] units = new long[UNITS.size()][16];
  private int size;

  /** How many of them arrive at an account of the range. */
  private int arriving;

  /** Those from or to accounts of a range. */
  RecentRows(int from, int to) {
    this.from = from;
    this.to = to;
  }

  /** Adds the rows of the range; those of accounts that are not known are left out. */
  void add(ColumnRows rows, AccountNumbers accounts) {
    ColumnRows.Longs actors = rows.longs(RecentEdges.SRC_KEY);
    ColumnRows.Longs targets = rows.longs(RecentEdges.DST_KEY);
    ColumnRows.Longs night = rows.longs(RecentEdges.NIGHT);
    int[] kept = new int[rows.size()];
    int count = 0;
    for (int row = 0; row < kept.length; row++) {
      int source = accounts.of(actors.get(row));
      int destination = accounts.of(targets.get(row));
      if (source >= 0 && destination >= 0 && (isIn(source) || isIn(destination))) {
        if (size == sources.length) {
          grow();
        }
        sources[size] = source;
        destinations[size] = destination;
        nights[size++] = (int) night.get(row);
        arriving += isIn(destination) ? 1 : 0;
        kept[count++] = row;
      }
    }
    for (int clock = 0; clock < units.length; clock++) {
      ColumnRows.Longs column = rows.longs(UNITS.get(clock));
      int at = size - count;
      for (int i = 0; i < count; i++) {
        units[clock][at + i] = column.get(kept[i]);
      }
    }
  }

  private void grow() {
    int room = size + (size >> 1);
    sources = Arrays.copyOf(sources, room);
    destinations = Arrays.copyOf(destinations, room);
    nights = Arrays.copyOf(nights, room);
    for (int clock = 0; clock < units.length; clock++) {
      units[clock] = Arrays.copyOf(units[clock], room);
    }
  }

  private boolean isIn(int account) {
    return account >= from && account < to;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int size() {
    return size;
  }

  int arriving() {
    return arriving;
  }

  /** The sources, and room for more after them. */
  int[] sources(int more) {
    return Arrays.copyOf(sources, size + more);
  }

  /** The destinations, and room for more after them. */
  int[] destinations(int more) {
    return Arrays.copyOf(destinations, size + more);
  }

  int night(int row) {
    return nights[row];
  }

  /**
   * The units of all rows on a clock, which are let go.
   *
   * @param onlyReplies of replies, not of all reactions
   */
  long[] takeUnits(int clock, boolean onlyReplies) {
    int place = onlyReplies ? RecentEdges.REACTION_UNITS.size() + clock : clock;
    long[] its = units[place];
    units[place] = new long[0];
    return its;
  }
}
