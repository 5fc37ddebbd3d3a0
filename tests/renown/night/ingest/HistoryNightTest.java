package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.StageCosts;
import renown.tables.StageRuns;
import renown.testing.NightRuns;
import renown.testing.SparkTest;

/** What a night's ingest reads of what earlier nights have loaded. */
class HistoryNightTest extends SparkTest {
  private static final LocalDate LAST = LocalDate.of(2026, 1, 9);
  private static final int ACCOUNTS = 20;
  private static final int ACTS = 60;

  private static void day(Path raw, LocalDate day) throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ACTS; i++) {
      String id = day + "-" + i;
      lines.add(
          "{\"type\":\"interaction\",\"verb\":\"like\",\"account_id\":\"a%d\",\"record_id\":\"%s\",\"target_account_id\":\"a%d\",\"at\":\"%sT10:00:00Z\"}"
              .formatted(i % ACCOUNTS, id, (i + 1) % ACCOUNTS, day));
      if (i % 3 == 0) {
        lines.add(
            "{\"type\":\"post\",\"account_id\":\"a%d\",\"record_id\":\"p%s\",\"at\":\"%sT09:00:00Z\",\"text\":\"x\"}"
                .formatted(i % ACCOUNTS, id, day));
      }
    }
    Path file = raw.resolve("town/dt=" + day).resolve("a.jsonl");
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  /** Rows read and written on a night after one that has loaded so many days. */
  private long[] cost(int days) throws Exception {
    Path home = folder.resolve("history-" + days);
    Path raw = home.resolve("raw");
    for (int i = 0; i < days; i++) {
      day(raw, LAST.minusDays(i));
    }
    NightRuns runs =
        new NightRuns(raw, home.resolve("lake"))
            .with("ingest.formats", "town=neutral")
            .without("score.reference-accounts-min");
    runs.run(List.of(new IngestStage()), LAST.toString());
    day(raw, LAST.plusDays(1));
    runs.run(List.of(new IngestStage()), LAST.plusDays(1).toString());
    assertThat(runs.rows(Interactions.TABLE)).hasSize((days + 1) * ACTS);
    assertThat(runs.rows(Accounts.TABLE)).hasSize(ACCOUNTS);
    Row cost =
        runs.lake()
            .read(StageRuns.TABLE)
            .where(StageRuns.NIGHT.col().equalTo(java.sql.Date.valueOf(LAST.plusDays(1))))
            .select(StageCosts.ROWS_READ.col(), StageCosts.ROWS_WRITTEN.col())
            .distinct()
            .head();
    // One row for each file that was ever loaded tells its name: none is loaded twice.
    return new long[] {cost.getLong(0) - days, cost.getLong(1)};
  }

  @Test
  void aNightReadsNoMoreWhereThereIsMoreHistory() throws Exception {
    long[] first = cost(1);
    // Beside the accounts, which keys, profiles and wishes are each looked up in.
    assertThat(first[0]).isLessThanOrEqualTo(first[1] * 3 / 2 + 3 * ACCOUNTS);
    for (int days : new int[] {10, 100}) {
      assertThat(cost(days)).as("%d days", days).isEqualTo(first);
    }
  }
}
