package renown.ask.connect;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.ask.sql.PublishedMarts;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RunContext;
import renown.tables.MartAccountScoresLatest;
import renown.tables.TableSchema;

/** Prints what to paste into another tool so that it reads the lake. */
@Command(
    name = "connect",
    description = {
      "Prints what to paste into PySpark, DuckDB, Trino, pandas, Databricks or Athena so that it",
      "reads this lake. The tables of a night are committed together when it ends, so they are"
          + " read",
      "as they are, without versions. With --for it prints one tool with all tables."
    })
public final class ConnectJob implements Job {
  @Option(
      names = "--for",
      paramLabel = "TOOL",
      description =
          "pyspark, duckdb, trino, pandas, databricks or athena. Default: all, with one table"
              + " each.")
  private Tool tool;

  private final PrintStream out;

  /**
   * @param out where the lines go
   */
  public ConnectJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT);
  }

  @Override
  public List<TableSchema> inputs() {
    return PublishedMarts.marts();
  }

  @Override
  public void run(RunContext context) {
    LakeAddress lake =
        new LakeAddress(
            Locations.readable(Locations.LAKE_ROOT, context.config()),
            context.config().sparkSettings());
    List<TableSchema> marts =
        tool == null ? List.of(MartAccountScoresLatest.TABLE) : PublishedMarts.marts();
    for (Tool one : tool == null ? Arrays.asList(Tool.values()) : List.of(tool)) {
      out.println(one.comment() + " " + one.label());
      one.lines(lake, marts).forEach(out::println);
      out.println();
    }
  }
}
