package renown.night;

import java.util.Arrays;
import renown.lake.ColumnRows;
import renown.tables.TableColumn;

/**
 * Tables of which the newest row of a key counts: a night adds the rows that it changes, and leaves
 * the others as they lie until enough of them count no more.
 */
public final class NewestRows {
  /** Nights whose rows lie apart. */
  private static final int MOST_NIGHTS = 16;

  /** So few rows are not worth writing others again. */
  private static final int LEAST_OUTDATED = 1000;

  private NewestRows() {}

  /**
   * Whether only the newest row of each key is to be kept: where others are half of all or more, or
   * lie in many files. So each row is written twice on average, and a night reads no more than
   * twice what there is.
   *
   * @param before rows of earlier nights
   * @param night the column that says of which
   * @param changed rows that tonight adds
   * @param kept keys that there are, tonight's among them
   */
  public static boolean areMostlyOutdated(
      ColumnRows before, TableColumn night, long changed, long kept) {
    return before.size() + changed > 2 * kept + LEAST_OUTDATED
        || Arrays.stream(before.longs(night).toArray()).distinct().count() >= MOST_NIGHTS;
  }
}
