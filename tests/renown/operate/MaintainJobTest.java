package renown.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Date;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Test;
import renown.lake.Lake;
import renown.lake.LakeLock;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.run.Config;
import renown.run.ExitCode;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.PostTexts;
import renown.tables.Rejects;
import renown.tables.StageRuns;
import renown.tables.TableSchema;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class MaintainJobTest extends SparkTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final TableSchema PUBLICATIONS = renown.tables.Publications.TABLE;

  private String run(Lake lake) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MaintainJob job = new MaintainJob();
    Config config =
        Config.load(
            job.keys(),
            job.keys(),
            Optional.empty(),
            Map.of("lake.root", lake.root().toString(), "maintain.keep-nights", "29"));
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            config,
            Optional.empty(),
            clock,
            new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), clock),
            SparkTest::spark));
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Some rejects of a night, each in a file of its own. */
  private static Row reject(int night, int line) {
    return RowFactory.create(
        "x", "x/" + night, (long) line, "not JSON", Date.valueOf(FIRST.plusDays(night)));
  }

  private static void add(Lake lake, int night) {
    for (int line = 0; line < 2; line++) {
      lake.append(
          Rejects.TABLE,
          spark()
              .createDataFrame(List.of(reject(night, line)), Rejects.TABLE.structType())
              .coalesce(1));
    }
  }

  /** A night that did this or that to the one table there is. */
  private static Row published(int night, long version) {
    return RowFactory.create(
        Date.valueOf(FIRST.plusDays(night)), 1L, "run-" + night, Rejects.TABLE.path(), version);
  }

  private static void publish(Lake lake, Row... rows) {
    lake.append(
        PUBLICATIONS,
        spark().createDataFrame(Arrays.asList(rows), PUBLICATIONS.structType()).coalesce(1));
  }

  private static Publication last(Lake lake) {
    return PublishedNights.of(lake).latest().orElseThrow();
  }

  @Test
  void filesBecomeFewerAndTheNightIsPublishedAtThem() throws Exception {
    Lake lake = lake();
    lake.create(List.of(Rejects.TABLE, PostTexts.TABLE, PUBLICATIONS, StageRuns.TABLE));
    add(lake, 0);
    add(lake, 1);
    Row texts =
        RowFactory.create(Date.valueOf(FIRST.plusDays(1)), 1L, "run-1", PostTexts.TABLE.path(), 0L);
    publish(lake, published(0, 2), published(1, 4), texts);
    // A night that died in the middle.
    add(lake, 2);

    assertThat(run(lake))
        .contains("2 of 2 tables were rewritten; night 2026-01-02 is published as revision 2.");
    Publication last = last(lake);
    assertThat(last.date()).isEqualTo(FIRST.plusDays(1));
    assertThat(last.revision()).isEqualTo(2);
    assertThat(last.runId()).isEqualTo("run-1");
    long version = last.versions().get(Rejects.TABLE.path());
    assertThat(version).isEqualTo(lake.version(Rejects.TABLE).orElseThrow()).isGreaterThan(4);
    assertThat(lake.readAt(Rejects.TABLE, version).inputFiles()).hasSize(1);
    TableAssert.assertThat(lake.readAt(Rejects.TABLE, version))
        .hasRowsOf(lake.readAt(Rejects.TABLE, 4));
    // The night before is where it was.
    assertThat(PublishedNights.of(lake).before(FIRST.plusDays(1)).orElseThrow().versions())
        .containsEntry(Rejects.TABLE.path(), 2L);
    assertThat(lake.read(PUBLICATIONS).inputFiles()).hasSize(2);

    assertThat(run(lake)).contains("Nothing to do: all tables are compact.");
    assertThat(last(lake).revision()).isEqualTo(2);
    assertThat(lake.version(Rejects.TABLE).orElseThrow()).isEqualTo(version);
    assertThat(properties(lake, Rejects.TABLE))
        .contains(
            RowFactory.create("delta.deletedFileRetentionDuration", "interval 29 days"),
            RowFactory.create("delta.logRetentionDuration", "interval 400 days"));
    // A text that should be forgotten does not stay in old files as long as other rows.
    assertThat(properties(lake, PostTexts.TABLE))
        .contains(RowFactory.create("delta.deletedFileRetentionDuration", "interval 7 days"));
  }

  private static List<Row> properties(Lake lake, TableSchema table) {
    return spark().sql("SHOW TBLPROPERTIES delta.`" + lake.path(table) + "`").collectAsList();
  }

  /**
   * Versions 1 to 4 were written 70, 60, 50 and 1 days ago, each over the one before; the last 29
   * nights read versions 2 to 4, since the lake stood still for weeks: nothing is deleted as yet.
   */
  @Test
  void whatTheLastNightsReadStaysHoweverOldItIs() throws Exception {
    Lake lake = lake();
    lake.create(List.of(Rejects.TABLE, PUBLICATIONS, StageRuns.TABLE));
    for (int night = 0; night < 4; night++) {
      lake.overwrite(
          Rejects.TABLE,
          spark()
              .createDataFrame(List.of(reject(night, 0)), Rejects.TABLE.structType())
              .coalesce(1));
    }
    List<Row> nights = new ArrayList<>();
    for (int night = 0; night < 31; night++) {
      nights.add(published(night, night < 2 ? 1 : night < 29 ? 2 : night - 26));
    }
    publish(lake, nights.toArray(Row[]::new));
    backdate(lake, 80, 70, 60, 50, 1);
    Map<Long, List<String>> files = new TreeMap<>();
    for (long version = 1; version <= 4; version++) {
      files.put(version, List.of(lake.readAt(Rejects.TABLE, version).inputFiles()));
    }

    assertThat(run(lake))
        .contains("unused files of 0 tables.", "1 tables keep all files")
        .contains("revision 2");
    assertThat(files.values()).allMatch(MaintainJobTest::exists);

    // Four weeks later they read what there is now.
    long now = lake.version(Rejects.TABLE).orElseThrow();
    publish(
        lake, IntStream.range(31, 59).mapToObj(night -> published(night, now)).toArray(Row[]::new));
    assertThat(run(lake)).contains("unused files of 1 tables.");
    assertThat(files.entrySet().stream().filter(entry -> exists(entry.getValue())))
        .extracting(Map.Entry::getKey)
        .containsExactly(3L, 4L);
    assertThat(lake.version(Rejects.TABLE).orElseThrow()).isEqualTo(now);
    TableAssert.assertThat(lake.readAt(Rejects.TABLE, 3))
        .hasRows(row("x", "x/2", 0L, "not JSON", FIRST.plusDays(2)));
  }

  private static boolean exists(List<String> files) {
    return files.stream().allMatch(file -> Files.exists(Path.of(URI.create(file))));
  }

  /**
   * Makes each version of the table, and what it wrote and gave up, so many days old. The files of
   * the commits stay as young as where an erasure has just written them again.
   */
  private static void backdate(Lake lake, int... days) throws Exception {
    Path table = Path.of(URI.create(lake.path(Rejects.TABLE)));
    Path log = table.resolve("_delta_log");
    for (int version = 0; version < days.length; version++) {
      Instant then = Instant.now().minus(Duration.ofDays(days[version]));
      Path entry = log.resolve("%020d.json".formatted(version));
      String text = Files.readString(entry);
      Files.deleteIfExists(log.resolve("." + entry.getFileName() + ".crc"));
      Files.writeString(
          entry,
          text.replaceAll(
              "\"(deletionTimestamp|timestamp)\":\\d+", "\"$1\":" + then.toEpochMilli()));
    }
    try (Stream<Path> paths = Files.list(table)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(
            file, FileTime.from(Instant.now().minus(Duration.ofDays(days[0]))));
      }
    }
    DeltaLog.clearCache();
  }

  /** It stalls over its first Spark job for so long that a night takes the lake and publishes. */
  @Test
  void whoWakesUpTooLatePublishesNothing() throws Exception {
    Lake lake = lake();
    lake.create(List.of(Rejects.TABLE, PUBLICATIONS, StageRuns.TABLE));
    add(lake, 0);
    publish(lake, published(0, 2));
    AtomicBoolean isFirst = new AtomicBoolean(true);
    SparkListener night =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            if (isFirst.getAndSet(false)) {
              try {
                PublishedNights.publish(
                    lake(),
                    new Publication(
                        FIRST.plusDays(1), 1, "night", Map.of(Rejects.TABLE.path(), 2L)));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    spark().sparkContext().addSparkListener(night);
    try {
      assertThatThrownBy(() -> run(lake))
          .isInstanceOf(RenownException.class)
          .hasMessageContaining("has lost the lake");
    } finally {
      spark().sparkContext().removeSparkListener(night);
    }
    assertThat(last(lake).runId()).isEqualTo("night");
    assertThat(last(lake).revision()).isEqualTo(1);
  }

  @Test
  void besideANightItDoesNotRun() throws Exception {
    Lake lake = lake();
    lake.create(List.of(PUBLICATIONS));
    try (LakeLock night = LakeLock.take(lake.root(), spark().sessionState().newHadoopConf(), 60)) {
      assertThatThrownBy(() -> run(lake))
          .isInstanceOf(RenownException.class)
          .hasMessageContaining("Another run holds the lake")
          .extracting(e -> ((RenownException) e).exitCode())
          .isEqualTo(ExitCode.LAKE_BUSY);
      night.check();
    }
    assertThatThrownBy(() -> run(lake)).hasMessageContaining("holds no published night yet");
  }
}
