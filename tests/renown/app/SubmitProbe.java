package renown.app;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;

/** The product's command line with one job that ends in every way a job can. */
public final class SubmitProbe {
  private SubmitProbe() {}

  /** Runs the job by the command line. */
  public static void main(String[] arguments) {
    System.exit(
        new Main(List.of(new ProbeJob()), System.out, System.err, Clock.systemUTC())
            .run(arguments));
  }

  @Command(name = "probe", description = "Ends as it is told.")
  static final class ProbeJob implements Job {
    private static final ConfigKey<Long> ROWS =
        ConfigKey.integer("probe.rows", 10, 1, 1000, "How many rows to write.");

    private static final ConfigKey<String> ROOT =
        ConfigKey.text("probe.root", "", "a path", "A folder to read or write.");

    @Option(names = "--end", description = "How to end, or what to do first.")
    private String end = "done";

    @Option(names = "--path", description = "Where the table is.")
    private String path;

    @Option(names = "--setting", description = "Spark's settings to print.")
    private List<String> settings = new ArrayList<>();

    @Override
    public List<ConfigKey<?>> keys() {
      return List.of(ROWS, ROOT);
    }

    @Override
    public void run(RunContext context) throws Exception {
      switch (end) {
        case "done" -> {}
        case "data" -> throw RenownException.data("bad data, as told");
        case "audit" -> throw RenownException.audit("a failed audit, as told");
        case "busy" -> throw RenownException.busy("busy, as told");
        case "bug" -> throw new IllegalStateException("a bug, as told");
        case "read" -> Locations.readable(ROOT, context.config());
        case "write" -> Locations.writable(ROOT, context.config());
        case "wait" -> {
          System.out.println("waiting");
          System.out.flush();
          Thread.sleep(600_000);
        }
        case "spark" ->
            settings.forEach(
                name ->
                    System.out.println(name + " " + context.spark().conf().get(name, "(not set)")));
        case "table" -> writeAndRead(context);
        default -> throw RenownException.configuration("--end %s is not known", end);
      }
    }

    private void writeAndRead(RunContext context) throws Exception {
      SparkSession spark = context.spark();
      long rows = context.value(ROWS);
      context
          .progress()
          .step(
              "write",
              () -> {
                spark.range(rows).write().format("delta").mode("append").save(path);
                return rows;
              });
      Dataset<Row> table = spark.read().format("delta").load(path);
      // DATE reaches the driver only with Spark's own JVM options.
      Row row =
          table
              .selectExpr("count(*) AS rows", "max(date_add(DATE'2026-01-01', 1)) AS date")
              .first();
      System.out.println("rows " + row.getLong(0) + " date " + row.getDate(1));
    }
  }
}
