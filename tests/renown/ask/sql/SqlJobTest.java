package renown.ask.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

class SqlJobTest extends SparkTest {
  private static String run(String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SqlJob job = new SqlJob(new PrintStream(out, true, StandardCharsets.UTF_8));
    new CommandLine(job).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    Config config =
        Config.load(
            job.keys(),
            job.keys(),
            Optional.empty(),
            Map.of("lake.root", SmallLake.root().toUri().toString()));
    Clock clock = Clock.systemUTC();
    Progress progress = new Progress(new PrintStream(out), clock);
    job.run(new RunContext(config, Optional.empty(), clock, progress, SparkTest::spark));
    return out.toString(StandardCharsets.UTF_8);
  }

  private String file(String text) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "query", ".sql"), text).toString();
  }

  @Test
  void aQuestionComesFromAFileWithItsComments() throws Exception {
    assertThat(run("--format", "csv", "--file", "jobs/renown/ask/sql/questions/highest-scores.sql"))
        .startsWith("network,place,handle,")
        .contains("bluesky,4,alice.example,");
    assertThat(
            run(
                "--format",
                "csv",
                "--file",
                file("-- One.\n\n/* Two;\n lines */ SELECT 1 AS one -- one\n;\n")))
        .isEqualTo("one\n1\n");
  }

  /** Whatever word a statement begins with: what it would do decides. */
  @Test
  void whatIsMoreThanAQueryIsRefused() throws Exception {
    Path lake = SmallLake.root().resolve("runs/stage_runs");
    Path elsewhere = folder.resolve("elsewhere");
    for (String statement :
        List.of(
            "DROP TABLE mart_topics",
            "-- SELECT\nDROP VIEW mart_topics",
            "WITH t AS (SELECT 1) DELETE FROM delta.`%s` WHERE stage_number = 3",
            "DELETE FROM delta.`%s`",
            "UPDATE delta.`%s` SET stage_number = 4",
            "MERGE INTO delta.`%s` a USING mart_topics b ON false WHEN MATCHED THEN DELETE",
            "FROM mart_topics INSERT INTO delta.`%s` SELECT *",
            "INSERT INTO delta.`%s` SELECT * FROM mart_topics",
            "WITH t AS (SELECT 1 AS one) INSERT INTO delta.`%s` SELECT * FROM t",
            "WITH t AS (SELECT 1 AS one) FROM t INSERT OVERWRITE DIRECTORY '%2$s' USING csv SELECT"
                + " *",
            "INSERT OVERWRITE DIRECTORY '%2$s' USING parquet SELECT 1 AS one",
            "CREATE TABLE csv.`%2$s` AS SELECT 1 AS one",
            "CREATE TABLE t USING parquet LOCATION '%2$s' AS SELECT 1 AS one",
            "CREATE TEMPORARY VIEW v AS SELECT 1",
            "EXPLAIN CREATE TABLE t USING parquet LOCATION '%2$s' AS SELECT 1 AS one",
            "EXECUTE IMMEDIATE 'INSERT OVERWRITE DIRECTORY \\'%2$s\\' USING csv SELECT 1'",
            "BEGIN INSERT OVERWRITE DIRECTORY '%2$s' USING csv SELECT 1; END",
            "SELECT TRANSFORM (topic_id) USING 'cat' AS (t) FROM mart_topics",
            "CACHE TABLE mart_topics",
            "CACHE TABLE c AS SELECT 1",
            "SET spark.sql.shuffle.partitions = 1",
            "RESET",
            "ADD JAR '%2$s'",
            "LIST JARS",
            "CREATE TEMPORARY FUNCTION f AS 'java.lang.System'",
            "DECLARE VARIABLE v INT",
            "USE default",
            "SHOW TABLES",
            "VACUUM delta.`%s` RETAIN 0 HOURS DRY RUN",
            "OPTIMIZE delta.`%s`",
            "RESTORE TABLE delta.`%s` TO VERSION AS OF 0",
            "CALL nothing.at_all()")) {
      assertThatThrownBy(() -> run("--file", file(statement.formatted(lake, elsewhere))))
          .as(statement)
          .isInstanceOf(RenownException.class)
          .hasMessageMatching("(?s)The statement is no pure query .*|.* is no published mart: .*");
    }
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void nothingButTheMartsIsRead() throws Exception {
    Path lake = SmallLake.root();
    for (String table :
        List.of(
            "delta.`%s/runs/stage_runs`",
            "parquet.`%s/marts/mart_topics`",
            "csv.`/etc/passwd`",
            "text.`/etc/passwd`",
            "json.`%s/marts/mart_topics/_delta_log/00000000000000000000.json`",
            "`delta`.`%s/marts/mart_topics`",
            "stage_runs",
            "spark_catalog.default.mart_topics",
            "(SELECT * FROM delta.`%s/runs/stage_runs`)",
            "mart_topics WHERE EXISTS (SELECT 1 FROM delta.`%s/runs/stage_runs`)",
            "mart_topics WHERE topic_id IN (SELECT value FROM text.`/etc/passwd`)",
            "(WITH a AS (SELECT 1) SELECT * FROM a), delta.`%s/runs/stage_runs`",
            "(WITH accounts AS (SELECT 1) SELECT * FROM accounts), accounts",
            "VALUES ((SELECT max(value) FROM text.`/etc/passwd`))",
            "IDENTIFIER('delta.`%s/runs/stage_runs`')",
            "table_changes_by_path('%s/marts/mart_topics', 0)",
            "read_files('/etc/passwd')")) {
      assertThatThrownBy(() -> run("SELECT * FROM " + table.formatted(lake)))
          .as(table)
          .isInstanceOf(RenownException.class);
    }
    assertThatThrownBy(() -> run("SELECT * FROM mart_topic"))
        .hasMessageStartingWith("\"mart_topic\" is no published mart: ")
        .hasMessageContaining("the nearest is mart_topics. There are mart_account_scores, ");
    assertThatThrownBy(() -> run("DESCRIBE delta.`" + lake + "/runs/stage_runs`"))
        .hasMessageContaining("is no published mart: ");
  }

  @Test
  void functionsThatReadFilesOrRunCodeAreRefused() {
    for (String function :
        List.of(
            "java_method('java.lang.System', 'getProperty', 'user.home')",
            "reflect('java.lang.System', 'getProperty', 'user.home')",
            "try_reflect('java.lang.System', 'getProperty', 'user.home')",
            "upper(java_method('java.lang.System', 'getProperty', 'user.home'))",
            "IDENTIFIER('java_method')('java.lang.System', 'getProperty', 'user.home')",
            "from_xml('<a/>', 'a INT', map('rowValidationXSDPath', '/etc/passwd'))",
            "input_file_name()",
            "input_file_block_start()")) {
      for (String query :
          List.of(
              "SELECT %s FROM mart_topics",
              "EXPLAIN SELECT %s FROM mart_topics",
              "SELECT * FROM mart_topics WHERE topic_id = (SELECT %s FROM mart_topics LIMIT 1)",
              "WITH t AS (SELECT %s AS a) SELECT * FROM t")) {
        assertThatThrownBy(() -> run(query.formatted(function)))
            .as(query + function)
            .isInstanceOf(RenownException.class)
            .hasMessageMatching(
                "Function (java_method|try_reflect|reflect|from_xml|input_file_.*) is not.*");
      }
    }
  }

  @Test
  void queriesOfEveryFormAreAnswered() throws Exception {
    PublishedMarts.register(SmallLake.lake());
    // Two columns of one name are shown too.
    assertThat(run("--format", "csv", "SELECT * FROM mart_topics a, mart_topics b")).contains("\n");
    for (String query :
        List.of(
            "SELECT 1 AS one",
            "TABLE mart_topics",
            "VALUES (1, 'a'), (2, 'b')",
            "FROM mart_topics SELECT topic_id",
            "FROM MART_TOPICS |> WHERE topic_id = 'chess' |> SELECT topic_id",
            "WITH t AS (SELECT * FROM mart_topics) SELECT * FROM t UNION ALL SELECT * FROM t",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3)"
                + " SELECT * FROM n",
            "SELECT network, count(*) FROM mart_account_scores GROUP BY ALL HAVING count(*) > 1"
                + " ORDER BY 1 LIMIT 2 OFFSET 1",
            "SELECT /*+ BROADCAST(b) */ * FROM mart_topics a LEFT JOIN mart_topics b USING"
                + " (topic_id)",
            "SELECT * FROM mart_topics, LATERAL (SELECT topic_id AS other)",
            "SELECT label FROM mart_topics LATERAL VIEW explode(labels) AS label",
            "SELECT * FROM mart_topics TABLESAMPLE (50 PERCENT)",
            "SELECT rank() OVER w FROM mart_topics WINDOW w AS (ORDER BY topic_id)",
            "SELECT * FROM (SELECT 1 AS a, 2 AS b) PIVOT (sum(b) FOR a IN (1, 2))",
            "SELECT * FROM (SELECT 1 AS a, 2 AS b) UNPIVOT (v FOR k IN (a, b))",
            "(SELECT 1 INTERSECT SELECT 1) EXCEPT SELECT 2",
            "EXPLAIN SELECT * FROM mart_topics",
            "DESCRIBE mart_topics",
            "DESCRIBE QUERY SELECT * FROM mart_topics")) {
      assertThatCode(() -> PureQuery.rows(spark(), query).collectAsList())
          .as(query)
          .doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> run("SELECT nothing FROM mart_topics"))
        .hasMessageStartingWith("The query does not fit the tables: ");
    assertThatThrownBy(() -> run("SELECT 1 +")).hasMessageStartingWith("The query is no SQL: ");
    String empty = file("-- SELECT 1");
    assertThatThrownBy(() -> run("--file", empty)).hasMessageStartingWith("The query is no SQL: ");
  }

  @Test
  void eitherAQueryOrAFile() {
    String absent = Path.of("no", "such.sql").toString();
    assertThatThrownBy(() -> run()).hasMessage("Give either a query or --file.");
    assertThatThrownBy(() -> run("SELECT 1", "--file", absent))
        .hasMessage("Give either a query or --file.");
    assertThatThrownBy(() -> run("--file", absent))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("--file no/such.sql: it cannot be read");
  }
}
