package renown.night;

import static io.delta.kernel.internal.util.Utils.singletonCloseableIterator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.Scan;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.app.Jobs;
import renown.ask.sql.PublishedMarts;
import renown.night.ingest.IngestStage;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.tables.LoadedFiles;
import renown.tables.MartAccountScores;
import renown.tables.MartNetworkActivity;
import renown.tables.Rejects;
import renown.tables.StageRuns;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.Tables;
import renown.testing.Lines;
import renown.testing.MadeOnce;
import renown.testing.NightRuns;
import renown.testing.Nights;
import renown.testing.SharedLake;
import renown.testing.SparkTest;

/**
 * Whole nights over a small generated society, one with the profile that users get, and nights that
 * go on or again from them.
 */
class NightlyJobTest extends SparkTest {
  private static final String SECOND = SharedLake.SECOND;
  private static final String THIRD = SharedLake.THIRD;

  /** What two nights over three days, undisturbed, publish. */
  private static NightRuns undisturbed;

  @BeforeAll
  static void nights() throws Exception {
    undisturbed = SharedLake.undisturbed();
  }

  /** Nights on a copy of a lake. */
  private NightRuns onCopy(Path lake) throws Exception {
    return onCopy(SharedLake.raw(), lake);
  }

  private NightRuns onCopy(Path raw, Path lake) throws Exception {
    NightRuns.copy(lake, folder.resolve("lake"));
    return SharedLake.runs(raw, folder.resolve("lake"));
  }

  /**
   * What a night pays whatever its data. The bounds follow what is reached: they only ever fall.
   */
  @Test
  void theJournalKeepsWhatANightCostsAndThatIsBounded() {
    List<org.apache.spark.sql.Row> stages =
        undisturbed
            .lake()
            .read(StageRuns.TABLE)
            .where("night = DATE'" + THIRD + "'")
            .drop("table_path", "version", "waiting_files")
            .distinct()
            .collectAsList();
    // A stage that writes no table has no place in the journal.
    assertThat(stages)
        .hasSize((int) Jobs.stages().stream().filter(s -> !s.outputs().isEmpty()).count());
    Map<String, Long> before = undisturbed.publication(SECOND).versions();
    Map<String, Long> after = undisturbed.publication(THIRD).versions();
    long newVersions = 0;
    for (TableSchema table : Tables.OF_A_NIGHT) {
      long versions =
          after.getOrDefault(table.path(), -1L) - before.getOrDefault(table.path(), -1L);
      // Marts are committed once, when all stages have ended.
      if (table.isPublished()) {
        assertThat(versions).as(table.name()).isBetween(0L, 1L);
      } else {
        newVersions += versions;
      }
    }
    assertThat(sum(stages, "commit_count")).isEqualTo(newVersions).isBetween(1L, 42L);
    assertThat(sum(stages, "sql_execution_count")).isBetween(0L, 12L);
    assertThat(sum(stages, "job_count")).isBetween(1L, 80L);
    List<org.apache.spark.sql.Row> ofMarts =
        stages.stream()
            .filter(row -> Set.of("marts", "validation").contains(row.<String>getAs("stage")))
            .toList();
    assertThat(sum(ofMarts, "sql_execution_count") + sum(ofMarts, "job_count")).isZero();
    assertThat(sum(ofMarts, "rows_read")).isPositive();
    // Two nights of five phases.
    assertThat(undisturbed.lake().version(StageRuns.TABLE)).hasValue(2 * 5 - 1L);
    // Each table's log is read once at most, when the first stage asks for the table.
    assertThat(sum(stages, "snapshot_count")).isBetween(1L, (long) Tables.ALL.size());
    for (String count : List.of("bytes_read", "bytes_written", "bytes_shuffled", "rows_read")) {
      assertThat(sum(stages, count)).as(count).isPositive();
    }
  }

