package renown.night.spread;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import renown.kernels.cascades.Cascade;
import renown.kernels.cascades.KeyNumbers;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.Communities;

/** The accounts that count, with what cascades need of them. */
final class People {
  /** Credibility is summed in integer multiples of one over this number. */
  static final double UNIT = 1L << 20;

  private static final long HASH_SEED = 42;

  private final KeyNumbers numbers;
  private final long[] units;
  private final long[] communities;
  private final double[] scores;
  private final long[] actorCounts;
  private final long[] followers;

  /** Of how many equal parts of its network, told by a hash, an account's part is counted. */
  private final long[] parts;

  private final boolean[] isSampled;

  People(SpreadInput input, Names networks) {
    ColumnRows known =
        input
            .accountStates()
            .read(
                AccountState.NETWORK,
                AccountState.ACCOUNT_KEY,
                AccountState.CREDIBILITY,
                AccountState.SCORE,
                AccountState.ACTOR_COUNT);
    ColumnRows credible = known.having(AccountState.CREDIBILITY);
    int size = credible.size();
    numbers = new KeyNumbers(size);
    units = new long[size];
    int[] network = new int[size];
    for (int i = 0; i < size; i++) {
      numbers.put(credible.longs(AccountState.ACCOUNT_KEY).get(i), i);
      units[i] = (long) Math.rint(credible.doubles(AccountState.CREDIBILITY).get(i) * UNIT);
      network[i] = networks.of(credible.texts(AccountState.NETWORK).get(i));
    }
    long[] counts = new long[networks.size()];
    for (int one : network) {
      counts[one]++;
    }
    parts = new long[size];
    isSampled = new boolean[size];
    for (int i = 0; i < size; i++) {
      parts[i] = (long) Math.ceil(counts[network[i]] / (double) input.reachSample());
      isSampled[i] =
          Math.floorMod(
                  XXH64.hashLong(credible.longs(AccountState.ACCOUNT_KEY).get(i), HASH_SEED),
                  parts[i])
              == 0;
    }
    communities = new long[size];
    Arrays.fill(communities, Cascade.UNKNOWN);
    ColumnRows groups =
        input.communities().read(Communities.ACCOUNT_KEY, Communities.COMMUNITY_KEY);
    for (int i = 0; i < groups.size(); i++) {
      int number = numbers.of(groups.longs(Communities.ACCOUNT_KEY).get(i));
      if (number >= 0) {
        communities[number] = groups.longs(Communities.COMMUNITY_KEY).get(i);
      }
    }
    scores = new double[size];
    Arrays.fill(scores, Double.NaN);
    actorCounts = new long[size];
    Arrays.fill(actorCounts, Cascade.UNKNOWN);
    ColumnRows scored = known.having(AccountState.ACTOR_COUNT);
    for (int i = 0; i < scored.size(); i++) {
      int number = numbers.of(scored.longs(AccountState.ACCOUNT_KEY).get(i));
      if (number >= 0) {
        actorCounts[number] = scored.longs(AccountState.ACTOR_COUNT).get(i);
        if (!scored.doubles(AccountState.SCORE).isNull(i)) {
          scores[number] = scored.doubles(AccountState.SCORE).get(i);
        }
      }
    }
    followers = new long[size];
    Arrays.fill(followers, Cascade.UNKNOWN);
    ColumnRows accounts = input.accounts().read(Accounts.ACCOUNT_KEY, Accounts.FOLLOWER_COUNT);
    for (int i = 0; i < accounts.size(); i++) {
      int number = numbers.of(accounts.longs(Accounts.ACCOUNT_KEY).get(i));
      if (number >= 0 && !accounts.longs(Accounts.FOLLOWER_COUNT).isNull(i)) {
        followers[number] = accounts.longs(Accounts.FOLLOWER_COUNT).get(i);
      }
    }
  }

  int size() {
    return units.length;
  }

  /** The number of an account, or -1 if it does not count. */
  int of(long account) {
    return numbers.of(account);
  }

  /** Credibility in {@link #UNIT}. */
  long units(int person) {
    return units[person];
  }

  /** The community, or {@link Cascade#UNKNOWN}. */
  long community(int person) {
    return communities[person];
  }

  /** The score; NaN if it has none. */
  double score(int person) {
    return scores[person];
  }

  /** Accounts that attend to it; 0 where nobody has counted them. */
  long attending(int person) {
    return Math.max(actorCounts[person], 0);
  }

  /** Followers as its network states; {@link Cascade#UNKNOWN} if it does not. */
  long followers(int person) {
    return followers[person];
  }

  /** Followers as its network states, of accounts that were scored; else 0. */
  long statedAudience(int person) {
    return actorCounts[person] == Cascade.UNKNOWN ? 0 : Math.max(followers[person], 0);
  }

  long parts(int person) {
    return parts[person];
  }

  boolean isSampled(int person) {
    return isSampled[person];
  }
}
