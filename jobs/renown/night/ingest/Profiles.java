package renown.night.ingest;

import java.util.Arrays;
import renown.tables.Accounts;
import renown.tables.TableColumn;

/**
 * What is said of an account in a night; of each field, the latest statement by witness time wins.
 */
final class Profiles {
  /** Columns of {@code accounts} that profile statements set. */
  private static final TableColumn[] FIELDS = {
    Accounts.HANDLE,
    Accounts.DISPLAY_NAME,
    Accounts.DESCRIPTION,
    Accounts.CREATED_AT,
    Accounts.FOLLOWER_COUNT,
    Accounts.FOLLOWING_COUNT,
    Accounts.POST_COUNT,
    Accounts.LISTED_COUNT,
    Accounts.IS_PROTECTED,
    Accounts.IS_AUTOMATED,
    Accounts.IS_VERIFIED,
    Accounts.IS_DISCOVERABLE
  };

  private static final int KEY = at(Accounts.ACCOUNT_KEY);
  private static final int NETWORK = at(Accounts.NETWORK);
  private static final int ID = at(Accounts.ACCOUNT_ID);
  private static final int FIRST = at(Accounts.HANDLE);
  private static final int PROFILE_AT = at(Accounts.PROFILE_AT);
  private static final int STATUS = at(Accounts.STATUS);
  private static final int STATUS_AT = at(Accounts.STATUS_AT);
  private static final int FIRST_NIGHT = at(Accounts.FIRST_NIGHT);
  private static final int LAGS = at(Accounts.FIELD_LAGS);

  private final Object[] values = new Object[FIELDS.length];
  private final long[] saidAt = new long[FIELDS.length];
  private String status;
  private long statusAt = Statement.NONE;

  Profiles() {
    Arrays.fill(saidAt, Statement.NONE);
  }

  private static int at(TableColumn column) {
    return Accounts.TABLE.columns().indexOf(column);
  }

  /**
   * Takes a statement. Of two of one instant the greater value of a field wins, so that their order
   * cannot matter.
   */
  void add(Statement said) {
    Object[] told = {
      said.handle,
      said.displayName,
      said.description,
      number(said.created),
      number(said.followerCount),
      number(said.followingCount),
      number(said.postCount),
      number(said.listedCount),
      said.isProtected,
      said.isAutomated,
      said.isVerified,
      said.isDiscoverable
    };
    for (int i = 0; i < told.length; i++) {
      if (told[i] != null && isLater(said.witnessed, told[i], saidAt[i], values[i])) {
        values[i] = told[i];
        saidAt[i] = said.witnessed;
      }
    }
    if (said.status != null && isLater(said.witnessed, said.status, statusAt, status)) {
      status = said.status;
      statusAt = said.witnessed;
    }
  }

  private static Object number(long value) {
    return value == Statement.NONE ? null : (Object) value;
  }

  @SuppressWarnings("unchecked") // numbers and truth values compare with their like
  private static boolean isLater(long at, Object value, long before, Object other) {
    if (other == null || at != before) {
      return other == null || at > before;
    }
    return value instanceof String text
        ? Statements.compare(text, (String) other) > 0
        : ((Comparable<Object>) value).compareTo(other) > 0;
  }

  /** When what a row holds of a field was said; NONE if it holds nothing. */
  private static long saidAt(Object[] row, int field) {
    if (row[FIRST + field] == null || row[PROFILE_AT] == null) {
      return Statement.NONE;
    }
    long[] lags = (long[]) row[LAGS];
    return (Long) row[PROFILE_AT] - (lags == null ? 0 : lags[field]);
  }

  private static long[] lags(long[] at, long latest) {
    long[] lags = new long[at.length];
    for (int i = 0; i < lags.length; i++) {
      lags[i] = at[i] == Statement.NONE ? 0 : latest - at[i];
    }
    return Arrays.stream(lags).allMatch(lag -> lag == 0) ? null : lags;
  }

  /**
   * The row of an account that is seen for the first time.
   *
   * @param said what is said of it; null for nothing
   * @param night day since 1970
   */
  static Object[] first(long key, String network, String id, Profiles said, int night) {
    Object[] row = new Object[Accounts.TABLE.columns().size()];
    row[KEY] = key;
    row[NETWORK] = network;
    row[ID] = id;
    row[STATUS] = "active";
    row[FIRST_NIGHT] = night;
    return said == null ? row : said.changed(row);
  }

  /**
   * The row of an account after a night. A value gives way to what is said of its field later than
   * it was, and to a greater one of that instant; one that is null in the table is filled in
   * whenever it was said.
   */
  Object[] changed(Object[] row) {
    Object[] changed = row.clone();
    long[] at = new long[FIELDS.length];
    long latest = row[PROFILE_AT] == null ? Statement.NONE : (Long) row[PROFILE_AT];
    for (int i = 0; i < FIELDS.length; i++) {
      Object before = row[FIRST + i];
      at[i] = saidAt(row, i);
      if (values[i] != null && isLater(saidAt[i], values[i], at[i], before)) {
        changed[FIRST + i] = values[i];
        at[i] = saidAt[i];
      }
      latest = Math.max(latest, at[i]);
    }
    if (latest != Statement.NONE) {
      changed[PROFILE_AT] = latest;
      changed[LAGS] = lags(at, latest);
    }
    Long since = (Long) row[STATUS_AT];
    if (status != null && (since == null || isLater(statusAt, status, since, row[STATUS]))) {
      changed[STATUS] = status;
      changed[STATUS_AT] = statusAt;
    }
    return changed;
  }
}
