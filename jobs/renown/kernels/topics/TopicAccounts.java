package renown.kernels.topics;

import java.util.Arrays;
import java.util.BitSet;
import renown.kernels.rank.KeyIndex;

/** What is known of the accounts of one network before their topics are looked at. */
public final class TopicAccounts {
  final KeyIndex keys;
  final double[] credibilities;
  final double[] tradingShares;
  final BitSet excluded = new BitSet();

  /** Nothing is known of any yet. */
  public TopicAccounts(KeyIndex keys) {
    this.keys = keys;
    this.credibilities = new double[keys.size()];
    Arrays.fill(credibilities, Double.NaN);
    this.tradingShares = new double[keys.size()];
  }

  /** Tells of one; those that no act names are left out. */
  public void tell(long key, double credibility, double tradingShare) {
    int account = keys.find(key);
    if (account >= 0) {
      credibilities[account] = credibility;
      tradingShares[account] = tradingShare;
    }
  }

  /** What this account does does not count, and it is not listed. */
  public void exclude(long key) {
    int account = keys.find(key);
    if (account >= 0) {
      excluded.set(account);
    }
  }

  /** Key of an account. */
  public long key(int account) {
    return keys.key(account);
  }
}
