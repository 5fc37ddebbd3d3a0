package renown.night.audience;

import renown.kernels.cascades.KeyNumbers;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.CredibleAccounts;

/**
 * The accounts that count as reached. One that counted does so until its credibility falls below
 * half of what was needed, so that no audience changes because somebody wavers.
 */
final class CredibleSet {
  private final KeyNumbers now = new KeyNumbers(1 << 10);
  private final KeyNumbers before = new KeyNumbers(1 << 10);
  private final KeyNumbers known = new KeyNumbers(1 << 10);
  private boolean isAnyGone;
  private final ColumnRows rows = new ColumnRows(CredibleAccounts.TABLE);

  CredibleSet(AudienceInput input) {
    ColumnRows earlier = input.credibleBefore().read(CredibleAccounts.ACCOUNT_KEY);
    for (int i = 0; i < earlier.size(); i++) {
      before.add(earlier.longs(CredibleAccounts.ACCOUNT_KEY).get(i));
    }
    ColumnRows credible =
        input
            .accountStates()
            .read(AccountState.NETWORK, AccountState.ACCOUNT_KEY, AccountState.CREDIBILITY)
            .having(AccountState.CREDIBILITY);
    for (int i = 0; i < credible.size(); i++) {
      long account = credible.longs(AccountState.ACCOUNT_KEY).get(i);
      double credibility = credible.doubles(AccountState.CREDIBILITY).get(i);
      known.add(account);
      if (credibility >= input.leastCredibility()
          || before.of(account) >= 0 && credibility >= input.leastCredibility() / 2) {
        now.add(account);
        rows.texts(CredibleAccounts.NETWORK).add(credible.texts(AccountState.NETWORK).get(i));
        rows.longs(CredibleAccounts.ACCOUNT_KEY).add(account);
        rows.longs(CredibleAccounts.NIGHT).add(input.night().toEpochDay());
      }
    }
    for (int i = 0; i < earlier.size(); i++) {
      isAnyGone |= isGone(earlier.longs(CredibleAccounts.ACCOUNT_KEY).get(i));
    }
  }

  /** Whether an account counts tonight. */
  boolean has(long account) {
    return now.of(account) >= 0;
  }

  /** Whether it counts tonight and did not the night before. */
  boolean isNew(long account) {
    return has(account) && before.of(account) < 0;
  }

  /** Whether it counted the night before and does no more. */
  boolean isGone(long account) {
    return before.of(account) >= 0 && !has(account);
  }

  /** Whether anybody counted the night before and does no more. */
  boolean isAnyGone() {
    return isAnyGone;
  }

  /** Whether it is not excluded, however credible. */
  boolean isKnown(long account) {
    return known.of(account) >= 0;
  }

  /** Rows of {@code credible_accounts}. */
  ColumnRows rows() {
    return rows;
  }
}
