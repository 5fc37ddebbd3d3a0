package renown.night.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import renown.dumps.ParsedRecord;
import renown.night.ingest.Statement.Sort;

/**
 * Moved accounts, and the attention that moves with them. An account's own claim proves nothing,
 * because it could redirect its attention to anybody; the target has to claim both accounts as its
 * own. Acts on days after the night on which both had confirmed count for the new account, whoever
 * reports them and when: the day of the act decides, so that a repeated act finds the same target.
 */
final class Moves {
  /** Maximum length of a chain of moves. */
  private static final int MOST_MOVES = 3;

  private static final int NO_NIGHT = ParsedRecord.NO_DAY;

  private Moves() {}

  /** What is known of an account and the one that it moved to; as in {@code account_moves}. */
  static final class Move {
    final String network;
    final long account;
    final long target;
    long movedSaidAt = Statement.NONE;
    long aliasSaidAt = Statement.NONE;
    int confirmedNight = NO_NIGHT;
    int endedNight = NO_NIGHT;

    /** A row of {@code account_moves}. */
    static Move of(Object[] row) {
      Move move = new Move((String) row[0], (Long) row[1], (Long) row[2]);
      move.movedSaidAt = row[3] == null ? Statement.NONE : (Long) row[3];
      move.aliasSaidAt = row[4] == null ? Statement.NONE : (Long) row[4];
      move.confirmedNight = row[5] == null ? NO_NIGHT : Math.toIntExact((Long) row[5]);
      move.endedNight = row[6] == null ? NO_NIGHT : Math.toIntExact((Long) row[6]);
      return move;
    }

    /** As a row of {@code account_moves}. */
    Object[] row() {
      return new Object[] {
        network,
        account,
        target,
        movedSaidAt == Statement.NONE ? null : (Object) movedSaidAt,
        aliasSaidAt == Statement.NONE ? null : (Object) aliasSaidAt,
        confirmedNight == NO_NIGHT ? null : (Object) (long) confirmedNight,
        endedNight == NO_NIGHT ? null : (Object) (long) endedNight
      };
    }

    Move(String network, long account, long target) {
      this.network = network;
      this.account = account;
      this.target = target;
    }
  }

  /**
   * What is known of moves after a night. Of what an account says of itself the freshest statement
   * counts; of two of one instant the one with the greater key, and any before "nowhere else". An
   * alias holds once it was given, as networks need it only while one moves.
   *
   * @param said statements of accounts that they moved, and of aliases
   * @param held what was known
   * @param night day since 1970
   * @return by account and target
   */
  static List<Move> known(Collection<Statement> said, Collection<Move> held, int night) {
    Map<Long, Statement> freshest = new HashMap<>();
    Comparator<Statement> later =
        Comparator.comparingLong((Statement one) -> one.witnessed)
            .thenComparingLong(one -> one.target);
    said.stream()
        .filter(one -> one.sort == Sort.MOVE)
        .forEach(
            one -> freshest.merge(one.account, one, (a, b) -> later.compare(a, b) >= 0 ? a : b));
    TreeMap<Long, TreeMap<Long, Move>> moves = new TreeMap<>();
    held.forEach(
        one -> moves.computeIfAbsent(one.account, any -> new TreeMap<>()).put(one.target, one));
    for (Statement one : said) {
      if (one.sort == Sort.ALIAS && one.target != Statement.NONE) {
        Move move = of(moves, one.network, one.target, one.account);
        move.aliasSaidAt = Math.max(move.aliasSaidAt, one.witnessed);
      }
    }
    List<Move> news = new ArrayList<>();
    for (Statement one : freshest.values()) {
      if (one.target != Statement.NONE) {
        Move move = of(moves, one.network, one.account, one.target);
        if (one.witnessed > move.movedSaidAt) {
          move.movedSaidAt = one.witnessed;
          news.add(move);
        }
      }
    }
    List<Move> known = new ArrayList<>();
    moves.forEach(
        (account, targets) -> {
          Move last =
              targets.values().stream()
                  .max(
                      Comparator.comparingLong((Move move) -> move.movedSaidAt)
                          .thenComparingLong(move -> move.target))
                  .orElseThrow();
          Statement stays = freshest.get(account);
          for (Move move : targets.values()) {
            boolean isMove = move.movedSaidAt != Statement.NONE;
            if (!isMove || move.aliasSaidAt == Statement.NONE) {
              move.confirmedNight = NO_NIGHT;
            } else if (move.confirmedNight == NO_NIGHT) {
              move.confirmedNight = night;
            }
            boolean isOver =
                isMove
                    && (move != last
                        || stays != null
                            && stays.target == Statement.NONE
                            && move.movedSaidAt < stays.witnessed);
            if (isOver) {
              move.endedNight = move.endedNight == NO_NIGHT ? night : move.endedNight;
            } else if (news.contains(move)) {
              move.endedNight = NO_NIGHT;
            }
            known.add(move);
          }
        });
    return known;
  }

  private static Move of(
      TreeMap<Long, TreeMap<Long, Move>> moves, String network, long account, long target) {
    return moves
        .computeIfAbsent(account, any -> new TreeMap<>())
        .computeIfAbsent(target, any -> new Move(network, account, target));
  }

  /** The moves that both accounts confirm, except for those of two that each moved to the other. */
  static final class Confirmed implements Serializable {
    private static final long serialVersionUID = 1;

    private record Interval(long target, long from, long until) implements Serializable {}

    private final HashMap<Long, List<Interval>> moves = new HashMap<>();

    /** Those that were confirmed. */
    Confirmed(Collection<Move> known) {
      Set<List<Long>> standing = new HashSet<>();
      for (Move move : known) {
        if (move.confirmedNight != NO_NIGHT && move.endedNight == NO_NIGHT) {
          standing.add(List.of(move.account, move.target));
        }
      }
      for (Move move : known) {
        boolean isBack = standing.contains(List.of(move.target, move.account));
        if (move.confirmedNight != NO_NIGHT && (move.endedNight != NO_NIGHT || !isBack)) {
          moves
              .computeIfAbsent(move.account, any -> new ArrayList<>())
              .add(
                  new Interval(
                      move.target,
                      dayAfter(move.confirmedNight),
                      move.endedNight == NO_NIGHT ? Long.MAX_VALUE : dayAfter(move.endedNight)));
        }
      }
    }

    private static long dayAfter(int night) {
      return TimeUnit.DAYS.toMicros(night + 1L);
    }

    /**
     * The account that an act is about.
     *
     * @param target whom its line names
     * @param at when it happened, microseconds
     */
    long followed(long target, long at) {
      long now = target;
      for (int move = 0; move < MOST_MOVES && moves.containsKey(now); move++) {
        long from = now;
        now = at(from, at);
        if (now == from) {
          break;
        }
      }
      return now;
    }

    /** Where an account was. Who moves on and comes back is where he went last. */
    private long at(long account, long at) {
      return moves.get(account).stream()
          .filter(move -> move.from <= at && at < move.until)
          .max(Comparator.comparingLong(Interval::from).thenComparingLong(Interval::target))
          .map(Interval::target)
          .orElse(account);
    }
  }
}
