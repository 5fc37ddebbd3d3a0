package renown.lake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import renown.tables.TableColumn;

/** Reads rows of a table by column: its files, or in tests rows that are given. */
public interface TableReader {
  /** Which rows are wanted. */
  interface Wanted {
    /**
     * Whether a row is.
     *
     * @param rows the columns that tell it
     */
    boolean has(ColumnRows rows, int row);
  }

  /** Some columns of all rows. */
  ColumnRows read(TableColumn... columns);

  /** The same part by part, so that never more than one lies in memory. */
  default void each(Consumer<ColumnRows> use, TableColumn... columns) {
    use.accept(read(columns));
  }

  /**
   * Some columns of the rows that are wanted.
   *
   * @param keys the columns that tell it
   */
  default ColumnRows readWhere(Wanted wanted, List<TableColumn> keys, TableColumn... columns) {
    LinkedHashSet<TableColumn> all = new LinkedHashSet<>(keys);
    all.addAll(Arrays.asList(columns));
    ColumnRows rows = read(all.toArray(TableColumn[]::new));
    ColumnRows found = new ColumnRows(Arrays.asList(columns));
    for (int row = 0; row < rows.size(); row++) {
      if (wanted.has(rows, row)) {
        found.addRow(rows, row);
      }
    }
    return found;
  }

  /**
   * Only the rows that are wanted.
   *
   * @param keys the columns that tell it
   */
  default TableReader where(Wanted wanted, TableColumn... keys) {
    return columns -> readWhere(wanted, Arrays.asList(keys), columns);
  }

  /** The same rows however often they are asked for: read once, with all these columns. */
  default TableReader once(TableColumn... all) {
    ColumnRows[] known = new ColumnRows[1];
    return columns -> {
      if (known[0] == null) {
        known[0] = read(all);
      }
      return known[0];
    };
  }

  /** A group of rows that lie together, as far as it is known before any is read. */
  interface Group {
    /** No value of a column of whole numbers is below this. */
    long least(TableColumn column);

    /** None is above this. */
    long most(TableColumn column);
  }

  /** Which groups of rows may hold wanted ones. */
  interface MayHold {
    boolean test(Group group);
  }

  /**
   * What rows have to meet.
   *
   * @param keys the columns that tell it
   * @param mayHold false of no group that holds such rows
   */
  record Condition(Wanted wanted, List<TableColumn> keys, MayHold mayHold) {
    Condition(Wanted wanted, List<TableColumn> keys) {
      this(wanted, keys, group -> true);
    }
  }

  /**
   * Only the rows that are wanted; groups that hold none are not read at all.
   *
   * @param mayHold false of no group that holds such rows
   * @param keys the columns that tell it
   */
  default TableReader where(MayHold mayHold, Wanted wanted, TableColumn... keys) {
    return where(wanted, keys);
  }

  /** Of the files of a table. */
  static TableReader of(TableFiles files) {
    return new OfFiles(files, List.of());
  }

  /**
   * Of files: a condition is asked of those rows alone that meet the ones before it, so that texts
   * are read of few rows where numbers rule out most.
   */
  record OfFiles(TableFiles files, List<Condition> conditions) implements TableReader {
    @Override
    public ColumnRows read(TableColumn... columns) {
      return files.readWhere(conditions, columns);
    }

    @Override
    public void each(Consumer<ColumnRows> use, TableColumn... columns) {
      files.each().forEach(file -> use.accept(file.readWhere(conditions, columns)));
    }

    @Override
    public OfFiles where(Wanted wanted, TableColumn... keys) {
      List<Condition> all = new ArrayList<>(conditions);
      all.add(new Condition(wanted, List.of(keys)));
      return new OfFiles(files, all);
    }

    @Override
    public OfFiles where(MayHold mayHold, Wanted wanted, TableColumn... keys) {
      List<Condition> all = new ArrayList<>(conditions);
      all.add(new Condition(wanted, List.of(keys), mayHold));
      return new OfFiles(files, all);
    }

    @Override
    public ColumnRows readWhere(Wanted wanted, List<TableColumn> keys, TableColumn... columns) {
      return where(wanted, keys.toArray(TableColumn[]::new)).read(columns);
    }
  }
}
