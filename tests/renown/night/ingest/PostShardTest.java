package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.night.ingest.Says.deletion;
import static renown.night.ingest.Says.list;
import static renown.night.ingest.Says.open;
import static renown.night.ingest.Says.post;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import renown.dumps.Verb;
import renown.night.ingest.Statement.Sort;
import renown.tables.AccountLists;
import renown.tables.DeletedPosts;
import renown.tables.IgnoredKinds;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.WaitingInteractions;

class PostShardTest {
  private static final long ANN = 1;
  private static final long BOB = 2;
  private static final long EVE = 3;

  private final TableRows rows = new TableRows();
  private final Counts ignored = new Counts();
  private final List<Statement> found = new ArrayList<>();
  private final List<PostShard.Gone> gone = new ArrayList<>();
  private final List<Statement> written = new ArrayList<>();
  private final List<Statement> addressed = new ArrayList<>();

  private PostShard night(Iterable<Statement> said) {
    PostShard shard = new PostShard(Says.NIGHT, 30, true);
    said.forEach(one -> shard.add(Says.copy(one)));
    shard.end(rows, ignored, found::add, gone::add, written::add, addressed::add);
    return shard;
  }

  private PostShard night(Statement... said) {
    return night(List.of(said));
  }

  private static Statement held(Statement said, Sort sort) {
    Statement held = new Statement(sort, said.network);
    held.id = said.id;
    held.day = said.day;
    held.account = said.account;
    held.happened = said.happened;
    held.witnessed = said.witnessed;
    held.displayName = said.displayName;
    held.purpose = said.purpose;
    held.night = Says.NIGHT - 1;
    return held;
  }

  private static Statement waiting(Statement act, int night) {
    Statement waiting = new Statement(Sort.WAITING, act.network);
    waiting.print(act.print());
    waiting.day = act.day;
    waiting.account = act.account;
    waiting.happened = act.happened;
    waiting.verb = act.verb;
    waiting.objectId = act.objectId;
    waiting.handle = act.handle;
    waiting.night = night;
    return waiting;
  }

  @Test
  void ofSeveralCopiesOfAPostTheLongestTextIsKept() {
    Statement whole = post(ANN, "1", 20, "the whole text");
    whole.hashtags = new String[] {"tag"};
    for (List<Statement> order :
        Says.orders(
            post(ANN, "1", 10, "the who\u2026"),
            whole,
            post(ANN, "1", 30, null),
            post(BOB, "2", 5, null))) {
      PostShardTest fresh = new PostShardTest();
      fresh.night(order);
      assertThat(
              Says.rows(
                  fresh.rows,
                  Posts.TABLE,
                  Posts.POST_ID,
                  Posts.AUTHOR_KEY,
                  Posts.HAPPENED_AT,
                  Posts.HASHTAGS,
                  Posts.LINKS))
          .containsExactly("1 1 20 [tag] []", "2 2 5 [] []");
      assertThat(Says.rows(fresh.rows, PostTexts.TABLE, PostTexts.POST_ID, PostTexts.TEXT))
          .containsExactly("1 the whole text");
      assertThat(fresh.written).hasSize(2);
    }
  }