  /**
   * Nothing large is sent about, nothing that grows with the data comes back (the first night has
   * twice the second's), and no query numbers a whole network's rows in one task.
   */
  @Test
  void nothingOfANightGrowsInTheDriverOrInOneTask() throws Exception {
    List<Properties> nights = SharedLake.asked();
    for (Properties asked : nights) {
      assertThat(Long.parseLong(asked.getProperty("largest_broadcast"))).isBetween(1L, 200_000L);
      assertThat(Long.parseLong(asked.getProperty("largest_result"))).isBetween(1L, 200_000L);
      assertThat(asked.getProperty("windows").split(" "))
          .doesNotContain("network", "network,night");
    }
  }

  private static long sum(List<org.apache.spark.sql.Row> rows, String column) {
    return rows.stream().mapToLong(row -> row.<Long>getAs(column)).sum();
  }

  @Test
  void whatIsCountedIsWhatWasWritten() throws Exception {
    Map<String, Map<String, Long>> planted = new TreeMap<>();
    for (String line : Files.readAllLines(SharedLake.truth().resolve("events.jsonl"))) {
      JsonNode day = new ObjectMapper().readTree(line);
      Map<String, Long> sums =
          planted.computeIfAbsent(day.get("network").asText(), n -> new TreeMap<>());
      day.fieldNames()
          .forEachRemaining(name -> sums.merge(name, day.get(name).asLong(), Long::sum));
    }
    Map<String, Map<String, Long>> counted = new TreeMap<>();
    undisturbed
        .lake()
        .read(MartNetworkActivity.TABLE)
        .collectAsList()
        .forEach(
            row ->
                counted
                    .computeIfAbsent(row.getAs("network"), n -> new TreeMap<>())
                    .merge(row.getAs("measure"), row.<Long>getAs("measure_count"), Long::sum));

    for (String network : planted.keySet()) {
      Map<String, Long> written = planted.get(network);
      Map<String, Long> read = counted.get(network);
      assertThat(read.get("line")).isEqualTo(written.get("lines") - written.get("blank_lines"));
      assertThat(read.get("rejected line"))
          .isEqualTo(
              written.get("truncated")
                  + written.get("wrong_type")
                  + written.get("invalid_utf8")
                  + written.get("future"));
      assertThat(read.get("rejected line")).isPositive();
      assertThat(
              read.get("accepted line")
                  + read.get("duplicate line")
                  + read.get("ignored line")
                  + read.get("rejected line"))
          .isEqualTo(read.get("line"));
      assertThat(read.get("duplicate line")).isPositive();
      assertThat(written.get("duplicates")).isPositive();
    }
    Map<String, Long> written = planted.get("bluesky");
    Map<String, Long> read = counted.get("bluesky");
    assertThat(read.get("like")).isEqualTo(written.get("likes"));
    assertThat(read.get("repost")).isEqualTo(written.get("reposts"));
    assertThat(read.get("reply")).isEqualTo(written.get("replies"));
    assertThat(read.get("quote")).isEqualTo(written.get("quotes"));
    assertThat(read.get("follow")).isEqualTo(written.get("follows"));
    assertThat(read.get("undone like")).isEqualTo(written.get("like_deletes"));
    assertThat(read.get("deletion"))
        .isEqualTo(
            written.get("post_deletes")
                + written.get("repost_deletes")
                + written.get("like_deletes")
                + written.get("unfollows"));
  }

  @Test
  void nobodyWhoMustNotBeScoredIsScored() throws Exception {
    List<String> optedOut = Files.readAllLines(SharedLake.optOuts());
    assertThat(optedOut).isNotEmpty();
    List<String> scored =
        undisturbed
            .lake()
            .read(renown.tables.MartAccountScoresLatest.TABLE)
            .collectAsList()
            .stream()
            .map(row -> row.<String>getAs("network") + "\t" + row.<String>getAs("account_id"))
            .toList();
    assertThat(scored).isNotEmpty().doesNotContainAnyElementsOf(optedOut);
  }

  @Test
  void listsOfAccountsAreToldWhichOfTheirNetworksNobodyKnows() throws Exception {
    assertThat(SharedLake.said())
        .containsOnlyOnce("Warning: consent.opt-outs names accounts of bsky, of which")
        .containsOnlyOnce("Warning: credibility.trusted names accounts of twitter, of which");
  }

