package renown.night.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import renown.dumps.ParsedRecord;
import renown.dumps.Verb;
import renown.kernels.keys.RecordPrint;
import renown.night.ingest.Statement.Sort;
import renown.tables.Deletions;
import renown.tables.IgnoredKinds;
import renown.tables.Interactions;
import renown.tables.WaitingInteractions;

/**
 * Acts of a shard, once each, and what deletions undo.
 *
 * <p>An act is told by network, record, verb and target. Two that tell of the same are one, of the
 * earlier time, unless the record was deleted in between: who follows, unfollows and follows again
 * under one id has followed twice. A deletion undoes what was before it, whoever of the two comes
 * first; only deletions by the actor itself count, and the network's own. As the deletion in
 * between may be the last of the three to come, an act that is told again with a later time waits
 * for it.
 *
 * <p>First come the statements of the night, then what the tables hold; of that only what has the
 * record of one of them is kept.
 */
final class ActShard {
  private static final Comparator<Statement> BY_VALUES =
      Comparator.comparingInt((Statement act) -> act.day)
          .thenComparingLong(act -> act.account)
          .thenComparing(act -> act.objectId, Statements::compare)
          .thenComparing(act -> act.via, RecordPrint::compare)
          .thenComparingLong(act -> act.happened)
          .thenComparingLong(act -> act.amount)
          .thenComparingLong(act -> -Math.max(act.witnessed, -Long.MAX_VALUE));

  private final int night;
  private final int afterNight;
  private final Moves.Confirmed moves;
  private final List<Statement> waiting = new ArrayList<>();
  private final Map<String, Map<RecordPrint, Statement>> tonight = new HashMap<>();

  /** Acts and deletions of one record. */
  private static final class Told {
    final Map<Identity, List<Statement>> acts = new TreeMap<>();
    final TreeMap<Long, List<Statement>> deletions = new TreeMap<>();
  }

  private record Identity(Verb verb, long target) implements Comparable<Identity> {
    @Override
    public int compareTo(Identity other) {
      int byVerb = verb.compareTo(other.verb);
      return byVerb != 0 ? byVerb : Long.compare(target, other.target);
    }
  }

  /**
   * @param night day since 1970
   * @param waitingDays nights for which an act that was told again waits for a deletion
   * @param moves by which the attention for an account goes to another one
   */
  ActShard(int night, long waitingDays, Moves.Confirmed moves) {
    this.night = night;
    this.afterNight = (int) Math.max(Integer.MIN_VALUE + 1, night - waitingDays);
    this.moves = moves;
  }

  /** Takes an act with a target, a deletion, or what a table holds. */
  void add(Statement said) {
    boolean isHeld =
        said.sort == Sort.HELD_ACT
            || said.sort == Sort.HELD_DELETION
            || said.sort == Sort.TOLD_AGAIN;
    Map<RecordPrint, Statement> records =
        tonight.computeIfAbsent(said.network, any -> new HashMap<>());
    Statement first = records.get(said.print());
    if (first != null) {
      said.next = first.next;
      first.next = said;
    } else if (!isHeld) {
      records.put(said.print(), said);
    } else if (said.sort == Sort.TOLD_AGAIN) {
      waiting.add(said);
    }
  }

  /**
   * Gives the new rows of {@code interactions} and {@code deletions} and those of {@code
   * waiting_interactions} that name a target, and counts duplicates.
   */
  void end(ShardRows rows, Counts ignored) {
    tonight.forEach(
        (network, records) -> {
          long[] duplicates = new long[1];
          records.forEach(
              (record, first) -> {
                Told told = new Told();
                for (Statement one = first; one != null; one = one.next) {
                  take(one, told);
                }
                // Which deletions are news depends on the acts, so they are looked at first.
                TreeMap<Long, TreeSet<Long>> deleted = new TreeMap<>();
                told.deletions.forEach(
                    (deleter, all) ->
                        deleted.put(deleter, deletions(deleter, all, told, rows, duplicates)));
                told.acts.forEach((what, acts) -> acts(what, acts, deleted, rows, duplicates));
              });
          ignored.add(network, IgnoredKinds.DUPLICATE_LINE, duplicates[0]);
        });
    tonight.clear();
    waiting.forEach(one -> keepWaiting(one, one.target, rows));
    waiting.clear();
  }

