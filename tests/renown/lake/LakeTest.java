package renown.lake;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import renown.run.RenownException;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class LakeTest extends SparkTest {
  private static final TableColumn NAME = TableColumn.text("name", "Name.");
  private static final TableColumn NIGHT = TableColumn.date("night", "Night.");
  private static final TableSchema PROBES =
      TableSchema.of("core", "probes")
          .purpose("Probes of the lake.")
          .grain("one row per name and night")
          .writer("probe")
          .key(NAME, NIGHT)
          .clusteredBy(NIGHT)
          .rules("share IS NULL OR size > 0")
          .columns(
              NAME,
              NIGHT,
              TableColumn.whole("size", "Size.").notNegative(),
              TableColumn.number("share", "Share; null where unknown.").orNull().between(0, 1));
  private static final String DDL = "name string, night date, size bigint, share double";
  private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

  private Lake lake;

  @BeforeEach
  void create() throws Exception {
    lake = lake();
    lake.create(List.of(PROBES));
  }

  private static Object[] probe(String name, LocalDate night, long size, Double share) {
    return row(name, java.sql.Date.valueOf(night), size, share);
  }

  /** Rows that a query has to compute. */
  private static Dataset<Row> probes(Object[]... rows) {
    Dataset<Row> here = rows(DDL, rows);
    return spark().createDataFrame(here.javaRDD(), here.schema());
  }

  private TableAssert assertThatTable() {
    return TableAssert.assertThat(lake.read(PROBES)).hasColumnsOf(PROBES);
  }

  @Test
  void aNewTableIsEmptyAndKeepsItsContract() throws Exception {
    assertThat(lake.version(PROBES).orElseThrow()).isZero();
    assertThatTable().isEmpty();
    Row detail =
        spark().sql("DESCRIBE DETAIL delta.`" + lake.path(PROBES) + "`").collectAsList().get(0);
    assertThat(detail.<String>getAs("description"))
        .isEqualTo("Probes of the lake. Grain: one row per name and night.");
    assertThat(detail.getList(detail.fieldIndex("clusteringColumns")).toString())
        .isEqualTo("[night]");
    lake.append(PROBES, probes(probe("a", MONDAY, 1, null)));
    lake.create(List.of(PROBES));
    assertThat(lake.version(PROBES).orElseThrow()).isEqualTo(1);
    StructType schema = new StructType();
    for (Row field :
        spark().sql("DESCRIBE TABLE delta.`" + lake.path(PROBES) + "`").limit(4).collectAsList()) {
      StructField expected = PROBES.structType().apply(field.<String>getAs("col_name"));
      assertThat(field.<String>getAs("comment")).isEqualTo(expected.getComment().get());
      schema = schema.add(expected);
    }
    assertThat(schema).isEqualTo(PROBES.structType());
    assertThat(
            io.delta.tables.DeltaTable.forPath(spark(), lake.path(PROBES))
                .toDF()
                .schema()
                .apply("share")
                .nullable())
        .isTrue();
  }

  @Test
  void aTableBeginsWithItsFirstRows() {
    Lake other = new Lake(spark(), folder.resolve("other").toUri().toString());
    assertThat(other.version(PROBES)).isEmpty();
    assertThat(other.isAt(PROBES, null)).isTrue();
    assertThat(other.isAt(PROBES, 0L)).isFalse();
    TableAssert.assertThat(other.read(PROBES)).hasColumnsOf(PROBES).isEmpty();
    // What changes nothing does not create it either.
    other.append(PROBES, probes());
    other.overwrite(PROBES, probes());
    other.upsert(PROBES, probes());
    other.delete(PROBES, col("size").equalTo(4));
    other.deleteMatching(PROBES, probes().select("name"), org.apache.spark.sql.functions.lit(true));
    other.empty(PROBES);
    assertThat(other.has(PROBES)).isFalse();
    assertThat(other.counts().commits() + other.counts().snapshots()).isZero();

    other.replaceNight(PROBES, MONDAY, probes(probe("a", MONDAY, 1, 0.5)));
    assertThat(other.version(PROBES)).contains(0L);
    assertThat(other.isAt(PROBES, null)).isFalse();
    assertThat(other.isAt(PROBES, 0L)).isTrue();
    assertThat(other.counts().commits()).isEqualTo(1);
    TableAssert.assertThat(other.read(PROBES)).hasRows(probe("a", MONDAY, 1, 0.5));
    // A night that it does not hold is added by one commit, without Delta's commands.
    other.replaceNight(PROBES, MONDAY.plusDays(1), probes(probe("b", MONDAY.plusDays(1), 2, null)));
    assertThat(other.counts().commits()).isEqualTo(2);
    other.empty(PROBES);
    assertThat(other.version(PROBES)).contains(2L);
    assertThat(other.isAt(PROBES, 1L)).isFalse();
    TableAssert.assertThat(other.read(PROBES)).isEmpty();
    TableAssert.assertThat(other.readAt(PROBES, 0)).hasRows(probe("a", MONDAY, 1, 0.5));
  }

  /** Who was taken for dead and wakes up in the middle of a write must leave nothing behind. */
  @Test
  void aCommitOnAVersionThatIsNoLongerTheNewestFails() {
    String path = lake.path(PROBES);
    Dataset<Row> slow =
        probes(probe("a", MONDAY, 1, null))
            .map(
                (org.apache.spark.api.java.function.MapFunction<Row, Row>)
                    row -> {
                      // Another run commits while this one writes its files.
                      Engine kernel = DefaultEngine.create(new Configuration());
                      TableSnapshot.newest(kernel, path)
                          .orElseThrow()
                          .commit(kernel, List.of(), List.of());
                      return row;
                    },
                org.apache.spark.sql.Encoders.row(StructType.fromDDL(DDL)));
    assertThatThrownBy(() -> lake.append(PROBES, slow))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("Another run has written version 1 of ");
    assertThat(lake.version(PROBES).orElseThrow()).isEqualTo(1);
    assertThatTable().isEmpty();
  }

  @Test
  void aSnapshotIsLoadedOnceUntilSomebodyElseCommits() {
    Lake reader = lake();
    long before = reader.counts().snapshots();
    lake.append(PROBES, probes(probe("a", MONDAY, 1, null)));
    for (int i = 0; i < 3; i++) {
      assertThat(reader.read(PROBES).count()).isEqualTo(1);
      assertThat(reader.version(PROBES).orElseThrow()).isEqualTo(1);
    }
    assertThat(reader.counts().snapshots() - before).isEqualTo(1);
    lake.overwrite(PROBES, probes(probe("b", MONDAY, 1, null), probe("c", MONDAY, 1, null)));
    assertThat(reader.read(PROBES).count()).isEqualTo(2);
    assertThat(reader.counts().snapshots() - before).isEqualTo(2);
    reader.append(PROBES, probes(probe("d", MONDAY, 1, null)));
    assertThat(reader.read(PROBES).count()).isEqualTo(3);
    assertThat(reader.counts().snapshots() - before).isEqualTo(2);
    assertThat(reader.counts().commits()).isEqualTo(1);
    // Spark's own reader sees the same.
    assertThat(spark().read().format("delta").load(lake.path(PROBES)).count()).isEqualTo(3);
  }

  @Test
  void whatChangesNothingIsNoCommit() {
    lake.append(PROBES, probes());
    lake.overwrite(PROBES, probes());
    assertThat(lake.version(PROBES).orElseThrow()).isZero();
  }

  @Test
  void notNullIsKeptByEveryWayOfWriting() {
    Dataset<Row> nameless = probes(probe(null, MONDAY, 1, null));
    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable write :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> lake.append(PROBES, nameless),
            () -> lake.overwrite(PROBES, nameless),
            () -> lake.replaceNight(PROBES, MONDAY, nameless),
            () -> lake.upsert(PROBES, nameless))) {
      assertThatThrownBy(write).hasStackTraceContaining("NOT NULL").hasStackTraceContaining("name");
    }
    assertThat(lake.version(PROBES).orElseThrow()).isZero();
  }

  @Test
  void rowsAreAddedAndReplaced() {
    lake.append(PROBES, probes(probe("a", MONDAY, 1, 0.5), probe("b", MONDAY, 2, null)));
    lake.append(PROBES, probes(probe("a", MONDAY.plusDays(1), 3, null)));
    assertThatTable()
        .hasRows(
            probe("a", MONDAY, 1, 0.5),
            probe("b", MONDAY, 2, null),
            probe("a", MONDAY.plusDays(1), 3, null));

    lake.replaceNight(PROBES, MONDAY, probes(probe("c", MONDAY, 4, null)));
    assertThatTable().hasRows(probe("c", MONDAY, 4, null), probe("a", MONDAY.plusDays(1), 3, null));
    assertThatThrownBy(
            () ->
                lake.replaceNight(PROBES, MONDAY, probes(probe("d", MONDAY.plusDays(1), 4, null))))
        .hasStackTraceContaining("DELTA_REPLACE_WHERE_MISMATCH");

    lake.overwrite(PROBES, probes(probe("e", MONDAY, 5, null)));
    assertThatTable().hasRows(probe("e", MONDAY, 5, null));
    lake.overwrite(PROBES, probes());
    assertThatTable().isEmpty();

    TableAssert.assertThat(lake.readAt(PROBES, 2))
        .hasRows(
            probe("a", MONDAY, 1, 0.5),
            probe("b", MONDAY, 2, null),
            probe("a", MONDAY.plusDays(1), 3, null));
  }

  /** The validation of a score reads the night 28 days ago, a rebuild one longer ago. */
  @Test
  void aVersionOfWeeksAgoIsReadAndPutBack() throws Exception {
    lake.append(PROBES, probes(probe("a", MONDAY, 1, 0.5)));
    lake.overwrite(PROBES, probes(probe("b", MONDAY, 2, null)));
    lake.overwrite(PROBES, probes(probe("c", MONDAY, 3, null)));
    Path log = Path.of(java.net.URI.create(lake.path(PROBES))).resolve("_delta_log");
    Instant now = Instant.now();
    for (int version = 0; version <= 3; version++) {
      Files.setLastModifiedTime(
          log.resolve("%020d.json".formatted(version)),
          FileTime.from(now.minus(Duration.ofDays(40 - 10L * version))));
    }
    DeltaLog.clearCache();
    TableAssert.assertThat(lake.readAt(PROBES, 1)).hasRows(probe("a", MONDAY, 1, 0.5));
    lake.restore(PROBES, 1);
    assertThat(lake.version(PROBES).orElseThrow()).isEqualTo(4);
    assertThatTable().hasRows(probe("a", MONDAY, 1, 0.5));
  }

  @Test
  void anUpsertChangesRowsByTheirKeyAndAddsTheOthers() {
    lake.append(
        PROBES,
        probes(
            probe("a", MONDAY, 1, 0.5),
            probe("b", MONDAY, 2, 0.25),
            probe("a", MONDAY.plusDays(1), 3, null)));
    lake.upsert(
        PROBES,
        probes(probe("a", MONDAY, 9, null), probe("b", MONDAY.plusDays(1), 8, 1.0))
            .select("share", "size", "night", "name"));
    assertThatTable()
        .hasRows(
            probe("a", MONDAY, 9, null),
            probe("b", MONDAY, 2, 0.25),
            probe("a", MONDAY.plusDays(1), 3, null),
            probe("b", MONDAY.plusDays(1), 8, 1.0));
  }

  @Test
  void anUpsertOfTwoRowsWithOneKeyIsRefused() {
    lake.append(PROBES, probes(probe("a", MONDAY, 1, null)));
    assertThatThrownBy(
            () ->
                lake.upsert(
                    PROBES, probes(probe("a", MONDAY, 2, null), probe("a", MONDAY, 3, null))))
        .hasStackTraceContaining("DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE");
    assertThatTable().hasRows(probe("a", MONDAY, 1, null));
  }

  @Test
  void rowsAreDeletedByConditionAndByTheColumnsOfOthers() {
    lake.append(
        PROBES,
        probes(
            probe("a", MONDAY, 1, null),
            probe("b", MONDAY, 2, null),
            probe("a", MONDAY.plusDays(1), 3, null),
            probe("c", MONDAY, 4, null)));
    lake.delete(PROBES, col("size").equalTo(4));
    lake.deleteMatching(
        PROBES,
        rows(
            "night date, name string",
            row(java.sql.Date.valueOf(MONDAY), "a"),
            row(java.sql.Date.valueOf(MONDAY), "a"),
            row(java.sql.Date.valueOf(MONDAY), "nobody")),
        col("old.night").leq(java.sql.Date.valueOf(MONDAY)));
    assertThatTable().hasRows(probe("b", MONDAY, 2, null), probe("a", MONDAY.plusDays(1), 3, null));
  }

  @Test
  void aRowThatBreaksARuleStopsTheWrite() {
    lake.append(PROBES, probes(probe("a", MONDAY, 1, null)));
    Object[] negative = probe("bad", MONDAY, -1, null);
    refusedForRule("size >= 0", negative, rows -> lake.append(PROBES, rows));
    refusedForRule("size >= 0", negative, rows -> lake.overwrite(PROBES, rows));
    refusedForRule("size >= 0", negative, rows -> lake.upsert(PROBES, rows));
    refusedForRule("size >= 0", negative, rows -> lake.replaceNight(PROBES, MONDAY, rows));
    for (double share : new double[] {-0.1, 1.5, Double.NaN}) {
      refusedForRule(
          "share BETWEEN 0.0 AND 1.0",
          probe("bad", MONDAY, 1, share),
          rows -> lake.append(PROBES, rows));
    }
    refusedForRule(
        "share IS NULL OR size > 0",
        probe("bad", MONDAY, 0, 0.5),
        rows -> lake.append(PROBES, rows));
    assertThat(lake.version(PROBES).orElseThrow()).isEqualTo(1);
    assertThatTable().hasRows(probe("a", MONDAY, 1, null));
  }

  private static void refusedForRule(String rule, Object[] bad, Consumer<Dataset<Row>> write) {
    assertThatThrownBy(() -> write.accept(probes(probe("good", MONDAY, 1, 1.0), bad)))
        .hasStackTraceContaining(
            "Table probes: a row breaks the rule " + rule + ": name=bad night=2026-01-05");
  }

  /** What is in the driver already is written there, under the same contract. */
  @Test
  void rowsInTheDriverAreWrittenAndReadWithoutAJob() throws Exception {
    List<Integer> jobs = new CopyOnWriteArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.add(job.jobId());
          }
        };
    spark().sparkContext().addSparkListener(listener);
    try {
      Dataset<Row> here = rows(DDL, probe("a", MONDAY, 1, 0.5), probe("b", MONDAY, 2, null));
      lake.append(
          PROBES, here.drop("share").withColumn("share", col("size").divide(4)).coalesce(1));
      lake.append(PROBES, here, 1);
      assertThat(lake.rows(PROBES))
          .extracting(Object::toString)
          .containsExactlyInAnyOrder(
              "[a,2026-01-05,1,0.25]",
              "[b,2026-01-05,2,0.5]",
              "[a,2026-01-05,1,0.5]",
              "[b,2026-01-05,2,null]");
      assertThat(lake.rows(PROBES).get(0).<Long>getAs("size")).isPositive();
      Object[] negative = probe("bad", MONDAY, -1, null);
      assertThatThrownBy(() -> lake.append(PROBES, rows(DDL, negative)))
          .hasStackTraceContaining(
              "Table probes: a row breaks the rule size >= 0: name=bad night=2026-01-05");
      assertThatThrownBy(() -> lake.append(PROBES, rows(DDL, probe(null, MONDAY, 1, null))))
          .hasStackTraceContaining("NOT NULL");
      spark().sparkContext().listenerBus().waitUntilEmpty();
      assertThat(jobs).isEmpty();
    } finally {
      spark().sparkContext().removeSparkListener(listener);
    }
    assertThat(lake.version(PROBES)).contains(2L);
    assertThatTable().hasRowsOf(spark().read().format("delta").load(lake.path(PROBES)));
  }

  @Test
  void rowsThatDoNotFitAreNotWritten() {
    assertThatThrownBy(() -> lake.append(PROBES, probes().drop("share")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing [share DOUBLE]");
  }

  @Test
  void whatIsReadStaysAsItWasThen() {
    lake.append(PROBES, probes(probe("a", MONDAY, 1, null)));
    Dataset<Row> then = lake.read(PROBES);
    lake.append(PROBES, probes(probe("b", MONDAY, 2, null)));
    TableAssert.assertThat(then).hasRows(probe("a", MONDAY, 1, null));
    lake.overwrite(PROBES, probes());
    TableAssert.assertThat(then).hasRows(probe("a", MONDAY, 1, null));
    // Also where a table is written from what was read of it.
    lake.append(PROBES, then.where("size = 1"));
    assertThatTable().hasRows(probe("a", MONDAY, 1, null));
  }
}
