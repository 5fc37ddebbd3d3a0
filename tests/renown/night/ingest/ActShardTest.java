package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.night.ingest.Says.act;
import static renown.night.ingest.Says.at;
import static renown.night.ingest.Says.deletion;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import renown.dumps.Verb;
import renown.tables.Deletions;
import renown.tables.IgnoredKinds;
import renown.tables.Interactions;
import renown.tables.WaitingInteractions;

class ActShardTest {
  private static final Moves.Confirmed NO_MOVES = new Moves.Confirmed(List.of());
  private static final long ANN = 1;
  private static final long BOB = 2;
  private static final long EVE = 3;

  private final Counts ignored = new Counts();

  private TableRows night(TableRows held, List<Statement> said, Moves.Confirmed moves) {
    List<Statement> all = new ArrayList<>(said);
    if (held != null) {
      held.of(Interactions.TABLE).forEach(row -> all.add(Says.held(row)));
      held.of(Deletions.TABLE).forEach(row -> all.add(Says.heldDeletion(row)));
      held.of(WaitingInteractions.TABLE).forEach(row -> all.add(Says.toldAgain(row)));
    }
    TableRows rows = new TableRows();
    new ActBlocks(List.of(Statements.block(all)))
        .end(new ActShard(Says.NIGHT, 30, moves), moves, Says.NIGHT, rows, ignored);
    return rows;
  }

  private TableRows night(TableRows held, Statement... said) {
    return night(held, List.of(said), NO_MOVES);
  }

  /** The same with the rows that were there. */
  private static TableRows and(TableRows held, TableRows added) {
    TableRows all = new TableRows();
    for (TableRows rows : List.of(held, added)) {
      rows.of(Interactions.TABLE).forEach(row -> all.add(Interactions.TABLE, row));
      rows.of(Deletions.TABLE).forEach(row -> all.add(Deletions.TABLE, row));
    }
    // Those that wait are all written again.
    added.of(WaitingInteractions.TABLE).forEach(row -> all.add(WaitingInteractions.TABLE, row));
    return all;
  }

  private static List<String> acts(TableRows rows) {
    return Says.rows(
        rows,
        Interactions.TABLE,
        Interactions.RECORD_PRINT_HIGH,
        Interactions.VERB,
        Interactions.ACTOR_KEY,
        Interactions.TARGET_KEY,
        Interactions.HAPPENED_AT,
        Interactions.CHANGE);
  }

  private static List<String> deletions(TableRows rows) {
    return Says.rows(
        rows,
        Deletions.TABLE,
        Deletions.RECORD_ID,
        Deletions.RECORD_DATE,
        Deletions.DELETER_KEY,
        Deletions.WITNESSED_AT);
  }

  @Test
  void anActCountsOnceHoweverOftenItComes() {
    for (List<Statement> order :
        Says.orders(
            act(ANN, Verb.LIKE, BOB, "1", 20),
            act(ANN, Verb.LIKE, BOB, "1", 10),
            act(ANN, Verb.LIKE, BOB, "1", 20),
            act(ANN, Verb.REPLY, BOB, "2", 30),
            // One post answers one account and names two.
            act(ANN, Verb.MENTION, BOB, "2", 30),
            act(ANN, Verb.MENTION, EVE, "2", 30))) {
      assertThat(acts(night(null, order, NO_MOVES)))
          .containsExactly(
              "1 like 1 2 10 1", "2 mention 1 2 30 1", "2 mention 1 3 30 1", "2 reply 1 2 30 1");
    }
  }

