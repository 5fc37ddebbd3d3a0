package renown.night.ingest;

import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.Verb;
import renown.tables.WaitingInteractions;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class TargetsTest extends SparkTest {
  private static final Column NIGHT = lit(Date.valueOf("2026-01-05"));
  private static final String POSTS =
      "network string, post_id string, author_key bigint, happened_at timestamp";
  private static final Dataset<Row> KEYS =
      rows(
          "network string, account_id string, account_key bigint",
          row("x", "ann", 1L),
          row("x", "bob", 2L));

  private static ParsedRecord reply(String actor, String id, String objectId, long second) {
    ParsedRecord reply = new ParsedRecord(Kind.INTERACTION, actor, second * 1_000_000);
    reply.verb = Verb.REPLY;
    reply.recordId = id;
    reply.recordDay = 0;
    reply.happenedAt = second * 1_000_000;
    reply.objectId = objectId;
    return reply;
  }

  private static Dataset<Row> open(ParsedRecord... records) {
    Dataset<Row> parsed =
        spark()
            .createDataFrame(
                List.of(records).stream().map(record -> Parsed.row("x", record, 0)).toList(),
                Parsed.SCHEMA);
    return Targets.open(parsed, KEYS, NIGHT);
  }

  private static Object[] post(String network, String id, long author, long second) {
    return row(network, id, author, new java.sql.Timestamp(second * 1000));
  }

  @Test
  void onlyActsThatNameNobodyAreOpenAndEachOnce() {
    ParsedRecord named = reply("ann", "3", "p3", 10);
    named.targetAccountId = "bob";
    Dataset<Row> open =
        open(
            reply("ann", "1", "p1", 20),
            reply("ann", "1", "p1", 10),
            reply("ann", "1", "p2", 10),
            named);
    TableAssert.assertThat(open).hasColumnsOf(WaitingInteractions.TABLE);
    TableAssert.assertThat(
            open.selectExpr("record_id", "object_id", "actor_key", "unix_seconds(happened_at)"))
        .hasRows(row("1", "p1", 1L, 10L), row("1", "p2", 1L, 10L));
  }

  @Test
  void theTargetIsTheAuthorOfThePostOnTheSameNetwork() {
    Dataset<Row> open =
        open(
            reply("ann", "1", "p1", 100),
            reply("bob", "2", "p2", 100),
            reply("bob", "3", "?", 100));
    Dataset<Row> posts =
        rows(
            POSTS,
            post("x", "p1", 7, 50),
            // Read in the same night as before.
            post("x", "p1", 7, 50),
            post("y", "p1", 8, 50),
            // A day is all that its network tells of the act.
            post("x", "p2", 9, 150),
            post("x", "nobody asked", 9, 150));
    Dataset<Row> authors = Targets.authors(open, posts);
    TableAssert.assertThat(authors.select("network", "object_id", "target_key"))
        .hasRows(row("x", "p1", 7L), row("x", "p2", 9L));
    TableAssert.assertThat(
            Records.interactions(Targets.found(open, authors), NIGHT)
                .selectExpr(
                    "record_id",
                    "actor_key",
                    "target_key",
                    "object_id",
                    "unix_seconds(happened_at)"))
        .hasRows(row("1", 1L, 7L, "p1", 100L), row("2", 2L, 9L, "p2", 150L));
  }

  // ---- Names

  private static final String CONVERSATIONS =
      "network string, post_id string, author_key bigint, reply_to_id string,"
          + " happened_at timestamp";

  private static Object[] said(String id, long author, String replyTo, long second) {
    return row("x", id, author, replyTo, new java.sql.Timestamp(second * 1000));
  }

  private static Object[] account(long key, String handle) {
    return row(key, handle);
  }

  private static ParsedRecord mention(String actor, String id, String name, long second) {
    ParsedRecord mention = reply(actor, id, "p", second);
    mention.verb = Verb.MENTION;
    mention.targetHandle = name;
    return mention;
  }

  /**
   * Under post p by account 3 talk 4 (at 20 and 50), 5 (at 30), 6 (at 40) and 7 (at 40); account 8
   * talks under another post, and 1, ann, is the one who mentions.
   */
  private static Dataset<Row> decided(ParsedRecord... mentions) {
    Dataset<Row> open = open(mentions);
    Dataset<Row> posts =
        rows(
            CONVERSATIONS,
            said("p", 3, null, 10),
            said("c1", 4, "p", 20),
            said("c2", 5, "p", 30),
            said("c3", 6, "p", 40),
            said("c4", 7, "p", 40),
            said("c5", 4, "p", 50),
            said("c6", 1, "p", 55),
            // Read twice.
            said("c3", 6, "p", 40),
            said("q", 8, null, 5));
    Dataset<Row> accounts =
        rows(
            "account_key bigint, handle string",
            account(1, "Annabel"),
            account(3, "Carla.Writer"),
            account(4, "@Dora"),
            account(5, "carlos"),
            account(6, "Eve"),
            account(7, "\u00c9ve"),
            account(8, "Frank"));
    return Targets.decided(open, Targets.participants(open, posts, accounts))
        .selectExpr("record_id", "target_key", "rule");
  }

  @Test
  void aNameCutShortIsThatOfTheLastWhoTookPartBefore() {
    TableAssert.assertThat(
            decided(
                // Carla wrote the post; later Carlos came.
                mention("ann", "1", "carl", 25),
                mention("ann", "2", "CARL", 35),
                mention("ann", "3", "Carla", 35),
                mention("ann", "4", "carla-wri", 35),
                // Too short, unless it is all of the name.
                mention("ann", "5", "ca", 35),
                // He has not said anything yet, or says nothing here.
                mention("ann", "6", "carlos", 25),
                mention("ann", "7", "frank", 60),
                // Nobody means himself.
                mention("ann", "8", "annabel", 60),
                mention("bob", "9", "annabel", 60),
                mention("ann", "10", "dora", 60)))
        .hasRows(
            row("1", 3L, null),
            row("2", 5L, null),
            row("3", 3L, null),
            row("4", 3L, null),
            row("5", null, Targets.NOBODY),
            row("6", null, Targets.NOBODY),
            row("7", null, Targets.NOBODY),
            row("8", null, Targets.NOBODY),
            row("9", 1L, null),
            row("10", 4L, null));
  }

  @Test
  void aWholeHandleIsThatOfTheOneWhoHasIt() {
    TableAssert.assertThat(
            decided(
                mention("ann", "1", "@dora", 15),
                mention("ann", "2", "@dor", 60),
                mention("ann", "3", "@eve", 60)))
        .hasRows(
            row("1", 4L, null), row("2", null, Targets.NOBODY), row("3", null, Targets.NOBODY));
  }

  @Test
  void whoCouldBeTwoIsNobody() {
    Dataset<Row> open = open(mention("ann", "1", "eve", 60), mention("ann", "2", "@eve", 60));
    Dataset<Row> posts = rows(CONVERSATIONS, said("p", 3, null, 10), said("c", 6, "p", 10));
    Dataset<Row> accounts =
        rows("account_key bigint, handle string", account(3, "Evelyn"), account(6, "eve"));
    TableAssert.assertThat(
            Targets.decided(open, Targets.participants(open, posts, accounts))
                .selectExpr("record_id", "target_key", "rule"))
        .hasRows(row("1", null, Targets.SEVERAL), row("2", null, Targets.NOBODY));
    Dataset<Row> twins =
        rows("account_key bigint, handle string", account(3, "@Eve"), account(6, "@eve"));
    TableAssert.assertThat(
            Targets.decided(open, Targets.participants(open, posts, twins))
                .selectExpr("record_id", "target_key", "rule"))
        .hasRows(row("1", null, Targets.SEVERAL), row("2", null, Targets.SEVERAL));
  }

  @Test
  void mentionsAreNoRepliesAndAreDecidedOnce() {
    Dataset<Row> open =
        open(
            mention("ann", "held", "bob", 60),
            mention("ann", "new", "bob", 60),
            mention("ann", "new", "carl", 60),
            reply("ann", "held", "p", 60));
    TableAssert.assertThat(
            Targets.notDecidedBefore(open, rows("network string, post_id string", row("x", "held")))
                .select("record_id", "verb", "target_handle"))
        .hasRows(
            row("new", "mention", "bob"), row("new", "mention", "carl"), row("held", "reply", ""));
    TableAssert.assertThat(
            Targets.found(open, Targets.authors(open, rows(POSTS, post("x", "p", 7, 5))))
                .select("record_id", "verb", "target_key"))
        .hasRows(row("held", "reply", 7L));
  }

  @Test
  void whatIsNotFoundWaitsSinceItsFirstNightAndNotForEver() {
    Dataset<Row> open = open(reply("ann", "1", "p1", 10), reply("ann", "2", "p2", 10));
    Dataset<Row> before =
        open(reply("ann", "1", "p1", 10), reply("ann", "3", "p3", 10), reply("ann", "4", "p4", 10))
            .withColumn(
                "night",
                org.apache.spark.sql.functions.expr(
                    "IF(record_id = '4', DATE'2025-12-05', DATE'2025-12-06')"));
    Dataset<Row> authors =
        Targets.authors(open.unionByName(before), rows(POSTS, post("x", "p3", 7, 5)));
    Dataset<Row> waiting = Targets.waiting(open, before, authors, lit(Date.valueOf("2025-12-05")));
    TableAssert.assertThat(waiting).hasColumnsOf(WaitingInteractions.TABLE);
    TableAssert.assertThat(waiting.select("record_id", "night"))
        .hasRows(row("1", "2025-12-06"), row("2", "2026-01-05"));
  }
}
