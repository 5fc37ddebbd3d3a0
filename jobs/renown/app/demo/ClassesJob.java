package renown.app.demo;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.expressions.Window;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import renown.lake.Lake;
import renown.lake.s3.EmbeddedS3;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RunContext;
import renown.run.Sessions;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/**
 * Runs a night of a small society, and what it does not need of Delta and Spark SQL, and leaves
 * nothing behind. {@code scripts/submit.sh} runs it once after a build to create the class data
 * sharing archive.
 */
@Command(
    name = "classes",
    hidden = true,
    description =
        "Loads the classes that jobs need, for class data sharing; run by submit.sh"
            + " after a build.")
public final class ClassesJob implements Job {
  private static final TableColumn ACCOUNT = TableColumn.text("account_id", "An account.");
  private static final TableColumn POSTS =
      TableColumn.whole("post_count", "Its posts.").notNegative();
  private static final TableColumn NIGHT = TableColumn.date("night", "The night.");

  private static final TableSchema TABLE =
      TableSchema.of("core", "samples")
          .purpose("Test rows.")
          .grain("one row per account")
          .writer("classes")
          .key(ACCOUNT)
          .clusteredBy(NIGHT)
          .changesInPlace()
          .columns(ACCOUNT, POSTS, NIGHT);

  private final Job generate;
  private final Job nightly;

  /**
   * @param generate writes dumps
   * @param nightly runs nights
   */
  public ClassesJob(Job generate, Job nightly) {
    this.generate = generate;
    this.nightly = nightly;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public void run(RunContext context) throws Exception {
    Path folder = Files.createTempDirectory("renown-classes-");
    DemoJob demo = new DemoJob(generate, nightly, System.out);
    new CommandLine(demo).parseArgs("--accounts=20", "--days=2");
    try (EmbeddedS3 s3 = EmbeddedS3.inFolder(folder)) {
      s3.createBucket("raw");
      s3.createBucket("lake");
      Map<String, String> settings = new TreeMap<>(s3.sparkSettings());
      settings.putAll(demo.settings(context.config()));
      try (Sessions sessions = new Sessions(DemoJob.config(nightly, settings), this)) {
        DemoJob.run(generate, settings, Optional.empty(), context, sessions);
        DemoJob.run(nightly, settings, Optional.of(DemoJob.FIRST_DATE), context, sessions);
        // As in the profiles of larger lakes; that of the demo compiles nothing.
        RuntimeConfig conf = sessions.session().conf();
        conf.set("spark.sql.codegen.wholeStage", "true");
        conf.set("spark.sql.codegen.factoryMode", "FALLBACK");
        conf.set("spark.sql.adaptive.enabled", "true");
        work(new Lake(sessions.session(), "s3a://lake/"));
      }
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private static void work(Lake lake) {
    LocalDate night = LocalDate.of(2026, 1, 5);
    Dataset<Row> rows =
        lake.spark()
            .range(100)
            .select(
                concat(lit("account "), col("id")).as("account_id"),
                col("id").as("post_count"),
                lit(java.sql.Date.valueOf(night)).as("night"));
    lake.replaceNight(TABLE, night, rows);
    lake.upsert(TABLE, rows.where("post_count < 10"));
    lake.deleteMatching(TABLE, rows.where("post_count > 90").select("account_id"), lit(true));
    Dataset<Row> read = lake.read(TABLE).cache();
    read.join(read.groupBy("night").agg(count("*").as("accounts")), "night")
        .withColumn("place", row_number().over(Window.partitionBy("night").orderBy("post_count")))
        .orderBy(col("place").desc())
        .collectAsList();
    read.unpersist();
  }
}
