package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import renown.night.ingest.Moves.Confirmed;
import renown.night.ingest.Moves.Move;
import renown.night.ingest.Statement.Sort;

class MovesTest {
  private static Statement says(Sort sort, long account, long other, long second) {
    Statement said = new Statement(sort, "x");
    said.account = account;
    said.target = other;
    said.witnessed = Says.at(second);
    return said;
  }

  private static Statement moved(long account, long to, long second) {
    return says(Sort.MOVE, account, to, second);
  }

  private static Statement stayed(long account, long second) {
    return says(Sort.MOVE, account, Statement.NONE, second);
  }

  private static Statement alias(long account, long old, long second) {
    return says(Sort.ALIAS, account, old, second);
  }

  /** As it is stored and read on the night. */
  private static List<Move> after(List<Move> held, String night, Statement... said) {
    int day = Math.toIntExact(LocalDate.parse(night).toEpochDay());
    List<Move> stored =
        TableRows.rows(
                renown.tables.AccountMoves.TABLE,
                TableRows.columns(
                    renown.tables.AccountMoves.TABLE, held.stream().map(Move::row).toList()))
            .stream()
            .map(Move::of)
            .toList();
    return Moves.known(List.of(said), stored, day);
  }

  /** Pairs with what was said when (seconds), and confirmed and ended night. */
  private static List<String> shortly(List<Move> known) {
    return known.stream()
        .map(
            move ->
                move.account
                    + ">"
                    + move.target
                    + " "
                    + seconds(move.movedSaidAt)
                    + " "
                    + seconds(move.aliasSaidAt)
                    + " "
                    + date(move.confirmedNight)
                    + " "
                    + date(move.endedNight))
        .toList();
  }

  private static String seconds(long at) {
    return at == Statement.NONE ? "-" : String.valueOf(at / 1_000_000);
  }

  private static String date(int day) {
    return day == Integer.MIN_VALUE ? "-" : LocalDate.ofEpochDay(day).toString().substring(8);
  }

  private static long target(List<Move> known, long target, String at) {
    return new Confirmed(known).followed(target, Instant.parse(at).toEpochMilli() * 1000);
  }

  @Test
  void whatOneSaysAloneMovesNothing() {
    List<Move> known = after(List.of(), "2026-01-05", moved(1, 2, 10), alias(4, 3, 20));
    assertThat(shortly(known)).containsExactly("1>2 10 - - -", "3>4 - 20 - -");
    assertThat(target(known, 1, "2026-01-07T00:00:00Z")).isEqualTo(1);
    assertThat(target(known, 3, "2026-01-07T00:00:00Z")).isEqualTo(3);
  }

  @Test
  void attentionFollowsFromTheDayAfterBothHaveSaidSo() {
    List<Move> first = after(List.of(), "2026-01-05", moved(1, 2, 10));
    List<Move> known = after(first, "2026-01-06", alias(2, 1, 30));
    assertThat(shortly(known)).containsExactly("1>2 10 30 06 -");
    assertThat(target(known, 1, "2026-01-06T23:59:59Z")).isEqualTo(1);
    assertThat(target(known, 1, "2026-01-07T00:00:00Z")).isEqualTo(2);
    assertThat(target(known, 2, "2026-01-07T00:00:00Z")).isEqualTo(2);
    assertThat(target(known, 3, "2026-01-07T00:00:00Z")).isEqualTo(3);
    // It comes again later, and stays as it was.
    assertThat(shortly(after(known, "2026-01-08", moved(1, 2, 10), alias(2, 1, 40))))
        .containsExactly("1>2 10 40 06 -");
  }

  @Test
  void aMoveEndsWhereTheAccountIsBackOrElsewhere() {
    List<Move> known =
        after(List.of(), "2026-01-05", moved(1, 2, 10), alias(2, 1, 10), alias(3, 1, 10));
    List<Move> back = after(known, "2026-01-07", stayed(1, 20));
    assertThat(shortly(back)).containsExactly("1>2 10 10 05 07", "1>3 - 10 - -");
    assertThat(target(back, 1, "2026-01-05T12:00:00Z")).isEqualTo(1);
    assertThat(target(back, 1, "2026-01-07T12:00:00Z")).isEqualTo(2);
    assertThat(target(back, 1, "2026-01-08T00:00:00Z")).isEqualTo(1);
    List<Move> elsewhere = after(known, "2026-01-07", moved(1, 3, 20));
    assertThat(target(elsewhere, 1, "2026-01-07T12:00:00Z")).isEqualTo(2);
    assertThat(target(elsewhere, 1, "2026-01-08T00:00:00Z")).isEqualTo(3);
    // What is older than what is known changes nothing.
    assertThat(shortly(after(back, "2026-01-09", moved(1, 2, 10), stayed(1, 5))))
        .containsExactly("1>2 10 10 05 07", "1>3 - 10 - -");
    elsewhere = after(known, "2026-01-07", moved(1, 3, 20));
    assertThat(shortly(after(elsewhere, "2026-01-09", moved(1, 2, 15))))
        .containsExactly("1>2 15 10 05 07", "1>3 20 10 07 -");
    back = after(known, "2026-01-07", stayed(1, 20));
    assertThat(shortly(after(back, "2026-01-09", moved(1, 2, 30))))
        .containsExactly("1>2 30 10 05 -", "1>3 - 10 - -");
  }

  @Test
  void whoMovesOnAndComesBackIsAtOnePlaceOnEachDay() {
    List<Move> known = after(List.of(), "2026-01-05", moved(1, 2, 10), alias(2, 1, 10));
    known = after(known, "2026-01-07", moved(1, 3, 20), alias(3, 1, 20));
    known = after(known, "2026-01-09", moved(1, 2, 30));
    assertThat(shortly(known)).containsExactly("1>2 30 10 05 -", "1>3 20 20 07 09");
    String[] days = {"05", "06", "07", "08", "09", "10", "11"};
    long[] targets = {1, 2, 2, 3, 3, 2, 2};
    for (int i = 0; i < days.length; i++) {
      assertThat(target(known, 1, "2026-01-" + days[i] + "T12:00:00Z")).isEqualTo(targets[i]);
    }
  }

  @Test
  void statementsOfOneInstantDoNotDependOnTheirOrder() {
    Statement[] all = {moved(1, 3, 10), stayed(1, 10), moved(1, 2, 10), alias(3, 1, 10)};
    for (int turn = 0; turn < all.length; turn++) {
      Collections.rotate(Arrays.asList(all), 1);
      assertThat(shortly(after(List.of(), "2026-01-05", all))).containsExactly("1>3 10 10 05 -");
    }
  }

  @Test
  void whoMovesOnIsFollowedAndWhoGoesInCirclesIsNot() {
    List<Move> known =
        after(
            List.of(),
            "2026-01-05",
            moved(1, 2, 10),
            alias(2, 1, 10),
            moved(2, 3, 10),
            alias(3, 2, 10));
    assertThat(target(known, 1, "2026-01-06T12:00:00Z")).isEqualTo(3);
    assertThat(target(known, 2, "2026-01-06T12:00:00Z")).isEqualTo(3);
    List<Move> circle =
        after(
            List.of(),
            "2026-01-05",
            moved(1, 2, 10),
            alias(2, 1, 10),
            moved(2, 1, 10),
            alias(1, 2, 10));
    assertThat(target(circle, 1, "2026-01-06T12:00:00Z")).isEqualTo(1);
    assertThat(target(circle, 2, "2026-01-06T12:00:00Z")).isEqualTo(2);
  }
}