  /** Rows of databases tell the time of the act, and later that it is there again. */
  @Test
  void anActThatIsSeenAfterItsDeletionWasDoneAgain() {
    Statement again = Says.shown(act(ANN, Verb.LIKE, BOB, "1", 10), 50);
    Statement[] all = {act(ANN, Verb.LIKE, BOB, "1", 10), deletion(ANN, "1", 30), again};
    List<String> expected = List.of("1 like 1 2 10 -1", "1 like 1 2 10 1", "1 like 1 2 50 1");
    for (List<Statement> order : Says.orders(all)) {
      assertThat(acts(night(null, order, NO_MOVES))).isEqualTo(expected);
    }
    TableRows held = night(null, all[0], all[1]);
    TableRows more = night(held, again);
    assertThat(acts(and(held, more))).isEqualTo(expected);
    // The deletion may come last.
    TableRows twice = night(null, all[0], again);
    assertThat(acts(and(twice, night(twice, all[1])))).isEqualTo(expected);
    // The same row again brings nothing.
    assertThat(acts(night(and(held, more), again))).isEmpty();
    // Told once, and as it was after the deletion: it stands, whichever of the two comes first.
    TableRows once = night(null, again);
    assertThat(acts(once)).containsExactly("1 like 1 2 10 1");
    assertThat(acts(and(once, night(once, all[1])))).isEqualTo(expected);
    TableRows gone = night(null, all[1]);
    assertThat(acts(and(gone, night(gone, again)))).containsExactly("1 like 1 2 50 1");
    assertThat(acts(night(null, all[1], again))).containsExactly("1 like 1 2 50 1");
    // A deletion after it was shown is the end of it.
    TableRows end = and(once, night(once, deletion(ANN, "1", 60)));
    assertThat(acts(end)).containsExactly("1 like 1 2 10 -1", "1 like 1 2 10 1");
    // Also where the deletion between comes after the last one.
    assertThat(acts(and(end, night(end, all[1]))).stream().filter(row -> row.endsWith(" -1")))
        .hasSize(2);
  }

  @Test
  void whatTheTableHoldsDoneOrUndoneIsNotNew() {
    TableRows held = night(null, act(ANN, Verb.LIKE, BOB, "1", 10), deletion(ANN, "1", 15));
    assertThat(acts(held)).containsExactly("1 like 1 2 10 -1", "1 like 1 2 10 1");
    TableRows again =
        night(
            held,
            act(ANN, Verb.LIKE, BOB, "1", 10),
            act(ANN, Verb.LIKE, EVE, "1", 10),
            act(ANN, Verb.REPOST, BOB, "1", 10));
    // The record is gone, whatever else is told of it.
    assertThat(acts(again))
        .containsExactly(
            "1 like 1 3 10 -1", "1 like 1 3 10 1", "1 repost 1 2 10 -1", "1 repost 1 2 10 1");
  }

  @Test
  void aDeletionUndoesAllThatARecordDidAndNothingElse() {
    TableRows held =
        night(
            null,
            act(ANN, Verb.REPLY, BOB, "1", 10),
            act(ANN, Verb.MENTION, EVE, "1", 10),
            act(ANN, Verb.LIKE, EVE, "2", 10));
    assertThat(acts(night(held, deletion(ANN, "1", 99))))
        .containsExactly("1 mention 1 3 10 -1", "1 reply 1 2 10 -1");
  }

  @Test
  void aDeletionBySomebodyElseDoesNothingNorHidesTheActorsOwn() {
    TableRows held = night(null, act(ANN, Verb.LIKE, BOB, "1", 10));
    TableRows byEve = night(held, deletion(EVE, "1", 20));
    assertThat(acts(byEve)).isEmpty();
    assertThat(acts(night(and(held, byEve), deletion(ANN, "1", 30))))
        .containsExactly("1 like 1 2 10 -1");
    // The same where both come in one night.
    assertThat(acts(night(held, deletion(EVE, "1", 20), deletion(ANN, "1", 30))))
        .containsExactly("1 like 1 2 10 -1");
  }

  @Test
  void whatTheNetworkDeletesIsGoneWhoeversItWas() {
    TableRows rows =
        night(
            null,
            act(ANN, Verb.LIKE, BOB, "1", 10),
            act(EVE, Verb.LIKE, BOB, "2", 10),
            deletion(Statement.NONE, "1", 20));
    assertThat(acts(rows))
        .containsExactly("1 like 1 2 10 -1", "1 like 1 2 10 1", "2 like 3 2 10 1");
    assertThat(deletions(rows)).containsExactly("1 0 " + Deletions.BY_THE_NETWORK + " 20");
  }

