package renown.night.ingest;

import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.tables.Exclusions;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class ConsentTest extends SparkTest {
  private static final Date NIGHT = Date.valueOf("2026-01-05");

  @Test
  void theFirstReasonThatHoldsIsGiven() {
    Dataset<Row> accounts =
        rows(
            "account_key bigint, network string, account_id string, status string,"
                + " is_protected boolean, is_discoverable boolean",
            row(1L, "x", "plain", "active", null, null),
            row(2L, "x", "open", "active", false, true),
            row(3L, "x", "asked", "deleted", true, false),
            row(4L, "x", "gone", "deleted", true, false),
            row(5L, "x", "banned", "suspended", null, null),
            row(6L, "x", "away", "deactivated", null, null),
            row(7L, "x", "private", "active", true, false),
            row(8L, "x", "shy", "active", false, false),
            row(9L, "y", "asked", "active", null, null));
    Dataset<Row> optOuts =
        rows(
            "network string, account_id string",
            row("x", "asked"),
            row("x", "asked"),
            row("x", "nobody"));
    TableAssert.assertThat(Consent.exclusions(accounts, optOuts, lit(NIGHT)))
        .hasColumnsOf(Exclusions.TABLE)
        .hasRows(
            row(3L, "opted out", NIGHT),
            row(4L, "deleted", NIGHT),
            row(5L, "suspended", NIGHT),
            row(6L, "deactivated", NIGHT),
            row(7L, "protected", NIGHT),
            row(8L, "not discoverable", NIGHT));
  }
}
