package renown.ask.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import renown.ask.sql.PublishedMarts;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RunContext;
import renown.tables.MartAccountScoresLatest;
import renown.tables.TableSchema;

class ConnectJobTest {
  private static final Map<String, String> S3 =
      Map.of(
          "spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:9000",
          "spark.hadoop.fs.s3a.endpoint.region", "us-east-1",
          "spark.hadoop.fs.s3a.path.style.access", "true",
          "spark.hadoop.fs.s3a.access.key", "WHO",
          "spark.hadoop.fs.s3a.secret.key", "HUSH");

  @TempDir private Path folder;

  private String printed(String... options) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ConnectJob job = new ConnectJob(out);
    new CommandLine(job).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    Config config =
        Config.load(
            job.keys(), job.keys(), Optional.empty(), Map.of("lake.root", folder.toString()));
    job.run(
        new RunContext(
            config,
            Optional.empty(),
            Clock.systemUTC(),
            new Progress(out, Clock.systemUTC()),
            () -> {
              throw new IllegalStateException("no Spark for a few lines");
            }));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String lines(Tool tool, String root, List<TableSchema> marts) {
    LakeAddress lake = new LakeAddress(new org.apache.hadoop.fs.Path(root), S3);
    return String.join("\n", tool.lines(lake, marts));
  }

  private static String lines(Tool tool, String root) {
    return lines(tool, root, List.of(MartAccountScoresLatest.TABLE));
  }

  @Test
  void aLocalLakeIsNamedByItsAbsolutePath() throws Exception {
    String said = printed();
    String table = folder + "/marts/mart_account_scores_latest";
    assertThat(said)
        .contains(
            "load(\"file:" + table + "\")",
            "delta_scan('" + table + "')",
            "DeltaTable(\"" + table + "\"",
            "scripts/trino.sh start --lake " + folder,
            "It reads object stores only",
            "It reads S3 only")
        .doesNotContain("s3");
    // It ignores the log, so it is named once, as what not to do.
    assertThat(said.split("read_parquet", -1)).hasSize(2);
  }

  @Test
  void oneToolIsShownAllTables() throws Exception {
    String said = printed("--for", "duckdb");
    Matcher view = Pattern.compile("CREATE VIEW (\\w+) AS").matcher(said);
    assertThat(view.results().map(found -> found.group(1)))
        .containsExactlyElementsOf(PublishedMarts.marts().stream().map(TableSchema::name).toList());
  }

  @Test
  void aLakeOnS3IsNamedAsEachToolNamesIt() {
    String root = "s3a://my-lake/renown";
    String path = "my-lake/renown/marts/mart_account_scores_latest";
    assertThat(lines(Tool.PYSPARK, root))
        .contains("load(\"s3a://" + path + "\")", "hadoop-aws")
        .contains(".config(\"spark.hadoop.fs.s3a.endpoint\", \"http://127.0.0.1:9000\")");
    assertThat(lines(Tool.DUCKDB, root))
        .contains("delta_scan('s3://" + path + "')")
        .contains("ENDPOINT '127.0.0.1:9000', USE_SSL false, REGION 'us-east-1', URL_STYLE 'path'");
    assertThat(lines(Tool.PANDAS, root))
        .contains("\"s3://" + path + "\"", "\"AWS_ENDPOINT_URL\": \"http://127.0.0.1:9000\"")
        .contains("\"AWS_ALLOW_HTTP\": \"true\"");
    assertThat(lines(Tool.DATABRICKS, root)).contains("USING DELTA LOCATION 's3://" + path + "'");
    assertThat(lines(Tool.ATHENA, root))
        .contains("LOCATION 's3://" + path + "/' TBLPROPERTIES ('table_type' = 'DELTA')");
  }

  @Test
  void nothingSaysWhoOneIs() {
    for (Tool tool : Tool.values()) {
      assertThat(lines(tool, "s3a://my-lake/renown")).doesNotContain("HUSH", "WHO", "secret.key");
    }
  }

  @Test
  void pathsOfAnyNameStayOne() {
    assertThat(lines(Tool.DUCKDB, "file:/lakes/it's mine")).contains("'/lakes/it''s mine/marts/");
    assertThat(lines(Tool.TRINO, "file:/lakes/it's mine")).contains("'/lakes/it'\\''s mine'");
    assertThat(lines(Tool.PYSPARK, "file:/a\"b")).contains("file:/a\\\"b/marts/");
  }

  /** What is pasted for PySpark wants what this build wants. */
  @Test
  void theVersionsAreThoseOfTheBuild() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    String binary = property(pom, "scala.binary.version");
    String artifact = property(pom, "delta.artifact").replace("${scala.binary.version}", binary);
    assertThat(Tool.DELTA).isEqualTo("io.delta:" + artifact + ":" + property(pom, "delta.version"));
    assertThat(Tool.HADOOP_AWS)
        .isEqualTo("org.apache.hadoop:hadoop-aws:" + property(pom, "hadoop.version"));
    assertThat(Tool.PYSPARK.label()).contains(property(pom, "spark.version").substring(0, 3));
  }

  private static String property(String pom, String name) {
    Matcher matcher = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(pom);
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }
}
