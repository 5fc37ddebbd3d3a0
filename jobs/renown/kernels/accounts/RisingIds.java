package renown.kernels.accounts;

import renown.kernels.keys.RowOrder;

/**
 * By when accounts were made, on a network that numbers them as they come: an account is no younger
 * than any with a higher number. So a low number proves an age that nobody has seen, and a claim of
 * age finds no support in a high one.
 */
public final class RisingIds {
  /** Number of an account that has none. */
  public static final long NONE = -1;

  private RisingIds() {}

  /**
   * The latest day on which each account can have been made. One wrong day cannot make all accounts
   * before it old: two accounts have to bear witness.
   *
   * @param ids of the accounts, 0 or more, or {@link #NONE}
   * @param days by which each is known to have been there
   * @return its own day, or an earlier one by which two accounts of its number or higher ones were
   *     there
   */
  public static long[] latestDays(long[] ids, long[] days) {
    int[] order = new RowOrder(ids.length).by(ids).rows();
    long[] latest = days.clone();
    long first = Long.MAX_VALUE;
    long second = Long.MAX_VALUE;
    for (int at = order.length - 1; at >= 0; at--) {
      int row = order[at];
      if (ids[row] == NONE) {
        continue;
      }
      second = Math.min(second, Math.max(first, days[row]));
      first = Math.min(first, days[row]);
      latest[row] = Math.min(days[row], second);
    }
    return latest;
  }

  /** The number that an account's id is, or {@link #NONE}. */
  public static long number(String id) {
    if (id.isEmpty() || id.length() > 19) {
      return NONE;
    }
    long number = 0;
    for (int i = 0; i < id.length(); i++) {
      int digit = id.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        return NONE;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