  @Test
  void anActIsUndoneOnceHoweverManySaySo() {
    TableRows held = night(null, act(ANN, Verb.LIKE, BOB, "1", 10));
    TableRows undone = night(held, deletion(Statement.NONE, "1", 20), deletion(ANN, "1", 30));
    assertThat(acts(undone)).containsExactly("1 like 1 2 10 -1");
    assertThat(acts(night(and(held, undone), deletion(ANN, "1", 40)))).isEmpty();
  }

  @Test
  void aDeletionIsKeptOnceForEachLaterTimeAndWithoutADayWhereItTellsNone() {
    Statement undated = deletion(BOB, "2", 5);
    undated.day = renown.dumps.ParsedRecord.NO_DAY;
    TableRows rows = night(null, deletion(ANN, "1", 30), deletion(ANN, "1", 20), undated);
    assertThat(deletions(rows)).containsExactly("1 0 1 20", "1 0 1 30", "2 null 2 5");
    assertThat(deletions(night(rows, deletion(ANN, "1", 20), deletion(ANN, "1", 30)))).isEmpty();
    // A list of what is gone that comes day by day tells no times, and so no news.
    Statement listed = deletion(ANN, "1", 86_400);
    assertThat(deletions(night(rows, listed, deletion(ANN, "1", 10)))).isEmpty();
  }

  @Test
  void whoFollowsAgainUnderOneIdFollowsAgain() {
    Statement[] all = {
      act(ANN, Verb.FOLLOW, BOB, "follow:1:2", 10),
      deletion(ANN, "follow:1:2", 20),
      act(ANN, Verb.FOLLOW, BOB, "follow:1:2", 30)
    };
    for (List<Statement> order : Says.orders(all)) {
      assertThat(acts(night(null, order, NO_MOVES)))
          .containsExactly(
              "follow:1:2 follow 1 2 10 -1",
              "follow:1:2 follow 1 2 10 1",
              "follow:1:2 follow 1 2 30 1");
    }
    // Night by night it is the same, and what comes again adds nothing.
    TableRows held = new TableRows();
    for (Statement one : all) {
      held = and(held, night(held, one));
    }
    assertThat(acts(held))
        .containsExactly(
            "follow:1:2 follow 1 2 10 -1",
            "follow:1:2 follow 1 2 10 1",
            "follow:1:2 follow 1 2 30 1");
    assertThat(acts(night(held, all))).isEmpty();
    // And a second time it is undone by a second deletion.
    TableRows again = night(held, deletion(ANN, "follow:1:2", 40));
    assertThat(acts(again)).containsExactly("follow:1:2 follow 1 2 30 -1");
    assertThat(deletions(again)).containsExactly("follow:1:2 0 1 40");
  }

  @Test
  void whoFollowedAgainStillFollowsWhenTheUnfollowComesLast() {
    Statement[] follows = {
      act(ANN, Verb.FOLLOW, BOB, "follow:1:2", 10),
      act(ANN, Verb.FOLLOW, BOB, "follow:1:2", 30),
      act(ANN, Verb.FOLLOW, BOB, "follow:1:2", 50)
    };
    Statement unfollow = deletion(ANN, "follow:1:2", 20);
    // Both of one night, or each of its own; told twice or once.
    TableRows together = night(null, follows);
    TableRows apart = new TableRows();
    for (Statement one : follows) {
      apart = and(apart, night(apart, one, act(EVE, Verb.LIKE, BOB, "7", 5)));
    }
    for (TableRows held : List.of(together, apart, and(together, night(together, follows[1])))) {
      assertThat(acts(held))
          .contains("follow:1:2 follow 1 2 10 1")
          .noneMatch(a -> a.contains("30"));
      TableRows undone = night(held, unfollow);
      assertThat(acts(undone))
          .containsExactly("follow:1:2 follow 1 2 10 -1", "follow:1:2 follow 1 2 30 1");
      // The third may be parted from the second by another deletion.
      TableRows after = and(held, undone);
      assertThat(acts(night(after, deletion(ANN, "follow:1:2", 40))))
          .containsExactly("follow:1:2 follow 1 2 30 -1", "follow:1:2 follow 1 2 50 1");
      assertThat(acts(night(after, deletion(ANN, "follow:1:2", 60))))
          .containsExactly("follow:1:2 follow 1 2 30 -1");
    }
  }

