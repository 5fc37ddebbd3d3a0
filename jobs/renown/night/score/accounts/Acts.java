package renown.night.score.accounts;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import renown.lake.ColumnRows;
import renown.tables.Interactions;

/**
 * The acts of a night, column by column.
 *
 * @param verbs place in {@link #VERBS}; -1 for verbs that are nobody's attention
 * @param sources numbers of accounts
 * @param objects ids of the posts that they are about; null for none
 */
record Acts(byte[] verbs, int[] sources, int[] targets, long[] at, long[] changes, String[] objects)
    implements Serializable {
  /** All that one account can do to another. */
  static final List<String> VERBS =
      List.of("repost", "quote", "reply", "mention", "like", "follow", "list", "block");

  /** Other negative signals, which weigh as much. */
  private static final Set<String> AS_BLOCKS = Set.of("report", "mute");

  static final int REPLY = VERBS.indexOf("reply");
  static final int MENTION = VERBS.indexOf("mention");
  static final int FOLLOW = VERBS.indexOf("follow");
  static final int LIST = VERBS.indexOf("list");
  static final int BLOCK = VERBS.indexOf("block");

  /** Verbs before this one are reactions. */
  static final int REACTIONS = FOLLOW;

  /** Rows of {@code interactions}. */
  static Acts of(ColumnRows rows, AccountNumbers accounts) {
    ColumnRows.Texts verbs = rows.texts(Interactions.VERB);
    byte[] verb = new byte[verbs.size()];
    for (int row = 0; row < verb.length; row++) {
      String word = verbs.get(row);
      verb[row] = (byte) VERBS.indexOf(AS_BLOCKS.contains(word) ? "block" : word);
    }
    return new Acts(
        verb,
        accounts.of(rows.longs(Interactions.ACTOR_KEY)),
        accounts.of(rows.longs(Interactions.TARGET_KEY)),
        rows.longs(Interactions.HAPPENED_AT).toArray(),
        rows.longs(Interactions.CHANGE).toArray(),
        rows.texts(Interactions.OBJECT_ID).toArray());
  }

  /** The reactions of or to accounts of a range, without the posts that they are about. */
  Acts reactionsOf(int from, int to) {
    int[] kept =
        IntStream.range(0, count())
            .filter(act -> isReaction(act))
            .filter(act -> isIn(sources[act], from, to) || isIn(targets[act], from, to))
            .toArray();
    byte[] itsVerbs = new byte[kept.length];
    for (int i = 0; i < kept.length; i++) {
      itsVerbs[i] = verbs[kept[i]];
    }
    return new Acts(
        itsVerbs,
        Arrays.stream(kept).map(act -> sources[act]).toArray(),
        Arrays.stream(kept).map(act -> targets[act]).toArray(),
        Arrays.stream(kept).mapToLong(act -> at[act]).toArray(),
        Arrays.stream(kept).mapToLong(act -> changes[act]).toArray(),
        null);
  }

  private static boolean isIn(int account, int from, int to) {
    return account >= from && account < to;
  }

  int count() {
    return verbs.length;
  }

  /** Whether an act is one account's attention to another. */
  boolean isAttention(int act) {
    return verbs[act] >= 0 && sources[act] != targets[act];
  }

  /** Whether it is a reaction of one account to another. */
  boolean isReaction(int act) {
    return isAttention(act) && verbs[act] < REACTIONS;
  }
}
