package renown.night.publish.marts;

import java.util.Arrays;
import renown.kernels.cascades.KeyNumbers;

/** The rows of each account in a table, in their order. */
final class RowsByAccount {
  private static final int END = -1;

  private final KeyNumbers numbers;
  private final int[] first;
  private final int[] next;

  /**
   * @param accounts the account of each row
   */
  RowsByAccount(long[] accounts) {
    numbers = new KeyNumbers(accounts.length);
    next = new int[accounts.length];
    int[] first = new int[accounts.length];
    int[] last = new int[accounts.length];
    Arrays.fill(next, END);
    for (int row = 0; row < accounts.length; row++) {
      int before = numbers.size();
      int number = numbers.add(accounts[row]);
      if (number == before) {
        first[number] = row;
      } else {
        next[last[number]] = row;
      }
      last[number] = row;
    }
    this.first = Arrays.copyOf(first, numbers.size());
  }

  /** The first row of an account; -1 where it has none. */
  int first(long account) {
    int number = numbers.of(account);
    return number < 0 ? END : first[number];
  }

  /** The row of the same account after one; -1 after its last. */
  int after(int row) {
    return next[row];
  }
}