  @Test
  void aFollowThatComesAfterBothOfItsUnfollowsDoesNotStand() {
    TableRows held = night(null, act(ANN, Verb.FOLLOW, BOB, "follow:1:2", 10));
    held = and(held, night(held, deletion(ANN, "follow:1:2", 20)));
    held = and(held, night(held, deletion(ANN, "follow:1:2", 40)));
    assertThat(acts(night(held, act(ANN, Verb.FOLLOW, BOB, "follow:1:2", 30))))
        .containsExactly("follow:1:2 follow 1 2 30 -1", "follow:1:2 follow 1 2 30 1");
  }

  @Test
  void whatWasToldAgainWaitsForSomeNightsAndNotForEver() {
    TableRows held =
        night(
            null,
            act(ANN, Verb.FOLLOW, BOB, "follow:1:2", 10),
            act(ANN, Verb.FOLLOW, BOB, "follow:1:2", 30));
    int since = WaitingInteractions.TABLE.columns().indexOf(WaitingInteractions.NIGHT);
    for (int age : new int[] {29, 30}) {
      TableRows aged = new TableRows();
      for (Object[] row : held.of(WaitingInteractions.TABLE)) {
        row[since] = Says.NIGHT - age;
        aged.add(WaitingInteractions.TABLE, row);
      }
      TableRows later = night(aged, act(EVE, Verb.LIKE, BOB, "7", 5));
      assertThat(later.of(WaitingInteractions.TABLE)).hasSize(age == 29 ? 1 : 0);
    }
  }

  @Test
  void anActWithoutATimeIsNoneAfterItsDeletion() {
    Statement like = act(ANN, Verb.LIKE, BOB, "1", 10);
    like.happened = at(86_400) - 1;
    assertThat(acts(night(null, like, deletion(ANN, "1", 43_200))))
        .containsExactly("1 like 1 2 86399 -1", "1 like 1 2 86399 1");
  }

  @Test
  void linesWhoseActIsNotNewAreDuplicates() {
    TableRows held = night(null, act(ANN, Verb.LIKE, BOB, "0", 1));
    Statement implied = act(ANN, Verb.LIKE, BOB, "1", 3);
    implied.own = 0;
    night(
        held,
        act(ANN, Verb.LIKE, BOB, "0", 1),
        act(ANN, Verb.LIKE, BOB, "1", 1),
        act(ANN, Verb.LIKE, BOB, "1", 2),
        // Brought along by another line.
        implied,
        // One record, and yet none of both is told twice.
        act(ANN, Verb.LIST, BOB, "2", 1),
        act(ANN, Verb.LIST, EVE, "2", 1),
        deletion(ANN, "3", 5),
        deletion(ANN, "3", 5));
    assertThat(ignored.of("x", IgnoredKinds.DUPLICATE_LINE)).isEqualTo(3);
  }

  @Test
  void actsFollowAMove() {
    Moves.Move move = new Moves.Move("x", BOB, EVE);
    move.confirmedNight = 0;
    TableRows rows =
        night(
            null,
            List.of(act(ANN, Verb.LIKE, BOB, "1", 86_399), act(ANN, Verb.LIKE, BOB, "2", 86_400)),
            new Moves.Confirmed(List.of(move)));
    assertThat(acts(rows)).containsExactly("1 like 1 2 86399 1", "2 like 1 3 86400 1");
  }
}