  /** With nothing but the documented query over published tables. */
  @Test
  void everyScoreCanBeRecomputedAndEveryPointIsAccountedFor() throws Exception {
    PublishedMarts.register(undisturbed.lake());
    List<org.apache.spark.sql.Row> scores =
        spark()
            .sql(Files.readString(Path.of("jobs/renown/night/score/points/RECOMPUTE.sql")))
            .collectAsList();
    assertThat(scores).hasSizeGreaterThan(50);
    for (org.apache.spark.sql.Row row : scores) {
      assertThat(row.<Double>getAs("score_again"))
          .isCloseTo(row.<Double>getAs("score"), within(1e-9));
      assertThat(row.<Double>getAs("momentum_again"))
          .isCloseTo(row.<Double>getAs("momentum"), within(1e-9));
    }
    assertThat(scores.stream().mapToDouble(row -> row.<Double>getAs("score")).max().orElseThrow())
        .isGreaterThan(10);
    List<org.apache.spark.sql.Row> sums =
        spark()
            .sql(
                """
                SELECT s.score - t.score AS off_score, s.momentum - t.momentum AS off_momentum
                FROM mart_account_scores_latest s
                LEFT JOIN (SELECT account_key,
                                  sum(CASE WHEN measure = 'score' THEN points END) AS score,
                                  sum(CASE WHEN measure = 'momentum' THEN points END) AS momentum
                           FROM mart_score_terms GROUP BY account_key) t USING (account_key)
                WHERE s.score IS NOT NULL
                """)
            .collectAsList();
    assertThat(sums).hasSameSizeAs(scores);
    for (org.apache.spark.sql.Row row : sums) {
      assertThat(row.getDouble(0)).isCloseTo(0, within(1e-9));
      assertThat(row.getDouble(1)).isCloseTo(0, within(1e-9));
    }
    List<org.apache.spark.sql.Row> changes =
        spark()
            .sql(
                """
                SELECT c.change - (t.score - b.score), c.change - c.points, abs(c.change)
                FROM (SELECT account_key, night, previous_night, sum(points) AS points,
                             any_value(score_change) AS change
                      FROM mart_score_changes GROUP BY account_key, night, previous_night) c
                JOIN mart_account_scores t ON t.account_key = c.account_key AND t.night = c.night
                JOIN mart_account_scores b
                  ON b.account_key = c.account_key AND b.night = c.previous_night
                """)
            .collectAsList();
    assertThat(changes).hasSizeGreaterThan(50);
    for (org.apache.spark.sql.Row row : changes) {
      assertThat(row.getDouble(0)).isCloseTo(0, within(1e-9));
      assertThat(row.getDouble(1)).isCloseTo(0, within(1e-9));
    }
    assertThat(changes.stream().mapToDouble(row -> row.getDouble(2)).max().orElseThrow())
        .isGreaterThan(0.5);
  }

  /** Whoever reads what is published need not know where the rest lies. */
  @Test
  void nothingPublishedAndNothingSaidTellsWhereTheLakeLies() throws Exception {
    String place = MadeOnce.root().toString();
    assertThat(SharedLake.said()).contains("is published").doesNotContain(place);
    undisturbed
        .marts()
        .forEach((mart, rows) -> assertThat(rows).as(mart).noneMatch(row -> row.contains(place)));
    try (Stream<Path> files = Files.walk(SharedLake.lake().resolve("marts"))) {
      List<Path> logs = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertThat(logs).hasSizeGreaterThan(PublishedMarts.marts().size());
      for (Path log : logs) {
        assertThat(Files.readString(log)).as("%s", log).doesNotContain(place);
      }
    }
  }

  /** A fact without its row in a dimension would be lost in every join of a BI tool. */
  @Test
  void everyFactJoinsToItsDimensions() {
    PublishedMarts.register(undisturbed.lake());
    Set<String> days = Set.of("night", "previous_night", "first_night", "last_night");
    assertThat(orphans("mart_networks", "network", name -> name.equals("network"))).isEmpty();
    assertThat(orphans("mart_dates", "calendar_date", days::contains)).isEmpty();
    assertThat(orphans("mart_topics", "topic_id", name -> name.equals("topic_id"))).isEmpty();
    assertThat(
            orphans(
                "mart_account_scores_latest",
                "account_key",
                // A community keeps the name of an account that may have left.
                name -> name.endsWith("_key") && !name.endsWith("community_key")))
        .isEmpty();
  }

