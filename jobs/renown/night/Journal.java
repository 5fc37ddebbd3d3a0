package renown.night;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.tables.StageCosts;
import renown.tables.StageRuns;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/**
 * The stages that a run has ended, and the table versions after them, a commit for each phase; kept
 * in the lake itself. What they have written for marts is kept beside, for it is committed when the
 * night is published.
 */
final class Journal {
  private final Lake lake;
  private final LocalDate night;
  private final String runId;
  private final Map<String, Map<String, Long>> versionsByStage = new HashMap<>();
  private final Map<String, Map<String, List<String>>> waitingByStage = new HashMap<>();

  /** Opens the journal of a run, with what an earlier attempt at it left. */
  Journal(Lake lake, LocalDate night, String runId) {
    this.lake = lake;
    this.night = night;
    this.runId = runId;
    ColumnRows rows =
        lake.files(StageRuns.TABLE)
            .holding(StageRuns.NIGHT, night.toEpochDay())
            .read(
                StageRuns.RUN_ID,
                StageRuns.STAGE,
                StageRuns.TABLE_PATH,
                StageRuns.VERSION,
                StageRuns.WAITING_FILES);
    ColumnRows.Longs versions = rows.longs(StageRuns.VERSION);
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.texts(StageRuns.RUN_ID).get(i).equals(runId)) {
        continue;
      }
      String stage = rows.texts(StageRuns.STAGE).get(i);
      String table = rows.texts(StageRuns.TABLE_PATH).get(i);
      versionsByStage
          .computeIfAbsent(stage, any -> new HashMap<>())
          .put(table, versions.isNull(i) ? null : (Long) versions.get(i));
      String[] waiting = rows.lists(StageRuns.WAITING_FILES).texts(i);
      if (waiting != null) {
        waitingByStage
            .computeIfAbsent(stage, any -> new HashMap<>())
            .put(table, Arrays.asList(waiting));
      }
    }
  }

  /** What the stages of a run took, in seconds, by name; none where the journal has lost them. */
  static Map<String, Double> secondsByStage(Lake lake, String runId) {
    ColumnRows rows =
        lake.files(StageRuns.TABLE).read(StageRuns.RUN_ID, StageRuns.STAGE, StageCosts.SECONDS);
    Map<String, Double> seconds = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.texts(StageRuns.RUN_ID).get(i).equals(runId)) {
        seconds.put(rows.texts(StageRuns.STAGE).get(i), rows.doubles(StageCosts.SECONDS).get(i));
      }
    }
    return seconds;
  }

  /** Whether the run ended this stage. */
  boolean hasEnded(Stage stage) {
    return versionsByStage.containsKey(stage.name());
  }

  /** The versions of the stage's tables when it ended; null where nobody had written one. */
  Map<String, Long> versionsAfter(Stage stage) {
    return versionsByStage.get(stage.name());
  }

  /** What the stage has written for a mart, as {@link Lake#waiting} tells it; empty for nothing. */
  Optional<List<String>> waitingAfter(Stage stage, TableSchema mart) {
    return Optional.ofNullable(
        waitingByStage.getOrDefault(stage.name(), Map.of()).get(mart.path()));
  }

  /** Forgets all stages: what they have written is not to be relied on. */
  void forget() {
    versionsByStage.clear();
    waitingByStage.clear();
  }

  /**
   * The end of a stage.
   *
   * @param number its place in the night, from 1
   * @param versions of its tables, by path; null where nobody has written one
   */
  record End(Stage stage, int number, Map<String, Long> versions, StageCost cost) {}

  /**
   * Writes down that stages ended: one commit, no Spark job.
   *
   * @param ends of all stages of a phase
   * @param written the lake that the stages have written to
   */
  synchronized void record(List<End> ends, Lake written) throws IOException {
    ColumnRows rows = new ColumnRows(StageRuns.TABLE);
    for (End end : ends) {
      for (TableSchema table : end.stage().outputs()) {
        add(rows, end, table, written.waiting(table));
      }
    }
    lake.append(StageRuns.TABLE, rows);
  }

  private void add(ColumnRows rows, End end, TableSchema table, List<String> waiting) {
    rows.texts(StageRuns.RUN_ID).add(runId);
    rows.longs(StageRuns.NIGHT).add(night.toEpochDay());
    rows.texts(StageRuns.STAGE).add(end.stage().name());
    rows.longs(StageRuns.STAGE_NUMBER).add(end.number());
    rows.texts(StageRuns.TABLE_PATH).add(table.path());
    Long version = end.versions().get(table.path());
    if (version == null) {
      rows.longs(StageRuns.VERSION).addNull();
    } else {
      rows.longs(StageRuns.VERSION).add(version);
    }
    rows.lists(StageRuns.WAITING_FILES)
        .add(waiting.isEmpty() ? null : waiting.toArray(String[]::new));
    Object[] costs = end.cost().values();
    for (int i = 0; i < costs.length; i++) {
      TableColumn column = StageCosts.COLUMNS.get(i);
      if (costs[i] instanceof Double seconds) {
        rows.doubles(column).add(seconds);
      } else {
        rows.longs(column).add((Long) costs[i]);
      }
    }
  }
}
