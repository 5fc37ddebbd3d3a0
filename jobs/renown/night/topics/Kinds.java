package renown.night.topics;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import renown.kernels.rank.KeyIndex;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.lake.TableFiles;
import renown.tables.AccountKinds;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.Posts;

/**
 * Computes the kind of accounts with {@link AccountKind}: of those that did something tonight or
 * whose profile has changed. All others stay what they were judged to be when there was something
 * to judge by: what they did then fades, but they are no other kind for that.
 */
final class Kinds implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double UNITS_PER_ACT = 1L << 30;
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** Activity of less than half a week counts as so much. */
  private static final long LEAST_WEEK_UNITS = 1L << 29;

  private final long nightDay;
  private final TableFiles activities;

  Kinds(Lake lake, long nightDay) {
    this.nightDay = nightDay;
    this.activities = lake.files(AccountState.TABLE);
  }

  /** Decayed units of what an account writes. */
  private record Activity(long posts, long links, long repeated, long weeks) {}

  /**
   * The kinds of a network's accounts that have a profile or posts of their own.
   *
   * @param kindsBefore files that may hold kinds of the network's accounts until last night
   * @param core the accounts, and who did something tonight
   * @param reactions decayed, by account
   * @param keys numbers of accounts
   * @return rows of {@code account_kinds}
   */
  ColumnRows judge(
      String network,
      TableFiles kindsBefore,
      CoreColumns.Seen core,
      double[] reactions,
      KeyIndex keys) {
    Map<Long, Integer> known = new HashMap<>();
    ColumnRows before = kindsBefore.read(AccountKinds.TABLE.columns());
    for (int row = 0; row < before.size(); row++) {
      known.put(before.longs(AccountKinds.ACCOUNT_KEY).get(row), row);
    }
    Set<Long> active = new HashSet<>();
    for (ColumnRows part : core.of(Posts.TABLE)) {
      addKeys(part.longs(Posts.AUTHOR_KEY), active);
    }
    for (ColumnRows part : core.of(Interactions.TABLE)) {
      addKeys(part.longs(Interactions.ACTOR_KEY), active);
    }
    Map<Long, Activity> activity = activity();
    ColumnRows kinds = new ColumnRows(AccountKinds.TABLE);
    for (ColumnRows accounts : core.of(Accounts.TABLE)) {
      ColumnRows.Texts networks = accounts.texts(Accounts.NETWORK);
      for (int row = 0; row < networks.size(); row++) {
        if (!network.equals(networks.get(row))) {
          continue;
        }
        long key = accounts.longs(Accounts.ACCOUNT_KEY).get(row);
        Integer old = known.get(key);
        if (old != null && !active.contains(key) && !isNewer(accounts, row, before, old)) {
          kinds.addRow(before, old);
        } else {
          int account = keys.find(key);
          judge(accounts, row, activity.get(key), account < 0 ? 0 : reactions[account], kinds);
        }
      }
    }
    return kinds;
  }

  private static void addKeys(ColumnRows.Longs keys, Set<Long> all) {
    for (int row = 0; row < keys.size(); row++) {
      all.add(keys.get(row));
    }
  }

  /** Whether a profile was seen after its account was judged. */
  private static boolean isNewer(ColumnRows accounts, int row, ColumnRows before, int old) {
    ColumnRows.Longs profiles = accounts.longs(Accounts.PROFILE_AT);
    long judgedUntil = (before.longs(AccountKinds.NIGHT).get(old) + 1) * MICROS_PER_DAY;
    return !profiles.isNull(row) && profiles.get(row) >= judgedUntil;
  }

  private Map<Long, Activity> activity() {
    ColumnRows rows =
        activities
            .read(
                AccountState.ACCOUNT_KEY,
                AccountState.POST_UNITS,
                AccountState.LINK_POST_UNITS,
                AccountState.REPEATED_POST_UNITS,
                AccountState.WEEK_UNITS,
                AccountState.LAST_WEEK)
            .having(AccountState.LAST_WEEK);
    Map<Long, Activity> activity = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      activity.put(
          rows.longs(AccountState.ACCOUNT_KEY).get(row),
          new Activity(
              rows.longs(AccountState.POST_UNITS).get(row),
              rows.longs(AccountState.LINK_POST_UNITS).get(row),
              rows.longs(AccountState.REPEATED_POST_UNITS).get(row),
              rows.longs(AccountState.WEEK_UNITS).get(row)));
    }
    return activity;
  }

  private void judge(
      ColumnRows accounts, int row, Activity activity, double reactions, ColumnRows kinds) {
    String displayName = accounts.texts(Accounts.DISPLAY_NAME).get(row);
    String description = accounts.texts(Accounts.DESCRIPTION).get(row);
    ColumnRows.Longs automated = accounts.longs(Accounts.IS_AUTOMATED);
    Activity its = activity == null ? new Activity(0, 0, 0, 0) : activity;
    if (displayName == null && description == null && automated.isNull(row) && its.posts == 0) {
      return;
    }
    AccountKind.Verdict verdict =
        AccountKind.of(
            new AccountKind.Signs(
                accounts.texts(Accounts.HANDLE).get(row),
                displayName,
                description,
                automated.isNull(row) ? null : (Boolean) (automated.get(row) != 0),
                its.posts / UNITS_PER_ACT,
                share(its.repeated, its.posts),
                share(its.links, its.posts),
                reactions,
                (double) its.posts / Math.max(its.weeks, LEAST_WEEK_UNITS)));
    kinds.texts(AccountKinds.NETWORK).add(accounts.texts(Accounts.NETWORK).get(row));
    kinds.longs(AccountKinds.ACCOUNT_KEY).add(accounts.longs(Accounts.ACCOUNT_KEY).get(row));
    kinds.texts(AccountKinds.KIND).add(verdict.kind());
    kinds.doubles(AccountKinds.CONFIDENCE).add(verdict.confidence());
    List<String> reasons = verdict.reasons();
    kinds.lists(AccountKinds.REASONS).add(reasons.toArray(new String[0]));
    kinds.longs(AccountKinds.NIGHT).add(nightDay);
  }

  private static double share(long part, long whole) {
    return whole > 0 ? (double) part / whole : 0;
  }
}
