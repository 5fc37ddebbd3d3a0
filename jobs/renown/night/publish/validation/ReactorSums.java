package renown.night.publish.validation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import renown.kernels.cascades.KeyNumbers;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.Interactions;
import renown.tables.Posts;

/**
 * What came of some accounts: the distinct credible accounts that reacted to each, as a sum of
 * their credibility. Only acts on these accounts are held, 8 bytes each.
 */
final class ReactorSums {
  private static final double STEP = 1L << 20;
  private static final long MICROS_PER_WEEK = 7 * 86_400_000_000L;

  private static final Set<String> REACTING = Set.of("repost", "quote", "reply", "mention", "like");

  private final KeyNumbers accounts;
  private final KeyNumbers actors = new KeyNumbers(1024);
  private final Pairs reactions = new Pairs();
  private final Pairs weeks = new Pairs();
  private final Map<String, Boolean> isReacting = new HashMap<>();

  /** Pairs of numbers, sorted and each once when they are asked for. */
  private static final class Pairs {
    private long[] pairs = new long[16];
    private int size;

    void add(int one, int other) {
      if (size == pairs.length) {
        // Many are often the same.
        distinct();
        if (size > pairs.length / 2) {
          pairs = Arrays.copyOf(pairs, 2 * pairs.length);
        }
      }
      pairs[size++] = (long) one << 32 | other & 0xFFFF_FFFFL;
    }

    private void distinct() {
      Arrays.sort(pairs, 0, size);
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (i == 0 || pairs[i] != pairs[i - 1]) {
          pairs[kept++] = pairs[i];
        }
      }
      size = kept;
    }
  }

  /**
   * @param keys of the accounts, each once
   */
  ReactorSums(long[] keys) {
    accounts = new KeyNumbers(keys.length);
    for (long key : keys) {
      accounts.add(key);
    }
  }

  /**
   * Adds what was done to the accounts.
   *
   * @param interactions rows of {@code interactions}
   * @param after only those of later nights count, days since 1970
   */
  void addInteractions(ColumnRows interactions, long after) {
    ColumnRows.Longs targets = interactions.longs(Interactions.TARGET_KEY);
    ColumnRows.Longs sources = interactions.longs(Interactions.ACTOR_KEY);
    for (int row = 0; row < interactions.size(); row++) {
      int account = accounts.of(targets.get(row));
      if (account >= 0
          && interactions.longs(Interactions.NIGHT).get(row) > after
          && interactions.longs(Interactions.CHANGE).get(row) == 1
          && sources.get(row) != targets.get(row)
          && isReacting.computeIfAbsent(
              interactions.texts(Interactions.VERB).get(row), REACTING::contains)) {
        reactions.add(account, actors.add(sources.get(row)));
      }
    }
  }

  /**
   * Adds what the accounts posted.
   *
   * @param posts rows of {@code posts}
   * @param after only those of later nights count, days since 1970
   */
  void addPosts(ColumnRows posts, long after) {
    for (int row = 0; row < posts.size(); row++) {
      int account = accounts.of(posts.longs(Posts.AUTHOR_KEY).get(row));
      if (account >= 0 && posts.longs(Posts.NIGHT).get(row) > after) {
        long week = Math.floorDiv(posts.longs(Posts.HAPPENED_AT).get(row), MICROS_PER_WEEK);
        weeks.add(account, Math.toIntExact(week));
      }
    }
  }

  /**
   * The sums, in the order of the accounts.
   *
   * @param credibilities rows of {@code account_state}; who has none counts nothing
   */
  double[] sums(ColumnRows credibilities) {
    long[] units = new long[actors.size()];
    for (int row = 0; row < credibilities.size(); row++) {
      int actor = actors.of(credibilities.longs(AccountState.ACCOUNT_KEY).get(row));
      if (actor >= 0) {
        double credibility = credibilities.doubles(AccountState.CREDIBILITY).get(row);
        units[actor] = (long) Math.rint(credibility * STEP);
      }
    }
    reactions.distinct();
    // Whole units, whose sum is exact in any order.
    long[] sums = new long[accounts.size()];
    for (int i = 0; i < reactions.size; i++) {
      sums[(int) (reactions.pairs[i] >>> 32)] += units[(int) reactions.pairs[i]];
    }
    return Arrays.stream(sums).mapToDouble(sum -> sum / STEP).toArray();
  }

  /** The same per week in which the account posted; where it never did, as if it had once. */
  double[] sumsPerWeekOfPosting(ColumnRows credibilities) {
    weeks.distinct();
    int[] counts = new int[accounts.size()];
    for (int i = 0; i < weeks.size; i++) {
      counts[(int) (weeks.pairs[i] >>> 32)]++;
    }
    double[] sums = sums(credibilities);
    for (int account = 0; account < sums.length; account++) {
      sums[account] /= Math.max(1, counts[account]);
    }
    return sums;
  }
}