  private void keepWaiting(Statement act, long target, ShardRows rows) {
    int since = act.sort == Sort.TOLD_AGAIN ? act.night : night;
    if (since > afterNight) {
      rows.add(
          WaitingInteractions.TABLE,
          act.network,
          act.print().high(),
          act.print().low(),
          act.day,
          act.verb.word(),
          act.account,
          act.objectId == null ? "" : act.objectId,
          "",
          target,
          act.via == null ? null : (Object) act.via.high(),
          act.via == null ? null : (Object) act.via.low(),
          act.happened,
          since,
          orNull(act.amount),
          orNull(act.witnessed));
    }
  }

  private void take(Statement one, Told told) {
    if (one.sort == Sort.DELETION || one.sort == Sort.HELD_DELETION) {
      long deleter = one.account == Statement.NONE ? Deletions.BY_THE_NETWORK : one.account;
      told.deletions.computeIfAbsent(deleter, any -> new ArrayList<>()).add(one);
      return;
    }
    long target = one.sort == Sort.ACT ? moves.followed(one.target, one.happened) : one.target;
    told.acts.computeIfAbsent(new Identity(one.verb, target), any -> new ArrayList<>()).add(one);
  }

  /**
   * Adds the deletions by one deleter that are news: the first of a record, any of a later time,
   * since what was done before it may be told after it, and those that undo what is known.
   *
   * @return the times of those that are known then
   */
  private TreeSet<Long> deletions(
      long deleter, List<Statement> all, Told told, ShardRows rows, long[] duplicates) {
    TreeSet<Long> known = new TreeSet<>();
    List<Statement> fresh = new ArrayList<>();
    for (Statement one : all) {
      if (one.sort == Sort.HELD_DELETION) {
        known.add(one.witnessed);
      } else {
        fresh.add(one);
        duplicates[0] += one.own;
      }
    }
    fresh.sort(
        Comparator.comparingLong((Statement one) -> one.witnessed)
            .thenComparingInt(one -> one.day));
    for (Statement one : fresh) {
      if (known.isEmpty()
          || one.witnessed > known.last() && one.tellsWitness()
          || !known.contains(one.witnessed) && undoes(deleter, one.witnessed, known, told)) {
        known.add(one.witnessed);
        rows.add(
            Deletions.TABLE,
            one.network,
            one.id,
            one.day == ParsedRecord.NO_DAY ? null : (Object) one.day,
            deleter,
            one.witnessed,
            night);
        duplicates[0] -= one.own > 0 ? 1 : 0;
      }
    }
    return known;
  }

  /**
   * Whether something was done between a deletion and the one before it, or was done before the
   * first of all and is shown as done after it.
   */
  private static boolean undoes(long deleter, long at, TreeSet<Long> known, Told told) {
    Long before = known.lower(at);
    return told.acts.values().stream()
        .flatMap(List::stream)
        .filter(act -> deleter == act.account || deleter == Deletions.BY_THE_NETWORK)
        .filter(act -> act.hasTime() && act.happened <= at)
        .anyMatch(act -> before == null ? act.witnessed > at : act.happened > before);
  }

