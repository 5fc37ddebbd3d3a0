package renown.ask.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import renown.ask.sql.PublishedMarts;
import renown.lake.Lake;
import renown.lake.s3.EmbeddedS3;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.MartEmergingHashtags;
import renown.tables.MartTopics;
import renown.tables.Publications;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.SmallLake;
import renown.testing.SparkTest;
import renown.testing.TrinoServer;

/** A Trino beside the lake on S3, as BI tools meet it. */
@Tag("long")
class TrinoIT extends SparkTest {
  private static final String ROOT = "s3a://my-lake/renown";

  @TempDir private static Path home;
  private static EmbeddedS3 s3;
  private static TrinoServer trino;

  @BeforeAll
  static void start() throws Exception {
    s3 = EmbeddedS3.inFolder(home.resolve("s3"));
    s3.createBucket("my-lake");
    s3.createBucket("my-other-lake");
    // The server keeps objects as files.
    FileUtils.copyDirectory(SmallLake.root().toFile(), inBucket("my-lake").toFile());
    FileUtils.copyDirectory(SmallLake.root().toFile(), inBucket("my-other-lake").toFile());
    trino =
        TrinoServer.start(
            "scripts/trino.sh start --lake " + ROOT,
            home.resolve("trino"),
            Map.of(
                "AWS_ENDPOINT_URL", s3.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", s3.accessKey(),
                "AWS_SECRET_ACCESS_KEY", s3.secretKey()));
  }

  @AfterAll
  static void stop() throws Exception {
    if (trino != null) {
      trino.close();
    }
    s3.close();
  }

  private static Path inBucket(String bucket) {
    return home.resolve("s3").resolve(bucket).resolve("renown");
  }