  @Test
  void anEditOnALaterNightKeepsTheNewestTextAndTheAgeOfThePost() {
    Statement first = held(post(ANN, "1", 10, "old"), Sort.HELD_POST);
    Statement edited = post(ANN, "1", 10, "new and newer");
    edited.edited = Says.at(50);
    Statement between = post(ANN, "1", 10, "in between, and much longer than what came after");
    between.edited = Says.at(40);
    for (List<Statement> order : Says.orders(edited, between, post(ANN, "1", 10, "old"))) {
      PostShardTest fresh = new PostShardTest();
      List<Statement> all = new ArrayList<>(order);
      all.add(first);
      fresh.night(all);
      assertThat(Says.rows(fresh.rows, Posts.TABLE, Posts.POST_ID, Posts.HAPPENED_AT, Posts.NIGHT))
          .containsExactly("1 10 " + (Says.NIGHT - 1));
      assertThat(Says.rows(fresh.rows, Posts.TABLE, Posts.EDITED_AT)).containsExactly("50");
      assertThat(Says.rows(fresh.rows, PostTexts.TABLE, PostTexts.TEXT, PostTexts.NIGHT))
          .containsExactly("new and newer " + (Says.NIGHT - 1));
      assertThat(fresh.gone).containsExactly(new PostShard.Gone("x", "1", 0));
    }
    // An older version that comes later, and an edit by somebody else, change nothing.
    PostShardTest late = new PostShardTest();
    Statement newest = held(post(ANN, "1", 10, ""), Sort.HELD_POST);
    newest.edited = Says.at(50);
    Statement forged = post(EVE, "1", 10, "mine");
    forged.edited = Says.at(60);
    late.night(between, newest);
    assertThat(late.rows.of(Posts.TABLE)).isEmpty();
    PostShardTest others = new PostShardTest();
    others.night(forged, newest);
    assertThat(others.rows.of(Posts.TABLE)).isEmpty();
    assertThat(others.gone).isEmpty();
    // A copy that is cut less is another reading of the same version.
    Statement cut = held(post(ANN, "1", 10, ""), Sort.HELD_POST);
    cut.textLength = 8;
    for (List<Statement> order :
        Says.orders(post(ANN, "1", 10, "the whole text"), post(ANN, "1", 10, "the w\u2026"))) {
      PostShardTest whole = new PostShardTest();
      List<Statement> all = new ArrayList<>(order);
      all.add(cut);
      whole.night(all);
      assertThat(Says.rows(whole.rows, Posts.TABLE, Posts.TEXT_LENGTH, Posts.NIGHT))
          .containsExactly("14 " + (Says.NIGHT - 1));
      assertThat(Says.rows(whole.rows, PostTexts.TABLE, PostTexts.TEXT))
          .containsExactly("the whole text");
      assertThat(whole.gone).hasSize(1);
      assertThat(whole.rows.of(DeletedPosts.TABLE)).isEmpty();
    }
    PostShardTest shorter = new PostShardTest();
    cut.textLength = 20;
    shorter.night(post(ANN, "1", 10, "the whole text"), cut);
    assertThat(shorter.rows.of(Posts.TABLE)).isEmpty();
    PostShardTest older = new PostShardTest();
    cut.textLength = 2;
    cut.edited = Says.at(30);
    older.night(post(ANN, "1", 10, "the whole text, before it was edited"), cut);
    assertThat(older.rows.of(Posts.TABLE)).isEmpty();
    // Deleted on the night of the edit: gone.
    PostShardTest deleted = new PostShardTest();
    deleted.night(edited, deletion(ANN, "1", 70), first);
    assertThat(deleted.rows.of(Posts.TABLE)).isEmpty();
    assertThat(deleted.gone).hasSize(1);
  }

  @Test
  void aPostThatItsAuthorDeletedIsNotTakenInWhoeverCameFirst() {
    night(
        post(ANN, "1", 10, "a"),
        post(ANN, "2", 10, "b"),
        post(BOB, "3", 10, "c"),
        post(BOB, "4", 10, "d"),
        held(deletion(ANN, "1", 5), Sort.HELD_DELETION),
        held(deletion(EVE, "2", 5), Sort.HELD_DELETION),
        held(post(BOB, "3", 10, "c"), Sort.HELD_POST),
        deletion(Statement.NONE, "4", 20));
    assertThat(Says.rows(rows, Posts.TABLE, Posts.POST_ID)).containsExactly("2");
    assertThat(deletedPosts()).containsExactly("1 1 " + Says.NIGHT, "4 2 " + Says.NIGHT);
    // What came and went in one night is no duplicate; what was gone or known before is.
    assertThat(ignored.of("x", IgnoredKinds.DUPLICATE_LINE)).isEqualTo(2);
  }

  @Test
  void aPostOfTheTableIsDeletedByItsAuthorAndTheNetworkAlone() {
    night(
        deletion(ANN, "1", 20),
        deletion(EVE, "2", 20),
        deletion(Statement.NONE, "3", 20),
        held(post(ANN, "1", 10, ""), Sort.HELD_POST),
        held(post(BOB, "2", 10, ""), Sort.HELD_POST),
        held(post(BOB, "3", 10, ""), Sort.HELD_POST),
        held(post(ANN, "unasked", 10, ""), Sort.HELD_POST));
    assertThat(gone.stream().map(PostShard.Gone::id)).containsExactlyInAnyOrder("1", "3");
    assertThat(deletedPosts())
        .containsExactly("1 1 " + (Says.NIGHT - 1), "3 2 " + (Says.NIGHT - 1));
  }

  private List<String> deletedPosts() {
    return Says.rows(
        rows,
        DeletedPosts.TABLE,
        DeletedPosts.POST_ID,
        DeletedPosts.AUTHOR_KEY,
        DeletedPosts.LOADED_NIGHT);
  }

  @Test
  void ofAListTheFreshestStatementIsKeptUnlessItsOwnerDeletedIt() {
    PostShard shard =
        night(
            list(ANN, "1", 20, "new"),
            list(ANN, "1", 10, "old"),
            list(ANN, "2", 9, "two"),
            list(BOB, "3", 10, "three"),
            list(BOB, "4", 10, "four"),
            deletion(ANN, "5", 30),
            held(list(ANN, "1", 15, "held"), Sort.HELD_LIST),
            held(list(ANN, "2", 10, "held"), Sort.HELD_LIST),
            held(list(ANN, "5", 10, "held"), Sort.HELD_LIST),
            held(list(ANN, "6", 10, "held"), Sort.HELD_LIST),
            held(deletion(BOB, "3", 5), Sort.HELD_DELETION),
            held(deletion(EVE, "4", 5), Sort.HELD_DELETION));
    assertThat(shard.changesLists()).isTrue();
    assertThat(
            Says.rows(
                rows,
                AccountLists.TABLE,
                AccountLists.LIST_ID,
                AccountLists.OWNER_KEY,
                AccountLists.LIST_NAME,
                AccountLists.NIGHT))
        .containsExactly(
            "1 1 new " + Says.NIGHT,
            "2 1 held " + (Says.NIGHT - 1),
            "4 2 four " + Says.NIGHT,
            "6 1 held " + (Says.NIGHT - 1));
  }