  private void acts(
      Identity what,
      List<Statement> all,
      TreeMap<Long, TreeSet<Long>> deleted,
      ShardRows rows,
      long[] duplicates) {
    List<Statement> held = all.stream().filter(one -> one.sort == Sort.HELD_ACT).toList();
    List<Statement> said =
        new ArrayList<>(all.stream().filter(one -> one.sort != Sort.HELD_ACT).toList());
    said.sort(BY_VALUES);
    long actor = held.isEmpty() ? said.get(0).account : held.get(0).account;
    TreeSet<Long> ends = new TreeSet<>();
    ends.addAll(deleted.getOrDefault(actor, new TreeSet<>()));
    ends.addAll(deleted.getOrDefault(Deletions.BY_THE_NETWORK, new TreeSet<>()));
    said.forEach(one -> comeBack(one, ends));
    for (Statement one : held) {
      if (one.change > 0 && isDoneAgain(one, ends)) {
        said.add(again(one));
      }
    }
    said.sort(BY_VALUES);
    // The time at which what began is over; the greatest for what stands.
    TreeMap<Long, Statement> begun = new TreeMap<>();
    TreeMap<Long, Statement> again = new TreeMap<>();
    TreeSet<Long> undone = new TreeSet<>();
    for (Statement one : held) {
      if (one.change > 0) {
        begun.putIfAbsent(end(one, ends), one);
      } else {
        undone.add(one.happened);
      }
    }
    for (Statement one : said) {
      duplicates[0] += one.own;
      if (one.account == actor && !begun.containsKey(end(one, ends))) {
        begun.put(end(one, ends), one);
        rows.add(Interactions.TABLE, row(one, what.target, 1, night));
        duplicates[0] -= own(said, end(one, ends), ends, actor);
      } else if (one.account == actor && one.hasTime()) {
        // A line that shows it later may tell of it done again.
        long before = latest(begun.get(end(one, ends)));
        one.happened = latest(one);
        if (one.happened > before) {
          again.merge(one.happened, one, ActShard::longerWaiting);
        }
      }
    }
    again.values().forEach(one -> keepWaiting(one, what.target, rows));
    begun.forEach(
        (end, one) -> {
          if (end != Long.MAX_VALUE && undone.add(one.happened)) {
            rows.add(Interactions.TABLE, row(one, what.target, -1, night));
          }
        });
  }

  private static Statement longerWaiting(Statement one, Statement other) {
    boolean isOther = other.sort == Sort.TOLD_AGAIN;
    return one.sort == Sort.TOLD_AGAIN && (!isOther || one.night <= other.night) ? one : other;
  }

  /** When an act was last seen to be done. */
  private static long latest(Statement act) {
    return Math.max(act.happened, act.witnessed);
  }

  /**
   * An act that a line shows after a deletion that came after the act was done again, as late as
   * the line says: networks that hand out the rows of a database tell it so.
   */
  private static void comeBack(Statement act, TreeSet<Long> ends) {
    if (isDoneAgain(act, ends)) {
      act.happened = act.witnessed;
      act.witnessed = Statement.NONE;
    }
  }

  /** What an act of the table has begun again, after a deletion that is told of only now. */
  private static Statement again(Statement held) {
    Statement again = new Statement(Sort.ACT, held.network);
    again.print(held.print());
    again.day = held.day;
    again.verb = held.verb;
    again.account = held.account;
    again.target = held.target;
    again.objectId = held.objectId;
    again.via = held.via;
    again.happened = held.witnessed;
    again.amount = held.amount;
    return again;
  }

  private static boolean isDoneAgain(Statement act, TreeSet<Long> ends) {
    Long end = act.witnessed == Statement.NONE ? null : ends.lower(act.witnessed);
    return end != null && act.happened <= end;
  }

  /** 1 if a line is about an act, else 0. */
  private static int own(List<Statement> said, long end, TreeSet<Long> ends, long actor) {
    return said.stream()
            .anyMatch(one -> one.own > 0 && one.account == actor && end(one, ends) == end)
        ? 1
        : 0;
  }

  private static long end(Statement act, TreeSet<Long> ends) {
    if (ends.isEmpty()) {
      return Long.MAX_VALUE;
    }
    Long end = act.hasTime() ? ends.ceiling(act.happened) : ends.first();
    return end == null ? Long.MAX_VALUE : end;
  }

  /** A row of {@code interactions}. */
  static Object[] row(Statement act, long target, long change, int night) {
    return new Object[] {
      act.network,
      act.print().high(),
      act.print().low(),
      act.day,
      act.verb.word(),
      act.account,
      target,
      act.objectId,
      act.via == null ? null : (Object) act.via.high(),
      act.via == null ? null : (Object) act.via.low(),
      act.happened,
      change,
      night,
      orNull(act.amount),
      orNull(act.witnessed)
    };
  }

  static Object orNull(long value) {
    return value == Statement.NONE ? null : (Object) value;
  }
}