  private static List<String> orphans(String dimension, String key, Predicate<String> columns) {
    List<String> facts = new ArrayList<>();
    for (TableSchema mart : PublishedMarts.marts()) {
      for (TableColumn column : mart.columns()) {
        if (!mart.name().equals(dimension) && columns.test(column.name())) {
          facts.add(
              "SELECT DISTINCT '%s.%s' AS place, %s AS value FROM %s"
                  .formatted(mart.name(), column.name(), column.name(), mart.name()));
        }
      }
    }
    assertThat(facts).hasSizeGreaterThan(5);
    return spark()
        .sql(
            "SELECT place, min(value), count(*) FROM (%s) LEFT ANTI JOIN %s ON value = %s"
                    .formatted(String.join(" UNION ALL ", facts), dimension, key)
                // All topics together, and nobody in particular.
                + " WHERE CAST(value AS STRING) NOT IN ('*', '-1') GROUP BY place ORDER BY place")
        .collectAsList()
        .stream()
        .map(org.apache.spark.sql.Row::toString)
        .toList();
  }

  private static List<String> withoutFiles(List<String> rows) {
    return rows.stream().filter(row -> !row.contains(",file,")).toList();
  }

  /** Deals a file's lines out to several files, the last line first. */
  private static void split(Path file, Path folder, int parts) throws IOException {
    List<byte[]> lines = Lines.of(file);
    for (int part = 0; part < parts; part++) {
      try (var out = Files.newOutputStream(folder.resolve("z" + (parts - part) + ".jsonl"))) {
        for (int i = lines.size() - 1; i >= 0; i--) {
          if (i % parts == part) {
            out.write(lines.get(i));
            out.write('\n');
          }
        }
      }
    }
  }

