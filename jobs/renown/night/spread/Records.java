package renown.night.spread;

import java.util.Arrays;
import java.util.stream.IntStream;
import renown.kernels.cascades.KeyNumbers;
import renown.lake.ColumnRows;
import renown.night.NewestRows;
import renown.tables.AuthorRecords;

/**
 * What the posts of each author drew, by kind of post: decayed sums with tonight's. A night writes
 * the rows that it changes; the others fade when they are read.
 */
final class Records {
  static final double UNIT = 1L << 20;
  private static final double HALF_LIFE_DAYS = 90;

  /** A record below this fraction of a post is dropped. */
  private static final double LEAST_POSTS = 0.05;

  private static final int NO_BAND = Integer.MAX_VALUE;

  private final KeyNumbers numbers = new KeyNumbers(1 << 10);
  private int size;
  private int[] networks = new int[16];
  private int[] kinds = new int[16];
  private long[] authors = new long[16];
  private long[] posts = new long[16];
  private long[] reactors = new long[16];
  private long[] squares = new long[16];

  /** The smallest of the author's posts of tonight; {@link #NO_BAND} without any. */
  private int[] bands = new int[16];

  private final ColumnRows before;

  /** Those of earlier nights, decayed to this one. */
  Records(SpreadInput input, Names names) {
    before = input.records().read(AuthorRecords.TABLE.columns().toArray(SpreadInput.COLUMNS));
    int[] newest = new int[before.size()];
    for (int i = 0; i < before.size(); i++) {
      int row =
          row(
              names.of(before.texts(AuthorRecords.NETWORK).get(i)),
              NightPosts.KINDS.indexOf(before.texts(AuthorRecords.KIND).get(i)),
              before.longs(AuthorRecords.AUTHOR_KEY).get(i));
      boolean isNewer =
          newest[row] == 0
              || before.longs(AuthorRecords.NIGHT).get(i)
                  > before.longs(AuthorRecords.NIGHT).get(newest[row] - 1);
      newest[row] = isNewer ? i + 1 : newest[row];
    }
    for (int row = 0; row < size; row++) {
      int i = newest[row] - 1;
      long nights = input.night().toEpochDay() - before.longs(AuthorRecords.NIGHT).get(i);
      double kept = StrictMath.pow(2, nights / -HALF_LIFE_DAYS);
      posts[row] = (long) Math.rint(before.longs(AuthorRecords.POST_UNITS).get(i) * kept);
      reactors[row] = (long) Math.rint(before.longs(AuthorRecords.REACTOR_UNITS).get(i) * kept);
      squares[row] = (long) Math.rint(before.longs(AuthorRecords.SQUARE_UNITS).get(i) * kept);
    }
  }

  /** Adds a post that drew so many accounts. */
  void add(int network, int kind, long author, long counted, int band) {
    long unit = (long) UNIT;
    int row = row(network, kind, author);
    posts[row] += unit;
    reactors[row] += counted * unit;
    squares[row] += counted * counted * unit;
    bands[row] = Math.min(bands[row], band);
  }

  private int row(int network, int kind, long author) {
    int row = numbers.add(key(author, kind));
    if (row == size) {
      if (size == authors.length) {
        grow();
      }
      networks[row] = network;
      kinds[row] = kind;
      authors[row] = author;
      bands[row] = NO_BAND;
      size++;
    }
    return row;
  }

  private void grow() {
    int larger = 2 * size;
    networks = Arrays.copyOf(networks, larger);
    kinds = Arrays.copyOf(kinds, larger);
    authors = Arrays.copyOf(authors, larger);
    posts = Arrays.copyOf(posts, larger);
    reactors = Arrays.copyOf(reactors, larger);
    squares = Arrays.copyOf(squares, larger);
    bands = Arrays.copyOf(bands, larger);
  }

  /** Keys of accounts differ between networks. */
  private static long key(long author, int kind) {
    return author * NightPosts.KINDS.size() + kind;
  }

  int size() {
    return size;
  }

  /** The number of an author's record, or -1 if there is none or what is left is too little. */
  int of(long author, int kind) {
    int row = numbers.of(key(author, kind));
    return row >= 0 && isKept(row) ? row : -1;
  }

  boolean isKept(int row) {
    return posts[row] >= LEAST_POSTS * UNIT;
  }

  int network(int row) {
    return networks[row];
  }

  int kind(int row) {
    return kinds[row];
  }

  long posts(int row) {
    return posts[row];
  }

  long reactors(int row) {
    return reactors[row];
  }

  long squares(int row) {
    return squares[row];
  }

  /** The smallest band of the author's posts tonight; without any that of its audience. */
  int band(int row, People people) {
    if (bands[row] != NO_BAND) {
      return bands[row];
    }
    int author = people.of(authors[row]);
    return author < 0 ? 0 : Judged.band(people.attending(author), people.statedAudience(author));
  }

  /** Whether all are to be written again, and not only those that tonight changes. */
  boolean isMostlyOutdated() {
    long kept = IntStream.range(0, size).filter(this::isKept).count();
    long changed = IntStream.range(0, size).filter(row -> bands[row] != NO_BAND).count();
    return NewestRows.areMostlyOutdated(before, AuthorRecords.NIGHT, changed, kept);
  }

  /**
   * Rows of {@code author_records}, as of tonight.
   *
   * @param isWhole whether those that tonight does not change are wanted, too
   */
  ColumnRows rows(SpreadInput input, Names names, boolean isWhole) {
    ColumnRows rows = new ColumnRows(AuthorRecords.TABLE);
    for (int row = 0; row < size; row++) {
      if (isKept(row) && (isWhole || bands[row] != NO_BAND)) {
        rows.texts(AuthorRecords.NETWORK).add(names.name(networks[row]));
        rows.texts(AuthorRecords.KIND).add(NightPosts.KINDS.get(kinds[row]));
        rows.longs(AuthorRecords.AUTHOR_KEY).add(authors[row]);
        rows.longs(AuthorRecords.POST_UNITS).add(posts[row]);
        rows.longs(AuthorRecords.REACTOR_UNITS).add(reactors[row]);
        rows.longs(AuthorRecords.SQUARE_UNITS).add(squares[row]);
        rows.longs(AuthorRecords.NIGHT).add(input.night().toEpochDay());
      }
    }
    return rows;
  }
}
