package renown.night.ingest;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.Verb;
import renown.tables.AccountLists;
import renown.tables.Deletions;
import renown.tables.Interactions;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class RecordsTest extends SparkTest {
  private static final Column NIGHT = lit(Date.valueOf("2026-01-05"));
  private static final Dataset<Row> KEYS =
      rows(
          "network string, account_id string, account_key bigint",
          row("x", "ann", 1L),
          row("x", "bob", 2L),
          row("x", "eve", 3L));

  private static ParsedRecord record(Kind kind, String account, String id, long second) {
    ParsedRecord record = new ParsedRecord(kind, account, second * 1_000_000);
    record.recordId = id;
    record.recordDay = 0;
    record.happenedAt = second * 1_000_000;
    return record;
  }

  private static ParsedRecord act(String actor, Verb verb, String target, String id, long second) {
    ParsedRecord act = record(Kind.INTERACTION, actor, id, second);
    act.verb = verb;
    act.targetAccountId = target;
    return act;
  }

  private static ParsedRecord post(String author, String id, long second, String text) {
    ParsedRecord post = record(Kind.POST, author, id, second);
    post.text = text;
    return post;
  }

  private static Dataset<Row> parsed(List<ParsedRecord> records) {
    return spark()
        .createDataFrame(
            records.stream().map(record -> Parsed.row("x", record, 0)).toList(), Parsed.SCHEMA);
  }

  private static Dataset<Row> acts(ParsedRecord... records) {
    Dataset<Row> acts = Records.acts(parsed(List.of(records)), KEYS);
    return Records.interactions(Records.withTargets(acts, KEYS), NIGHT);
  }

  private static Dataset<Row> deletions(ParsedRecord... records) {
    return Records.deletions(parsed(List.of(records)), KEYS, NIGHT);
  }

  private static TableAssert assertThatActs(Dataset<Row> acts) {
    return TableAssert.assertThat(
        acts.selectExpr(
            "record_id", "verb", "actor_key", "target_key", "unix_seconds(happened_at)", "change"));
  }

  @Test
  void anActCountsOnceHoweverOftenItComes() {
    List<ParsedRecord> all =
        new ArrayList<>(
            List.of(
                act("ann", Verb.LIKE, "bob", "1", 20),
                act("ann", Verb.LIKE, "bob", "1", 10),
                act("ann", Verb.LIKE, "bob", "1", 20),
                act("ann", Verb.REPLY, "bob", "2", 30),
                // One post answers one account and names two.
                act("ann", Verb.MENTION, "bob", "2", 30),
                act("ann", Verb.MENTION, "eve", "2", 30)));
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(all, new Random(seed));
      Dataset<Row> acts = acts(all.toArray(new ParsedRecord[0]));
      TableAssert.assertThat(acts).hasColumnsOf(Interactions.TABLE);
      assertThatActs(acts)
          .hasRows(
              row("1", "like", 1L, 2L, 10L, 1L),
              row("2", "reply", 1L, 2L, 30L, 1L),
              row("2", "mention", 1L, 2L, 30L, 1L),
              row("2", "mention", 1L, 3L, 30L, 1L));
    }
  }

  @Test
  void whatTheTableHoldsDoneOrUndoneIsNotNew() {
    Dataset<Row> like = acts(act("ann", Verb.LIKE, "bob", "1", 10));
    Dataset<Row> held =
        like.unionByName(
            Records.undone(like, deletions(record(Kind.DELETION, "ann", "1", 15)), NIGHT));
    Dataset<Row> again =
        acts(
            act("ann", Verb.LIKE, "bob", "1", 20),
            act("ann", Verb.LIKE, "eve", "1", 20),
            act("ann", Verb.REPOST, "bob", "1", 20));
    assertThatActs(Records.newInteractions(again, held))
        .hasRows(row("1", "like", 1L, 3L, 20L, 1L), row("1", "repost", 1L, 2L, 20L, 1L));
  }

  @Test
  void aDeletionUndoesAllThatARecordDidAndNothingElse() {
    Dataset<Row> acts =
        acts(
            act("ann", Verb.REPLY, "bob", "1", 10),
            act("ann", Verb.MENTION, "eve", "1", 10),
            act("ann", Verb.LIKE, "eve", "2", 10));
    assertThatActs(Records.undone(acts, deletions(record(Kind.DELETION, "ann", "1", 99)), NIGHT))
        .hasRows(row("1", "reply", 1L, 2L, 10L, -1L), row("1", "mention", 1L, 3L, 10L, -1L));
  }

  @Test
  void aDeletionBySomebodyElseDoesNothingNorHidesTheActorsOwn() {
    Dataset<Row> acts = acts(act("ann", Verb.LIKE, "bob", "1", 10));
    Dataset<Row> byEve = deletions(record(Kind.DELETION, "eve", "1", 20));
    assertThatActs(Records.undone(acts, byEve, NIGHT)).isEmpty();
    Dataset<Row> byAnn = deletions(record(Kind.DELETION, "ann", "1", 30));
    assertThatActs(Records.undone(acts, Records.newDeletions(byAnn, byEve), NIGHT))
        .hasRows(row("1", "like", 1L, 2L, 10L, -1L));
    // The same where both come in one night.
    Dataset<Row> both =
        deletions(record(Kind.DELETION, "eve", "1", 20), record(Kind.DELETION, "ann", "1", 30));
    assertThatActs(Records.undone(acts, both, NIGHT)).hasRows(row("1", "like", 1L, 2L, 10L, -1L));
  }

  @Test
  void whatTheNetworkDeletesIsGoneWhoeversItWas() {
    Dataset<Row> acts =
        acts(act("ann", Verb.LIKE, "bob", "1", 10), act("eve", Verb.LIKE, "bob", "2", 10));
    Dataset<Row> byNetwork = deletions(record(Kind.DELETION, null, "1", 20));
    assertThat(byNetwork.select("deleter_key").head().getLong(0))
        .isEqualTo(Deletions.BY_THE_NETWORK);
    assertThatActs(Records.undone(acts, byNetwork, NIGHT))
        .hasRows(row("1", "like", 1L, 2L, 10L, -1L));
    Dataset<Row> posts =
        Records.posts(
            parsed(List.of(post("ann", "1", 10, "a"), post("ann", "2", 10, "b"))), KEYS, NIGHT);
    TableAssert.assertThat(Records.newPosts(posts, posts.limit(0), byNetwork).select("post_id"))
        .hasRows(row("2"));
  }

  @Test
  void anActIsUndoneOnceHoweverManySaySo() {
    Dataset<Row> done = acts(act("ann", Verb.LIKE, "bob", "1", 10));
    Dataset<Row> byNetwork = deletions(record(Kind.DELETION, null, "1", 20));
    Dataset<Row> byAnn = deletions(record(Kind.DELETION, "ann", "1", 30));
    assertThatActs(Records.undone(done, byNetwork.unionByName(byAnn), NIGHT))
        .hasRows(row("1", "like", 1L, 2L, 10L, -1L));
    Dataset<Row> held = done.unionByName(Records.undone(done, byNetwork, NIGHT));
    assertThatActs(Records.undone(held, byAnn, NIGHT)).isEmpty();
  }

  @Test
  void linesWhoseRecordIsNotNewAreDuplicates() {
    Dataset<Row> parsed =
        spark()
            .createDataFrame(
                List.of(
                    Parsed.ownRow("x", post("ann", "1", 1, "new"), 0),
                    Parsed.ownRow("x", post("ann", "1", 2, "again"), 0),
                    // Brought along by somebody's repost: no line of its own.
                    Parsed.row("x", post("ann", "1", 3, "again"), 0),
                    Parsed.ownRow("x", act("ann", Verb.LIKE, "bob", "1", 1), 0),
                    Parsed.ownRow("x", act("ann", Verb.LIKE, "bob", "2", 1), 0),
                    Parsed.ownRow("y", post("ann", "1", 1, "new"), 0)),
                Parsed.SCHEMA);
    Dataset<Row> fresh =
        rows(
            "network string, kind string, record_id string",
            row("x", "post", "1"),
            row("x", "post", "3"),
            row("x", "interaction", "2"),
            row("x", "interaction", "2"),
            row("y", "post", "1"));
    TableAssert.assertThat(Records.duplicateLines(parsed, fresh)).hasRows(row("x", 2L));
  }

  @Test
  void aDeletionIsKeptOnceWithItsFirstWitnessAndWithoutADayWhereItTellsNone() {
    ParsedRecord undated = record(Kind.DELETION, "bob", "2", 5);
    undated.recordDay = ParsedRecord.NO_DAY;
    Dataset<Row> deletions =
        deletions(
            record(Kind.DELETION, "ann", "1", 30), record(Kind.DELETION, "ann", "1", 20), undated);
    TableAssert.assertThat(deletions).hasColumnsOf(Deletions.TABLE);
    TableAssert.assertThat(
            deletions.selectExpr(
                "record_id", "record_date", "deleter_key", "unix_seconds(witnessed_at)"))
        .hasRows(row("1", "1970-01-01", 1L, 20L), row("2", null, 2L, 5L));
    TableAssert.assertThat(Records.newDeletions(deletions, deletions)).isEmpty();
  }

  @Test
  void ofSeveralCopiesOfAPostTheLongestTextIsKept() {
    ParsedRecord whole = post("ann", "1", 20, "the whole text");
    whole.hashtags = List.of("tag");
    List<ParsedRecord> all =
        new ArrayList<>(
            List.of(
                post("ann", "1", 10, "the who…"),
                whole,
                post("ann", "1", 30, null),
                post("bob", "2", 5, null)));
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(all, new Random(seed));
      Dataset<Row> posts = Records.posts(parsed(all), KEYS, NIGHT);
      TableAssert.assertThat(Records.toPosts(posts)).hasColumnsOf(Posts.TABLE);
      TableAssert.assertThat(
              Records.toPosts(posts)
                  .selectExpr(
                      "post_id", "author_key", "unix_seconds(happened_at)", "hashtags", "links"))
          .hasRows(row("1", 1L, 20L, "[tag]", "[]"), row("2", 2L, 5L, "[]", "[]"));
      TableAssert.assertThat(Records.toTexts(posts)).hasColumnsOf(PostTexts.TABLE);
      TableAssert.assertThat(Records.toTexts(posts).select("post_id", "text"))
          .hasRows(row("1", "the whole text"));
    }
  }

  @Test
  void aPostThatItsAuthorDeletedBeforeItCameIsNotTakenIn() {
    Dataset<Row> posts =
        Records.posts(
            parsed(
                List.of(
                    post("ann", "1", 10, "a"),
                    post("ann", "2", 10, "b"),
                    post("bob", "3", 10, "c"))),
            KEYS,
            NIGHT);
    Dataset<Row> gone =
        deletions(record(Kind.DELETION, "ann", "1", 5), record(Kind.DELETION, "eve", "2", 5));
    Dataset<Row> held = Records.toPosts(posts).where("post_id = '3'");
    TableAssert.assertThat(Records.newPosts(posts, held, gone).select("post_id")).hasRows(row("2"));
  }

  private static ParsedRecord list(String owner, String id, long second, String name) {
    ParsedRecord list = record(Kind.LIST, owner, id, second);
    list.displayName = name;
    list.purpose = "curation";
    return list;
  }

  @Test
  void ofAListTheFreshestStatementIsKeptUnlessItsOwnerDeletedIt() {
    Dataset<Row> lists =
        Records.lists(
            parsed(
                List.of(
                    list("ann", "1", 20, "new"),
                    list("ann", "1", 10, "old"),
                    list("ann", "2", 10, "two"),
                    list("bob", "3", 10, "three"),
                    list("bob", "4", 10, "four"))),
            KEYS,
            NIGHT);
    TableAssert.assertThat(lists).hasColumnsOf(AccountLists.TABLE);
    TableAssert.assertThat(
            lists.selectExpr("list_id", "owner_key", "list_name", "unix_seconds(witnessed_at)"))
        .hasRows(
            row("1", 1L, "new", 20L),
            row("2", 1L, "two", 10L),
            row("3", 2L, "three", 10L),
            row("4", 2L, "four", 10L));
    Dataset<Row> held =
        Records.lists(
            parsed(List.of(list("ann", "1", 15, "held"), list("ann", "2", 10, "held"))),
            KEYS,
            NIGHT);
    Dataset<Row> gone =
        deletions(record(Kind.DELETION, "bob", "3", 5), record(Kind.DELETION, "eve", "4", 5));
    Dataset<Row> added = Records.newLists(lists, held, gone);
    TableAssert.assertThat(AccountLists.TABLE.conform(added)).hasColumnsOf(AccountLists.TABLE);
    TableAssert.assertThat(added.select("list_id", "list_name"))
        .hasRows(row("1", "new"), row("4", "four"));
  }
}
