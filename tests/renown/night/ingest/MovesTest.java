package renown.night.ingest;

import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.tables.AccountMoves;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class MovesTest extends SparkTest {
  /** Accounts a to d have the keys 1 to 4. */
  private static final Dataset<Row> KEYS =
      rows(
          "network string, account_id string, account_key bigint",
          row("x", "a", 1L),
          row("x", "b", 2L),
          row("x", "c", 3L),
          row("x", "d", 4L));

  private static ParsedRecord moved(String account, String to, long second) {
    return ParsedRecord.ofOwn(Kind.MOVE, account, second * 1_000_000, to);
  }

  private static ParsedRecord alias(String account, String old, long second) {
    return ParsedRecord.ofOwn(Kind.ALIAS, account, second * 1_000_000, old);
  }

  private static Dataset<Row> none() {
    return rows(AccountMoves.TABLE.structType());
  }

  /** The table after a night on which the records came. */
  private static Dataset<Row> after(Dataset<Row> held, String night, ParsedRecord... records) {
    Dataset<Row> parsed =
        spark()
            .createDataFrame(
                Arrays.stream(records).map(record -> Parsed.row("x", record, 0)).toList(),
                Parsed.SCHEMA);
    Dataset<Row> known =
        Moves.known(
            Moves.said(parsed, KEYS), Moves.aliases(parsed, KEYS), held, lit(Date.valueOf(night)));
    TableAssert.assertThat(known).hasColumnsOf(AccountMoves.TABLE);
    return known.localCheckpoint();
  }

  /** Pairs with what was said when (seconds), and confirmed and ended night. */
  private static TableAssert assertThatShort(Dataset<Row> known) {
    return TableAssert.assertThat(
        known.selectExpr(
            "account_key",
            "moved_to_key",
            "unix_seconds(moved_said_at)",
            "unix_seconds(alias_said_at)",
            "cast(confirmed_night as string)",
            "cast(ended_night as string)"));
  }

  private static Dataset<Row> acts(Object[]... acts) {
    return rows("network string, id string, target_key bigint, happened_at timestamp", acts);
  }

  private static Object[] act(String id, long target, String at) {
    return row("x", id, target, Timestamp.from(java.time.Instant.parse(at)));
  }

  private static TableAssert assertThatTargets(Dataset<Row> known, Object[]... acts) {
    Dataset<Row> followed = Moves.followed(acts(acts), Moves.confirmed(known));
    return TableAssert.assertThat(followed.select("id", "target_key"));
  }

  @Test
  void whatOneSaysAloneMovesNothing() {
    Dataset<Row> known = after(none(), "2026-01-05", moved("a", "b", 10), alias("d", "c", 20));
    assertThatShort(known)
        .hasRows(row(1L, 2L, 10L, null, null, null), row(3L, 4L, null, 20L, null, null));
    assertThatTargets(
            known, act("1", 1, "2026-01-07T00:00:00Z"), act("2", 3, "2026-01-07T00:00:00Z"))
        .hasRows(row("1", 1L), row("2", 3L));
  }

  @Test
  void attentionFollowsFromTheDayAfterBothHaveSaidSo() {
    Dataset<Row> first = after(none(), "2026-01-05", moved("a", "b", 10));
    Dataset<Row> known = after(first, "2026-01-06", alias("b", "a", 30));
    assertThatShort(known).hasRows(row(1L, 2L, 10L, 30L, "2026-01-06", null));
    assertThatTargets(
            known,
            act("before", 1, "2026-01-06T23:59:59Z"),
            act("after", 1, "2026-01-07T00:00:00Z"),
            act("own", 2, "2026-01-07T00:00:00Z"),
            act("other", 3, "2026-01-07T00:00:00Z"))
        .hasRows(row("before", 1L), row("after", 2L), row("own", 2L), row("other", 3L));
    // It comes again later, and stays as it was.
    assertThatShort(after(known, "2026-01-08", moved("a", "b", 10), alias("b", "a", 40)))
        .hasRows(row(1L, 2L, 10L, 40L, "2026-01-06", null));
  }

  @Test
  void aMoveEndsWhereTheAccountIsBackOrElsewhere() {
    Dataset<Row> known =
        after(none(), "2026-01-05", moved("a", "b", 10), alias("b", "a", 10), alias("c", "a", 10));
    Dataset<Row> back = after(known, "2026-01-07", moved("a", null, 20));
    assertThatShort(back)
        .hasRows(
            row(1L, 2L, 10L, 10L, "2026-01-05", "2026-01-07"), row(1L, 3L, null, 10L, null, null));
    Object[][] acts = {
      act("1", 1, "2026-01-05T12:00:00Z"),
      act("2", 1, "2026-01-07T12:00:00Z"),
      act("3", 1, "2026-01-08T00:00:00Z")
    };
    assertThatTargets(back, acts).hasRows(row("1", 1L), row("2", 2L), row("3", 1L));
    Dataset<Row> elsewhere = after(known, "2026-01-07", moved("a", "c", 20));
    assertThatTargets(elsewhere, acts).hasRows(row("1", 1L), row("2", 2L), row("3", 3L));
    // What is older than what is known changes nothing.
    assertThatShort(after(back, "2026-01-09", moved("a", "b", 10), moved("a", null, 5)))
        .hasRows(
            row(1L, 2L, 10L, 10L, "2026-01-05", "2026-01-07"), row(1L, 3L, null, 10L, null, null));
    assertThatShort(after(elsewhere, "2026-01-09", moved("a", "b", 15)))
        .hasRows(
            row(1L, 2L, 15L, 10L, "2026-01-05", "2026-01-07"),
            row(1L, 3L, 20L, 10L, "2026-01-07", null));
    assertThatShort(after(back, "2026-01-09", moved("a", "b", 30)))
        .hasRows(row(1L, 2L, 30L, 10L, "2026-01-05", null), row(1L, 3L, null, 10L, null, null));
  }

  @Test
  void statementsOfOneInstantDoNotDependOnTheirOrder() {
    ParsedRecord[] all = {
      moved("a", "c", 10), moved("a", null, 10), moved("a", "b", 10), alias("c", "a", 10)
    };
    for (int turn = 0; turn < all.length; turn++) {
      java.util.Collections.rotate(Arrays.asList(all), 1);
      assertThatShort(after(none(), "2026-01-05", all))
          .hasRows(row(1L, 3L, 10L, 10L, "2026-01-05", null));
    }
  }

  @Test
  void whoMovesOnIsFollowedAndWhoGoesInCirclesIsNot() {
    Dataset<Row> known =
        after(
            none(),
            "2026-01-05",
            moved("a", "b", 10),
            alias("b", "a", 10),
            moved("b", "c", 10),
            alias("c", "b", 10));
    assertThatTargets(
            known, act("1", 1, "2026-01-06T12:00:00Z"), act("2", 2, "2026-01-06T12:00:00Z"))
        .hasRows(row("1", 3L), row("2", 3L));
    Dataset<Row> circle =
        after(
            none(),
            "2026-01-05",
            moved("a", "b", 10),
            alias("b", "a", 10),
            moved("b", "a", 10),
            alias("a", "b", 10));
    assertThatTargets(
            circle, act("1", 1, "2026-01-06T12:00:00Z"), act("2", 2, "2026-01-06T12:00:00Z"))
        .hasRows(row("1", 1L), row("2", 2L));
  }
}
