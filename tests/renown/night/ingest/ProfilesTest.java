package renown.night.ingest;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.ParsedRecord.Status;
import renown.tables.Accounts;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class ProfilesTest extends SparkTest {
  private static final Date FIRST = Date.valueOf(LocalDate.of(2026, 1, 5));
  private static final Date SECOND = Date.valueOf(LocalDate.of(2026, 1, 6));
  private static final Dataset<Row> KEYS =
      rows(
          "network string, account_id string, account_key bigint",
          row("x", "a", 0L),
          row("x", "b", 1L));

  private static ParsedRecord says(String id, long second) {
    return new ParsedRecord(Kind.ACCOUNT, id, second * 1_000_000);
  }

  private static ParsedRecord handle(String id, long second, String handle) {
    ParsedRecord record = says(id, second);
    record.handle = handle;
    return record;
  }

  private static ParsedRecord name(String id, long second, String name, Long followers) {
    ParsedRecord record = says(id, second);
    record.displayName = name;
    record.followerCount = followers;
    return record;
  }

  private static ParsedRecord status(String id, long second, Status status) {
    ParsedRecord record = says(id, second);
    record.status = status;
    return record;
  }

  private static Dataset<Row> freshest(ParsedRecord... records) {
    List<Row> rows = new ArrayList<>();
    for (ParsedRecord record : records) {
      rows.add(Parsed.row("x", record, 0));
    }
    return Profiles.freshest(spark().createDataFrame(rows, Parsed.SCHEMA));
  }

  private static Dataset<Row> table(Object[]... rows) {
    return rows(Accounts.TABLE.structType(), rows);
  }

  private static Dataset<Row> night(
      Dataset<Row> accounts, Dataset<Row> unseen, Date night, ParsedRecord... records) {
    Dataset<Row> profiles = freshest(records).join(KEYS, new String[] {"network", "account_id"});
    return Profiles.changed(profiles, accounts, unseen, lit(night));
  }

  /** What the tests look at: account_id, handle, display_name, followers, seconds, status. */
  private static TableAssert assertThatShort(Dataset<Row> changed) {
    return TableAssert.assertThat(
        changed.selectExpr(
            "account_id",
            "handle",
            "display_name",
            "follower_count",
            "unix_seconds(profile_at)",
            "status",
            "unix_seconds(status_at)",
            "first_night"));
  }

  @Test
  void theFreshestStatementOfEachFieldWins() {
    TableAssert.assertThat(
            freshest(
                    handle("a", 30, "new"),
                    name("a", 20, "Ann", 7L),
                    handle("a", 10, "old"),
                    name("a", 10, "Anna", null),
                    status("a", 40, Status.DEACTIVATED),
                    status("a", 35, Status.ACTIVE))
                .selectExpr(
                    "handle",
                    "display_name",
                    "follower_count",
                    "unix_seconds(profile_at)",
                    "status",
                    "unix_seconds(status_at)"))
        .hasRows(row("new", "Ann", 7L, 30L, "deactivated", 40L));
  }

  @Test
  void statementsOfOneInstantDoNotDependOnTheirOrder() {
    List<ParsedRecord> all = new ArrayList<>();
    for (String handle : List.of("m", "z", "a")) {
      all.add(handle("a", 10, handle));
    }
    all.add(status("a", 10, Status.ACTIVE));
    all.add(status("a", 10, Status.SUSPENDED));
    for (int seed = 0; seed < 3; seed++) {
      Collections.shuffle(all, new Random(seed));
      TableAssert.assertThat(freshest(all.toArray(new ParsedRecord[0])).select("handle", "status"))
          .hasRows(row("z", "suspended"));
    }
  }

  @Test
  void newAccountsGetARowSaidOfOrNot() {
    Dataset<Row> fresh = night(table(), KEYS, FIRST, handle("a", 10, "ann"));
    TableAssert.assertThat(fresh).hasColumnsOf(Accounts.TABLE);
    assertThatShort(fresh)
        .hasRows(
            row("a", "ann", null, null, 10L, "active", null, "2026-01-05"),
            row("b", null, null, null, null, "active", null, "2026-01-05"));
  }

  @Test
  void newerStatementsReplaceOlderOnesFillIn() {
    Dataset<Row> none = KEYS.where("false");
    Dataset<Row> first =
        night(table(), KEYS, FIRST, handle("a", 20, "ann"), status("a", 20, Status.SUSPENDED))
            .localCheckpoint();
    assertThatShort(night(first, none, SECOND, handle("a", 30, "anna")))
        .hasRows(row("a", "anna", null, null, 30L, "suspended", 20L, "2026-01-05"));
    assertThatShort(night(first, none, SECOND, handle("a", 10, "old"), name("a", 10, "Ann", 3L)))
        .hasRows(row("a", "ann", "Ann", 3L, 20L, "suspended", 20L, "2026-01-05"));
    assertThatShort(night(first, none, SECOND, status("a", 30, Status.ACTIVE)))
        .hasRows(row("a", "ann", null, null, 20L, "active", 30L, "2026-01-05"));
    assertThatShort(night(first, none, SECOND, status("a", 10, Status.ACTIVE)))
        .hasRows(row("a", "ann", null, null, 20L, "suspended", 20L, "2026-01-05"));
    // Of an account that was never said anything of, anything is news.
    assertThatShort(night(first, none, SECOND, handle("b", 1, "bob")))
        .hasRows(row("b", "bob", null, null, 1L, "active", null, "2026-01-05"));
    assertThat(night(first, none, SECOND).count()).isZero();
  }

  @Test
  void anOldStatementIsNoNewsBecauseAnotherFieldWasSaidLater() {
    Dataset<Row> first =
        night(table(), KEYS, FIRST, handle("a", 30, "ann"), name("a", 30, "Ann", 5L))
            .localCheckpoint();
    assertThatShort(
            night(
                first,
                KEYS.where("false"),
                SECOND,
                name("a", 10, "stale", 1L),
                handle("a", 40, "anna")))
        .hasRows(row("a", "anna", "Ann", 5L, 40L, "active", null, "2026-01-05"));
  }

  @Test
  void everyFieldOfAProfileComesThrough() {
    ParsedRecord record = says("a", 10);
    record.handle = "h";
    record.displayName = "n";
    record.description = "d";
    record.createdAt = 5_000_000;
    record.followerCount = 1L;
    record.followingCount = 2L;
    record.postCount = 3L;
    record.listedCount = 4L;
    record.isProtected = false;
    record.isAutomated = true;
    record.isVerified = false;
    record.isDiscoverable = true;
    Row row = night(table(), KEYS.where("account_id = 'a'"), FIRST, record).collectAsList().get(0);
    Map<String, Object> values = new TreeMap<>();
    for (String field : row.schema().fieldNames()) {
      values.put(field, String.valueOf(row.<Object>getAs(field)));
    }
    assertThat(values)
        .containsEntry("handle", "h")
        .containsEntry("display_name", "n")
        .containsEntry("description", "d")
        .containsEntry("created_at", "1970-01-01 00:00:05.0")
        .containsEntry("follower_count", "1")
        .containsEntry("following_count", "2")
        .containsEntry("post_count", "3")
        .containsEntry("listed_count", "4")
        .containsEntry("is_protected", "false")
        .containsEntry("is_automated", "true")
        .containsEntry("is_verified", "false")
        .containsEntry("is_discoverable", "true");
  }
}