  @Test
  void listsOfOneInstantDoNotDependOnTheOrderOfTheirNights() {
    Statement one = list(ANN, "1", 10, "first");
    Statement other = list(ANN, "1", 10, "second");
    for (List<Statement> nights : List.of(List.of(one, other), List.of(other, one))) {
      PostShardTest later = new PostShardTest();
      PostShard shard = later.night(nights.get(1), held(nights.get(0), Sort.HELD_LIST));
      assertThat(Says.rows(later.rows, AccountLists.TABLE, AccountLists.LIST_NAME))
          .containsExactly("second");
      assertThat(shard.changesLists()).isEqualTo(nights.get(1) == other);
    }
    // The same again is no news.
    PostShardTest again = new PostShardTest();
    assertThat(again.night(one, held(one, Sort.HELD_LIST)).changesLists()).isFalse();
  }

  @Test
  void listsOfWhichNothingNewIsToldStayAsTheyAre() {
    PostShard shard =
        night(deletion(EVE, "1", 20), held(list(ANN, "1", 15, "held"), Sort.HELD_LIST));
    assertThat(shard.changesLists()).isFalse();
    assertThat(Says.rows(rows, AccountLists.TABLE, AccountLists.LIST_ID)).containsExactly("1");
  }

  @Test
  void theTargetIsTheAuthorOfThePostOnTheSameNetwork() {
    Statement other = new Statement(Sort.POST, "y");
    other.id = "p3";
    other.account = 8;
    other.happened = 0;
    night(
        open(ANN, Verb.REPLY, "p1", "1", 100),
        open(BOB, Verb.REPLY, "p2", "2", 100),
        open(BOB, Verb.REPLY, "p3", "3", 100),
        post(7, "p1", 50, ""),
        other,
        // A day is all that its network tells of the act.
        held(post(9, "p2", 150, ""), Sort.HELD_POST));
    assertThat(
            found.stream()
                .map(
                    one ->
                        Says.id(one)
                            + " "
                            + one.account
                            + " "
                            + one.target
                            + " "
                            + one.objectId
                            + " "
                            + one.happened / 1_000_000))
        .containsExactlyInAnyOrder("1 1 7 p1 100", "2 2 9 p2 150");
    assertThat(Says.rows(rows, WaitingInteractions.TABLE, WaitingInteractions.RECORD_PRINT_HIGH))
        .containsExactly("3");
  }

  @Test
  void whatIsNotFoundWaitsSinceItsFirstNightAndNotForEver() {
    night(
        open(ANN, Verb.REPLY, "p1", "1", 20),
        open(ANN, Verb.REPLY, "p1", "1", 10),
        open(ANN, Verb.REPLY, "p2", "1", 10),
        open(ANN, Verb.REPLY, "p2", "2", 10),
        waiting(open(ANN, Verb.REPLY, "p1", "1", 10), Says.NIGHT - 29),
        waiting(open(ANN, Verb.REPLY, "p3", "3", 10), Says.NIGHT - 29),
        waiting(open(ANN, Verb.REPLY, "p4", "4", 10), Says.NIGHT - 30),
        post(7, "p3", 5, ""));
    assertThat(
            Says.rows(
                rows,
                WaitingInteractions.TABLE,
                WaitingInteractions.RECORD_PRINT_HIGH,
                WaitingInteractions.OBJECT_ID,
                WaitingInteractions.HAPPENED_AT,
                WaitingInteractions.NIGHT))
        .containsExactly(
            "1 p1 10 " + (Says.NIGHT - 29), "1 p2 10 " + Says.NIGHT, "2 p2 10 " + Says.NIGHT);
    assertThat(found.stream().map(one -> Says.id(one) + " " + one.target)).containsExactly("3 7");
    // Both lines about what waits already.
    assertThat(ignored.of("x", IgnoredKinds.DUPLICATE_LINE)).isEqualTo(2);
  }

  @Test
  void mentionsByNameInPostsThatWereReadBeforeAreDecided() {
    Statement old = open(ANN, Verb.MENTION, "p", "held", 60);
    old.handle = "bob";
    Statement fresh = open(ANN, Verb.MENTION, "p", "new", 60);
    fresh.handle = "bob";
    night(old, fresh, held(post(ANN, "held", 60, ""), Sort.HELD_POST));
    assertThat(addressed.stream().map(Says::id)).containsExactly("new");
  }
}