  /** Runs the job as after a night. */
  private static String show(String root, String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TrinoViewsJob job = new TrinoViewsJob(new PrintStream(out, true, StandardCharsets.UTF_8));
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--url")) {
      all.addAll(List.of("--url", trino.catalogUrl()));
    }
    Optional<java.time.LocalDate> night = Optional.empty();
    if (all.get(0).equals("--date")) {
      night = Optional.of(java.time.LocalDate.parse(all.get(1)));
      all = all.subList(2, all.size());
    }
    new CommandLine(job).parseArgs(all.toArray(String[]::new));
    Config config =
        Config.load(job.keys(), job.keys(), Optional.empty(), Map.of("lake.root", root));
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            config,
            night,
            clock,
            new Progress(new PrintStream(out), clock),
            () -> {
              throw new AssertionError("it needs no Spark");
            }));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Object ask(String sql) throws Exception {
    try (Connection connection = trino.connect("anybody")) {
      return TrinoServer.query(connection, sql).get(0).get(0);
    }
  }

  @Test
  void everyQuestionHasTheAnswerOfSpark() throws Exception {
    SmallLake.marts()
        .forEach(
            (mart, rows) ->
                spark()
                    .createDataFrame(rows, mart.structType())
                    .createOrReplaceTempView(mart.name()));
    TrinoServer.Comparison comparison = trino.compare(Map.of());
    assertThat(comparison.wrong()).isEmpty();
    assertThat(comparison.rowCounts()).hasSizeGreaterThanOrEqualTo(50);
    assertThat(comparison.rowCounts().values().stream().filter(count -> count > 0).count())
        .isGreaterThanOrEqualTo(47);
  }

  @Test
  void theViewsShowWhatIsPublishedAndMoveWithIt() throws Exception {
    Lake lake = new Lake(spark(), inBucket("my-other-lake").toUri().toString());
    String other = "s3a://my-other-lake/renown/";
    String hashtags = "SELECT count(*) FROM mart_emerging_hashtags";
    try {
      assertThat(show(other)).isEqualTo(shown(SmallLake.LAST.toString()));
      assertThat(ask(hashtags)).isEqualTo(2L);
      // A night is being made: what it wrote is not published.
      lake.append(
          MartEmergingHashtags.TABLE,
          rows(
              MartEmergingHashtags.TABLE.structType(),
              row(
                  "x",
                  "brandnew",
                  1L,
                  5L,
                  9L,
                  0L,
                  null,
                  null,
                  java.sql.Date.valueOf(SmallLake.LAST.plusDays(1)))));
      assertThat(show(other)).isEqualTo(shown(SmallLake.LAST.toString()));
      assertThat(ask(hashtags)).isEqualTo(2L);
      publish(lake, Map.of(MartEmergingHashtags.TABLE, 1L));
      assertThat(ask(hashtags)).isEqualTo(2L);
      assertThat(show(other)).isEqualTo(shown(SmallLake.LAST.plusDays(1).toString()));
      assertThat(ask(hashtags)).isEqualTo(3L);
      // This night did not know topics: an empty view with the same columns.
      assertThat(ask("SELECT count(*) FROM mart_topics WHERE cardinality(parent_ids) > 0"))
          .isEqualTo(0L);
      assertThat(ask("SELECT max(night) FROM mart_account_scores"))
          .isEqualTo(java.sql.Date.valueOf(SmallLake.LAST));
      String before = SmallLake.LAST.minusDays(1).toString();
      assertThat(show(other, "--date", before)).isEqualTo(shown(before));
      assertThat(ask("SELECT max(night) FROM mart_account_scores"))
          .isEqualTo(java.sql.Date.valueOf(before));
      assertThatThrownBy(() -> show(other, "--date", "2020-01-01"))
          .isInstanceOf(RenownException.class)
          .hasMessageStartingWith("The lake holds no published night 2020-01-01:");
    } finally {
      show(ROOT);
    }
    assertThat(ask(hashtags)).isEqualTo(2L);
  }

  private static String shown(String night) {
    return String.format(
        "Views now show night %s (revision 1): renown.marts, %d marts.%n",
        night, PublishedMarts.marts().size());
  }

  /** A night that has all tables of the one before but for topics. */
  private static void publish(Lake lake, Map<TableSchema, Long> changed) {
    List<Row> rows = new ArrayList<>();
    for (TableSchema mart : PublishedMarts.marts()) {
      if (mart != MartTopics.TABLE) {
        rows.add(
            RowFactory.create(
                java.sql.Date.valueOf(SmallLake.LAST.plusDays(1)),
                1L,
                "run",
                mart.path(),
                changed.getOrDefault(mart, lake.version(mart).orElseThrow())));
      }
    }
    lake.append(Publications.TABLE, spark().createDataFrame(rows, Publications.TABLE.structType()));
  }

  @Test
  void commentsTravelWithTheViews() throws Exception {
    try (Connection connection = trino.connect("anybody")) {
      // What BI tools ask the driver for.
      List<List<Object>> columns = new ArrayList<>();
      try (ResultSet rows = connection.getMetaData().getColumns("renown", "marts", null, null)) {
        while (rows.next()) {
          columns.add(
              List.of(
                  rows.getString("TABLE_NAME"),
                  rows.getString("COLUMN_NAME"),
                  Optional.ofNullable(rows.getString("REMARKS")).orElse("")));
        }
      }
      List<List<Object>> expected = new ArrayList<>();
      for (TableSchema mart : PublishedMarts.marts()) {
        for (TableColumn column : mart.columns()) {
          expected.add(List.of(mart.name(), column.name(), column.comment()));
        }
      }
      assertThat(columns).containsExactlyInAnyOrderElementsOf(expected);
      List<List<Object>> tables =
          TrinoServer.query(
              connection,
              "SELECT table_name, comment FROM system.metadata.table_comments WHERE catalog_name ="
                  + " 'renown' AND schema_name = 'marts'");
      assertThat(tables)
          .hasSameSizeAs(PublishedMarts.marts())
          .contains(
              List.of(
                  "mart_topics",
                  MartTopics.TABLE.purpose() + " Grain: " + MartTopics.TABLE.grain() + "."));
    }
  }

  @Test
  void readersReadAndNothingElse() throws Exception {
    try (Connection reader = trino.connect("anybody")) {
      for (String forbidden :
          List.of(
              "SELECT count(*) FROM renown.lake.mart_topics",
              "DELETE FROM renown.lake.mart_topics",
              "DROP VIEW mart_topics",
              "CREATE TABLE renown.marts.mine (a bigint)",
              "CALL renown.system.unregister_table('lake', 'mart_topics')")) {
        assertThatThrownBy(() -> TrinoServer.query(reader, forbidden))
            .as(forbidden)
            .hasMessageContaining("Access Denied");
      }
      assertThat(TrinoServer.query(reader, "SELECT count(*) FROM mart_topics")).isNotEmpty();
    }
    // Not even who owns the views changes the lake.
    try (Connection owner = trino.connect("renown")) {
      assertThatThrownBy(() -> TrinoServer.query(owner, "DELETE FROM renown.lake.mart_topics"))
          .hasMessageContaining("Access Denied");
    }
  }

  @Test
  void mistakesAreTold() {
    assertThatThrownBy(() -> show(ROOT, "--url", "jdbc:postgresql://localhost/renown"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("--url: it must begin with jdbc:trino://");
    assertThatThrownBy(() -> show(ROOT, "--url", trino.url().replace("/renown/marts", "")))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("--url names no catalog");
    assertThatThrownBy(() -> show(ROOT, "--url", "jdbc:trino://127.0.0.1:1/renown"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("Trino failed to run");
    assertThatThrownBy(
            () -> show(ROOT, "--url", trino.catalogUrl() + "?password=secret&nonsense=1"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("--url: rejected by the Trino driver")
        .hasMessageNotContaining("secret");
  }
}
