package renown.testing;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import renown.engine.rank.RankGraph;
import renown.lake.Lake;
import renown.run.Config;
import renown.run.Sessions;

/**
 * A test that needs Spark: one session for all of them in a JVM, with what the product needs and
 * small numbers of everything, and a folder of its own for each test.
 */
public abstract class SparkTest {
  /** Tables are tiny: to compile a plan takes longer than to interpret it. */
  private static final Map<String, String> INTERPRETED =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.shuffle.partitions", "1",
          "spark.databricks.delta.snapshotPartitions", "1");

  private static SparkSession session;

  @TempDir protected Path folder;

  /** The session that all tests share. */
  public static synchronized SparkSession spark() {
    if (session == null || session.sparkContext().isStopped()) {
      Map<String, String> settings = new HashMap<>(RankGraph.SPARK_SETTINGS);
      settings.put("spark.master", "local[2]");
      settings.put("spark.app.name", "renown tests");
      settings.put("spark.ui.enabled", "false");
      // Nobody looks at what was done; thousands of jobs would fill the heap.
      settings.put("spark.ui.retainedJobs", "10");
      settings.put("spark.ui.retainedStages", "10");
      settings.put("spark.ui.retainedTasks", "100");
      settings.put("spark.sql.ui.retainedExecutions", "1");
      settings.put("spark.databricks.delta.allFilesInCrc.enabled", "false");
      // Every hash table of a join takes a page at least, tens of megabytes each unless told.
      settings.put("spark.buffer.pageSize", "1m");
      settings.put("spark.sql.warehouse.dir", "target/test-warehouse");
      settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4");
      settings.putAll(INTERPRETED);
      // One for all sessions of a JVM, as conf/local.properties has it.
      settings.put("spark.sql.codegen.cache.maxEntries", "2000");
      SparkConf conf = Sessions.conf(Config.load(List.of(), List.of(), Optional.empty(), settings));
      session = SparkSession.builder().config(conf).getOrCreate();
    }
    return session;
  }

  /**
   * Ends the session, for a test of what starts Spark itself; who asks next gets another one. The
   * lakes that a test class still holds are of no use then.
   */
  public static synchronized void endSession() {
    if (session != null) {
      session.stop();
    }
  }

  /**
   * A session in which queries are planned and run as in those of users: the tests' own choices are
   * taken back, and what {@code conf/local.properties} says holds, as far as it can be said to a
   * session beside others.
   */
  public static SparkSession shipped() throws IOException {
    SparkSession shipped = spark().newSession();
    INTERPRETED.keySet().forEach(shipped.conf()::unset);
    Properties profile = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("conf/local.properties"))) {
      profile.load(file);
    }
    for (String key : profile.stringPropertyNames()) {
      // Delta's settings are known to Spark from their first use on.
      if (shipped.conf().isModifiable(key) || key.startsWith("spark.databricks.")) {
        shipped.conf().set(key, profile.getProperty(key));
      }
    }
    return shipped;
  }

  /** Else the plans and settings of every table of every test's lake would stay for an hour. */
  @AfterEach
  void forget() {
    DeltaLog.clearCache();
    spark().catalog().clearCache();
  }

  /** A lake in the test's folder, without tables. */
  protected Lake lake() {
    return new Lake(spark(), folder.resolve("lake").toUri().toString());
  }

  /**
   * A small dataset.
   *
   * @param ddl such as {@code "network string, account_key bigint"}
   */
  public static Dataset<Row> rows(String ddl, Object[]... rows) {
    return rows(StructType.fromDDL(ddl), rows);
  }

  /** A small dataset with a schema, such as that of a table. */
  public static Dataset<Row> rows(StructType schema, Object[]... rows) {
    return spark().createDataFrame(Arrays.stream(rows).map(RowFactory::create).toList(), schema);
  }

  /** The values of one row. */
  public static Object[] row(Object... values) {
    return values;
  }
}
