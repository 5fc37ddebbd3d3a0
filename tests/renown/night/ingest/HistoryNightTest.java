package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import renown.night.score.accounts.ScoreStage;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.StageCosts;
import renown.tables.StageRuns;
import renown.testing.NightRuns;
import renown.testing.SparkTest;

/** What a night reads of what earlier nights have loaded and counted. */
class HistoryNightTest extends SparkTest {
  private static final LocalDate LAST = LocalDate.of(2026, 1, 9);
  private static final int ACCOUNTS = 20;
  private static final int ACTS = 60;

  private static void day(Path raw, LocalDate day) throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ACTS; i++) {
      String id = day + "-" + i;
      lines.add(
          "{\"type\":\"interaction\",\"verb\":\"like\",\"account_id\":\"a%d\",\"record_id\":\"%s\",\"target_account_id\":\"a%d\",\"object_id\":\"p%s\",\"at\":\"%sT10:00:00Z\"}"
              .formatted(i % ACCOUNTS, id, (i + 1) % ACCOUNTS, postOf(i + 1, day), day));
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

  /** The id of a post of a day, by the same account as an act of that number. */
  private static String postOf(int act, LocalDate day) {
    int post = act % ACCOUNTS;
    while (post % 3 != 0) {
      post += ACCOUNTS;
    }
    return day + "-" + post;
  }

  /** Rows read and written by stages on a night after one that has loaded so many days. */
  private Map<String, long[]> cost(int days) throws Exception {
    Path home = folder.resolve("history-" + days);
    Path raw = home.resolve("raw");
    for (int i = 0; i < days; i++) {
      day(raw, LAST.minusDays(i));
    }
    NightRuns runs =
        new NightRuns(raw, home.resolve("lake"))
            .with("ingest.formats", "town=neutral")
            .without("score.reference-accounts-min");
    runs.run(List.of(new IngestStage(), new ScoreStage()), LAST.toString());
    day(raw, LAST.plusDays(1));
    runs.run(List.of(new IngestStage(), new ScoreStage()), LAST.plusDays(1).toString());
    assertThat(runs.rows(Interactions.TABLE)).hasSize((days + 1) * ACTS);
    assertThat(runs.rows(Accounts.TABLE)).hasSize(ACCOUNTS);
    Map<String, long[]> costs = new HashMap<>();
    runs.lake()
        .read(StageRuns.TABLE)
        .where(StageRuns.NIGHT.col().equalTo(java.sql.Date.valueOf(LAST.plusDays(1))))
        .select(StageRuns.STAGE.col(), StageCosts.ROWS_READ.col(), StageCosts.ROWS_WRITTEN.col())
        .collectAsList()
        .forEach(row -> costs.put(row.getString(0), new long[] {row.getLong(1), row.getLong(2)}));
    // One row for each file that was ever loaded tells its name: none is loaded twice.
    costs.get("ingest")[0] -= days;
    return costs;
  }

  @Test
  void aNightReadsNoMoreWhereThereIsMoreHistory() throws Exception {
    Map<String, long[]> first = cost(1);
    long[] ingest = first.get("ingest");
    // Beside the accounts, which keys, profiles and wishes are each looked up in.
    assertThat(ingest[0]).isLessThanOrEqualTo(ingest[1] * 3 / 2 + 3 * ACCOUNTS);
    long[] score = first.get("score");
    for (int days : new int[] {10, 100}) {
      Map<String, long[]> later = cost(days);
      assertThat(later.get("ingest")).as("%d days", days).isEqualTo(ingest);
      // Posts and who reacted to them are read of those alone that the night names.
      assertThat(later.get("score")).as("%d days", days).isEqualTo(score);
    }
  }
}
