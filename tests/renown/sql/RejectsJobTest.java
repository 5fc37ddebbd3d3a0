package renown.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.tables.Rejects;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class RejectsJobTest extends SparkTest {
  private static final Date MONDAY = Date.valueOf("2026-01-05");
  private static final Date TUESDAY = Date.valueOf("2026-01-06");

  private static Dataset<Row> rejects() {
    return rows(
        Rejects.TABLE.structType(),
        row("x", "x/a.tar!/06/29.json", 7L, "not JSON: syntax error", MONDAY),
        row("x", "x/b", 9L, "id: missing", MONDAY),
        row("x", "x/b", 3L, "id: missing", TUESDAY),
        row("x", "x/b", 4L, "user: missing", MONDAY),
        row("y", "y/c", 0L, "truncated gz file", TUESDAY));
  }

  @Test
  void theMostFrequentComeFirstWithTheirFirstLine() {
    assertThat(
            RejectsJob.worst(rejects(), Optional.empty(), Optional.empty()).collectAsList().stream()
                .map(row -> row.mkString("|")))
        .containsExactly(
            "2|x|id: missing|x/b|3|2026-01-06",
            "1|x|not JSON: syntax error|x/a.tar!/06/29.json|7|2026-01-05",
            "1|x|user: missing|x/b|4|2026-01-05",
            "1|y|truncated gz file|y/c|0|2026-01-06");
  }

  @Test
  void onlyThoseOfANetworkOrNight() {
    TableAssert.assertThat(
            RejectsJob.worst(rejects(), Optional.of("y"), Optional.empty()).select("path"))
        .hasRows(row("y/c"));
    TableAssert.assertThat(
            RejectsJob.worst(rejects(), Optional.of("x"), Optional.of(LocalDate.of(2026, 1, 6)))
                .select("reject_count", "path", "first_line_number"))
        .hasRows(row(1L, "x/b", 3L));
  }
}
