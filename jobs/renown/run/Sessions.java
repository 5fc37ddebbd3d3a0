package renown.run;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** Starts Spark on first use, with the settings that Delta and determinism require. */
public final class Sessions implements AutoCloseable {
  /** Required settings; they override everything. */
  private static final Map<String, String> NEEDED =
      Map.of(
          // Tables are written straight to where they stay, in a form that Delta Kernel can read.
          "spark.sql.sources.commitProtocolClass", "renown.lake.DataFileCommits",
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
          "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
          "spark.sql.session.timeZone", "UTC",
          "spark.serializer", "org.apache.spark.serializer.KryoSerializer",
          "spark.kryo.registrator", "renown.run.RecordSerialization",
          // Publications decide which versions stay readable. The validation reads the night 28
          // days ago, and Delta's default would refuse anything older than a week.
          "spark.databricks.delta.vacuum.enforceTimeTravelWithinDeletedFileRetentionDuration",
              "false");

  /** Defaults, where nothing else is set. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.master",
          "local[*]",
          "spark.delta.logStore.s3a.impl",
          "renown.lake.s3.ConditionalPutLogStore",
          // Spark's own words, and those of Secrets that it lacks: what it does not log.
          "spark.redaction.regex",
          "(?i)secret|password|passphrase|token|access[._-]?key|account[._-]?key"
              + "|private[._-]?key|encryption[._-]?key");

  /**
   * Required where driver and executors are one JVM. Others ask for files before they know the
   * jobs' classes.
   */
  private static final Map<String, String> NEEDED_IN_ONE_JVM =
      Map.of(
          "spark.hadoop.fs.file.impl", "renown.lake.LocalFiles",
          "spark.hadoop.fs.AbstractFileSystem.file.impl", "renown.lake.LocalFiles$Context",
          // S3A buffers in local files, and would look for the class where Hadoop's own are.
          "spark.hadoop.fs.s3a.classloader.isolation", "false");

  private final Config config;
  private final String applicationName;
  private SparkSession session;

  public Sessions(Config config, Job job) {
    this.config = config;
    this.applicationName = "renown " + job.getClass().getAnnotation(Command.class).name();
  }

  /** The session of this run. */
  public SparkSession session() {
    if (session == null) {
      SparkConf conf = conf(config).setAppName(applicationName);
      // The class behind SparkSession, which finds it by Scala's reflection: a fifth of the time
      // that a session takes to start.
      session = org.apache.spark.sql.classic.SparkSession.builder().config(conf).getOrCreate();
    }
    return session;
  }

  /**
   * Spark's settings for a run, highest precedence first: required settings, {@code --set},
   * spark-submit options (already in a new {@code SparkConf}), the file, defaults.
   */
  public static SparkConf conf(Config config) {
    SparkConf conf = new SparkConf();
    config.sparkOverrides().forEach(conf::set);
    config.sparkSettings().forEach(conf::setIfMissing);
    DEFAULTS.forEach(conf::setIfMissing);
    NEEDED.forEach(conf::set);
    if (conf.get("spark.master").matches("local(\\[.*)?")) {
      NEEDED_IN_ONE_JVM.forEach(conf::set);
    }
    return conf;
  }

  @Override
  public void close() {
    if (session != null) {
      session.stop();
    }
  }
}
