package renown.kernels.cascades;

import java.util.Arrays;

/**
 * Decides through whom each of tonight's acts on one post came. The parent of an act is decided
 * once, on the night on which the act is loaded:
 *
 * <ul>
 *   <li>recorded: the act names the repost it came through, or the reply that it answers, and that
 *       one is known and earlier; or it names none and is of a kind that would ({@code isDirect}):
 *       then it came from the author;
 *   <li>inferred: of the earlier sharers that the account attends to, the latest one; if there are
 *       none, the author. The confidence is one over the number of accounts that it may have come
 *       from: the author and the sharers that the account attends to, or all sharers so far if it
 *       attends to none.
 * </ul>
 */
final class Decisions {
  private static final long NEVER = Long.MAX_VALUE;

  private final CascadeActs acts;
  private final int from;
  private final int to;
  private final long author;
  private final AttentionPairs attention;

  /** Numbers of the accounts: 0 for the author, then in the order of their first acts. */
  private final KeyNumbers accounts;

  /** The first act of each account but the author. */
  private final int[] firstActs;

  /** When each account shared last, of the acts walked so far. */
  private final long[] lastShares;

  /** Those that have shared so far. */
  private final int[] sharers;

  private int sharerCount;

  /** First act of each record, of the acts walked so far. */
  private final KeyNumbers records;

  Decisions(
      CascadeActs acts,
      int from,
      int to,
      long author,
      KeyNumbers accounts,
      int[] firstActs,
      AttentionPairs attention) {
    this.acts = acts;
    this.from = from;
    this.to = to;
    this.author = author;
    this.accounts = accounts;
    this.firstActs = firstActs;
    this.attention = attention;
    lastShares = new long[accounts.size()];
    Arrays.fill(lastShares, NEVER);
    sharers = new int[accounts.size()];
    records = new KeyNumbers(to - from);
  }

  void decide() {
    int[] ownActs = new int[lastShares.length];
    for (int act = from; act < to; act++) {
      if (acts.isNew(act)) {
        ownActs[accounts.of(acts.actor(act))]++;
      }
    }
    for (int act = from; act < to; act++) {
      int account = accounts.of(acts.actor(act));
      if (acts.isNew(act)) {
        decide(act);
        long attended = attention.acts(acts.actor(act), author);
        acts.decideAudience(act, attended > Cascade.ACT * ownActs[account]);
      }
      records.put(acts.record(act), act);
      if (acts.isShare(act)) {
        if (lastShares[account] == NEVER) {
          sharers[sharerCount++] = account;
        }
        lastShares[account] = acts.at(act);
      }
    }
  }

  private void decide(int act) {
    long actor = acts.actor(act);
    int path = acts.path(act) == 0 ? -1 : records.of(acts.path(act));
    if (actor == author || acts.isDirect(act) || path >= 0 && acts.actor(path) == author) {
      acts.decide(act, author, true, 1);
    } else if (path >= 0 && acts.actor(path) != actor && acts.at(path) < acts.at(act)) {
      acts.decide(act, acts.actor(path), true, 1);
    } else {
      infer(act);
    }
  }

  private void infer(int act) {
    long actor = acts.actor(act);
    long at = acts.at(act);
    int row = attention.row(actor);
    int candidates = 0;
    long parent = author;
    long latest = Long.MIN_VALUE;
    int first = row < 0 ? 0 : attention.from(row);
    int attended = row < 0 ? 0 : attention.to(row) - first;
    boolean bySharers = sharerCount < attended;
    // Whichever are fewer: those that it attends to, or those that have shared.
    for (int i = 0; i < (bySharers ? sharerCount : attended); i++) {
      int account = bySharers ? sharers[i] : accounts.of(attention.target(first + i));
      if (account <= 0 || lastShares[account] >= at) {
        continue;
      }
      long other = bySharers ? key(account) : attention.target(first + i);
      if (other == actor || bySharers && attention.acts(actor, other) == 0) {
        continue;
      }
      candidates++;
      if (lastShares[account] > latest || lastShares[account] == latest && other < parent) {
        parent = other;
        latest = lastShares[account];
      }
    }
    int sharersElse = 0;
    if (candidates == 0) {
      sharersElse = sharerCount;
      sharersElse -= lastShares[0] == NEVER ? 0 : 1;
      sharersElse -= lastShares[accounts.of(actor)] == NEVER ? 0 : 1;
    }
    acts.decide(act, parent, false, 1.0 / (1 + candidates + sharersElse));
  }

  private long key(int account) {
    return acts.actor(firstActs[account]);
  }
}