  /** On other partitions, and with the day's lines in other files, the last line first. */
  private NightRuns otherwise(int partitions) throws Exception {
    Path renamed = folder.resolve("renamed");
    NightRuns.copy(SharedLake.raw(), renamed);
    try (Stream<Path> files = Files.walk(renamed)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getParent().endsWith("dt=" + THIRD)) {
          split(file, file.getParent(), partitions);
          Files.delete(file);
        }
      }
    }
    SparkSession other = spark().newSession();
    other.conf().set("spark.sql.shuffle.partitions", partitions);
    return onCopy(renamed, SharedLake.afterFirstNight())
        .with("night.stages-at-once", "1")
        .as(other);
  }

  /** Each attempt dies with a stage's tables written and its end not yet in the journal. */
  private static void dieAndGoOn(NightRuns runs, List<Stage> stages, int... places)
      throws Exception {
    for (int place : places) {
      List<Stage> dying = NightRuns.dyingAt(stages, place);
      assertThatThrownBy(() -> runs.run(dying, THIRD)).hasMessageContaining("dies after");
      assertThat(runs.published().date()).hasToString(SECOND);
    }
    int last = places[places.length - 1];
    assertThat(endedBefore(runs))
        .isEqualTo(places.length > 1 ? beginOfPhase(stages, places[places.length - 2]) : 0);
    runs.run(stages, THIRD);
    assertThat(endedBefore(runs)).isEqualTo(beginOfPhase(stages, last));
  }

  /** The place of the first stage of the phase that a stage is of. */
  private static int beginOfPhase(List<Stage> stages, int place) {
    return stages.stream().map(Stage::phase).toList().indexOf(stages.get(place).phase());
  }

  private static long endedBefore(NightRuns runs) {
    return runs.said().lines().filter(line -> line.contains("ended in an earlier attempt")).count();
  }

  /** Stage after stage, dumps and edges alone; they were made several stages at once. */
  @Test
  void aRunThatDiesGoesOnByTheSameCommandToTheSameTables() throws Exception {
    List<Stage> stages = NightRuns.stages().subList(0, 2);
    NightRuns runs =
        otherwise(7).without("score.reference-accounts-min").without("credibility.trusted");
    dieAndGoOn(runs, stages, 0, 1);
    List<TableSchema> outputs = new ArrayList<>();
    stages.forEach(stage -> outputs.addAll(stage.outputs()));
    // These tell of files.
    outputs.removeAll(List.of(LoadedFiles.TABLE, Rejects.TABLE));
    assertThat(outputs).hasSizeGreaterThan(8);
    for (TableSchema table : outputs) {
      assertThat(runs.rows(table)).as(table.name()).isEqualTo(undisturbed.rows(table));
    }
  }

  @Tag("long")
  @Test
  void aWholeNightThatDiesGoesOnToTheSameTables() throws Exception {
    NightRuns runs = otherwise(7);
    int stageCount = NightRuns.stages().size();
    dieAndGoOn(runs, NightRuns.stages(), 0, stageCount / 2, stageCount - 1);
    Map<String, List<String>> marts = runs.marts();
    Map<String, List<String>> expected = undisturbed.marts();
    // The number of files is not that of the other run, and nothing else differs.
    String activity = MartNetworkActivity.TABLE.name();
    marts.computeIfPresent(activity, (name, rows) -> withoutFiles(rows));
    expected.computeIfPresent(activity, (name, rows) -> withoutFiles(rows));
    assertThat(marts).isEqualTo(expected);
  }

  @Test
  void aPublishedNightIsLeftAlone() throws Exception {
    NightRuns before = SharedLake.runs(SharedLake.raw(), SharedLake.afterFirstNight());
    long version = before.published().versions().get(MartAccountScores.TABLE.path());
    List<String> earlier = before.rows(MartAccountScores.TABLE);
    NightRuns runs = onCopy(SharedLake.lake());
    // Readers of the older publication keep what they had.
    assertThat(runs.rows(MartAccountScores.TABLE)).hasSizeGreaterThan(earlier.size());
    assertThat(runs.lake().readAt(MartAccountScores.TABLE, version).count())
        .isEqualTo(earlier.size());
    runs.run(THIRD);
    assertThat(runs.said()).contains("Night " + THIRD + " is published already");
    assertThat(runs.published().revision()).isEqualTo(1);
  }

  @Test
  void aNightRunAgainGivesTheSameTables() throws Exception {
    List<Stage> ingest = List.of(new IngestStage());
    NightRuns runs =
        onCopy(SharedLake.lake())
            .without("score.reference-accounts-min")
            .without("credibility.trusted");
    runs.run(ingest, THIRD, "--again");
    assertThat(runs.published().date()).hasToString(THIRD);
    assertThat(runs.published().revision()).isEqualTo(2);
    for (TableSchema table : ingest.get(0).outputs()) {
      assertThat(runs.rows(table)).as(table.name()).isEqualTo(undisturbed.rows(table));
    }
  }

  @Test
  void aReaderThatIsNotSparkReadsThePublishedVersions() throws Exception {
    Engine engine = DefaultEngine.create(new Configuration());
    for (var mart : Tables.ALL.stream().filter(t -> t.isPublished()).toList()) {
      long version = undisturbed.published().versions().get(mart.path());
      var snapshot =
          TableManager.loadSnapshot(undisturbed.lake().path(mart)).atVersion(version).build(engine);
      assertThat(snapshot.getSchema().fieldNames()).containsExactly(mart.names());
      var scan = snapshot.getScanBuilder().build();
      long rows = 0;
      try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
        while (files.hasNext()) {
          try (CloseableIterator<Row> some = files.next().getRows()) {
            while (some.hasNext()) {
              rows += rows(engine, scan, some.next());
            }
          }
        }
      }
      assertThat(rows)
          .describedAs(mart.name())
          .isEqualTo(undisturbed.lake().readAt(mart, version).count());
    }
  }

  /** The account of Bluesky that most is known of, and one of X. */
  @Tag("long")
  @Test
  void anErasedAccountLeavesNoTraceAndDoesNotComeBack() throws Exception {
    NightRuns.copy(SharedLake.raw(), folder.resolve("raw"));
    NightRuns runs = onCopy(folder.resolve("raw"), SharedLake.lake());
    List<org.apache.spark.sql.Row> chosen =
        spark()
            .sql(
                """
                SELECT network, account_id, account_key, handle FROM delta.`%s`
                WHERE place = 1 ORDER BY network
                """
                    .formatted(runs.lake().path(renown.tables.MartAccountScoresLatest.TABLE)))
            .collectAsList();
    assertThat(chosen).hasSize(2);
    Path list = folder.resolve("erase.tsv");
    Files.write(
        list, chosen.stream().map(row -> row.getString(0) + "\t" + row.getString(1)).toList());
    List<String> names =
        chosen.stream().flatMap(row -> Stream.of(row.getString(1), row.getString(3))).toList();
    List<String> keys = chosen.stream().map(row -> Long.toString(row.getLong(2))).toList();

    assertThatThrownBy(() -> runs.erase("--verify", "--file", list.toString()))
        .hasMessageContaining("holds the account in")
        .extracting(e -> ((RenownException) e).exitCode())
        .isEqualTo(ExitCode.AUDIT_FAILED);
    List<Map<String, List<String>>> before = List.of(runs.marts(SECOND), runs.marts(THIRD));
    runs.erase("--file", list.toString());
    assertThat(runs.said())
        .contains("none names the account")
        .containsPattern("[1-9]\\d* raw files under");

    // All that was published stays, without them.
    List<Map<String, List<String>>> after = List.of(runs.marts(SECOND), runs.marts(THIRD));
    for (int night = 0; night < 2; night++) {
      for (Map.Entry<String, List<String>> mart : before.get(night).entrySet()) {
        List<String> others =
            mart.getValue().stream()
                .filter(
                    row ->
                        keys.stream().noneMatch(key -> ("," + row + ",").contains("," + key + ","))
                            && names.stream().noneMatch(row::contains))
                .toList();
        List<String> left = after.get(night).get(mart.getKey());
        assertThat(left).as(mart.getKey()).containsAll(others);
        assertThat(left).noneMatch(row -> names.stream().anyMatch(row::contains));
      }
    }
    assertThat(after.get(1).get("mart_account_scores_latest").size())
        .isEqualTo(before.get(1).get("mart_account_scores_latest").size() - 2);

    // A file of the first day comes late and speaks of nobody else.
    Path day = folder.resolve("raw/bluesky/dt=2026-01-05");
    List<byte[]> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(day)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".gz")).sorted().toList()) {
        for (byte[] line : Lines.of(file)) {
          if (new String(line, StandardCharsets.UTF_8).contains(chosen.get(0).getString(1))) {
            lines.add(line);
          }
        }
      }
    }
    assertThat(lines).hasSizeGreaterThan(10);
    try (var out = Files.newOutputStream(day.resolve("late.jsonl"))) {
      for (byte[] line : lines) {
        out.write(line);
        out.write('\n');
      }
    }
    runs.run(Nights.ofScores(), SharedLake.FOURTH);
    assertThat(runs.rows(renown.tables.IgnoredKinds.TABLE))
        .anyMatch(row -> row.contains("bluesky,erased account,"));
    assertThat(runs.rows(renown.tables.MartAccountScoresLatest.TABLE)).hasSizeGreaterThan(50);
    runs.erase("--verify", "--file", list.toString());
    assertThat(runs.said()).contains("none names the account");
  }

  /** The rows of one file, less those that are deleted. */
  private static long rows(Engine engine, Scan scan, Row file) throws IOException {
    Row state = scan.getScanState(engine);
    StructType columns = ScanStateRow.getPhysicalDataReadSchema(state);
    FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
    long rows = 0;
    try (CloseableIterator<FileReadResult> read =
            engine
                .getParquetHandler()
                .readParquetFiles(singletonCloseableIterator(status), columns, Optional.empty());
        CloseableIterator<FilteredColumnarBatch> batches =
            Scan.transformPhysicalData(engine, state, file, read.map(FileReadResult::getData))) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> some = batches.next().getRows()) {
          while (some.hasNext()) {
            some.next();
            rows++;
          }
        }
      }
    }
    return rows;
  }
}
