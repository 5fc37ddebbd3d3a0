package renown.ingest;

import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.ingest.ParsedRecord.Kind;
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
