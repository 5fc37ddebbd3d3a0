package renown.night.ingest;

import java.util.Set;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.tables.Accounts;
import renown.tables.Exclusions;

/**
 * Determines which accounts must not be scored: those that opted out, and those removed by the
 * network.
 */
final class Consent {
  private Consent() {}

  /**
   * Adds the accounts of some files to leave out.
   *
   * @param optOuts those who asked not to be scored, as {@link KeyBucket#name}
   * @param night day since 1970
   */
  static void exclusions(TableFiles files, Set<String> optOuts, int night, ShardRows rows) {
    ColumnRows accounts =
        files.read(
            Accounts.ACCOUNT_KEY,
            Accounts.NETWORK,
            Accounts.ACCOUNT_ID,
            Accounts.STATUS,
            Accounts.IS_PROTECTED,
            Accounts.IS_DISCOVERABLE);
    ColumnRows.Longs isProtected = accounts.longs(Accounts.IS_PROTECTED);
    ColumnRows.Longs isDiscoverable = accounts.longs(Accounts.IS_DISCOVERABLE);
    for (int i = 0; i < accounts.size(); i++) {
      boolean hasAsked =
          !optOuts.isEmpty()
              && optOuts.contains(
                  KeyBucket.name(
                      accounts.texts(Accounts.NETWORK).get(i),
                      accounts.texts(Accounts.ACCOUNT_ID).get(i)));
      String reason =
          reason(
              hasAsked,
              accounts.texts(Accounts.STATUS).get(i),
              !isProtected.isNull(i) && isProtected.get(i) != 0,
              isDiscoverable.isNull(i) || isDiscoverable.get(i) != 0);
      if (reason != null) {
        rows.add(Exclusions.TABLE, accounts.longs(Accounts.ACCOUNT_KEY).get(i), reason, night);
      }
    }
  }

  /**
   * Why an account is left out: the first of opted out, the status, protected, not discoverable.
   *
   * @return null where nothing speaks against it
   */
  static String reason(
      boolean hasAsked, String status, boolean isProtected, boolean isDiscoverable) {
    if (hasAsked) {
      return "opted out";
    }
    if (!status.equals("active")) {
      return status;
    }
    if (isProtected) {
      return "protected";
    }
    return isDiscoverable ? null : "not discoverable";
  }
}
