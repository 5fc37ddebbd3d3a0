package renown.night.audience;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.MartPostingHours;

/**
 * The parts in which {@code mart_posting_hours} is written, by account, each in a file of its own.
 * What a month of posts and reactions recommends hardly changes overnight, so that a night writes
 * one part in seven; another one only where it holds somebody who must not be scored, or where a
 * sixteenth more or fewer have enough reactions than are told of.
 */
final class PostingParts {
  static final int PARTS = 7;
  private static final int CHANGED = 16;

  private final long night;

  /** Accounts and topics that the mart tells of. */
  private final long[] told = new long[PARTS];

  private final boolean[] holdsExcluded = new boolean[PARTS];

  /** By file, the parts that it holds. */
  private final List<Set<Integer>> holding = new ArrayList<>();

  private boolean isMixed;

  /**
   * @param night days since 1970
   * @param files of {@code mart_posting_hours}
   */
  PostingParts(long night, List<TableReader> files, CredibleSet credible) {
    this.night = night;
    for (TableReader file : files) {
      ColumnRows rows =
          file.readWhere(
              (some, row) -> some.longs(MartPostingHours.PLACE).get(row) == 1,
              List.of(MartPostingHours.PLACE),
              MartPostingHours.ACCOUNT_KEY);
      Set<Integer> parts = new HashSet<>();
      for (long account : rows.longs(MartPostingHours.ACCOUNT_KEY).toArray()) {
        int part = of(account);
        parts.add(part);
        told[part]++;
        holdsExcluded[part] |= !credible.isKnown(account);
      }
      holding.add(parts);
      // As it was written before there were parts, or by maintain.
      isMixed |= parts.size() > 1;
    }
  }

  /** The part of an account. */
  static int of(long account) {
    return Math.floorMod((int) (account * 0x9E3779B97F4A7C15L >>> 32), PARTS);
  }

  /**
   * Which parts are to be written tonight.
   *
   * @param wanted accounts and topics of each part of which there is something to tell
   */
  boolean[] due(long[] wanted) {
    boolean[] due = new boolean[PARTS];
    for (int part = 0; part < PARTS; part++) {
      due[part] =
          isMixed
              || Math.floorMod(night, PARTS) == part
              || holdsExcluded[part]
              || Math.abs(wanted[part] - told[part]) * CHANGED > told[part];
    }
    return due;
  }

  /** Numbers of the files that hold parts that are due. */
  List<Integer> replaced(boolean[] due) {
    List<Integer> replaced = new ArrayList<>();
    for (int file = 0; file < holding.size(); file++) {
      if (holding.get(file).stream().anyMatch(part -> due[part])) {
        replaced.add(file);
      }
    }
    return replaced;
  }

  /** No rows yet of each part that is due; null for the others. */
  static ColumnRows[] none(boolean[] due) {
    ColumnRows[] rows = new ColumnRows[PARTS];
    Arrays.setAll(rows, part -> due[part] ? new ColumnRows(MartPostingHours.TABLE) : null);
    return rows;
  }
}
